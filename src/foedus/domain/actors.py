"""Who can promise, call or respond: states, organisations, leaders and armed groups."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from foedus.domain.frozen import Frozen

ActorKind = Literal["state", "organisation", "armed_group"]
"""Leaders are names of the state they lead, with dates; they are not actors of their own."""

NameRole = Literal[
    "name", "former", "alias", "demonym", "capital", "seat", "epithet", "code", "leader"
]
"""How a word points at an actor: `seat` is a seat of government that stands for it (Kremlin)."""


class Actor(Frozen):
    """One actor.

    `id` is the ISO 3166 alpha-3 code for a state (XKX for Kosovo; `COW<ccode>` for a past
    state that never had one, such as COW300, Austria-Hungary), else the register's token.
    `cow` is the Correlates of War code. `first`/`last` bound membership of the state system;
    `last` is null while the actor exists.
    """

    id: str
    kind: ActorKind
    name: str
    cow: int | None = None
    first: date | None = None
    last: date | None = None


class Leader(Frozen):
    """One person in one office for one term. `verified` is false where no source backs the row."""

    actor: str
    name: str
    office: str | None
    effective: bool
    start: date
    end: date | None
    verified: bool
    source: str


class Membership(Frozen):
    """One member's spell in an organisation; a suspended spell replaces the member spell."""

    organisation: str
    member: str
    joined: date
    left: date | None
    status: str
    defence_obligation: bool | None


_WITH_ARTICLE = re.compile(
    r"(United |Netherlands|Philippines|Gambia|Bahamas|Maldives|Comoros|Seychelles|Soviet|Ottoman"
    r"|Papal|Holy See|Vatican|European|African|Arab League|Gulf|Collective|Commonwealth"
    r"|Organi[sz]ation|Shanghai|Houthis|Taliban|Islamic State|.* (Republic|Islands|Forces|Army"
    r"|Union|Empire|League|Council|Community)$|.* Republic of )"
)


def in_prose(name: str) -> str:
    """A name as it stands inside a sentence: `the United States`, but `Russia`."""
    return f"the {name}" if _WITH_ARTICLE.match(name) else name
