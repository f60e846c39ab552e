"""Progress and heartbeat of one job: the lease is renewed while its worker lives."""

from __future__ import annotations

import os
import threading
import time
from types import TracebackType

from foedus.domain.jobs import Job, JobCancelled, JobLost
from foedus.errors import WorkspaceError
from foedus.workspace.jobs import LEASE, Jobs

_WORDS_EVERY = 0.25
_GRACE = 10.0
"""Seconds that a cancelled step may still take before its process is ended."""


class Ticker:
    """Used in a `with` block around the work; the work calls it to say how far it is.

    A thread renews the lease all the while. A step that does not end within `_GRACE` seconds
    of a cancellation is ended with its process: every step is whole or absent by then.
    """

    def __init__(self, jobs: Jobs, job: Job, owner: str) -> None:
        self._jobs, self._job, self._owner = jobs, job, owner
        self._over = threading.Event()
        self._stop: type[JobLost] | type[JobCancelled] | None = None
        self._said = 0.0
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Ticker:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def __call__(
        self, done: int | None = None, total: int | None = None, note: str | None = None
    ) -> None:
        """Say how far the work is; cheap enough to be called at every step.

        Raises:
            JobLost, JobCancelled: stop at once.
        """
        if self._stop is not None:
            raise self._stop(f"Job {self._job.id} was stopped.")
        now = time.monotonic()
        if now - self._said >= _WORDS_EVERY or done == total:
            self._said = now
            self._jobs.beat(self._job.id, self._owner, done=done, total=total, note=note)

    def _beat(self) -> None:
        while not self._over.wait(LEASE.total_seconds() / 10):
            try:
                self._jobs.beat(self._job.id, self._owner)
            except (JobLost, JobCancelled) as stop:
                self._stop = type(stop)
                break
            except WorkspaceError:
                continue  # out of reach for now; the lease may outlast it
        if self._stop is not None and not self._over.wait(_GRACE):
            if self._stop is JobCancelled:
                self._jobs.finish(self._job.id, self._owner, cancelled=True)
            os._exit(0)
