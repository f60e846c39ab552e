"""Scenarios for stress tests: the shipped ones, and files of one's own."""

from __future__ import annotations

from pathlib import Path

from foedus.domain.scenarios import Scenario
from foedus.errors import InputError

_TEMPLATE = """\
name = "{name}"
title = "{title}"
summary = "What happens, in a sentence or two."
as_of = 2026-01-01
horizon = "2y"
rationing = "pro rata"    # or "priority": what is held to most comes first
watch = ["USA>TWN"]       # commitments that the report follows

[[shock]]                 # capability tied down, until a day or to the end
kind = "load"
on = 2026-01-01
actor = "United States"
share = 0.4
until = 2026-12-31

[[shock]]                 # a call on all guarantors of the beneficiary
kind = "attack"
on = 2026-03-01
beneficiary = "Taiwan"
challengers = ["China"]
war = true

# [[shock]]               # a regime or an armed group falls
# kind = "regime_fall"
# on = 2026-06-01
# actor = "Taiwan"

# [[shock]]               # a base, corridor or hub closes
# kind = "platform_loss"
# on = 2026-06-01
# platform = "usa-kadena"

# [[shock]]               # a commitment: new, withdrawn or changed
# kind = "commitment"
# on = 2026-06-01
# change = "new"
# guarantor = "Japan"
# beneficiary = "Philippines"
# obligations = ["defense", "consultation"]

# [[shock]]               # an actor loses a share of its capability
# kind = "sanctions"
# on = 2026-06-01
# actor = "China"
# share = 0.1
"""


def list_scenarios() -> tuple[Scenario, ...]:
    """The scenarios that come with the package, by name."""
    from foedus.stress.scenario_files import load as read
    from foedus.stress.scenario_files import shipped

    return tuple(read(name) for name in shipped())


def load(name: str | Path) -> Scenario:
    """A shipped scenario by name, or one from a TOML file.

    Raises:
        ScenarioError: the text is no scenario; names the line. InputError: no such scenario.
    """
    from foedus.stress.scenario_files import load as read

    return read(str(name))


def show(name: str | Path) -> str:
    """The TOML text of a shipped scenario or a file.

    Raises:
        InputError: no such scenario.
    """
    from foedus.stress.scenario_files import text_of

    return text_of(str(name))


def new(path: str | Path, like: str | None = None) -> Path:
    """Write a scenario to start from to `path`: a template, or the shipped scenario `like`.

    Raises:
        InputError: the file exists or cannot be written, or no scenario is called `like`.
    """
    target = Path(path)
    if target.suffix != ".toml":
        raise InputError(f"{str(path)!r} is no TOML file. Give a name that ends in .toml.")
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in target.stem.lower()).split()
    name = "-".join(words) or "scenario"
    text = (
        show(like) if like is not None
        else _TEMPLATE.format(name=name, title=name.replace("-", " ").capitalize())
    )  # fmt: skip
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError(f"{str(path)!r} exists already. Give another name.") from error
    except OSError as error:
        raise InputError(f"Cannot write {str(path)!r}: {error.strerror}.") from error
    return target


def check(name: str | Path) -> Scenario:
    """The scenario, once every name in it is found in the network of its day.

    Raises:
        ScenarioError: a name, a day or a value that cannot be used; names the line.
    """
    from foedus.assessment.days import as_of_day
    from foedus.catalog.actors import ActorIndex
    from foedus.catalog.facts import Facts
    from foedus.stress.build import build
    from foedus.stress.compile import compile_scenario, quarters
    from foedus.stress.scenario_files import find_line
    from foedus.stress.scenario_files import load as read

    found = read(str(name))
    text = show(name)
    facts = Facts(as_of=as_of_day(found.as_of))
    compile_scenario(
        found, build(facts, willing=False), ActorIndex(facts.connection), quarters(found.horizon),
        locate=lambda shock, key: find_line(text, shock, key), source=str(name),
    )  # fmt: skip
    return found
