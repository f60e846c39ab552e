"""Which references become links."""

from __future__ import annotations

import pytest

from foedus.domain.sources import Source
from foedus.report.blocks import Link, inlines, plain
from foedus.report.source_text import source_text, sources_text, web_address


@pytest.mark.parametrize(
    "ref",
    ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt://%0aalert(1)", "p. 14", "//evil.org",
     "https://", "http://a b", "http://x\u202ey.org", "https://[bad", None],
)  # fmt: skip
def test_nothing_but_web_addresses_is_linked(ref: str | None) -> None:
    assert web_address(ref) is None
    pieces = inlines(source_text(Source(table="register", title="T", ref=ref)))
    assert not any(isinstance(piece, Link) for piece in pieces)


@pytest.mark.parametrize(
    ("ref", "address"),
    [("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2"),
     ("doi:10.1177/0738894221995743", "https://doi.org/10.1177/0738894221995743"),
     ("10.1177/07388942", "https://doi.org/10.1177/07388942")],
)  # fmt: skip
def test_addresses_and_dois_are_linked(ref: str, address: str) -> None:
    assert web_address(ref) == address


def test_a_reference_that_is_no_address_is_still_printed() -> None:
    assert plain(source_text(Source(table="atop", title="Codebook", ref="p. 14"))) == (
        "Codebook, p. 14"
    )


def test_a_source_given_twice_is_printed_once() -> None:
    source = Source(table="mid", title="MID 5")
    assert plain(sources_text([source, source])) == "MID 5"
