"""A ranking of commitments as blocks."""

from __future__ import annotations

from foedus.domain.ranking import Ranking
from foedus.report.blocks import Block, Column, Paragraph, Table
from foedus.report.figures import interval, percent


def rank_blocks(found: Ranking) -> list[Block]:
    """The ranking as a table, and what its figures mean."""
    return [
        Table(
            f"Likeliest to be left without material support or forces when called,"
            f" as of {found.as_of}",
            (
                Column("Rank", numeric=True),
                Column("Guarantor"),
                Column("Beneficiary"),
                Column("Defence promised"),
                Column("Left alone", numeric=True),
                Column("90% interval", numeric=True),
                Column("No forces", numeric=True),
            ),
            tuple(
                (
                    f"{one.rank}{'=' if one.tied else ''}",
                    one.guarantor_name,
                    one.beneficiary_name,
                    "yes" if one.defence else "no",
                    percent(one.left_alone),
                    interval(one.low, one.high),
                    percent(one.without_forces),
                )
                for one in found.commitments
            ),
        ),
        Paragraph(
            f"Model output for {found.what}: if each were tested (do(call)), within 365 days."
            " “=” shares a rank: nine draws in ten do not tell it from the first of that rank.",
            style="small",
        ),
    ]
