"""`backtest`: every test of one scheme and variant, with the criteria of success beside them."""

from __future__ import annotations

import hashlib
from datetime import date
from itertools import pairwise

import numpy as np

from foedus.catalog.facts import Facts
from foedus.domain.backtests import Backtest, Trial
from foedus.errors import InputError
from foedus.reliability.backtest.criteria import criteria
from foedus.reliability.backtest.folds import SCHEMES
from foedus.reliability.backtest.fulfilment import fulfilment_test
from foedus.reliability.backtest.old_sources import predict_disputes, predict_zero_shot
from foedus.reliability.backtest.scores import FORCES, Flags, Outcomes
from foedus.reliability.backtest.stage_tests import stage_tests
from foedus.reliability.backtest.tables import OURS, trial
from foedus.reliability.backtest.variants import VARIANTS, real_time_only
from foedus.reliability.backtest.within_register import Progress, predict
from foedus.reliability.cases import Cases, Ints, past_cases
from foedus.reliability.ordered import Floats

REGISTER_CLOSED = date(2026, 6, 30)
NO_TREES = (
    "Gradient boosting is absent: install `foedus[backtest]` (scikit-learn) to see it beside the"
    " others."
)


def run(
    scheme: str = "rolling",
    variant: str = "ex-ante",
    progress: Progress | None = None,
    *,
    long: bool = True,
) -> Backtest:
    """Scores of the model and its rivals; `long` adds disputes, zero-shot and fulfilment.

    Raises:
        InputError: an unknown scheme or variant.
    """
    if scheme not in SCHEMES:
        raise InputError(f"No scheme is called {scheme!r}. There are {', '.join(SCHEMES)}.")
    if variant not in VARIANTS:
        raise InputError(f"No variant is called {variant!r}. There are {', '.join(VARIANTS)}.")
    facts = Facts(REGISTER_CLOSED)
    cases = past_cases(facts)
    rows, predicted = predict(cases, scheme, variant, progress)
    tests = [register_test(cases, rows, predicted, scheme, variant)]
    if long and scheme == "rolling" and variant == "ex-ante":
        tests += _others(cases, facts, rows, predicted, progress)
    return Backtest(
        scheme=scheme,
        variant=variant,
        catalog_version=facts.version,
        keys=keys_hash(cases, rows),
        tests=tuple(tests),
        criteria=criteria(tests),
        notes=_notes(cases, predicted),
    )


def keys_hash(cases: Cases, rows: Ints) -> str:
    """Hash (16 hex digits) of the scored rows' calls and guarantors, in order."""
    text = "\n".join(sorted(f"{cases.call[row]}:{cases.guarantor[row]}" for row in rows))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def outcomes(cases: Cases, rows: Ints) -> Outcomes:
    """What is known of the rung within 365 days; rows of one dispute or call share a number."""
    calls = np.array([str(call).split(":")[0] for call in cases.call[rows]])
    _, number = np.unique(calls, return_inverse=True)
    return Outcomes(cases.low[1][rows], cases.high[1][rows], number)


def register_test(
    cases: Cases, rows: Ints, predicted: dict[str, Floats], scheme: str, variant: str
) -> Trial:
    """The test within the register."""
    learned = {
        "rolling": "each call scored by a model that knows only calls that ended a year before it",
        "leave-one-call-out": "each call scored by a model that knows all others",
        "leave-one-war-out": "calls of one beneficiary within a year are left out together",
        "leave-one-guarantor-out": "each guarantor scored by a model that never saw it",
    }[scheme]
    told = {
        "ex-ante": "the day before the call",
        "escalation-known": "the day before the call, and the hostility reached in the end",
        "asked": "the day before the call, and whether the ally was asked",
    }[variant]
    return trial(
        f"Within the register ({scheme}, {variant})",
        f"{learned}; known: {told}.",
        predicted,
        outcomes(cases, rows),
        _eras(cases, rows, (2015, 2020)),
    )


def _others(
    cases: Cases,
    facts: Facts,
    rows: Ints,
    predicted: dict[str, Floats],
    progress: Progress | None,
) -> list[Trial]:
    bare = real_time_only(cases)
    _, plain = predict(bare, "rolling", "ex-ante", progress, with_rivals=False)
    fair = trial(
        "Within the register, real-time features alone",
        "as above, but ours without any feature that was published, revised or estimated later.",
        {**predicted, OURS: plain[OURS]},
        outcomes(cases, rows),
        _eras(cases, rows, (2015, 2020)),
    )
    disputes, forces = predict_disputes(cases, progress)
    seen = Outcomes(
        np.where(cases.low[1][disputes] >= FORCES, 4, 0),
        np.where(cases.low[1][disputes] >= FORCES, 4, 3),
        outcomes(cases, disputes).call,
    )
    mids = trial(
        "Disputes and wars since 1950 (MID 5.0, COW wars)",
        "candidates by the rule, blocks of five years from what had ended before; ex ante: no"
        " hostility is known. The sources tell forces or no forces. Ours is recalibrated by its own"
        " earlier forecasts; how far was chosen on the rows before 2005.",
        forces,
        seen,
        _eras(cases, disputes, (1970, 1990, 2005)),
        rung=FORCES,
        thresholds=(3,),
    )
    register = np.flatnonzero(cases.registered & (cases.low[1] + 4 > cases.high[1]))
    zero = trial(
        "Zero-shot: fitted before 2004, scored on the register",
        "nothing after 2003 is learned from; outcomes collapsed to {0-2, 3, 4}, which the old"
        " sources can see.",
        predict_zero_shot(cases, register),
        _coarse(outcomes(cases, register)),
        _eras(cases, register, (2015, 2020)),
        thresholds=(2, 3),
    )
    stages = stage_tests(cases, lambda scored: _eras(cases, scored, (2015, 2020)))
    return [fair, mids, zero, fulfilment_test(facts), *stages]


def _coarse(outcome: Outcomes) -> Outcomes:
    return Outcomes(
        np.where(outcome.low <= 2, 0, outcome.low),
        np.where(outcome.high <= 2, 2, outcome.high),
        outcome.call,
    )


def _eras(cases: Cases, rows: Ints, bounds: tuple[int, ...]) -> list[tuple[str, Flags]]:
    days = cases.day[rows]
    ends = [0, *(date(year, 1, 1).toordinal() for year in bounds), date.max.toordinal()]
    names = [f"before {bounds[0]}"]
    names += [f"{a} to {b - 1}" for a, b in pairwise(bounds)]
    names.append(f"from {bounds[-1]}")
    return [
        (name, (days >= ends[place]) & (days < ends[place + 1])) for place, name in enumerate(names)
    ]


def _notes(cases: Cases, predicted: dict[str, Floats]) -> tuple[str, ...]:
    register = cases.registered
    notes = [
        f"{int(register.sum())} rows of {len(np.unique(cases.call[register]))} calls are in the"
        f" register (guarantors that were themselves challengers are no candidates);"
        f" {int((register & cases.by_rule).sum())} of the rows follow from the candidate rule.",
        "A score over rows takes each ally as one vote; a score over calls takes each call as one.",
    ]
    if "gradient boosting" not in predicted:
        notes.append(NO_TREES)
    return tuple(notes)
