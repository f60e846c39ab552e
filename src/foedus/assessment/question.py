"""Questions: store a dated forecast with its resolution rule, resolve it, score what is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

from foedus.assessment.review import reviewer_name
from foedus.domain.actors import in_prose
from foedus.domain.assessments import Assessment
from foedus.domain.questions import MODEL, OUTCOMES, Outcome, Question, Questions
from foedus.domain.rungs import Rung
from foedus.errors import InputError
from foedus.workspace.store import Workspace

RungName = Literal["words", "diplomatic", "material", "forces"]
RUNGS: dict[RungName, Rung] = {
    "words": Rung.WORDS,
    "diplomatic": Rung.DIPLOMATIC,
    "material": Rung.MATERIAL,
    "forces": Rung.FORCES,
}


def add(
    guarantor: str,
    beneficiary: str,
    *,
    rung: RungName = "material",
    days: int = 365,
    probability: float | None = None,
    challenger: str | None = None,
    as_of: date | str | None = None,
    by: str | None = None,
    note: str | None = None,
    workspace: str | Path | None = None,
    mine: bool = True,
) -> Question:
    """Store a forecast: if the beneficiary is attacked within 12 months, is `rung` reached?

    The probability is the model's as of the day, unless one (0..1, ends excluded) is given:
    then the forecast is `by`'s, and the model's is kept beside it. Nothing changes it later.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: an unknown rung or window, a probability out of range, a pair for which
            the model has no forecast and none was given.
        DateError: `as_of` is not a date, lies in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    from foedus.assessment.assess import assess

    _refuse(rung, days, probability, by)
    found = assess(
        guarantor, beneficiary, challenger=challenger, as_of=as_of, workspace=workspace,
        mine=mine, save=False,
    )  # fmt: skip
    question = about(found, rung=rung, days=days, probability=probability, by=by, note=note)
    with Workspace.open(workspace) as desk:
        desk.questions.add(question)
    return question


def about(
    found: Assessment,
    *,
    rung: RungName = "material",
    days: int = 365,
    probability: float | None = None,
    by: str | None = None,
    note: str | None = None,
) -> Question:
    """The question that an assessment answers, not stored yet; arguments are as in `add`.

    Raises:
        InputError: as in `add`.
    """
    from foedus import __version__

    _refuse(rung, days, probability, by)
    person = None if probability is None else reviewer_name(by)
    from_model = _of_model(found, RUNGS[rung], days)
    given = from_model if probability is None else probability
    if given is None:
        raise InputError(
            f"{found.no_forecast or 'The model has no forecast for this pair.'} Or give your own"
            " (--probability)."
        )
    forecast = found.forecast
    return Question(
        id=uuid4().hex[:12],
        as_of=found.as_of,
        closes=_a_year_after(found.as_of),
        guarantor=found.guarantor.id,
        guarantor_name=found.guarantor.name,
        beneficiary=found.beneficiary.id,
        beneficiary_name=found.beneficiary.name,
        challenger=None if found.challenger is None else found.challenger.id,
        challenger_name=None if found.challenger is None else found.challenger.name,
        rung=RUNGS[rung],
        days=30 if days == 30 else 365,
        question=_words(found, RUNGS[rung], days),
        resolution_rule=_rule(found, RUNGS[rung], days),
        probability=given,
        by=person or MODEL,
        model=None if forecast is None else forecast.model,
        model_version=None if forecast is None else forecast.model_version,
        model_probability=from_model,
        catalog_version=found.catalog_version,
        foedus_version=__version__,
        note=note,
        created=datetime.now(UTC).replace(microsecond=0),
    )


def _refuse(rung: str, days: int, probability: float | None, by: str | None) -> None:
    """Raise for what no question can hold."""
    if rung not in RUNGS:
        raise InputError(f"Not a rung to ask about: {rung!r}. Give one of {', '.join(RUNGS)}.")
    if days not in (30, 365):
        raise InputError(f"The window is 30 or 365 days after an attack, received {days!r}.")
    if probability is not None and not 0 < probability < 1:
        raise InputError(
            f"A probability lies between 0 and 1, ends excluded, received {probability!r}:"
            " certainty cannot be scored when it fails. Give 0.99 or 0.01 for almost certain."
        )
    if by == MODEL:
        raise InputError(f"{MODEL!r} is the model's own name. Give your name.")


