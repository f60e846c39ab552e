"""Style sheets and scripts: a fixed list of packaged files, each under the hash of its content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from mimetypes import guess_type

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

router = APIRouter(include_in_schema=False)
_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One packaged file: its bytes, type and the tag of its content."""

    content: bytes
    media_type: str
    tag: str


@cache
def static_files() -> dict[str, StaticFile]:
    """Every packaged file by name. Nothing else is ever served from disk."""
    found = {
        item.name: item.read_bytes()
        for item in files("foedus.web").joinpath("static").iterdir()
        if item.is_file() and not item.name.endswith(".LICENSE")
    }
    drawings = files("foedus.report.drawings").joinpath("drawings.css")
    found["drawings.css"] = drawings.read_bytes()
    found["report.css"] = files("foedus.report").joinpath("templates/report.css").read_bytes()
    return {
        name: StaticFile(
            content, guess_type(name)[0] or "text/plain", sha256(content).hexdigest()[:12]
        )
        for name, content in found.items()
    }


def _type(name: str) -> str:
    return guess_type(name)[0] or "text/plain"


def static_url(name: str) -> str:
    """The address of a packaged file; it changes with the content, so browsers may keep it."""
    return f"/static/{name}?v={static_files()[name].tag}"


@router.get("/static/{name}")
def static_file(name: str, request: Request) -> Response:
    """One packaged file."""
    found = static_files().get(name)
    if found is None:
        raise HTTPException(404, f"There is no file {name!r}.")
    current = request.query_params.get("v") == found.tag
    return Response(
        found.content,
        media_type=found.media_type,
        headers={"Cache-Control": _YEAR if current else "no-cache"},
    )
