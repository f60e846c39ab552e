"""The top of a stress test: what was asked, the bottom line, and the scenario's shocks."""

from __future__ import annotations

from foedus.domain.actors import in_prose
from foedus.domain.scenarios import Shock
from foedus.domain.stress_tests import FallLine, StressTest
from foedus.report.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    KeyFigure,
    KeyFigures,
    Masthead,
    Paragraph,
    Section,
    Table,
    Text,
)
from foedus.report.figures import capital, count, day, listed, percent, sentence
from foedus.report.sections.stress_outcomes import share


def title_of(test: StressTest) -> str:
    """What the test is of."""
    return test.scenario.title if test.scenario else "the network as it stands"


def masthead(test: StressTest) -> Masthead:
    """Title, day, horizon, runs and network."""
    held = f"{count(test.pairs, 'directed pair')}, {test.held_pairs:,} held to something"
    return Masthead(
        capital(title_of(test)),
        "Stress test of security commitments",
        (
            ("As of", day(test.as_of)),
            ("Horizon", count(test.quarters, "quarter")),
            ("Runs", f"{test.runs:,}" + (" each" if test.scenario else "")),
            ("Seed", str(test.seed)),
            ("Network", f"{count(test.actors, 'actor')}, {held}"),
        ),
    )


def summary_section(test: StressTest) -> Section:
    """Key figures and the answer in a few sentences."""
    blocks: list[Block] = []
    if test.scenario and test.scenario.illustration:
        blocks.append(
            Callout("Illustration, not a test", sentence(test.scenario.illustration), "caution")
        )
    if test.runs < test.wanted:
        blocks.append(
            Callout(
                "Interrupted",
                f"{test.runs:,} of the {test.wanted:,} runs wanted were finished; intervals are"
                " wider than they would be.",
                "caution",
            )
        )
    blocks.append(KeyFigures(_figures(test)))
    blocks += [Paragraph(text, "lead" if not at else "normal")
               for at, text in enumerate(_sentences(test))]  # fmt: skip
    return Section("summary", "Bottom line", tuple(blocks))


def next_to_fall(test: StressTest) -> FallLine | None:
    """The unscripted actor likeliest to have fallen by the end."""
    return next((line for line in test.falls if not line.scripted), None)


def _figures(test: StressTest) -> tuple[KeyFigure, ...]:
    wars = test.events[1].mean
    figures = [
        KeyFigure("Wars in a run", _number(wars.scenario, wars.baseline), _against(wars.baseline,
                  test), "plain"),
        KeyFigure("Secondary events", _number(test.cascade.mean.scenario,
                  test.cascade.mean.baseline), _against(test.cascade.mean.baseline, test),
                  "accent"),
    ]  # fmt: skip
    line = next_to_fall(test)
    if line is not None:
        shown = line.chance.scenario or line.chance.baseline
        detail = f"falls: {share(shown)}"
        if line.chance.scenario:
            detail += f"; baseline {percent(line.chance.baseline.value)}"
        figures.append(KeyFigure("Next to fall", line.name, detail, "caution"))
    return tuple(figures)


def _number(value: float | None, otherwise: float | None) -> str:
    shown = otherwise if value is None else value
    return "undefined" if shown is None else f"{shown:.1f}"


def _against(baseline: float | None, test: StressTest) -> str:
    if test.scenario is None or baseline is None:
        return f"mean over {test.quarters} quarters"
    return f"baseline {baseline:.1f}"


