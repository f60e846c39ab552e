"""Sentences per second of the claim coder on one core, actors and discourse included, and the
peak memory of `foedus read` on one large document: `python benchmarks/coder_speed.py [MB]`
(default 5).

The text is the coded passages, repeated; each repetition is a document of its own for the speed
and all of them are one document for the memory.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import foedus
from foedus.catalog.actors import ActorIndex
from foedus.domain.documents import Document
from foedus.evidence.coder import code_document
from foedus.evidence.mentions import matcher, names_for
from foedus.evidence.reader import read_file
from foedus.evidence.sentences import sentences

PASSAGES = Path(__file__).resolve().parents[1] / "tests" / "gold" / "development"
AIM_SPEED, AIM_MEMORY = 1_500, 500
SECONDS = 5.0


def main() -> None:
    """Print the measured speed and memory beside their aims."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    names = names_for(ActorIndex.packaged(), date(2025, 6, 30))
    matcher(names)
    documents = [
        one
        for path in sorted(PASSAGES.glob("*.txt"))
        for one in read_file(path)
        if isinstance(one, Document)
    ]
    count = claims = 0
    start = time.process_time()
    while time.process_time() - start < SECONDS:
        for document in documents:
            count += len(sentences(document))
            claims += len(code_document(document, names))
    speed = count / (time.process_time() - start)
    print(f"{'measure':<42}{'value':>10}{'aim':>10}")
    print(f"{'sentences per second of one core':<42}{speed:>10,.0f}{AIM_SPEED:>10,}")
    text = "\n\n".join(document.text for document in documents)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.txt"
        file.write_text("\n\n".join([text] * int(megabytes * 1e6 / len(text))), "utf-8")
        del text, documents
        done = foedus.read(file, workspace=Path(folder) / "desk.sqlite")
    found = done.claims + done.abstained
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{f'peak memory, MB, one text of {megabytes:g} MB':<42}{peak:>10,.0f}{AIM_MEMORY:>10,}")
    print(f"claims: {claims:,} and {found:,}; sentences include the split itself")


if __name__ == "__main__":
    main()