def resolve(
    key: str,
    outcome: Outcome,
    *,
    source: str | None = None,
    note: str | None = None,
    by: str | None = None,
    workspace: str | Path | None = None,
) -> Question:
    """Say how a question came out; an earlier resolution stays in its history.

    `key` is the question's id or its beginning. `void`: no attack began in time, or the pair
    ceased to exist.

    Raises:
        InputError: no such question, several, an unknown outcome, nobody who resolves.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    if outcome not in OUTCOMES:
        raise InputError(f"Not an outcome: {outcome!r}. Give one of {', '.join(OUTCOMES)}.")
    person = reviewer_name(by)
    _must_exist(workspace)
    with Workspace.open(workspace) as desk:
        return desk.questions.resolve(key, outcome, by=person, source=source, note=note)


def show(key: str, *, workspace: str | Path | None = None) -> Question:
    """One question with every resolution, by its id or the id's beginning.

    Raises:
        InputError: no such question, or several.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    _must_exist(workspace)
    with Workspace.open(workspace) as desk:
        return desk.questions.get(key)


def questions(*, workspace: str | Path | None = None) -> Questions:
    """Every question of the workspace, and the running Brier and log score with their N.

    Raises:
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    if not Workspace.exists(workspace):
        return _with_scores([])
    with Workspace.open(workspace) as desk:
        return asked_in(desk)


def asked_in(desk: Workspace) -> Questions:
    """`questions` of a workspace that is open."""
    return _with_scores(desk.questions.all())


def _with_scores(found: list[Question]) -> Questions:
    from foedus.reliability.question_scores import scores

    waiting = [one for one in found if one.resolution is None]
    return Questions(
        questions=tuple(found),
        scores=scores(found),
        open=len(waiting),
        overdue=sum(one.closes < date.today() for one in waiting),
        void=sum(one.resolution is not None and one.resolution.outcome == "void" for one in found),
    )


def _must_exist(workspace: str | Path | None) -> None:
    if not Workspace.exists(workspace):
        raise InputError(
            "There is no workspace yet, so no question. `foedus question add` stores one."
        )


def _of_model(found: Assessment, rung: Rung, days: int) -> float | None:
    """The model's probability of `rung` or more, kept off the ends, where no score is defined."""
    if found.forecast is None:
        return None
    year = next(one for one in found.forecast.windows if one.days == days)
    return min(max(year.rungs[rung].at_least.probability, 1e-6), 1 - 1e-6)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _words(found: Assessment, rung: Rung, days: int) -> str:
    giver, receiver = in_prose(found.guarantor.name), in_prose(found.beneficiary.name)
    attacker = "" if found.challenger is None else f" by {in_prose(found.challenger.name)}"
    more = "" if rung is Rung.FORCES else " or more"
    return (
        f"If {receiver} is attacked{attacker} after {found.as_of} and by"
        f" {_a_year_after(found.as_of)}, does support from {giver} reach {rung.label}{more}"
        f" within {days} days of the attack?"
    )


def _rule(found: Assessment, rung: Rung, days: int) -> str:
    attacker = "" if found.challenger is None else f" by {in_prose(found.challenger.name)}"
    more = "" if rung is Rung.FORCES else " or a higher rung"
    return (
        f"Yes: at least two independent reports show {rung.label}{more}, on the ladder nothing,"
        f" words, diplomatic action, material support, forces, within {days} days of the first use"
        f" of force in the first attack{attacker} that begins in that time, and before it ends."
        " No: the time has passed, or the attack has ended, without it. Void: no such attack"
        f" begins by {_a_year_after(found.as_of)}, or either state ceases to exist before one does."
    )
