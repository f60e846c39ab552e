"""The commands of `foedus review` that only print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.options import Json, Workspace, show, write
from foedus.cli.review_options import Abstained, Blind, Naming, Order, Reviewer
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.assessment.review import ReviewItem
    from foedus.domain.claims import ReviewStatus


def list_(
    *,
    status: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative="")] = (
        "unreviewed",
    ),
    naming: Naming = (),
    document: str | None = None,
    abstained: Abstained = False,
    order: Order = "place",
    after: str | None = None,
    limit: int = 50,
    blind: Blind = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Print a page of the queue.

    Parameters
    ----------
    status
        unreviewed, accepted, rejected, edited, merged, or all.
    document
        Only claims of the document with this id.
    after
        The key that the page before gave.
    limit
        Claims on a page.
    """
    import foedus

    page = foedus.review.queue(
        workspace, status=statuses(status), naming=naming, document=document,
        abstained=abstained, order=order, after=after, limit=limit, blind=blind,
        reviewer=reviewer,
    )  # fmt: skip
    if json:
        write(page.model_dump_json(indent=2))
        return
    from foedus.report.review_blocks import page_blocks

    show(page_blocks(page))


def show_(
    claim: str,
    /,
    *,
    blind: Blind = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Print one claim with the words around its quote."""
    import foedus

    told(foedus.review.item(claim, workspace, blind=blind, reviewer=reviewer), json)


def history(claim: str, /, *, workspace: Workspace = None, json: Json = False) -> None:
    """Print every change of a claim: who, when, what before."""
    import foedus

    changes = foedus.review.history(claim, workspace)
    if json:
        from foedus.report.machine import models_json

        write(models_json(changes))
        return
    from foedus.report.review_blocks import history_blocks

    show(history_blocks(changes))


def decisions(
    *,
    blind: Blind = None,
    reviewer: Reviewer = None,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Print the decisions of blind rounds, for whoever adjudicates."""
    import foedus

    found = foedus.review.blind_decisions(blind, workspace, reviewer=reviewer)
    if json:
        from foedus.report.machine import models_json

        write(models_json(found))
        return
    from foedus.report.review_blocks import decisions_blocks

    show(decisions_blocks(found))


def agreement(
    *,
    blind: Blind = None,
    coders: Annotated[
        tuple[str, ...],
        Parameter(consume_multiple=True, negative="", help="Coders, in place of a blind round."),
    ] = (),
    draws: Annotated[int, Parameter(help="Draws of the bootstrap over documents.")] = 500,
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Print Krippendorff's alpha of a blind round's reviewers, or of coders."""
    import foedus

    found = foedus.review.agreement(workspace, blind=blind, coders=coders, draws=draws)
    if json:
        write(found.model_dump_json(indent=2))
        return
    from foedus.report.review_blocks import agreement_blocks

    show(agreement_blocks(found))


def told(item: ReviewItem, json: bool) -> None:
    """One claim on standard output."""
    if json:
        write(item.model_dump_json(indent=2))
        return
    from foedus.report.review_blocks import item_blocks

    show(item_blocks(item))


def statuses(given: tuple[str, ...]) -> list[ReviewStatus] | None:
    """Review statuses as given; null for `all`."""
    from typing import get_args

    from foedus.domain.claims import ReviewStatus

    if given == ("all",):
        return None
    known = get_args(ReviewStatus)
    found: list[ReviewStatus] = [one for one in known if one in given]
    strange = [one for one in given if one not in known]
    if strange:
        raise InputError(f"No review status {strange[0]!r}. There are {', '.join(known)} and all.")
    return found
