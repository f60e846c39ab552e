"""What the documents say of one pair: contradictions side by side, every statement to its words."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from foedus.report.sections.evidence import MAIN_KINDS, OTHER_KINDS
from foedus.web.answers import answer
from foedus.web.claim_views import claim_views
from foedus.web.desk import desk_of
from foedus.web.exporting import exported, formats
from foedus.web.render import page
from foedus.web.urlstate import UrlState
from foedus.web.views.evidence import pair_claims_view

router = APIRouter(include_in_schema=False)
_ENDS = ("guarantor", "beneficiary")


@router.get("/evidence/pair")
def pair_evidence(request: Request) -> Response:
    """The statements about the pair that the address names, or the form that asks for one."""
    desk, state = desk_of(request), UrlState.of(request)
    given = {key: state.get(key) or "" for key in _ENDS}
    if not all(given.values()):
        return page(
            request, "pair_evidence.html.jinja", title="What the documents say of a pair",
            result=None, given=given,
        )  # fmt: skip
    with desk.names() as actors:
        ids = {key: actors.resolve(name, on=None).id for key, name in given.items()}
    if ids != given:
        rest = [pair for pair in state.pairs if pair[0] not in _ENDS]
        return RedirectResponse(f"{state.path}?{urlencode([*ids.items(), *rest])}", 303)
    result = answer(desk, ids["guarantor"], ids["beneficiary"], state.as_of())
    evidence = result.evidence
    if file := exported(request, lambda: pair_claims_view(request, result)):
        return file
    order = (*MAIN_KINDS, *OTHER_KINDS)
    groups = sorted(evidence.groups, key=lambda group: order.index(group.kind))
    states = desk.workspace.claim_states(
        claim.claim_id for group in groups for row in group.clusters for claim in row.claims
    )
    views = {view.claim.claim_id: view for view in claim_views(desk, states.values())}
    clusters = {row.cluster.id: row for group in groups for row in group.clusters}
    return page(
        request, "pair_evidence.html.jinja",
        title=f"What the documents say: {result.guarantor.name} → {result.beneficiary.name}",
        result=result, given={"guarantor": result.guarantor.name,
                              "beneficiary": result.beneficiary.name},
        groups=groups, views=views, clusters=clusters,
        read=evidence.documents_total or len(evidence.documents),
        used=sum(one.used for one in evidence.documents),
        chips=[state.chip("as_of", f"as known on {result.as_of}")] if state.get("as_of") else [],
        files=formats(request, "csv", "json", "parquet", "bib"),
    )  # fmt: skip
