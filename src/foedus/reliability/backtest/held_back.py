"""Calls kept apart: scored by the model that was fitted to the shipped data, from files."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from foedus.catalog.facts import Facts
from foedus.catalog.register_check import check_call, check_response
from foedus.catalog.register_format import FILES, NEEDED, Cells, RowKind, complete, key_of
from foedus.catalog.register_rows import to_call, to_response
from foedus.catalog.shipped_rows import ShippedRows
from foedus.domain.backtests import Backtest
from foedus.domain.calls import Call
from foedus.domain.responses import Response
from foedus.errors import InputError
from foedus.reliability.backtest.criteria import criteria
from foedus.reliability.backtest.rivals import rivals
from foedus.reliability.backtest.scores import Outcomes
from foedus.reliability.backtest.tables import OURS, trial
from foedus.reliability.cases import STILL_OPEN, Asked, Cases, asked_features, past_cases
from foedus.reliability.current import model_on
from foedus.reliability.two_level import seen

SUDDEN = ("coup", "decapitation")
FEWEST = 2


@dataclass(frozen=True)
class HeldBack:
    """Calls and the responses to them, in the order of the responses' file."""

    calls: dict[str, Call]
    responses: tuple[Response, ...]


def read_held_back(calls: str | Path, responses: str | Path) -> HeldBack:
    """Two files in the register's format.

    Raises:
        InputError: a file that cannot be read, lacks a column, or names a call that is in
            neither; or a cell that is no value of its column.
    """
    found: dict[str, Call] = {}
    asked, told = _rows(Path(calls), "call"), _rows(Path(responses), "response")
    _check(Path(calls), "call", asked)
    _check(Path(responses), "response", told)
    for cells in asked:
        with _named(Path(calls), "call", cells):
            found[cells["id"]] = to_call(cells)
    answers = []
    for cells in told:
        call = found.get(cells["call_id"])
        if call is None:
            raise InputError(
                f"{responses}: {key_of('response', cells)} answers {cells['call_id']!r}, which"
                f" {calls} does not hold. Add the call, or leave the response out."
            )
        with _named(Path(responses), "response", cells):
            answers.append(to_response(cells, call))
    return HeldBack(found, tuple(answers))


def run_held_back(held: HeldBack) -> Backtest:
    """The shipped model and its rivals on calls kept apart.

    Raises:
        InputError: fewer than two responses to score, or a call that the model was fitted to.
    """
    facts = Facts(date.today())
    stored = model_on(facts)
    assert stored is not None
    _not_known(held, {str(call) for call in stored.past.call})
    kept = [one for one in held.responses if _scorable(held.calls[one.call], one)]
    if len(kept) < FEWEST:
        raise InputError(
            f"{len(kept)} of {len(held.responses)} responses can be scored: the others leave every"
            " rung open, or answer as challenger or beneficiary. Give at least two that do."
        )
    after = _cases(facts, held, kept)
    cases = past_cases(facts)
    before = cases.where(cases.registered & (seen(cases, 1).min(axis=1) < 1))
    none, none_after = np.zeros((len(before), 0)), np.zeros((len(after), 0))
    predicted = {name: rival(before, after, none, none_after) for name, rival in rivals().items()}
    predicted[OURS] = stored.windows[1].probabilities(after.x)
    _, number = np.unique(after.call, return_inverse=True)
    table = trial(
        "Held-back calls",
        "scored by the model fitted to the shipped register; known: the day before each call.",
        predicted,
        Outcomes(after.low[1], after.high[1], number),
        [("all", np.ones(len(after), dtype=bool))],
    )
    return Backtest(
        scheme="held back",
        variant="ex-ante",
        catalog_version=facts.version,
        keys="files",
        tests=(table,),
        criteria=criteria([table]),
        notes=(
            f"{len(kept)} of {len(held.responses)} responses are scored; the others leave every"
            " rung open, or answer as challenger or beneficiary.",
            *_look_known(held, cases),
        ),
    )


