"""The rungs that a response can have reached within days of its call's start."""

from __future__ import annotations

from foedus.domain.dates import DateSpan
from foedus.domain.rungs import Rung, RungRange


def within(
    days: int,
    whole: RungRange,
    *,
    started: DateSpan,
    ended: DateSpan | None,
    first_act: DateSpan | None,
    act_low: Rung,
    unseen: Rung,
) -> RungRange:
    """Bounds on the highest rung reached within `days` of the call's start.

    `whole` bounds it over the whole call. A call that is surely over within the window keeps
    that. A first act surely inside the window puts the low bound at `act_low`, the least that
    such an act was, as the highest rung may have come later. A first act surely after it
    leaves at most `unseen`, what the source would not have recorded before. Anything else
    leaves 0 to the whole call's high.

    Source: the same rule as the macros `within_low` and `within_high` of the catalog's build.
    """
    if whole.high is Rung.NOTHING:
        return whole
    if ended is not None and (ended.last - started.first).days <= days:
        return whole
    first, last = (first_act.first, first_act.last) if first_act else (None, None)
    surely_in = last is not None and (last - started.first).days <= days
    surely_after = first is not None and (first - started.last).days > days
    return RungRange(
        low=min(whole.low, act_low) if surely_in else Rung.NOTHING,
        high=min(whole.high, unseen) if surely_after else whole.high,
    )
