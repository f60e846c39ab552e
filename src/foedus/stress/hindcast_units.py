"""Units of a hindcast: states, held pairs and texts of one origin, with features and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from foedus.catalog.facts import Facts
from foedus.stress.network import Floats, Network

YEARS = 5
KNOWN = date(2019, 12, 31)
"""The day as of which outcomes are read: disputes end in 2014, alliances in 2018."""

_CALLS = """
    SELECT beneficiary, count(*) AS n FROM calls
    WHERE role = 'target' AND same_as IS NULL
      AND (hostility >= 4 OR (hostility IS NULL AND ended_last IS NULL))
      AND year(started_first) BETWEEN $first AND $last GROUP BY beneficiary
"""
_FORCES = """
    SELECT r.guarantor, c.beneficiary, count(DISTINCT c.id) AS n
    FROM responses r JOIN calls c ON c.id = r.call
    WHERE c.role = 'target' AND c.same_as IS NULL AND c.hostility >= 4 AND r.rung_low = 4
      AND NOT coalesce(r.opposed, false) AND year(c.started_first) BETWEEN $first AND $last
    GROUP BY r.guarantor, c.beneficiary
"""
_ENDS = """
    SELECT guarantor, beneficiary, instrument, max(ended_last) AS ended,
           arg_max(end_cause, ended_last) AS cause
    FROM commitments WHERE origin = 'catalog'
    GROUP BY guarantor, beneficiary, instrument
    HAVING bool_and(ended_last IS NOT NULL) AND arg_max(end_cause, ended_last) <> 'new phase'
"""
_TEXTS = "SELECT id, guarantor, beneficiary, instrument FROM commitments"
_PACTS = """
    SELECT beneficiary, count(DISTINCT guarantor) AS n FROM (
        SELECT guarantor, beneficiary, min(year(in_force_first)) AS began,
               max(year(coalesce(ended_last, DATE '9999-12-31'))) FILTER (
                   year(in_force_first) < $first) AS earlier,
               bool_or(year(in_force_first) BETWEEN $first AND $last) AS new
        FROM commitments WHERE origin = 'catalog' AND ($anything OR defense)
        GROUP BY guarantor, beneficiary)
    WHERE new AND (earlier IS NULL OR earlier < $first)
    GROUP BY beneficiary
