"""The guarantor's other commitments, answered beside the one in question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.catalog.facts import Facts
from foedus.domain.estimates import OtherCommitment
from foedus.domain.rungs import Rung
from foedus.reliability.cases import Asked
from foedus.reliability.ordered import Floats
from foedus.reliability.two_level import Trained
from foedus.reliability.willingness import drawn_probabilities
from foedus.reliability.windows import window

SHOWN, DRAWS = 6, 500
_HELD = """
    WITH held AS (
        SELECT beneficiary, bool_or(coalesce(defense, false)) AS defence FROM commitments
        WHERE guarantor = $guarantor AND beneficiary <> $beneficiary
          AND in_force_last <= getvariable('as_of') AND ended_last IS NULL
          AND (known_until IS NULL OR known_until >= getvariable('as_of'))
          AND (coalesce(defense, false) OR coalesce(offense, false) OR coalesce(neutrality, false)
               OR coalesce(consultation, false) OR coalesce(nonaggression, false))
        GROUP BY beneficiary
    ), attacks AS (
        SELECT beneficiary, sum(0.5 ** (date_diff('day', started_last, getvariable('as_of'))
                                        / 3652.5)) AS recent,
               arg_max(challengers, started_last) AS challengers
        FROM calls
        WHERE role = 'target' AND same_as IS NULL AND hostility >= 4
          AND NOT list_contains(challengers, $guarantor) AND len(challengers) > 0
        GROUP BY beneficiary
    )
    SELECT beneficiary, defence, challengers FROM held LEFT JOIN attacks USING (beneficiary)
    ORDER BY defence DESC, coalesce(recent, 0) DESC, beneficiary LIMIT $shown
"""


@dataclass(frozen=True)
class Other:
    """One other commitment as a question, and whether it promises defence."""

    asked: Asked
    defence: bool


def other_questions(facts: Facts, guarantor: str, beneficiary: str) -> list[Other]:
    """The guarantor's commitments to those attacked most of late, defence promises first."""
    rows = facts.rows(_HELD, {"guarantor": guarantor, "beneficiary": beneficiary, "shown": SHOWN})
    return [
        Other(
            Asked(guarantor, row["beneficiary"], tuple((row["challengers"] or [])[:1])),
            bool(row["defence"]),
        )
        for row in rows
    ]


def others(
    asked: Sequence[Other], model: Trained, x: Floats, names: dict[str, str], seed: int
) -> tuple[OtherCommitment, ...]:
    """Estimates within 365 days from features x (n, f), likeliest to be helped first."""
    if not asked:
        return ()
    rng = np.random.Generator(np.random.Philox(key=[seed, len(asked)]))
    drawn = drawn_probabilities(model, x, DRAWS, rng)
    found = []
    for number, one in enumerate(asked):
        rungs = window(365, drawn[:, number]).rungs
        to, by = one.asked.beneficiary, one.asked.challengers[:1]
        found.append(
            OtherCommitment(
                beneficiary=to,
                beneficiary_name=names.get(to, to),
                challenger_name=names.get(by[0], by[0]) if by else None,
                defence=one.defence,
                material=rungs[Rung.MATERIAL].at_least,
                forces=rungs[Rung.FORCES].at_least,
            )
        )
    return tuple(sorted(found, key=lambda one: -one.material.probability))
