"""Who is in the network on one day: states, and armed groups that are tied to them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from foedus.catalog.facts import Facts
from foedus.record.open_calls import GOES_ON
from foedus.stress.network import Bools, Floats, Ints

_STATES = """
    SELECT DISTINCT a.id, a.name FROM actors a
    LEFT JOIN system_members m ON m.actor = a.id
    WHERE a.kind = 'state' AND coalesce(a.first, m.first) <= getvariable('as_of')
      AND (a.last IS NULL) AND (m.actor IS NULL OR m.last IS NULL)
    ORDER BY a.id
"""
_GROUPS = """
    SELECT a.id, a.name, any_value(p.host ORDER BY p.start_first DESC) AS host
    FROM actors a JOIN proxies p ON p.armed_group = a.id
    WHERE p.ended_last IS NULL GROUP BY a.id, a.name ORDER BY a.id
"""
_CAPABILITY = """
    SELECT actor, arg_max(cinc, year) AS cinc FROM capability
    WHERE cinc IS NOT NULL AND year >= $since GROUP BY actor
"""
_SEATS = "SELECT actor, latitude, longitude FROM capitals WHERE last IS NULL"
_PARTS = f"""
    SELECT actor, max(war) AS war, max(conflict) AS conflict FROM (
        SELECT actor, count(*) FILTER (war) AS war, count(*) FILTER (NOT war) AS conflict FROM (
            SELECT DISTINCT c.id, unnest(c.challengers || [c.beneficiary]) AS actor,
                   c.kind IN ('invasion', 'interstate_war') OR c.hostility = 5 AS war
            FROM calls c WHERE {GOES_ON}) GROUP BY actor
        UNION ALL
        SELECT actor, count(DISTINCT conflict_id) FILTER (intensity = 2 AND NOT secondary),
               count(DISTINCT conflict_id) FILTER (intensity = 1 AND NOT secondary)
        FROM conflicts WHERE year = (SELECT max(year) FROM conflicts)
          AND year >= year(getvariable('as_of')) - 2 GROUP BY actor)
    GROUP BY actor
"""
STALE = 10
"""Years after which a capability share is no longer taken for today's."""


def states(facts: Facts) -> list[tuple[str, str]]:
    """Id and name of every state that exists on the day."""
    return [(row["id"], row["name"]) for row in facts.rows(_STATES)]


def groups(facts: Facts) -> list[tuple[str, str, str]]:
    """Id, name and host of every armed group with a patron on the day."""
    return [(row["id"], row["name"], row["host"]) for row in facts.rows(_GROUPS)]


def capability(facts: Facts, ids: tuple[str, ...]) -> Floats:
    """Latest share (n, 0..1) of world capability; NaN where unknown or over 10 years old."""
    rows = facts.rows(_CAPABILITY, {"since": facts.as_of.year - STALE})
    found = {row["actor"]: float(row["cinc"]) for row in rows}
    return np.array([found.get(key, np.nan) for key in ids])


def seats(facts: Facts, ids: tuple[str, ...], hosts: dict[str, str]) -> tuple[Floats, Floats]:
    """Latitude and longitude (n) of each actor's capital; a group has its host's."""
    found = {r["actor"]: (r["latitude"], r["longitude"]) for r in facts.rows(_SEATS)}
    places = [found.get(hosts.get(key, key), (np.nan, np.nan)) for key in ids]
    return np.array([p[0] for p in places]), np.array([p[1] for p in places])


def engaged(facts: Facts, ids: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Wars and lesser conflicts (n) that each actor is a party to on the day."""
    found = {row["actor"]: row for row in facts.rows(_PARTS)}
    return (
        np.array([found[i]["war"] if i in found else 0 for i in ids], dtype=np.int64),
        np.array([found[i]["conflict"] if i in found else 0 for i in ids], dtype=np.int64),
    )


_BOUNDS = (200, 400, 600, 700)
_MIDDLE_EAST = (600, 698)


def blocs(facts: Facts, ids: tuple[str, ...], hosts: dict[str, str]) -> Ints:
    """Region (n) of each actor, an index into `network.BLOCS`, by COW code; a group: its host.

    COW codes run by region; 600-698 is the Middle East with North Africa.
    """
    codes: defaultdict[str, int] = defaultdict(lambda: 700)
    for row in facts.rows("SELECT id, cow FROM actors WHERE cow IS NOT NULL"):
        codes[row["id"]] = row["cow"]
    code = np.array([codes[hosts.get(key, key)] for key in ids])
    return np.searchsorted(_BOUNDS, code, side="right").astype(np.int64)


def is_group(count: int, groups_count: int) -> Bools:
    """Mask (n) of the actors that are armed groups; they come last."""
    mask = np.zeros(count, dtype=bool)
    mask[count - groups_count :] = True
    return mask
