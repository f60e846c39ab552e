"""Where a workspace lies: one file, or a PostgreSQL database by URL."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import WorkspaceError

ENVIRONMENT = "FOEDUS_WORKSPACE"
FILE_NAME = "workspace.sqlite"
_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Place:
    """One place: `path` for a file, else `url`; exactly one of them is set.

    `default` is true for the file in the user's data folder, whose folder may be created.
    """

    path: Path | None
    url: str | None = None
    default: bool = False

    @property
    def shown(self) -> str:
        """The place as messages name it, without any password."""
        if self.url is None:
            return str(self.path)
        head, at, tail = self.url.rpartition("@")
        scheme, _, user = head.partition("://")
        name = f"{scheme}://{user.partition(':')[0]}{at}{tail}" if at else self.url
        return name.partition("?")[0]

    @property
    def exists(self) -> bool:
        """Whether something lies there; a database server is asked only when it is opened."""
        return self.path is None or os.path.lexists(self.path)


def default_file() -> Path:
    """The one file in the user's data folder."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("foedus", appauthor=False)) / FILE_NAME


def place_of(where: str | Path | None) -> Place:
    """The place that `where` names; null means `FOEDUS_WORKSPACE`, else the default file.

    Raises:
        WorkspaceError: a URL of another kind than PostgreSQL's or SQLite's.
    """
    if where is None:
        where = os.environ.get(ENVIRONMENT) or None
    if where is None:
        return Place(path=default_file(), default=True)
    try:
        str(where).encode()
    except UnicodeEncodeError:
        raise WorkspaceError(
            f"The workspace name {str(where)!r} is not UTF-8 text. Give another name."
        ) from None
    if isinstance(where, str) and "://" in where:
        return _place_of_url(where)
    if not str(where) or "\0" in str(where):
        raise WorkspaceError(f"Not a workspace: {str(where)!r}. Give a file or a PostgreSQL URL.")
    return Place(path=Path(os.path.abspath(Path(where).expanduser())))


def _place_of_url(url: str) -> Place:
    scheme, _, rest = url.partition("://")
    if scheme in _POSTGRES:
        return Place(path=None, url=f"postgresql+psycopg://{rest}")
    if scheme == "sqlite" and len(rest) > 1 and rest.startswith("/"):
        return Place(path=Path(os.path.abspath(rest[1:])))
    raise WorkspaceError(
        f"Not a workspace URL: it begins with {scheme + '://'!r}. Give a file, or"
        " postgresql+psycopg://USER@HOST/DATABASE."
    )
