"""A network of commitments as SVG: one path for each kind of tie, one mark for each actor."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from html import escape
from math import degrees, pi

from foedus.domain.networks import TIE_KINDS, Network, Tie
from foedus.report.drawings.network_layout import SIZE, Place, layout
from foedus.report.drawings.style import style
from foedus.report.plain_text import visible

KIND_WORDS = {
    "defense": "defence",
    "offense": "offence",
    "consultation": "consultation",
    "neutrality": "neutrality",
    "nonaggression": "non-aggression",
    "nothing": "nothing military",
}
_HALF = SIZE // 2


def network_svg(
    full: Network,
    shown: Network,
    *,
    title: str,
    alternative: str,
    href: Callable[[str], str | None] = lambda _: None,
    standalone: bool = False,
) -> str:
    """The actors and ties of `shown`, in the places that they have in `full`.

    `href` gives the address that a click on an actor leads to.
    """
    places = layout(full)
    foot = 44 if standalone else 0
    size = f'width="{SIZE}" height="{SIZE + foot}"' if standalone else ""
    role = "img" if standalone else "group"
    return "".join((
        f'<svg class="drawing network" role="{role}" {size}'
        f' aria-labelledby="net-t net-d"'
        f' viewBox="{-_HALF} {-_HALF} {SIZE} {SIZE + foot}" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="net-t">{_safe(title)}</title><desc id="net-d">{_safe(alternative)}</desc>',
        f'<style>{style(standalone=True)}</style><rect class="sheet" x="{-_HALF}" y="{-_HALF}"'
        f' width="{SIZE}" height="{SIZE + foot}"/>' if standalone else "",
        f'<g id="net-ties">{"".join(_ties(shown, places))}</g>',
        '<path id="net-hot" class="tie hot" d=""/>',
        f'<g id="net-nodes">{"".join(_nodes(full, shown, places, href))}</g>',
        _print(shown, title) if standalone else "",
        "</svg>",
    ))  # fmt: skip


def network_data(full: Network) -> str:
    """What the page's script needs to filter the drawing, as JSON that is safe inside HTML.

    `nodes` are [id, ring, x, y]; `ties` are [from, to, bits of its kinds, index of its strongest
    kind, year or null, strength or null, 1 where the middle is an end].
    """
    places = layout(full)
    number = {actor.id: at for at, actor in enumerate(full.actors)}
    nodes = [
        [actor.id, actor.ring, round(places[actor.id].x), round(places[actor.id].y)]
        for actor in full.actors
    ]
    ties = [
        [
            number[tie.guarantor],
            number[tie.beneficiary],
            sum(1 << TIE_KINDS.index(kind) for kind in tie.obligations or ("nothing",)),
            TIE_KINDS.index(tie.kind),
            tie.since and tie.since.isoformat(),
            tie.strength if tie.strength is None else round(tie.strength, 3),
            int(full.centre in (tie.guarantor, tie.beneficiary)),
        ]
        for tie in full.ties
    ]
    data = {"kinds": TIE_KINDS, "nodes": nodes, "ties": ties}
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")


def _ties(shown: Network, places: dict[str, Place]) -> list[str]:
    """One path for all ties of a kind, those of the middle apart and on top."""
    paths: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for tie in shown.ties:
        of_centre = shown.centre in (tie.guarantor, tie.beneficiary)
        paths[of_centre, tie.kind].append(_curve(tie, places, of_centre))
    return [
        f'<path class="tie {kind} {"of-ego" if of_centre else "among"}" d="{"".join(parts)}"/>'
        for of_centre in (False, True)
        for kind in reversed(TIE_KINDS)
        if (parts := paths.get((of_centre, kind)))
    ]


def _curve(tie: Tie, places: dict[str, Place], of_centre: bool) -> str:
    """Between partners bent towards the middle, else bent aside, so that both ways are seen."""
    start, end = places[tie.guarantor], places[tie.beneficiary]
    if of_centre:
        bend_x = (start.x + end.x) / 2 - (end.y - start.y) * 0.06
        bend_y = (start.y + end.y) / 2 + (end.x - start.x) * 0.06
    else:
        bend_x, bend_y = (start.x + end.x) * 0.2, (start.y + end.y) * 0.2
    return f"M{start.x:.0f} {start.y:.0f}Q{bend_x:.0f} {bend_y:.0f} {end.x:.0f} {end.y:.0f}"


def _nodes(
    full: Network, shown: Network, places: dict[str, Place], href: Callable[[str], str | None]
) -> list[str]:
    given = {tie.beneficiary for tie in shown.ties if tie.guarantor == shown.centre}
    taken = {tie.guarantor for tie in shown.ties if tie.beneficiary == shown.centre}
    there = {actor.id for actor in shown.actors}
    marks = []
    for number, actor in enumerate(full.actors):
        if actor.id not in there:
            continue
        place = places[actor.id]
        if actor.ring == 0:
            role, words = "centre", "in the middle"
        elif actor.id in given & taken:
            role, words = "both", "promises both ways"
        elif actor.id in given:
            role, words = "gives", "is promised something"
        elif actor.id in taken:
            role, words = "takes", "promises something"
        else:
            role, words = "ring-2", "a partner's partner"
        inside = (
            f"<title>{_safe(actor.name)}: {words}</title>"
            f'<circle class="node {role}" cx="{place.x:.0f}" cy="{place.y:.0f}"'
            f' r="{9 if actor.ring == 0 else 5 if actor.ring == 1 else 3.5}"/>'
            f"{_label(actor.name, place, centre=actor.ring == 0)}"
        )
        address = href(actor.id)
        marks.append(
            f'<g data-n="{number}">{inside}</g>'
            if address is None
            else f'<a href="{_safe(address)}" data-n="{number}">{inside}</a>'
        )
    return marks


def _label(name: str, place: Place, *, centre: bool) -> str:
    words = _safe(name)
    if centre:
        return f'<text class="label centre" x="0" y="26" text-anchor="middle">{words}</text>'
    if not place.labelled:
        return ""
    turn, left = degrees(place.angle) - 90, place.angle > pi
    away = 9
    anchor, shift = ("end", -away) if left else ("start", away)
    if left:
        turn += 180
    small = " small" if place.small else ""
    return (
        f'<text class="label{small}" text-anchor="{anchor}" dominant-baseline="middle"'
        f' transform="translate({place.x:.0f} {place.y:.0f}) rotate({turn:.1f})"'
        f' x="{shift}">{words}</text>'
    )


def _print(shown: Network, title: str) -> str:
    kinds = {tie.kind for tie in shown.ties}
    parts, x = [], -_HALF + 12
    for kind in TIE_KINDS:
        if kind in kinds:
            parts.append(
                f'<path class="tie of-ego {kind}" d="M{x} {_HALF + 12}h26"/>'
                f'<text font-size="12" x="{x + 32}" y="{_HALF + 16}">{KIND_WORDS[kind]}</text>'
            )
            x += 60 + 7 * len(KIND_WORDS[kind])
    return "".join((
        f'<text font-size="17" x="{-_HALF + 12}" y="{-_HALF + 24}">{_safe(title)}</text>',
        *parts,
        f'<text class="fine" font-size="11" x="{-_HALF + 12}" y="{_HALF + 36}">As of'
        f" {shown.as_of}. Filled: is promised something by the middle; hollow: promises it"
        " something; pale: both ways.</text>",
    ))  # fmt: skip


def _safe(text: str) -> str:
    return escape(visible(text))
