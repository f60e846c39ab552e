"""docs/disagreements.md: both codings of fulfilment side by side, and where they part.

`python -m foedus.record.disagreements docs/disagreements.md`
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

from foedus.catalog.facts import Facts
from foedus.domain.fulfilment import RateLine
from foedus.record.agreement import Agreement, agreements, both_codings, in_development
from foedus.record.cases import automatic_case, cases, years_of
from foedus.record.casus_coding import ABSENT, AllianceCoding
from foedus.record.casus_terms import conditions_in_words
from foedus.record.published import PublishedCase
from foedus.record.rates import tabulate
from foedus.record.rules import BERKEMEIER_FUHRMANN_2018

AS_OF = date(2026, 6, 30)

_INTRODUCTION = """\
# Where the automatic coding and the hand coding part

Written by `python -m foedus.record.disagreements docs/disagreements.md`.

The hand coding is the primary coding of Berkemeier and Fuhrmann (2018): 576 cases of one
alliance in one war, 1816-2003. The automatic coding reads ATOP 5.1's codes of each member's
obligations and their conditions, the Interstate War Data's dyads and the sides and dates of
COW's wars. It never reads a column that says whether an alliance was honoured or violated.

How it decides: [methods](methods.md) and `foedus.record.casus_foederis`. Its own unit is one
promise in one war (member and call). The collapse to the published unit: an alliance was put to
the test when the promise of any member fell due, or when one member fought another; it was
honoured when every promise that fell due was kept. Conditions that no table can tell (how many
adversaries, a demand, provocation, a place or adversary that ATOP flags and does not name) are
presumed met here, because the published unit asks for yes or no; for a single call Foedus
answers "cannot tell". Help promised before the war counts as kept when the guarantor fought
beside the beneficiary within a year, help promised during it before its end: coalitions of the
world wars grew for years.
"""

_SPLIT = """\
The rules were written on the wars of development: those where the first byte of the SHA-256 of
the war's number is even. Both world wars fell among them. The held-out wars were scored when the
rules stood; afterwards one rule was changed on the ground of the wars of development (help
promised during a war may come until its end), which left the held-out figures as they were.

Wars 90 to 94 of the hand coding are in neither source of participants. The headline leaves them
out as "cannot tell". The second table codes them from disputes in MID 5.0: that war and dispute
are the same is a judgement, made in seven rows of `war_dyads`. That a dispute's side A is the
attacker was chosen after the first scoring, on wars 92 and 93, which are of development.
"""


def cause(case: PublishedCase, coded: AllianceCoding) -> str:
    """Why the codings part, as a kind of cause; the case's own reason stands beside it."""
    if case.due and not coded.due:
        return _missed(coded.reason)
    if coded.due and not case.due:
        return _added(coded)
    broken = [one for one in coded.members if one.due and not one.kept]
    if not broken:
        return "Kept by the war data, broken by hand"
    if any(one.against for one in broken):
        return "Allies fought each other in the war data"
    if all(one.reason == ABSENT for one in broken):
        return "A guarantor is not among the participants; lesser help counts by hand"
    return "A guarantor came late, or to another front"


def _missed(reason: str) -> str:
    kinds = {
        "was not attacked": "The ally attacked or joined by the war data",
        "neutrality is owed": "The ally attacked or joined by the war data",
        "no promise in force": "Dates of the treaty or the war",
        "outside the beneficiary": "Place of the fighting",
        "only against": "Another adversary than the text names",
        "signed before this one": "Another conflict than the text names",
        "holds no promise": "A party is missing from the war data or from ATOP 5.1",
    }
    found = next((kind for words, kind in kinds.items() if words in reason), None)
    return found or "Only lesser promises in force"


def _added(coded: AllianceCoding) -> str:
    due = [one for one in coded.members if one.due]
    if any(one.against for one in due):
        return "Allies fought each other in the war data"
    if all(one.obligation == "neutrality" for one in due):
        return "Neutrality owed by the codes, not tested by hand"
    unsettled = frozenset().union(*(one.unsettled for one in due))
    if all(one.unsettled for one in due):
        return f"Condition presumed met: {' and '.join(conditions_in_words(unsettled))}"
    return "Owed without conditions by ATOP's codes, not tested by hand"


