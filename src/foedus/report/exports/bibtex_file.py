"""BibTeX: the datasets behind a view, Foedus, and the view itself as one more entry."""

from __future__ import annotations

from foedus.catalog.vintages import bibtex
from foedus.report.exports.view import View

_SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "&%$#_{}"} | {"\\": "/", "\n": " "})


def write(view: View) -> bytes:
    """Entries in order of the vintages, after lines that say where the file comes from."""
    source = view.provenance
    comments = "".join(
        f"% {name}: {value}\n".replace("@", "(at)").replace("\r", " ")
        for name, value in ((name, value.replace("\n", " ")) for name, value in source.items)
    )
    own = (
        f"@misc{{foedus-{source.run[:12]},\n"
        f"  title = {{{{{source.title.translate(_SPECIAL)}}}}},\n"
        f"  author = {{{{Foedus {source.foedus_version}}}}},\n"
        f"  year = {{{source.as_of.year}}},\n"
        f"  note = {{Run {source.run}, catalog {source.catalog_version}, as of {source.as_of}}},\n"
        "}\n"
    )
    return f"{comments}\n{own}\n{bibtex(source.vintages)}".encode()
