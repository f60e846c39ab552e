"""UN General Assembly ideal points (Bailey, Strezhnev and Voeten) -> ideal_points."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foedus.sources.cow_codes import require_actors
from foedus.sources.files import require, write_table

_FIRST_SESSION_YEAR = 1946


def derive(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write `ideal_points`: the posterior mean with its 5% and 95% quantiles, per session.

    The year is the one after the session's number, 1 for 1946: so the estimates' authors count.
    Session 19 has no estimates. The publisher's ISO codes fold predecessors into successors
    (both Yemens are YAR), so actors come from the COW code.

    Source: Bailey, Strezhnev and Voeten 2017, estimates of April 2020.
    """
    require(con, "un_ideal_points")
    require_actors(con, "un_ideal_points", "ccode")
    query = f"""
        SELECT actor, ccode AS cow, session + {_FIRST_SESSION_YEAR - 1} AS year,
               IdealPoint AS ideal_point, "Q5%" AS low, "Q95%" AS high
        FROM un_ideal_points JOIN cow_actor ON cow_actor.cow = ccode
    """
    return {"ideal_points": write_table(con, "ideal_points", query, out)}
