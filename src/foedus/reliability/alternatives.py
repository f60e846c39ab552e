"""What a forecast is averaged over: who might attack, and how hard, with printed weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.catalog.facts import Facts
from foedus.domain.assessments import Weight

YEARS = 50
HALF_LIFE = 10.0
RIVALRY_WEIGHT = 0.5
SHARED_CASES = 4.0
WAR = 5
FORCE = 4
SHOWN = 6


_GONE = """
    SELECT actor FROM system_members GROUP BY actor HAVING bool_and(last IS NOT NULL)
    UNION SELECT id FROM actors WHERE last IS NOT NULL
"""


def nobody_known(facts: Facts, guarantor: str, beneficiary: str, names: dict[str, str]) -> str:
    """The limit to print where `challenger_weights` without the guarantor finds nobody."""
    shares, _ = challenger_weights(facts, beneficiary, names, without=frozenset())
    if guarantor in shares:
        return "No attacker or rival of the beneficiary other than the guarantor is known."
    return "No past attacker or rival of the beneficiary is known."


_CHALLENGERS = """
    WITH attacks AS (
        SELECT beneficiary, unnest(challengers) AS challenger, 1.0 / len(challengers) AS part,
               date_diff('day', started_last, getvariable('as_of')) / 365.25 AS age
        FROM calls
        WHERE role = 'target' AND same_as IS NULL
          AND (hostility >= $force OR (hostility IS NULL AND ended_last IS NULL))
    ), rivals AS (
        SELECT actor_a AS beneficiary, actor_b AS challenger FROM rivalries WHERE last_year IS NULL
        UNION
        SELECT actor_b, actor_a FROM rivalries WHERE last_year IS NULL
    ), scored AS (
        SELECT beneficiary, challenger, sum(part * 0.5 ** (age / $half_life)) AS attacked,
               count(part) AS attacks, 0.0 AS rivalry
        FROM attacks WHERE age <= $years GROUP BY ALL
        UNION ALL
        SELECT beneficiary, challenger, 0.0, 0, $rivalry FROM rivals
    )
    SELECT beneficiary, challenger, sum(attacked) + sum(rivalry) AS score,
           sum(attacks)::INTEGER AS attacks, bool_or(rivalry > 0) AS rival
    FROM scored WHERE beneficiary <> challenger AND {which}
    GROUP BY ALL ORDER BY beneficiary, score DESC, challenger
"""
_SCORES: dict[str, object] = {
    "force": FORCE,
    "half_life": HALF_LIFE,
    "years": YEARS,
    "rivalry": RIVALRY_WEIGHT,
}


def challenger_scores(facts: Facts) -> dict[str, dict[str, float]]:
    """Scores of all who might attack, by beneficiary, highest first; see `challenger_weights`.

    Actors that are gone are among them: who can attack is for the caller to say.
    """
    found: dict[str, dict[str, float]] = {}
    for row in facts.rows(_CHALLENGERS.format(which="true"), _SCORES):
        found.setdefault(row["beneficiary"], {})[row["challenger"]] = float(row["score"])
    return found


def challenger_shares(facts: Facts) -> dict[str, dict[str, float]]:
    """Shares of those that might attack, by beneficiary; see `challenger_weights`."""
    gone = _gone(facts)
    shares: dict[str, dict[str, float]] = {}
    for beneficiary, scores in challenger_scores(facts).items():
        left = {key: score for key, score in scores.items() if key not in gone}
        total = sum(left.values())
        shares[beneficiary] = {key: score / total for key, score in left.items()}
    return shares


def challenger_weights(
    facts: Facts, beneficiary: str, names: dict[str, str], without: frozenset[str]
) -> tuple[dict[str, float], tuple[Weight, ...]]:
    """Shares (summing to 1) of the states and groups that might attack `beneficiary`.

    An attack of the last 50 years counts 1, halved for every 10 years of age and shared
    among its challengers; an open strategic rivalry counts 0.5. Judgement, not estimate.
    `without` are actors that cannot be the challenger (the guarantor); states that are gone
    cannot either. Both results are
    empty where nobody is known to have attacked or to be a rival.
    """
    rows = facts.rows(
        _CHALLENGERS.format(which="beneficiary = $beneficiary"),
        {**_SCORES, "beneficiary": beneficiary},
    )
    left_out = without | _gone(facts)
    kept = {row["challenger"]: row for row in rows if row["challenger"] not in left_out}
    total = sum(float(row["score"]) for row in kept.values())
    shares = {key: float(row["score"]) / total for key, row in kept.items()}
    ordered = list(shares)
    shown = [
        Weight(name=names.get(key, key), weight=shares[key], basis=_basis(kept[key]))
        for key in ordered[:SHOWN]
    ]
    if len(ordered) > SHOWN:
        rest = ordered[SHOWN:]
        shown.append(
            Weight(
                name=f"{len(rest)} others",
                weight=sum(shares[key] for key in rest),
                basis="each less than those above",
            )
        )
    return shares, tuple(shown)


def _basis(row: Mapping[str, Any]) -> str:
    count = int(row["attacks"])
    words = [f"{count} attack{'s' * (count != 1)} in {YEARS} years"] if count else []
    return " and ".join([*words, *(["open rivalry"] if row["rival"] else [])])


def _gone(facts: Facts) -> frozenset[str]:
    return frozenset(row["actor"] for row in facts.rows(_GONE))


def severity_weights(
    facts: Facts, beneficiary: str, challengers: dict[str, float]
) -> tuple[dict[int, float], tuple[Weight, ...]]:
    """Shares of the two severities of an attack, use of force (4) and war (5).

    Averaged over `challengers` by their weights. For each, its own attacks on the beneficiary
    are pooled with the beneficiary's share of wars as `SHARED_CASES` further cases, and that
    share in turn with the one of all attacks since 1990.
    """
    rows = facts.rows(
        """
        WITH attacks AS (
            SELECT id, hostility = $war AS war, beneficiary, challengers, started_first FROM calls
            WHERE role = 'target' AND same_as IS NULL AND hostility >= $force
        )
        SELECT 'all' AS challenger, count(*) AS attacks, count(*) FILTER (war) AS wars
        FROM attacks WHERE started_first >= DATE '1990-01-01' OR getvariable('as_of') < '1995-01-01'
        UNION ALL
        SELECT 'own', count(*), count(*) FILTER (war) FROM attacks WHERE beneficiary = $beneficiary
        UNION ALL
        SELECT challenger, count(*), count(*) FILTER (war)
        FROM (SELECT unnest(challengers) AS challenger, war FROM attacks
              WHERE beneficiary = $beneficiary) GROUP BY challenger
        """,
        {"force": FORCE, "war": WAR, "beneficiary": beneficiary},
    )
    counted = {row["challenger"]: (int(row["wars"]), int(row["attacks"])) for row in rows}
    common = _pooled(*counted["all"], 0.5)
    own = _pooled(*counted["own"], common)
    war = sum(
        weight * _pooled(*counted.get(key, (0, 0)), own) for key, weight in challengers.items()
    )
    war = war if challengers else own
    wars, attacks = counted["own"]
    basis = (
        f"{wars} of {attacks} past attacks on it were wars, {common:.0%} of all; each challenger's"
        " own share pooled with these and weighted as above"
    )
    shares = {FORCE: 1 - war, WAR: war}
    return shares, (
        Weight(name="use of force short of war", weight=shares[FORCE], basis=basis),
        Weight(name="war", weight=war, basis=basis),
    )


def _pooled(wars: int, attacks: int, share: float) -> float:
    return (wars + SHARED_CASES * share) / (attacks + SHARED_CASES)
