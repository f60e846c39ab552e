"""A stress test as blocks, in the order in which an analyst reads one."""

from __future__ import annotations

from foedus.domain.stress_tests import StressTest
from foedus.report.blocks import Block
from foedus.report.sections.stress_drivers import drivers_section, limits_section, parameters
from foedus.report.sections.stress_guarantors import guarantors_section
from foedus.report.sections.stress_outcomes import events_section, falls_section, ties_section
from foedus.report.sections.stress_summary import masthead, scenario_section, summary_section


def stress_blocks(test: StressTest) -> tuple[Block, ...]:
    """Masthead, bottom line, scenario, what happens, who falls and fails, guarantors, drivers."""
    sections = (
        masthead(test),
        summary_section(test),
        scenario_section(test),
        events_section(test),
        falls_section(test),
        ties_section(test),
        guarantors_section(test),
        drivers_section(test),
        parameters(test),
        limits_section(test),
    )
    return tuple(section for section in sections if section is not None)