def _not_known(held: HeldBack, fitted: set[str]) -> None:
    known = sorted(fitted & set(held.calls))
    if known:
        raise InputError(
            f"The model was fitted to {known[0]!r}"
            f"{f' and {len(known) - 1} more of these calls' if len(known) > 1 else ''}: a score on"
            " them would flatter it. Give calls that the shipped register does not hold."
        )


def _look_known(held: HeldBack, cases: Cases) -> tuple[str, ...]:
    """Says which calls look like some that the model was fitted to, under another id."""
    fitted = set(zip(cases.beneficiary.tolist(), cases.day.tolist(), strict=True))
    alike = sorted(
        key
        for key, call in held.calls.items()
        if (call.beneficiary, call.started.first.toordinal()) in fitted
    )
    if not alike:
        return ()
    return (
        f"{len(alike)} of {len(held.calls)} calls ({', '.join(alike[:5])}"
        f"{', ...' if len(alike) > 5 else ''}) begin on the day of an attack on the same actor"
        " that the model was fitted to: if it is the same, the score flatters.",
    )


def _scorable(call: Call, answer: Response) -> bool:
    rung = answer.rung_365
    return (
        rung.high - rung.low < 4
        and answer.guarantor != call.beneficiary
        and answer.guarantor not in call.challengers
    )


def _cases(facts: Facts, held: HeldBack, answers: Sequence[Response]) -> Cases:
    calls = [held.calls[one.call] for one in answers]
    asked = [
        Asked(one.guarantor, call.beneficiary, call.challengers, call.kind in SUDDEN)
        for one, call in zip(answers, calls, strict=True)
    ]
    n = len(answers)
    windows = [(one.rung_30, one.rung_365, one.rung) for one in answers]
    yes, no = np.ones(n, dtype=bool), np.zeros(n, dtype=bool)
    return Cases(
        call=np.array([call.id for call in calls]),
        guarantor=np.array([one.guarantor for one in answers]),
        beneficiary=np.array([call.beneficiary for call in calls]),
        stream=np.array(["register"] * n),
        day=np.array([call.started.first.toordinal() for call in calls]),
        ended=np.array([call.ended.last.toordinal() if call.ended else STILL_OPEN
                        for call in calls]),
        hostility=np.array([call.hostility or 0 for call in calls]),
        by_rule=yes,
        listed=yes,
        registered=yes,
        in_icb=no,
        asked=np.array([-1 if one.asked is None else int(one.asked) for one in answers]),
        opposed=np.array([-1 if one.opposed is None else int(one.opposed) for one in answers]),
        low=np.array([[int(rung.low) for rung in three] for three in windows]).T,
        high=np.array([[int(rung.high) for rung in three] for three in windows]).T,
        x=asked_features(facts, asked, [call.started.first for call in calls]),
    )  # fmt: skip


def _check(file: Path, kind: RowKind, rows: Sequence[Cells]) -> None:
    """Hold every row to the register's rules.

    Raises:
        InputError: names row, column and fault of every cell that fails.
    """
    rule = check_call if kind == "call" else check_response
    codes = ShippedRows().codes
    faults = [
        f"  row {number} ({fault.row}), {fault.column}: {fault.problem}"
        for number, cells in enumerate(rows, start=2)
        for fault in rule(cells, codes)
    ]
    if faults:
        cells_are = "1 cell is" if len(faults) == 1 else f"{len(faults)} cells are"
        raise InputError("\n".join((f"{file}: {cells_are} wrong.", *faults)))


class _named:  # noqa: N801
    """Turns a fault in one row into an error that names file and row."""

    def __init__(self, file: Path, kind: RowKind, cells: Cells) -> None:
        self._where = f"{file}, {key_of(kind, cells)}"

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ValueError | KeyError | AssertionError):
            raise InputError(
                f"{self._where}: {error}. See the register's columns with `foedus register check`."
            ) from error


def _rows(file: Path, kind: RowKind) -> list[Cells]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            missing = [name for name in NEEDED[kind] if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"{file} lacks the column {missing[0]!r}. Give it in the format of the"
                    f" register's {FILES[kind]}."
                )
            return [complete(kind, row) for row in reader if any(row.values())]
    except FileNotFoundError as error:
        raise InputError(f"There is no file {file}.") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} cannot be read ({error}).") from error
