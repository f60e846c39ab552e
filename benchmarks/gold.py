"""Scores of the claim coder on coded passages: `make gold`. Held-out passages stand apart.

For each set: spans found, precision, recall and F1 of the full claim (score.py). For the
development passages also coverage and precision by act and by confidence, the calibration of the
confidence with intervals that resample whole passages, and quotes outside the main text. With the
maintainers' data folder the seed document is scored too, and two more articles; they were read
while the lexicon was written, so these are development scores.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.catalog.actors import ActorIndex
from foedus.domain.documents import Document
from foedus.evidence.coder import code_document
from foedus.evidence.mentions import names_for
from foedus.evidence.reader import read_documents

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
sys.path.insert(0, str(GOLD))
from scoring import right, scored  # noqa: E402

FIRST_BLIND = "013"  # from here on the passages were written by someone who had not seen the rules
UNDATED = date(2025, 6, 30)
RESAMPLED = 1_000


def predictions(folder: Path, index: ActorIndex) -> list[dict[str, Any]]:
    """The coder's claims on a folder, as score.py reads them; `outside`: not in the main text."""
    rows = []
    for document in read_documents([folder]):
        if not isinstance(document, Document):
            continue
        day = document.date.last if document.date else UNDATED
        rows += [
            {
                **claim.model_dump(mode="json"),
                "doc": document.name,
                "abstain": claim.abstained,
                "outside": not any(
                    passage.start <= claim.start and claim.end <= passage.end
                    for passage in document.passages
                ),
            }
            for claim in code_document(document, names_for(index, day))
        ]
    return rows


def calibration(
    stated: NDArray[np.float64], truth: NDArray[np.float64], passages: Sequence[str]
) -> str:
    """A table of stated confidence against the share right, 95 % interval over passages."""
    chance = np.random.default_rng(1)
    names = sorted(set(passages))
    places = {name: np.array([one == name for one in passages]) for name in names}
    lines = [f"{'confidence':>12}{'claims':>8}{'stated':>8}{'right':>8}   95 % interval"]
    for low, high in ((0.0, 0.2), (0.2, 0.4), (0.4, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 1.01)):
        band = (stated >= low) & (stated < high)
        if not band.any():
            continue
        shares = []
        for _ in range(RESAMPLED):
            drawn = [
                places[names[at]] & band for at in chance.integers(len(names), size=len(names))
            ]
            count = sum(int(one.sum()) for one in drawn)
            if count:
                shares.append(sum(truth[one].sum() for one in drawn) / count)
        bounds = np.percentile(shares, [2.5, 97.5])
        lines.append(
            f"{f'{low:.1f}-{min(high, 1.0):.1f}':>12}{band.sum():>8}{stated[band].mean():>8.2f}"
            f"{truth[band].mean():>8.2f}   {bounds[0]:.2f}-{bounds[1]:.2f}"
        )
    return "\n".join(lines)


def _line(name: str, score: dict[str, Any]) -> str:
    return (
        f"{name:<24}{score['gold']:>6}{score['pred']:>7}{score['span_recall']:>8.3f}"
        f"{score['full_precision']:>8.3f}{score['full_recall']:>8.3f}{score['full_f1']:>8.3f}"
    )


def _by_act(score: dict[str, Any]) -> str:
    lines = [f"{'act':<12}{'gold':>6}{'coded':>7}{'spans':>8}{'P':>8}{'R':>8}{'F1':>8}"]
    for act, row in score["by_act"].items():
        found = row["span_found"] / row["gold"] if row["gold"] else float("nan")
        figures = "".join(
            f"{'-':>8}" if row[key] is None else f"{row[key]:>8.3f}"
            for key in ("precision", "recall", "f1")
        )
        lines.append(f"{act:<12}{row['gold']:>6}{row['pred']:>7}{found:>8.3f}{figures}")
    return "\n".join(lines)


def main() -> None:
    """Print the scores of each set, then those of the development passages in detail."""
    index = ActorIndex.packaged()
    shared = Path(os.environ.get("FOEDUS_SHARED", ROOT.parent / "shared"))
    sets = [
        ("development", GOLD / "development", GOLD / "development" / "claims.jsonl"),
        ("held out", GOLD / "held_out", GOLD / "held_out" / "claims.jsonl"),
    ]
    if shared.is_dir():
        articles = shared / "documents"
        sets += [
            ("seed (development)", articles, shared / "gold" / "seed_000.jsonl"),
            ("two articles", articles, GOLD / "articles" / "claims.jsonl"),
        ]
    else:
        sys.stderr.write(f"no maintainers' data at {shared}: its articles are not scored\n")
    print(f"{'set':<24}{'gold':>6}{'coded':>7}{'spans':>8}{'P':>8}{'R':>8}{'F1':>8}")
    outside = 0
    detail = ""
    for name, folder, file in sets:
        rows = predictions(folder, index)
        outside += sum(row["outside"] for row in rows)
        gold = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        score = scored(rows, gold)
        print(_line(name, score))
        blind = [row for row in gold if row["doc"][:3] >= FIRST_BLIND]
        if blind:
            own = [row for row in rows if row["doc"][:3] >= FIRST_BLIND]
            print(_line(f"  {FIRST_BLIND} and later", scored(own, blind)))
        if name == "development":
            stated = np.array([row["confidence"] for row in rows])
            truth = np.array(right(rows, gold), dtype=float)
            table = calibration(stated, truth, [row["doc"] for row in rows])
            detail = f"{_by_act(score)}\n\n{table}"
    print(f"\ndevelopment passages by act\n{detail}")
    print(f"\nquotes outside the main text (page furniture), all sets: {outside}")


if __name__ == "__main__":
    main()
