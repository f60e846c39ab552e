"""The claims of the workspace, as rows."""

from __future__ import annotations

from datetime import date

from fastapi import Request

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
        rows=[
            {
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
            for one in claims
        ],
    )  # fmt: skip
