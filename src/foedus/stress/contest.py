"""The outcome of a call: a contest of what the beneficiary has and gets against its challengers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from foedus.stress.calls import Calls

Singles = npt.NDArray[np.float32]


def loses(calls: Calls, support: Singles, values: dict[str, float]) -> Singles:
    r"""P(c, 0..1) that the beneficiary loses, with `support` (c) in capability units.

    $\Lambda(a + w\,war + b \log(C_{ch} / (C_b + S)))$: the ratio form of a contest.

    Source: Hirshleifer 1989; parameters from `estimates.contest`.
    """
    least = np.float32(1e-7)
    ratio = np.log((calls.against + least) / (calls.own + support + least))
    score = (
        values["contest_level"] + values["contest_war"] * calls.war
        + values["contest_slope"] * ratio
    )  # fmt: skip
    chance: npt.NDArray[np.float32] = (1 / (1 + np.exp(-score))).astype(np.float32)
    return chance
