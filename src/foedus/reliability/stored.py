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
from foedus.reliability.stages import Stages
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
    """The models of both windows (30 and 365 days), their data's stamp, and the past cases.

    `stages` is None where the register had too few rows by the day.
    """

    stamp: Stamp
    windows: tuple[Trained, Trained]
    past: Past
    stages: Stages | None = None


def write(stored: Stored, path: Path) -> None:
    """Write the models as one compressed file, whole or not at all."""
    arrays: dict[str, np.ndarray[Any, Any]] = {
        f"past.{name}": value for name, value in stored.past.__dict__.items()
    }
    models = dict(zip("01", stored.windows, strict=True))
    if stored.stages is not None:
        models["asked"] = stored.stages.answered
        arrays |= {
            "stages.asked": stored.stages.asked,
            "stages.against": stored.stages.against,
            "stages.against_rate": np.asarray(stored.stages.against_rate),
        }
    for number, model in models.items():
        arrays |= {f"{number}.{name}": value for name, value in _arrays(model).items()}
    buffer = BytesIO()
    np.savez_compressed(
        buffer, allow_pickle=False, stamp=json.dumps(stored.stamp.__dict__), **arrays
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{id(stored)}.partial")
    partial.write_bytes(buffer.getvalue())
    partial.replace(path)


def _arrays(model: Trained) -> dict[str, np.ndarray[Any, Any]]:
    first, own = model.direction, model.scaling
    values = {
        "a.mean": first.scaling.mean,
        "a.spread": first.scaling.spread,
        "a.flagged": first.scaling.flagged,
        "a.beta": first.beta,
        "a.centre": first.centre,
        "b.mean": own.mean,
        "b.spread": own.spread,
        "b.flagged": own.flagged,
        "cuts": model.fitted.cuts,
        "beta": model.fitted.beta,
        "covariance": model.fitted.covariance,
        "spread": model.spread,
    }
    return {name: np.asarray(value) for name, value in values.items()}


def read(path: Path = SHIPPED) -> Stored:
    """The models in a file.

    Raises:
        CatalogError: the file is missing or is no such file.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            stamp = Stamp(**json.loads(str(held["stamp"])))
            past = Past(**{field.name: held[f"past.{field.name}"] for field in fields(Past)})
            windows = (_model(held, "0"), _model(held, "1"))
            return Stored(stamp, windows, past, _stages(held, windows[1]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogError(
            f"The fitted reliability model at {path} cannot be read ({error})."
            " Reinstall Foedus, or run `python -m foedus.reliability.fit`."
        ) from error


def _model(held: np.lib.npyio.NpzFile, number: str) -> Trained:
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


def _stages(held: np.lib.npyio.NpzFile, year: Trained) -> Stages | None:
    if "stages.asked" not in held:
        return None
    return Stages(
        scaling=year.scaling,
        asked=held["stages.asked"],
        against=held["stages.against"],
        against_rate=float(held["stages.against_rate"]),
        answered=_model(held, "asked"),
    )
