"""The scorer, and which coded claims are right in full by its own matching."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

_IOU = 0.3


@cache
def scorer() -> Any:
    """The module score.py beside this file."""
    spec = importlib.util.spec_from_file_location(
        "gold_score", Path(__file__).with_name("score.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(rows: Sequence[dict[str, Any]], gold: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What score.py says of some claims, read as it reads files."""
    module = scorer()
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / "predictions.jsonl", Path(scratch) / "gold.jsonl"]
        for file, lines in zip(files, (rows, gold), strict=True):
            file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        result: dict[str, Any] = module.score(
            module.load(str(files[0]), False), module.load(str(files[1]), True)
        )
    return result


def right(rows: Sequence[dict[str, Any]], gold: Sequence[dict[str, Any]]) -> list[bool]:
    """For each claim, abstained or not, whether it is right in full: matched as score.py does."""
    module = scorer()
    mine = [_as_scored(module, row) | {"place": place} for place, row in enumerate(rows)]
    theirs = [_as_scored(module, row) for row in gold]
    full = {
        own["place"]
        for other, own in module.match(theirs, mine, _IOU)
        if module.dyad(other, own)[1] and (other["act"], other["pol"]) == (own["act"], own["pol"])
    }
    return [place in full for place in range(len(rows))]


def _as_scored(module: Any, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "doc": module.docname(row["doc"]),
        "S": module.actors(row["source"]),
        "T": module.actors(row["target"]),
        "act": row["act"],
        "pol": module.pol(row["polarity"]),
        "start": row["start"],
        "end": row["end"],
    }
