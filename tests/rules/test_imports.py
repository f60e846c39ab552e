"""Imports run one way; a breach names the file and the import."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "foedus"

ORDER = {
    "errors": 0,
    "domain": 1,
    "catalog": 2,
    "record": 3,
    "evidence": 4,
    "workspace": 4,
    "reliability": 5,
    "stress": 6,
    "assessment": 7,
    "report": 8,
    "data": 7,
    "web": 9,
    "cli": 9,
    "__init__": 9,
}
"""A package imports from lower numbers and from itself; equal numbers do not meet."""

SIBLINGS = {"sources": {"errors", "domain", "catalog", "sources"}}
"""Build time only: imported by nobody but the `data` verbs, and there inside a function."""

ALLOWED = {
    ("data", "sources"),
    ("cli", "__init__"),
    ("assessment", "__init__"),
    ("web", "__init__"),
}
"""`__init__` holds the version and the public names, which commands call."""


def _package(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """Packages of foedus that the file imports, at any depth of the code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names = (
                [f"foedus.{alias.name}" for alias in node.names] if module == "foedus" else [module]
            )
        for name in names:
            parts = name.split(".")
            if parts[0] == "foedus":
                known = len(parts) > 1 and (parts[1] in ORDER or parts[1] in SIBLINGS)
                found.add(parts[1] if known else "__init__")
    return found


def _may(package: str, target: str) -> bool:
    if package == target or (package, target) in ALLOWED:
        return True
    if package in SIBLINGS:
        return target in SIBLINGS[package]
    if target in SIBLINGS:
        return False
    return ORDER[target] < ORDER[package]


def test_every_package_has_a_place_in_the_order() -> None:
    packages = {_package(path) for path in SOURCE.rglob("*.py")}
    assert packages <= set(ORDER) | set(SIBLINGS)


def test_imports_run_one_way() -> None:
    breaches = [
        f"{path.relative_to(SOURCE)} imports foedus.{target}"
        for path in sorted(SOURCE.rglob("*.py"))
        for target in sorted(_imports(path))
        if _package(path) != "__init__" and not _may(_package(path), target)
    ]
    assert not breaches, "\n".join(breaches)


def test_a_breach_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "late.py"
    file.write_text("def f():\n    from foedus.report import html\n")
    assert _imports(file) == {"report"}
    assert not _may("record", "report")
    assert not _may("record", "workspace")
    assert not _may("evidence", "workspace")
    assert _may("report", "record")
