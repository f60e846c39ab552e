"""The past calls that are nearest to a question in what the model weighs."""

from __future__ import annotations

from datetime import date

import numpy as np

from foedus.catalog.facts import Facts
from foedus.domain.assessments import SimilarCall
from foedus.domain.rungs import Rung, RungRange
from foedus.reliability.explain import parts
from foedus.reliability.ordered import Floats
from foedus.reliability.stored import Past
from foedus.reliability.two_level import Trained

SHOWN = 5


def similar_calls(
    facts: Facts, model: Trained, x: Floats, weight: Floats, past: Past, names: dict[str, str]
) -> tuple[SimilarCall, ...]:
    """The five nearest past cases, one for each call, nearest first; open outcomes are left out."""
    here = weight @ parts(model, x)
    distance = np.sqrt(((parts(model, past.x) - here) ** 2).sum(axis=1))
    chosen: dict[str, int] = {}
    for row in np.argsort(distance, kind="stable"):
        if past.high[row] - past.low[row] > 1 or str(past.call[row]) in chosen:
            continue
        chosen[str(past.call[row])] = int(row)
        if len(chosen) == SHOWN:
            break
    titles = {call.id: call.name for call in facts.calls(ids=list(chosen))} if chosen else {}
    return tuple(
        SimilarCall(
            call=call,
            name=titles.get(call, call),
            started=date.fromordinal(int(past.day[row])),
            guarantor=(giver := str(past.guarantor[row])),
            guarantor_name=names.get(giver, giver),
            beneficiary=(receiver := str(past.beneficiary[row])),
            beneficiary_name=names.get(receiver, receiver),
            delivered=RungRange(low=Rung(int(past.low[row])), high=Rung(int(past.high[row]))),
            distance=float(distance[row]),
        )
        for call, row in chosen.items()
    )
