"""Hindcasts: the stress model run from past years and scored beside simpler forecasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np

from foedus.catalog.facts import Facts
from foedus.domain.hindcasts import CauseLine, Endings, ForecastLine, Hindcast, JudgedLine, Range
from foedus.errors import InputError
from foedus.stress.hindcast_origin import ENDS, Origin, features, simulated
from foedus.stress.hindcast_rivals import LOGISTIC, MODEL, earlier, rivals
from foedus.stress.hindcast_scores import (
    any_brier,
    auc,
    block_totals,
    count_rps,
    ratio_interval,
)
from foedus.stress.hindcast_units import KNOWN, YEARS
from foedus.stress.network import Floats
from foedus.stress.parameters import PRIORS

FIRST, LAST = 1950, 2009
UNSEEN_FROM = 1984
"""First origin after the years by whose outcomes a choice was made (the last, 1979 to 1983)."""
_FITTED_FROM = 15
"""Years before the first origin from which the hazards are fitted."""
_JUDGED_EVERY = 10
_REPLACED = "replaced by a new agreement"
_WAR = ("war: not fulfilled, or lost", "a provision was violated short of war")
Progress = Callable[[str, int, int], None]

_ENDINGS = """
    WITH final AS (
        SELECT atopid, ended_last, end_cause FROM commitments
        WHERE atopid IS NOT NULL
        QUALIFY phase = max(phase) OVER (PARTITION BY atopid)
    )
    SELECT atopid, max(ended_last) AS ended, arg_max(end_cause, ended_last) AS cause
    FROM final GROUP BY atopid
    HAVING bool_and(ended_last IS NOT NULL) AND year(max(ended_last)) BETWEEN 1950 AND 2018
       AND arg_max(end_cause, ended_last) <> 'new phase'
