"""Vintage and limits: what the answer rests on, what it does not know, how to cite it."""

from __future__ import annotations

from foedus.domain.assessments import Assessment, VintageUse
from foedus.report.blocks import (
    Block,
    Bullets,
    Column,
    Details,
    Facts,
    Foreign,
    Heading,
    Paragraph,
    Section,
    Table,
)
from foedus.report.figures import UNKNOWN, day, listed, sentence


def limits_section(assessment: Assessment) -> Section:
    """Vintages, unknowns, citation, and the run that made the report."""
    limits = assessment.limits
    blocks: list[Block] = []
    if limits.unknown:
        blocks += [
            Heading("What is unknown"),
            Bullets(tuple(sentence(line) for line in limits.unknown)),
        ]
    if limits.vintages:
        blocks += [
            _vintages(limits.vintages),
            Details(
                f"Citations of the {len(limits.vintages)} datasets",
                tuple(
                    Paragraph((Foreign(vintage.citation),), style="cite")
                    for vintage in limits.vintages
                ),
            ),
        ]
    blocks += [
        Heading("How to cite"),
        Paragraph((Foreign(limits.cite),), style="cite"),
        Facts(
            (
                ("Run", assessment.id),
                ("Made", _moment(assessment)),
                ("As of", day(assessment.as_of)),
                ("Foedus", assessment.foedus_version),
                ("Catalog", assessment.catalog_version),
            )
        ),
        Paragraph(
            "Likelihood terms are those of Intelligence Community Directive 203: almost no chance "
            "(1–5%), very unlikely (5–20%), unlikely (20–45%), roughly even chance (45–55%), "
            "likely (55–80%), very likely (80–95%), almost certain (95–99%). Percentages are "
            "rounded, so columns may not add up to 100%.",
            style="small",
        ),
    ]
    return Section("limits", "Vintage and limits", tuple(blocks))


def _moment(assessment: Assessment) -> str:
    created = assessment.created
    zone = created.strftime(" %Z") if created.tzinfo else ""
    return f"{day(created.date())}, {created:%H:%M}{zone}"


def _vintages(vintages: tuple[VintageUse, ...]) -> Table:
    return Table(
        "Datasets used",
        (
            Column("Dataset"),
            Column("Version"),
            Column("Last year", numeric=True),
            Column("Used for"),
            Column("Terms"),
        ),
        tuple(
            (
                (Foreign(vintage.title),),
                vintage.version,
                str(vintage.last_year) if vintage.last_year is not None else UNKNOWN,
                listed(list(vintage.tables)),
                vintage.terms,
            )
            for vintage in vintages
        ),
    )
