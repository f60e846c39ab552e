"""Options that the commands of `foedus review` share."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

Reviewer = Annotated[
    str | None, Parameter(help="Your name. Default: FOEDUS_REVIEWER, else your login name.")
]
Blind = Annotated[
    str | None, Parameter(help="Name of a blind round: decisions are kept apart until adjudicated.")
]
Note = Annotated[str | None, Parameter(help="A remark that the history keeps.")]
Seen = Annotated[
    int | None,
    Parameter(
        name="--seen",
        help="The version that you looked at; refused if the claim has changed since.",
    ),
]
Naming = Annotated[
    tuple[str, ...],
    Parameter(consume_multiple=True, negative="", help="Only claims that name all these actors."),
]
Abstained = Annotated[bool, Parameter(negative="", help="Also claims under the coder's threshold.")]
Order = Annotated[
    Literal["place", "doubt"],
    Parameter(help="place: as they stand in the documents; doubt: least certain first."),
]
