"""`foedus question` and `foedus questions`: forecasts in the open, and their scores."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import App, Parameter

from foedus.cli.options import AsOf, Json, Mine, Workspace, show, write

question = App(name="question", help="Store a dated forecast, and say how it came out.")

By = Annotated[
    str | None, Parameter(help="Your name. Default: FOEDUS_REVIEWER, else your login name.")
]
Note = Annotated[str | None, Parameter(help="A remark that is kept with it.")]


@question.command
def add(
    guarantor: str,
    beneficiary: str,
    /,
    *,
    rung: Annotated[
        Literal["words", "diplomatic", "material", "forces"],
        Parameter(help="The rung that has to be reached, or a higher one."),
    ] = "material",
    days: Annotated[int, Parameter(help="30 or 365, from the first use of force.")] = 365,
    probability: Annotated[
        float | None, Parameter(help="Your own, between 0 and 1. Default: the model's.")
    ] = None,
    challenger: Annotated[str | None, Parameter(help="Only an attack by this one counts.")] = None,
    as_of: AsOf = None,
    by: By = None,
    note: Note = None,
    workspace: Workspace = None,
    mine: Mine = True,
    json: Json = False,
) -> None:
    """Store a forecast with its resolution rule; nothing changes it afterwards."""
    import foedus

    found = foedus.question.add(
        guarantor, beneficiary, rung=rung, days=days, probability=probability,
        challenger=challenger, as_of=as_of, by=by, note=note, workspace=workspace, mine=mine,
    )  # fmt: skip
    if json:
        write(found.model_dump_json(indent=2))
        return
    from foedus.report.question_blocks import question_blocks

    show(question_blocks(found))


@question.command
def resolve(
    key: str,
    /,
    *,
    outcome: Annotated[
        Literal["yes", "no", "void"], Parameter(help="void: no attack began in time.")
    ],
    source: Annotated[str | None, Parameter(help="What shows it: reports, addresses.")] = None,
    by: By = None,
    note: Note = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Say how a question came out; an earlier answer stays in its history.

    Parameters
    ----------
    key
        The question's id, or the beginning of it.
    """
    import foedus

    found = foedus.question.resolve(
        key, outcome, source=source, note=note, by=by, workspace=workspace
    )
    if json:
        write(found.model_dump_json(indent=2))
        return
    from foedus.report.question_blocks import question_blocks

    show(question_blocks(found))


@question.command(name="show")
def show_one(key: str, /, *, workspace: Workspace = None, json: Json = False) -> None:
    """One question with its rule and every resolution.

    Parameters
    ----------
    key
        The question's id, or the beginning of it.
    """
    import foedus

    found = foedus.question.show(key, workspace=workspace)
    if json:
        write(found.model_dump_json(indent=2))
        return
    from foedus.report.question_blocks import question_blocks

    show(question_blocks(found))


def questions(*, workspace: Workspace = None, json: Json = False) -> None:
    """Every question, and the running Brier and log score with their N."""
    import foedus

    found = foedus.questions(workspace=workspace)
    if json:
        write(found.model_dump_json(indent=2))
        return
    from foedus.report.question_blocks import questions_blocks

    show(questions_blocks(found))
