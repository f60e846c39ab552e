"""Long work: leased to one worker, resumed or reported when he is lost, never half applied."""

from __future__ import annotations

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from workspace_samples import CLAIMS_PER_NUMBERED, numbered

from foedus.domain.jobs import JobCancelled, JobLost, NoSuchJob
from foedus.errors import InputError
from foedus.workspace import Workspace
from foedus.workspace.jobs import ATTEMPTS, Jobs

KILLS = int(os.environ.get("FOEDUS_KILLS", "20"))
SHORT = timedelta(milliseconds=40)


def test_a_job_is_taken_once_and_tells_how_far_it_is(where: str) -> None:
    with Workspace.open(where) as workspace:
        jobs = workspace.jobs
        asked = jobs.add("stress", "Syria falls", {"runs": 5}, asked_by="Ada")
        assert (asked.state, asked.attempts, asked.request) == ("queued", 0, {"runs": 5})
        assert jobs.waiting()
        taken = jobs.take("one")
        assert taken is not None
        assert (taken.id, taken.state, taken.attempts) == (asked.id, "running", 1)
        assert jobs.take("two") is None
        assert not jobs.waiting()
        jobs.beat(asked.id, "one", done=2, total=5, note="quarter 3")
        now = jobs.get(asked.id)
        assert (now.done, now.total, now.note) == (2, 5, "quarter 3")
        over = jobs.finish(asked.id, "one", result={"defaults": 3})
        assert (over.state, over.result, over.over) == ("done", {"defaults": 3}, True)
        assert jobs.take("two") is None
        assert [job.id for job in jobs.recent()] == [asked.id]
        with pytest.raises(NoSuchJob):
            jobs.get("nothing")


def test_a_lost_workers_job_goes_to_another_and_his_late_words_change_nothing(where: str) -> None:
    with Workspace.open(where) as workspace:
        jobs = Jobs(workspace._engine, lease=SHORT)
        key = jobs.add("stress", "x", {}).id
        assert jobs.take("lost") is not None
        time.sleep(0.1)
        again = jobs.take("heir")
        assert again is not None
        assert (again.id, again.attempts) == (key, 2)
        for late in (
            lambda: jobs.beat(key, "lost", done=9),
            lambda: jobs.finish(key, "lost", result={"wrong": 1}),
            lambda: jobs.file_done(key, "lost", 1, {}),
        ):
            with pytest.raises(JobLost):
                late()
        assert jobs.finish(key, "heir", result={"right": 1}).result == {"right": 1}


def test_a_job_that_kills_its_workers_is_given_up_and_says_so(where: str) -> None:
    with Workspace.open(where) as workspace:
        jobs = Jobs(workspace._engine, lease=SHORT)
        key = jobs.add("read", "x", {}, files=[("bomb.pdf", b"!")]).id
        for _ in range(ATTEMPTS):
            assert jobs.take("victim") is not None
            time.sleep(0.1)
        assert jobs.take("victim") is None
        job = jobs.get(key)
        assert job.state == "failed"
        assert f"stopped {ATTEMPTS} times" in str(job.error)
        assert jobs.next_file(key).content is None  # type: ignore[union-attr]


def test_cancelling(where: str) -> None:
    with Workspace.open(where) as workspace:
        jobs = workspace.jobs
        queued = jobs.add("stress", "queued", {}).id
        assert jobs.cancel(queued).state == "cancelled"
        running = jobs.add("stress", "running", {}).id
        jobs.take("one")
        assert jobs.cancel(running).state == "running"
        with pytest.raises(JobCancelled):
            jobs.beat(running, "one", done=1)
        assert jobs.finish(running, "one", cancelled=True).state == "cancelled"
        done = jobs.add("stress", "done", {}).id
        jobs.take("one")
        jobs.finish(done, "one", result={})
        assert jobs.cancel(done).state == "done"


def test_texts_that_no_database_keeps_are_refused(where: str) -> None:
    with Workspace.open(where) as workspace:
        with pytest.raises(InputError, match="NUL"):
            workspace.jobs.add("read", "x", {}, files=[("a\0b", b"")])
        assert workspace.jobs.recent() == []


def test_workers_at_once_share_the_jobs_without_meeting(where: str) -> None:
    def work(owner: str) -> list[str]:
        with Workspace.open(where) as workspace:
            taken = []
            while (job := workspace.jobs.take(owner)) is not None:
                workspace.jobs.finish(job.id, owner, result={})
                taken.append(job.id)
            return taken

    with Workspace.open(where) as workspace:
        asked = {workspace.jobs.add("x", str(n), {}).id for n in range(30)}
    with ThreadPoolExecutor(4) as pool:
        taken = [key for keys in pool.map(work, "abcd") for key in keys]
    assert sorted(taken) == sorted(asked)


def _read_until_killed(where: str, owner: str) -> None:
    """Read each file of each job into the workspace, as a worker does."""
    with Workspace.open(where) as workspace:
        jobs = Jobs(workspace._engine, lease=SHORT)
        while True:
            job = jobs.take(owner)
            if job is None:
                time.sleep(0.01)
                continue
            try:
                while (file := jobs.next_file(job.id)) is not None:
                    one, coded = numbered(int(file.content or b""))
                    workspace.add_document(one, coded)
                    jobs.file_done(job.id, owner, file.number, {"document": one.id})
                jobs.finish(job.id, owner, result={})
            except JobLost:
                continue


def test_workers_killed_at_random_moments_leave_every_file_read_once(where: str) -> None:
    moments = random.Random(7)
    files = [(f"{n}.txt", str(n).encode()) for n in range(25)]
    with Workspace.open(where) as workspace:
        keys = [workspace.jobs.add("read", "x", {}, files=files[n::5]).id for n in range(5)]
    for kill in range(KILLS):
        child = os.fork()
        if child == 0:
            try:
                _read_until_killed(where, f"w{kill}")
            finally:
                os._exit(0)
        time.sleep(moments.uniform(0.01, 0.25))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with Workspace.open(where) as workspace:
        jobs = Jobs(workspace._engine, lease=SHORT)
        time.sleep(0.1)
        for job in map(jobs.get, keys):
            outcomes = [file.outcome for file in jobs.files(job.id)]
            documents = [one["document"] for one in outcomes if one is not None]
            assert job.done == len(documents)
            for document in documents:
                assert len(workspace.claims(document)) == CLAIMS_PER_NUMBERED
            if job.state == "done":
                assert None not in outcomes
            else:
                assert job.state in ("queued", "running", "failed")
        stored = [one.id for one in workspace.documents()]
        assert len(stored) == len(set(stored)) <= 25


def test_a_saved_scenario_keeps_its_link(where: str) -> None:
    with Workspace.open(where) as workspace:
        saved = workspace.scenarios.save("My Syria", 'name = "x"', saved_by="Ada")
        assert workspace.scenarios.save("My Syria", 'name = "x"') == saved
        other = workspace.scenarios.save("My Syria", 'name = "y"')
        assert other.id != saved.id
        assert workspace.scenarios.get(saved.id).toml == 'name = "x"'
        assert {one.id for one in workspace.scenarios.all()} == {saved.id, other.id}
        with pytest.raises(InputError, match="No saved scenario"):
            workspace.scenarios.get("nothing")
