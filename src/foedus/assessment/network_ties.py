"""Ties: all commitments of one state of force from one actor to another, taken together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.catalog.facts import Facts
from foedus.domain.commitments import OBLIGATIONS, ForceStatus
from foedus.domain.networks import TIE_KINDS, Tie

STATUSES: tuple[ForceStatus, ...] = (
    "in force", "signed, not in force", "not known since", "date unknown", "ended",
)  # fmt: skip

_QUERY = f"""
WITH stated AS (
    SELECT guarantor, beneficiary, title, coalesce(in_force_first, signed_first) AS begun,
        {", ".join(OBLIGATIONS)},
        CASE WHEN ended_last IS NOT NULL THEN 'ended'
             WHEN signed_last IS NULL AND in_force_last IS NULL THEN 'date unknown'
             WHEN in_force_last IS NULL THEN 'signed, not in force'
             WHEN known_until < getvariable('as_of') THEN 'not known since'
             ELSE 'in force' END AS status
    FROM commitments
)
SELECT guarantor, beneficiary, status, list(DISTINCT title ORDER BY title) AS instruments,
    min(begun) AS since,
    {", ".join(f"bool_or({name}) AS {name}" for name in OBLIGATIONS)}
FROM stated WHERE status IN (SELECT unnest($statuses))
GROUP BY guarantor, beneficiary, status ORDER BY guarantor, beneficiary, status
"""


def ties(facts: Facts, statuses: frozenset[ForceStatus] | frozenset[str]) -> list[Tie]:
    """Every tie in one of these states of force, without strengths."""
    found = []
    for row in facts.rows(_QUERY, {"statuses": sorted(statuses)}):
        promised = tuple(kind for kind in TIE_KINDS if kind != "nothing" and row[kind])
        found.append(
            Tie(
                guarantor=row["guarantor"],
                beneficiary=row["beneficiary"],
                kind=promised[0] if promised else "nothing",
                obligations=promised,
                status=row["status"],
                instruments=tuple(row["instruments"]),
                since=row["since"],
                strength=None,
            )
        )
    return found


def with_strengths(found: Sequence[Tie], strengths: Mapping[tuple[str, str], float]) -> list[Tie]:
    """The ties in force with their strength, by (guarantor, beneficiary); others stay unknown."""
    return [
        tie.model_copy(update={"strength": strengths[tie.guarantor, tie.beneficiary]})
        if tie.status == "in force" and (tie.guarantor, tie.beneficiary) in strengths
        else tie
        for tie in found
    ]
