"""Foedus: if this state is attacked, who shows up, with what, and what follows?

The public API, one function per command: `assess`, `read` and the module `data`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.errors import FoedusError

if TYPE_CHECKING:
    from foedus import data
    from foedus.assessment.assess import assess
    from foedus.assessment.reading import read

__version__ = "0.1.0"
__all__ = ["FoedusError", "__version__", "assess", "data", "read"]


def __getattr__(name: str) -> object:
    """Import each verb when it is first used, so that `import foedus` stays quick."""
    from importlib import import_module

    homes = {
        "assess": "foedus.assessment.assess",
        "read": "foedus.assessment.reading",
    }
    if name == "data":
        return import_module("foedus.data")
    if name in homes:
        return getattr(import_module(homes[name]), name)
    raise AttributeError(f"module 'foedus' has no attribute {name!r}")
