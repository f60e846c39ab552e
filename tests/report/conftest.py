"""Assessments to render: a full one, a bare one, and a hostile one."""

from __future__ import annotations

import pytest
from report_samples import bare, full, hostile

from foedus.domain.assessments import Assessment


@pytest.fixture(scope="session")
def full_assessment() -> Assessment:
    return full()


@pytest.fixture(scope="session")
def bare_assessment() -> Assessment:
    return bare()


@pytest.fixture(scope="session")
def hostile_assessment() -> Assessment:
    return hostile()
