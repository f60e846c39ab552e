"""What parsing in another process costs, beside parsing here.

Prints milliseconds a page for both, and the peak memory of reading one text of 50 MB.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

from foedus.evidence.isolated import close_workers, read_isolated
from foedus.evidence.limits import DEFAULT
from foedus.evidence.reader import read_bytes, read_documents

PARAGRAPH = "Russia condemned the strikes on Iran but sent no weapons, officials said on Monday. "


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--megabytes", type=int, default=50)
    options = parser.parse_args()
    page = f"<html><body><h1>Arms</h1>{f'<p>{PARAGRAPH * 4}</p>' * 12}</body></html>".encode()
    today = date.today()

    def here(number: int) -> None:
        name = f"{number}.html"
        list(read_bytes(name, name, page, suffix=".html", limits=DEFAULT, today=today))

    def apart(number: int) -> None:
        read_isolated(f"{number}.html", page, seconds=60)

    spent = {}
    for name, read in (("here", here), ("apart", apart)):
        read(0)
        start = time.perf_counter()
        for number in range(options.pages):
            read(number)
        spent[name] = 1000 * (time.perf_counter() - start) / options.pages
        print(f"a web page, parsed {name:6} {spent[name]:8.2f} ms")
    print(f"ratio                     {spent['apart'] / spent['here']:8.2f}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "big.txt"
        block = PARAGRAPH * 6 + "\n\n"
        file.write_text(block * (options.megabytes * 1_000_000 // len(block)))
        start = time.perf_counter()
        found = [type(one).__name__ for one in read_documents([file])]
        seconds = time.perf_counter() - start
    close_workers()
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    parser_ = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{options.megabytes} MB of text: {', '.join(found)} in {seconds:.1f} s")
    print(f"peak memory: this process {mine} MB, the parser {parser_} MB")


if __name__ == "__main__":
    main()