"""


def hindcast(
    *,
    first: int = FIRST,
    last: int = LAST,
    step: int = 1,
    runs: int = 500,
    seed: int = 1,
    workers: int = 1,
    progress: Progress | None = None,
) -> Hindcast:
    """The model's five-year forecasts from each origin `first`, `first + step`, ... `last`.

    Raises:
        InputError: origins outside 1950-2009, or a step, runs or workers below 1.
    """
    if not FIRST <= first <= last <= LAST:
        raise InputError(
            f"Origins {first} to {last} cannot be scored: give first <= last within"
            f" {FIRST}-{LAST}, so that five years of outcomes are known."
        )
    for name, value in (("step", step), ("runs", runs), ("workers", workers)):
        if value < 1:
            raise InputError(f"{name} is {value}: give 1 or more.")
    years = list(range(first, last + 1, step))
    found: list[Origin] = []
    total = len(range(first - _FITTED_FROM, last + 1, step))
    for one in _origins(years, step, runs, seed, workers):
        found.append(one)
        if progress is not None:
            progress("Hindcast", len(found), total)
    found.sort(key=lambda one: one.year)
    return summary(found, runs, seed)


def _origins(years: list[int], step: int, runs: int, seed: int, workers: int) -> Iterator[Origin]:
    before = range(years[0] - step, years[0] - _FITTED_FROM - 1, -step)
    tasks = [partial(features, year) for year in before]
    tasks += [
        partial(simulated, year, runs, seed, judged=at % max(_JUDGED_EVERY // step, 1) == 0)
        for at, year in enumerate(years)
    ]
    if workers == 1:
        yield from (task() for task in tasks)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(task) for task in tasks]
        try:
            for one in as_completed(waiting):
                yield one.result()
        finally:
            for one in waiting:
                one.cancel()


def summary(found: list[Origin], runs: int, seed: int) -> Hindcast:
    """Scores over all simulated origins; the others serve for fits."""
    at = [one for one in found if one.means]
    facts = Facts(KNOWN)
    means = {name: [rivals(found, one, name) for one in at] for name in at[0].units}
    return Hindcast(
        catalog_version=facts.version,
        origins=tuple(one.year for one in at),
        runs=runs,
        seed=seed,
        lines=_lines(at, means, FIRST),
        later_from=UNSEEN_FROM,
        later=_lines(at, means, UNSEEN_FROM),
        causes=_causes(found, at),
        judged=_judged_lines(at),
        endings=_endings(facts),
        notes=_NOTES,
    )


_NOTES = (
    "Each origin's network and every parameter are as known on the last day of the year before."
    " The rivals are fitted on origins whose five years were over by then, with outcomes as they"
    " are known now: that favours the rivals.",
    "Five-year windows overlap: one event counts in up to five origins. Intervals resample blocks"
    " of five origins.",
    "Every forecast is scored as a Poisson count with its mean; persistence repeats the five years"
    " before as a certainty.",
    "Forces sent counts the pairs held to something; a response whose source leaves forces open"
    " counts as none.",
    "The rescaled model multiplies the model's means by observed over expected of earlier"
    " origins, one number for each outcome.",
    "The model makes no new pacts. What it says of them is the number of a state's pairs that"
    " fail, which can be judged by rank alone.",
    "The span of years behind the shares of calls that test promises was chosen on the forces sent"
    " after odd origins before 1980, which end in 1983; origins from 1984 on are scored apart too.",
    "New partners rest on ATOP; defence cooperation agreements (DCAD) are not in the catalog and"
    " are not scored.",
)


@dataclass
class _Rows:
    """All units of one outcome and one forecast: means, counts and blocks of origins."""

    mean: Floats
    count: Floats
    block: np.ndarray


Means = dict[str, list[dict[str, Floats]]]
"""By outcome and origin: mean counts (u) of each forecast."""


def _lines(at: list[Origin], means: Means, first: int) -> tuple[ForecastLine, ...]:
    """Scores over the origins from `first` on."""
    places = [place for place, one in enumerate(at) if one.year >= first]
    if not places:
        return ()
    chosen = [at[place] for place in places]
    return tuple(
        line
        for outcome, every in means.items()
        for line in _of_outcome(chosen, [every[place] for place in places], outcome)
    )


def _of_outcome(
    at: list[Origin], means: list[dict[str, Floats]], outcome: str
) -> list[ForecastLine]:
    count = np.concatenate([one.units[outcome].count for one in at])
    block = np.concatenate(
        [np.full(len(one.units[outcome].count), one.year // YEARS) for one in at]
    )
    rows = {
        name: _Rows(np.concatenate([one[name] for one in means]), count, block) for name in means[0]
    }
    against = count_rps(rows[LOGISTIC].mean, count)
    lines = []
    if MODEL not in rows:
        signal = np.concatenate([one.signal for one in at])
        lines.append(
            ForecastLine(
                outcome=outcome, forecast=f"{MODEL} (ranks alone)", units=len(count),
                expected=None, observed=float(count.sum()), ratio=None, rps=None, brier=None,
                auc=_known(auc(signal, count)), gain=None,
            )
        )  # fmt: skip
    return lines + [_line(outcome, name, one, against) for name, one in rows.items()]


def _line(outcome: str, name: str, rows: _Rows, against: Floats) -> ForecastLine:
    own = count_rps(rows.mean, rows.count)
    totals = partial(block_totals, block=rows.block)
    gain = None
    if name != LOGISTIC:
        gain = _range(ratio_interval(totals(against - own), totals(np.ones(len(own)))))
    return ForecastLine(
        outcome=outcome,
        forecast=name,
        units=len(rows.count),
        expected=float(rows.mean.sum()),
        observed=float(rows.count.sum()),
        ratio=_range(ratio_interval(totals(rows.mean), totals(rows.count))),
        rps=float(own.mean()),
        brier=float(any_brier(rows.mean, rows.count).mean()),
        auc=_known(auc(rows.mean, rows.count)),
        gain=gain,
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _range(found: tuple[float, float, float]) -> Range:
    value, low, high = (_known(one) for one in found)
    return Range(value=value, low=low, high=high)


def _kind(cause: str) -> str:
    if cause == _REPLACED:
        return "replaced"
    return "war or violation" if cause in _WAR else "other"


def _causes(found: list[Origin], at: list[Origin]) -> tuple[CauseLine, ...]:
    """Endings expected by the model, split by the causes of endings before each origin."""
    kinds = ("replaced", "war or violation", "other")
    expected, observed = dict.fromkeys(kinds, 0.0), dict.fromkeys(kinds, 0.0)
    for one in at:
        past = [_kind(c) for old in earlier(found, one.year) for c in old.units[ENDS].cause if c]
        for kind in kinds:
            share = (past.count(kind) + 1) / (len(past) + len(kinds))
            expected[kind] += share * float(one.means[ENDS].sum())
        for cause in one.units[ENDS].cause:
            if cause:
                observed[_kind(cause)] += 1
    return tuple(CauseLine(cause=k, expected=expected[k], observed=observed[k]) for k in kinds)


def _judged_lines(at: list[Origin]) -> tuple[JudgedLine, ...]:
    some = [one.judged for one in at if one.judged]
    lines = []
    for item in PRIORS.table:
        ends = {
            end: np.mean([one[item.name, end] for one in some if (item.name, end) in one], axis=0)
            for end in ("low", "high")
            if any((item.name, end) in one for one in some)
        }
        if len(ends) == 2:
            numbers = {
                f"{what}_{end}": float(ends[end][place])
                for place, what in enumerate(("calls", "forces", "ends"))
                for end in ends
            }
            lines.append(JudgedLine(name=item.name, low=item.low, high=item.high, **numbers))
    return tuple(lines)


def _endings(facts: Facts) -> Endings:
    rows = facts.rows(_ENDINGS)
    around = sum(1989 <= row["ended"].year <= 1992 for row in rows)
    return Endings(
        ended=len(rows),
        replaced=sum(row["cause"] == _REPLACED for row in rows),
        war_or_violation=sum(row["cause"] in _WAR for row in rows),
        share_1989_1992=around / len(rows) if rows else 0.0,
    )
