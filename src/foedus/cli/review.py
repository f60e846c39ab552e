"""`foedus review`: claims by keys, one by one by name, and how far coders agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from foedus.cli.options import Json, Workspace, note, show
from foedus.cli.review_options import Abstained, Blind, Naming, Note, Order, Reviewer, Seen
from foedus.cli.review_prints import agreement, decisions, history, list_, show_, told
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.domain.reviews import ReviewAction

review = App(name="review", help="Review coded claims: accept, reject, edit, merge, grade, undo.")
review.command(list_, name="list")
review.command(show_, name="show")
review.command(history)
review.command(decisions)
review.command(agreement)


@review.default
def by_keys(
    *,
    naming: Naming = (),
    document: str | None = None,
    abstained: Abstained = False,
    order: Order = "place",
    blind: Blind = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
) -> None:
    """Go through the queue by keys: j k a r e m g n u, / and ?; q ends.

    Parameters
    ----------
    document
        Only claims of the document with this id.
    """
    from foedus.assessment.review_session import ReviewSession
    from foedus.cli.review_keys import Keys
    from foedus.report.review_blocks import item_blocks

    session = ReviewSession(
        workspace, reviewer=reviewer, blind=blind, naming=naming, document=document,
        abstained=abstained, order=order,
    )  # fmt: skip
    shown = None
    with Keys() as keys:
        while not session.done:
            if session.current is None:
                note("nothing to review here (? for help)")
            elif session.current != shown:
                show(item_blocks(session.current, f"{session.place}/{session.total}"))
            shown = session.current
            key = keys.next()
            if key is None:
                break
            if said := session.press(key, keys.line):
                note(said)


@review.command
def accept(
    claim: str,
    /,
    *,
    note: Note = None,
    seen: Seen = None,
    blind: Blind = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Accept a claim as it is coded."""
    _decide(claim, "accept", {}, None, note, seen, blind, reviewer, workspace, json)


@review.command
def reject(
    claim: str,
    /,
    *,
    note: Note = None,
    seen: Seen = None,
    blind: Blind = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Reject a claim: it counts nowhere."""
    _decide(claim, "reject", {}, None, note, seen, blind, reviewer, workspace, json)


@review.command
def edit(
    claim: str,
    cells: Annotated[list[str], Parameter(negative="")],
    /,
    *,
    note: Note = None,
    seen: Seen = None,
    blind: Blind = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Change coded fields of a claim; the quote stays word for word in the document.

    Parameters
    ----------
    cells
        field=value: act, source, target, support (lists with commas), polarity, modality, time,
        attribution (KIND:NAME), start, end, quote and the other coded fields.
    """
    bare = [cell for cell in cells if "=" not in cell]
    if bare:
        raise InputError(f"Not field=value: {', '.join(map(repr, bare))}.")
    changes = dict(cell.partition("=")[::2] for cell in cells)
    _decide(claim, "edit", changes, None, note, seen, blind, reviewer, workspace, json)


@review.command
def merge(
    claim: str,
    into: str,
    /,
    *,
    note: Note = None,
    seen: Seen = None,
    blind: Blind = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Merge CLAIM into another that says the same: it counts there, once."""
    _decide(claim, "merge", {}, into, note, seen, blind, reviewer, workspace, json)


@review.command
def grade(
    claim: str,
    /,
    *,
    reliability: str | None = None,
    credibility: int | None = None,
    note: Note = None,
    seen: Seen = None,
    blind: Blind = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Grade the source and what it says.

    Parameters
    ----------
    reliability
        A completely reliable to E unreliable, F cannot be judged.
    credibility
        1 confirmed to 5 improbable, 6 cannot be judged.
    """
    given = {"reliability": reliability, "credibility": credibility}
    changes = {name: str(value) for name, value in given.items() if value is not None}
    _decide(claim, "grade", changes, None, note, seen, blind, reviewer, workspace, json)


@review.command(name="note")
def remark(
    claim: str,
    text: str,
    /,
    *,
    seen: Seen = None,
    blind: Blind = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Keep a remark with a claim."""
    _decide(claim, "note", {}, None, text, seen, blind, reviewer, workspace, json)


@review.command
def undo(
    claim: str,
    /,
    *,
    note: Note = None,
    seen: Seen = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Take back a claim's last change; the history keeps both."""
    import foedus

    done = foedus.review.undo(claim, workspace=workspace, reviewer=reviewer, seen=seen, note=note)
    told(done, json)


@review.command
def adjudicate(
    claim: str,
    of: str,
    /,
    *,
    blind: Annotated[str, Parameter(help="Name of the blind round.")],
    note: Note = None,
    seen: Seen = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Make what one reviewer (OF) decided in a blind round the claim's own."""
    import foedus

    done = foedus.review.adjudicate(
        claim, of, blind=blind, workspace=workspace, reviewer=reviewer, seen=seen, note=note
    )
    told(done, json)


def _decide(
    claim: str,
    action: ReviewAction,
    changes: dict[str, str],
    into: str | None,
    remark: str | None,
    seen: int | None,
    blind: str | None,
    reviewer: str | None,
    workspace: str | None,
    json: bool,
) -> None:
    import foedus

    done = foedus.review.decide(
        claim, action, changes, workspace=workspace, reviewer=reviewer, seen=seen, into=into,
        note=remark, blind=blind,
    )  # fmt: skip
    told(done, json)
