"""The masthead and the bottom line up front."""

from __future__ import annotations

from foedus.domain.actors import in_prose
from foedus.domain.assessments import Assessment, PastCall
from foedus.domain.rungs import Rung
from foedus.report.blocks import Block, Callout, KeyFigure, KeyFigures, Masthead, Paragraph, Section
from foedus.report.confidence import at_least, confidence, year_window
from foedus.report.figures import count, day, estimate, percent, sentence

_DEFENCE = {
    True: ("Yes", "an instrument in force promises defence", "accent"),
    False: ("No", "no instrument in force promises defence", "caution"),
    None: ("Cannot tell", "only texts of unknown force could say", "caution"),
}


def question(assessment: Assessment) -> str:
    """The question that the assessment answers."""
    attacker = f" by {assessment.challenger.name}" if assessment.challenger else ""
    return (
        f"If {in_prose(assessment.beneficiary.name)} is attacked{attacker}, "
        f"what does {in_prose(assessment.guarantor.name)} deliver?"
    )


def masthead(assessment: Assessment) -> Masthead:
    """Title, pair, as-of date and when it was made."""
    return Masthead(
        title=question(assessment),
        kicker=f"Assessment · {assessment.guarantor.name} → {assessment.beneficiary.name}",
        facts=(
            ("As of", day(assessment.as_of)),
            ("Made", day(assessment.created.date())),
            ("Data", f"catalog {assessment.catalog_version}"),
            ("Run", assessment.id),
        ),
    )


def headline_section(assessment: Assessment) -> Section:
    """The answer in one sentence, confidence in another, and the figures at a glance."""
    blocks: list[Block] = [Paragraph(sentence(assessment.headline), style="lead")]
    belief = confidence(assessment)
    if belief is not None:
        blocks.append(Paragraph(belief.sentence))
    if moved := _moved(assessment):
        blocks.append(Paragraph(moved))
    blocks.append(KeyFigures(_key_figures(assessment)))
    if assessment.as_of < assessment.created.date():
        blocks.append(
            Callout(
                "Historic assessment",
                f"This is the answer as it could be given on {day(assessment.as_of)}: "
                "nothing dated later is used.",
            )
        )
    return Section("bottom-line", "Bottom line", tuple(blocks))


def _moved(assessment: Assessment) -> str | None:
    """From where reviewed documents moved the answer; null where they did not."""
    forecast = assessment.forecast
    update = None if forecast is None else forecast.update
    if forecast is None or update is None or forecast.windows == update.prior:
        return None
    before = max(update.prior, key=lambda one: one.days)
    after = year_window(forecast)
    parts = [
        f"{words} from {percent(at_least(before, rung).probability)} to"
        f" {percent(at_least(after, rung).probability)}"
        for words, rung in (("forces", Rung.FORCES), ("material support or more", Rung.MATERIAL))
    ]
    counted = sum(one.why_not is None for one in update.steps)
    return (
        f"{count(counted, 'reviewed statement').capitalize()} moved the model's answer:"
        f" {' and '.join(parts)}."
    )


def _key_figures(assessment: Assessment) -> tuple[KeyFigure, ...]:
    value, detail, tone = _DEFENCE[assessment.promise.defence_promised]
    figures = [KeyFigure("Defence promised", value, detail, "accent" if tone == "accent" else
                         "caution")]  # fmt: skip
    forecast = assessment.forecast
    if forecast is not None:
        window = year_window(forecast)
        for rung, label in ((Rung.FORCES, "Forces"), (Rung.MATERIAL, "Material support or more")):
            chance = at_least(window, rung)
            figures.append(
                KeyFigure(
                    f"{label}, within {window.days} days",
                    chance.term.capitalize(),
                    f"{estimate(chance)}, 90% interval",
                )
            )
    past = assessment.record.with_beneficiary
    figures.append(
        KeyFigure(
            f"Past attacks on {in_prose(assessment.beneficiary.name)}",
            f"{len(past):,}",
            _forces_came(past) if past else "none known in the record",
        )
    )
    return tuple(figures)


def _forces_came(past: tuple[PastCall, ...]) -> str:
    """In how many of these calls the guarantor sent forces, of those whose sources tell."""
    told = [
        one.delivered
        for one in past
        if one.delivered.low is Rung.FORCES or one.delivered.high < Rung.FORCES
    ]
    if not told:
        return "whether forces came, no source tells"
    came = sum(one.low is Rung.FORCES for one in told)
    open_ = len(past) - len(told)
    return f"forces came in {came} of {len(told)}" + (f"; {open_} cannot tell" if open_ else "")
