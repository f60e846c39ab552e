"""`foedus scenario`: the shipped scenarios, and files of one's own."""

from __future__ import annotations

from pathlib import Path

from cyclopts import App

from foedus.cli.options import Json, note, show, write

scenario = App(name="scenario", help="Scenarios for stress tests: list, show, start, check.")


@scenario.command(name="list")
def list_scenarios(*, json: Json = False) -> None:
    """The scenarios that come with Foedus."""
    import foedus

    found = foedus.scenario.list_scenarios()
    if json:
        from json import dumps

        write(dumps([item.model_dump(mode="json") for item in found], indent=2))
    else:
        from foedus.report.scenario_blocks import list_blocks

        show(list_blocks(found))


@scenario.command(name="show")
def show_one(name: str, /, *, json: Json = False) -> None:
    """The TOML of a shipped scenario or a file.

    Parameters
    ----------
    name
        Name of a shipped scenario, or a TOML file.
    """
    import foedus

    if json:
        write(foedus.scenario.load(name).model_dump_json(indent=2))
    else:
        write(foedus.scenario.show(name))


@scenario.command
def new(path: Path, /, *, like: str | None = None) -> None:
    """Start a scenario file, with an example of every kind of shock.

    Parameters
    ----------
    path
        File to write; it must not exist.
    like
        Start from this shipped scenario instead.
    """
    import foedus

    foedus.scenario.new(path, like=like)
    note(f"written to {path}; edit it, then foedus scenario check {path}")


@scenario.command
def check(name: str, /, *, json: Json = False) -> None:
    """Check a scenario against the network of its day: names, days, values.

    Parameters
    ----------
    name
        Name of a shipped scenario, or a TOML file.
    """
    import foedus

    found = foedus.scenario.check(name)
    if json:
        write(found.model_dump_json(indent=2))
    else:
        from foedus.report.figures import count

        shocks = count(len(found.shocks), "shock")
        note(f"{found.name}: {shocks} from {found.as_of}, nothing is wrong")
