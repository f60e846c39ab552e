"""Words of estimative probability: the seven terms of ICD 203 and their ranges."""

from __future__ import annotations

TERMS: tuple[tuple[float, str], ...] = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)
"""Upper bound of each term; the ranges are 1-5, 5-20, 20-45, 45-55, 55-80, 80-95, 95-99%."""


def term(probability: float) -> str:
    """The ICD 203 term whose range holds `probability` (0..1).

    Source: Office of the Director of National Intelligence, Intelligence Community
    Directive 203, Analytic Standards, 2 January 2015, section D.6.e(2)(a).
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability lies in 0..1, received {probability!r}")
    return next(words for upper, words in TERMS if probability <= upper)


def term_range(low: float, high: float) -> str:
    """The terms that an interval spans: one term, or `unlikely to likely`."""
    first, last = term(low), term(high)
    return first if first == last else f"{first} to {last}"


def percent_of(share: float) -> str:
    """A share (0..1) without decimals: `38%`; `<1%` or `>99%` where rounding would say it all."""
    if 0 < share < 0.01:
        return "<1%"
    if 0.99 < share < 1:
        return ">99%"
    return f"{share:.0%}"
