"""The worker process: takes jobs one after another until there are none for a while."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import threading
import time
import traceback
from uuid import uuid4

from foedus.domain.jobs import Job, JobCancelled, JobLost
from foedus.errors import FoedusError, WorkspaceError
from foedus.web.work.kinds import KINDS
from foedus.web.work.ticker import Ticker
from foedus.workspace.store import Workspace

IDLE_SECONDS = 60.0
_LOOK_EVERY = 0.2


def main() -> None:
    """Read where the workspace is from the first line of standard input, and work.

    The server keeps that pipe open: when it ends, so does this process, at once.
    """
    where = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_server, daemon=True).start()
    with Workspace.open(where) as workspace:
        work_off(workspace, f"{socket.gethostname()}/{os.getpid()}/{uuid4().hex[:8]}")


def _end_with_server() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(0)


def work_off(workspace: Workspace, owner: str, idle: float = IDLE_SECONDS) -> None:
    """Do jobs until there has been none for `idle` seconds."""
    last = time.monotonic()
    while time.monotonic() - last < idle:
        try:
            job = workspace.jobs.take(owner)
        except WorkspaceError:
            job = None  # locked or out of reach for now
        if job is None:
            time.sleep(_LOOK_EVERY)
            continue
        perform(workspace, job, owner)
        last = time.monotonic()


def perform(workspace: Workspace, job: Job, owner: str) -> None:
    """Do one job that was taken, and close it as done, failed or cancelled."""
    jobs = workspace.jobs
    with contextlib.suppress(JobLost):
        try:
            if job.kind not in KINDS:
                raise FoedusError(f"No work of the kind {job.kind!r} is known to this version.")
            with Ticker(jobs, job, owner) as tick:
                result = KINDS[job.kind](workspace, job, owner, tick)
            jobs.finish(job.id, owner, result=result)
        except JobCancelled:
            jobs.finish(job.id, owner, cancelled=True)
        except JobLost:
            raise
        except FoedusError as error:
            jobs.finish(job.id, owner, error=str(error))
        except Exception:
            traceback.print_exc()
            jobs.finish(
                job.id,
                owner,
                error="Something went wrong in the work itself; the details are in the terminal"
                " that runs `foedus serve`.",
            )


if __name__ == "__main__":
    main()
