"""A forecast before any statement, kept so that statements can move it again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.domain.assessments import Forecast
from foedus.reliability.evidence_update import Moves, tested_after, with_evidence
from foedus.reliability.ordered import Floats


@dataclass(frozen=True)
class Predicted:
    """The model's own forecast (its `windows` are the prior), and the draws (d, 5) by days."""

    prior: Forecast
    drawn: Mapping[int, Floats]

    def after(self, moves: Moves | None) -> Forecast:
        """The forecast once the reviewed statements have moved it; the prior where there is none.

        The draws stay as they are: the order of two calls does not show in either.
        """
        if moves is None:
            return self.prior
        windows, update = with_evidence(self.drawn, self.prior.windows, moves)
        return self.prior.model_copy(
            update={
                "windows": windows,
                "update": update,
                "if_tested": tuple(tested_after(one, moves) for one in self.prior.if_tested),
            }
        )
