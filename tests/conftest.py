"""Shared fixtures: the maintainers' data folder, named in the report header."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(
    os.environ.get("FOEDUS_SHARED", Path(__file__).resolve().parents[1].parent / "shared")
)


def pytest_report_header() -> str:
    """Say which data folder is used, or that none is there."""
    state = "used" if SHARED.is_dir() else "absent: tests that need it are skipped"
    return f"FOEDUS_SHARED: {SHARED} ({state})"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The maintainers' data folder; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"no maintainers' data at {SHARED}; set FOEDUS_SHARED")
    return SHARED
