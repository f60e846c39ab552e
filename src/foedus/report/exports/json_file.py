"""JSON: `{"foedus": where it comes from, "rows": [...]}`."""

from __future__ import annotations

import json
from datetime import date

from foedus.report.exports.view import View


def write(view: View) -> bytes:
    """The rows in order under their provenance; days as ISO 8601, unknown as null."""
    whole: dict[str, object] = {
        "foedus": view.provenance.model_dump(mode="json"),
        "rows": [dict(row) for row in view.rows],
    }
    if view.graph is not None:
        whole["graph"] = {
            "nodes": [dict(node) for node in view.graph.nodes],
            "edges": [dict(edge) for edge in view.graph.edges],
        }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain).encode()


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"no JSON for {value!r}")
