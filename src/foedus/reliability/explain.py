"""Why a probability is what it is: contributions, swings, and what would change it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from foedus.domain.assessments import Contribution, Swing, WhatIf
from foedus.domain.rungs import Rung
from foedus.reliability.features.groups import FEATURES, NAMES
from foedus.reliability.ordered import Floats
from foedus.reliability.scaling import Scaling
from foedus.reliability.stored import Past
from foedus.reliability.two_level import Trained, over_calls

SHOWN_SWINGS = 8
WORTH_SAYING = 0.1
"""Ten points."""

_IFS: tuple[tuple[str, dict[str, float]], ...] = (
    (
        "with a bilateral defence promise in force",
        {"defence": 1, "lesser": 0, "paper": 0, "bilateral": 1},
    ),
    (
        "without any text in force",
        {"defence": 0, "lesser": 0, "paper": 0, "bilateral": 0, "conditional": 0, "wartime": 0,
         "age": 0, "texts": 0},
    ),
    ("with a base in the beneficiary's country", {"base_there": 1}),
    ("without a base in the beneficiary's country", {"base_there": 0}),
    ("with no promise to the attacker", {"tie_to_attacker": 0}),
    ("with no war of the guarantor's own", {"load": 0, "open_calls": 0}),
    ("with three large wars of the guarantor's own", {"load": float(np.log1p(6))}),
    (
        "had it given material help in the beneficiary's last three calls",
        {"pair_material": float(np.log1p(3)), "same_side": float(np.log1p(3)),
         "pair_rate": float(np.log(3.8 / 7.8))},
    ),
    (
        "had it given nothing in the beneficiary's last three calls",
        {"pair_material": 0, "same_side": 0, "pair_rate": float(np.log(0.8 / 7.8))},
    ),
    ("against an armed group", {"armed_group": 1, "sudden": 0}),
)  # fmt: skip


def by_feature(scaling: Scaling, coefficients: Floats, x: Floats) -> Floats:
    """Share (n, f) of each feature in the latent value: its column, and that of its absence."""
    terms = scaling.columns(x) * coefficients
    count = len(NAMES)
    parts = terms[:, :count].copy()
    parts[:, np.flatnonzero(scaling.flagged)] += terms[:, count:]
    return np.asarray(parts)


def parts(model: Trained, x: Floats) -> Floats:
    """What each feature (n, f) adds to the latent value, both levels together."""
    own = by_feature(model.scaling, model.fitted.beta[:-1], x)
    first = by_feature(model.direction.scaling, model.direction.beta, x)
    return np.asarray(own + model.fitted.beta[-1] * first)


def contributions(
    model: Trained, x: Floats, weight: Floats, past: Past
) -> tuple[Contribution, ...]:
    """Contributions against the average past case, largest first; x (n, f) weighted (n,)."""
    added = weight @ parts(model, x) - parts(model, past.x).mean(axis=0)
    now = np.array([_typical(column, weight) for column in x.T])
    usual = np.array([_typical(column, np.ones(len(past))) for column in past.x.T])
    return tuple(
        Contribution(
            feature=NAMES[place],
            label=FEATURES[place].label,
            value=FEATURES[place].words(float(now[place])),
            average=FEATURES[place].words(float(usual[place])),
            log_odds=float(added[place]),
        )
        for place in np.argsort(-np.abs(added), kind="stable")
        if abs(added[place]) > 5e-4
    )


def _typical(values: Floats, weight: Floats) -> float:
    known = ~np.isnan(values)
    if not known.any() or not weight[known].sum():
        return float("nan")
    return float(values[known] @ weight[known] / weight[known].sum())


def material(model: Trained) -> Callable[[Floats, Floats], float]:
    """P(material support or more), averaged over the rows of x by weight."""

    def chance(x: Floats, weight: Floats) -> float:
        eta = model.columns(x) @ model.fitted.beta
        found = over_calls(model.fitted.cuts, eta, model.spread)
        return float(weight @ found[:, Rung.MATERIAL :].sum(axis=1))

    return chance


def swings(model: Trained, x: Floats, weight: Floats, past: Past) -> tuple[Swing, ...]:
    """The features whose 10th and 90th percentile of past cases move the answer most."""
    chance = material(model)
    found = []
    for place, feature in enumerate(FEATURES):
        known = past.x[~np.isnan(past.x[:, place]), place]
        if not len(known):
            continue
        ends = [float(end) for end in np.quantile(known, [0.1, 0.9])]
        if ends[0] == ends[1]:
            ends = [float(known.min()), float(known.max())]
        chances = []
        for end in ends:
            moved = x.copy()
            moved[:, place] = end
            chances.append(chance(moved, weight))
        found.append(
            Swing(
                feature=feature.name,
                label=feature.label,
                low_value=feature.words(ends[0]),
                high_value=feature.words(ends[1]),
                at_low=chances[0],
                at_high=chances[1],
            )
        )
    found.sort(key=lambda one: -abs(one.at_high - one.at_low))
    return tuple(found[:SHOWN_SWINGS])


def what_ifs(model: Trained, x: Floats, weight: Floats) -> tuple[WhatIf, ...]:
    """Changes that move the answer by ten points or more; else the one that moves it most."""
    chance = material(model)
    now = chance(x, weight)
    found = []
    for words, values in _IFS:
        moved = x.copy()
        for name, value in values.items():
            moved[:, NAMES.index(name)] = value
        found.append(WhatIf(change=words, now=now, then=chance(moved, weight)))
    found.sort(key=lambda one: -abs(one.then - one.now))
    large = [one for one in found if abs(one.then - one.now) >= WORTH_SAYING]
    return tuple(large or found[:1])
