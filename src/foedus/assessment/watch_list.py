"""Every commitment in force, ranked by the chance that nothing material comes when it is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from foedus.assessment import register
from foedus.assessment.days import as_of_day
from foedus.assessment.network_ties import ties
from foedus.assessment.regions import regions
from foedus.catalog.facts import Facts
from foedus.domain.estimates import Estimate
from foedus.domain.likelihood import term
from foedus.domain.rungs import Rung
from foedus.domain.watch import OpenAttack, WatchList, WatchRow
from foedus.record.history import actor_names
from foedus.record.open_calls import GOES_ON
from foedus.reliability.rank import DRAWS, SEED, shared_ranks
from foedus.reliability.willingness import willingness

Alone = Mapping[tuple[str, str], npt.NDArray[np.float32]]
"""Draws of being left without material help, by (guarantor, beneficiary)."""
ESTIMAND = (
    "Probability that neither material support nor forces come within a year, if this commitment"
    " were tested by an attack on the beneficiary."
)


@dataclass(frozen=True)
class Watched:
    """A watch list, and the draws by which its rows can be ranked anew."""

    list: WatchList
    alone: Alone


def watch_list(
    *,
    as_of: date | str | None = None,
    workspace: str | Path | None = None,
    mine: bool = True,
) -> WatchList:
    """Commitments in force on `as_of` (default: today), highest chance of being left alone first.

    The workspace's own commitments lie over the catalog's, unless `mine` is false.

    Raises:
        DateError: `as_of` is not a date, lies in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    return watched(Facts(as_of_day(as_of), register.overlay(workspace, mine=mine))).list


def watched(facts: Facts, actor: str | None = None) -> Watched:
    """`watch_list` over facts that are open already; of one actor's commitments alone, if named."""
    held = [
        tie
        for tie in ties(facts, frozenset(["in force"]))
        if actor in (None, tie.guarantor, tie.beneficiary)
    ]
    pairs = [(tie.guarantor, tie.beneficiary) for tie in held]
    draws = willingness(facts, pairs, draws=DRAWS, seed=SEED) if pairs else _NONE
    without = draws[:, :, : Rung.MATERIAL].sum(axis=2).clip(0, 1)
    low, high = np.quantile(without, [0.05, 0.95], axis=0)
    chance, rungs = without.mean(axis=0), draws.mean(axis=0)
    names, where, attacks = actor_names(facts), regions(facts), _attacks(facts)
    rows = [
        WatchRow(
            guarantor=tie.guarantor,
            guarantor_name=names.get(tie.guarantor, tie.guarantor),
            beneficiary=tie.beneficiary,
            beneficiary_name=names.get(tie.beneficiary, tie.beneficiary),
            region=where.get(tie.beneficiary, "elsewhere"),
            obligations=tie.obligations,
            instruments=tie.instruments,
            since=tie.since,
            left_without=Estimate(
                probability=float(chance[at]),
                low=float(low[at]),
                high=float(high[at]),
                term=term(float(chance[at])),
            ),
            rungs=_five(rungs[at]),
            likeliest=Rung(int(rungs[at].argmax())),
            rank=0,
            tied=False,
            attacks=tuple(attacks.get(tie.beneficiary, ())),
        )
        for at, tie in enumerate(held)
    ]
    alone = {pair: without[:, at].astype(np.float32) for at, pair in enumerate(pairs)}
    listed = WatchList(
        as_of=facts.as_of,
        catalog_version=facts.version,
        estimand=ESTIMAND,
        rows=ranked(rows, alone),
    )
    return Watched(listed, alone)


def ranked(rows: Sequence[WatchRow], alone: Alone) -> tuple[WatchRow, ...]:
    """The rows, highest chance of being left alone first, ranked among themselves as in `rank`."""
    ordered = sorted(
        rows,
        key=lambda row: (-row.left_without.probability, row.guarantor_name, row.beneficiary_name),
    )
    places = shared_ranks([alone[row.guarantor, row.beneficiary] for row in ordered])
    return tuple(
        row.model_copy(
            update={"rank": own, "tied": own != position or own in places[position : position + 1]}
        )
        for position, (row, own) in enumerate(zip(ordered, places, strict=True), start=1)
    )


_NONE = np.zeros((1, 0, 5))


def _five(row: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[
    float, float, float, float, float
]:  # fmt: skip
    nothing, words, diplomatic, material, forces = (float(value) for value in row)
    return nothing, words, diplomatic, material, forces


def _attacks(facts: Facts) -> dict[str, list[OpenAttack]]:
    """Attacks that go on, newest first, by the state attacked."""
    found: dict[str, list[OpenAttack]] = defaultdict(list)
    for row in facts.rows(
        f"""
        SELECT c.beneficiary, c.id, c.name, c.started_first, c.challengers
        FROM calls c
        WHERE c.role = 'target' AND {GOES_ON} ORDER BY c.started_first DESC, c.id
        """
    ):
        found[row["beneficiary"]].append(
            OpenAttack(
                call=row["id"],
                name=row["name"],
                since=row["started_first"],
                challengers=tuple(row["challengers"] or ()),
            )
        )
    return found
