"""Blind rounds: nobody sees the other's decisions, and no claim changes until adjudicated."""

from __future__ import annotations

import pytest
from workspace_samples import claim, document

from foedus.domain.reviews import StaleClaim, StaleDecision
from foedus.errors import InputError
from foedus.workspace import Workspace

ONE = document()
ROWS = [claim(ONE, 0, 46), claim(ONE, 47, 82), claim(ONE, 5, 20, abstained=True)]
KEYS = [row.claim_id for row in ROWS]


@pytest.fixture
def desk(where: str) -> Workspace:
    with Workspace.open(where) as opened:
        opened.add_document(ONE, ROWS)
    return Workspace.open(where)


def test_a_blind_reviewer_sees_claims_as_coded(desk: Workspace) -> None:
    with desk:
        desk.review(KEYS[0], "edit", seen=1, by="Ada", changes={"act": "deliver", "end": 9})
        desk.review(KEYS[1], "reject", seen=1, by="Ada")
        desk.review(KEYS[2], "accept", seen=1, by="Ada")
        desk.review_blind(KEYS[0], "reject", blind="r1", seen=0, by="Ada")
        page = desk.queue(blind="r1", by="Bo")
        assert [one.claim for one in page.items] == ROWS[:2]
        assert {(one.version, one.changed_by, one.changed) for one in page.items} == {
            (0, None, None)
        }
        assert page.total == 2
        with_abstained = desk.queue(blind="r1", by="Bo", abstained=True).items
        assert sorted(one.claim.claim_id for one in with_abstained) == sorted(KEYS)
        assert ROWS[2] in [one.claim for one in with_abstained]


def test_decisions_stay_apart_by_reviewer_and_round(desk: Workspace) -> None:
    with desk:
        desk.review_blind(KEYS[0], "accept", blind="r1", seen=0, by="Ada")
        edit = {"act": "assess"}
        mine = desk.review_blind(KEYS[0], "edit", blind="r1", seen=0, by="Bo", changes=edit)
        assert mine.claim.act == "assess"
        assert desk.claim(KEYS[0]).claim == ROWS[0]
        assert desk.claim(KEYS[0]).version == 1
        assert desk.history(KEYS[0]) == []
        assert desk.queue(blind="r1", by="Bo").total == 1
        assert desk.queue(blind="r2", by="Bo").total == 2
        decided = desk.queue(blind="r1", by="Bo", status=["accepted", "edited"])
        assert [(one.version, one.claim.act) for one in decided.items] == [(1, "assess")]
        assert desk.blind_decisions("r1", by="Bo") == [mine]
        assert [one.by for one in desk.blind_decisions("r1")] == ["Ada", "Bo"]
        with pytest.raises(InputError, match="reviewer's name"):
            desk.queue(blind="r1")


def test_a_later_decision_replaces_the_earlier_and_both_are_kept(desk: Workspace) -> None:
    with desk:
        first = desk.review_blind(KEYS[0], "accept", blind="r1", seen=0, by="Bo")
        with pytest.raises(StaleDecision, match="now accept, number 1") as stale:
            desk.review_blind(KEYS[0], "reject", blind="r1", seen=0, by="Bo")
        assert stale.value.current == first
        second = desk.review_blind(KEYS[0], "reject", blind="r1", seen=1, by="Bo", note="irony")
        assert desk.blind_decisions("r1") == [second]
        assert desk.blind_decisions("r1", every=True) == [first, second]
        with pytest.raises(InputError, match="needs a name"):
            desk.review_blind(KEYS[0], "reject", blind=" ", seen=0, by="Bo")


def test_an_adjudicated_decision_becomes_the_claims_own(desk: Workspace) -> None:
    with desk:
        desk.review_blind(KEYS[0], "edit", blind="r1", seen=0, by="Bo", changes={"act": "assess"})
        desk.review_blind(KEYS[1], "merge", blind="r1", seen=0, by="Bo", into=KEYS[0])
        grade = {"credibility": 2}
        desk.review_blind(KEYS[2], "grade", blind="r1", seen=0, by="Bo", changes=grade)
        state = desk.adjudicate(KEYS[0], blind="r1", of="Bo", seen=1, by="Cy", note="agreed")
        assert (state.claim.act, state.claim.review, state.version) == ("assess", "edited", 2)
        (change,) = desk.history(KEYS[0])
        assert (change.action, change.by) == ("edit", "Cy")
        assert change.note == "adjudicated: round r1, Bo; agreed"
        merged = desk.adjudicate(KEYS[1], blind="r1", of="Bo", seen=1, by="Cy")
        assert merged.claim.merged_into == KEYS[0]
        desk.review(KEYS[2], "accept", seen=1, by="Ada")
        graded = desk.adjudicate(KEYS[2], blind="r1", of="Bo", seen=2, by="Cy")
        assert (graded.claim.credibility, graded.claim.review) == (2, "accepted")
        with pytest.raises(StaleClaim):
            desk.adjudicate(KEYS[0], blind="r1", of="Bo", seen=1, by="Cy")
        with pytest.raises(InputError, match="Ada decided nothing"):
            desk.adjudicate(KEYS[0], blind="r1", of="Ada", seen=2, by="Cy")
        assert desk.undo(KEYS[0], seen=2, by="Cy").claim == ROWS[0]
