"""Fulfilment: rates under a named rule, and one guarantor's record under it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from foedus.domain.actors import Actor
from foedus.domain.assessments import PastCall
from foedus.domain.frozen import Frozen

Coding = Literal["published", "automatic"]
Unit = Literal["alliance and war", "guarantor and call"]


class RuleInfo(Frozen):
    """A fulfilment rule: what counts as due and honoured, who wrote it, and what it covers.

    `last_year` is null where the rule has no end. `codings` are those that can be asked for.
    """

    name: str
    text: str
    citation: str
    unit: Unit
    first_year: int
    last_year: int | None
    codings: tuple[Coding, ...]


class RateLine(Frozen):
    """`honoured` of `due` cases in one group, with two 95% intervals.

    `low` and `high` are Wilson's, which takes cases as independent; `clustered_low` and
    `clustered_high` resample whole wars (or calls), and are null where there is only one.
    `unknown` cases may have been due, or were due and cannot be told; they are in no rate.
    """

    group: dict[str, str]
    honoured: int
    due: int
    unknown: int
    wars: int
    rate: float | None
    low: float | None
    high: float | None
    clustered_low: float | None
    clustered_high: float | None


class WarCase(Frozen):
    """One alliance of the guarantor in one war: whether it was put to the test, and stood it.

    `year` is that in which the war began, or 1945 for an alliance that its coders count from then.
    `against` is whether allies fought each other; null where the coding does not tell.
    """

    war: int
    war_name: str
    war_ended: date
    year: int
    atopid: int
    title: str
    multilateral: bool
    obligations: tuple[str, ...]
    due: Literal["due", "not due", "cannot tell"]
    honoured: bool | None
    against: bool | None
    reason: str


class GuarantorRecord(Frozen):
    """What one guarantor owed and delivered under one rule, as known on `as_of`.

    `calls` holds the cases of a rule of guarantor and call, newest first, `wars` those of a
    rule of alliance and war; the other is empty. `due`, `delivered`, `against` and `unknown`
    count cases: due for certain, of these delivered as the rule wants, guarantor (or an ally)
    on the other side in any case, and not to be told. `broken` holds the guarantor's own
    attacks on states to which it was bound, under rules of guarantor and call; they are in
    `against` and in no rate.
    """

    guarantor: Actor
    as_of: date
    rule: RuleInfo
    coding: Coding
    first_year: int
    last_year: int
    total: int
    due: int
    delivered: int
    against: int
    unknown: int
    rates: tuple[RateLine, ...]
    calls: tuple[PastCall, ...] = ()
    wars: tuple[WarCase, ...] = ()
    broken: tuple[PastCall, ...] = ()
