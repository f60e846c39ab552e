"""Assessments that pages show: made once for each question, and never saved by looking."""

from __future__ import annotations

from datetime import date

from foedus.assessment.assess import assess_on
from foedus.domain.assessments import Assessment
from foedus.record.rules import FOEDUS_RUNG
from foedus.web.desk import Desk


def answer(
    desk: Desk,
    guarantor: str,
    beneficiary: str,
    as_of: date,
    challenger: str | None = None,
    rule: str = FOEDUS_RUNG.name,
) -> Assessment:
    """The assessment of one pair, kept until the catalog or the workspace changes.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: a pair that has no answer, or an unknown rule.
    """

    def make() -> Assessment:
        with desk.facts(as_of) as facts:
            return assess_on(
                facts, guarantor, beneficiary, challenger=challenger,
                workspace=desk.workspace, rule=rule, save=False,
            )  # fmt: skip

    key = ("assessment", guarantor, beneficiary, challenger, as_of, rule, desk.revision)
    return desk.kept(key, make)
