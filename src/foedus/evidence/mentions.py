"""Actor mentions: where a text names a state, organisation, leader or armed group."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from unicodedata import combining, normalize

from foedus.evidence.lexicon import lexicon

if TYPE_CHECKING:
    from datetime import date

    from foedus.catalog.actors import ActorIndex, NameEntry

_NEEDS_CONTEXT = frozenset({"leader", "alias", "epithet", "seat", "former"})
_PAST_YEARS = 5
_PLURAL_ENDINGS = ("n", "i")
_SHORT_NAMES = frozenset({"US", "UK", "UN", "EU", "UAE", "U.S.", "U.K.", "DRC"})


Reading = tuple[str, str, bool]
"""One actor that a name can stand for, in which role, and whether it needs more context."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One stretch of text (code points, end exclusive) that names `actor`, as a `role`."""

    start: int
    end: int
    actor: str
    role: str


@dataclass(frozen=True)
class Matcher:
    """The names of one day; `states` are the actors with a demonym or a capital.

    The automata find the names of many days, and are shared; `readings` has this day's.
    """

    automata: tuple[Any, ...]
    states: frozenset[str]
    readings: Mapping[str, tuple[Reading, ...]]

    def find(self, text: str) -> list[tuple[int, int, tuple[Reading, ...]]]:
        """Longest names in `text` on word borders: (start, end, possible readings)."""
        hits = []
        for automaton in self.automata:
            for last, name in automaton.iter(text):
                start, end = last + 1 - len(name), last + 1
                entries = self.readings.get(name)
                if entries is None or _inside_word(text, start, end):
                    continue
                hits.append((start, end, entries))
        hits.sort(key=lambda hit: (hit[0], -hit[1]))
        kept: list[tuple[int, int, tuple[Reading, ...]]] = []
        for hit in hits:
            if not kept or hit[0] >= kept[-1][1]:
                kept.append(hit)
        return kept


def _inside_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())


def names_for(index: ActorIndex, on: date) -> tuple[NameEntry, ...]:
    """The names of a text written on a day: those of that day, and leaders gone within 5 years.

    A name that has another holder on the day keeps that holder only.
    """
    names = index.names(on)
    held = {entry.name for entry in names}
    past: dict[str, NameEntry] = {}
    for years in range(1, _PAST_YEARS + 1):
        earlier = on.replace(year=max(1, on.year - years), day=min(on.day, 28))
        for entry in index.names(earlier):
            if entry.role == "leader" and entry.name not in held:
                past.setdefault(entry.name, entry)
    return (*names, *past.values())


def matcher(names: Sequence[NameEntry]) -> Matcher:
    """The matcher for `names`, built once for each sequence: pass the same tuple again."""
    kept = _KEPT.get(id(names))
    if kept is None or kept[0] is not names:
        kept = (names, _build(names))
        _KEPT[id(names)] = kept
        if len(_KEPT) > _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
    return kept[1]


_MOST_KEPT = 64
_KEPT: dict[int, tuple[Sequence[NameEntry], Matcher]] = {}


def _build(names: Sequence[NameEntry]) -> Matcher:
    spellings: dict[str, dict[Reading, None]] = {}
    states = set()
    actors = {entry.actor for entry in names}
    for entry in names:
        if entry.role in ("demonym", "capital"):
            states.add(entry.actor)
        for name in _spellings(entry.name, entry.role):
            spellings.setdefault(name, {})[entry.actor, entry.role, entry.ambiguous] = None
    for name, actor, role in lexicon().names:
        if actor not in actors and role != "vague":
            continue
        spellings[name] = {(actor, role, False): None}
    for name, actor in lexicon().organs:
        if actor in actors:
            spellings.setdefault(name, {actor_reading(actor): None})
    readings = {name: _same_tuple(tuple(entries)) for name, entries in spellings.items()}
    return Matcher(_automata_with(readings), frozenset(states), readings)


def _automata_with(names: Mapping[str, object]) -> tuple[Any, ...]:
    """Automata of all names met so far: a large one, and a small one of those met since.

    Names differ little from day to day, and the automaton is what takes long to make. None is
    changed once it is made, so threads may share them.
    """
    global _MET
    (old, large), (new, small) = _MET
    if not names.keys() <= (old | new):
        new = new | (names.keys() - old)
        if len(new) > _SMALL:
            old, new = old | new, frozenset()
            large = _made(old)
        small = _made(new)
        _MET = ((old, large), (new, small))
    return tuple(one for one in (large, small) if one is not None)


def _made(names: frozenset[str]) -> Any:
    if not names:
        return None
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return automaton


_SMALL = 400
_Met = tuple[frozenset[str], Any]
_MET: tuple[_Met, _Met] = ((frozenset(), None), (frozenset(), None))


@lru_cache(maxsize=65_536)
def _same_tuple(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Equal readings as one object: many days are kept at a time."""
    return readings


def actor_reading(actor: str) -> Reading:
    """An organ of government that stands for a state, read so only where the state is named."""
    return (actor, "seat", True)


@lru_cache(maxsize=65_536)
def _spellings(name: str, role: str) -> tuple[str, ...]:
    """The ways in which a text may write the name; none for one too short to look for."""
    if name not in _SHORT_NAMES and (role == "code" or len(name) <= 2 or not name[0].isupper()):
        return ()
    name = name.replace("’", "'")
    plain = "".join(one for one in normalize("NFKD", name) if not combining(one))
    plain = plain.translate(_LETTERS)
    names = (name,) if plain == name else (name, plain)
    if role == "demonym" and name.endswith(_PLURAL_ENDINGS):
        return (*names, *(one + "s" for one in names))
    return names


_LETTERS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ð": "d"})


def resolve(
    hits: Sequence[tuple[int, int, tuple[Reading, ...]]], known: frozenset[str]
) -> list[Mention]:
    """Mentions with one actor each: a name of several actors is read as the one in `known`.

    A name that stays ambiguous is dropped: a wrong actor is worse than none.
    """
    mentions = []
    for start, end, readings in hits:
        places = [one for one in readings if not (one[2] and one[1] in _NEEDS_CONTEXT)]
        actors = {actor for actor, _, _ in places}
        if len(actors) != 1:
            actors = {actor for actor, _, _ in readings} & known
        if len(actors) == 1:
            actor = next(iter(actors))
            role = next(role for one, role, _ in readings if one == actor)
            mentions.append(Mention(start, end, actor, role))
    return mentions


_OFFICE = re.compile(
    r"(?:'s)? (?:[a-z]+ )?(?:[Ss]ecretary[ -][Gg]eneral|[Pp]resident|[Pp]rime [Mm]inister|[Cc]hief|"
    r"[Cc]hancellor|[Ff]oreign [Mm]inister|[Dd]efen[cs]e [Mm]inister|[Ee]nvoy|[Cc]ommander),? "
)


def in_office(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Mentions with a leader read as holder of the office named before: "NATO's chief X"."""
    read: list[Mention] = []
    for mention in mentions:
        last = read[-1] if read else None
        if (
            last is not None
            and mention.role == "leader"
            and last.actor != mention.actor
            and last.role not in ("leader", "vague")
            and _OFFICE.fullmatch(_flat_apostrophe(text[last.end : mention.start]))
        ):
            mention = replace(mention, actor=last.actor)
        read.append(mention)
    return read


def _flat_apostrophe(text: str) -> str:
    return re.sub(r"\s", " ", text.replace("\u2019", "'"))
