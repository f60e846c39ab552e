"""Claims under review, their history and coders' agreement, as blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.assessment.review import Agreement, Alpha, ReviewItem, ReviewPage
from foedus.domain.claims import Claim
from foedus.domain.reviews import BlindDecision, ClaimChange
from foedus.report.blocks import (
    Block,
    Card,
    Column,
    Foreign,
    Paragraph,
    Strong,
    Table,
    Text,
)
from foedus.report.figures import count, edtf, percent

_AROUND = 160


def item_blocks(item: ReviewItem, place: str = "") -> tuple[Block, ...]:
    """One claim: its quote in the words around it, and every coded field."""
    claim = item.state.claim
    words: Text = (
        Foreign(_flat(item.before)[-_AROUND:]),
        Strong(" [" + _flat(claim.quote) + "] "),
        Foreign(_flat(item.after)[:_AROUND]),
    )
    title: Text = (f"{place} " if place else "", Foreign(item.title or item.document))
    changed = ""
    if item.state.changed is not None:
        changed = f", last by {item.state.changed_by} at {item.state.changed:%Y-%m-%d %H:%M} UTC"
    facts: list[tuple[str, Text]] = [
        ("Claim", f"{claim.claim_id}, version {item.state.version}{changed}"),
        ("Document", (Foreign(item.document), f", {edtf(item.date)}")),
        ("Says", _says(claim)),
        ("Time", f"{edtf(claim.time)} ({claim.time_basis or 'no basis'})"),
        ("Attribution", (claim.attribution.kind, *_named(claim))),
        ("Grade", f"{claim.reliability}{claim.credibility}"),
        ("Coder", f"{claim.coder}, confidence {percent(claim.confidence)}"),
        ("Review", claim.review + (f" into {claim.merged_into}" if claim.merged_into else "")),
    ]
    tag = "under the coder's threshold" if claim.abstained else claim.review
    return (Card(title, tag, facts=tuple(facts), blocks=(Paragraph(words),)),)


def page_blocks(page: ReviewPage) -> tuple[Block, ...]:
    """The queue as a table, and how much of it is shown."""
    rows: list[tuple[Text, ...]] = [
        (
            one.state.claim.claim_id,
            _says(one.state.claim),
            one.state.claim.review,
            percent(one.state.claim.confidence),
            (Foreign(_flat(one.state.claim.quote)[:120]),),
        )
        for one in page.items
    ]
    columns = ("Claim", "Says", "Review", "Confidence", "Quote")
    note = f"Showing {len(rows):,} of {count(page.total, 'claim')}."
    if page.after is not None:
        note += f" Next page: --after '{page.after}'"
    return (Table("Claims to review", tuple(map(Column, columns)), tuple(rows), note=note),)


def history_blocks(changes: Sequence[ClaimChange]) -> tuple[Block, ...]:
    """Every change of one claim, oldest first."""
    rows: list[tuple[Text, ...]] = [
        (
            str(one.version),
            one.action + (f" of {one.undoes}" if one.undoes else ""),
            (Foreign(one.by),),
            f"{one.at:%Y-%m-%d %H:%M:%S} UTC",
            (Foreign("; ".join(_change(one, field) for field in one.after) or "nothing"),),
            (Foreign(one.note),) if one.note else "",
        )
        for one in changes
    ]
    columns = ("Version", "Action", "By", "When", "Changed", "Note")
    return (Table(f"History ({len(rows)})", tuple(map(Column, columns)), tuple(rows)),)


def decisions_blocks(decisions: Sequence[BlindDecision]) -> tuple[Block, ...]:
    """What reviewers decided in blind rounds."""
    rows: list[tuple[Text, ...]] = [
        (one.claim_id, one.round, (Foreign(one.by),), one.action, _says(one.claim))
        for one in decisions
    ]
    columns = ("Claim", "Round", "By", "Action", "Says")
    return (Table(f"Blind decisions ({len(rows)})", tuple(map(Column, columns)), tuple(rows)),)


def agreement_blocks(found: Agreement) -> tuple[Block, ...]:
    """Krippendorff's alpha for each field and for the spans."""
    where = f"round {found.blind}" if found.blind is not None else "their own codings"
    said = (
        f"{', '.join(found.coders)}; {where}; {count(found.claims, 'claim')} in"
        f" {count(found.documents, 'document')}."
    )
    if found.left_out:
        said += (
            f" {count(found.left_out, 'claim')} left out: not decided by everybody at work on"
            " the document."
        )
    rows = tuple(_alpha(one) for one in found.alphas)
    columns = (
        Column("What"), Column("Form"), Column("Alpha", numeric=True),
        Column("95% interval", numeric=True), Column("N", numeric=True),
    )  # fmt: skip
    note = (
        "Intervals: bootstrap over documents. N: claims, or spans. Alpha 1 is agreement, 0 is"
        " chance; .80 is usually asked for, .67 for tentative conclusions. Unknown where nothing"
        " varies, and an interval needs two documents."
    )
    return (
        Paragraph((Foreign(said),)),
        Table("Krippendorff's alpha", columns, rows, note=note),
    )


def _alpha(one: Alpha) -> tuple[Text, ...]:
    interval = "unknown" if one.low is None or one.high is None else f"{one.low:.2f}–{one.high:.2f}"
    alpha = "unknown" if one.alpha is None else f"{one.alpha:.3f}"
    return (one.what, one.form, alpha, interval, f"{one.units:,}")


def _says(claim: Claim) -> str:
    parties = f"{', '.join(claim.source) or '?'} {claim.act} {', '.join(claim.target) or '?'}"
    support = ", ".join(claim.support) or "no support named"
    return f"{parties}; {support}; {claim.polarity}; {claim.modality}"


def _named(claim: Claim) -> tuple[Foreign, ...]:
    return (Foreign(f": {claim.attribution.name}"),) if claim.attribution.name else ()


def _change(change: ClaimChange, field: str) -> str:
    return f"{field}: {_shown(change.before[field])} -> {_shown(change.after[field])}"


def _shown(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 80 else text[:80] + "..."


def _flat(text: str) -> str:
    return " ".join(text.split())
