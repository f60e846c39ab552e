"""Objects of the JSON API as bytes, written and compressed once for all who ask."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Hashable

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from foedus.web.desk import desk_of

_LEVEL = 5
_WORTH_PACKING = 1000


def kept_json(request: Request, key: Hashable, make: Callable[[], BaseModel]) -> Response:
    """The object as JSON; put into `key` all that it depends on."""

    def bodies() -> tuple[bytes, bytes]:
        plain = make().model_dump_json().encode()
        return plain, gzip.compress(plain, _LEVEL, mtime=0)

    plain, packed = desk_of(request).pages.get(("json", key), bodies)
    headers = {"Vary": "Accept-Encoding"}
    if len(plain) >= _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            packed, media_type="application/json", headers=headers | {"Content-Encoding": "gzip"}
        )
    return Response(plain, media_type="application/json", headers=headers)
