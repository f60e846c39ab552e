"""Willingness of a network's pairs, kept in the user's cache folder once it is known."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from foedus.catalog.facts import TABLES_FOLDER, Facts
from foedus.domain.rungs import Rung
from foedus.reliability.current import cache_folder, data_hash
from foedus.reliability.stored import SHIPPED
from foedus.reliability.willingness import willingness
from foedus.stress.network import Actors, Pairs

Singles = npt.NDArray[np.float32]
DRAWS = 200
"""Parameter draws of the willingness model that the runs share."""
MOST_KEPT = 12
"""Networks whose willingness is kept (up to 20 MB each); older ones are removed."""
Likely = dict[str, dict[str, float]]


def willing_tails(facts: Facts, actors: Actors, pairs: Pairs, seed: int) -> Singles:
    """(draws, p, 3): P(forces), P(material or more), P(words or more); 0 where nothing is owed."""
    held = np.flatnonzero(pairs.level)
    ids = actors.ids
    asked = [(ids[pairs.guarantor[at]], ids[pairs.beneficiary[at]]) for at in held]
    likely = {
        ids[at]: {
            ids[who]: float(share)
            for who, share in zip(actors.challenger[at], actors.weight[at], strict=True)
            if who >= 0
        }
        for at in range(len(ids))
    }
    tails = np.zeros((DRAWS, pairs.count, 3), dtype=np.float32)
    tails[:, held] = _kept(facts, asked, likely, seed)
    return tails


def _kept(facts: Facts, asked: list[tuple[str, str]], likely: Likely, seed: int) -> Singles:
    """The tails of the pairs asked about, from the cache or put there."""
    if facts.folder != TABLES_FOLDER:
        return _found(facts, asked, likely, seed)
    path = cache_folder() / f"willingness-{_key(facts, asked, likely, seed)}.npy"
    try:
        tails: Singles = np.load(path, allow_pickle=False)
        if tails.shape == (DRAWS, len(asked), 3) and tails.dtype == np.float32:
            return tails
    except (OSError, ValueError, EOFError):
        pass
    tails = _found(facts, asked, likely, seed)
    try:
        _keep(tails, path)
    except OSError:
        return tails
    return tails


def _found(facts: Facts, asked: list[tuple[str, str]], likely: Likely, seed: int) -> Singles:
    found = willingness(facts, asked, draws=DRAWS, seed=seed, likely=likely)
    tails = np.zeros((DRAWS, len(asked), 3), dtype=np.float32)
    for column, rung in enumerate((Rung.FORCES, Rung.MATERIAL, Rung.WORDS)):
        tails[:, :, column] = found[:, :, rung:].sum(axis=2)
    return tails


def _key(facts: Facts, asked: list[tuple[str, str]], likely: Likely, seed: int) -> str:
    """Hash of all that the numbers rest on: data, model, day, own rows, pairs, draws, seed."""
    hashed = hashlib.sha256(SHIPPED.read_bytes())
    parts = (data_hash(facts), facts.as_of, facts.overlay, asked, likely, DRAWS, seed)
    for part in parts:
        hashed.update(repr(part).encode())
    return hashed.hexdigest()[:24]


def _keep(tails: Singles, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    with partial.open("wb") as file:
        np.save(file, tails, allow_pickle=False)
    partial.replace(path)
    kept = sorted(path.parent.glob("willingness-*.npy"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
