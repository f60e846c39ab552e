"""What the model is held against: rates, published cores, a simple logit and boosted trees.

Each takes training and test rows and gives rung probabilities (n, 5). All are fitted on the same
source as the rows they are scored on, and know no more of a call than the model does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from importlib.util import find_spec

import numpy as np

from foedus.reliability.cases import Cases
from foedus.reliability.features.groups import NAMES
from foedus.reliability.ordered import Floats, fit, rung_probabilities
from foedus.reliability.scaling import scaling
from foedus.reliability.two_level import seen

Rival = Callable[[Cases, Cases, Floats, Floats], Floats]
"""(training rows, test rows, further columns of either) -> probabilities (test rows, 5)."""

SIMPLE = ("defence", "lesser", "paper", "bilateral", "might", "distance", "armed_group")
LEEDS = ("change", "great_power", "bilateral", "conditional", "regimes_differ")
"""Leeds 2003, as far as dyads have it: capability change, major power, form, conditions, regime."""
BERKEMEIER = ("post1945", "multilateral", "defence", "lesser", "paper", "age")
"""Berkemeier and Fuhrmann 2018: era, form, obligation, age."""
ERAS = tuple(date(year, 1, 1).toordinal() for year in (1945, 1990, 2004, 2015))


def base_rate(train: Cases, test: Cases, more: Floats, more_test: Floats) -> Floats:
    """Shares of the rungs among the training rows."""
    return _ordered(np.zeros((len(train), 0)), train, np.zeros((len(test), 0)), 1.0)


def era_rate(train: Cases, test: Cases, more: Floats, more_test: Floats) -> Floats:
    """Shares in the test row's own era, pooled with all."""
    return _ordered(_eras(train), train, _eras(test), 0.5)


def simple_logit(train: Cases, test: Cases, more: Floats, more_test: Floats) -> Floats:
    """An ordered logit on obligation, form, capability, distance and whether a group attacks."""
    return _columns_logit(SIMPLE, train, test, more, more_test)


def leeds_core(train: Cases, test: Cases, more: Floats, more_test: Floats) -> Floats:
    """An ordered logit on Leeds's covariates."""
    return _columns_logit(LEEDS, train, test, more, more_test)


def berkemeier_core(train: Cases, test: Cases, more: Floats, more_test: Floats) -> Floats:
    """An ordered logit on Berkemeier and Fuhrmann's covariates."""
    return _columns_logit(BERKEMEIER, train, test, more, more_test)


def boosted_trees(train: Cases, test: Cases, more: Floats, more_test: Floats) -> Floats:
    """Gradient boosting on the model's features, one classifier for each threshold."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    x, y = np.hstack([train.x, more]), np.hstack([test.x, more_test])
    varied = np.array([len(np.unique(column[~np.isnan(column)])) > 1 for column in x.T])
    x, y = x[:, varied], y[:, varied]
    above = np.ones((len(test), 6))
    above[:, 5] = 0
    for rung in (1, 2, 3, 4):
        known = (train.low[1] >= rung) | (train.high[1] < rung)
        target = train.low[1][known] >= rung
        if target.all() or not target.any():
            above[:, rung] = target.mean()
            continue
        model = HistGradientBoostingClassifier(
            max_iter=60, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=15, random_state=0
        )
        with threadpool_limits(1):
            above[:, rung] = model.fit(x[known], target).predict_proba(y)[:, 1]
    above = np.minimum.accumulate(above, axis=1)
    return above[:, :-1] - above[:, 1:]


RIVALS: dict[str, Rival] = {
    "base rate": base_rate,
    "era rate": era_rate,
    "Leeds 2003 core": leeds_core,
    "Berkemeier-Fuhrmann core": berkemeier_core,
    "simple logit": simple_logit,
}


def rivals() -> dict[str, Rival]:
    """The rivals that this installation can run: boosted trees need the extra `backtest`."""
    if find_spec("sklearn") is None:
        return RIVALS
    return {**RIVALS, "gradient boosting": boosted_trees}


def _columns_logit(
    names: Sequence[str], train: Cases, test: Cases, more: Floats, more_test: Floats
) -> Floats:
    x, y = (
        np.column_stack([_column(rows, name) for name in names]).reshape(len(rows), -1)
        for rows in (train, test)
    )
    scaled = scaling(x)
    return _ordered(
        np.hstack([scaled.columns(x), more]), train, np.hstack([scaled.columns(y), more_test]), 2.0
    )


def _column(rows: Cases, name: str) -> Floats:
    if name == "post1945":
        return (rows.day >= ERAS[0]).astype(np.float64)
    if name == "multilateral":
        return 1 - rows.x[:, NAMES.index("bilateral")]
    return rows.x[:, NAMES.index(name)]


def _eras(rows: Cases) -> Floats:
    era = np.searchsorted(ERAS, rows.day, side="right")
    return np.eye(len(ERAS) + 1)[era]


def _ordered(x: Floats, train: Cases, y: Floats, scale: float) -> Floats:
    matrix = seen(train, 1)
    told = matrix.min(axis=1) < 1
    if not told.any():
        return np.full((len(y), 5), 0.2)
    found = fit(x[told], matrix[told], np.ones(int(told.sum())), np.full(x.shape[1], scale))
    return rung_probabilities(found.cuts, y @ found.beta)
