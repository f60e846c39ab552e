"""`foedus.rank`: commitments by the probability of being left alone when called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from foedus.catalog.actors import ActorIndex
from foedus.catalog.facts import Facts, Overlay
from foedus.domain.ranking import RankedCommitment, Ranking
from foedus.domain.rungs import Rung
from foedus.errors import InputError
from foedus.reliability.willingness import willingness

DRAWS, SEED = 400, 7
TOLD_APART = 0.9
"""Share of draws in which the first of a rank must lie above the next one's."""

_HELD = """
    SELECT guarantor, beneficiary, bool_or(coalesce(defense, false)) AS defence,
           list(DISTINCT title ORDER BY title) AS titles
    FROM commitments
    WHERE in_force_last <= getvariable('as_of') AND ended_last IS NULL
      AND (known_until IS NULL OR known_until >= getvariable('as_of'))
      AND (coalesce(defense, false) OR coalesce(offense, false) OR coalesce(neutrality, false)
           OR coalesce(consultation, false) OR coalesce(nonaggression, false))
      {where}
    GROUP BY guarantor, beneficiary ORDER BY guarantor, beneficiary
"""


def rank(
    guarantor: str | None = None,
    beneficiary: str | None = None,
    *,
    everyone: bool = False,
    as_of: date | None = None,
    overlay: Overlay | None = None,
) -> Ranking:
    """Commitments in force, likeliest to be left without material support or forces first.

    do(call): if each were tested. With `everyone`, or neither party named, only defence
    promises are ranked. A rank is shared by all that the draws do not tell from its first
    nine times in ten.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: nothing to rank, or `everyone` beside a name.
    """
    if everyone == bool(guarantor or beneficiary):
        raise InputError("Give a guarantor, a beneficiary or both, or --all without a name.")
    facts = Facts(as_of or date.today(), overlay)
    index = ActorIndex(facts.connection)
    named = {
        side: index.resolve(name, on=facts.as_of)
        for side, name in (("guarantor", guarantor), ("beneficiary", beneficiary))
        if name
    }
    where = "".join(f" AND {side} = ${side}" for side in named)
    rows = facts.rows(
        _HELD.format(where=where or " AND defense"), {k: v.id for k, v in named.items()}
    )
    if not rows:
        who = " and ".join(actor.name for actor in named.values())
        raise InputError(f"No commitment of {who} is known to be in force on {facts.as_of}.")
    pairs = [(row["guarantor"], row["beneficiary"]) for row in rows]
    drawn = willingness(facts, pairs, draws=DRAWS, seed=SEED)
    alone = 1 - drawn[:, :, Rung.MATERIAL :].sum(axis=2)
    order = np.argsort(-alone.mean(axis=0), kind="stable")
    names = {row["id"]: row["name"] for row in facts.rows("SELECT id, name FROM actors")}
    ranked: list[RankedCommitment] = []
    places = shared_ranks([alone[:, number] for number in order])
    for position, (place, number) in enumerate(zip(places, order, strict=True), start=1):
        values, row = alone[:, number], rows[number]
        no_forces = 1 - drawn[:, number, Rung.FORCES]
        ranked.append(
            RankedCommitment(
                rank=place,
                tied=place != position,
                guarantor=row["guarantor"],
                guarantor_name=names.get(row["guarantor"], row["guarantor"]),
                beneficiary=row["beneficiary"],
                beneficiary_name=names.get(row["beneficiary"], row["beneficiary"]),
                defence=row["defence"],
                titles=tuple(row["titles"]),
                left_alone=float(values.mean()),
                low=float(np.quantile(values, 0.05)),
                high=float(np.quantile(values, 0.95)),
                without_forces=float(no_forces.mean()),
            )
        )
    return Ranking(
        as_of=facts.as_of,
        catalog_version=facts.version,
        what=_what(named, len(rows)),
        commitments=tuple(ranked),
    )


def shared_ranks(draws: Sequence[npt.NDArray[np.floating[Any]]]) -> list[int]:
    """Ranks from 1 of rows in order, `draws[i]` (draws,) being those of row i.

    A rank is shared by all that the draws do not tell from its first nine times in ten.
    """
    places: list[int] = []
    leader = None
    for position, own in enumerate(draws, start=1):
        if leader is None or (leader > own).mean() >= TOLD_APART:
            leader = own
            places.append(position)
        else:
            places.append(places[-1])
    return places


def _what(named: Mapping[str, object], number: int) -> str:
    kind = "commitments" if named else "defence promises"
    return f"{number:,} {kind} known to be in force"
