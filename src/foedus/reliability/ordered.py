r"""The ordered model: five rungs on one latent scale, seen through imperfect sources.

$$P(R_i \ge k) = 1 - F(c_k - \eta_i), \qquad \eta_i = x_i'\beta, \qquad F(z) = 1 / (1 + e^{-z})$$

A source need not tell the rung. $a_{ik} = P(\text{what was recorded} \mid R_i = k)$ holds what it
tells; a range of rungs is the case of ones and zeros. With $b_{ij} = a_{i,j-1} - a_{ij}$,

$$L_i = a_{i4} + \sum_{j=1}^{4} b_{ij} F(c_j - \eta_i), \qquad
  \ell(\beta, c) = \sum_i w_i \log L_i - \tfrac12 \sum_p \beta_p^2 / s_p^2,$$

maximised by damped Newton steps; draws come from the Laplace approximation at the maximum.

Source: cumulative logits as in McCullagh 1980, JRSS B 42:109-142; ranges as interval censoring
(Turnbull 1976, JRSS B 38:290-295); normal priors as partial pooling (Gelman et al. 2013, ch. 5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

RUNGS = 5
CUTS = RUNGS - 1
_TINY = 1e-12
_CUT_SCALE = 5.0
"""Prior scale of the thresholds: wide, so that data without some rung still give an answer."""
PSEUDO = 0.1
"""Weight of one case of each rung added to the data, so that no two thresholds meet."""
_START = np.array([-1.0, 0.0, 1.0, 2.0])


@dataclass(frozen=True)
class Fitted:
    """Thresholds (4,), coefficients (p,) and the covariance of both, shape (4 + p, 4 + p)."""

    cuts: Floats
    beta: Floats
    covariance: Floats
    log_likelihood: float
    steps: int

    def draws(self, number: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Thresholds (number, 4) and coefficients (number, p), thresholds kept in order."""
        mean = np.concatenate([self.cuts, self.beta])
        root = np.linalg.cholesky(self.covariance + 1e-10 * np.eye(len(mean)))
        drawn = mean + rng.standard_normal((number, len(mean))) @ root.T
        return np.sort(drawn[:, :CUTS], axis=1), drawn[:, CUTS:]


def logistic(z: Floats) -> Floats:
    """F(z), without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * z)))


def rung_probabilities(cuts: Floats, eta: Floats) -> Floats:
    """Probabilities (..., 5) of the rungs from thresholds (..., 4) and latent values (...)."""
    below = logistic(cuts - eta[..., None])
    ends = np.zeros((*below.shape[:-1], 1))
    return np.diff(np.concatenate([ends, below, ends + 1], axis=-1), axis=-1)


def seen_in_range(low: npt.NDArray[np.int64], high: npt.NDArray[np.int64]) -> Floats:
    """The observation matrix (n, 5) of rungs known to lie between `low` and `high`."""
    rungs = np.arange(RUNGS)
    return ((rungs >= low[:, None]) & (rungs <= high[:, None])).astype(np.float64)


def fit(
    x: Floats,
    seen: Floats,
    weight: Floats,
    scale: Floats,
    start: Fitted | None = None,
    tolerance: float = 1e-5,
    most_steps: int = 60,
) -> Fitted:
    """Maximum of the penalised likelihood; x (n, p), seen (n, 5), weight (n,), scale (p,).

    Raises:
        FloatingPointError: the likelihood is not finite at the start.
    """
    x = np.vstack([x, np.zeros((RUNGS, x.shape[1]))])
    seen = np.vstack([seen, np.eye(RUNGS)])
    weight = np.concatenate([weight, np.full(RUNGS, PSEUDO)])
    b = seen[:, :-1] - seen[:, 1:]
    top = seen[:, -1]
    penalty = np.concatenate([np.full(CUTS, _CUT_SCALE**-2), scale**-2.0])
    at = (
        np.concatenate([_START, np.zeros(x.shape[1])])
        if start is None
        else np.concatenate([start.cuts, start.beta])
    )
    value = _objective(at, x, b, top, weight, penalty)
    if not np.isfinite(value):
        raise FloatingPointError("the likelihood is not finite at the start")
    damping = 0.0
    for steps in range(1, most_steps + 1):  # noqa: B007
        gradient, information = _slopes(at, x, b, top, weight, penalty)
        while True:
            step = np.linalg.solve(information + damping * np.diag(np.diag(information)), gradient)
            tried = at + step
            if (np.diff(tried[:CUTS]) > 0).all():
                better = _objective(tried, x, b, top, weight, penalty)
                if better >= value - 1e-9:
                    break
            damping = max(4 * damping, 1e-3)
            if damping > 1e8:
                tried, better = at, value
                break
        gain, at, value = better - value, tried, better
        damping = damping / 10 if damping > 1e-6 else 0.0
        if gain < tolerance:
            break
    _, information = _slopes(at, x, b, top, weight, penalty)
    covariance = np.linalg.inv(information)
    return Fitted(at[:CUTS], at[CUTS:], (covariance + covariance.T) / 2, float(value), steps)


def _objective(
    at: Floats, x: Floats, b: Floats, top: Floats, weight: Floats, penalty: Floats
) -> float:
    z = at[:CUTS] - (x @ at[CUTS:])[:, None]
    likelihood = top + np.einsum("ij,ij->i", b, logistic(z))
    return float(weight @ np.log(np.maximum(likelihood, _TINY)) - 0.5 * penalty @ at**2)


def _slopes(
    at: Floats, x: Floats, b: Floats, top: Floats, weight: Floats, penalty: Floats
) -> tuple[Floats, Floats]:
    """Gradient and negative Hessian of the penalised likelihood.

    Where a row's curvature in the latent value is negative, as sources that miss some of what
    was given can make it, the outer product of its gradient stands in, which never is.
    """
    f = logistic(at[:CUTS] - (x @ at[CUTS:])[:, None])
    density = f * (1 - f)
    likelihood = np.maximum(top + np.einsum("ij,ij->i", b, f), _TINY)
    g = b * density / likelihood[:, None]
    own = b * density * (1 - 2 * f) / likelihood[:, None]
    curve = g[:, :, None] * g[:, None, :]
    whole = curve.copy()
    whole[:, np.arange(CUTS), np.arange(CUTS)] -= own
    bad = whole.sum(axis=(1, 2)) < 0
    whole[bad] = curve[bad]
    whole *= weight[:, None, None]
    side = whole.sum(axis=2)
    p = x.shape[1]
    information = np.empty((CUTS + p, CUTS + p))
    information[:CUTS, :CUTS] = whole.sum(axis=0)
    cross = -(side.T @ x)
    information[:CUTS, CUTS:] = cross
    information[CUTS:, :CUTS] = cross.T
    information[CUTS:, CUTS:] = x.T @ (x * side.sum(axis=1)[:, None])
    information[np.arange(CUTS + p), np.arange(CUTS + p)] += penalty
    weighted = weight[:, None] * g
    gradient = np.concatenate([weighted.sum(axis=0), -(x.T @ weighted.sum(axis=1))]) - penalty * at
    return gradient, information
