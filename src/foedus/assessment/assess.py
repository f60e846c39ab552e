"""Assess one pair: if the beneficiary is attacked, what does the guarantor deliver?"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from foedus.assessment.capacity import capacity
from foedus.assessment.evidence import evidence, no_evidence
from foedus.assessment.headline import headline
from foedus.assessment.limits import limits
from foedus.assessment.parties import Parties, parties
from foedus.assessment.promise import promise
from foedus.assessment.reading import Progress, read_into
from foedus.catalog.actors import ActorIndex
from foedus.catalog.facts import Facts, Overlay
from foedus.domain.assessments import Assessment, Evidence
from foedus.domain.dates import parse_day
from foedus.errors import DateError
from foedus.record.history import actor_names, record
from foedus.reliability.forecast import forecast
from foedus.workspace.assessments import SavedAssessment
from foedus.workspace.store import Workspace


def assess(
    guarantor: str,
    beneficiary: str,
    *,
    challenger: str | None = None,
    as_of: date | str | None = None,
    read: Sequence[str | Path] = (),
    workspace: str | Path | None = None,
    progress: Progress | None = None,
    overlay: Overlay | None = None,
) -> Assessment:
    """The sourced, dated assessment of one pair, as known on `as_of` (default: today).

    `read` names files and folders that go into the workspace first; every document there
    that was published by `as_of` is used. The assessment is saved in the workspace when that
    exists or is named here, or when documents are read. `overlay` holds the user's own
    commitments, calls and responses.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: a pair that has no answer; the message says why.
        DateError: `as_of` is not a date, lies in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    from foedus import __version__

    today = date.today()
    facts = Facts(as_of=_day(as_of, today), overlay=overlay)
    sides = parties(facts, ActorIndex(facts.connection), guarantor, beneficiary, challenger)
    names = actor_names(facts)
    promised = promise(facts, sides)
    predicted = forecast(
        facts, sides.guarantor, sides.beneficiary, sides.challenger, promised.in_force, names
    )
    key = uuid4().hex
    cite = (
        f"Foedus {__version__}, catalog {facts.version}: assessment {key[:8]} of"
        f" {sides.guarantor.name} and {sides.beneficiary.name} as of {facts.as_of}."
    )
    with _opened(workspace, read) as desk:
        coded = no_evidence() if desk is None else _evidence(desk, sides, facts, read, progress)
        result = Assessment(
            foedus_version=__version__,
            catalog_version=facts.version,
            id=key,
            created=datetime.now(UTC),
            as_of=facts.as_of,
            guarantor=sides.guarantor,
            beneficiary=sides.beneficiary,
            challenger=sides.challenger,
            headline=headline(sides, promised, predicted),
            promise=promised,
            record=record(facts, sides.givers, sides.beneficiary.id, names),
            forecast=predicted,
            no_forecast=None,
            evidence=coded,
            capacity=capacity(facts, sides, names),
            limits=limits(facts, cite, documents=bool(coded.documents)),
            names=names,
        )
        if desk is not None:
            desk.save_assessment(_saved(result))
    return result


def _opened(
    workspace: str | Path | None, read: Sequence[str | Path]
) -> AbstractContextManager[Workspace | None]:
    """The workspace, where one is named, has documents to take, or is there already."""
    if workspace is None and not read and not Workspace.exists(None):
        return nullcontext()
    return Workspace.open(workspace)


def _day(as_of: date | str | None, today: date) -> date:
    day = today if as_of is None else parse_day(as_of) if isinstance(as_of, str) else as_of
    if day > today:
        raise DateError(f"{day} is in the future; an assessment is as of {today} or earlier.")
    return day


def _evidence(
    desk: Workspace,
    sides: Parties,
    facts: Facts,
    read: Sequence[str | Path],
    progress: Progress | None,
) -> Evidence:
    paths = [Path(path) for path in read]
    failures = read_into(desk, paths, progress).failures if paths else ()
    return evidence(desk, sides, facts.as_of, date.today(), failures)


def _saved(result: Assessment) -> SavedAssessment:
    """The assessment as it is kept: whole, but for past calls with others than this beneficiary.

    Those follow from the guarantor, the day and the catalog's version, which are kept.
    """
    payload = result.model_dump(mode="json", exclude={"record": {"calls"}})
    payload["record"]["calls"] = []
    return SavedAssessment(
        id=result.id,
        created=result.created,
        as_of=result.as_of,
        guarantor=result.guarantor.id,
        beneficiary=result.beneficiary.id,
        challenger=None if result.challenger is None else result.challenger.id,
        schema_version=result.schema_version,
        payload=payload,
    )
