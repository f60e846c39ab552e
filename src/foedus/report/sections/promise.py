"""Promise: what is in force, what it holds, and what it does not."""

from __future__ import annotations

from foedus.domain.actors import in_prose
from foedus.domain.assessments import Assessment
from foedus.domain.commitments import Commitment, Conditions, Obligation
from foedus.report.blocks import (
    Block,
    Callout,
    Card,
    Column,
    Details,
    Foreign,
    Heading,
    Inline,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    Tone,
    plain,
)
from foedus.report.figures import capital, count, day, listed, sentence, span
from foedus.report.source_text import sources_text

OPEN_CARDS = 6
OBLIGATION_WORDS: dict[Obligation, str] = {
    "defense": "defence",
    "offense": "offence",
    "neutrality": "neutrality",
    "nonaggression": "non-aggression",
    "consultation": "consultation",
}
_CONDITION_WORDS = {
    "adversary": "only against certain adversaries",
    "location": "only in certain places",
    "ongoing_conflict": "only in certain ongoing conflicts",
    "number_of_adversaries": "only by number of adversaries",
    "after_demand": "only after a demand on the attacker",
    "non_provocation": "only if the beneficiary did not provoke",
}


def promise_section(assessment: Assessment) -> Section:
    """One card per instrument in force; pending, lapsed and ended ones in a table below."""
    promise = assessment.promise
    blocks: list[Block] = []
    if promise.summary:
        blocks.append(Paragraph(sentence(promise.summary)))
    if not promise.in_force:
        blocks.append(_none(assessment))
    cards = [_card(commitment) for commitment in promise.in_force]
    blocks.extend(cards[:OPEN_CARDS])
    if len(cards) > OPEN_CARDS:
        more = f"{count(len(cards) - OPEN_CARDS, 'more instrument')} in force"
        blocks.append(Details(more, tuple(cards[OPEN_CARDS:]), terminal=False))
    if promise.undated:
        blocks.append(Heading("Taken for a promise, or of unknown date"))
        blocks.extend(_card(commitment) for commitment in promise.undated)
    others = (*promise.pending, *promise.lapsed, *promise.ended)
    if others:
        words = [
            f"{len(rows)} {label}"
            for rows, label in (
                (promise.pending, "signed but not known to be in force"),
                (promise.lapsed, "not known since its source ends"),
                (promise.ended, "ended"),
            )
            if rows
        ]
        blocks.append(Details(f"Not in force: {listed(words)}", (_others(others),), terminal=True))
    return Section("promise", "Promise", tuple(blocks))


def _none(assessment: Assessment) -> Callout:
    tables = [
        f"{vintage.title} {vintage.version}"
        + (f" (to {vintage.last_year})" if vintage.last_year else "")
        for vintage in assessment.limits.vintages
        if "commitments" in vintage.tables
    ]
    covers = f" Looked up in {listed(tables)}." if tables else ""
    return Callout(
        "No commitment known",
        f"No commitment between {in_prose(assessment.guarantor.name)} and"
        f" {in_prose(assessment.beneficiary.name)} is known to be in force as of"
        f" {day(assessment.as_of)}.{covers}",
        "caution",
    )


def _tag(commitment: Commitment) -> tuple[str, Tone]:
    if commitment.defense:
        return "Defence promised", "accent"
    if commitment.defense is None:
        return "Defence obligation unknown", "caution"
    if not commitment.promised:
        return "Signed paper without a defence obligation: promises nothing military", "caution"
    return "Signed paper without a defence obligation", "caution"


def _words(obligations: tuple[Obligation, ...]) -> str:
    return capital(listed([OBLIGATION_WORDS[name] for name in obligations])) or "None"


def _unknown(commitment: Commitment) -> tuple[Obligation, ...]:
    known = {*commitment.promised, *commitment.not_promised}
    return tuple(name for name in OBLIGATION_WORDS if name not in known)


def _card(commitment: Commitment) -> Card:
    tag, tone = _tag(commitment)
    facts: list[tuple[str, Text]] = []
    sides = "multilateral" if commitment.multilateral else "bilateral"
    article = commitment.article
    facts += [
        ("Text", (Foreign(article), f"; {sides}") if article else capital(sides)),
        ("Promised", (Strong(_words(commitment.promised)),)),
        ("Not promised", (Strong(_words(commitment.not_promised)),)),
    ]
    if _unknown(commitment):
        facts.append(("Not known", _words(_unknown(commitment))))
    if commitment.promised:
        facts.append(("Conditions", _conditions(commitment)))
    until = f"; source covers up to {span(commitment.known_until)}"
    facts.append(
        (
            "Dates",
            f"Signed: {span(commitment.signed)}; in force since: {span(commitment.in_force)}"
            + (until if commitment.known_until else ""),
        )
    )
    if commitment.note:
        facts.append(("Note", (Foreign(commitment.note),)))
    facts.append((_source_label(commitment), sources_text(commitment.sources)))
    return Card((Foreign(commitment.title),), tag, tone, tuple(facts))


def _source_label(commitment: Commitment) -> str:
    return "Source" if len(commitment.sources) == 1 else "Sources"


def _conditions(commitment: Commitment) -> str:
    """The conditions on what is promised; what is not promised needs none."""
    parts, coded = [], False
    for obligation in commitment.promised:
        values = commitment.conditions.get(obligation, Conditions()).model_dump()
        coded = coded or any(value is not None for value in values.values())
        holds = [words for key, words in _CONDITION_WORDS.items() if values[key]]
        if holds:
            parts.append(f"{OBLIGATION_WORDS[obligation]} {listed(holds)}")
    if parts:
        return capital("; ".join(parts))
    return "None coded" if coded else "Not coded by the source"


def _dates(commitment: Commitment) -> str:
    parts = []
    if commitment.signed:
        parts.append(f"signed {span(commitment.signed)}")
    if commitment.in_force:
        parts.append(f"in force {span(commitment.in_force)}")
    elif commitment.status == "signed, not in force":
        parts.append("entry into force not known")
    if commitment.ended:
        cause = f" ({commitment.end_cause})" if commitment.end_cause else ""
        parts.append(f"ended {span(commitment.ended)}{cause}")
    elif commitment.known_until and commitment.status == "not known since":
        parts.append(f"known until {span(commitment.known_until)}")
    return capital("; ".join(parts)) or "Dates unknown"


def _others(commitments: tuple[Commitment, ...]) -> Table:
    rows: list[tuple[Text, ...]] = []
    for commitment in commitments:
        title: tuple[Inline, ...] = (Foreign(commitment.title),)
        if commitment.article and commitment.article not in plain(title):
            title += (", ", Foreign(commitment.article))
        rows.append(
            (
                title,
                capital(commitment.status),
                _dates(commitment),
                _words(commitment.promised),
                sources_text(commitment.sources),
            )
        )
    columns = ("Instrument", "Status", "Dates", "Promised", "Source")
    return Table(
        f"{capital(count(len(rows), 'instrument'))} not in force on the as-of date",
        tuple(Column(name) for name in columns),
        tuple(rows),
        terminal_rows=6,
    )
