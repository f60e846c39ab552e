"""An assessment as blocks, in the order in which a reader needs them."""

from __future__ import annotations

from foedus.domain.assessments import Assessment
from foedus.report.blocks import Block, Section
from foedus.report.sections.asking import asking_sections
from foedus.report.sections.capacity import capacity_section
from foedus.report.sections.evidence import evidence_section
from foedus.report.sections.evidence_moves import evidence_moves_section
from foedus.report.sections.explain import explain_section
from foedus.report.sections.headline import headline_section, masthead
from foedus.report.sections.limits import limits_section
from foedus.report.sections.pair_stress import stress_sections
from foedus.report.sections.probabilities import probabilities_section
from foedus.report.sections.promise import promise_section
from foedus.report.sections.record import record_section


def assessment_blocks(assessment: Assessment, record: Section | None = None) -> tuple[Block, ...]:
    """The masthead, the bottom line, then promise, record, probabilities and why, evidence and
    what it moved, capacity, what a stress test adds, and limits.

    `record` is the record's section where it was made before: no document changes that one.
    """
    sections = (
        masthead(assessment),
        headline_section(assessment),
        promise_section(assessment),
        record or record_section(assessment),
        probabilities_section(assessment),
        explain_section(assessment),
        *asking_sections(assessment),
        evidence_section(assessment),
        evidence_moves_section(assessment),
        capacity_section(assessment),
        *stress_sections(assessment),
        limits_section(assessment),
    )
    return tuple(section for section in sections if section is not None)
