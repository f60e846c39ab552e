"""What stands beside the rungs: being asked for help, and acting against the beneficiary."""

from __future__ import annotations

from foedus.domain.frozen import Frozen


class Asking(Frozen):
    """P(asked), and P(material support or more) and P(forces) if asked and if not.

    `asked_low` and `asked_high` span the stated range of how far rows of which it is not known
    whether the ally was asked differ from those of which it is. No other figure conditions on it.
    """

    asked: float
    asked_low: float
    asked_high: float
    material_if_asked: float
    forces_if_asked: float
    material_if_not: float
    forces_if_not: float


class Against(Frozen):
    """P(the guarantor acts against the beneficiary in the call), a separate outcome.

    `past_rate` is the share of the register's responses that did.
    """

    probability: float
    past_rate: float
