"""Responses to the claims of one quarter: who is willing, who is able, what arrives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.stress.calls import Claims
from foedus.stress.prepared import Asked
from foedus.stress.rationing import by_priority, pro_rata
from foedus.stress.state import State

Singles = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Responses:
    """Columns of length m beside the claims, all in capability units at the guarantor.

    `offered` is what the willing offer, `forces` and `given` what they can send (forces, and
    all), `arrived` what gets through. `served` (0..1) is arrived over claimed. A `default` serves
    less than the threshold; `unable` where the offer alone would have passed it.
    """

    offered: Singles
    forces: Singles
    given: Singles
    arrived: Singles
    served: Singles
    default: Bools
    unable: Bools
    forces_claimed: npt.NDArray[np.float64]
    capacity: npt.NDArray[np.float64]
    """Forces claimed and to hand, by run x guarantor (r * n)."""


def respond(
    claims: Claims,
    on: Asked,
    state: State,
    slot: npt.NDArray[np.int64],
    uniform: Singles,
    draw: npt.NDArray[np.int64],
    values: dict[str, float],
    *,
    priority: bool = False,
) -> Responses:
    """Draw each guarantor's rung, ration what it has over what it is willing to meet.

    `slot` (p) is a pair's column among the served pairs, -1 without platforms; `uniform` (m)
    decides the rung by the probabilities of parameter draw `draw` (r). Forces and material are
    rationed apart; words and diplomacy take nothing.
    """
    n = state.standing.shape[1]
    chance = on.chance[draw[claims.run], claims.row]
    forces = uniform < chance[:, 0]
    material = ~forces & (uniform < chance[:, 1])
    worth = np.float32(values["material_worth"])
    holder = claims.run * n + on.guarantor[claims.row]
    free = (state.strength * (1 - state.load)).ravel().astype(np.float64)
    with_forces = claims.claim * forces
    with_material = claims.claim * material * worth
    capacity = values["deployable"] * free
    stocks = values["stocks"] * free
    if priority:
        rank = on.due[claims.row]
        sent = by_priority(with_forces, holder, capacity, rank)
        shipped = by_priority(with_material, holder, stocks, rank)
    else:
        sent = pro_rata(with_forces, holder, capacity)
        shipped = pro_rata(with_material, holder, stocks)
    given = sent + shipped
    arrived = given.copy()
    column = slot[on.pair[claims.row]]
    through = np.flatnonzero(column >= 0)
    arrived[through] *= state.passage.through[claims.run[through], column[through]]
    with np.errstate(divide="ignore", invalid="ignore"):
        served = np.where(claims.claim > 0, arrived / claims.claim, 0.0).astype(np.float32)
    threshold = np.float32(values["default_below"])
    offered = with_forces + with_material
    default = served < threshold
    return Responses(
        offered=offered,
        forces=sent,
        given=given,
        arrived=arrived,
        served=served,
        default=default,
        unable=default & (offered >= threshold * claims.claim) & (claims.claim > 0),
        forces_claimed=np.bincount(holder, weights=claims.claim, minlength=len(free)).astype(
            np.float64
        ),
        capacity=capacity,
    )
