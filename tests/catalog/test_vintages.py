"""Vintages and citations: complete, parseable, and those of the shipped tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import foedus.catalog
from foedus.catalog.schema import TABLES
from foedus.catalog.vintages import (
    FOEDUS,
    bibtex,
    first_year,
    last_year,
    table_vintages,
    vintages,
)
from foedus.errors import CatalogError, UnknownTable

CITATIONS = Path(foedus.catalog.__file__).with_name("citations.bib").read_text("utf-8")
FIELD = re.compile(r"^  (\w+) *= \{(.*)\},?$")


def entries(text: str) -> dict[str, dict[str, str]]:
    """BibTeX entries by key, each field on a line of its own; fails on anything else."""
    found: dict[str, dict[str, str]] = {}
    for block in text.strip().split("\n\n"):
        head, *fields, tail = block.split("\n")
        opened = re.fullmatch(r"@(\w+)\{([\w]+),", head)
        assert opened, head
        assert tail == "}", block
        matched = [FIELD.match(line) for line in fields]
        assert all(matched), block
        assert all(line.endswith(",") for line in fields[:-1]), block
        values = {match[1]: match[2] for match in matched if match}
        for value in values.values():
            assert value.count("{") == value.count("}"), value
        assert opened[2] not in found, opened[2]
        found[opened[2]] = {"type": opened[1], **values}
    return found


def test_every_citation_parses_and_says_who_what_and_when() -> None:
    for key, entry in entries(CITATIONS).items():
        assert {"author", "title"} <= set(entry), key
        assert "year" in entry or entry["type"] == "misc", key
        if entry["type"] == "article":
            assert {"journal", "volume"} <= set(entry), key
        assert re.fullmatch(r"10\.\d{4,}/\S+", entry.get("doi", "10.1234/x")), key


def test_every_table_rests_on_known_vintages_and_every_vintage_on_a_table() -> None:
    used = {key for table in TABLES.values() for key in table.vintages}
    assert used == set(vintages())


def test_every_vintage_is_cited_by_entries_that_exist() -> None:
    known = entries(CITATIONS)
    for vintage in vintages().values():
        assert vintage.bibtex, vintage.key
        assert set(vintage.bibtex) <= set(known), vintage.key
    used = {key for vintage in vintages().values() for key in vintage.bibtex}
    assert set(known) == used | {FOEDUS}


def test_every_vintage_states_terms_coverage_and_owner() -> None:
    for vintage in vintages().values():
        assert vintage.first_year <= vintage.last_year <= 2026, vintage.key
        assert vintage.terms.endswith("."), vintage.key
        assert vintage.citation.endswith("."), vintage.key
        assert (vintage.url or "https://").startswith("http"), vintage.key
        assert bool(vintage.url) == (vintage.publisher != "Foedus")


def test_coverage_of_a_table_spans_its_vintages() -> None:
    assert (first_year("capability"), last_year("capability")) == (1816, 2022)
    assert last_year("regimes") == 2025
    assert last_year("commitments") == 2026
    assert [vintage.key for vintage in table_vintages("regimes")] == [
        "polity-5",
        "vdem-isard-2026",
        "euds-isard-2026",
    ]


def test_bibtex_of_a_table_is_its_entries_and_foedus_each_once() -> None:
    text = bibtex(["atop-5.1", "cow-states-2016", "cow-majors-2016", "foedus-register-2026"])
    assert list(entries(text)) == [
        "leeds2002atop",
        "miller2022peacesciencer",
        "cow2017states",
        "foedus",
    ]


def test_unknown_keys_and_tables_are_errors() -> None:
    with pytest.raises(CatalogError, match="atop-9"):
        bibtex(["atop-9"])
    with pytest.raises(UnknownTable, match="capability"):
        last_year("capabilities")
