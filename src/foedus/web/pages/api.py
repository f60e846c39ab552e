"""The JSON API: the same objects as the Python API, described at /api/v1/openapi.json."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from foedus.domain.assessments import Assessment
from foedus.domain.claims import Claim
from foedus.domain.fulfilment import GuarantorRecord, RateLine
from foedus.domain.jobs import Job
from foedus.domain.networks import Network, TieKind
from foedus.domain.profiles import ActorProfile, CallProfile
from foedus.domain.questions import Questions
from foedus.domain.ranking import Ranking
from foedus.domain.reviews import ClaimChange, ClaimState, ReviewAction, ReviewQueue, StaleClaim
from foedus.domain.watch import WatchList
from foedus.record.rules import BERKEMEIER_FUHRMANN_2018, FOEDUS_RUNG
from foedus.web.answers import answer
from foedus.web.desk import desk_of
from foedus.web.json_bodies import kept_json
from foedus.web.urlstate import UrlState
from foedus.web.views import network as network_view
from foedus.workspace.library import DocumentPage
from foedus.workspace.quarantine import Quarantined

router = APIRouter(prefix="/api/v1", tags=["v1"])
Name = Annotated[str, Path(min_length=1, max_length=100)]
AsOf = Annotated[date | None, Query(description="As known on this day; today unless given.")]


class Fault(BaseModel):
    """What was wrong, and how to mend it."""

    error: str


_FAULTS: dict[int | str, dict[str, Any]] = {
    status: {"model": Fault} for status in (400, 403, 404, 409, 422, 503)
}


class Decision(BaseModel):
    """One review of a claim: the action, the version seen, and who decides."""

    action: ReviewAction | Literal["undo"]
    seen: int = Field(ge=1, le=2**31 - 1)
    by: str = Field(min_length=1, max_length=60)
    changes: dict[str, object] = {}
    into: str | None = Field(default=None, max_length=100)
    note: str | None = Field(default=None, max_length=500)


def _day(as_of: date | None) -> date:
    from foedus.assessment.days import as_of_day

    return as_of_day(as_of)


@router.get("/assessments/{guarantor}/{beneficiary}", response_model=Assessment, responses=_FAULTS)
def assessment(
    request: Request,
    guarantor: Name,
    beneficiary: Name,
    as_of: AsOf = None,
    challenger: Annotated[str | None, Query(max_length=100)] = None,
    rule: Annotated[str, Query(max_length=60)] = FOEDUS_RUNG.name,
) -> Response:
    """The assessment of one pair, as `foedus.assess` gives it; it is not saved."""
    result = answer(desk_of(request), guarantor, beneficiary, _day(as_of), challenger, rule)
    return kept_json(request, result.id, lambda: result)


@router.get("/watch-list", response_model=WatchList, responses=_FAULTS)
def watch_list(request: Request, as_of: AsOf = None) -> Response:
    """Every commitment in force by risk, as `foedus.watch_list` gives them."""
    from foedus.web.pages.watch_list import watched

    desk, day = desk_of(request), _day(as_of)
    key = ("watch list", day, desk.own_rows)
    return kept_json(request, key, lambda: watched(desk, day).list)


@router.get("/actors/{actor}", response_model=ActorProfile, responses=_FAULTS)
def actor(request: Request, actor: Name, as_of: AsOf = None) -> Response:
    """One actor: promises, power, load, as `foedus.actor_profile` gives it."""
    from foedus.web.pages.actor import profile

    desk, day = desk_of(request), _day(as_of)
    key = ("actor", actor, day, desk.own_rows)
    return kept_json(request, key, lambda: profile(desk, actor, day))


@router.get("/actors/{actor}/record", response_model=GuarantorRecord, responses=_FAULTS)
def record(
    request: Request,
    actor: Name,
    as_of: AsOf = None,
    rule: Annotated[str, Query(max_length=60)] = FOEDUS_RUNG.name,
) -> Response:
    """What one guarantor owed and delivered, as `foedus.record` gives it."""
    from foedus.assessment.record_query import record as record_of

    desk, day = desk_of(request), _day(as_of)
    return kept_json(
        request,
        ("record", actor, rule, day, desk.own_rows),
        lambda: record_of(actor, rule=rule, as_of=day, workspace=desk.where),
    )


@router.get("/rates", responses=_FAULTS)
def rates(
    request: Request,
    by: Annotated[str, Query(max_length=60, description="Groups, with commas.")] = "",
    rule: Annotated[str, Query(max_length=60)] = BERKEMEIER_FUHRMANN_2018.name,
    coding: Annotated[str | None, Query(max_length=60)] = None,
    as_of: AsOf = None,
) -> list[RateLine]:
    """Honoured and due under a rule, by group, as `foedus.rates` gives them."""
    from foedus.assessment.record_query import rates as rates_of

    desk, day = desk_of(request), _day(as_of)
    return desk.kept(
        ("rates", by, rule, coding, day, desk.own_rows),
        lambda: rates_of(by, rule=rule, coding=coding, as_of=day, workspace=desk.where),
    )


@router.get("/rank", responses=_FAULTS)
def rank(
    request: Request,
    guarantor: Annotated[str | None, Query(max_length=100)] = None,
    beneficiary: Annotated[str | None, Query(max_length=100)] = None,
    everyone: bool = False,
    as_of: AsOf = None,
) -> Ranking:
    """One actor's commitments, or everyone's, by risk, as `foedus.rank` gives them."""
    from foedus.assessment.rank_query import rank as ranked

    desk, day = desk_of(request), _day(as_of)
    return desk.kept(
        ("rank", guarantor, beneficiary, everyone, day, desk.own_rows),
        lambda: ranked(guarantor, beneficiary, everyone=everyone, as_of=day, workspace=desk.where),
    )


@router.get("/calls/{call:path}", responses=_FAULTS)
def call(request: Request, call: Name, as_of: AsOf = None) -> CallProfile:
    """One call: who was asked, owed and came, as `foedus.call_profile` gives it."""
    from foedus.web.pages.call import profile

    return profile(desk_of(request), call, _day(as_of))


@router.get("/network/{actor}", responses=_FAULTS)
def network(
    request: Request,
    actor: Name,
    as_of: AsOf = None,
    kind: Annotated[list[TieKind] | None, Query()] = None,
    rings: Annotated[int, Query(ge=1, le=2)] = 1,
) -> Network:
    """The network around one actor, as `foedus.network` gives it."""
    pairs = [("actor", actor), ("as_of", _day(as_of).isoformat()), ("rings", str(rings))]
    pairs += [("kind", one) for one in kind or ()]
    return network_view.asked(desk_of(request), UrlState("/network", tuple(pairs)))[1]


@router.get("/questions", responses=_FAULTS)
def questions(request: Request) -> Questions:
    """Every stored forecast and the running scores, as `foedus.questions` gives them."""
    from foedus.assessment.question import asked_in

    return asked_in(desk_of(request).workspace)


@router.get("/quarantine", responses=_FAULTS)
def quarantine(request: Request) -> list[Quarantined]:
    """What could not be read and why, as `foedus.quarantine` gives it."""
    return desk_of(request).workspace.quarantined()


@router.get("/documents", responses=_FAULTS)
def documents(
    request: Request,
    words: Annotated[str, Query(max_length=100)] = "",
    skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> DocumentPage:
    """The documents of the workspace, newest reading first."""
    return desk_of(request).workspace.library.page(words, skip=skip, limit=limit)


@router.get("/documents/{document}/claims", responses=_FAULTS)
def claims(request: Request, document: Name, abstained: bool = False) -> list[Claim]:
    """The claims of one document in order of place; empty for a document that is not there."""
    return desk_of(request).workspace.claims(document, include_abstained=abstained)


@router.get("/claims", responses=_FAULTS)
def queue(
    request: Request,
    after: Annotated[str | None, Query(max_length=300)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> ReviewQueue:
    """Claims that nobody has decided on; `after` is the key that the page before gave."""
    return desk_of(request).workspace.queue(after=after, limit=limit)


@router.get("/claims/{claim}", responses=_FAULTS)
def claim(request: Request, claim: Name) -> ClaimState:
    """One claim with the version that a reviewer must name."""
    return desk_of(request).workspace.claim(claim)


@router.get("/claims/{claim}/history", responses=_FAULTS)
def history(request: Request, claim: Name) -> list[ClaimChange]:
    """Every change of one claim, oldest first."""
    return desk_of(request).workspace.history(claim)


@router.post("/claims/{claim}/review", responses=_FAULTS)
def review(request: Request, claim: Name, decision: Decision) -> ClaimState:
    """Decide on a claim; 409 where somebody changed it since the version seen."""
    from fastapi import HTTPException

    workspace = desk_of(request).workspace
    try:
        if decision.action == "undo":
            return workspace.undo(claim, seen=decision.seen, by=decision.by, note=decision.note)
        return workspace.review(
            claim,
            decision.action,
            seen=decision.seen,
            by=decision.by,
            changes=decision.changes,
            into=decision.into,
            note=decision.note,
        )
    except StaleClaim as stale:
        raise HTTPException(409, str(stale)) from stale


@router.get("/jobs", responses=_FAULTS)
def jobs(request: Request, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> list[Job]:
    """The newest jobs."""
    return desk_of(request).workspace.jobs.recent(limit)


@router.get("/jobs/{job}", responses=_FAULTS)
def job(request: Request, job: Name) -> Job:
    """One job, with its result when it is done."""
    return desk_of(request).workspace.jobs.get(job)
