"""Parameters of the stress test: each an estimate with its N, or a prior with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from foedus.errors import InputError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Parameter:
    """One number of the model, with the range (`low`..`high`) that it is varied over.

    `basis` is "estimate" (then `n` cases stand behind it) or "prior" (then `source` argues it).
    """

    name: str
    value: float
    low: float
    high: float
    basis: Literal["estimate", "prior"]
    meaning: str
    source: str
    n: int | None = None


class Parameters(Mapping[str, float]):
    """Named parameters; reads as a mapping from name to value."""

    def __init__(self, items: tuple[Parameter, ...]) -> None:
        self.items_by_name = {item.name: item for item in items}

    def __getitem__(self, name: str) -> float:
        return self.items_by_name[name].value

    def __iter__(self) -> Iterator[str]:
        return iter(self.items_by_name)

    def __len__(self) -> int:
        return len(self.items_by_name)

    @property
    def table(self) -> tuple[Parameter, ...]:
        """Every parameter, in order."""
        return tuple(self.items_by_name.values())

    def changed(self, **values: float) -> Parameters:
        """The same parameters with other values; their ranges stretch to hold them.

        Raises:
            InputError: a name that no parameter has.
        """
        for name in values:
            if name not in self.items_by_name:
                raise InputError(
                    f"No parameter is called {name!r}. There are {', '.join(self.items_by_name)}."
                )
        return Parameters(
            tuple(
                replace(
                    item,
                    value=values[item.name],
                    low=min(item.low, values[item.name]),
                    high=max(item.high, values[item.name]),
                )
                if item.name in values
                else item
                for item in self.table
            )
        )

    def with_estimates(self, *found: Parameter) -> Parameters:
        """The same parameters with estimates in place of those of the same name."""
        return Parameters(tuple({**self.items_by_name, **{x.name: x for x in found}}.values()))

    def draw(self, rng: np.random.Generator) -> dict[str, float]:
        """One draw of each parameter: triangular over its range, its value the mode."""
        drawn = {}
        for item in self.table:
            width = item.high - item.low
            at = 0.5 if width == 0 else (item.value - item.low) / width
            u = rng.random()
            drawn[item.name] = item.low + width * (
                np.sqrt(u * at) if u < at else 1 - np.sqrt((1 - u) * (1 - at))
            )
        return drawn


def _prior(
    name: str, value: float, low: float, high: float, meaning: str, source: str
) -> Parameter:
    return Parameter(name, value, low, high, "prior", meaning, source)


PRIORS = Parameters(
    (
        _prior(
            "calls", 1.0, 0.7, 1.4,
            "scale of every call rate",
            "the register after 2014 is less complete than the dispute data before",
        ),
        _prior(
            "opportunity", 0.4, 0.0, 1.0,
            "log rise of a call rate when all expected supporters are tied down",
            "sign from Gartzke & Gleditsch 2004 and Leeds 2003; size is judgement",
        ),
        _prior(
            "deterrence", 0.5, 0.0, 1.2,
            "log rise of a call rate when all expected support is lost",
            "Leeds 2003 (defence pacts lower the chance of a dispute); size is judgement",
        ),
        _prior(
            "lesser_due", 0.40, 0.20, 0.70,
            "how much a lesser promise (offence, neutrality, consultation) is held to, defence 1",
            "judgement",
        ),
        _prior(
            "habit_due", 0.50, 0.25, 0.80,
            "how much a client or patron by habit, without a defence promise, is held to",
            "judgement",
        ),
        _prior(
            "group_capability", 0.0005, 0.0002, 0.0015,
            "an armed group's capability, as a share of the world's",
            "judgement: between Lebanon and Jordan",
        ),
        _prior(
            "force_claim", 0.10, 0.03, 0.25,
            "claim of an attack short of war, as a share of the claim of a war",
            "judgement",
        ),
        _prior(
            "least_claim", 0.25, 0.10, 0.50,
            "least claim of a call, as a share of the challengers' capability",
            "judgement",
        ),
        _prior(
            "deployable", 0.30, 0.15, 0.50,
            "share of a state's capability that can act for others",
            "judgement; NATO's usability goal asks for 0.5 of land forces deployable",
        ),
        _prior(
            "stocks", 0.10, 0.05, 0.20,
            "share of a state's capability that can be given as material in a quarter",
            "judgement",
        ),
        _prior(
            "material_worth", 0.30, 0.10, 0.50,
            "worth of material support against forces for the same claim",
            "judgement",
        ),
        _prior(
            "war_load", 0.35, 0.15, 0.60,
            "share of capability that a war of one's own ties down",
            "judgement",
        ),
        _prior(
            "force_load", 0.05, 0.01, 0.10,
            "share of capability that a conflict short of war ties down",
            "judgement",
        ),
        _prior(
            "load_keep", 0.84, 0.70, 0.95,
            "share of a load that is left after a quarter",
            "half of the wars since 1950 last under a year (MID 5.0): 0.5 ** (1 / 4)",
        ),
        _prior(
            "default_below", 0.25, 0.10, 0.50,
            "share of a claim under which the guarantor has defaulted",
            "judgement: material support alone is just enough",
        ),
        _prior(
            "fall_if_defeated", 0.30, 0.10, 0.50,
            "chance that the regime falls when it is defeated in war",
            "Goemans 2000, War and Punishment: leaders that lose wars lose office often",
        ),
        _prior(
            "platform_loss", 0.80, 0.50, 1.00,
            "chance that a platform closes when its host's regime falls",
            "register: of the platforms in Syria in December 2024 most closed",
        ),
        _prior(
            "transit", 0.60, 0.30, 0.90,
            "share of support that goes through the guarantor's platforms, where it has any",
            "judgement",
        ),
        _prior(
            "patron_share", 0.60, 0.30, 0.90,
            "share of an armed group's strength that comes from its patrons",
            "judgement",
        ),
        _prior(
            "observers", 0.60, -0.20, 1.20,
            "log-odds by which belief moves for a full surprise; below 0 restraint is welcome",
            "Crescenzi et al. 2012; LeVeck & Narang 2017; sign open: Henry 2020",
        ),
        _prior(
            "own_partner", 1.20, 0.40, 2.00,
            "the same for a partner that was let down in a war of its own",
            "judgement: direct experience weighs more than hearsay (Crescenzi 2007)",
        ),
        _prior(
            "far_observers", 0.30, 0.0, 0.70,
            "weight of observers in other regions against those in the same",
            "LeVeck & Narang 2017; size is judgement",
        ),
        _prior(
            "hard_times", 0.50, 0.0, 1.00,
            "part of a surprise that is forgiven when everybody defaults",
            "LeVeck & Narang 2017",
        ),
        _prior(
            "memory", 0.90, 0.80, 0.97,
            "share of a reputation that is left after a quarter",
            "Crescenzi 2007 (decay over years); size is judgement",
        ),
        _prior(
            "hedging", 1.0, 0.0, 2.0,
            "elasticity of the lapse hazard to belief x capability x passage",
            "judgement",
        ),
    )
)  # fmt: skip
"""Judged parameters. Estimated ones (contest, hazards, common shock) are added per network."""
