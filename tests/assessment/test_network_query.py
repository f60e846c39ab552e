"""The network around an actor: who is in it on which day, and what the filters leave."""

from __future__ import annotations

import pytest

import foedus
from foedus.domain.networks import Network
from foedus.errors import DateError, InputError, UnknownActor


def russia(**filters: object) -> Network:
    return foedus.network("Russia", as_of="2024-01-01", mine=False, **filters)  # type: ignore[arg-type]


def test_partners_and_the_ties_among_them() -> None:
    found = russia()
    ids = {actor.id for actor in found.actors}
    assert found.centre == "RUS"
    assert {"RUS", "ARM", "BLR", "KAZ"} <= ids
    assert "USA" not in ids
    assert {tie.guarantor for tie in found.ties} | {tie.beneficiary for tie in found.ties} <= ids
    among = [tie for tie in found.ties if "RUS" not in (tie.guarantor, tie.beneficiary)]
    assert any({tie.guarantor, tie.beneficiary} == {"ARM", "KAZ"} for tie in among)
    assert {actor.ring for actor in found.actors} == {0, 1}


def test_a_later_promise_is_not_in_an_earlier_network() -> None:
    def korea(day: str) -> bool:
        found = foedus.network("Russia", as_of=day, kinds=["defense"], mine=False)
        return any(tie.beneficiary == "PRK" and tie.guarantor == "RUS" for tie in found.ties)

    assert not korea("2024-06-01")
    assert korea("2025-01-01")


def test_filters_leave_what_they_say_and_count_what_they_hide() -> None:
    every, defence = russia(), russia(kinds=["defense"])
    assert all("defense" in tie.obligations for tie in defence.ties)
    assert defence.hidden == len(every.ties) + every.hidden - len(defence.ties) > 0
    shown = {actor.id for actor in defence.actors}
    ends = {tie.guarantor for tie in defence.ties} | {tie.beneficiary for tie in defence.ties}
    assert shown == ends
    late = russia(since="2010-01-01")
    assert late.ties
    assert all(tie.since is not None and tie.since.year >= 2010 for tie in late.ties)
    lapsed = russia(statuses=["not known since"])
    assert {tie.status for tie in lapsed.ties} == {"not known since"}
    assert len(russia(rings=2).actors) > len(every.actors)


def test_what_cannot_be_asked_is_refused_with_what_can() -> None:
    with pytest.raises(InputError, match="defense, offense"):
        russia(kinds=["defence"])
    with pytest.raises(InputError, match="1 or 2 rings"):
        russia(rings=3)
    with pytest.raises(InputError, match="between 0 and 1"):
        russia(strength=7)
    with pytest.raises(InputError, match="in force"):
        russia(statuses=["maybe"])
    with pytest.raises(UnknownActor):
        foedus.network("Atlantis", mine=False)
    with pytest.raises(DateError):
        russia(since="yesterday")
