"""What the blocks of a report say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import report_samples as samples

from foedus.domain.assessments import Assessment
from foedus.report.assessment_blocks import assessment_blocks
from foedus.report.blocks import (
    Block,
    Callout,
    Card,
    Chart,
    Columns,
    Details,
    Paragraph,
    Quote,
    Section,
    Table,
    plain,
)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        match block:
            case Section() | Details() | Card():
                yield from walk(block.blocks)
            case Columns():
                yield from walk((block.left, block.right))
            case Chart():
                yield block.table


def section(assessment: Assessment, anchor: str) -> Section:
    return next(
        block
        for block in assessment_blocks(assessment)
        if isinstance(block, Section) and block.anchor == anchor
    )


def tables(block: Block) -> list[Table]:
    return [inner for inner in walk([block]) if isinstance(inner, Table)]


def cells(table: Table) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in table.rows]


def test_sections_stand_in_reading_order(full_assessment: Assessment) -> None:
    anchors = [b.anchor for b in assessment_blocks(full_assessment) if isinstance(b, Section)]
    assert anchors == [
        "bottom-line", "promise", "record", "probabilities", "evidence", "capacity", "stress",
        "limits",
    ]  # fmt: skip


def test_confidence_and_likelihood_never_share_a_sentence(full_assessment: Assessment) -> None:
    paragraphs = [
        plain(b.text)
        for b in section(full_assessment, "bottom-line").blocks
        if isinstance(b, Paragraph)
    ]
    assert paragraphs[0] == full_assessment.headline + "."
    assert "Confidence" not in paragraphs[0]
    assert paragraphs[1].startswith("Confidence in this judgement is low")
    assert "likely" not in paragraphs[1]
    assert "17 calls" in paragraphs[1]


def test_confidence_is_moderate_with_many_calls_and_narrow_intervals() -> None:
    forecast = samples.forecast()
    many = forecast.model_copy(update={"reference_classes": forecast.reference_classes[:2]})
    text = plain_text(section(samples.full(forecast=many), "bottom-line"))
    assert "Confidence in this judgement is moderate" in text


def plain_text(block: Block) -> str:
    parts = []
    for inner in walk([block]):
        match inner:
            case Paragraph():
                parts.append(plain(inner.text))
            case Callout():
                parts += [plain(inner.title), plain(inner.text)]
            case Card():
                parts += [plain(inner.title), inner.tag or ""]
                parts += [f"{term}: {plain(words)}" for term, words in inner.facts]
            case Table():
                parts += [inner.caption, *(cell for row in cells(inner) for cell in row)]
            case Details():
                parts.append(inner.summary)
    return "\n".join(parts)


def test_each_instrument_in_force_is_a_card_that_says_what_it_does_not_promise(
    full_assessment: Assessment,
) -> None:
    cards = [b for b in section(full_assessment, "promise").blocks if isinstance(b, Card)]
    assert [plain(card.title) for card in cards] == [
        commitment.title for commitment in full_assessment.promise.in_force
    ]
    first = {term: plain(words) for term, words in cards[0].facts}
    assert cards[0].tag == "Signed paper without a defence obligation"
    assert first["Promised"] == "Non-aggression"
    assert first["Not promised"] == "Defence, offence and neutrality"
    assert first["Not known"] == "Consultation"
    assert "17 Jan 2025" in first["Dates"]
    assert "2 Oct 2025" in first["Dates"]
    assert first["Source"].startswith("Leaders sign partnership treaty, Example Wire, 17 Jan 2025")
    second = {term: plain(words) for term, words in cards[1].facts}
    assert second["Promised"] == "None"


def test_a_defence_clause_is_tagged_with_its_conditions() -> None:
    conditions = {"defense": {"non_provocation": True, "adversary": False}}
    pact = samples.commitment(defense=True, conditions=conditions)
    promise = samples.promise().model_copy(update={"in_force": (pact,), "defence_promised": True})
    text = plain_text(section(samples.full(promise=promise), "promise"))
    assert "Defence promised" in text
    assert "Conditions: Defence only if the beneficiary did not provoke" in text


def test_unknown_entry_into_force_is_said_and_not_guessed(full_assessment: Assessment) -> None:
    (others,) = tables(section(full_assessment, "promise"))
    rows = {row[0]: row for row in cells(others)}
    pending = rows["Protocol on air defence cooperation, Art. 3"]
    assert pending[1] == "Signed, not in force"
    assert pending[2] == "Signed May 2026; entry into force not known"
    assert "known until 2018" in rows["Treaty on the basis of mutual relations, Art. 3"][2]
    assert "denounced" in rows["Treaty of guarantee and neutrality, Art. 3"][2]


def test_no_commitment_names_the_pair_the_day_and_what_was_searched(
    bare_assessment: Assessment,
) -> None:
    text = plain_text(section(bare_assessment, "promise"))
    assert "No commitment between Russia and Iran is known to be in force as of 1 Sep 1938" in text
    assert "Alliance Treaty Obligations and Provisions 5.1 (to 2018)" in text


def test_record_lists_every_call_once_beneficiary_first(full_assessment: Assessment) -> None:
    rates, mine, others = tables(section(full_assessment, "record"))
    assert len(mine.rows) == 3
    assert len(others.rows) == 300
    assert "Attacked" not in [column.name for column in mine.columns]
    assert "Attacked" in [column.name for column in others.columns]
    assert cells(rates)[1] == ["With Iran", "0", "0", "none due", "", "1"]
    by_owed = {row[4].split(":")[0] for row in cells(others)}
    assert by_owed == {"Due (defence)", "Not due", "Cannot tell"}


def test_a_rung_range_is_worded_and_a_missing_row_is_unknown(full_assessment: Assessment) -> None:
    delivered = {
        row[[column.name for column in table.columns].index("Delivered")]
        for table in tables(section(full_assessment, "record"))[1:]
        for row in cells(table)
    }
    assert "No forces; otherwise unknown" in delivered
    assert any(words.endswith("(not listed by the source)") for words in delivered)
    assert "Nothing; acted against the beneficiary" in delivered


def test_every_figure_of_a_chart_is_in_its_table(full_assessment: Assessment) -> None:
    charts = [b for b in walk(assessment_blocks(full_assessment)) if isinstance(b, Chart)]
    assert len(charts) == 3
    for chart in charts:
        table = {cell for row in cells(chart.table) for cell in row}
        for bar in chart.bars:
            assert bar.figure in table
            assert bar.figure in chart.alternative
            assert bar.label.removesuffix(" or more").capitalize() in table | {
                name.capitalize() for name in table
            }


def test_probabilities_show_model_estimand_weights_and_n(full_assessment: Assessment) -> None:
    found = section(full_assessment, "probabilities")
    text = plain_text(found)
    assert "Model output: partially pooled base rate, version 1.0" in text
    forces = next(row for row in cells(tables(found)[1]) if row[0] == "Forces")
    assert forces == ["Forces", "5%", "3–8%", "5%", "3–7%", "very unlikely"]
    assert {"2,140", "9,120", "Israel", "55%", "Limited strike"} <= set(text.split("\n"))


def test_no_forecast_says_why(bare_assessment: Assessment) -> None:
    text = plain_text(section(bare_assessment, "probabilities"))
    assert "No past call of this kind is in the data." in text
    assert "Confidence" not in plain_text(section(bare_assessment, "bottom-line"))


def test_quotes_are_exact_and_carry_document_date_grade_and_confidence(
    full_assessment: Assessment,
) -> None:
    quotes = [b for b in walk([section(full_assessment, "evidence")]) if isinstance(b, Quote)]
    claims = {c.quote for g in full_assessment.evidence.groups for r in g.clusters
              for c in r.claims}  # fmt: skip
    assert claims <= {quote.words for quote in quotes}
    cite = plain(quotes[0].cite)
    for part in ("After the strikes", "The Example Courier", "14 Sep 2026", "grade F6", "71%"):
        assert part in cite


def test_contradictions_stand_side_by_side(full_assessment: Assessment) -> None:
    (pair,) = (b for b in walk([section(full_assessment, "evidence")]) if isinstance(b, Columns))
    assert plain(pair.left.title).startswith("Delivered")
    assert plain(pair.right.title).startswith("Withheld")


def test_failures_abstentions_and_unused_documents_are_told(full_assessment: Assessment) -> None:
    text = plain_text(section(full_assessment, "evidence"))
    assert "1 document could not be read" in text
    assert "4 further claims under the coder’s threshold" in text
    assert "No: dated after the as-of date" in text
    assert "Nothing was coded as realigned." in text
    assert "Assessed: opinion, counted nowhere" in str(section(full_assessment, "evidence"))


def test_without_documents_the_reader_learns_how_to_give_some(bare_assessment: Assessment) -> None:
    text = plain_text(section(bare_assessment, "evidence"))
    assert 'foedus assess "Russia" "Iran" --read FOLDER' in text


def test_unknown_capability_is_unknown_and_not_drawn(full_assessment: Assessment) -> None:
    chart = next(b for b in section(full_assessment, "capacity").blocks if isinstance(b, Chart))
    assert cells(chart.table)[3] == ["Syria", "unknown", "unknown", "unknown"]
    assert "Syria" not in {bar.label for bar in chart.bars}


def test_a_past_as_of_date_is_called_historic(bare_assessment: Assessment) -> None:
    assert "Historic assessment" in plain_text(section(bare_assessment, "bottom-line"))
    today = samples.full(as_of=date(2026, 11, 21))
    assert "Historic assessment" not in plain_text(section(today, "bottom-line"))
