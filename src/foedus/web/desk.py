"""What pages work on: the catalog as of a day, the workspace, and answers kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from fastapi import Request

from foedus.catalog.actors import ActorIndex
from foedus.catalog.facts import TABLES_FOLDER, Facts
from foedus.catalog.manifest import read_manifest
from foedus.web.kept import Kept
from foedus.web.settings import Settings
from foedus.workspace.store import Workspace

if TYPE_CHECKING:
    from foedus.catalog.facts import Overlay

T = TypeVar("T")
_DAYS_OPEN = 3
_ANSWERS_KEPT = 256
_PAGES_KEPT = 64


class Desk:
    """One server's catalog and workspace. Safe to use from several threads.

    Raises:
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.workspace = Workspace.open(settings.workspace)
        self.where = settings.workspace
        self._opening, self._naming = threading.Lock(), threading.Lock()
        self._days: OrderedDict[tuple[date, str], Facts] = OrderedDict()
        self._answers = Kept(_ANSWERS_KEPT)
        self.pages = Kept(_PAGES_KEPT)

    def close(self) -> None:
        """Let go of the workspace."""
        self.workspace.close()

    @cached_property
    def catalog_version(self) -> str:
        """The catalog's content hash (12 hex digits)."""
        return read_manifest(TABLES_FOLDER).version

    @property
    def revision(self) -> str:
        """Changes whenever anything in the workspace that answers rest on has changed."""
        return self.workspace.revision()

    @property
    def own_rows(self) -> str:
        """Changes whenever the user's own commitments, calls or responses have changed."""
        return self.workspace.register_revision()

    @contextmanager
    def facts(self, as_of: date) -> Iterator[Facts]:
        """The catalog as of a day, with the user's rows over it; for this thread alone."""
        from foedus.assessment import register

        key = (as_of, self.own_rows)
        with self._opening:
            if key not in self._days:
                overlay: Overlay = register.overlay(self.where)
                self._days[key] = Facts(as_of=as_of, overlay=overlay)
            self._days.move_to_end(key)
            while len(self._days) > _DAYS_OPEN:
                _, old = self._days.popitem(last=False)
                old.connection.close()
            own = self._days[key].fork()
        try:
            yield own
        finally:
            own.connection.close()

    @cached_property
    def actors(self) -> ActorIndex:
        """Every actor by name; use it inside `with desk.names()`."""
        return ActorIndex.packaged()

    @contextmanager
    def names(self) -> Iterator[ActorIndex]:
        """The index of actors, for one thread at a time."""
        with self._naming:
            yield self.actors

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under `key`, made once; askers of the same key wait for the first.

        Put into the key all that the answer depends on: what it is, the as-of day, the
        filters, and `revision` or `own_rows` where the workspace matters.
        """
        return self._answers.get(key, make)


def desk_of(request: Request) -> Desk:
    """The desk of the server that got the request."""
    return cast(Desk, request.app.state.desk)
