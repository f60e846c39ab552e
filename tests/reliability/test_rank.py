"""Ranks: ordered by the chance of being left alone, honest about what cannot be told apart."""

from __future__ import annotations

from itertools import pairwise

import pytest

import foedus
from foedus.errors import InputError


def test_commitments_of_one_guarantor_stand_in_order() -> None:
    found = foedus.rank("Russia", as_of="2026-11-21", mine=False).commitments
    chances = [one.left_alone for one in found]
    assert chances == sorted(chances, reverse=True)
    assert {one.guarantor for one in found} == {"RUS"}
    assert found[0].rank == 1
    assert not found[0].tied
    for one in found:
        assert one.low <= one.left_alone <= one.high
        assert one.without_forces >= one.left_alone - 1e-12
    for above, below in pairwise(found):
        assert below.tied == (below.rank == above.rank)


def test_one_pair_is_a_ranking_of_one() -> None:
    found = foedus.rank("Russia", "Kazakhstan", as_of="2026-11-21", mine=False)
    (only,) = found.commitments
    assert only.defence


@pytest.mark.parametrize(
    "arguments", [{}, {"guarantor": "Russia", "everyone": True}, {"guarantor": "Vanuatu",
                                                                 "beneficiary": "Chad"}]
)  # fmt: skip
def test_nothing_to_rank_is_said(arguments: dict[str, object]) -> None:
    with pytest.raises(InputError):
        foedus.rank(**arguments)
