"""Scores of the claim coder on coded passages: `make gold`. Held-out passages stand apart.

With the maintainers' data folder the seed document is scored too; it was read while the lexicon
was written, so it is a development score.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from foedus.catalog.actors import ActorIndex
from foedus.domain.documents import Document
from foedus.evidence.coder import code_document
from foedus.evidence.mentions import names_for
from foedus.evidence.reader import read_documents

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
FIRST_BLIND = "013"  # from here on the passages were written by someone who had not seen the rules


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _predictions(folder: Path, index: ActorIndex) -> list[dict[str, Any]]:
    rows = []
    for document in read_documents([folder]):
        if isinstance(document, Document):
            day = document.date.last if document.date else date(2025, 6, 30)
            rows += [
                {
                    **claim.model_dump(mode="json"),
                    "doc": document.name,
                    "abstain": claim.abstained,
                }
                for claim in code_document(document, names_for(index, day))
            ]
    return rows


def _line(scorer: Any, name: str, rows: list[dict[str, Any]], gold: list[dict[str, Any]]) -> str:
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / "predictions.jsonl", Path(scratch) / "gold.jsonl"]
        for file, lines in zip(files, (rows, gold), strict=True):
            file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        score = scorer.score(scorer.load(str(files[0]), False), scorer.load(str(files[1]), True))
    return (
        f"{name:<24}{score['gold']:>6}{score['pred']:>7}{score['span_recall']:>8.3f}"
        f"{score['full_precision']:>8.3f}{score['full_recall']:>8.3f}{score['full_f1']:>8.3f}"
    )


def main() -> None:
    """Print one line of scores for each set, and for the passages written without the rules."""
    scorer, index = _scorer(), ActorIndex.packaged()
    shared = Path(os.environ.get("FOEDUS_SHARED", ROOT.parent / "shared"))
    sets = [
        ("development", GOLD / "development", GOLD / "development" / "claims.jsonl"),
        ("held out", GOLD / "held_out", GOLD / "held_out" / "claims.jsonl"),
    ]
    if shared.is_dir():
        sets.append(
            ("seed (development)", shared / "documents", shared / "gold" / "seed_000.jsonl")
        )
    else:
        sys.stderr.write(f"no maintainers' data at {shared}: the seed is not scored\n")
    print(f"{'set':<24}{'gold':>6}{'coded':>7}{'spans':>8}{'P':>8}{'R':>8}{'F1':>8}")
    for name, folder, file in sets:
        rows = _predictions(folder, index)
        gold = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        print(_line(scorer, name, rows, gold))
        blind = [row for row in gold if row["doc"][:3] >= FIRST_BLIND]
        if blind:
            own = [row for row in rows if row["doc"][:3] >= FIRST_BLIND]
            print(_line(scorer, f"  {FIRST_BLIND} and later", own, blind))


if __name__ == "__main__":
    main()
