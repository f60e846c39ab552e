"""The criteria of success, each beside what was measured."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.domain.backtests import FEWEST_CALLS, Criterion, Interval, ModelScores, Trial
from foedus.reliability.backtest.looks import corrected_level, looks
from foedus.reliability.backtest.tables import OURS

SLOPES = (0.8, 1.2)
AUC_146, BRIER_146 = 0.85, 0.15
SKILL_EX_ANTE, SKILL_ASKED = 0.15, 0.25


def criteria(tests: Sequence[Trial]) -> tuple[Criterion, ...]:
    """One line for each criterion that these tests can speak to."""
    found = []
    for one in tests:
        ours = _ours(one)
        if one.name.startswith(("Within the register (", "Disputes")):
            found.append(_gain(one, ours))
            found.append(_slopes(one))
        if one.name.startswith("Within the register ("):
            found.append(_corrected(one, ours))
        if one.name.startswith("Alliances"):
            found.append(_wars(ours))
        if not one.name.startswith("Within the register, real"):
            found.append(_nobody_ahead(one, ours))
        if one.name.startswith("Within the register (rolling"):
            wanted = SKILL_ASKED if "asked)" in one.name else SKILL_EX_ANTE
            found.append(
                Criterion(
                    text=f"stretch: rolling RPS skill over the base rate of at least {wanted:.2f}",
                    measured=f"{ours.skill:.3f}",
                    met=ours.skill >= wanted,
                )
            )
    return tuple(found)


def _ours(one: Trial) -> ModelScores:
    return next(model for model in one.models if model.model == OURS)


def _gain(one: Trial, ours: ModelScores) -> Criterion:
    gain = ours.gain_log
    return Criterion(
        text=f"{one.name}: log score above the simple logit, 95% interval above zero",
        measured=_interval(gain),
        met=None if gain is None else gain.low > 0,
    )


def _corrected(one: Trial, ours: ModelScores) -> Criterion:
    gain = ours.gain_log_corrected
    return Criterion(
        text=f"{one.name}: log score above the simple logit, {corrected_level():.2%} interval"
        f" for the {looks()} configurations viewed on the register",
        measured=_interval(gain),
        met=None if gain is None else gain.low > 0,
    )


def _slopes(one: Trial) -> Criterion:
    known = [era for era in one.eras if era.slope is not None]
    return Criterion(
        text=f"{one.name}: calibration slope within {SLOPES[0]} to {SLOPES[1]} in every era",
        measured="; ".join(f"{era.name} {_interval(era.slope)}" for era in known),
        met=all(era.slope and SLOPES[0] <= era.slope.value <= SLOPES[1] for era in known),
    )


def _wars(ours: ModelScores) -> Criterion:
    auc, brier = ours.auc_material or 0.0, ours.brier_material or 1.0
    return Criterion(
        text=f"146 cases, leave one war out: AUC at least {AUC_146}, Brier at most {BRIER_146}",
        measured=f"AUC {auc:.3f}, Brier {brier:.3f}",
        met=auc >= AUC_146 and brier <= BRIER_146,
    )


def _nobody_ahead(one: Trial, ours: ModelScores) -> Criterion:
    ahead = [
        model.model
        for model in one.models
        if model.model != OURS and (model.rps < ours.rps or model.log_score > ours.log_score)
    ]
    text = f"{one.name}: no rival ahead in log score or RPS"
    if one.calls < FEWEST_CALLS:
        return Criterion(text=text, measured=f"too few calls ({one.calls})", met=None)
    return Criterion(
        text=text,
        measured=f"ahead: {', '.join(ahead)}" if ahead else "none ahead",
        met=not ahead,
    )


def _interval(value: Interval | None) -> str:
    return "unknown" if value is None else f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"
