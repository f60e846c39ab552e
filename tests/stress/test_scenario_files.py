"""Scenario files: faults name the line and the known names; every shipped one holds."""

from __future__ import annotations

from pathlib import Path

import pytest

import foedus
from foedus.errors import InputError, ScenarioError
from foedus.stress.scenario_files import parse, shipped

HEAD = 'name = "one"\ntitle = "One"\nas_of = 2024-11-01\nhorizon = "2y"\n'
SHOCK = """
[[shock]]
kind = "attack"
on = 2025-01-01
beneficiary = "Iran"
challengers = ["Israel"]
"""


def _check(tmp_path: Path, text: str) -> None:
    file = tmp_path / "one.toml"
    file.write_text(text, "utf-8")
    foedus.scenario.check(file)


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_holds_on_its_day(name: str) -> None:
    found = foedus.scenario.check(name)
    assert found.name == name
    assert found.as_of.year >= 2026 or found.illustration


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (HEAD + "horizon = ", 5, "Invalid value"),
        (HEAD + "horizons = 3\n", 5, "There are name, title"),
        (HEAD + SHOCK.replace("attack", "raid"), 7, "There are attack, regime_fall"),
        (HEAD + SHOCK + "wars = true\n", 11, "There are kind, on, beneficiary"),
        (HEAD + SHOCK.replace("2025-01-01", '"soon"'), 8, "'on' is 'soon'"),
        (HEAD + SHOCK.replace('beneficiary = "Iran"\n', ""), 6, "'beneficiary' is missing"),
        (HEAD + SHOCK.replace("2025-01-01", "2025-02-30"), 8, "'2025-02-30' is no day; write YYYY"),
        (HEAD.replace('"2y"', '"2 years"'), 4, "'horizon' is '2 years'"),
    ],
)
def test_a_fault_of_form_names_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(text, "one.toml")
    assert caught.value.line == line
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"one.toml, line {line}: ")


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("Iran", "Irann"), 9, "Did you mean Iran"),
        (("Israel", "Mordor"), 10, "No actor is called 'Mordor'"),
        (("Iran", "NATO"), 9, "is not in the network"),
        (("2025-01-01", "2031-01-01"), 8, "lies outside the 8 quarters"),
        (("Israel", "IRN"), 10, "Iran cannot attack itself"),
        (("2025-01-01", "2023-01-01"), 8, "lies outside the 8 quarters"),
    ],
)
def test_a_name_or_day_that_is_not_there_names_its_line(
    tmp_path: Path, change: tuple[str, str], line: int, said: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        _check(tmp_path, HEAD + SHOCK.replace(*change))
    assert caught.value.line == line
    assert str(caught.value).startswith(f"{tmp_path / 'one.toml'}, line {line}: ")
    assert said in str(caught.value)


def test_an_unknown_platform_lists_those_in_use(tmp_path: Path) -> None:
    text = HEAD + '\n[[shock]]\nkind = "platform_loss"\non = 2025-01-01\nplatform = "rus-hmeimin"\n'
    with pytest.raises(ScenarioError, match=r"line 9: .*Near are rus-hmeimim") as caught:
        _check(tmp_path, text)
    assert "irn-land" in str(caught.value)


def test_a_new_file_is_checked_and_never_overwritten(tmp_path: Path) -> None:
    path = foedus.scenario.new(tmp_path / "My case.toml")
    assert foedus.scenario.check(path).name == "my-case"
    with pytest.raises(InputError, match="exists already"):
        foedus.scenario.new(path)


def test_an_unknown_name_lists_the_shipped_ones() -> None:
    with pytest.raises(InputError, match="Shipped are baltic-call"):
        foedus.scenario.load("syria")
