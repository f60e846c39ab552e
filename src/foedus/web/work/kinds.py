"""The kinds of long work, each a function of the workspace, the job and its ticker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from foedus.domain.jobs import Job, JobFile
from foedus.web.work.ticker import Ticker
from foedus.workspace.store import Workspace

Work = Callable[[Workspace, Job, str, Ticker], dict[str, Any]]


def read_files(workspace: Workspace, job: Job, owner: str, tick: Ticker) -> dict[str, Any]:
    """Read the job's files one by one; a file is done when its documents are stored."""
    from foedus.assessment.uploads import read_upload

    jobs = workspace.jobs
    while (file := jobs.next_file(job.id)) is not None:
        tick(note=file.name)
        outcome = read_upload(workspace, file.name, file.content or b"")
        jobs.file_done(job.id, owner, file.number, outcome.model_dump(mode="json"))
    return summary(jobs.files(job.id))


def summary(files: list[JobFile]) -> dict[str, Any]:
    """What the files came to, taken together."""
    outcomes = [file.outcome or {} for file in files]
    return {
        "files": len(files),
        "added": sum(one.get("added", 0) for one in outcomes),
        "claims": sum(one.get("claims", 0) for one in outcomes),
        "failed": sum(bool(one.get("failures")) for one in outcomes),
    }


def stress(workspace: Workspace, job: Job, owner: str, tick: Ticker) -> dict[str, Any]:
    """Run a scenario beside its baseline; the result is there whole or not at all."""
    from foedus.assessment.stress_test import stress_test
    from foedus.stress.scenario_files import parse

    tick(note="building the network")
    scenario = parse(str(job.request["toml"]), "the scenario")
    test = stress_test(
        scenario,
        runs=int(job.request["runs"]),
        seed=int(job.request["seed"]),
        progress=lambda stage, done, total: tick(done, total, stage),
    )
    return test.model_dump(mode="json")


KINDS: dict[str, Work] = {"read": read_files, "stress": stress}
