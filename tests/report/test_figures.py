"""How figures and dates are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.domain.dates import DateSpan
from foedus.report.figures import edtf, interval, listed, percent, span


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0%"), (0.004, "<1%"), (0.01, "1%"), (0.38, "38%"), (0.99, "99%"), (0.995, ">99%"),
     (1.0, "100%"), (None, "unknown")],
)  # fmt: skip
def test_percent(share: float | None, words: str) -> None:
    assert percent(share) == words


def test_interval_uses_an_en_dash_and_one_percent_sign() -> None:
    assert interval(0.12, 0.31) == "12–31%"
    assert interval(0.001, 0.03) == "<1–3%"
    assert interval(0.001, 0.002) == "<1%"
    assert interval(None, 0.3) == "unknown"


@given(st.floats(0, 1))
def test_percent_never_rounds_to_a_certainty_it_does_not_have(share: float) -> None:
    assert (percent(share) == "0%") == (share == 0)
    assert (percent(share) == "100%") == (share == 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [("2025-01-17", "17 Jan 2025"), ("2025-01", "Jan 2025"), ("2025", "2025"),
     ("2025-W03", "2025-W03"), (None, "undated")],
)  # fmt: skip
def test_dates_are_as_precise_as_they_are_known(text: str | None, words: str) -> None:
    assert edtf(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("../2026-03-14", "by 14 Mar 2026"),
        ("2025-01-18/..", "since 18 Jan 2025"),
        ("2024/2025", "2024 to 2025"),
        ("2026-03~", "about Mar 2026"),
        ("2026?", "perhaps 2026"),
    ],
)
def test_intervals_and_doubt_come_in_words(text: str, words: str) -> None:
    assert edtf(text) == words


def test_a_span_of_two_days_names_both() -> None:
    both = DateSpan.parse("2025-03-03").model_copy(update={"last": DateSpan.parse("2025-04").last})
    assert span(both) == "between 3 Mar 2025 and 30 Apr 2025"


def test_listed() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