"""


@dataclass(frozen=True)
class Units:
    """Columns (u) of one question at one origin: what happened in its five years, and before.

    `count` is the outcome, `before` the same in the five years before the origin, `features`
    (u, f) what the logistic hazard sees, `cause` the cause of an ending ("" for none).
    """

    features: Floats
    count: Floats
    before: Floats
    cause: tuple[str, ...] = ()


def _window(origin: int) -> dict[str, object]:
    return {"first": origin, "last": origin + YEARS - 1}


def _column(rows: list[dict[str, Any]], keys: list[Any], *names: str) -> Floats:
    """Value `n` of the row whose `names` are each key; 0 without one."""
    found = {tuple(row[name] for name in names): float(row["n"]) for row in rows}
    return np.array([found.get(key, 0.0) for key in keys])


def _log(values: Floats, least: float) -> Floats:
    return np.log(np.maximum(np.nan_to_num(values), least))


def call_units(network: Network, facts: Facts, after: Facts, origin: int) -> Units:
    """One unit for each state: how often it is called with force or war."""
    actors = network.actors
    states = np.flatnonzero(~actors.group)
    keys = [(actors.ids[at],) for at in states]
    held = np.bincount(
        network.pairs.beneficiary, weights=network.pairs.level == 3, minlength=len(actors.ids)
    )
    features = np.column_stack(
        [
            _log(actors.rate, 1e-4),
            _log(actors.capability, 1e-5),
            np.minimum(actors.wars, 2),
            np.minimum(actors.conflicts, 3),
            np.log1p(held),
        ]
    )[states]
    return Units(
        features,
        _column(after.rows(_CALLS, _window(origin)), keys, "beneficiary"),
        _column(facts.rows(_CALLS, _window(origin - YEARS)), keys, "beneficiary"),
    )


def force_units(network: Network, facts: Facts, after: Facts, origin: int) -> Units:
    """One unit for each held pair of states: calls in which the guarantor sent forces."""
    actors, pairs = network.actors, network.pairs
    rows = held_states(network)
    giver, taker = pairs.guarantor[rows], pairs.beneficiary[rows]
    keys = [(actors.ids[g], actors.ids[b]) for g, b in zip(giver, taker, strict=True)]
    before = _column(facts.rows(_FORCES, _window(origin - YEARS)), keys, "guarantor", "beneficiary")
    features = np.column_stack(
        [
            _log(actors.rate[taker], 1e-4),
            _log(actors.capability[giver], 1e-5),
            _log(actors.capability[taker], 1e-5),
            _log(pairs.discount[rows], 1e-3),
            pairs.level[rows] == 2,
            pairs.level[rows] == 3,
            np.minimum(actors.wars[giver], 2),
            np.minimum(actors.wars[taker], 2),
            np.minimum(before, 2),
        ]
    ).astype(np.float64)
    outcome = _column(after.rows(_FORCES, _window(origin)), keys, "guarantor", "beneficiary")
    return Units(features, outcome, before)


def held_states(network: Network) -> np.ndarray:
    """Rows of the pairs of states that are held to something."""
    pairs, group = network.pairs, network.actors.group
    states = ~group[pairs.guarantor] & ~group[pairs.beneficiary]
    return np.flatnonzero((pairs.level > 0) & states)


def end_units(network: Network, facts: Facts, after: Facts, origin: int) -> Units:
    """One unit for each text of a pair: whether it ends within five years, and of what."""
    actors, pairs, texts = network.actors, network.pairs, network.instruments
    of_text = {
        row["id"]: (row["guarantor"], row["beneficiary"], row["instrument"])
        for row in facts.rows(_TEXTS)
    }
    ended = {
        (row["guarantor"], row["beneficiary"], row["instrument"]): (row["ended"].year, row["cause"])
        for row in after.rows(_ENDS)
    }
    rows = text_rows(network)
    until = [ended.get(of_text[texts.ids[at]], (9999, "")) for at in rows]
    gone = np.array([origin <= year < origin + YEARS for year, _ in until], dtype=np.float64)
    giver, taker = pairs.guarantor[texts.pair[rows]], pairs.beneficiary[texts.pair[rows]]
    features = np.column_stack(
        [
            texts.hazard[rows] == 1,
            texts.hazard[rows] == 2,
            _log(actors.capability[giver], 1e-5),
            _log(actors.capability[taker], 1e-5),
            _log(pairs.discount[texts.pair[rows]], 1e-3),
            np.minimum(actors.wars[giver], 2),
            np.minimum(actors.wars[taker], 2),
        ]
    ).astype(np.float64)
    causes = tuple(cause if hit else "" for (_, cause), hit in zip(until, gone, strict=True))
    return Units(features, gone, np.zeros(len(rows)), causes)


def text_rows(network: Network) -> np.ndarray:
    """Rows of the texts that the catalog, not the register, holds."""
    return np.array(
        [at for at, key in enumerate(network.instruments.ids) if key.startswith("atop")],
        dtype=np.int64,
    )


def pact_units(network: Network, facts: Facts, after: Facts, origin: int) -> tuple[Units, Units]:
    """One unit for each state: new guarantors by any pact, and by a promise of defence."""
    base = call_units(network, facts, after, origin)
    states = np.flatnonzero(~network.actors.group)
    keys = [(network.actors.ids[at],) for at in states]

    def found(source: Facts, start: int, *, anything: bool) -> Floats:
        window = {**_window(start), "anything": anything}
        return _column(source.rows(_PACTS, window), keys, "beneficiary")

    formed, upgraded = (
        Units(
            np.column_stack([base.features, np.log1p(found(facts, origin - 5, anything=some))]),
            found(after, origin, anything=some),
            found(facts, origin - 5, anything=some),
        )
        for some in (True, False)
    )
    return formed, upgraded
