"""Material capability of each state."""

from __future__ import annotations

from foedus.catalog.facts import Facts
from foedus.record.panel.columns import Columns, Part, gathered, state_years
from foedus.record.panel.units import Keys

MEASURES = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")


def build(keys: Keys, facts: Facts) -> Columns:
    """The six components and their index: `cinc` is the share (0..1) of the world's.

    `milex` thousand pounds to 1913 and thousand dollars after, `milper`, `tpop` and `upop`
    thousands, `irst` thousand tons, `pec` thousand coal-ton equivalents. Null where unknown.

    Source: COW National Material Capabilities 7.0, 1816-2022.
    """
    rows = facts.arrays("FROM capability")
    columns: Columns = {}
    for name, table in zip(MEASURES, state_years(keys, rows, MEASURES), strict=True):
        columns |= gathered(keys, name, table)
    return columns


PART = Part(("nmc-7.0",), build)
