"""Folding: spellings that people use for one name meet, and nothing breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.catalog.folding import fold


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Türkiye", "TURKIYE"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("The Gambia", "gambia"),
        ("U.S.A.", "usa"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
        ("  Guinea - Bissau ", "guinea bissau"),
        ("Łódź", "lodz"),
        ("São Tomé", "Sao Tome"),
        ("Vie\u0302\u0323t Nam", "việt nam"),
    ],
)
def test_one_name_has_one_folded_spelling(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)


def test_the_article_alone_is_not_stripped_inside_a_word() -> None:
    assert fold("Thebes") == "thebes"


@given(st.text())
def test_folding_ignores_case_and_outer_space(text: str) -> None:
    assert fold(f"  {text}\t") == fold(text)
    assert "  " not in fold(text)
