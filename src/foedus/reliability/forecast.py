"""The forecast for one pair: rung probabilities for an attack in the next 12 months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from foedus.catalog.facts import Facts
from foedus.domain.actors import Actor, in_prose
from foedus.domain.assessments import Forecast, ReferenceClass, Weight
from foedus.domain.commitments import Commitment
from foedus.domain.rungs import Rung
from foedus.reliability.alternatives import challenger_weights, nobody_known
from foedus.reliability.base_forecast import base_forecast
from foedus.reliability.cases import Asked, asked_features
from foedus.reliability.current import model_on
from foedus.reliability.explain import contributions, swings, what_ifs
from foedus.reliability.features.groups import NAMES
from foedus.reliability.ordered import Floats
from foedus.reliability.other_commitments import other_questions, others
from foedus.reliability.predicted import Predicted
from foedus.reliability.selection import if_tested, overlap
from foedus.reliability.similar import similar_calls
from foedus.reliability.stages import against, asking
from foedus.reliability.stored import Past, Stored
from foedus.reliability.together import DRAWS as DRAWS_OF_SEVERAL
from foedus.reliability.together import highest_of, members
from foedus.reliability.two_level import NAME, VERSION
from foedus.reliability.willingness import drawn_probabilities
from foedus.reliability.windows import windows

DRAWS = 2000
MOST_CHALLENGERS, MOST_CHALLENGERS_OF_SEVERAL = 12, 4
_DAYS = (30, 365)


def forecast(
    facts: Facts,
    guarantor: Actor,
    beneficiary: Actor,
    challenger: Actor | None,
    held: Sequence[Commitment],
    names: dict[str, str],
) -> Predicted:
    """Probabilities of the five rungs, 90% intervals, what they rest on and what moves them.

    `held` are the commitments in force on the as-of date. Only calls that ended before that
    date are learned from. A day before enough calls tell the rung is answered by base
    rates (`base_forecast`). An organisation is answered by its members together. No statement has
    moved it yet.
    """
    stored = model_on(facts)
    givers = (
        (guarantor.id,)
        if guarantor.kind == "state"
        else tuple(
            one
            for one in members(facts, guarantor.id, beneficiary.id)
            if challenger is None or one != challenger.id
        )
    )
    if stored is None or not givers:
        return base_forecast(facts, guarantor, beneficiary, challenger, held, names)
    asked, weight, challengers, limits = _asked(facts, guarantor, beneficiary, challenger, names)
    several = len(givers) > 1
    if several:
        weight = weight[:MOST_CHALLENGERS_OF_SEVERAL] / weight[:MOST_CHALLENGERS_OF_SEVERAL].sum()
    questions = [
        Asked(giver, one.beneficiary, one.challengers)
        for one in asked[: len(weight)]
        for giver in givers
    ]
    calls = [number for number in range(len(weight)) for _ in givers]
    beside = [] if several else other_questions(facts, guarantor.id, beneficiary.id)
    features = asked_features(
        facts, [*questions, *(one.asked for one in beside)], facts.as_of + timedelta(days=1)
    )
    x = features[: len(questions)]
    drawn = {}
    for number, days in enumerate(_DAYS):
        rng = np.random.Generator(np.random.Philox(key=[facts.as_of.toordinal(), number]))
        model = stored.windows[number]
        shares = (
            highest_of(model, x, calls, DRAWS_OF_SEVERAL, rng)
            if several
            else drawn_probabilities(model, x, DRAWS, rng)
        )
        drawn[days] = np.einsum("dnk,n->dk", shares, weight)
    if several:
        weight = np.repeat(weight, len(givers)) / len(givers)
        limits = (
            *limits,
            f"The highest rung that any of {len(givers)} members reaches; half of what moves them"
            " and is not seen is taken to be shared (judgement).",
        )
    giver, receiver = in_prose(guarantor.name), in_prose(beneficiary.name)
    prior = Forecast(
        estimand=(
            f"Highest rung of support that {giver} gives {receiver}, if {receiver} is attacked in"
            f" the 12 months after {facts.as_of}, given a call like past calls; within 30 and"
            " within 365 days of its start and before its end. Beside it: do(call), if this"
            " commitment were tested, over a stated range of selection."
        ),
        resolution=(
            "Resolved by the ladder's coding rules (nothing, words, diplomatic action, material"
            " support, forces) from at least two independent reports, 30 and 365 days after the"
            " first use of force; void if no attack begins within 12 months."
        ),
        model=NAME,
        model_version=f"{VERSION} ({stored.stamp.data[:8]})",
        windows=windows(drawn),
        reference_classes=_classes(stored.past, x, weight),
        challengers=challengers,
        severities=(),
        training_calls=stored.stamp.calls,
        training_responses=stored.stamp.told,
        last_training_call=date.fromisoformat(stored.stamp.last_call),
        limits=(*limits, *_limits(x, stored)),
        **({} if several else _explained(facts, stored, x, weight, names)),
        overlap=None if several else overlap(facts, guarantor.id, beneficiary.id),
        others=others(
            beside, stored.windows[1], features[len(questions) :], names, facts.as_of.toordinal()
        ),
    )
    return Predicted(prior, drawn)


def _explained(
    facts: Facts,
    stored: Stored,
    x: Floats,
    weight: Floats,
    names: dict[str, str],
) -> dict[str, Any]:
    model, past, stages = stored.windows[1], stored.past, stored.stages
    return {
        "contributions": contributions(model, x, weight, past),
        "similar": similar_calls(facts, model, x, weight, past, names),
        "swings": swings(model, x, weight, past),
        "what_ifs": what_ifs(model, x, weight),
        "if_tested": if_tested(model, x, weight),
        "asking": asking(stages, x, weight) if stages else None,
        "against": against(stages, x, weight) if stages else None,
    }


def _asked(
    facts: Facts,
    guarantor: Actor,
    beneficiary: Actor,
    challenger: Actor | None,
    names: dict[str, str],
) -> tuple[list[Asked], Floats, tuple[Weight, ...], tuple[str, ...]]:
    """The questions behind one forecast, one for each likely challenger, and their weights."""
    if challenger is not None:
        named = (Weight(name=challenger.name, weight=1.0, basis="named by the user"),)
        only = [Asked(guarantor.id, beneficiary.id, (challenger.id,))]
        return only, np.ones(1), named, ()
    shares, shown = challenger_weights(
        facts, beneficiary.id, names, without=frozenset({guarantor.id})
    )
    if not shares:
        nobody = [Asked(guarantor.id, beneficiary.id, ())]
        unknown = nobody_known(facts, guarantor.id, beneficiary.id, names)
        return nobody, np.ones(1), (), (unknown,)
    likely = list(shares.items())[:MOST_CHALLENGERS]
    weight = np.array([share for _, share in likely])
    asked = [Asked(guarantor.id, beneficiary.id, (key,)) for key, _ in likely]
    return asked, weight / weight.sum(), shown, ()


_PROMISES = (("defence", "a defence promise held"), ("lesser", "only a lesser promise held"),
             ("paper", "only a text that promises no help"))  # fmt: skip


def _classes(past: Past, x: Floats, weight: Floats) -> tuple[ReferenceClass, ...]:
    """All past cases that tell the rung, and those with the same strongest promise."""
    columns = [NAMES.index(name) for name, _ in _PROMISES]
    held = past.x[:, columns] > 0
    here = (weight @ x[:, columns]) > 0
    words = next((text for (_, text), on in zip(_PROMISES, here, strict=True) if on), "no text")
    masks = (
        ("all past cases that tell the rung", np.ones(len(past), dtype=bool)),
        (words, (held == here).all(axis=1)),
    )
    return tuple(
        ReferenceClass(
            name=name,
            calls=len(np.unique(past.call[mask])),
            responses=int(mask.sum()),
            material=int((past.low[mask] >= Rung.MATERIAL).sum()),
            forces=int((past.low[mask] >= Rung.FORCES).sum()),
            open=int((past.low[mask] < past.high[mask]).sum()),
        )
        for name, mask in masks
    )


def _limits(x: Floats, stored: Stored) -> tuple[str, ...]:
    behind = x[:, NAMES.index("carried")]
    years = float(np.nanmax(behind)) if not np.isnan(behind).all() else None
    found = []
    if years is not None and years > 1:
        found.append(f"Capability data are {years:.0f} years old; the interval is wider for it.")
    if not np.char.startswith(stored.past.call, "icb-").any():
        found.append(
            "The level is that of the register's calls, which were picked, not drawn: how often"
            " help came there need not be how often it comes."
        )
    else:
        found.append(
            "The level is that of international crises (ICB), whose coding of involvement leaves"
            " most rungs as ranges."
        )
    found.append(
        "Out of sample the model ranks allies only somewhat better than chance"
        " (docs/backtest.md): lean on the interval, not on the point."
    )
    return tuple(found)
