"""The 146 alliances put to the test in war, hand-coded, one war left out at a time.

Published core: era, form, obligations and age (Berkemeier and Fuhrmann 2018), a plain logit. Ours
adds the members' number, wartime and secret origin, whether it is older than the war, and the
model's features, meaned over its pairs of an outsider and a member attacked or attacking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from foedus.catalog.facts import Facts
from foedus.domain.backtests import Trial
from foedus.record.published import PublishedCase, published_cases
from foedus.reliability.backtest.scores import Outcomes
from foedus.reliability.backtest.tables import BASE, OURS, SIMPLE, trial
from foedus.reliability.cases import Asked, asked_features
from foedus.reliability.features.groups import NAMES
from foedus.reliability.ordered import Floats, Ints, fit, rung_probabilities, seen_in_range
from foedus.reliability.scaling import scaling

MOST_PAIRS = 40
CORE = 7
CORE_SCALE, FEATURE_SCALE = 0.5, 0.1
PUBLISHED = "Berkemeier-Fuhrmann core"


@dataclass(frozen=True)
class Tested:
    """The cases: core and further columns (n, k), features (n, f), war (n,), honoured (n,)."""

    columns: Floats
    features: Floats
    war: Ints
    honoured: Ints
    before_1945: Ints


def tested(facts: Facts) -> Tested:
    """The alliances that fell due, with what was known when their war began."""
    due = [case for case in published_cases(facts) if case.due]
    texts: dict[int, list[dict[str, Any]]] = {}
    for row in facts.rows(
        "SELECT atopid, guarantor, beneficiary, in_force_first, ended_last, formed_in_wartime,"
        " secret FROM commitments WHERE source_table = 'atop-5.1'"
    ):
        texts.setdefault(row["atopid"], []).append(row)
    foes = _foes(facts)
    columns, asked, days, owner = [], [], [], []
    for number, case in enumerate(due):
        held = texts.get(case.atopid, [])
        live = [row for row in held if _live(row, case)]
        columns.append(_columns(case, held, live))
        against = foes.get(case.war, {})
        pairs = [
            Asked(row["guarantor"], row["beneficiary"], tuple(sorted(against[row["beneficiary"]])))
            for row in live
            if row["beneficiary"] in against and row["guarantor"] not in against
        ][:MOST_PAIRS]
        asked += pairs
        days += [case.began] * len(pairs)
        owner += [number] * len(pairs)
    x = asked_features(facts, asked, days)
    features = np.full((len(due), len(NAMES)), np.nan)
    of = np.array(owner)
    for number in range(len(due)):
        part = x[of == number]
        known = ~np.isnan(part)
        if len(part):
            total = np.where(known, part, 0).sum(axis=0)
            count = known.sum(axis=0)
            features[number] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return Tested(
        np.array(columns, dtype=np.float64),
        features,
        np.array([case.war for case in due]),
        np.array([int(case.honoured) for case in due]),
        np.array([int(case.before_1945) for case in due]),
    )


def fulfilment_test(facts: Facts) -> Trial:
    """The published core, the base rate and ours, leave one war out."""
    cases = tested(facts)
    core = cases.columns[:, :CORE]
    nothing = np.zeros((len(core), 0))
    predicted = {
        BASE: _left_out(cases, lambda _: (nothing, np.zeros(0))),
        "era rate": _left_out(cases, lambda _: (core[:, :1], np.ones(1) * 5)),
        PUBLISHED: _left_out(cases, lambda _: (core, np.full(CORE, 20.0))),
        SIMPLE: _left_out(cases, lambda _: (core[:, 2:6], np.full(4, 20.0))),
        OURS: _left_out(cases, lambda known: _ours(cases, known)),
    }
    outcome = Outcomes(4 * cases.honoured, 4 * cases.honoured, cases.war)
    before = cases.before_1945 == 1
    return trial(
        "Alliances put to the test in war, 1816-2003 (leave one war out)",
        "146 hand-coded cases; honoured or not.",
        predicted,
        outcome,
        [("1816 to 1944", before), ("1945 to 2003", ~before)],
        thresholds=(3,),
    )


def _live(row: dict[str, Any], case: PublishedCase) -> bool:
    start, end = row["in_force_first"], row["ended_last"]
    return start is not None and start <= case.ended and (end is None or end >= case.began)


def _columns(
    case: PublishedCase, held: list[dict[str, Any]], live: list[dict[str, Any]]
) -> list[float]:
    start: date | None = min(
        (row["in_force_first"] for row in held if row["in_force_first"]), default=None
    )
    age = max(0.0, (case.began - start).days / 365.25) if start else 0.0
    members = {row["guarantor"] for row in live} | {row["beneficiary"] for row in live}
    return [
        float(not case.before_1945),
        float(case.multilateral),
        *(
            float(name in case.obligations)
            for name in ("defense", "offense", "neutrality", "nonaggression")
        ),
        float(np.log1p(age)),
        float(np.log(max(2, len(members)))),
        float(any(row["formed_in_wartime"] for row in live)),
        float(any(row["secret"] for row in live)),
        float(start is not None and start > case.began),
    ]


def _foes(facts: Facts) -> dict[int, dict[str, set[str]]]:
    """The original belligerents of each war, each with those it fought at the outset."""
    found: dict[int, dict[str, set[str]]] = {}
    for row in facts.rows("SELECT war, attacker, target FROM war_dyads WHERE NOT joined"):
        war = found.setdefault(row["war"], {})
        war.setdefault(row["attacker"], set()).add(row["target"])
        war.setdefault(row["target"], set()).add(row["attacker"])
    return found


def _ours(cases: Tested, known: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[Floats, Floats]:
    first, second = scaling(cases.columns[known]), scaling(cases.features[known])
    a, b = first.columns(cases.columns), second.columns(cases.features)
    scale = np.concatenate([np.full(a.shape[1], CORE_SCALE), np.full(b.shape[1], FEATURE_SCALE)])
    return np.hstack([a, b]), scale


def _left_out(cases: Tested, build: Any) -> Floats:
    """Probabilities (n, 5) with everything on rungs 0 (violated) and 4 (honoured)."""
    found = np.zeros((len(cases.war), 5))
    seen = seen_in_range(np.where(cases.honoured == 1, 4, 0), np.where(cases.honoured == 1, 4, 3))
    for war in np.unique(cases.war):
        known = cases.war != war
        x, scale = build(known)
        model = fit(x[known], seen[known], np.ones(int(known.sum())), scale)
        found[~known] = rung_probabilities(model.cuts, x[~known] @ model.beta)
    kept = np.zeros_like(found)
    kept[:, 0], kept[:, 4] = found[:, :4].sum(axis=1), found[:, 4]
    return kept
