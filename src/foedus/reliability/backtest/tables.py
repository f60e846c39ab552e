"""Scores of several models on one set of rows, as one trial of a backtest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

import numpy as np

from foedus.domain.backtests import FEWEST_CALLS, Bin, EraScores, Interval, ModelScores, Trial
from foedus.reliability.backtest import scores as s
from foedus.reliability.backtest.looks import corrected_level
from foedus.reliability.ordered import Floats

OURS, SIMPLE, BASE = "reliability model", "simple logit", "base rate"
ALL = (0, 1, 2, 3)


def collapsed(shares: Floats) -> Floats:
    """Probabilities over {0-2, 3, 4}, kept in five columns."""
    found = np.zeros_like(shares)
    found[:, 2] = shares[:, :3].sum(axis=1)
    found[:, 3:] = shares[:, 3:]
    return found


def forces_or_none(chance: Floats) -> Floats:
    """Chances (n,) of forces as probabilities (n, 5), the rest on nothing."""
    found = np.zeros((len(chance), 5))
    found[:, 0], found[:, s.FORCES] = 1 - chance, chance
    return found


def trial(
    name: str,
    about: str,
    predicted: Mapping[str, Floats],
    outcome: s.Outcomes,
    groups: Sequence[tuple[str, s.Flags]],
    rung: int = s.MATERIAL,
    thresholds: tuple[int, ...] = ALL,
    target: str | None = None,
) -> Trial:
    """Every model on identical rows; `rung` is what calibration, bins and eras are about."""
    ours = predicted[OURS]
    ranked = {key: s.ranked_scores(value, outcome, thresholds) for key, value in predicted.items()}
    logs = {key: s.log_scores(value, outcome) for key, value in predicted.items()}
    settled = outcome.settled(rung)
    reached = outcome.reached(rung)
    chance = s.chance_of(ours, rung)
    return Trial(
        name=name,
        about=about,
        rows=len(outcome.low),
        calls=len(np.unique(outcome.call)),
        target=target or ("forces" if rung == s.FORCES else "material support or more"),
        models=tuple(
            _scores(key, value, outcome, logs, ranked, rung) for key, value in predicted.items()
        ),
        eras=tuple(
            _era(group, mask & settled, chance, reached, outcome, ranked)
            for group, mask in groups
            if (mask & settled).sum() >= 20
        ),
        bins=tuple(
            Bin(forecast=p, observed=q, rows=n)
            for p, q, n in s.reliability_bins(chance[settled], reached[settled])
        ),
    )


def _scores(
    name: str,
    shares: Floats,
    outcome: s.Outcomes,
    logs: Mapping[str, Floats],
    ranked: Mapping[str, Floats],
    rung: int,
) -> ModelScores:
    votes = s.call_weights(outcome.call)
    settled, reached = outcome.settled(rung), outcome.reached(rung)
    chance = s.chance_of(shares, rung)
    p, y, w = chance[settled], reached[settled], votes[settled]
    one = np.ones(len(p))
    slope, intercept = s.calibration(p, y, one)
    flat = p.std() < 1e-9 or _few(outcome)
    reference = ranked[BASE].mean()
    return ModelScores(
        model=name,
        log_score=float(logs[name].mean()),
        rps=float(ranked[name].mean()),
        skill=float(1 - ranked[name].mean() / reference),
        calls_log_score=float(np.average(logs[name], weights=votes)),
        calls_rps=float(np.average(ranked[name], weights=votes)),
        gain_log=_gain(logs[name] - logs[SIMPLE], outcome, name),
        gain_rps=_gain(ranked[SIMPLE] - ranked[name], outcome, name),
        gain_log_corrected=_corrected(logs[name] - logs[SIMPLE], outcome, name),
        within_call=_number(s.within_calls(p, y, outcome.call[settled])),
        slope=None if flat else slope,
        intercept=None if flat else intercept,
        ece=s.expected_calibration_error(p, y, one),
        calls_slope=None if flat else s.calibration(p, y, w)[0],
        **_binary(shares, outcome),
    )


def _binary(shares: Floats, outcome: s.Outcomes) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for rung, word in ((s.MATERIAL, "material"), (s.FORCES, "forces")):
        known = outcome.settled(rung)
        if not known.any() or (rung == s.MATERIAL and not (outcome.high < rung).any()):
            found |= {f"brier_{word}": None, f"auc_{word}": None}
            continue
        chance = s.chance_of(shares, rung)[known]
        found[f"brier_{word}"] = float(np.nanmean(s.brier_scores(shares, outcome, rung)))
        found[f"auc_{word}"] = _number(s.auc(chance, outcome.reached(rung)[known]))
    return found


def _few(outcome: s.Outcomes) -> bool:
    return len(np.unique(outcome.call)) < FEWEST_CALLS


def _gain(values: Floats, outcome: s.Outcomes, name: str) -> Interval | None:
    if name == SIMPLE or _few(outcome):
        return None
    mean, low, high = s.mean_interval(values, outcome.call)
    return Interval(value=mean, low=low, high=high)


def _corrected(values: Floats, outcome: s.Outcomes, name: str) -> Interval | None:
    if name != OURS or _few(outcome):
        return None
    mean, low, high = s.mean_interval(values, outcome.call, times=20_000, level=corrected_level())
    return Interval(value=mean, low=low, high=high)


def _era(
    name: str,
    mask: s.Flags,
    chance: Floats,
    reached: s.Flags,
    outcome: s.Outcomes,
    ranked: Mapping[str, Floats],
) -> EraScores:
    p, y, call = chance[mask], reached[mask], outcome.call[mask]
    mixed = y.any() and not y.all()
    slope = None
    if mixed and p.std() > 1e-9:
        low, high = s.resampled(lambda w: s.calibration(p, y, w)[0], call, times=200)
        slope = Interval(value=s.calibration(p, y, np.ones(len(p)))[0], low=low, high=high)
    return EraScores(
        name=name,
        rows=int(mask.sum()),
        calls=len(np.unique(call)),
        rps=float(ranked[OURS][mask].mean()),
        skill=float(1 - ranked[OURS][mask].mean() / ranked[BASE][mask].mean()),
        auc=_number(s.auc(p, y)),
        slope=slope,
        mean_forecast=float(p.mean()),
        observed=float(y.mean()),
    )


def _number(value: float) -> float | None:
    return None if isnan(value) else value
