"""The documentation names every command, option and page, and its links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import App

from foedus.cli import app

ROOT = Path(__file__).resolve().parents[2]
GUIDE = "\n".join(
    page.read_text("utf-8")
    for page in sorted((ROOT / "docs").glob("*.md"), key=lambda page: page.name != "guide.md")
)
"""The guide, and after it the pages that go deeper."""
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")])


def _commands(node: App, path: tuple[str, ...] = ()) -> Iterator[tuple[str, App]]:
    for name in node:
        if name.startswith("-"):
            continue
        child = node[name]
        if [part for part in child if not part.startswith("-")]:
            yield from _commands(child, (*path, name))
        else:
            yield " ".join(("foedus", *path, name)), child


COMMANDS = dict(_commands(app))


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_guide_names_the_command_and_its_options(command: str) -> None:
    assert command in GUIDE
    options = {
        name
        for argument in COMMANDS[command].assemble_argument_collection()
        for name in argument.names
        if name.startswith("--") and not argument.parameter.required
    }
    section = GUIDE.split(f"`{command}", 1)[1]
    missing = [option for option in sorted(options) if option not in section]
    assert not missing, f"{command}: {missing}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target


def test_make_targets_in_the_documentation_exist() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for page in PAGES:
        for target in re.findall(r"`make ([a-z0-9-]+)", page.read_text("utf-8")):
            assert target in targets, f"{page.name}: make {target}"


def test_there_are_at_most_ten_short_decisions() -> None:
    decisions = list((ROOT / "docs" / "decisions").glob("*.md"))
    assert 0 < len(decisions) <= 10
    assert all(len(page.read_text("utf-8").split()) < 300 for page in decisions)
