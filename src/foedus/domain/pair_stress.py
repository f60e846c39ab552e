"""What a small stress test adds to an assessment: coverage of the guarantor, and the cascade."""

from __future__ import annotations

from foedus.domain.frozen import Frozen
from foedus.domain.stress_tests import CascadeLine, FallLine, GuarantorLine, TieLine


class Attack(Frozen):
    """What was simulated: a war on the beneficiary in the first quarter, against the baseline.

    `challengers` are names, empty for an unknown one of equal strength. `draws` of the
    parameters share the `runs` futures over `quarters`; intervals are over draws.
    """

    beneficiary: str
    challengers: tuple[str, ...]
    runs: int
    draws: int
    quarters: int
    seed: int


class Coverage(Frozen):
    """The guarantor under that attack, and the pair itself; `pair` is null where none is tied."""

    attack: Attack
    guarantor: GuarantorLine
    pair: TieLine | None


class Cascade(Frozen):
    """What follows the attack: secondary events, who falls next, which commitments fail next.

    `beneficiary` is the attacked itself; `falls` are others, `ties` those of others.
    """

    attack: Attack
    size: CascadeLine
    beneficiary: FallLine | None
    falls: tuple[FallLine, ...]
    ties: tuple[TieLine, ...]


class PairStress(Frozen):
    """Both blocks, as they are kept."""

    coverage: Coverage
    cascade: Cascade
