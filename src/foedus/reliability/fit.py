"""`python -m foedus.reliability.fit`: fit the shipped model to the shipped catalog."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from foedus.catalog.facts import Facts
from foedus.reliability.current import fitted_on
from foedus.reliability.stored import SHIPPED, write

REGISTER_CLOSED = date(2026, 6, 30)
"""The day as of which the shipped model is fitted: the register's last."""


def main(path: Path = SHIPPED) -> None:
    """Fit and write."""
    stored = fitted_on(Facts(REGISTER_CLOSED))
    assert stored is not None
    write(stored, path)
    sys.stdout.write(f"{stored.stamp}\n")


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:2]))
