"""One stress test as rows: every commitment with baseline beside scenario."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request
from pydantic import BaseModel

from foedus.domain.stress_tests import Sides, StressTest
from foedus.report.exports.view import Graph, View
from foedus.web.desk import Desk
from foedus.web.exporting import view_of

_NEWEST = 20


@dataclass(frozen=True)
class RunCoverage:
    """One guarantor in one run: coverage and chance of a shortfall, baseline beside scenario."""

    run: str
    title: str
    as_of: date
    coverage: Sides
    shortfall: Sides


def kept_test(desk: Desk, key: str, result: dict[str, Any]) -> StressTest:
    """The stress test of a job that is done."""
    return desk.kept(("stress", key), lambda: StressTest.model_validate(result))


def coverage_in_runs(desk: Desk, actor: str, as_of: date) -> list[RunCoverage]:
    """The actor as a guarantor in the newest runs whose network is of `as_of` or earlier."""
    found = []
    for job in desk.workspace.jobs.recent(_NEWEST, kind="stress"):
        if job.state != "done" or job.result is None:
            continue
        test = kept_test(desk, job.id, job.result)
        found += [
            RunCoverage(job.id, job.title, test.as_of, line.coverage, line.shortfall_chance)
            for line in test.guarantors
            if line.actor == actor and test.as_of <= as_of
        ]
    return found


def stress_view(request: Request, test: StressTest, run: str) -> View:
    """The commitments of the test, flat; the graph has them as edges."""
    rows = [_flat(tie) for tie in test.ties]
    ends = ("guarantor", "beneficiary")
    return view_of(
        request,
        "stress-test" if test.scenario is None else f"stress-{test.scenario.name}",
        "Stress test" if test.scenario is None else f"Stress test: {test.scenario.title}",
        as_of=test.as_of,
        tables=("commitments", "capability", "conflicts", "calls", "responses", "platforms"),
        run=run,
        rows=rows,
        graph=Graph(
            nodes=[{"id": key} for key in sorted({row[end] for row in rows for end in ends})],
            edges=[
                {"source": row["guarantor"], "target": row["beneficiary"]}
                | {key: value for key, value in row.items() if key not in ends}
                for row in rows
            ],
        ),
    )


def _flat(model: BaseModel) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in model.model_dump(mode="json").items():
        if isinstance(value, dict):
            found |= {f"{key}_{name}": part for name, part in _parts(value)}
        else:
            found[key] = value
    return found


def _parts(value: dict[str, Any]) -> list[tuple[str, Any]]:
    parts: list[tuple[str, Any]] = []
    for name, part in value.items():
        if isinstance(part, dict):
            parts += [(f"{name}_{deeper}", last) for deeper, last in _parts(part)]
        else:
            parts.append((name, part))
    return parts
