"""From a table `cases` to its features: the named SQL steps, run in order."""

from __future__ import annotations

from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import duckdb
import numpy as np

from foedus.catalog.facts import Facts
from foedus.reliability.case_steps import CANDIDATES, FOES
from foedus.reliability.features.base_tables import BASE_TABLES
from foedus.reliability.features.groups import GROUPS, NAMES
from foedus.reliability.features.known_tables import KNOWN_TABLES
from foedus.reliability.ordered import Floats

DIGITS = 9
"""Decimals kept of a feature: sums over many rows come in no fixed order."""

CALL_TABLES = {"foes": FOES, "named_candidates": CANDIDATES}
"""Read a table `called`."""

_FEW = 200
"""Questions that one plan, made for a few rows, answers well."""


def know(facts: Facts) -> None:
    """Make the tables of what is known, once for each database, whose forks share them."""
    with _MAKING:
        if facts not in _KNOWN:
            for name, query in KNOWN_TABLES.items():
                facts.connection.execute(f"CREATE TABLE IF NOT EXISTS {name} AS {query}")
            _KNOWN[facts] = Questions(facts)


def make(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Make one temporary table, or make it anew."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")


def features(connection: duckdb.DuckDBPyConnection) -> Floats:
    """Features (n, f) of the connection's `cases`, whose `called` and call tables are made."""
    for name, query in BASE_TABLES.items():
        make(connection, name, query)
    return _table(connection, [_read(group.sql) for group in GROUPS])


class Questions:
    """Features of questions, on a connection of its own.

    The SQL is planned at the second use and the plans are kept: planning costs more than answering.
    """

    def __init__(self, facts: Facts) -> None:
        self._connection = facts.connection.cursor()
        self._asked = self._planned = False

    def features(self, questions: str, number: int) -> Floats:
        """Features (number, f) of a query's rows: row, call, guarantor, beneficiary, ..."""
        if not self._asked or number > _FEW:
            self._asked = True
            for name, query in {"cases": questions, **_QUESTION_TABLES}.items():
                make(self._connection, name, query)
            return features(self._connection)
        if not self._planned:
            self._plan()
        for name in ("cases", *_QUESTION_TABLES, *BASE_TABLES):
            self._connection.execute(f"DELETE FROM {name}")
            self._connection.execute(
                f"INSERT INTO cases {questions}" if name == "cases" else f"EXECUTE fill_{name}"
            )
        return _table(self._connection, [f"EXECUTE read_{group.name}" for group in GROUPS])

    def _plan(self) -> None:
        for name, query in {**_QUESTION_TABLES, **BASE_TABLES}.items():
            self._connection.execute(f"PREPARE fill_{name} AS INSERT INTO {name} {query}")
        for group in GROUPS:
            self._connection.execute(f"PREPARE read_{group.name} AS {_read(group.sql)}")
        self._planned = True


_QUESTION_TABLES = {
    "called": "SELECT DISTINCT call, beneficiary, challengers, day FROM cases",
    **CALL_TABLES,
}
_KNOWN: WeakKeyDictionary[Facts, Questions] = WeakKeyDictionary()
_MAKING = Lock()


def questions(facts: Facts) -> Questions:
    """The questions of one set of facts."""
    know(facts)
    return _KNOWN[facts]


def _read(query: str) -> str:
    return f"FROM ({query}) ORDER BY row"


def _table(connection: duckdb.DuckDBPyConnection, queries: list[str]) -> Floats:
    found: dict[str, Floats] = {}
    for group, query in zip(GROUPS, queries, strict=True):
        columns = connection.execute(query).fetchnumpy()
        found |= {one.name: _numbers(columns[one.name]) for one in group.features}
    table: Floats = np.column_stack([found[name] for name in NAMES])
    return table.round(DIGITS)


def _numbers(values: np.ndarray[Any, Any]) -> Floats:
    return np.ma.filled(np.ma.asarray(values).astype(np.float64), np.nan)
