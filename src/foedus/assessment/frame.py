"""The frame of an assessment: all that the catalog and the user's own rows say of a pair.

No document changes it, so it is made once for a pair and a day; `assessed` puts what the
documents say into it, which takes a small part of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from foedus import __version__
from foedus.assessment.capacity import capacity
from foedus.assessment.evidence import Found
from foedus.assessment.evidence_moves import evidence_moves
from foedus.assessment.headline import headline
from foedus.assessment.limits import limits
from foedus.assessment.pair_stress import kept_stress, stress_file
from foedus.assessment.parties import Parties, parties
from foedus.assessment.promise import promise
from foedus.assessment.ties import no_forecast, tied
from foedus.catalog.actors import ActorIndex
from foedus.catalog.facts import Facts
from foedus.domain.assessments import Assessment, Capacity, Promise, Record
from foedus.record.history import actor_names, record
from foedus.record.open_calls import open_calls
from foedus.record.rules import FOEDUS_RUNG, find_rule
from foedus.reliability.forecast import forecast
from foedus.reliability.predicted import Predicted


@dataclass(frozen=True)
class Frame:
    """One pair as of a day before any document; `names` are display names by actor's id.

    `predicted` is null where nothing ties the pair; `stress` is where a stress test of these
    facts is kept once one was run.
    """

    as_of: date
    catalog_version: str
    sides: Parties
    names: dict[str, str]
    promise: Promise
    record: Record
    capacity: Capacity
    predicted: Predicted | None
    stress: Path


def frame(
    facts: Facts,
    guarantor: str,
    beneficiary: str,
    challenger: str | None = None,
    rule: str = FOEDUS_RUNG.name,
) -> Frame:
    """The frame of one pair on facts that are open already.

    Raises:
        UnknownActor, AmbiguousActor: a name that leads to no actor, or to several.
        InputError: a pair that has no answer, or an unknown rule.
    """
    sides = parties(facts, ActorIndex(facts.connection), guarantor, beneficiary, challenger)
    names = actor_names(facts) | {
        side.id: side.name for side in (sides.guarantor, sides.beneficiary)
    }
    promised = promise(facts, sides)
    past = record(facts, sides.givers, sides.beneficiary.id, names, find_rule(rule)).model_copy(
        update={"open": open_calls(facts, sides.givers, sides.beneficiary.id, names)}
    )
    return Frame(
        as_of=facts.as_of,
        catalog_version=facts.version,
        sides=sides,
        names=names,
        promise=promised,
        record=past,
        capacity=capacity(facts, sides, names),
        predicted=forecast(
            facts, sides.guarantor, sides.beneficiary, sides.challenger, promised.in_force, names
        )
        if tied(facts, sides, promised, past)
        else None,
        stress=stress_file(facts, sides),
    )


def assessed(frame: Frame, coded: Found) -> Assessment:
    """The assessment: the frame with what the documents say and how it moves the forecast.

    A stress test of the pair that was run since the frame was made is in it.
    """
    sides, key = frame.sides, uuid4().hex
    tested = kept_stress(frame.stress)
    moves = evidence_moves(coded, frame.as_of, frame.promise, frame.record, frame.capacity)
    predicted = None if frame.predicted is None else frame.predicted.after(moves)
    cite = (
        f"Foedus {__version__}, catalog {frame.catalog_version}: assessment {key[:8]} of"
        f" {sides.guarantor.name} and {sides.beneficiary.name} as of {frame.as_of}."
    )
    result = Assessment(
        foedus_version=__version__,
        catalog_version=frame.catalog_version,
        id=key,
        created=datetime.now(UTC),
        as_of=frame.as_of,
        guarantor=sides.guarantor,
        beneficiary=sides.beneficiary,
        challenger=sides.challenger,
        headline=headline(sides, frame.promise, frame.record, predicted),
        promise=frame.promise,
        record=frame.record,
        forecast=predicted,
        no_forecast=None if predicted else no_forecast(sides),
        evidence=coded.block,
        capacity=frame.capacity,
        limits=limits(frame.as_of, cite, documents=bool(coded.block.documents)),
        names={},
        coverage=None if tested is None else tested.coverage,
        cascade=None if tested is None else tested.cascade,
    )
    return result.model_copy(update={"names": _named(result, frame.names)})


def _named(result: Assessment, names: dict[str, str]) -> dict[str, str]:
    """Display names of the actors that the answer speaks of, and of no others."""
    promise, past = result.promise, (*result.record.calls, *result.record.open)
    texts = (*promise.in_force, *promise.pending, *promise.lapsed, *promise.ended, *promise.undated)
    groups = (*result.evidence.groups, *result.evidence.elsewhere)
    claims = [claim for group in groups for one in group.clusters for claim in one.claims]
    spoken = {
        result.guarantor.id,
        result.beneficiary.id,
        *(share.actor for share in result.capacity.shares),
        *(key for text in texts for key in (text.guarantor, text.beneficiary)),
        *(key for one in past for key in (one.call.beneficiary, *one.call.challengers)),
        *(answer.guarantor for one in past for answer in one.responses),
        *(key for claim in claims for key in (*claim.source, *claim.target)),
    }
    return {key: names[key] for key in sorted(spoken) if key in names}
