"""Evidence: what the documents say, statement by statement, each with its quotes."""

from __future__ import annotations

from foedus.domain.assessments import Assessment, Evidence, EvidenceGroup, EvidenceKind
from foedus.report.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Columns,
    Details,
    Foreign,
    Heading,
    Paragraph,
    Section,
)
from foedus.report.figures import capital, count, listed
from foedus.report.sections.documents import documents_table
from foedus.report.sections.statements import Statements

MAIN_KINDS: tuple[EvidenceKind, ...] = (
    "promised", "expected", "delivered", "withheld", "signalled", "realigned",
)  # fmt: skip
OTHER_KINDS: tuple[EvidenceKind, ...] = ("requested", "constrained", "assessed")
_LABELS: dict[EvidenceKind, str] = {
    "assessed": "Assessed: opinion, counted nowhere",
}


def evidence_section(assessment: Assessment) -> Section:
    """Contradictions side by side, the groups of statements, others' evidence, the documents."""
    evidence = assessment.evidence
    blocks: list[Block] = []
    if evidence.failures:
        failures = count(len(evidence.failures), "document")
        reasons = Bullets(tuple((Foreign(failure),) for failure in evidence.failures))
        blocks.append(Card(f"{failures} could not be read", None, "caution", blocks=(reasons,)))
    if not evidence.documents:
        blocks.append(_no_documents(assessment))
        return Section("evidence", "Evidence", tuple(blocks))
    statements = Statements(assessment)
    found = sum(len(group.clusters) for group in evidence.groups)
    blocks.append(
        Paragraph(
            f"{capital(count(found, 'statement'))} about this pair in "
            f"{count(evidence.documents_total or len(evidence.documents), 'document')}. "
            f"{_reviewed(evidence)}A machine coder found them; quotes "
            "are exact. Grades are Admiralty: source reliability A–F, information credibility 1–6; "
            "F6 means that neither can be judged."
        )
    )
    if evidence.contradictions:
        blocks += _contradictions(evidence.contradictions, statements)
    blocks += _groups(evidence.groups, statements)
    if elsewhere := tuple(group for group in evidence.elsewhere if group.clusters):
        total = sum(len(group.clusters) for group in elsewhere)
        title = f"{assessment.guarantor.name} toward others: {count(total, 'statement')}"
        inner: list[Block] = []
        shown = sum(len(row.claims) for group in elsewhere for row in group.clusters)
        if (whole := evidence.elsewhere_total or shown) > shown:
            inner.append(Paragraph(f"Showing the newest {shown:,} of {whole:,} claims."))
        for group in _ordered(elsewhere):
            inner.append(Heading(_label(group.kind), level=4))
            inner += [statements.card(cluster) for cluster in group.clusters]
        blocks.append(Details(title, tuple(inner)))
    blocks.append(documents_table(evidence.documents, evidence.documents_total))
    if evidence.abstained:
        blocks.append(
            Paragraph(
                f"{capital(count(evidence.abstained, 'further claim'))} under the coder’s "
                "threshold: kept for review, counted nowhere and not shown.",
                style="small",
            )
        )
    return Section("evidence", "Evidence", tuple(blocks))


def _reviewed(evidence: Evidence) -> str:
    """How many of the claims about the pair people have looked at, and what they made of them."""
    total = sum(evidence.reviewed.values())
    if not total:
        return ""
    parts = [f"{number:,} {status}" for status, number in evidence.reviewed.items()]
    return f"People reviewed {count(total, 'claim')} about it: {listed(parts)}. "


def _no_documents(assessment: Assessment) -> Callout:
    pair = f'"{assessment.guarantor.name}" "{assessment.beneficiary.name}"'
    return Callout(
        "No documents were given",
        f"Hand over articles to have their claims coded: foedus assess {pair} --read FOLDER",
    )


def _label(kind: EvidenceKind) -> str:
    return _LABELS.get(kind, capital(kind))


def _ordered(groups: tuple[EvidenceGroup, ...]) -> list[EvidenceGroup]:
    order = (*MAIN_KINDS, *OTHER_KINDS)
    return sorted(groups, key=lambda group: order.index(group.kind))


def _groups(groups: tuple[EvidenceGroup, ...], statements: Statements) -> list[Block]:
    blocks: list[Block] = []
    filled = [group for group in _ordered(groups) if group.clusters]
    for group in filled:
        blocks.append(Heading(f"{_label(group.kind)} ({len(group.clusters)})"))
        blocks += [statements.card(cluster) for cluster in group.clusters]
    kinds = {group.kind for group in filled}
    if empty := [kind for kind in MAIN_KINDS if kind not in kinds]:
        blocks.append(Paragraph(f"Nothing was coded as {listed(empty, 'or')}.", style="small"))
    return blocks


def _contradictions(pairs: tuple[tuple[str, str], ...], statements: Statements) -> list[Block]:
    blocks: list[Block] = [Heading(f"Contradictions ({len(pairs)})")]
    for number, (one, other) in enumerate(pairs, start=1):
        blocks.append(
            Columns(
                f"Contradiction {number}: statements that exclude each other",
                statements.brief(one),
                statements.brief(other),
            )
        )
    return blocks
