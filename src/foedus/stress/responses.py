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


def fall_on(calls: Calls, held: Held, on: Asked, state: State, draw: Ints) -> Claims:
    """The claims of all calls; `draw` (r) is each run's parameter draw."""
    n, a = state.standing.shape[1], len(held)
    first = held.start[calls.beneficiary]
    length = held.start[calls.beneficiary + 1] - first
    ends = np.cumsum(length)
    total = int(ends[-1]) if len(ends) else 0
    row = np.arange(total) + np.repeat(first - ends + length, length)
    guarantor = held.guarantor.take(row)
    holder = guarantor + np.repeat(calls.run * n, length)
    cell = row + np.repeat(calls.run * a, length)
    claim = np.repeat(calls.need, length)
    claim *= on.share.take(row)
    claim *= state.standing.ravel().take(holder)
    claim *= ~state.gone.ravel().take(cell)
    claim *= guarantor != np.repeat(calls.challenger, length)
    return Claims(
        row=row,
        call=np.repeat(np.arange(len(length)), length),
        holder=holder,
        cell=cell,
        drawn=row + np.repeat(draw[calls.run] * a, length),
        claim=claim,
    )


@dataclass(frozen=True)
class Responses:
    """What the willing do: columns of length w, `at` their positions among the claims.

    In capability units at the guarantor: `offered`, `forces` and `given` (what they can send of
    it, forces and all), `arrived` (what gets through). `served` (0..1) is arrived over claimed;
    `kept` where that reaches the threshold under which a guarantor has defaulted, `unable`
    where the offer would have and what arrived does not.
    """

    at: Ints
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
    willing &= claims.claim > 0
    at = np.flatnonzero(willing)
    claim, row, holder = claims.claim[at], claims.row[at], claims.holder[at]
    forces = uniform[at] < held.forces.take(claims.drawn[at])
    with_forces = claim * forces
    with_material = claim * ~forces * np.float32(values["material_worth"])
    usable = (state.strength * state.free).ravel()
    capacity = np.float32(values["deployable"]) * usable
    stocks = np.float32(values["stocks"]) * usable
    if priority:
        rank = on.due[row]
        sent = by_priority(with_forces, holder, capacity, rank)
        shipped = by_priority(with_material, holder, stocks, rank)
    else:
        sent = pro_rata(with_forces, holder, capacity)
        shipped = pro_rata(with_material, holder, stocks)
    given = sent + shipped
    arrived = given.copy()
    column = held.slot[row]
    through = np.flatnonzero(column >= 0)
    run = claims.cell[at[through]] // a
    arrived[through] *= state.passage.through[run, column[through]]
    served = arrived / claim
    threshold = np.float32(values["default_below"])
    offered = with_forces + with_material
    kept = served >= threshold
    return Responses(
        at=at,
        offered=offered,
        forces=sent,
        given=given,
        arrived=arrived,
        served=served,
        kept=kept,
        unable=~kept & (offered >= threshold * claim),
    )
