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


def main() -> None:
    """Print one line of scores for each set."""
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
    print(f"{'set':<20}{'gold':>6}{'coded':>7}{'spans':>8}{'P':>8}{'R':>8}{'F1':>8}")
    for name, folder, gold in sets:
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "predictions.jsonl"
            rows = _predictions(folder, index)
            file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            score = scorer.score(scorer.load(str(file), False), scorer.load(str(gold), True))
        print(
            f"{name:<20}{score['gold']:>6}{score['pred']:>7}{score['span_recall']:>8.3f}"
            f"{score['full_precision']:>8.3f}{score['full_recall']:>8.3f}{score['full_f1']:>8.3f}"
        )


if __name__ == "__main__":
    main()
