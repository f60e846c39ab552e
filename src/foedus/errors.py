"""One root error. Every message says what was received and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence


class FoedusError(Exception):
    """Root of every error that Foedus raises on purpose.

    `exit_code` is what the command line returns for it: 2 for input that the user can
    mend, 1 for anything else.
    """

    exit_code = 1


class InputError(FoedusError):
    """Something the user gave cannot be used as given."""

    exit_code = 2


class UnknownActor(InputError):
    """A name that no actor of the catalog answers to; `suggestions` are (id, name) pairs."""

    def __init__(self, received: str, suggestions: Sequence[tuple[str, str]] = ()) -> None:
        self.received = received
        self.suggestions = tuple(suggestions)
        hint = (
            " Did you mean " + " or ".join(f"{name} ({key})" for key, name in suggestions) + "?"
            if suggestions
            else " Give a country, organisation or armed group by name, former name, capital or"
            " ISO 3166 alpha-3 code."
        )
        super().__init__(f"No actor is called {received!r}.{hint}")


class AmbiguousActor(InputError):
    """A name that several actors answer to."""

    def __init__(self, received: str, suggestions: Sequence[tuple[str, str]]) -> None:
        self.received = received
        self.suggestions = tuple(suggestions)
        names = " or ".join(f"{name} ({key})" for key, name in suggestions)
        super().__init__(f"{received!r} is ambiguous. Did you mean {names}? Give the code.")


class DateError(InputError):
    """A date that cannot be read, or that no table covers."""


class DocumentError(InputError):
    """One document that cannot be read; the others go on. `name` says which."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name}: {reason}")


class WorkspaceError(InputError):
    """A workspace that is locked, corrupt, from a newer version, or out of reach.

    It is left untouched.
    """


class CatalogError(FoedusError):
    """A catalog table that is missing or broken."""


class RegisterError(InputError):
    """A register row with a broken key, an unknown code or flags that contradict its rung."""

    def __init__(self, file: str, row: str, column: str, problem: str) -> None:
        self.file, self.row, self.column, self.problem = file, row, column, problem
        super().__init__(f"{file}, row {row!r}, column {column!r}: {problem}")


class RegisterFaults(InputError):
    """Rows of the register's format that cannot be taken; `faults` names every failing cell."""

    def __init__(self, what: str, faults: Sequence[RegisterError]) -> None:
        self.faults = tuple(faults)
        listed = "\n".join(f"  {fault}" for fault in faults)
        cells = "1 cell is" if len(faults) == 1 else f"{len(faults)} cells are"
        super().__init__(f"{what}: {cells} wrong.\n{listed}")


class UnknownTable(InputError):
    """A name that is no catalog table's; `suggestions` are names of tables."""

    def __init__(
        self, received: str, tables: Sequence[str], suggestions: Sequence[str] = ()
    ) -> None:
        self.received = received
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"No table is called {received!r}.{hint} There are {', '.join(tables)}.")


class ScenarioError(InputError):
    """A scenario that cannot be used; the message names the file and, where known, the line."""

    def __init__(self, name: str, line: int | None, problem: str) -> None:
        self.name, self.line, self.problem = name, line, problem
        where = f"{name}, line {line}" if line is not None else name
        super().__init__(f"{where}: {problem}")
