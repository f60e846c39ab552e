"""What to do with documents of unknown date."""

from __future__ import annotations

from typing import Literal

Undated = Literal["include", "exclude"]
"""What to do with documents of unknown date when only those up to some day are asked for."""
