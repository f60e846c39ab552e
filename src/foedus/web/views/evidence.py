"""The claims of the workspace, as rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fastapi import Request

from foedus.domain.assessments import Assessment
from foedus.domain.claims import Claim
from foedus.report.exports.view import View
from foedus.web.claim_views import names_of, sentence
from foedus.web.desk import desk_of
from foedus.web.exporting import view_of


def claims_view(request: Request, document: str | None = None) -> View:
    """Every claim that counts, of one document or of all, with its exact words."""
    desk = desk_of(request)
    names, claims = names_of(desk), desk.workspace.claims(document)
    return view_of(
        request,
        "claims" if document is None else f"claims-{document}",
        "Claims",
        as_of=date.today(),
        tables=("actors",),
        state=desk.revision,
        rows=[_row(one, names) for one in claims],
    )


def pair_claims_view(request: Request, result: Assessment) -> View:
    """The claims about one pair, each with its statement (`cluster`) and those that exclude it."""
    names = names_of(desk_of(request))
    ends = f"{result.guarantor.id}-{result.beneficiary.id}"
    return view_of(
        request,
        f"evidence-{ends}",
        f"What the documents say: {result.guarantor.name} to {result.beneficiary.name}",
        as_of=result.as_of,
        tables=("actors",),
        state=desk_of(request).revision,
        rows=[
            _row(claim, names)
            | {
                "kind": group.kind,
                "cluster": row.cluster.id,
                "origins": row.cluster.origins,
                "contradicts": list(row.cluster.contradicts),
            }
            for group in result.evidence.groups
            for row in group.clusters
            for claim in row.claims
        ],
    )


def _row(one: Claim, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "claim": one.claim_id,
        "document": one.doc,
        "start": one.start,
        "end": one.end,
        "says": sentence(one, names),
        "quote": one.quote,
        "act": one.act,
        "source": list(one.source),
        "target": list(one.target),
        "support": list(one.support),
        "polarity": one.polarity,
        "modality": one.modality,
        "time": one.time,
        "grade": f"{one.reliability}{one.credibility}",
        "confidence": one.confidence,
        "abstained": one.abstained,
        "review": one.review,
        "coder": f"{one.coder} {one.coder_version}",
    }
