"""How far coders agree: alpha for what they coded and for where they saw it, with intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from foedus.domain.claims import Claim
from foedus.domain.frozen import Frozen
from foedus.domain.reviews import BlindDecision
from foedus.errors import InputError
from foedus.evidence.krippendorff import Disagreement, Span, relevance, unitising
from foedus.workspace.store import Workspace

DRAWS = 500
Alphas = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From how often each document is drawn, (draws, documents), to one alpha a draw."""
_FIELDS: Mapping[str, Callable[[Claim], str]] = {
    "act": lambda claim: claim.act,
    "polarity": lambda claim: claim.polarity,
    "source": lambda claim: " ".join(sorted(claim.source)),
    "target": lambda claim: " ".join(sorted(claim.target)),
    "support": lambda claim: " ".join(sorted(claim.support)),
    "modality": lambda claim: claim.modality,
    "event type": lambda claim: claim.event_type or "",
    "attribution": lambda claim: claim.attribution.kind,
    "time": lambda claim: claim.time or "",
    "reliability": lambda claim: claim.reliability,
    "credibility": lambda claim: str(claim.credibility),
}


class Alpha(Frozen):
    """One coefficient with the 95% interval of a bootstrap over documents.

    `units` counts claims with two or more values (nominal) or spans (unitising, relevance).
    `alpha` is null where nothing varies, `low` and `high` with fewer than two documents.
    """

    what: str
    form: Literal["nominal", "unitising", "relevance"]
    alpha: float | None
    low: float | None
    high: float | None
    units: int
    documents: int


class Agreement(Frozen):
    """Agreement of `coders`; `left_out` claims were not decided by everybody at work there."""

    coders: tuple[str, ...]
    blind: str | None
    documents: int
    claims: int
    left_out: int
    alphas: tuple[Alpha, ...]


@dataclass
class _Document:
    """One document's spans by coder, each with its act, and values by field and claim."""

    length: int
    spans: dict[str, list[tuple[Span, str]]] = field(default_factory=lambda: defaultdict(list))
    values: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))


def agreement(
    workspace: str | Path | None = None,
    *,
    blind: str | None = None,
    coders: Sequence[str] = (),
    draws: int = DRAWS,
    seed: int = 0,
) -> Agreement:
    """Agreement of the reviewers of a blind round, or of `coders` on where claims stand.

    With neither, the one blind round that the workspace holds.

    Raises:
        InputError: no such round, several rounds and none named, or fewer than two coders.
    """
    with Workspace.open(workspace) as desk:
        if coders:
            if blind is not None or len(set(coders)) < 2:
                raise InputError("Name two coders or more, or one blind round; not both.")
            return _of_coders(desk, tuple(dict.fromkeys(coders)), draws, seed)
        return agreement_of_round(desk, _round(desk, blind), draws=draws, seed=seed)


def _round(desk: Workspace, blind: str | None) -> str:
    rounds = desk.blind_rounds()
    if blind is None and len(rounds) == 1:
        return rounds[0]
    if blind is None or blind not in rounds:
        held = ", ".join(map(repr, rounds)) or "none"
        asked = "Name a blind round." if blind is None else f"No blind round {blind!r}."
        raise InputError(f"{asked} The workspace holds {held}.")
    return blind


def agreement_of_round(
    desk: Workspace, blind: str, *, draws: int = DRAWS, seed: int = 0
) -> Agreement:
    """Agreement of the reviewers of one blind round of an open workspace.

    Raises:
        InputError: fewer than two reviewers decided in it.
    """
    decided: dict[str, dict[str, dict[str, BlindDecision]]] = defaultdict(lambda: defaultdict(dict))
    reviewers: set[str] = set()
    for one in desk.blind_decisions(blind):
        if one.action not in ("note", "grade"):
            decided[one.claim.doc][one.claim_id][one.by] = one
            reviewers.add(one.by)
    if len(reviewers) < 2:
        raise InputError(
            f"Round {blind!r} holds decisions of {len(reviewers)} reviewer. Agreement needs two."
        )
    documents, left_out, claims = [], 0, 0
    for key, by_claim in sorted(decided.items()):
        at_work = {by for answers in by_claim.values() for by in answers}
        both = {claim: one for claim, one in by_claim.items() if set(one) == at_work}
        left_out += len(by_claim) - (len(both) if len(at_work) > 1 else 0)
        if len(at_work) < 2 or not both:
            continue
        claims += len(both)
        documents.append(_document(len(desk.document(key).text), at_work, list(both.values())))
    rows = [_nominal("kept or rejected", "kept", documents, draws, seed)]
    rows += [_nominal(name, name, documents, draws, seed) for name in _FIELDS]
    return Agreement(
        coders=tuple(sorted(reviewers)),
        blind=blind,
        documents=len(documents),
        claims=claims,
        left_out=left_out,
        alphas=(*rows, *_spans(documents, draws, seed)),
    )


