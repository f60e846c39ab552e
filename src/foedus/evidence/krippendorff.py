"""Krippendorff's alpha: nominal, unitising, and of relevant against irrelevant matter.

Source: Krippendorff (2019), Content Analysis, 4th ed., ch. 12; Krippendorff (1995), Sociological
Methodology 25:47-76, and (2004), Measuring the reliability of qualitative text analysis data,
Quality & Quantity 38:787-800; Krippendorff, Mathet, Bouvry & Widloecher (2016), On the
reliability of unitizing textual continua, Quality & Quantity 50:2347-2364.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

Span = tuple[int, int]
"""Start and end, end exclusive."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Observed and expected disagreement; alpha is 1 - observed / expected.

    Sums of both over documents or categories give the joint alpha.
    """

    observed: float
    expected: float

    @property
    def alpha(self) -> float | None:
        """Null where nothing varies, so that agreement cannot be told from chance."""
        return None if self.expected == 0 else 1 - self.observed / self.expected


def nominal(units: Sequence[Sequence[Hashable]]) -> Disagreement:
    """Disagreement over `units`, each the values that its coders gave it (missing ones left out).

    Coincidences o_ck within a unit of m values weigh 1 / (m - 1); D_o = sum o_ck over c != k,
    divided by n; D_e = sum n_c n_k over c != k, divided by n (n - 1). Units with one value are
    left out.
    """
    observed, totals = 0.0, Counter[Hashable]()
    for values in units:
        if len(values) < 2:
            continue
        counts = Counter(values)
        totals.update(counts)
        pairs = len(values) ** 2 - sum(count**2 for count in counts.values())
        observed += pairs / (len(values) - 1)
    n = sum(totals.values())
    if n < 2:
        return Disagreement(0.0, 0.0)
    expected = (n**2 - sum(count**2 for count in totals.values())) / (n * (n - 1))
    return Disagreement(observed / n, expected)


def unitising(coders: Sequence[Sequence[Span]], length: int, begin: int = 0) -> Disagreement:
    """Disagreement of coders who each mark spans of one category in one continuum, alpha_u.

    D_o = sum over pairs of coders and sections of delta^2 / (m (m - 1) L^2), where delta^2 of two
    units that overlap is the squared distance of their starts plus that of their ends, of a unit
    within the other's gap its squared length, else 0. D_e is its expectation over all placements.
    Spans of one coder that overlap are joined first, since a unit of the method cannot.
    """
    sections = [_sections(joined(spans), begin, length) for spans in coders]
    m = len(sections)
    if m < 2 or length < 2:
        return Disagreement(0.0, 0.0)
    observed = sum(
        _delta(one, other)
        for i, left in enumerate(sections)
        for j, right in enumerate(sections)
        if i != j
        for one, other in _meeting(left, right)
    )
    return Disagreement(observed / (m * (m - 1) * length**2), _expected(sections, length))


def relevance(coders: Sequence[Sequence[Span]], length: int, begin: int = 0) -> Disagreement:
    """Disagreement over which stretches are marked at all, |u-alpha of 2016, in characters.

    Coincidences are lengths of intersections, each pair of coders weighing 1 / (m - 1); the
    expected ones pair every marked stretch with all matter but itself, and gaps by character.
    """
    m = len(coders)
    if m < 2:
        return Disagreement(0.0, 0.0)
    marked = [joined(spans) for spans in coders]
    lengths = [[end - start for start, end in spans] for spans in marked]
    inside = sum(map(sum, lengths))
    total = m * length
    outside = total - inside
    sections = [_sections(spans, begin, length) for spans in marked]
    both = sum(
        min(one[0] + one[1], other[0] + other[1]) - max(one[0], other[0])
        for i, left in enumerate(sections)
        for j, right in enumerate(sections)
        if i != j
        for one, other in _meeting(left, right)
        if one[2] and other[2]
    ) / (m - 1)
    unpaired = sum(part**2 for parts in lengths for part in parts)
    left_over = total**2 - unpaired - outside
    expected = 2 * total * inside * outside / left_over if left_over else 0.0
    return Disagreement(2 * (inside - both), expected)


def summed(parts: Sequence[Disagreement]) -> Disagreement:
    """The joint disagreement of several categories or continua."""
    return Disagreement(sum(one.observed for one in parts), sum(one.expected for one in parts))


def joined(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that overlap made one; touching ones stay two."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def by_category(spans: Sequence[tuple[Span, str]]) -> Mapping[str, list[Span]]:
    """Spans grouped by their category."""
    found: dict[str, list[Span]] = {}
    for span, category in spans:
        found.setdefault(category, []).append(span)
    return found


_Section = tuple[int, int, bool]
"""Begin, length, and whether it is a unit (else a gap)."""


def _sections(spans: Sequence[Span], begin: int, length: int) -> list[_Section]:
    found: list[_Section] = []
    place = begin
    for start, end in spans:
        if start > place:
            found.append((place, start - place, False))
        found.append((start, end - start, True))
        place = end
    if place < begin + length:
        found.append((place, begin + length - place, False))
    return found


def _meeting(
    left: Sequence[_Section], right: Sequence[_Section]
) -> list[tuple[_Section, _Section]]:
    """Pairs of sections that share a character, in order; no others differ."""
    found, at, to = [], 0, 0
    while at < len(left) and to < len(right):
        one, other = left[at], right[to]
        found.append((one, other))
        ends = one[0] + one[1], other[0] + other[1]
        at += ends[0] <= ends[1]
        to += ends[1] <= ends[0]
    return found


def _delta(one: _Section, other: _Section) -> float:
    begin, end, unit = one[0], one[0] + one[1], one[2]
    begin2, end2, unit2 = other[0], other[0] + other[1], other[2]
    if unit and unit2:
        return (begin - begin2) ** 2 + (end - end2) ** 2
    if unit and begin2 <= begin and end <= end2:
        return one[1] ** 2
    if unit2 and begin <= begin2 and end2 <= end:
        return other[1] ** 2
    return 0


def _expected(sections: Sequence[Sequence[_Section]], length: int) -> float:
    m = len(sections)
    every = [section for row in sections for section in row]
    units = [section[1] for section in every if section[2]]
    gaps = sorted(section[1] for section in every if not section[2])
    above = [*reversed(list(accumulate(reversed(gaps)))), 0]
    total = 0.0
    for unit in units:
        first = bisect_left(gaps, unit)
        room = above[first] - (len(gaps) - first) * (unit - 1)
        total += (len(units) - 1) / 3 * (2 * unit**3 - 3 * unit**2 + unit) + unit**2 * room
    placements = m * length * (m * length - 1) - sum(unit * (unit - 1) for unit in units)
    return 2 / length * total / placements if placements else 0.0
