"""What the model looks at: every feature with its definition, source and timing."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from foedus.web.render import kept_page

router = APIRouter(include_in_schema=False)


@router.get("/features")
def features(request: Request) -> Response:
    """The features by group, each under an anchor of its name."""
    from foedus.reliability.features.groups import GROUPS

    return kept_page(
        request, "features.html.jinja", rests_on=None,
        context=lambda: {"title": "What the model looks at", "groups": GROUPS},
    )  # fmt: skip
