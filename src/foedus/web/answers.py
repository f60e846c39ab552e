"""Assessments that pages show: made once for each question, and never saved by looking."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from foedus.domain.assessments import Assessment
from foedus.record.rules import FOEDUS_RUNG
from foedus.web.desk import Desk
from foedus.workspace.assessments import SavedAssessment

if TYPE_CHECKING:
    from foedus.assessment.frame import Frame


def answer(
    desk: Desk,
    guarantor: str,
    beneficiary: str,
    as_of: date,
    challenger: str | None = None,
    rule: str = FOEDUS_RUNG.name,
) -> Assessment:
    """The assessment of one pair as `foedus.assess` makes it, kept until what it rests on changes.

    Its frame is kept until the user's own rows change: a review of the pair's claims costs the
    evidence alone, a review of others' claims nothing.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: a pair that has no answer, or an unknown rule.
    """
    from foedus.assessment.evidence import evidence
    from foedus.assessment.frame import assessed, frame

    question = (guarantor, beneficiary, challenger, as_of, rule)

    def make() -> Frame:
        with desk.facts(as_of) as facts:
            return frame(facts, guarantor, beneficiary, challenger, rule)

    framed = desk.kept(("frame", question, desk.own_rows), make)
    sides, today = framed.sides, date.today()
    revision = desk.workspace.pair_revision(
        {*sides.givers, sides.guarantor.id}, sides.guarantor.id, sides.beneficiary.id
    )
    return desk.kept(
        ("assessment", question, desk.own_rows, revision, as_of < today),
        lambda: assessed(framed, evidence(desk.workspace, sides, as_of, today, ())),
    )


def saved_before(desk: Desk, guarantor: str, beneficiary: str) -> list[SavedAssessment]:
    """The saved assessments of one pair, oldest first; kept, since they are large and stay."""
    key = ("saved", guarantor, beneficiary, desk.workspace.count_assessments())
    return desk.kept(key, lambda: desk.workspace.assessments(guarantor, beneficiary))
