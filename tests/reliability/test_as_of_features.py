"""Features are as of the day before the call: later facts change nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import numpy as np
import pytest

from foedus.catalog.facts import Facts, Overlay
from foedus.domain.calls import Call
from foedus.domain.commitments import Commitment
from foedus.domain.dates import DateSpan
from foedus.domain.responses import Response
from foedus.domain.rungs import Rung, RungRange
from foedus.domain.sources import Source
from foedus.reliability.cases import Asked, Cases, asked_features, past_cases
from foedus.reliability.features.groups import NAMES

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def cases() -> Cases:
    return past_cases(Facts(TODAY))


def _sample(cases: Cases) -> list[str]:
    rng = np.random.default_rng(11)
    return [
        str(call)
        for stream in ("register", "cow", "icb", "esd")
        for call in rng.choice(np.unique(cases.call[cases.stream == stream]), 4)
    ]


def test_every_table_cut_at_the_day_gives_the_same_features(cases: Cases) -> None:
    challengers = {
        row["id"]: tuple(row["challengers"])
        for row in Facts(TODAY).rows("SELECT id, challengers FROM calls")
    }
    for call in _sample(cases):
        rows = np.flatnonzero(cases.call == call)
        day = date.fromordinal(int(cases.day[rows[0]]))
        asked = [
            Asked(str(cases.guarantor[row]), str(cases.beneficiary[row]), challengers[call])
            for row in rows
        ]
        known_then = asked_features(Facts(day - timedelta(days=1)), asked, day)
        trigger = NAMES.index("sudden")
        known_then[:, trigger] = cases.x[rows][:, trigger]
        np.testing.assert_allclose(known_then, cases.x[rows], err_msg=call, rtol=1e-9)


def _span(day: date) -> DateSpan:
    return DateSpan(first=day, last=day)


def _planted(day: date) -> Overlay:
    """A pact, a call and forces sent, all of `day`, between France and Iran."""
    source = Source(table="user", title="planted")
    pact = Commitment(
        id="planted:FRA>IRN", instrument="planted", title="Planted", article=None, phase=0,
        guarantor="FRA", beneficiary="IRN", multilateral=False, defense=True, offense=True,
        neutrality=True, nonaggression=True, consultation=True, conditions={}, signed=_span(day),
        in_force=_span(day), ended=None, end_cause=None, known_until=None, atopid=None, note=None,
        status="in force", origin="user", sources=(source,),
    )  # fmt: skip
    call = Call(
        id="planted", name="Planted", kind="invasion", role="target", beneficiary="IRN",
        challengers=("IRQ",), started=_span(day), ended=_span(day), hostility=5, outcome="held",
        same_as=None, note=None, origin="user", source=source,
    )  # fmt: skip
    rung = RungRange(low=Rung.FORCES, high=Rung.FORCES)
    answer = Response(
        id="planted:FRA", call="planted", guarantor="FRA", rung=rung, rung_30=rung, rung_365=rung,
        support=frozenset({"troops"}), not_given=frozenset(), opposed=False, asked=True,
        obliged=True, first_act=_span(day), commitments=("planted:FRA>IRN",), note=None,
        origin="user", source=source,
    )  # fmt: skip
    return Overlay(commitments=(pact,), calls=(call,), responses=(answer,))


def test_a_planted_fact_arrives_the_day_after_and_never_before() -> None:
    asked = [Asked("FRA", "IRN", ("IRQ",))]
    day = date(2012, 5, 1)

    def features(planted: Overlay | None) -> np.ndarray:
        return asked_features(Facts(TODAY, planted), asked, day)

    without = features(None)
    np.testing.assert_allclose(features(_planted(day)), without, rtol=1e-9)
    before = features(_planted(day - timedelta(days=1)))
    changed = {NAMES[place] for place in np.flatnonzero(np.abs(before[0] - without[0]) > 1e-6)}
    assert {"defence", "bilateral", "pair_material", "giver_forces", "receiver_rate"} <= changed


def test_final_hostility_and_outcome_reach_no_feature(cases: Cases) -> None:
    """The same call with another end has the same features."""
    stored = Facts(TODAY).calls(ids=["ukr-2022"])[0]
    other = stored.model_copy(update={"hostility": 2, "outcome": "fell", "kind": "border_clash"})
    changed = past_cases(Facts(TODAY, Overlay(calls=(other,))))
    np.testing.assert_allclose(
        cases.x[cases.call == "ukr-2022"], changed.x[changed.call == "ukr-2022"]
    )


def test_codes_are_matched(cases: Cases) -> None:
    """At most one case in a hundred lacks a capital or a capability for a state of the system."""
    for name in ("distance", "might"):
        assert np.isnan(cases.x[:, NAMES.index(name)]).mean() < 0.01, name


def test_forks_ask_at_the_same_time_and_get_the_same_answers() -> None:
    day = date(2025, 6, 1)
    asked = [Asked("RUS", "IRN", ("USA",), False), Asked("USA", "ISR", ("IRN",), False)] * 4
    alone = [asked_features(Facts(day), [one], [day]) for one in asked[:2]] * 4
    shared = Facts(day)
    assert shared.connection.execute("SELECT 1").fetchone()
    with ThreadPoolExecutor(len(asked)) as threads:
        together = list(threads.map(lambda one: asked_features(shared.fork(), [one], [day]), asked))
    for mine, theirs in zip(together, alone, strict=True):
        np.testing.assert_array_equal(mine, theirs)