def render(facts: Facts) -> str:
    """The whole page as Markdown."""
    rule = BERKEMEIER_FUHRMANN_2018
    years = years_of(rule, facts, (None, None))
    both, judged = both_codings(facts), both_codings(facts, judgements=True)
    hand_cases = cases(facts, rule, "published", years)
    own_cases = [automatic_case(case, coded, rule) for case, coded in both]
    lines = [
        _INTRODUCTION,
        "## Agreement",
        "",
        _SPLIT,
        "Without judgement rows:",
        "",
        *_kappas(agreements(both)),
        "",
        f"With {_judgements(judged)} judgement rows:",
        "",
        *_kappas(agreements(judged)),
        "",
        "## Rates side by side",
        "",
        "| cases | by hand | rate, Wilson, by wars | automatic | rate, Wilson, by wars |",
        "|---|---|---|---|---|",
    ]
    for by in ((), ("era",), ("obligation",), ("multilateral",)):
        hand = tabulate(hand_cases, by)
        automatic = {tuple(line.group.values()): line for line in tabulate(own_cases, by)}
        lines += [_rates(line, automatic.get(tuple(line.group.values()))) for line in hand]
    lines += ["", "A case counts under each of its obligations.", ""]
    return "\n".join([*lines, *_listed(both)]).rstrip() + "\n"


def _kappas(found: list[Agreement]) -> list[str]:
    lines = [
        "| question | cases | n | wars | agree | yes by hand | yes automatically | kappa"
        " | 95%, by wars |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        kappa = "" if one.kappa is None else f"{one.kappa:.3f}"
        low_high = "" if one.low is None else f"{one.low:.2f} to {one.high:.2f}"
        lines.append(
            f"| {one.question} | {one.group} | {one.cases} | {one.wars} | {one.agree}"
            f" | {one.hand:.3f} | {one.automatic:.3f} | {kappa} | {low_high} |"
        )
    return lines


def _rates(hand: RateLine, automatic: RateLine | None) -> str:
    name = ", ".join(hand.group.values()) or "all"
    cells = []
    for line in (hand, automatic):
        if line is None or line.rate is None:
            cells += ["0/0", ""]
            continue
        by_wars = (
            ""
            if line.clustered_low is None
            else f", {line.clustered_low:.2f} to {line.clustered_high:.2f}"
        )
        cells += [
            f"{line.honoured}/{line.due}",
            f"{line.rate:.3f}, {line.low:.2f} to {line.high:.2f}{by_wars}",
        ]
    return f"| {name} | {' | '.join(cells)} |"


def _listed(both: list[tuple[PublishedCase, AllianceCoding]]) -> list[str]:
    parting = [
        (case, coded)
        for case, coded in both
        if coded.due is not None
        and (case.due != coded.due or (case.due and case.honoured != coded.honoured))
    ]
    causes = Counter(cause(case, coded) for case, coded in parting)
    untold = sum(coded.due is None for _, coded in both)
    lines = [
        "## Causes",
        "",
        "| cause | cases |",
        "|---|---|",
        *(f"| {kind} | {count} |" for kind, count in causes.most_common()),
        "",
        f"## Every disagreement ({len(parting)} of {len(both) - untold} cases;"
        f" {untold} cannot be told)",
        "",
        "| war | ATOP | half | by hand | automatic | cause | what the automatic coding saw |",
        "|---|---|---|---|---|---|---|",
    ]
    for case, coded in parting:
        half = "development" if in_development(case.war) else "held out"
        lines.append(
            f"| {case.war_name} | {case.atopid} | {half} | {_hand(case)} | {_own(coded)}"
            f" | {cause(case, coded)} | {_short(coded.reason)} |"
        )
    return lines


def _hand(case: PublishedCase) -> str:
    if not case.due:
        return f"not due: {case.why_not}"
    return "honoured" if case.honoured else "violated"


def _own(coded: AllianceCoding) -> str:
    if not coded.due:
        return "not due"
    return "honoured" if coded.honoured else "violated"


def _short(reason: str, shown: int = 3) -> str:
    parts = reason.split("; ")
    more = len(parts) - shown
    return "; ".join(parts[:shown]) + (f"; and {more} more" if more > 0 else "")


def _judgements(both: list[tuple[PublishedCase, AllianceCoding]]) -> int:
    return sum({coded.war: coded.judgements for _, coded in both}.values())


def main() -> None:
    """Write the page named on the command line."""
    Path(sys.argv[1]).write_text(render(Facts(as_of=AS_OF)), encoding="utf-8")


if __name__ == "__main__":
    main()
