"""The stress test of the shipped chain, small: what its result says and what it may not."""

from __future__ import annotations

import pytest

import foedus
from foedus.domain.stress_tests import StressTest
from foedus.errors import InputError
from foedus.report.stress_blocks import stress_blocks
from foedus.report.stress_page import stress_html


@pytest.fixture(scope="module")
def chain() -> StressTest:
    return foedus.stress_test("syria-falls", runs=1000, seed=3)


def test_baseline_and_scenario_stand_side_by_side(chain: StressTest) -> None:
    assert chain.runs == 1000
    assert all(line.mean.scenario is not None for line in chain.events)
    assert all(line.chance.scenario is not None for line in chain.falls)
    syria = next(line for line in chain.falls if line.actor == "SYR")
    assert syria.scripted
    assert syria.chance.scenario is not None
    assert syria.chance.scenario.value == 1.0


def test_the_struck_client_falls_more_often_and_its_ties_fail(chain: StressTest) -> None:
    iran = next(line for line in chain.falls if line.actor == "IRN")
    assert iran.chance.scenario is not None
    assert iran.chance.scenario.value > iran.chance.baseline.value + 0.05
    tie = next(line for line in chain.watched if line.id == "RUS>IRN")
    assert tie.failed.scenario is not None
    assert tie.failed.scenario.value > tie.failed.baseline.value


def test_shares_are_shares_and_reasons_add_up(chain: StressTest) -> None:
    for line in chain.guarantors:
        for side in ("baseline", "scenario"):
            parts = [getattr(getattr(line, name), side) for name in
                     ("unwilling", "unable", "blocked")]  # fmt: skip
            known = [part for part in parts if part is not None]
            assert all(-1e-6 <= part <= 1 for part in known)
            assert sum(known) <= 1 + 1e-6
        if line.coverage.baseline is not None:
            assert line.capacity.baseline is not None
            assert line.claims.baseline is not None
            assert line.coverage.baseline == pytest.approx(
                line.capacity.baseline / line.claims.baseline
            )


def test_every_parameter_says_what_it_rests_on(chain: StressTest) -> None:
    for line in chain.parameters:
        assert line.low <= line.value <= line.high
        assert line.source
        assert (line.basis == "estimate") == (line.n is not None)


def test_every_shock_has_its_part(chain: StressTest) -> None:
    assert chain.scenario is not None
    assert len(chain.attribution) == len(chain.scenario.shocks)
    last = chain.attribution[-1]
    assert last.most == "Iran"
    assert last.most_change > 0.05


def test_the_report_says_that_it_is_an_illustration(chain: StressTest) -> None:
    page = stress_html(chain)
    assert "Illustration, not a test" in page
    assert page.count("<svg") >= 3
    assert "http://" not in page.replace("http://www.w3.org", "")
    anchors = [block.anchor for block in stress_blocks(chain) if hasattr(block, "anchor")]
    assert anchors[:3] == ["summary", "scenario", "events"]


def test_options_out_of_range_are_said() -> None:
    for wrong in ({"runs": 0}, {"workers": 0}, {"horizon": "5 years"}, {"seed": -1}):
        with pytest.raises(InputError):
            foedus.stress_test(**wrong)


def test_a_watched_tie_that_is_not_there_is_said() -> None:
    found = foedus.scenario.load("munich-1938").model_copy(update={"watch": ("FRA>CSK", "USA>CSK")})
    test = foedus.stress_test(found, runs=20, horizon="1y")
    assert [line.id for line in test.watched] == ["FRA>CSK"]
    assert any("USA>CSK" in note for note in test.notes)
