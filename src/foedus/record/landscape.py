"""The landscape model of alignment: energy, every local minimum and its basin, two sides.

n actors of size s_i, each pair with a propensity p_ij to work together (positive) or against
each other (negative), fall into two sides X. The energy is

    E(X) = sum_i sum_j s_i s_j p_ij d_ij(X),    d_ij = 1 across sides, 0 within one

and actors change sides one at a time while that lowers it. Naming the sides the other way
round changes nothing, so there are 2^(n-1) configurations: all of them are looked at.

Source: Axelrod and Bennett 1993, British Journal of Political Science 23(2):211-233.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import comb

import numpy as np
import numpy.typing as npt

from foedus.errors import InputError

LARGEST = 20
"""The most actors whose configurations are all looked at: 2^19 of them."""

_CHUNK = 1 << 16
_TIE = 1e-12
"""Changes of energy below this share of the sum of all |s_i s_j p_ij| are ties."""

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Minimum:
    """A configuration that no single actor can leave with less energy.

    `sides` are the two sides, that of the first actor first. `strict` says that every move
    would raise the energy; otherwise one leaves it as it is. `basin` is how many configurations
    lead here when the move that lowers energy most is made each time, the first such actor's
    where two tie; a configuration from which no move lowers it stays.
    """

    sides: tuple[frozenset[str], frozenset[str]]
    energy: float
    strict: bool
    basin: int


class Landscape:
    """The landscape of `sizes` by actor and `propensities` (n, n) in the same order.

    Propensities may differ by direction; only the mean of the two counts. The diagonal does not.

    Raises:
        InputError: fewer than 2 or more than 20 actors, a matrix of another shape, or a value
            that is not finite.
    """

    def __init__(self, sizes: Mapping[str, float], propensities: npt.ArrayLike) -> None:
        self.actors = tuple(sizes)
        self.sizes = np.array([sizes[actor] for actor in self.actors], dtype=np.float64)
        given = np.asarray(propensities, dtype=np.float64)
        n = len(self.actors)
        if not 2 <= n <= LARGEST:
            raise InputError(f"A landscape of {n} actors was asked for. Give 2 to {LARGEST}.")
        if given.shape != (n, n):
            raise InputError(f"Propensities have shape {given.shape}; {n} actors need ({n}, {n}).")
        ties = self.sizes[:, None] * self.sizes * (given + given.T) / 2
        np.fill_diagonal(ties, 0)
        if not np.isfinite(ties).all():
            raise InputError("A size or a propensity is not a finite number.")
        self._ties = ties
        self._tolerance = _TIE * float(np.abs(ties).sum())

    def __len__(self) -> int:
        """The number of configurations, 2^(n-1)."""
        return 1 << (len(self.actors) - 1)

    def energy(self, side: Collection[str]) -> float:
        """The energy when the actors in `side` stand against the rest.

        Raises:
            InputError: a name that is no actor's.
        """
        signs = self._signs(np.array([self._code(side)]))[0]
        return float(self._energies(signs[None], (signs @ self._ties)[None])[0])

    def minima(self) -> tuple[Minimum, ...]:
        """Every local minimum, lowest energy first."""
        next_code = np.empty(len(self), dtype=np.int64)
        found: list[tuple[int, float, bool]] = []
        for codes, energies, changes in self._chunks():
            move = changes.argmin(axis=1)
            least = changes[np.arange(len(codes)), move]
            lower = least < -self._tolerance
            next_code[codes] = np.where(lower, self._flipped(codes, move), codes)
            found += zip(
                codes[~lower].tolist(),
                energies[~lower].tolist(),
                (least[~lower] > self._tolerance).tolist(),
                strict=True,
            )
        end = next_code
        while (end[end] != end).any():
            end = end[end]
        basins = np.bincount(end, minlength=len(self))
        listed = [
            Minimum(self._sides(code), energy, strict, int(basins[code]))
            for code, energy, strict in found
        ]
        return tuple(sorted(listed, key=lambda minimum: minimum.energy))

    def mistakes(self, side: Collection[str], target: Collection[str]) -> frozenset[str]:
        """The actors on the wrong side, the two sides named so that they are fewest by number.

        Raises:
            InputError: a name that is no actor's.
        """
        wrong = self._code(side) ^ self._code(target)
        if 2 * wrong.bit_count() > len(self.actors):
            wrong ^= 2 * len(self) - 1
        return frozenset(actor for place, actor in enumerate(self.actors) if wrong >> place & 1)

    def size_right(self, side: Collection[str], target: Collection[str]) -> float:
        """The share of all actors' size that stands on the right side, 0..1."""
        wrong = self.mistakes(side, target)
        placed = [
            size for actor, size in zip(self.actors, self.sizes, strict=True) if actor not in wrong
        ]
        return float(sum(placed) / self.sizes.sum())

    def _chunks(self) -> Iterator[tuple[Codes, Floats, Floats]]:
        """Codes (m,), their energies (m,) and what each actor's move would change (m, n)."""
        for start in range(0, len(self), _CHUNK):
            codes = np.arange(start, min(start + _CHUNK, len(self)))
            signs = self._signs(codes)
            fields = signs @ self._ties
            yield codes, self._energies(signs, fields), 2 * signs * fields

    def _energies(self, signs: Floats, fields: Floats) -> Floats:
        across: Floats = (self._ties.sum() - np.einsum("mi,mi->m", signs, fields)) / 2
        return across

    def _signs(self, codes: Codes) -> Floats:
        """+1 or -1 for each actor's side, (m, n)."""
        bits = codes[:, None] >> np.arange(len(self.actors)) & 1
        return np.where(bits, -1.0, 1.0)

    def _flipped(self, codes: Codes, actor: Codes) -> Codes:
        """The codes after one actor's move; the last actor's bit stays 0, the others turn."""
        turned = codes ^ (1 << actor)
        return np.where(turned >= len(self), 2 * len(self) - 1 - turned, turned)

    def _code(self, side: Collection[str]) -> int:
        unknown = [name for name in side if name not in self.actors]
        if unknown:
            raise InputError(f"No actor {unknown[0]!r}. There are {', '.join(self.actors)}.")
        return sum(1 << place for place, actor in enumerate(self.actors) if actor in side)

    def _sides(self, code: int) -> tuple[frozenset[str], frozenset[str]]:
        """The side of the first actor, then the other."""
        one = frozenset(actor for place, actor in enumerate(self.actors) if code >> place & 1)
        other = frozenset(self.actors) - one
        return (one, other) if self.actors[0] in one else (other, one)


def configurations_within(actors: int, mistakes: int) -> int:
    """How many of the 2^(actors-1) configurations have at most `mistakes` actors misplaced.

    Raises:
        InputError: so many mistakes that both namings of the sides would count.
    """
    if not 0 <= 2 * mistakes < actors:
        raise InputError(f"{mistakes} mistakes of {actors} actors: give fewer than half of them.")
    return sum(comb(actors, misplaced) for misplaced in range(mistakes + 1))


def chance(actors: int, mistakes: int, minima: int) -> float:
    """The chance that one of `minima` configurations drawn at random is that near the target.

    The expected number of such draws, which the paper prints as p; at most 1.
    """
    return min(1.0, minima * configurations_within(actors, mistakes) / (1 << (actors - 1)))
