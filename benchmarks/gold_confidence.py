"""Fit the coder's confidence on the coded development passages and write its weights.

`python benchmarks/gold_confidence.py [--write]`: a logistic model of the features in
`foedus.evidence.confidence`, ridge penalty, judged passage by passage (each passage predicted by
a model fitted on the others). `--write` stores the weights of the model on all passages.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from foedus.catalog.actors import ActorIndex
from foedus.domain.documents import Document
from foedus.evidence import coder
from foedus.evidence.mentions import names_for
from foedus.evidence.reader import read_documents
from gold import GOLD, UNDATED, calibration, right

TARGET = Path(coder.__file__).parent / "lexicon" / "confidence.tsv"
PENALTY = 0.5


def main() -> None:
    """Print precision and recall over thresholds for passages left out; write if asked."""
    from sklearn.linear_model import LogisticRegression

    rows, labels, passages, gold = _examples()
    names = sorted(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    truth = np.array(labels, dtype=float)
    left_out = np.zeros(len(truth))
    for passage in sorted(set(passages)):
        apart = np.array([one == passage for one in passages])
        model = LogisticRegression(C=PENALTY, max_iter=2000).fit(table[~apart], truth[~apart])
        left_out[apart] = model.predict_proba(table[apart])[:, 1]
    print(f"{len(truth)} statements of {len(set(passages))} passages, {gold} gold claims")
    print(f"{'threshold':>10}{'coded':>8}{'P':>8}{'R':>8}")
    for cut in np.arange(0.2, 0.8, 0.05):
        kept = left_out >= cut
        share = truth[kept].mean() if kept.any() else float("nan")
        print(f"{cut:>10.2f}{kept.sum():>8}{share:>8.3f}{truth[kept].sum() / gold:>8.3f}")
    print(calibration(left_out, truth, passages))
    if "--write" in sys.argv[1:]:
        model = LogisticRegression(C=PENALTY, max_iter=2000).fit(table, truth)
        lines = [f"constant\t{model.intercept_[0]:.4f}"]
        lines += [f"{name}\t{value:.4f}" for name, value in zip(names, model.coef_[0], strict=True)]
        head = "# feature\tweight, written by benchmarks/gold_confidence.py --write\n"
        TARGET.write_text(head + "\n".join(lines) + "\n", "utf-8")


def _examples() -> tuple[list[dict[str, float]], list[bool], list[str], int]:
    index = ActorIndex.packaged()
    folder = GOLD / "development"
    gold = [json.loads(line) for line in (folder / "claims.jsonl").read_text().splitlines()]
    rows: list[dict[str, Any]] = []
    for document in read_documents([folder]):
        if isinstance(document, Document):
            day = document.date.last if document.date else UNDATED
            rows += [
                {
                    "doc": document.name,
                    "start": draft.start,
                    "end": draft.end,
                    "source": draft.parties.source,
                    "target": draft.parties.target,
                    "act": draft.act,
                    "polarity": draft.polarity,
                    "features": dict(draft.features),
                }
                for part in coder.drafts(document, names_for(index, day))
                for draft in part
            ]
    labels = right(rows, gold)
    return [row["features"] for row in rows], labels, [row["doc"] for row in rows], len(gold)


if __name__ == "__main__":
    main()
