"""A network's willingness is kept: the next build reads it, and a broken file is made again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from foedus.catalog.facts import Facts
from foedus.stress.network import Network
from foedus.stress.willing import willing_tails

DAY = date(1938, 9, 1)


@pytest.fixture(scope="module")
def network() -> Network:
    from foedus.stress.build import build

    return build(Facts(DAY), willing=False)


def _tails(network: Network) -> np.ndarray:
    return willing_tails(Facts(DAY), network.actors, network.pairs, 1)


def test_kept_numbers_are_the_numbers_found(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    first = _tails(network)
    kept = list(tmp_path.glob("willingness-*.npy"))
    assert len(kept) == 1
    written = kept[0].stat().st_mtime_ns
    assert np.array_equal(first, _tails(network))
    assert kept[0].stat().st_mtime_ns == written
    kept[0].write_bytes(kept[0].read_bytes()[:1000])
    assert np.array_equal(first, _tails(network))
    assert kept[0].stat().st_size > 1000
    assert not list(tmp_path.glob("*.partial"))
