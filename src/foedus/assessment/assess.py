"""Assess one pair: if the beneficiary is attacked, what does the guarantor deliver?"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from foedus.assessment.days import as_of_day
from foedus.assessment.evidence import Found, evidence, no_evidence
from foedus.assessment.frame import Frame, assessed, frame
from foedus.assessment.pair_stress import pair_stress
from foedus.assessment.reading import Progress, paths_of, read_into
from foedus.catalog.facts import Facts, Overlay
from foedus.domain.assessments import Assessment
from foedus.record.rules import FOEDUS_RUNG
from foedus.workspace.assessments import SavedAssessment
from foedus.workspace.store import Workspace


def assess(
    guarantor: str,
    beneficiary: str,
    *,
    challenger: str | None = None,
    as_of: date | str | None = None,
    read: str | Path | Sequence[str | Path] = (),
    workspace: str | Path | None = None,
    mine: bool = True,
    rule: str = FOEDUS_RUNG.name,
    save: bool = True,
    progress: Progress | None = None,
    stress: bool = False,
) -> Assessment:
    """The sourced, dated assessment of one pair, as known on `as_of` (default: today).

    `read` names files and folders that go into the workspace first; every document there
    that was published by `as_of` is used. The assessment is saved in the workspace when that
    exists or is named here, or when documents are read, unless `save` is false. The workspace's
    own commitments, calls and responses lie over the catalog's, unless `mine` is false. `rule`
    names the fulfilment rule of the record's rates. With `stress` a small stress test is run
    first, an attack on the beneficiary; a later assessment of the same facts shows it again.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: a pair that has no answer; the message says why.
        DateError: `as_of` is not a date, lies in the future or before 1816.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    facts = Facts(as_of=as_of_day(as_of), overlay=_overlay(workspace, mine))
    return assess_on(
        facts, guarantor, beneficiary, challenger=challenger, read=read, workspace=workspace,
        rule=rule, save=save, progress=progress, stress=stress,
    )  # fmt: skip


def assess_on(
    facts: Facts,
    guarantor: str,
    beneficiary: str,
    *,
    challenger: str | None = None,
    read: str | Path | Sequence[str | Path] = (),
    workspace: str | Path | Workspace | None = None,
    rule: str = FOEDUS_RUNG.name,
    save: bool = True,
    progress: Progress | None = None,
    stress: bool = False,
) -> Assessment:
    """`assess` on facts that are open already; a workspace may be given open, and stays so.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: a pair that has no answer; the message says why.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    framed = frame(facts, guarantor, beneficiary, challenger, rule)
    if stress:
        pair_stress(facts, framed.sides)
    paths = paths_of(read)
    with _opened(workspace, paths) as desk:
        coded = no_evidence() if desk is None else _evidence(desk, framed, paths, progress)
        result = assessed(framed, coded)
        if desk is not None and save:
            desk.save_assessment(saved(result))
    return result


def _overlay(workspace: str | Path | None, mine: bool) -> Overlay:
    if not mine or not Workspace.exists(workspace):
        return Overlay()
    from foedus.assessment import register

    return register.overlay(workspace)


def _opened(
    workspace: str | Path | Workspace | None, paths: Sequence[Path | str]
) -> AbstractContextManager[Workspace | None]:
    """The workspace, where one is named, has documents to take, or is there already."""
    if isinstance(workspace, Workspace):
        return nullcontext(workspace)
    if workspace is None and not paths and not Workspace.exists(None):
        return nullcontext()
    return Workspace.open(workspace)


def _evidence(
    desk: Workspace, framed: Frame, paths: Sequence[Path | str], progress: Progress | None
) -> Found:
    failures = read_into(desk, paths, progress).failures if paths else ()
    return evidence(desk, framed.sides, framed.as_of, date.today(), failures)


def saved(result: Assessment) -> SavedAssessment:
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
