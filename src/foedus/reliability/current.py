"""The model that may speak on a day: shipped, cached, or fitted to what had ended by then."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import numpy as np

from foedus.catalog.facts import TABLES_FOLDER, Facts
from foedus.errors import CatalogError
from foedus.reliability.case_steps import CALLS, CASES, GIVEN
from foedus.reliability.cases import STILL_OPEN, past_cases
from foedus.reliability.features.base_tables import BASE_TABLES
from foedus.reliability.features.groups import GROUPS
from foedus.reliability.features.known_tables import KNOWN_TABLES
from foedus.reliability.features.steps import CALL_TABLES
from foedus.reliability.stages import REVISION, fit_stages
from foedus.reliability.stored import SHIPPED, Past, Stamp, Stored, read, write
from foedus.reliability.two_level import FEWEST_TOLD, VERSION, direction, told, train

CACHE_VARIABLE = "FOEDUS_CACHE"


def data_hash(facts: Facts) -> str:
    """Hash (16 hex digits) of the catalog's version and of everything that makes cases of it."""
    parts = [
        facts.version,
        VERSION,
        REVISION,
        *KNOWN_TABLES.values(),
        CALLS,
        *CALL_TABLES.values(),
        GIVEN,
        CASES,
        *BASE_TABLES.values(),
        *(group.sql for group in GROUPS),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def fitted_on(facts: Facts) -> Stored | None:
    """Both windows fitted to every call known to the facts; None where too few tell the rung."""
    cases = past_cases(facts)
    telling = told(cases)
    if telling.sum() < FEWEST_TOLD:
        return None
    first, _ = direction(cases)
    day = facts.as_of.toordinal()
    month, year = (train(cases, day, window, first) for window in (0, 1))
    over = cases.ended[cases.ended < STILL_OPEN]
    stamp = Stamp(
        data=data_hash(facts),
        last_call=str(np.datetime64(int(over.max()) - _EPOCH, "D")),
        calls=len(np.unique(cases.call[telling])),
        rows=len(cases),
        told=int(telling.sum()),
    )
    chosen = cases.where(telling)
    past = Past(
        chosen.call,
        chosen.guarantor,
        chosen.beneficiary,
        chosen.day,
        chosen.low[1],
        chosen.high[1],
        chosen.x,
    )
    return Stored(stamp, (month, year), past, fit_stages(cases, day, first, year.scaling))


_EPOCH = 719163
"""Ordinal of 1 January 1970."""


def model_on(facts: Facts) -> Stored | None:
    """The model fitted only to calls that ended by the facts' day; None where too few had.

    The shipped one serves every day from its newest call on. For an earlier day the model is
    fitted once, in about half a minute, and kept in the cache folder.
    """
    shipped = _shipped()
    if facts.folder == TABLES_FOLDER and str(facts.as_of) >= shipped.stamp.last_call:
        return shipped
    key = data_hash(facts)
    path = cache_folder() / f"reliability-{key}-{facts.as_of}.npz"
    if facts.folder == TABLES_FOLDER and path.is_file():
        try:
            return read(path)
        except CatalogError:
            path.unlink(missing_ok=True)
    stored = fitted_on(Facts(facts.as_of, folder=facts.folder))
    if stored is not None and facts.folder == TABLES_FOLDER:
        try:
            write(stored, path)
        except OSError:
            return stored
    return stored


@lru_cache(maxsize=1)
def _shipped() -> Stored:
    return read(SHIPPED)


def cache_folder() -> Path:
    """Where fitted models are kept; `FOEDUS_CACHE` names another place."""
    import os

    import platformdirs

    named = os.environ.get(CACHE_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_cache_dir("foedus", False))
