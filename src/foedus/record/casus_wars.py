"""Wars as the automatic coding sees them: who attacked whom, when, and who fought beside whom.

Dyads (Interstate War Data) say who attacked whom; sides (COW wars) add participants and dates
of entry that the dyads lack. World wars grow for years, so every question is asked of days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from foedus.catalog.facts import Facts
from foedus.record.casus_foederis import Occasion

IN_TIME = timedelta(days=365)
"""A standing promise of help counts as kept when its guarantor fought within a year."""

_FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Dyad:
    """One state's attack on another; `listed` where the sources do not say who moved first."""

    attacker: str
    target: str
    began: date
    ended: date
    listed: bool
    judgement: bool


@dataclass(frozen=True, slots=True)
class Spell:
    """One state's time on one side of a war, with the regions it fought in."""

    actor: str
    side: int
    entered: date
    left: date
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fight:
    """One state's fighting against another: `attacked` where that other one began it."""

    foe: str
    attacked: bool
    began: date
    ended: date
    listed: bool


@dataclass
class War:
    """One war: its dyads and spells, and the questions that the rules ask of them."""

    number: int
    name: str
    dyads: list[Dyad] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    homes: dict[str, frozenset[str]] = field(default_factory=dict)
    _found: dict[tuple[str, bool], list[Fight]] = field(default_factory=dict, repr=False)

    @property
    def known(self) -> bool:
        """Whether any source says who fought."""
        return bool(self.dyads)

    @property
    def judged(self) -> int:
        """How many of its dyads are judgements."""
        return sum(dyad.judgement for dyad in self.dyads)

    def took_part(self, actor: str) -> bool:
        """Whether the state fought at all."""
        return any(actor in (dyad.attacker, dyad.target) for dyad in self.dyads) or any(
            spell.actor == actor for spell in self.spells
        )

    def fights(self, actor: str, *, listed: bool = False) -> list[Fight]:
        """The state's fights in order of time; from sides alone where no dyad holds it."""
        if (actor, listed) not in self._found:
            self._found[actor, listed] = self._all_fights(actor, listed)
        return self._found[actor, listed]

    def _all_fights(self, actor: str, listed: bool) -> list[Fight]:
        found = [
            Fight(
                dyad.target if dyad.attacker == actor else dyad.attacker,
                dyad.target == actor,
                dyad.began,
                dyad.ended,
                dyad.listed,
            )
            for dyad in self.dyads
            if actor in (dyad.attacker, dyad.target) and (listed or not dyad.listed)
        ]
        if not any(actor in (dyad.attacker, dyad.target) for dyad in self.dyads):
            found = list(self._against_a_side(actor))
        return sorted(found, key=lambda fight: (fight.began, fight.foe))

    def _against_a_side(self, actor: str) -> Iterable[Fight]:
        for own in self.spells:
            for other in self.spells:
                if own.actor == actor and own.side != other.side and _overlap(own, other):
                    began = max(own.entered, other.entered)
                    yield Fight(other.actor, False, began, min(own.left, other.left), True)

    def occasion(self, actor: str, fight: Fight) -> Occasion:
        """The fight as an occasion to test promises made to the state."""
        return Occasion(
            adversaries=frozenset({fight.foe}),
            attacked=fight.attacked,
            began=fight.began,
            ended=fight.ended,
            at_home=self._at_home(actor, fight.foe),
        )

    def _at_home(self, actor: str, foe: str) -> bool | None:
        own = self._regions(actor)
        shared = own & self._regions(foe) or own
        home = self.homes.get(actor)
        return bool(shared & home) if shared and home else None

    def _regions(self, actor: str) -> frozenset[str]:
        return frozenset().union(*(one.regions for one in self.spells if one.actor == actor))

    def entered_beside(
        self, guarantor: str, beneficiary: str, since: date, *, in_wartime: bool
    ) -> date | None:
        """The first day from `since` on which both fought one foe; null where it never came.

        A standing promise must be kept within a year. One made `in_wartime`, to draw its
        guarantor in, may be kept as long as the war lasts.
        """
        deadline = _FAR if in_wartime else since + IN_TIME
        days = [
            max(one.began, since)
            for one in self.fights(guarantor, listed=True)
            for other in self.fights(beneficiary, listed=True)
            if one.foe == other.foe
            and one.began <= other.ended
            and one.ended >= min(since, other.ended)
            and one.began <= deadline
        ]
        days += [
            max(one.entered, since)
            for one in self.spells
            for other in self.spells
            if one.actor == guarantor
            and other.actor == beneficiary
            and one.side == other.side
            and _overlap(one, other)
            and one.left >= since
            and one.entered <= deadline
        ]
        return min(days, default=None)


def wars(facts: Facts) -> dict[int, War]:
    """Every war of the fulfilment table, by number, as known on the facts' day."""
    homes = {
        row["id"]: home_regions(row["cow"])
        for row in facts.rows("SELECT id, cow FROM actors WHERE cow IS NOT NULL")
    }
    names = facts.rows("SELECT DISTINCT war, war_name FROM fulfilment ORDER BY war")
    found = {row["war"]: War(row["war"], row["war_name"], homes=homes) for row in names}
    dyads: dict[int, list[Dyad]] = defaultdict(list)
    for row in facts.rows("FROM war_dyads ORDER BY war, began, attacker, target"):
        dyads[row["war"]].append(
            Dyad(
                row["attacker"],
                row["target"],
                row["began"],
                row["ended"] or _FAR,
                row["listed"],
                row["judgement"],
            )
        )
    spells: dict[int, list[Spell]] = defaultdict(list)
    for row in facts.rows("FROM war_participants ORDER BY war, entered_first, actor, side"):
        spells[row["war"]].append(
            Spell(
                row["actor"],
                row["side"],
                row["entered_first"],
                row["left_last"] or _FAR,
                frozenset(row["regions"]),
            )
        )
    for number, war in found.items():
        war.dyads, war.spells = dyads[number], spells[number]
    return found


def home_regions(cow: int) -> frozenset[str]:
    """The region of a state by its COW code; North Africa (600-625) is in two.

    Source: COW country codes are numbered by region.
    """
    for bound, regions in _HOMES:
        if cow < bound:
            return frozenset(regions)
    return frozenset({"Oceania"})


_HOMES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (200, ("Americas",)),
    (400, ("Europe",)),
    (600, ("Africa",)),
    (626, ("Africa", "Middle East")),
    (700, ("Middle East",)),
    (900, ("Asia",)),
)


def _overlap(one: Spell, other: Spell) -> bool:
    return one.entered <= other.left and other.entered <= one.left
