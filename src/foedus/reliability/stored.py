"""Fitted models as files: shipped with the package, or kept in the user's cache folder."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from foedus.errors import CatalogError
from foedus.reliability.ordered import Fitted, Floats
from foedus.reliability.scaling import Scaling
from foedus.reliability.two_level import Direction, Trained

SHIPPED = Path(__file__).parent / "fitted" / "model.npz"


@dataclass(frozen=True)
class Stamp:
    """What a model was fitted on: a hash of catalog and code, the newest day, and counts."""

    data: str
    last_call: str
    calls: int
    rows: int
    told: int


@dataclass(frozen=True)
class Past:
    """The training cases that tell the rung (n): who, when, what within 365 days, features."""

    call: npt.NDArray[np.str_]
    guarantor: npt.NDArray[np.str_]
    beneficiary: npt.NDArray[np.str_]
    day: npt.NDArray[np.int64]
    low: npt.NDArray[np.int64]
    high: npt.NDArray[np.int64]
    x: Floats

    def __len__(self) -> int:
        return len(self.call)


@dataclass(frozen=True)
class Stored:
    """The models of both windows (30 and 365 days), their data's stamp, and the past cases."""

    stamp: Stamp
    windows: tuple[Trained, Trained]
    past: Past


def write(stored: Stored, path: Path) -> None:
    """Write the models as one compressed file, whole or not at all."""
    arrays: dict[str, np.ndarray[Any, Any]] = {
        f"past.{name}": value for name, value in stored.past.__dict__.items()
    }
    for number, model in enumerate(stored.windows):
        arrays |= {
            f"{number}.{name}": np.asarray(value)
            for name, value in {
                "a.mean": model.direction.scaling.mean,
                "a.spread": model.direction.scaling.spread,
                "a.flagged": model.direction.scaling.flagged,
                "a.beta": model.direction.beta,
                "a.centre": model.direction.centre,
                "b.mean": model.scaling.mean,
                "b.spread": model.scaling.spread,
                "b.flagged": model.scaling.flagged,
                "cuts": model.fitted.cuts,
                "beta": model.fitted.beta,
                "covariance": model.fitted.covariance,
                "spread": model.spread,
            }.items()
        }
    buffer = BytesIO()
    np.savez_compressed(
        buffer, allow_pickle=False, stamp=json.dumps(stored.stamp.__dict__), **arrays
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{id(stored)}.partial")
    partial.write_bytes(buffer.getvalue())
    partial.replace(path)


def read(path: Path = SHIPPED) -> Stored:
    """The models in a file.

    Raises:
        CatalogError: the file is missing or is no such file.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            stamp = Stamp(**json.loads(str(held["stamp"])))
            past = Past(**{field.name: held[f"past.{field.name}"] for field in fields(Past)})
            return Stored(stamp, (_model(held, 0), _model(held, 1)), past)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogError(
            f"The fitted reliability model at {path} cannot be read ({error})."
            " Reinstall Foedus, or run `python -m foedus.reliability.fit`."
        ) from error


def _model(held: np.lib.npyio.NpzFile, number: int) -> Trained:
    def part(name: str) -> Floats:
        return np.asarray(held[f"{number}.{name}"])

    return Trained(
        Direction(
            Scaling(part("a.mean"), part("a.spread"), part("a.flagged").astype(bool)),
            part("a.beta"),
            float(part("a.centre")),
        ),
        Scaling(part("b.mean"), part("b.spread"), part("b.flagged").astype(bool)),
        Fitted(part("cuts"), part("beta"), part("covariance"), 0.0, 0),
        float(part("spread")),
    )
