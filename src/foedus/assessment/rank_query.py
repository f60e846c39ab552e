"""`foedus.rank`: the ranking as of a day, over the user's own rows too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from foedus.assessment.days import as_of_day
from foedus.domain.ranking import Ranking


def rank(
    guarantor: str | None = None,
    beneficiary: str | None = None,
    *,
    everyone: bool = False,
    as_of: date | str | None = None,
    workspace: str | Path | None = None,
    mine: bool = True,
) -> Ranking:
    """Commitments in force, likeliest to be left without help when called first (do(call)).

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: nothing to rank, or `everyone` beside a name.
        DateError: `as_of` is not a date, lies in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    from foedus.assessment import register
    from foedus.reliability.rank import rank as ranked

    day = as_of_day(as_of)
    own = register.overlay(workspace, mine=mine)
    return ranked(guarantor, beneficiary, everyone=everyone, as_of=day, overlay=own)
