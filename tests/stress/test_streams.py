"""Random numbers of cells: uniform, and the same whatever other cells are drawn."""

from __future__ import annotations

import numpy as np

from foedus.stress.streams import of_cells, stream


def test_a_cell_has_its_number_whatever_the_others_are() -> None:
    cells = np.arange(1000)
    whole = of_cells(stream(1, 2, 3, "calls"), cells)
    part = of_cells(stream(1, 2, 3, "calls"), cells[::7])
    assert np.array_equal(whole[::7], part)
    assert not np.array_equal(whole, of_cells(stream(1, 2, 4, "calls"), cells))


def test_numbers_of_cells_are_uniform_and_neighbours_tell_nothing() -> None:
    drawn = of_cells(stream(1, 0, 0, "calls"), np.arange(200_000)).astype(float)
    assert 0 <= drawn.min() < drawn.max() < 1
    counts = np.histogram(drawn, 50, (0, 1))[0]
    assert ((counts - 4000) ** 2 / 4000).sum() < 86  # chi-squared, 49 degrees, p = .001
    assert abs(np.corrcoef(drawn[1:], drawn[:-1])[0, 1]) < 0.01
