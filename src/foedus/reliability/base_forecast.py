"""The forecast from base rates alone: rung probabilities for an attack in the next 12 months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from foedus.catalog.facts import Facts
from foedus.domain.actors import Actor, in_prose
from foedus.domain.assessments import Forecast, ReferenceClass, Weight
from foedus.domain.commitments import Commitment
from foedus.domain.rungs import Rung
from foedus.reliability.alternatives import challenger_weights, nobody_known, severity_weights
from foedus.reliability.base_rate import BaseRate, Situation
from foedus.reliability.held import only_multilateral, strongest
from foedus.reliability.predicted import Predicted
from foedus.reliability.training import ERAS, OBLIGATIONS, Training, era, training
from foedus.reliability.windows import windows

_WINDOWS = (30, 365)
_OBLIGATION_WORDS = {
    "none": "no text at all: candidates that the register lists",
    "paper": "only a text that promises no help",
    "lesser": "only a lesser promise held (offence, neutrality or consultation)",
    "defence": "a defence promise held",
}


def base_forecast(
    facts: Facts,
    guarantor: Actor,
    beneficiary: Actor,
    challenger: Actor | None,
    held: Sequence[Commitment],
    names: dict[str, str],
) -> Predicted:
    """Probabilities of the five rungs, 90% intervals, and all that they rest on.

    `held` are the commitments in force on the as-of date. Only attacks that ended before
    that date are used. Where the guarantor is an organisation, one row stands for all its
    members together and the rung is the highest that any of them reaches.
    """
    rows = training(facts, collective=guarantor.kind == "organisation")
    if challenger is None:
        shares, challengers = challenger_weights(
            facts, beneficiary.id, names, without=frozenset({guarantor.id})
        )
        limits = () if shares else (nobody_known(facts, guarantor.id, beneficiary.id, names),)
    else:
        challengers = (Weight(name=challenger.name, weight=1.0, basis="named by the user"),)
        limits = ()
    severities, severity_words = severity_weights(
        facts, beneficiary.id, shares if challenger is None else {challenger.id: 1.0}
    )
    situations = {
        severity: Situation(
            obligation=OBLIGATIONS.index(strongest(held)),
            era=era(facts.as_of.year),
            multilateral=int(only_multilateral(held)),
            severity=severity,
        )
        for severity in severities
    }
    giver, receiver = in_prose(guarantor.name), in_prose(beneficiary.name)
    drawn = {}
    for index, days in enumerate(_WINDOWS):
        model = BaseRate(rows, index)
        rng = np.random.Generator(np.random.Philox(key=[facts.as_of.toordinal(), index]))
        drawn[days] = np.sum(
            [severities[key] * model.draws(case, rng) for key, case in situations.items()], axis=0
        )
    prior = Forecast(
        estimand=(
            f"Highest rung of support that {giver} gives {receiver}, if"
            f" {receiver} is attacked (force used against it) in the 12 months after"
            f" {facts.as_of}, given an attack of the kind that past attacks were; within 30 and"
            " within 365 days of its start and before its end."
        ),
        resolution=(
            "Resolved by the ladder's coding rules (nothing, words, diplomatic action, material"
            " support, forces) from at least two independent reports, 30 and 365 days after the"
            " first use of force; void if no attack begins within 12 months."
        ),
        model=BaseRate.name,
        model_version=BaseRate.version,
        windows=windows(drawn),
        reference_classes=_reference_classes(rows, model, _likeliest(severities, situations)),
        challengers=challengers,
        severities=severity_words,
        training_calls=rows.calls,
        training_responses=rows.rows,
        last_training_call=_last_call(facts),
        limits=(
            *limits,
            "A base rate of a class, not a judgement of this pair: the guarantor's own record does"
            " not move it.",
            "Within 30 days only the first act is dated, so forces that came in time beside it are"
            " partly missed: the 30-day figures for forces are low.",
            "Attacks test promises that look weak, so past attacks are not a random sample.",
        ),
    )
    return Predicted(prior, drawn)


def _likeliest(shares: dict[int, float], situations: dict[int, Situation]) -> Situation:
    return situations[max(shares, key=lambda severity: shares[severity])]


def _reference_classes(
    rows: Training, model: BaseRate, case: Situation
) -> tuple[ReferenceClass, ...]:
    labels = (
        "all attacks with a known holder or candidate",
        _OBLIGATION_WORDS[OBLIGATIONS[case.obligation]],
        f"... and {ERAS[case.era][1]}",
        "... and " + ("multilateral only" if case.multilateral else "not multilateral only"),
        "... and " + ("war" if case.severity == 5 else "force short of war"),
    )
    low, high = rows.low[1], rows.high[1]
    classes = []
    for label, mask in zip(labels, model.members(case), strict=True):
        classes.append(
            ReferenceClass(
                name=label,
                calls=len(np.unique(rows.call[mask])),
                responses=int(mask.sum()),
                material=int((mask & (low >= Rung.MATERIAL)).sum()),
                forces=int((mask & (low >= Rung.FORCES)).sum()),
                open=int((mask & (low < high)).sum()),
            )
        )
    return tuple(classes)


def _last_call(facts: Facts) -> date | None:
    found = facts.rows(
        "SELECT max(ended_last) AS last FROM calls WHERE role = 'target' AND hostility >= 4"
    )
    last: date | None = found[0]["last"]
    return last