def _document(
    length: int, reviewers: set[str], claims: Sequence[Mapping[str, BlindDecision]]
) -> _Document:
    found = _Document(length)
    for by in sorted(reviewers):
        found.spans[by] = []
    for answers in claims:
        kept = [(by, one.claim) for by, one in sorted(answers.items()) if one.action != "reject"]
        found.values["kept"].append([str(one.action != "reject") for one in answers.values()])
        for by, claim in kept:
            found.spans[by].append(((claim.start, claim.end), claim.act))
        for name, value in _FIELDS.items():
            found.values[name].append([value(claim) for _, claim in kept])
    return found


def _of_coders(desk: Workspace, coders: tuple[str, ...], draws: int, seed: int) -> Agreement:
    documents, claims = [], 0
    for key, length in desk.coded_by_all(coders):
        one = _Document(length)
        for coder in coders:
            one.spans[coder] = []
        for claim in desk.claims(key):
            if claim.coder in coders:
                claims += 1
                one.spans[claim.coder].append(((claim.start, claim.end), claim.act))
        documents.append(one)
    if not documents:
        raise InputError(f"No document was coded by all of {', '.join(coders)}.")
    return Agreement(
        coders=coders,
        blind=None,
        documents=len(documents),
        claims=claims,
        left_out=0,
        alphas=_spans(documents, draws, seed),
    )


def _nominal(what: str, name: str, documents: Sequence[_Document], draws: int, seed: int) -> Alpha:
    """Nominal alpha from sums over documents: pairs that differ, and counts of each value."""
    rows = [[values for values in one.values[name] if len(values) > 1] for one in documents]
    names = sorted({value for row in rows for values in row for value in values})
    at = {value: place for place, value in enumerate(names)}
    differ = np.zeros(len(rows))
    counts = np.zeros((len(rows), len(names)))
    for place, row in enumerate(rows):
        for values in row:
            tally = np.bincount([at[value] for value in values], minlength=len(names))
            counts[place] += tally
            differ[place] += (len(values) ** 2 - float(tally @ tally)) / (len(values) - 1)

    def alphas(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        totals = weights @ counts
        n = totals.sum(axis=1)
        expected = (n**2 - (totals**2).sum(axis=1)) / np.maximum(n - 1, 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(expected > 0, 1 - weights @ differ / expected, np.nan)

    return _row(what, "nominal", alphas, len(rows), sum(map(len, rows)), draws, seed)


def _spans(documents: Sequence[_Document], draws: int, seed: int) -> tuple[Alpha, ...]:
    units = sum(len(spans) for one in documents for spans in one.spans.values())

    def each(
        of: Callable[[Sequence[_Document]], Disagreement],
    ) -> Callable[..., NDArray[np.float64]]:
        def alphas(weights: NDArray[np.float64]) -> NDArray[np.float64]:
            found = []
            for row in weights.astype(int):
                drawn = [
                    one for one, times in zip(documents, row, strict=True) for _ in range(times)
                ]
                alpha = of(drawn).alpha
                found.append(np.nan if alpha is None else alpha)
            return np.array(found)

        return alphas

    return (
        _row("spans, by act", "unitising", each(_unitising), len(documents), units, draws, seed),
        _row("spans, any act", "relevance", each(_relevance), len(documents), units, draws, seed),
    )


def _unitising(documents: Sequence[_Document]) -> Disagreement:
    acts = {act for one in documents for spans in one.spans.values() for _, act in spans}
    parts = [_continuum(documents, act) for act in sorted(acts)]
    found = [unitising(rows, length) for rows, length in parts]
    return Disagreement(sum(one.observed for one in found), sum(one.expected for one in found))


def _relevance(documents: Sequence[_Document]) -> Disagreement:
    rows, length = _continuum(documents, None)
    return relevance(rows, length)


def _continuum(documents: Sequence[_Document], act: str | None) -> tuple[list[list[Span]], int]:
    """The documents laid end to end, one row of spans a coder."""
    coders = sorted({coder for one in documents for coder in one.spans})
    rows: list[list[Span]] = [[] for _ in coders]
    place = 0
    for one in documents:
        for row, coder in zip(rows, coders, strict=True):
            row += [
                (start + place, end + place)
                for (start, end), what in one.spans.get(coder, ())
                if act is None or what == act
            ]
        place += one.length
    return rows, place


def _row(
    what: str,
    form: Literal["nominal", "unitising", "relevance"],
    alphas: Alphas,
    documents: int,
    units: int,
    draws: int,
    seed: int,
) -> Alpha:
    if not documents:
        return Alpha(what=what, form=form, alpha=None, low=None, high=None, units=0, documents=0)
    point = float(alphas(np.ones((1, documents)))[0])
    low = high = None
    if documents > 1 and draws:
        shares = np.full(documents, 1 / documents)
        weights = np.random.default_rng(seed).multinomial(documents, shares, size=draws)
        found = alphas(weights.astype(np.float64))
        found = found[~np.isnan(found)]
        if found.size:
            low, high = (float(end) for end in np.quantile(found, (0.025, 0.975)))
    return Alpha(
        what=what, form=form, alpha=None if np.isnan(point) else point, low=low, high=high,
        units=units, documents=documents,
    )  # fmt: skip
