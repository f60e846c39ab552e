r"""Scores of resolved questions: Brier $(p - y)^2$ and logarithmic $\ln p_y$, with their N.

Source: Brier 1950, Monthly Weather Review 78:1-3; Good 1952, JRSS B 14:107-114.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log

from foedus.domain.questions import MODEL, Question, Scores


def scores(questions: Iterable[Question]) -> tuple[Scores, ...]:
    """Scores by forecaster, those stored after their day apart; void and open ones count nowhere.

    The model's own questions and its forecast beside a person's are scored together as
    `model`; beside each person stands `model, on NAME's questions`.
    """
    model: dict[bool, list[tuple[float, int]]] = defaultdict(list)
    people: dict[tuple[str, bool], list[tuple[float, int]]] = defaultdict(list)
    beside: dict[tuple[str, bool], list[tuple[float, int]]] = defaultdict(list)
    for one in questions:
        if one.resolution is None or one.resolution.outcome == "void":
            continue
        came = int(one.resolution.outcome == "yes")
        if one.model_probability is not None:
            model[one.backdated].append((one.model_probability, came))
        if one.by != MODEL:
            people[one.by, one.backdated].append((one.probability, came))
            if one.model_probability is not None:
                beside[one.by, one.backdated].append((one.model_probability, came))
    found = [score(MODEL, backdated, rows) for backdated, rows in sorted(model.items())]
    for (name, backdated), rows in sorted(people.items()):
        found.append(score(name, backdated, rows))
        if pairs := beside[name, backdated]:
            found.append(score(f"{MODEL}, on {name}'s questions", backdated, pairs))
    return tuple(found)


def score(forecaster: str, backdated: bool, rows: Sequence[tuple[float, int]]) -> Scores:
    """Mean scores of rows (probability in 0..1, 1 for yes)."""
    n, yes = len(rows), sum(came for _, came in rows)
    if not n:
        return Scores(
            forecaster=forecaster, backdated=backdated, n=0, yes=0,
            brier=None, log_score=None, base_brier=None,
        )  # fmt: skip
    return Scores(
        forecaster=forecaster,
        backdated=backdated,
        n=n,
        yes=yes,
        brier=sum((p - came) ** 2 for p, came in rows) / n,
        log_score=sum(log(p if came else 1 - p) for p, came in rows) / n,
        base_brier=(yes / n) * (1 - yes / n),
    )
