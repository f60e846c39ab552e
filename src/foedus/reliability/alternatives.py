"""What a forecast is averaged over: who might attack, and how hard, with printed weights."""

from __future__ import annotations

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
        """
        WITH attacks AS (
            SELECT unnest(challengers) AS challenger, 1.0 / len(challengers) AS part,
                   date_diff('day', started_last, getvariable('as_of')) / 365.25 AS age
            FROM calls
            WHERE beneficiary = $beneficiary AND role = 'target' AND same_as IS NULL
              AND (hostility >= $force OR (hostility IS NULL AND ended_last IS NULL))
        ), rivals AS (
            SELECT CASE WHEN actor_a = $beneficiary THEN actor_b ELSE actor_a END AS challenger,
                   count(*) AS rivalries
            FROM rivalries
            WHERE $beneficiary IN (actor_a, actor_b) AND last_year IS NULL GROUP BY ALL
        )
        SELECT challenger, sum(part * 0.5 ** (age / $half_life)) AS attacked,
               count(part) AS attacks, 0.0 AS rivalry
        FROM attacks WHERE age <= $years GROUP BY challenger
        UNION ALL
        SELECT challenger, 0.0, 0, $rivalry FROM rivals
        """,
        {
            "beneficiary": beneficiary,
            "force": FORCE,
            "half_life": HALF_LIFE,
            "years": YEARS,
            "rivalry": RIVALRY_WEIGHT,
        },
    )
    gone = {row["actor"] for row in facts.rows(_GONE)}
    score: dict[str, float] = {}
    basis: dict[str, list[str]] = {}
    for row in rows:
        key = row["challenger"]
        if key in without or key in gone or key == beneficiary:
            continue
        score[key] = score.get(key, 0.0) + float(row["attacked"]) + float(row["rivalry"])
        count = int(row["attacks"])
        words = f"{count} attack{'s' * (count != 1)} in {YEARS} years" if count else "open rivalry"
        basis.setdefault(key, []).append(words)
    total = sum(score.values())
    ordered = sorted(score, key=lambda key: (-score[key], key))
    shares = {key: score[key] / total for key in ordered}
    shown = [
        Weight(name=names.get(key, key), weight=shares[key], basis=" and ".join(basis[key]))
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
