"""The yearly review of commitments: texts lapse of themselves, and partners hedge."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foedus.stress.beliefs import seen
from foedus.stress.network import Floats, Network
from foedus.stress.state import State

Ints = npt.NDArray[np.int64]
MOST = 6.0
"""Highest factor by which hedging raises a lapse hazard in a yearly review."""


def review(
    network: Network,
    state: State,
    hazard: Floats,
    base_load: npt.NDArray[np.float32],
    slot: Ints,
    values: dict[str, float],
    rng: np.random.Generator,
) -> tuple[Ints, Ints, Ints]:
    r"""Run and instrument (m) of the texts that end in a year, and how many of them by hedging.

    The hazard of a text is $h_0 V^{-\eta}$, $V = e^{\Delta} (1 - l)/(1 - l_0) t$: belief x
    capability x passage against the day the run began, at most `MOST` times $h_0$; V = 1 is the
    outside option's value for the average text that ended in the data. Candidates are drawn at the
    highest rate and kept with the ratio, so the work is in the texts that may end.

    Source: hazard from `estimates.hazards`; thinning: Lewis & Shedler 1979.
    """
    runs = len(state.standing)
    order = np.argsort(hazard, kind="stable")
    levels, first = np.unique(hazard[order], return_index=True)
    bounds = np.append(first, len(order))
    run_parts: list[Ints] = []
    text_parts: list[Ints] = []
    for level, low, high in zip(levels, bounds[:-1], bounds[1:], strict=True):
        count = int(rng.poisson(runs * (high - low) * level * MOST))
        run_parts.append(rng.integers(0, runs, count))
        text_parts.append(order[rng.integers(low, high, count)])
    run, text = np.concatenate(run_parts), np.concatenate(text_parts)
    keep = rng.random(len(run), dtype=np.float32) * np.float32(MOST)
    factor = _factor(network, state, run, text, base_load, slot, values)
    ends = np.flatnonzero((keep < factor) & ~state.lost_text[run, text])
    _, once = np.unique(run[ends] * len(hazard) + text[ends], return_index=True)
    ends = ends[once]
    hedged = (keep[ends] >= 1.0).astype(np.int64)
    return run[ends], text[ends], hedged


def _factor(
    network: Network,
    state: State,
    run: Ints,
    text: Ints,
    base_load: npt.NDArray[np.float32],
    slot: Ints,
    values: dict[str, float],
) -> npt.NDArray[np.float32]:
    """Each candidate's hazard against its base hazard, 0..MOST."""
    pair = network.instruments.pair[text]
    guarantor = network.pairs.guarantor[pair]
    bloc = network.actors.bloc[network.pairs.beneficiary[pair]]
    log_value = seen(state, run, guarantor, bloc, pair, values["far_observers"])
    left = (1 - state.load[run, guarantor]) / (1 - base_load[guarantor])
    log_value = log_value + np.log(np.clip(left, 0.05, 20.0))
    column = slot[pair]
    through = np.flatnonzero(column >= 0)
    passed = state.passage.through[run[through], column[through]]
    log_value[through] += np.log(np.clip(passed, 0.05, 1.0))
    factor = np.exp(np.clip(-values["hedging"] * log_value, -3.0, np.log(MOST)))
    return np.asarray(factor, dtype=np.float32)


def let_go(
    network: Network, state: State, run: Ints, text: Ints, support: npt.NDArray[np.float32]
) -> Ints:
    """Mark the texts as ended and the pairs that lost their last one as gone; rows of those.

    `support` (n, n) is the share of a beneficiary's expected support by guarantor.
    """
    state.lost_text[run, text] = True
    pair = network.instruments.pair[text]
    np.subtract.at(state.texts, (run, pair), 1)
    over = np.flatnonzero((state.texts[run, pair] <= 0) & ~state.gone[run, pair])
    _, once = np.unique(run[over] * network.pairs.count + pair[over], return_index=True)
    over = over[once]
    state.gone[run[over], pair[over]] = True
    guarantor, beneficiary = (
        network.pairs.guarantor[pair[over]],
        network.pairs.beneficiary[pair[over]],
    )
    np.add.at(state.lost_support, (run[over], beneficiary), support[guarantor, beneficiary])
    return over
