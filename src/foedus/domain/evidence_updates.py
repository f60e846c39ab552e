"""How reviewed statements moved a forecast, step by step."""

from __future__ import annotations

from foedus.domain.claims import Act, Polarity, Support
from foedus.domain.estimates import Window
from foedus.domain.frozen import Frozen
from foedus.domain.sources import Credibility, Reliability


class EvidenceStep(Frozen):
    """One reviewed statement, its grade, and what it moved.

    The ratios multiply the odds of material support or more, and of forces given that; they are
    1 where it moves nothing, and `why_not` says why. `material_after` and `forces_after` are the
    probabilities within 365 days with this statement and those before it.
    """

    cluster: str
    claims: tuple[str, ...]
    origins: int
    quote: str
    act: Act
    polarity: Polarity
    support: tuple[Support, ...]
    reliability: Reliability
    credibility: Credibility
    material_ratio: float
    forces_ratio: float
    material_after: float
    forces_after: float
    why_not: str | None = None


class RatioCase(Frozen):
    """Both probabilities within 365 days, were the likelihood ratios otherwise."""

    case: str
    material: float
    forces: float


class EvidenceUpdate(Frozen):
    """How reviewed statements moved the forecast from `prior` to its windows.

    The ratios are those of all statements together, after the caps; `waiting` claims about
    the pair would move it once reviewed.
    """

    prior: tuple[Window, ...]
    steps: tuple[EvidenceStep, ...]
    material_ratio: float
    forces_ratio: float
    material_cap: float
    forces_cap: float
    capped: bool
    ratios: str
    waiting: int
    sensitivity: tuple[RatioCase, ...]