def _sentences(test: StressTest) -> list[Text]:
    said: list[Text] = []
    line = next_to_fall(test)
    if test.scenario is None:
        if line is not None:
            said.append(
                f"If nothing but chance happens, {in_prose(line.name)} is likeliest to fall by the"
                f" end: {percent(line.chance.baseline.value)} of runs."
            )
    elif line is not None and line.chance.scenario is not None:
        said.append(
            f"With the scenario, {in_prose(line.name)} is next to fall: in"
            f" {percent(line.chance.scenario.value)} of runs, against"
            f" {percent(line.chance.baseline.value)} without it."
        )
        worst = [one for one in test.ties if one.failed.scenario is not None][:3]
        if worst:
            said.append(
                "Commitments that fail more often, most of all: "
                + listed(
                    [
                        f"{one.guarantor_name} to {in_prose(one.beneficiary_name)}"
                        f" ({percent(one.failed.baseline.value)} to"
                        f" {percent(one.failed.scenario.value) if one.failed.scenario else '-'})"
                        for one in worst
                    ]
                )
                + ". Rises within chance (four standard errors) are left out."
            )
        else:
            said.append(
                "Apart from what the scenario ends itself, no commitment fails more often beyond"
                " chance (four standard errors)."
            )
        short = [
            one for one in test.guarantors
            if one.shortfall_chance.scenario is not None
            and one.shortfall_chance.baseline is not None
            and one.shortfall_chance.scenario - one.shortfall_chance.baseline > 0.1
        ][:4]  # fmt: skip
        if short:
            said.append(
                "Claims pass what can be deployed more often for "
                + listed([f"{one.name} ({percent(one.shortfall_chance.scenario)})"
                          for one in short])
                + "."
            )  # fmt: skip
    said.append(_why(test))
    return said


def _why(test: StressTest) -> str:
    claimed = [g for g in test.guarantors if g.claims.baseline]
    side = "scenario" if test.scenario else "baseline"
    rows = [
        (getattr(g.unwilling, side), getattr(g.unable, side), getattr(g.blocked, side))
        for g in claimed
    ]
    known = [row for row in rows if None not in row]
    if not known:
        return "Nothing was claimed."
    unwilling, unable, blocked = (sum(column) / len(known) for column in zip(*known, strict=True))
    return (
        f"What guarantors leave unmet they mostly do not offer ({percent(unwilling)} of what is"
        f" claimed from the {len(known)} that are claimed most); {percent(unable)} is not to hand"
        f" and {percent(blocked)} does not get through."
    )


def shock_words(shock: Shock) -> tuple[str, str]:
    """What kind of shock, and what happens."""
    match shock.kind:
        case "attack":
            by = listed(shock.challengers)
            return ("war" if shock.war else "attack short of war", f"{by} on {shock.beneficiary}")
        case "regime_fall":
            return ("fall", f"the regime of {in_prose(shock.actor)} falls")
        case "platform_loss":
            return ("platform lost", shock.platform)
        case "load":
            until = f" until {day(shock.until)}" if shock.until else ""
            return ("load", f"{shock.share:.0%} of {in_prose(shock.actor)} is tied down{until}")
        case "commitment":
            held = listed(list(shock.obligations)) or "no obligation"
            words = f"{shock.guarantor} to {shock.beneficiary}"
            return (
                f"commitment {shock.change}",
                words if shock.change == "withdrawn" else f"{words}: {held}",
            )
    return ("sanctions", f"{in_prose(shock.actor)} loses {shock.share:.0%} of its capability")


def scenario_section(test: StressTest) -> Section | None:
    """The scenario's summary and shocks in order; null for a baseline."""
    if test.scenario is None:
        return None
    shocks = sorted(test.scenario.shocks, key=lambda shock: shock.on)
    blocks: list[Block] = []
    if test.scenario.summary:
        blocks.append(Paragraph(sentence(test.scenario.summary)))
    if shocks:
        blocks.append(
            Table(
                f"Shocks ({len(shocks)})",
                (Column("Day"), Column("Kind"), Column("What")),
                tuple((day(shock.on), *shock_words(shock)) for shock in shocks),
            )
        )
    else:
        blocks.append(Bullets(("No shock is scripted: the network is run forward from the day.",)))
    return Section("scenario", "The scenario", tuple(blocks))
