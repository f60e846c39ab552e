r"""do(call): how far the answer moves if being called and being supported go together.

Challengers test promises that look weak to them, so past calls are not a random sample of
commitments. With correlation $\rho$ between the unseen causes of a call and those of support,
cases that were called have a latent value shifted by $\rho \lambda \sigma$, where
$\lambda = \phi(\Phi^{-1}(1 - p)) / p$ is the mean of a standard normal above its $1 - p$
quantile, p the share of commitments called in a year and $\sigma = \pi / \sqrt 3$ the logistic
deviation. do(call) takes the shift off again. $\rho$ is not identified by past calls: the range
is judgement.

Source: Heckman 1979, Econometrica 47:153-161; Fearon 2002, International Interactions 28:5-29.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from foedus.catalog.facts import Facts
from foedus.domain.assessments import IfTested
from foedus.domain.rungs import Rung
from foedus.reliability.ordered import Floats
from foedus.reliability.two_level import Trained, over_calls

CORRELATIONS = (-0.2, 0.0, 0.2)
CALLED_A_YEAR = 0.05
"""Share of commitments that a call tests in a year: about one beneficiary in twenty."""


def shift(correlation: float) -> float:
    """What do(call) adds to the latent value under one correlation."""
    normal = NormalDist()
    mean_above = normal.pdf(normal.inv_cdf(1 - CALLED_A_YEAR)) / CALLED_A_YEAR
    return -correlation * mean_above * float(np.pi / np.sqrt(3))


def if_tested(model: Trained, x: Floats, weight: Floats) -> tuple[IfTested, ...]:
    """P(material or more) and P(forces) under each correlation; x (n, f) weighted (n,)."""
    eta = model.columns(x) @ model.fitted.beta
    found = []
    for correlation in CORRELATIONS:
        shares = weight @ over_calls(model.fitted.cuts, eta + shift(correlation), model.spread)
        found.append(
            IfTested(
                correlation=correlation,
                material=float(shares[Rung.MATERIAL :].sum()),
                forces=float(shares[Rung.FORCES]),
            )
        )
    return tuple(found)


def overlap(facts: Facts, guarantor: str, beneficiary: str) -> str | None:
    """A warning where no past call tested what this guarantor owes this beneficiary."""
    rows = facts.rows(
        "SELECT count(DISTINCT c.id) AS n FROM calls c JOIN commitments p"
        " ON p.guarantor = $guarantor AND p.beneficiary = c.beneficiary"
        " AND p.in_force_last <= c.started_last"
        " AND (p.ended_last IS NULL OR p.ended_last >= c.started_first)"
        " WHERE c.beneficiary = $beneficiary AND c.role = 'target' AND c.hostility >= 4",
        {"guarantor": guarantor, "beneficiary": beneficiary},
    )
    if rows[0]["n"]:
        return None
    return (
        "No past attack tested a commitment of this pair: the answer is carried over from"
        " other pairs alone."
    )
