"""The network of one actor: asked from an address, as rows, graph and picture."""

from __future__ import annotations

from datetime import date

from fastapi import Request

from foedus.assessment.network_ties import STATUSES
from foedus.domain.networks import TIE_KINDS, Network
from foedus.report.exports.view import Graph, View
from foedus.web.desk import Desk, desk_of
from foedus.web.exporting import view_of
from foedus.web.urlstate import UrlState

SINCE_FIRST = 1816


def asked(desk: Desk, state: UrlState) -> tuple[Network, Network]:
    """The whole network of the address's actor, day, rings and states; and what filters leave.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
    """
    from foedus.assessment.network_query import network_of

    as_of = state.as_of()
    with desk.names() as index:
        centre = index.resolve(state.get("actor") or "Russia", on=as_of).id
    statuses = tuple(one for one in STATUSES if one in state.all("status")) or ("in force",)
    rings = state.number("rings", 1, low=1, high=2)
    kinds = tuple(kind for kind in TIE_KINDS if kind in state.all("kind"))
    strength = state.number("strength", 0, high=100) / 100
    year = state.number("since", 0, high=9999)
    known = strengths(desk, as_of)

    def made(kinds: tuple[str, ...], since: int, strength: float) -> Network:
        with desk.facts(as_of) as facts:
            return network_of(
                facts, centre, kinds=kinds, statuses=statuses, rings=rings, strength=strength,
                since=date(since, 1, 1) if SINCE_FIRST <= since <= as_of.year else None,
                strengths=known,
            )  # fmt: skip

    common = ("network", centre, as_of, statuses, rings, desk.own_rows)
    full = desk.kept((*common, (), 0, 0), lambda: made((), 0, 0))
    if not kinds and not year and not strength:
        return full, full
    shown = desk.kept((*common, kinds, year, strength), lambda: made(kinds, year, strength))
    return full, shown


def strengths(desk: Desk, as_of: date) -> dict[tuple[str, str], float]:
    """The probability that material help comes, for every commitment in force on the day."""
    from foedus.assessment.network_query import strengths_of
    from foedus.web.pages.watch_list import watched

    key = ("strengths", as_of, desk.own_rows)
    return desk.kept(key, lambda: strengths_of(watched(desk, as_of).list))


def view(request: Request, full: Network, shown: Network) -> View:
    """The network as it is shown, without the page around it."""
    from foedus.report.drawings.network_drawing import network_svg

    names = {actor.id: actor.name for actor in full.actors}
    title = f"Commitments around {names[full.centre]}"
    rows = [
        {
            "guarantor": tie.guarantor,
            "guarantor_name": names[tie.guarantor],
            "beneficiary": tie.beneficiary,
            "beneficiary_name": names[tie.beneficiary],
            "strongest": tie.kind,
            "obligations": list(tie.obligations),
            "status": tie.status,
            "since": tie.since,
            "strength": tie.strength,
            "instruments": list(tie.instruments),
        }
        for tie in shown.ties
    ]
    return view_of(
        request,
        f"network-{full.centre}",
        title,
        as_of=full.as_of,
        tables=("commitments", "actors", "capitals"),
        state=desk_of(request).own_rows,
        rows=rows,
        graph=Graph(
            nodes=[actor.model_dump() for actor in shown.actors],
            edges=[
                {"source": row["guarantor"], "target": row["beneficiary"]}
                | {key: row[key] for key in
                   ("strongest", "obligations", "status", "since", "strength", "instruments")}
                for row in rows
            ],
        ),
        picture=network_svg(
            full, shown, title=title, alternative=words(full, shown), standalone=True
        ),
    )  # fmt: skip


def words(full: Network, shown: Network) -> str:
    """The drawing in a sentence."""
    names = {actor.id: actor.name for actor in full.actors}
    centre = full.centre
    given = {tie.beneficiary for tie in shown.ties if tie.guarantor == centre}
    taken = {tie.guarantor for tie in shown.ties if tie.beneficiary == centre}
    return (
        f"{names[centre]} in the middle, {len(shown.actors) - 1} actors around it: it promises"
        f" something to {len(given)} and is promised something by {len(taken)};"
        f" {len(shown.ties)} ties in all, as the table lists them."
    )
