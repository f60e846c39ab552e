"""Many claims in little memory: those of a long document wait, compressed, to be stored."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from foedus.domain.claims import Claim

_FAST = 1


@dataclass(frozen=True, slots=True)
class PackedClaims(Collection[Claim]):
    """Claims in order, in compressed parts; each walk over them unpacks one part at a time."""

    parts: tuple[bytes, ...]
    count: int

    def __iter__(self) -> Iterator[Claim]:
        for part in self.parts:
            yield from pickle.loads(zlib.decompress(part))  # noqa: S301

    def __len__(self) -> int:
        return self.count

    def __contains__(self, claim: object) -> bool:
        return any(one == claim for one in self)


def packed(claims: tuple[Claim, ...]) -> bytes:
    """One part of `PackedClaims`."""
    return zlib.compress(pickle.dumps(claims), _FAST)
