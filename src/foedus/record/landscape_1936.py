"""Europe in 1936, as Axelrod and Bennett print it: sizes, and the sides of the war to come.

Their propensities were not printed, so their basins (47,945 and 17,591) cannot be recomputed.

Source: Axelrod and Bennett 1993, British Journal of Political Science 23(2):211-233.
"""

from __future__ import annotations

SIZES: dict[str, float] = {
    "Britain": 7.45,
    "France": 5.32,
    "Czechoslovakia": 1.15,
    "Denmark": 0.20,
    "Soviet Union": 15.01,
    "Yugoslavia": 0.59,
    "Greece": 0.35,
    "Germany": 11.49,
    "Italy": 4.03,
    "Poland": 1.83,
    "Romania": 0.78,
    "Hungary": 0.45,
    "Portugal": 0.27,
    "Finland": 0.19,
    "Latvia": 0.13,
    "Lithuania": 0.10,
    "Estonia": 0.06,
}
"""Each state's percentage of the world's material capability."""

POWERS = ("Britain", "France", "Soviet Union", "Germany", "Italy")
"""The five great powers among them."""

PREDICTED = frozenset(
    ("Britain", "France", "Czechoslovakia", "Denmark", "Soviet Union", "Yugoslavia", "Greece")
)
"""One side of the deeper of the two published minima."""

MISPLACED = frozenset(("Poland", "Portugal"))
"""The states that it puts on the wrong side."""

ACTUAL = PREDICTED | MISPLACED
"""The side against Germany that the paper compares it with."""
