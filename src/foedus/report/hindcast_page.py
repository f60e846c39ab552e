"""`python -m foedus.report.hindcast_page docs/hindcast.md`: the hindcast as a page."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from foedus.report.backtest_page import markdown
from foedus.report.hindcast_blocks import hindcast_blocks
from foedus.stress.hindcast import hindcast


def main(path: Path) -> None:
    """Run every origin and write the page; the time goes to standard error."""
    begun = time.perf_counter()
    found = hindcast(workers=os.cpu_count() or 1)
    parts = [
        "# Hindcasts\n\nMade by `make hindcast`; [methods](methods.md#hindcasts) says what is"
        " forecast and against what.\n",
        *(markdown(block) for block in hindcast_blocks(found)),
    ]
    path.write_text("\n".join(parts).rstrip("\n") + "\n", encoding="utf-8")
    sys.stderr.write(f"{len(found.origins)} origins: {time.perf_counter() - begun:.0f} s\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
