"""House rules on files: short, typed, free of what may not be said or shipped."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 400


def _tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: the list of files is unknown")
    return [ROOT / name for name in listed.stdout.split("\n") if name and (ROOT / name).is_file()]


def test_python_files_stay_under_the_limit() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in _tracked("*.py")
        if (count := path.read_text("utf-8").count("\n")) >= LIMIT
    }
    assert not long


def test_no_drawer_of_odds_and_ends() -> None:
    drawers = {"utils", "util", "common", "misc", "helpers", "helper"}
    assert not [path for path in _tracked("*.py") if path.stem in drawers]


def test_every_module_and_public_function_says_what_it_is() -> None:
    import ast

    bare = []
    for path in _tracked("src/*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        if not ast.get_docstring(tree):
            bare.append(str(path))
        bare += [
            f"{path}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert not bare


def test_no_publisher_file_is_in_the_repository() -> None:
    names = {path.name for path in _tracked()}
    forbidden = re.compile(r"^(cow_|atop5|mid5_|gml_|icb[12]_|ucdp_|bf2018|leeds_anac).*\.parquet$")
    assert not [name for name in names if forbidden.match(name)]


def test_catalog_stays_small() -> None:
    folder = ROOT / "src" / "foedus" / "catalog"
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size < 12_000_000
