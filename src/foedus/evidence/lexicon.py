"""The coder's lexicon: patterns of words and what they mean, read from `lexicon/*.tsv`.

`lexicon/README.md` gives the pattern language and the columns.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Generic, TypeVar, cast, get_args

from foedus.domain.claims import Act, PloverEvent, Polarity, Support
from foedus.errors import CatalogError

ENTITY = "<ent>"
SUPPORT = "<sup>"
OWN_FOLDER = "FOEDUS_LEXICON"
"""Environment variable: a folder whose files add rows to the lexicon files of the same name."""
FILES = (
    *(f"frames/{act}.tsv" for act in get_args(Act)),
    "operators.tsv",
    "support.tsv",
    "discourse.tsv",
    "irregular.tsv",
    "nouns.tsv",
    "names.tsv",
    "powers.tsv",
    "confidence.tsv",
    "organs.tsv",
)
_CATEGORIES: dict[str, Support] = {value: value for value in get_args(Support)}


@dataclass(frozen=True)
class Frame:
    """What a verb or noun phrase states: its act, and how subject and object fill the roles."""

    pattern: str
    act: Act
    polarity: Polarity
    support: Support | None
    roles: str
    needs: str
    event: PloverEvent
    weight: float


@dataclass(frozen=True)
class Operator:
    """Words that change the act of the frame they govern: negation, promise, request ..."""

    pattern: str
    kind: str


@dataclass(frozen=True)
class Collective:
    """Words that stand for an actor, a pair or a tie named elsewhere in the document."""

    pattern: str
    kind: str


T = TypeVar("T")
_Element = tuple[frozenset[str], int]


@dataclass(slots=True)
class _Opening(Generic[T]):
    """The patterns that open with one word: those of that word alone, the rest by their second."""

    alone: list[tuple[int, T]]
    longer: dict[str, list[tuple[int, tuple[_Element, ...], T]]]
    gap: int


class PhraseIndex(Generic[T]):
    """Patterns indexed by their first two words; `find` gives every hit in a row of words."""

    def __init__(self) -> None:
        self._opening: dict[str, _Opening[T]] = {}
        self._added = 0
        self.patterns: list[tuple[str, T]] = []

    def add(self, pattern: str, value: T) -> None:
        """Add one pattern; optional words and first alternatives are spelt out."""
        self.patterns.append((pattern, value))
        for elements in _compile(pattern):
            self._added += 1
            for word in elements[0][0]:
                opening = self._opening.setdefault(word, _Opening([], {}, 0))
                if len(elements) == 1:
                    opening.alone.append((self._added, value))
                    continue
                allowed, gap = elements[1]
                opening.gap = max(opening.gap, gap)
                for second in allowed:
                    opening.longer.setdefault(second, []).append((self._added, elements, value))

    def find(self, words: Sequence[str], classes: Sequence[str]) -> list[tuple[int, int, T]]:
        """(first word, past the last word, value) of the hits; `classes` holds <ent>, <sup> or ''.

        Hits stand in the order of their start, then in that in which the patterns were added.
        """
        hits: list[tuple[int, int, T]] = []
        for start, word in enumerate(words):
            for key in (word, classes[start]) if classes[start] else (word,):
                opening = self._opening.get(key)
                if opening is None:
                    continue
                here = {number: (start + 1, value) for number, value in opening.alone}
                if opening.longer:
                    _find_longer(opening, words, classes, start, here)
                hits += [(start, here[one][0], here[one][1]) for one in sorted(here)]
        return hits


def _find_longer(
    opening: _Opening[T],
    words: Sequence[str],
    classes: Sequence[str],
    start: int,
    here: dict[int, tuple[int, T]],
) -> None:
    """Add to `here` the patterns that match at `start`: number -> (past the last word, value)."""
    longer = opening.longer
    for place in range(start + 1, min(start + opening.gap + 2, len(words))):
        word, kind = words[place], classes[place]
        for key in (word, kind) if kind and kind != word else (word,):
            for number, elements, value in longer.get(key, ()):
                if number not in here and place - start - 1 <= elements[1][1]:
                    end = _match(elements, words, classes, start)
                    if end:
                        here[number] = (end, value)
        if word in _STOPS:
            return


def _match(
    elements: tuple[_Element, ...], words: Sequence[str], classes: Sequence[str], start: int
) -> int:
    at = start + 1
    for allowed, gap in elements[1:]:
        for place in range(at, min(at + gap + 1, len(words))):
            if words[place] in allowed or classes[place] in allowed:
                at = place + 1
                break
            if words[place] in _STOPS:
                return 0
        else:
            return 0
    return at


_STOPS = frozenset({";", ":", "—", '"', ".", "(", ")"})


def _compile(pattern: str) -> Iterator[tuple[_Element, ...]]:
    rows: list[list[_Element]] = [[]]
    gap = 0
    for part in pattern.split():
        if part.startswith(".."):
            gap = int(part[2:])
            continue
        optional = part.startswith("?") and len(part) > 1 and not part.startswith("?..")
        if part.startswith("?.."):
            gap = int(part[3:])
            continue
        element = (_forms(part.lstrip("?")), gap)
        gap = 0
        longer = [[*row, element] for row in rows]
        rows = rows + longer if optional else longer
    yield from (tuple(row) for row in rows if row)


def _forms(part: str) -> frozenset[str]:
    words: set[str] = set()
    verbs = part.startswith("@")
    for word in part.split("/"):
        bare = word.lstrip("@")
        words |= inflections(bare) if verbs or word.startswith("@") else {bare}
    return frozenset(words)


_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")


@cache
def inflections(verb: str) -> frozenset[str]:
    """The verb and its -s, -ed and -ing forms, irregular ones from `irregular.tsv`."""
    irregular = _irregular()
    if verb in irregular:
        return frozenset({verb, *irregular[verb]})
    if verb.endswith("e"):
        return frozenset({verb, verb + "s", verb + "d", verb[:-1] + "ing"})
    if verb.endswith("y") and verb[-2:-1] in _CONSONANTS:
        return frozenset({verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"})
    plural = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    regular = {verb, plural, verb + "ed", verb + "ing"}
    if _DOUBLES.fullmatch(verb):
        regular |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return frozenset(regular)


_DOUBLES = re.compile(
    r"(?:[^aeiou]|qu)*[aeiou][bdgklmnprt]|\w+(?:mit|fer|pel|vet)|\w*[^aeiou][aeo]l|"
    r"(?:de|in|a)ter|equip|regret|rebut|outfit|worship|program|kidnap|zigzag"
)
"""Verbs whose last letter is doubled before -ed and -ing, or may be."""


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split()) for row in rows("irregular.tsv", 2)}


def _text(name: str) -> str:
    """A lexicon file, with the file of the same name in the user's own folder after it."""
    text = files("foedus.evidence").joinpath("lexicon", *name.split("/")).read_text("utf-8")
    folder = os.environ.get(OWN_FOLDER)
    own = Path(folder, name) if folder else None
    if own is not None and own.is_file():
        text += "\n" + own.read_text("utf-8")
    return text


