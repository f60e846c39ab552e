"""The user's own commitments, calls and responses: one function per `foedus register` verb."""

from __future__ import annotations

import csv
import getpass
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from foedus.catalog.facts import Overlay
from foedus.catalog.register_cells import call_cells, commitment_cells
from foedus.catalog.register_faults import Examiner, header_faults
from foedus.catalog.register_format import (
    FILES,
    KINDS,
    Cells,
    RowKind,
    columns,
    complete,
    key_of,
    kind_of,
)
from foedus.catalog.shipped_rows import ShippedRows
from foedus.domain.frozen import Frozen
from foedus.errors import InputError, RegisterError, RegisterFaults
from foedus.workspace.store import Workspace

if TYPE_CHECKING:
    from foedus.workspace.register_rows import RegisterRow

Where = str | Path | None


class RowChange(Frozen):
    """What became of one row; `corrects` is the id of the shipped row whose place it takes."""

    kind: RowKind
    key: str
    outcome: Literal["added", "changed", "unchanged", "as shipped", "taken back"]
    corrects: str | None


class Registration(Frozen):
    """What an addition or an import did. `notes` name rows that look like shipped ones."""

    workspace: str
    rows: tuple[RowChange, ...]
    notes: tuple[str, ...]


def add(
    kind: str, row: Mapping[str, object], workspace: Where = None, *, by: str | None = None
) -> Registration:
    """Add one commitment, call or response to the workspace; columns left out are unknown.

    A row with the id of a shipped one (or of a directed commitment of the catalog, such as
    `atop-3285:RUS>POL`) is kept as a correction of it. `by` says who adds it; by default the
    name under which the user is logged in.

    Raises:
        RegisterFaults: the row breaks a rule of the register; names every failing cell.
        InputError: no such kind.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    named = _kind(kind)
    strangers = [key for key in row if key not in columns(named)]
    faults = header_faults([*columns(named), *strangers], named)
    if faults:
        raise RegisterFaults("The row was not added", faults)
    return _register(named, [complete(named, row)], workspace, None, by, "The row was not added")


def import_csv(
    path: str | Path, workspace: Where = None, *, kind: str | None = None, by: str | None = None
) -> Registration:
    """Add every row of a CSV file in the register's format, or none; see `add`.

    The kind is told by the columns where it is not given. Rows that are there already, and
    rows that say what the shipped register says, change nothing.

    Raises:
        RegisterFaults: faults in the file; names every failing cell. Nothing was imported.
        InputError: the file cannot be read as CSV.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    file = Path(path)
    refused = f"Nothing of {file} was imported"
    named, rows, faults = _read(file, kind)
    if named is None or faults:
        raise RegisterFaults(refused, faults)
    return _register(named, rows, workspace, file.name, by, refused)


def remove(kind: str, key: str, workspace: Where = None, *, by: str | None = None) -> Registration:
    """Take a row of the user's back; what it said is kept in its history.

    `key` is the id; for a response `call_id/guarantor_iso3`.

    Raises:
        InputError: there is no such row.
        RegisterFaults: other rows of the user's rest on it: responses to the call, say.
    """
    from foedus.workspace.register_rows import taken_back

    named = _kind(kind)
    with _opened(workspace) as opened:
        held = opened.register_rows(named, key) if opened else []
        if opened is None or not held:
            raise InputError(f"No {named} of yours has the key {key!r}: there is none to remove.")
        left = _by_kind(opened.register_rows())
        del left[named][key]
        faults = _faults(left)
        if faults:
            raise RegisterFaults(f"Other rows of yours rest on the {named} {key!r}", faults)
        opened.put_register_rows([taken_back(held[0], by or _user())])
        change = RowChange(kind=named, key=key, outcome="taken back", corrects=held[0].corrects)
        return Registration(workspace=opened.where, rows=(change,), notes=())


def export(kind: str, workspace: Where = None) -> list[Cells]:
    """The user's rows of one kind in the register's format, in order of key."""
    named = _kind(kind)
    return [_in_order(named, row) for row in _stored(workspace)[named].values()]


def export_csv(kind: str, workspace: Where = None) -> str:
    """`export` as the text of a CSV file that `import_csv` reads."""
    return as_csv(kind, export(kind, workspace))


