"""GraphML: nodes and directed edges with typed attributes, the provenance on the graph itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from foedus.report.exports.view import Graph, Row, View

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(view: View) -> bytes:
    """One directed graph; unknown values have no `<data>`."""
    from lxml import etree

    graph = view.graph or Graph((), ())
    root = etree.Element(f"{{{NAMESPACE}}}graphml", nsmap={None: NAMESPACE})
    kinds = {
        "graph": {name: "string" for name, _ in view.provenance.items},
        "node": _kinds(graph.nodes, {"id"}),
        "edge": _kinds(graph.edges, {"source", "target"}),
    }
    for holder, columns in kinds.items():
        for name, kind in columns.items():
            _child(root, "key", {
                "id": f"{holder}-{name}", "for": holder, "attr.name": name, "attr.type": kind,
            })  # fmt: skip
    drawn = _child(root, "graph", {"id": "view", "edgedefault": "directed"})
    _data(drawn, "graph", dict(view.provenance.items))
    for node in graph.nodes:
        element = _child(drawn, "node", {"id": str(node["id"])})
        _data(element, "node", node, {"id"})
    for edge in graph.edges:
        ends = {"source": str(edge["source"]), "target": str(edge["target"])}
        _data(_child(drawn, "edge", ends), "edge", edge, {"source", "target"})
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _kinds(rows: Iterable[Row], left_out: set[str]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for row in rows:
        for name, value in row.items():
            if name not in left_out and value is not None:
                kind = {bool: "boolean", int: "long", float: "double"}.get(type(value), "string")
                found.setdefault(name, set()).add(kind)
    return {name: kinds.pop() if len(kinds) == 1 else "string" for name, kinds in found.items()}


def _child(parent: Any, tag: str, attributes: dict[str, str]) -> Any:
    from lxml import etree

    clean = {name: _clean(value) for name, value in attributes.items()}
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", clean)


def _data(parent: Any, holder: str, row: Row, left_out: Iterable[str] = ()) -> None:
    for name, value in row.items():
        if name not in left_out and value is not None:
            _child(parent, "data", {"key": f"{holder}-{name}"}).text = _clean(_text(value))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
