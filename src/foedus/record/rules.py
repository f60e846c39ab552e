"""Fulfilment rules: each a small named object with its citation. No rate goes without one."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.domain.fulfilment import Coding, RuleInfo, Unit
from foedus.domain.rungs import Rung
from foedus.errors import InputError


@dataclass(frozen=True)
class FulfilmentRule:
    """When a case counts as due, and when as honoured.

    `first_year` and `last_year` (null: no end) bound the year in which a war or call begins.
    `any_text`: every alliance with a party at war counts as due, whatever it promises.
    `lenient`: one member that came is enough, if no ally fought another. `rung`: what must be
    reached, for rules of guarantor and call.
    """

    name: str
    text: str
    citation: str
    unit: Unit = "alliance and war"
    first_year: int = 1816
    last_year: int | None = 2003
    codings: tuple[Coding, ...] = ("published", "automatic")
    any_text: bool = False
    lenient: bool = False
    rung: Rung = Rung.FORCES

    @property
    def info(self) -> RuleInfo:
        """The rule as it is printed."""
        return RuleInfo(
            name=self.name,
            text=self.text,
            citation=self.citation,
            unit=self.unit,
            first_year=self.first_year,
            last_year=self.last_year,
            codings=self.codings,
        )


FOEDUS_RUNG = FulfilmentRule(
    name="foedus-rung",
    text=(
        "Per guarantor and call. A promise of help (defence, offence) in force on any day of an"
        " attack (force used, MID hostility 4 or 5) on the beneficiary falls due if its"
        " conditions are met. It counts as honoured when the guarantor's highest rung is forces,"
        " and as partly honoured at material support."
    ),
    citation="Foedus, rule foedus-rung.",
    unit="guarantor and call",
    last_year=None,
    codings=("automatic",),
)

BERKEMEIER_FUHRMANN_2018 = FulfilmentRule(
    name="berkemeier-fuhrmann-2018",
    text=(
        "Per alliance and war, 1816-2003. Due when the war meets the casus foederis of a defence,"
        " offence or neutrality pact, or allies fight each other. Honoured when all obliged"
        " members keep their promise: they fight beside the ally, or stay neutral as promised."
    ),
    citation=(
        "Berkemeier, Molly and Matthew Fuhrmann. 2018. Reassessing the Fulfillment of Alliance"
        " Commitments in War. Research & Politics 5(2)."
    ),
)

LEEDS_LONG_MITCHELL_2000 = FulfilmentRule(
    name="leeds-long-mitchell-2000",
    text=(
        "Per alliance and war, 1816-1944. Due when the specific obligations of the text are"
        " invoked by the war; honoured when all obliged members keep them. Cases are those of"
        " Berkemeier and Fuhrmann, who apply this procedure anew (66%); the authors' own data"
        " gave 74.5%."
    ),
    citation=(
        "Leeds, Brett Ashley, Andrew G. Long and Sara McLaughlin Mitchell. 2000. Reevaluating"
        " Alliance Reliability: Specific Threats, Specific Promises. Journal of Conflict"
        " Resolution 44(5): 686-699."
    ),
    last_year=1944,
)

SABROSKY_1980 = FulfilmentRule(
    name="sabrosky-1980",
    text=(
        "Per alliance and war, 1816-1965. Every alliance with a party at war counts as due,"
        " whatever its text promises. A multilateral alliance is honoured when one member keeps"
        " its promise and no ally fights another. Applied here to ATOP's alliances; Sabrosky's"
        " own list of alliances gave about 27%."
    ),
    citation=(
        "Sabrosky, Alan Ned. 1980. Interstate Alliances: Their Reliability and the Expansion of"
        " War. In The Correlates of War II, ed. J. David Singer. New York: Free Press, 161-198."
    ),
    last_year=1965,
    any_text=True,
    lenient=True,
)

RULES: dict[str, FulfilmentRule] = {
    rule.name: rule
    for rule in (
        FOEDUS_RUNG,
        BERKEMEIER_FUHRMANN_2018,
        LEEDS_LONG_MITCHELL_2000,
        SABROSKY_1980,
    )
}


def find_rule(name: str) -> FulfilmentRule:
    """The rule of that name.

    Raises:
        InputError: no such rule; names those that exist.
    """
    found = RULES.get(name.strip().lower().replace("_", "-"))
    if found is None:
        raise InputError(f"No fulfilment rule is called {name!r}. There are {', '.join(RULES)}.")
    return found


def find_coding(rule: FulfilmentRule, coding: str | None) -> Coding:
    """The coding of that name that the rule has; its first where none is asked for.

    Raises:
        InputError: the rule has no such coding; names those that it has.
    """
    for known in rule.codings:
        if coding is None or known == coding.strip().lower():
            return known
    raise InputError(
        f"Rule {rule.name} has no coding {coding!r}. It has {', '.join(rule.codings)}."
    )
