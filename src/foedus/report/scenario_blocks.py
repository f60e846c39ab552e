"""The shipped scenarios as a table."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.domain.scenarios import Scenario
from foedus.report.blocks import Block, Column, Table
from foedus.report.figures import day


def list_blocks(scenarios: Sequence[Scenario]) -> tuple[Block, ...]:
    """Name, title, day and number of shocks of each scenario."""
    return (
        Table(
            f"Scenarios ({len(scenarios)})",
            (Column("Name"), Column("Title"), Column("As of"), Column("Shocks", True)),
            tuple(
                (item.name, item.title, day(item.as_of), str(len(item.shocks)))
                for item in scenarios
            ),
            note="Those of the past are illustrations: the model was written knowing them.",
        ),
    )
