"""The network as known on one day, built from the catalog."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from foedus.catalog.facts import Facts
from foedus.stress.actors import blocs, capability, engaged, groups, is_group, seats, states
from foedus.stress.distance import discount, miles
from foedus.stress.estimates import common_shock, contest, hazards
from foedus.stress.network import HAZARDS, Actors, Instruments, Network, Pairs
from foedus.stress.parameters import PRIORS
from foedus.stress.passages import passages
from foedus.stress.rates import rates
from foedus.stress.tested import shares_tested
from foedus.stress.ties import HABIT, Tie, starts, ties
from foedus.stress.willing import willing_tails

Level = Literal["dyad", "instrument"]


def build(facts: Facts, *, level: Level = "dyad", seed: int = 1, willing: bool = True) -> Network:
    """Actors, pairs, passages, willingness and estimated parameters as of the facts' day.

    At `level` "instrument" each text of a pair lapses on its own, and the pair stands while
    one of them does. Without `willing` the willingness is left at 0 and
    no simulation can be run, for checks of names.
    """
    found, armed = states(facts), groups(facts)
    ids = (*(key for key, _ in found), *(key for key, _, _ in armed))
    hosts = {key: host for key, _, host in armed}
    place = {key: at for at, key in enumerate(ids)}
    called = rates(facts, ids, frozenset(ids))
    wars, conflicts = engaged(facts, ids)
    strength = capability(facts, ids)
    actors = Actors(
        ids=ids,
        names=(*(name for _, name in found), *(name for _, name, _ in armed)),
        group=is_group(len(ids), len(armed)),
        bloc=blocs(facts, ids, hosts),
        capability=strength,
        wars=wars,
        conflicts=conflicts,
        rate=called.rate,
        war=called.war,
        challenger=called.challenger,
        weight=called.weight,
    )
    tied, carried = ties(facts, place)
    giver = np.array([tie.guarantor for tie in tied], dtype=np.int64)
    taker = np.array([tie.beneficiary for tie in tied], dtype=np.int64)
    latitude, longitude = seats(facts, ids, hosts)
    away = miles(latitude, longitude, giver, taker)
    pairs = Pairs(
        guarantor=giver,
        beneficiary=taker,
        start=starts(taker, len(ids)),
        level=np.array([tie.level for tie in tied], dtype=np.int64),
        discount=discount(strength[giver], away, facts.as_of.year),
        texts=np.array([max(len(tie.texts), 1) for tie in tied], dtype=np.int64),
    )
    instruments = _instruments(tied, ids, level)
    if level == "dyad":
        pairs = Pairs(**{**vars(pairs), "texts": np.ones(pairs.count, dtype=np.int64)})
    network = Network(
        as_of=facts.as_of,
        level=level,
        actors=actors,
        pairs=pairs,
        instruments=instruments,
        transit=passages(facts, place, pairs, actors.group),
        willingness=np.zeros((1, pairs.count, 3), dtype=np.float32),
        parameters=PRIORS.with_estimates(
            *contest(facts), *hazards(facts), common_shock(facts, called.first, called.last)
        ),
        notes=_notes(actors, carried, len(instruments.ids), called.calls),
    )
    return with_willingness(facts, network, seed) if willing else network


def with_willingness(facts: Facts, network: Network, seed: int) -> Network:
    """A network that was built without willingness, with it and with what is estimated by it."""
    tails = willing_tails(facts, network.actors, network.pairs, seed)
    shares = shares_tested(facts, network.actors, network.pairs, tails)
    return replace(
        network, willingness=tails, parameters=network.parameters.with_estimates(*shares)
    )


def _instruments(tied: list[Tie], ids: tuple[str, ...], level: Level) -> Instruments:
    names: list[str] = []
    pair: list[int] = []
    hazard: list[int] = []
    for at, tie in enumerate(tied):
        kinds = [f"hazard_{kind}" for _, kind in tie.texts]
        if level == "instrument" and tie.texts:
            names += [key for key, _ in tie.texts]
            hazard += [HAZARDS.index(kind) for kind in kinds]
            pair += [at] * len(tie.texts)
            continue
        names.append(f"{ids[tie.guarantor]}>{ids[tie.beneficiary]}")
        strongest = max((HAZARDS.index(kind) for kind in kinds), default=0)
        hazard.append(max(strongest, 1 if tie.level >= HABIT else 0))
        pair.append(at)
    return Instruments(tuple(names), np.array(pair, np.int64), np.array(hazard, np.int64))


def _notes(actors: Actors, carried: int, texts: int, calls: int) -> tuple[str, ...]:
    unknown = [
        name
        for name, value, group in zip(actors.names, actors.capability, actors.group, strict=True)
        if np.isnan(value) and not group
    ]
    notes = [
        f"Call rates rest on {calls:,} calls, willingness on the response model of assessments.",
        "An armed group's capability is not measured: one judged value stands for each.",
    ]
    if carried:
        notes.append(
            f"{carried:,} texts are not known to be in force past the end of their source and are"
            " taken to go on."
        )
    if unknown:
        shown = ", ".join(unknown[:6]) + (", ..." if len(unknown) > 6 else "")
        notes.append(
            f"{len(unknown)} states of unknown capability deliver nothing and are held to"
            f" nothing: {shown}."
        )
    return tuple(notes)