def rows(name: str, columns: int) -> Iterator[list[str]]:
    """The cells of each row of a lexicon file; `#` starts a comment line.

    Raises:
        CatalogError: a row with a wrong number of columns.
    """
    for number, line in enumerate(_text(name).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != columns or not all(cells):
            raise CatalogError(
                f"lexicon/{name}, line {number}: {len(cells)} columns received, {columns} expected"
            )
        yield cells


@dataclass(frozen=True)
class Lexicon:
    """Everything the coder knows about words. `version` changes with any file."""

    frames: PhraseIndex[Frame]
    operators: PhraseIndex[Operator]
    support: PhraseIndex[Support]
    collectives: PhraseIndex[Collective]
    nouns: frozenset[str]
    organs: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str, str], ...]
    powers: Mapping[str, int]
    version: str


@cache
def lexicon() -> Lexicon:
    """Read the files once.

    Raises:
        CatalogError: a row with a wrong number of columns, or an unknown act or category.
    """
    frames: PhraseIndex[Frame] = PhraseIndex()
    operators: PhraseIndex[Operator] = PhraseIndex()
    support: PhraseIndex[Support] = PhraseIndex()
    collectives: PhraseIndex[Collective] = PhraseIndex()
    for act in get_args(Act):
        for cells in rows(f"frames/{act}.tsv", 8):
            frames.add(cells[0], _frame(cells))
    for pattern, kind in rows("operators.tsv", 2):
        operators.add(pattern, Operator(pattern, kind))
    for category, objects in rows("support.tsv", 2):
        if category not in _CATEGORIES:
            raise CatalogError(f"lexicon/support.tsv: unknown category {category!r}")
        for phrase in objects.lower().split(";"):
            for form in dict.fromkeys((phrase, _plural(phrase))):
                support.add(form, _CATEGORIES[category])
    for kind, phrases in rows("discourse.tsv", 2):
        for phrase in phrases.split(";"):
            collectives.add(phrase, Collective(phrase, kind))
    nouns = frozenset(
        form
        for row in rows("nouns.tsv", 1)
        for verb in row[0].split()
        for form in (verb, verb + "s")
    )
    organs = tuple(
        (name, actor) for actor, names in rows("organs.tsv", 2) for name in names.split(";")
    )
    extra = tuple(
        (name, actor, role)
        for actor, role, names in rows("names.tsv", 3)
        for name in names.split(";")
    )
    powers = {
        actor: int(rank) for rank, actors in rows("powers.tsv", 2) for actor in actors.split()
    }
    return Lexicon(
        frames, operators, support, collectives, nouns, organs, extra, powers, _version()
    )


def _plural(phrase: str) -> str:
    if phrase.endswith("s"):
        return phrase
    if phrase.endswith("y") and phrase[-2:-1] in _CONSONANTS:
        return phrase[:-1] + "ies"
    return phrase + ("es" if phrase.endswith(("ch", "sh", "x")) else "s")


def _frame(cells: list[str]) -> Frame:
    pattern, act, polarity, category, roles, needs, event, weight = cells
    if act not in get_args(Act) or polarity not in get_args(Polarity):
        raise CatalogError(f"lexicon/frames.tsv, {pattern!r}: act {act!r}, polarity {polarity!r}")
    if category != "-" and category not in _CATEGORIES:
        raise CatalogError(f"lexicon/frames.tsv, {pattern!r}: unknown category {category!r}")
    if event not in get_args(PloverEvent):
        raise CatalogError(f"lexicon/frames.tsv, {pattern!r}: unknown event {event!r}")
    return Frame(
        pattern=pattern,
        act=cast(Act, act),
        polarity=cast(Polarity, polarity),
        support=_CATEGORIES.get(category),
        roles=roles,
        needs=needs,
        event=cast(PloverEvent, event),
        weight=float(weight),
    )


def _version() -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(_text(name).encode())
    return digest.hexdigest()[:8]
