"""Questions: dated forecasts that anybody can resolve, and the scores of those resolved."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from foedus.domain.frozen import Frozen
from foedus.domain.rungs import Rung

Outcome = Literal["yes", "no", "void"]
OUTCOMES: tuple[Outcome, ...] = ("yes", "no", "void")
MODEL = "model"
"""Who forecasts where no person gave the probability."""

Open01 = Annotated[float, Field(gt=0, lt=1)]


class Resolution(Frozen):
    """How a question came out, who says so and on what; `version` counts from 1."""

    version: int
    outcome: Outcome
    source: str | None = None
    note: str | None = None
    by: str
    at: AwareDatetime


class Question(Frozen):
    """One forecast as it was made: "if attacked by `closes`, is `rung` or more reached?".

    `probability` (0..1, ends excluded) is the forecast of `by`: of a person, or of the `model`;
    `model_probability` is the model's on that day, null where it had none. `days` run from the
    attack's first day. `history` holds every resolution, oldest first; the last is in force.
    """

    id: str
    as_of: date
    closes: date
    guarantor: str
    guarantor_name: str
    beneficiary: str
    beneficiary_name: str
    challenger: str | None = None
    challenger_name: str | None = None
    rung: Rung
    days: Literal[30, 365]
    question: str
    resolution_rule: str
    probability: Open01
    by: str
    model: str | None = None
    model_version: str | None = None
    model_probability: Open01 | None = None
    catalog_version: str
    foedus_version: str
    note: str | None = None
    created: AwareDatetime
    history: tuple[Resolution, ...] = ()

    @property
    def resolution(self) -> Resolution | None:
        """The resolution in force."""
        return self.history[-1] if self.history else None

    @property
    def backdated(self) -> bool:
        """Whether it was stored after the day as of which it speaks: hindsight is possible.

        One day is allowed for: `created` is UTC, and `as_of` the user's own day.
        """
        return (self.created.date() - self.as_of).days > 1


class Scores(Frozen):
    """Running scores of one forecaster over `n` questions that came out yes or no.

    `brier` is the mean of (p - y)^2, 0 to 1; `log_score` the mean of ln of what was given to
    what happened, 0 at best; `base_brier` the Brier score of always saying the share of yes
    among the same questions. All are null where `n` is 0.
    """

    forecaster: str
    backdated: bool
    n: int
    yes: int
    brier: float | None
    log_score: float | None
    base_brier: float | None


class Questions(Frozen):
    """The questions of a workspace, oldest first, and the running scores."""

    questions: tuple[Question, ...]
    scores: tuple[Scores, ...]
    open: int
    overdue: int
    void: int
