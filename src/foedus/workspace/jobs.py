"""The job table: work is queued, leased to one worker at a time, resumed when a worker is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from foedus.domain.jobs import Job, JobCancelled, JobFile, JobLost, NoSuchJob
from foedus.errors import InputError
from foedus.workspace.engine import reading, writing
from foedus.workspace.schema import job as table
from foedus.workspace.schema import job_file
from foedus.workspace.storable import unstorable

LEASE = timedelta(seconds=15)
"""How long a worker that says nothing keeps its job."""
ATTEMPTS = 3
"""How often a job is begun before it is given up as one that kills its workers."""


class Jobs:
    """The jobs of one workspace. Every method is one transaction, on either database.

    Two workers never hold one job: every write of a worker names the owner that it believes
    to be, and fails with `JobLost` where that is no longer so.
    """

    def __init__(self, engine: Engine, *, lease: timedelta = LEASE) -> None:
        self._engine, self._lease = engine, lease

    def add(
        self,
        kind: str,
        title: str,
        request: Mapping[str, Any],
        *,
        files: Sequence[tuple[str, bytes]] = (),
        asked_by: str | None = None,
    ) -> Job:
        """Queue a job with its files (name, content), or nothing.

        Raises:
            InputError: a text that no database keeps.
        """
        values: dict[str, Any] = {"kind": kind, "title": title, "request": dict(request)}
        if reason := unstorable([values, asked_by, [name for name, _ in files]]):
            raise InputError(f"The job cannot be stored: it holds {reason}.")
        key = uuid4().hex
        rows = [
            {"job": key, "number": number, "name": name, "content": content}
            for number, (name, content) in enumerate(files, start=1)
        ]
        with writing(self._engine) as connection:
            connection.execute(
                sa.insert(table).values(
                    **values, id=key, state="queued", asked_by=asked_by, created=_now(),
                    done=0, total=len(files) or None, attempts=0, cancel=False,
                )
            )  # fmt: skip
            if rows:
                connection.execute(sa.insert(job_file), rows)
            return _get(connection, key)

    def get(self, key: str) -> Job:
        """The job as it stands.

        Raises:
            NoSuchJob: there is none of that id.
        """
        with reading(self._engine) as connection:
            return _get(connection, key)

    def recent(self, limit: int = 50, *, kind: str | None = None) -> list[Job]:
        """The newest jobs, newest first."""
        query = sa.select(table).order_by(table.c.created.desc(), table.c.id).limit(limit)
        if kind is not None:
            query = query.where(table.c.kind == kind)
        with reading(self._engine) as connection:
            return [_job(row) for row in connection.execute(query)]

    def files(self, key: str) -> list[JobFile]:
        """The job's files without their content, in the order given."""
        columns = [column for column in job_file.c if column.name != "content"]
        query = sa.select(*columns).where(job_file.c.job == key).order_by(job_file.c.number)
        with reading(self._engine) as connection:
            return [JobFile(**row._mapping, content=None) for row in connection.execute(query)]

    def waiting(self) -> bool:
        """Whether a worker would find something to do."""
        with reading(self._engine) as connection:
            return connection.scalar(sa.select(table.c.id).where(_free()).limit(1)) is not None

    def cancel(self, key: str) -> Job:
        """Cancel a queued job, or ask its worker to stop; a job that is over stays as it is.

        Raises:
            NoSuchJob: there is none of that id.
        """
        with writing(self._engine) as connection:
            connection.execute(
                sa.update(table).where(table.c.id == key, table.c.state == "queued")
                .values(state="cancelled", finished=_now(), cancel=True)
            )  # fmt: skip
            connection.execute(
                sa.update(table).where(table.c.id == key, table.c.state == "running")
                .values(cancel=True)
            )  # fmt: skip
            found = _get(connection, key)
            if found.state == "cancelled":
                _forget_files(connection, key)
            return found

    def take(self, owner: str) -> Job | None:
        """The oldest job that nobody works on, now leased to `owner`; null where there is none.

        A job whose workers were lost `ATTEMPTS` times is reported as failed instead.
        """
        while True:
            with writing(self._engine) as connection:
                row = connection.execute(
                    sa.select(table).where(_free()).order_by(table.c.created, table.c.id).limit(1)
                ).first()
                if row is None:
                    return None
                values = self._next(row, owner)
                same = sa.and_(
                    table.c.id == row.id,
                    table.c.state == row.state,
                    table.c.attempts == row.attempts,
                    table.c.owner.is_not_distinct_from(row.owner),
                    _free(),
                )
                if not _changed(connection, sa.update(table).where(same).values(values)):
                    continue  # another worker came first
                if values["state"] != "running":
                    _forget_files(connection, row.id)
                    continue
                return _get(connection, row.id)

    def _next(self, row: Row[Any], owner: str) -> dict[str, Any]:
        now = _now()
        if row.cancel:
            return {"state": "cancelled", "finished": now, "owner": None, "lease_until": None}
        if row.attempts >= ATTEMPTS:
            return {
                "state": "failed", "finished": now, "owner": None, "lease_until": None,
                "error": f"Its worker was stopped {row.attempts} times before it was done. What"
                " was finished by then is kept. Ask again with less at once.",
            }  # fmt: skip
        return {
            "state": "running",
            "owner": owner,
            "attempts": row.attempts + 1,
            "started": row.started or now,
            "lease_until": now + self._lease,
        }

    def beat(
        self,
        key: str,
        owner: str,
        *,
        done: int | None = None,
        total: int | None = None,
        note: str | None = None,
    ) -> None:
        """Renew the lease, and say how far the work is; null leaves a value as it is.

        Raises:
            JobLost: the job is no longer this owner's.
            JobCancelled: somebody asked for it to be cancelled.
        """
        said = {"done": done, "total": total, "note": note}
        values: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        with writing(self._engine) as connection:
            mine = _mine(key, owner)
            values["lease_until"] = _now() + self._lease
            if not _changed(connection, sa.update(table).where(mine).values(values)):
                raise JobLost(f"Job {key} is no longer this worker's.")
            if connection.scalar(sa.select(table.c.cancel).where(mine)):
                raise JobCancelled(f"Job {key} was cancelled.")

    def next_file(self, key: str) -> JobFile | None:
        """The job's first file that has no outcome yet, with its content."""
        query = sa.select(job_file).where(job_file.c.job == key, job_file.c.outcome.is_(None))
        with reading(self._engine) as connection:
            row = connection.execute(query.order_by(job_file.c.number).limit(1)).first()
            return None if row is None else JobFile(**row._mapping)

    def file_done(self, key: str, owner: str, number: int, outcome: Mapping[str, Any]) -> None:
        """Say what became of a file, and let its content go.

        Raises:
            JobLost: the job is no longer this owner's.
        """
        with writing(self._engine) as connection:
            values = {"done": table.c.done + 1, "lease_until": _now() + self._lease}
            if not _changed(connection, sa.update(table).where(_mine(key, owner)).values(values)):
                raise JobLost(f"Job {key} is no longer this worker's.")
            connection.execute(
                sa.update(job_file)
                .where(job_file.c.job == key, job_file.c.number == number)
                .values(content=None, outcome=dict(outcome))
            )

    def finish(
        self,
        key: str,
        owner: str,
        *,
        result: Mapping[str, Any] | None = None,
        error: str | None = None,
        cancelled: bool = False,
    ) -> Job:
        """Close the job as done with its result, failed with an error, or cancelled.

        Raises:
            JobLost: the job is no longer this owner's.
        """
        state = "cancelled" if cancelled else "done" if error is None else "failed"
        values = {
            "state": state, "finished": _now(), "owner": None, "lease_until": None,
            "result": None if result is None else dict(result), "error": error,
        }  # fmt: skip
        with writing(self._engine) as connection:
            if not _changed(connection, sa.update(table).where(_mine(key, owner)).values(values)):
                raise JobLost(f"Job {key} is no longer this worker's.")
            _forget_files(connection, key)
            return _get(connection, key)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _free() -> sa.ColumnElement[bool]:
    """Queued, or running under a lease that has ended."""
    ended = sa.and_(table.c.state == "running", table.c.lease_until < _now())
    return sa.or_(table.c.state == "queued", ended)


def _mine(key: str, owner: str) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.id == key, table.c.state == "running", table.c.owner == owner)


def _changed(connection: Connection, update: sa.Update) -> bool:
    counted = update.execution_options(preserve_rowcount=True)
    return connection.execute(counted).rowcount == 1


def _forget_files(connection: Connection, key: str) -> None:
    connection.execute(sa.update(job_file).where(job_file.c.job == key).values(content=None))


def _get(connection: Connection, key: str) -> Job:
    row = connection.execute(sa.select(table).where(table.c.id == key)).first()
    if row is None:
        raise NoSuchJob(key)
    return _job(row)


def _job(row: Row[Any]) -> Job:
    values = dict(row._mapping)
    del values["owner"], values["lease_until"]
    for name in ("created", "started", "finished"):
        values[name] = values[name] and values[name].replace(tzinfo=UTC)
    return Job.model_validate(values)