def as_csv(kind: str, rows: Iterable[Cells]) -> str:
    """Rows of one kind as the text of a CSV file in the register's format."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns(_kind(kind)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def shipped(kind: str, key: str) -> Cells:
    """The shipped row of that key in the register's format: what a correction starts from.

    Raises:
        InputError: nothing shipped has that key.
    """
    named, rows = _kind(kind), ShippedRows()
    found = rows.register[named].get(key.replace(":", "/") if named == "response" else key)
    if found is None and named == "commitment" and key in rows.commitment_ids:
        found = commitment_cells(rows.commitments(key)[key])
    call = rows.calls.get(key) if found is None and named == "call" else None
    found = call_cells(call) if call is not None else found
    if found is None:
        raise InputError(f"Nothing shipped is a {named} with the key {key!r}.")
    return found


def check(path: str | Path | None = None, workspace: Where = None) -> list[RegisterError]:
    """Every fault of a CSV file, or of the rows in the workspace where no file is given.

    A file is checked as `import_csv` would: against the shipped rows and the user's.

    Raises:
        InputError: the file cannot be read as CSV.
    """
    stored = _stored(workspace)
    if path is None:
        return _faults(stored)
    kind, rows, faults = _read(Path(path), None)
    if kind is None or faults:
        return faults
    return _examiner(stored, kind, rows).faults(kind, rows)


def overlay(workspace: Where = None, *, mine: bool = True) -> Overlay:
    """The user's rows as records for `Facts`; empty without a workspace or with `mine` false.

    Raises:
        RegisterFaults: a row no longer holds, since the catalog changed.
        WorkspaceError: the workspace is locked, corrupt, newer or out of reach.
    """
    if not mine:
        return Overlay()
    with _opened(workspace) as opened:
        rows = opened.register_rows() if opened else []
    if not rows:
        return Overlay()
    from foedus.assessment.register_overlay import overlay_of

    return overlay_of(rows)


def _register(
    kind: RowKind,
    rows: Sequence[Cells],
    workspace: Where,
    came_from: str | None,
    by: str | None,
    refused: str,
) -> Registration:
    from foedus.workspace.register_rows import RegisterRow

    examiner = _examiner(_stored(workspace), kind, rows)
    faults = examiner.faults(kind, rows)
    if faults:
        raise RegisterFaults(refused, faults)
    now, who = datetime.now(UTC), by or _user()
    given = [
        RegisterRow(
            kind=kind,
            key=key_of(kind, cells),
            cells=cells,
            corrects=examiner.shipped.corrected(kind, cells),
            came_from=came_from,
            added_by=who,
            added=now,
        )
        for cells in rows
    ]
    with Workspace.open(workspace) as opened:
        mine = {row.key for row in opened.register_rows(kind)}
        as_shipped = {
            row.key
            for row, cells in zip(given, rows, strict=True)
            if row.key not in mine and not examiner.shipped.differs(kind, cells)
        }
        kept = [row for row in given if row.key not in as_shipped]
        outcomes = iter(opened.put_register_rows(kept))
        changes = tuple(
            RowChange(
                kind=kind,
                key=row.key,
                outcome="as shipped" if row.key in as_shipped else next(outcomes),
                corrects=row.corrects,
            )
            for row in given
        )
        notes = examiner.alike(rows) if kind == "call" else ()
        return Registration(workspace=opened.where, rows=changes, notes=tuple(notes))


def _read(file: Path, kind: str | None) -> tuple[RowKind | None, list[Cells], list[RegisterError]]:
    """The file's kind and rows, and what keeps them from being read as such."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 text. Save it as CSV (UTF-8).") from error
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}).") from error
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(f"{file} is not a CSV file: {error}.") from error
    header, *body = lines or [[]]
    header = [name.strip() for name in header]
    named = kind_of(header) if kind is None else _kind(kind)
    faults = header_faults(header, named)
    if named is None or faults:
        return named, [], faults
    rows = []
    for number, line in enumerate(body, start=2):
        if not any(cell.strip() for cell in line):
            continue
        cells = complete(named, dict(zip(header, line, strict=False)))
        if len(line) != len(header):
            problem = f"line {number} has {len(line)} cells, the header {len(header)}."
            faults.append(RegisterError(FILES[named], key_of(named, cells), "-", problem))
        rows.append(cells)
    return named, rows, faults


def _kind(kind: str) -> RowKind:
    for known in KINDS:
        if kind.strip().lower() in (known, f"{known}s"):
            return known
    raise InputError(f"No kind of row is called {kind!r}. There are {', '.join(KINDS)}.")


def _examiner(
    stored: Mapping[RowKind, dict[str, Cells]],
    kind: RowKind | None = None,
    rows: Iterable[Cells] = (),
) -> Examiner:
    """Checks against the shipped rows and the user's, with `rows` as if they were stored."""
    known = {one: dict(held) for one, held in stored.items()}
    if kind is not None:
        known[kind] |= {key_of(kind, cells): cells for cells in rows}
    return Examiner(ShippedRows(), known["call"], known["commitment"])


def _faults(stored: Mapping[RowKind, dict[str, Cells]]) -> list[RegisterError]:
    examiner = _examiner(stored)
    return [fault for kind in KINDS for fault in examiner.faults(kind, [*stored[kind].values()])]


def _stored(workspace: Where) -> dict[RowKind, dict[str, Cells]]:
    with _opened(workspace) as opened:
        return _by_kind(opened.register_rows() if opened else [])


def _by_kind(rows: Iterable[RegisterRow]) -> dict[RowKind, dict[str, Cells]]:
    held = [(row.kind, row.key, row.cells) for row in rows if row.cells is not None]
    return {kind: {key: cells for of, key, cells in held if of == kind} for kind in KINDS}


def _in_order(kind: RowKind, row: Cells) -> Cells:
    return {column: row.get(column, "NA") for column in columns(kind)}


@contextmanager
def _opened(workspace: Where) -> Iterator[Workspace | None]:
    """The workspace where there is one; nothing is created."""
    if not Workspace.exists(workspace):
        yield None
        return
    with Workspace.open(workspace) as opened:
        yield opened


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None
