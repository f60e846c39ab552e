"""Jobs: long work that is written down before it begins and outlives the process that does it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from foedus.domain.frozen import Frozen
from foedus.errors import FoedusError, InputError

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
OVER: tuple[JobState, ...] = ("done", "failed", "cancelled")
"""States that a job never leaves."""


class Job(Frozen):
    """One piece of long work as it stands; times are UTC.

    `done` of `total` steps are finished (`total` null: not known yet). `attempts` counts how
    often it was begun: more than one means that a worker was lost. `result` is there when
    `state` is `done`, `error` when it is `failed`.
    """

    id: str
    kind: str
    title: str
    request: dict[str, Any]
    state: JobState
    asked_by: str | None
    created: AwareDatetime
    started: AwareDatetime | None
    finished: AwareDatetime | None
    done: int = Field(ge=0)
    total: int | None
    note: str | None
    attempts: int = Field(ge=0)
    cancel: bool
    result: dict[str, Any] | None
    error: str | None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in OVER


class JobFile(Frozen):
    """One file that a job is to read, in the order in which it was given.

    `content` is there until the file has been dealt with, `outcome` afterwards.
    """

    job: str
    number: int
    name: str
    content: bytes | None
    outcome: dict[str, Any] | None


class NoSuchJob(InputError):
    """No job has that id."""

    def __init__(self, received: str) -> None:
        super().__init__(f"There is no job {received[:40]!r} in this workspace.")


class JobLost(FoedusError):
    """This worker's lease ended and another one has the job, or it is over: stop at once."""


class JobCancelled(FoedusError):
    """Somebody asked for the job to be cancelled: stop, keeping whole steps only."""
