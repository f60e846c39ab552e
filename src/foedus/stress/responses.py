"""Claims of one quarter and the responses to them: who is willing, who is able, what arrives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.stress.calls import Calls
from foedus.stress.network import Bools, Ints
from foedus.stress.prepared import Asked, Held
from foedus.stress.rationing import by_priority, pro_rata
from foedus.stress.state import State

Singles = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Claims:
    """Columns of length m, one for each call and pair that it falls on.

    `row` indexes `Held`, `call` the calls; `holder` is run x guarantor (r * n), `cell` run x row
    (r * a), `drawn` draw x row (draws * a). `claim` is in capability units at the guarantor: 0
    where the pair has ended, its guarantor has fallen or is itself the challenger.
    """

    row: Ints
    call: Ints
    holder: Ints
    cell: Ints
    drawn: Ints
    claim: Singles
    dead: Ints
    """Positions of the claims that are 0."""
    length: Ints
    """(calls): how many claims each call makes, in the order of the calls."""


def fall_on(calls: Calls, held: Held, on: Asked, state: State, draw: Ints) -> Claims:
    """The claims of all calls that test promises; `draw` (r) is each run's parameter draw."""
    n, a = state.standing.shape[1], len(held)
    first = held.start[calls.beneficiary]
    length = np.where(calls.tests, held.start[calls.beneficiary + 1] - first, 0)
    ends = np.cumsum(length)
    total = int(ends[-1]) if len(ends) else 0
    call = np.repeat(np.arange(len(length)), length)
    row = (first - ends + length).take(call)
    row += np.arange(total)
    guarantor = held.guarantor.take(row)
    holder = (calls.run * n).take(call)
    holder += guarantor
    cell = (calls.run * a).take(call)
    cell += row
    drawn = (draw[calls.run] * a).take(call)
    drawn += row
    claim = calls.need.take(call)
    claim *= on.share.take(row)
    void = state.standing.ravel().take(holder) <= 0
    void |= state.gone.ravel().take(cell)
    void |= guarantor == calls.challenger.take(call)
    void |= claim <= 0
    dead = np.flatnonzero(void)
    claim[dead] = 0
    return Claims(
        row=row, call=call, holder=holder, cell=cell, drawn=drawn, claim=claim, dead=dead,
        length=length,
    )  # fmt: skip


@dataclass(frozen=True)
class Responses:
    """What the willing do: columns of length w, `at` their positions among the claims.

    In capability units at the guarantor: `offered`, `forces` and `given` (what they can send of
    it, forces and all), `arrived` (what gets through). `served` (0..1) is arrived over claimed;
    `kept` where that reaches the threshold under which a guarantor has defaulted, `unable`
    where the offer would have and what arrived does not.
    """

    at: Ints
    row: Ints
    through: Ints
    """Positions among the willing whose support depends on a passage."""
    offered: Singles
    forces: Singles
    given: Singles
    arrived: Singles
    served: Singles
    kept: Bools
    unable: Bools


def respond(
    claims: Claims,
    held: Held,
    on: Asked,
    state: State,
    uniform: Singles,
    values: dict[str, float],
    *,
    priority: bool = False,
) -> Responses:
    """Draw each guarantor's rung (`uniform` (m)), ration what it has over what it offers.

    Forces and material are rationed apart; words and diplomacy take nothing.
    """
    a = len(held)
    willing = uniform < held.material.take(claims.drawn)
    willing[claims.dead] = False
    at = np.flatnonzero(willing)
    claim, row, holder = claims.claim.take(at), claims.row.take(at), claims.holder.take(at)
    forces = uniform.take(at) < held.forces.take(claims.drawn.take(at))
    send, ship = np.flatnonzero(forces), np.flatnonzero(~forces)
    with_forces = claim.take(send)
    with_material = claim.take(ship)
    with_material *= np.float32(values["material_worth"])
    busy, holder = np.unique(holder, return_inverse=True)
    usable = state.strength.ravel().take(busy) * state.free.ravel().take(busy)
    capacity = np.float32(values["deployable"]) * usable
    stocks = np.float32(values["stocks"]) * usable
    sender, shipper = holder.take(send), holder.take(ship)
    if priority:
        rank = on.due[row]
        sent = by_priority(with_forces, sender, capacity, rank[send])
        shipped = by_priority(with_material, shipper, stocks, rank[ship])
    else:
        sent = pro_rata(with_forces, sender, capacity)
        shipped = pro_rata(with_material, shipper, stocks)
    moved = np.zeros(len(at), dtype=np.float32)
    moved[send] = sent
    given = moved.copy()
    given[ship] = shipped
    arrived = given.copy()
    column = held.slot.take(row)
    through = np.flatnonzero(column >= 0)
    run = claims.cell[at[through]] // a
    arrived[through] *= state.passage.through[run, column[through]]
    served = arrived / claim
    threshold = np.float32(values["default_below"])
    offered = claim.copy()
    offered[ship] = with_material
    kept = served >= threshold
    return Responses(
        at=at,
        row=row,
        through=through,
        offered=offered,
        forces=moved,
        given=given,
        arrived=arrived,
        served=served,
        kept=kept,
        unable=~kept & (offered >= threshold * claim),
    )
