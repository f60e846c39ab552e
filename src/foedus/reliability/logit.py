r"""A penalised logit with outcomes that may be uncertain: $y_i$ is the probability of a yes.

$$\ell(\beta) = \sum_i w_i [y_i \log p_i + (1 - y_i) \log (1 - p_i)]
  - \tfrac12 \sum_p \beta_p^2 / s_p^2, \qquad p_i = F(x_i'\beta),$$

maximised by Newton steps; the last coefficient is the intercept.

Source: ridge logit as in le Cessie and van Houwelingen 1992, Applied Statistics 41:191-201.
"""

from __future__ import annotations

import numpy as np

from foedus.reliability.ordered import Floats, logistic

_INTERCEPT_SCALE = 5.0
_STEPS = 60


def with_intercept(x: Floats) -> Floats:
    """Columns (n, p + 1), the last of them ones."""
    return np.hstack([x, np.ones((len(x), 1))])


def fit_logit(x: Floats, y: Floats, weight: Floats, scale: Floats) -> Floats:
    """Coefficients (p + 1,) of columns (n, p) under priors N(0, scale^2), scale (p,)."""
    columns = with_intercept(x)
    penalty = np.append(scale, _INTERCEPT_SCALE) ** -2.0
    beta = np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        p = logistic(columns @ beta)
        slope = columns.T @ (weight * (y - p)) - penalty * beta
        curve = (columns * (weight * p * (1 - p))[:, None]).T @ columns + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        beta = beta + step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def chance(x: Floats, beta: Floats) -> Floats:
    """P(yes), shape (n,), of columns (n, p) under coefficients (p + 1,)."""
    return logistic(with_intercept(x) @ beta)
