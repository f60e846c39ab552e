r"""A penalised logit with outcomes that may be uncertain: $y_i$ is the probability of a yes.

$$\ell(\beta) = \sum_i w_i [y_i \log p_i + (1 - y_i) \log (1 - p_i)]
  - \tfrac12 \sum_p \beta_p^2 / s_p^2, \qquad p_i = F(x_i'\beta),$$

maximised by Newton steps, halved where they overshoot; the last coefficient is the intercept.

Source: ridge logit as in le Cessie and van Houwelingen 1992, Applied Statistics 41:191-201.
"""

from __future__ import annotations

import numpy as np

from foedus.reliability.ordered import Floats, logistic

_INTERCEPT_SCALE = 5.0
_STEPS = 60
_SMALL = 1e-8


def with_intercept(x: Floats) -> Floats:
    """Columns (n, p + 1), the last of them ones."""
    return np.hstack([x, np.ones((len(x), 1))])


def fit_logit(
    x: Floats,
    y: Floats,
    weight: Floats,
    scale: Floats,
    *,
    offset: Floats | float = 0.0,
    intercept_scale: float = _INTERCEPT_SCALE,
) -> Floats:
    """Coefficients (p + 1,) of columns (n, p) under priors N(0, scale^2), scale (p,).

    `offset` (n,) is a part of the log-odds that is given.
    """
    columns = with_intercept(x)
    penalty = np.append(scale, intercept_scale) ** -2.0
    beta = np.zeros(columns.shape[1])
    value = _objective(beta, columns, y, weight, penalty, offset)
    for _ in range(_STEPS):
        p = logistic(offset + columns @ beta)
        slope = columns.T @ (weight * (y - p)) - penalty * beta
        curve = (columns * (weight * p * (1 - p))[:, None]).T @ columns + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        tried = _objective(beta + step, columns, y, weight, penalty, offset)
        while tried < value and np.abs(step).max() > _SMALL:
            step /= 2
            tried = _objective(beta + step, columns, y, weight, penalty, offset)
        beta, value = beta + step, tried
        if np.abs(step).max() < _SMALL:
            break
    return beta


def _objective(
    beta: Floats, x: Floats, y: Floats, weight: Floats, penalty: Floats, offset: Floats | float
) -> float:
    z = offset + x @ beta
    return float(weight @ (y * z - np.logaddexp(0, z)) - 0.5 * penalty @ beta**2)


def chance(x: Floats, beta: Floats) -> Floats:
    """P(yes), shape (n,), of columns (n, p) under coefficients (p + 1,)."""
    return logistic(with_intercept(x) @ beta)
