"""The stress test inside an assessment: asked for once, shown again, and absent without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import foedus
from foedus.domain.assessments import Assessment
from foedus.errors import InputError
from foedus.report.assessment_blocks import assessment_blocks
from foedus.report.blocks import Paragraph, Section, Table, plain

DAY = "2026-10-01"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="module")
def stressed(cache: Path) -> Assessment:
    return foedus.assess("Russia", "Iran", as_of=DAY, challenger="Israel", save=False, stress=True)


def _sections(assessment: Assessment) -> dict[str, Section]:
    return {b.anchor: b for b in assessment_blocks(assessment) if isinstance(b, Section)}


def test_the_attack_makes_the_beneficiary_fall_more_often(stressed: Assessment) -> None:
    assert stressed.coverage is not None
    assert stressed.cascade is not None
    assert stressed.coverage.attack.challengers == ("Israel",)
    struck = stressed.cascade.beneficiary
    assert struck is not None
    assert struck.chance.scenario is not None
    assert struck.chance.scenario.value > struck.chance.baseline.value + 0.05
    assert all(line.actor != "IRN" for line in stressed.cascade.falls)
    assert all("IRN" not in (line.guarantor, line.beneficiary) for line in stressed.cascade.ties)


def test_reasons_are_shares_of_what_is_claimed(stressed: Assessment) -> None:
    assert stressed.coverage is not None
    line = stressed.coverage.guarantor
    for side in ("baseline", "scenario"):
        parts = [getattr(part, side) for part in (line.unwilling, line.unable, line.blocked)]
        assert all(0 <= part <= 1 for part in parts)
        assert sum(parts) <= 1


def test_a_later_assessment_of_the_same_facts_shows_it(stressed: Assessment) -> None:
    again = foedus.assess("Russia", "Iran", as_of=DAY, challenger="Israel", save=False)
    assert again.coverage == stressed.coverage
    assert again.cascade == stressed.cascade
    shown = _sections(again)
    assert any(isinstance(block, Table) for block in shown["coverage"].blocks)
    assert any(isinstance(block, Table) for block in shown["cascade"].blocks)
    assert "stress" not in shown


def test_a_damaged_file_is_as_if_there_were_none(stressed: Assessment, cache: Path) -> None:
    kept = next(cache.glob("stress-*.json"))
    whole = kept.read_bytes()
    kept.write_bytes(whole[:200])
    try:
        plain_one = foedus.assess("Russia", "Iran", as_of=DAY, challenger="Israel", save=False)
    finally:
        kept.write_bytes(whole)
    assert plain_one.coverage is None


def test_without_one_the_report_says_how_to_get_it(cache: Path) -> None:
    without = foedus.assess("Russia", "Syria", as_of=DAY, save=False)
    assert without.coverage is None
    assert without.cascade is None
    said = _sections(without)["stress"].blocks[0]
    assert isinstance(said, Paragraph)
    assert "--stress" in plain(said.text)


def test_an_organisation_is_refused_in_words(cache: Path) -> None:
    with pytest.raises(InputError, match="name a member"):
        foedus.assess("NATO", "Estonia", as_of=DAY, save=False, stress=True)
