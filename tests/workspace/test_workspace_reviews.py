"""Reviews: nothing is lost, everything is kept, quotes stay verbatim; on both back ends."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from workspace_samples import TEXT, claim, document

from foedus.domain.claims import Claim
from foedus.domain.reviews import StaleClaim
from foedus.errors import InputError
from foedus.workspace import Workspace

ONE = document()
FIRST = claim(ONE, abstained=True)
SECOND = claim(ONE, 47, 82, act="request", source=("OST",), target=("FRE",))


def _filled(where: str, *claims: Claim) -> Workspace:
    workspace = Workspace.open(where)
    workspace.add_document(ONE, claims or (FIRST, SECOND), coder="rules", coder_version="1")
    return workspace


def test_each_action_says_what_it_changed_and_who_did_it(where: str) -> None:
    with _filled(where) as desk:
        before = datetime.now(UTC)
        state = desk.review(FIRST.claim_id, "accept", seen=1, by="Ada", note="clear")
        assert (state.version, state.claim.review, state.claim.abstained) == (2, "accepted", False)
        state = desk.review(
            FIRST.claim_id, "edit", seen=2, by="Bo",
            changes={"act": "deliver", "support": ["arms", "training"], "time": "2024-05",
                     "attribution": {"kind": "speaker", "name": "The Minister"}},
        )  # fmt: skip
        assert state.claim.support == ("arms", "training")
        graded = {"reliability": "B", "credibility": 2}
        state = desk.review(FIRST.claim_id, "grade", seen=3, by="Bo", changes=graded)
        state = desk.review(FIRST.claim_id, "note", seen=4, by="Cy", note="see the second source")
        assert desk.claim(FIRST.claim_id) == state
        assert desk.claims(ONE.id)[0] == state.claim
        changes = desk.history(FIRST.claim_id)
        assert [(one.version, one.action, one.by) for one in changes] == [
            (2, "accept", "Ada"), (3, "edit", "Bo"), (4, "grade", "Bo"), (5, "note", "Cy"),
        ]  # fmt: skip
        assert changes[0].before == {"review": "unreviewed", "abstained": True}
        assert changes[0].after == {"review": "accepted", "abstained": False}
        assert changes[0].note == "clear"
        assert changes[1].before["attribution"] == {"kind": "author", "name": None}
        assert changes[2].before == {"reliability": "F", "credibility": 6}
        assert (changes[3].before, changes[3].after) == ({}, {})
        assert all(before - timedelta(seconds=1) < one.at <= datetime.now(UTC) for one in changes)
        assert desk.changes_since(before - timedelta(seconds=1)) == changes
        assert desk.changes_since(before - timedelta(seconds=1), limit=1) == changes[:1]
        assert desk.changes_since(datetime.now(UTC)) == []


def test_the_second_writer_sees_the_first_ones_change_and_loses_nothing(where: str) -> None:
    with _filled(where) as ada, Workspace.open(where) as bo:
        ada.review(SECOND.claim_id, "reject", seen=1, by="Ada")
        with pytest.raises(StaleClaim, match=r"changed by Ada at .* now rejected, version 2") as no:
            bo.review(SECOND.claim_id, "accept", seen=1, by="Bo")
        assert no.value.current == ada.claim(SECOND.claim_id)
        assert no.value.current.claim.review == "rejected"
        with pytest.raises(StaleClaim):
            bo.undo(SECOND.claim_id, seen=1, by="Bo")
        assert [one.by for one in bo.history(SECOND.claim_id)] == ["Ada"]
        bo.review(SECOND.claim_id, "accept", seen=no.value.current.version, by="Bo")
        assert ada.claim(SECOND.claim_id).claim.review == "accepted"


def test_undo_walks_back_and_is_kept_itself(where: str) -> None:
    with _filled(where) as desk:
        desk.review(FIRST.claim_id, "edit", seen=1, by="Ada", changes={"source": ["OST", "FRE"]})
        desk.review(FIRST.claim_id, "reject", seen=2, by="Ada")
        back = desk.undo(FIRST.claim_id, seen=3, by="Bo", note="too strict")
        assert (back.claim.review, back.version) == ("edited", 4)
        assert desk.undo(FIRST.claim_id, seen=4, by="Bo").claim == FIRST
        with pytest.raises(InputError, match="no change that could be undone"):
            desk.undo(FIRST.claim_id, seen=5, by="Bo")
        kinds = [(one.action, one.undoes) for one in desk.history(FIRST.claim_id)]
        assert kinds == [("edit", None), ("reject", None), ("undo", 3), ("undo", 2)]
        assert desk.claims(actors=["OST"]) == [SECOND]


def test_an_edit_of_the_parties_is_found_under_the_new_ones(where: str) -> None:
    with _filled(where, SECOND) as desk:
        desk.review(SECOND.claim_id, "edit", seen=1, by="Ada", changes={"source": "KLO"})
        assert [one.source for one in desk.claims(actors=["KLO"])] == [("KLO",)]
        assert desk.claims(actors=["OST"]) == []


def test_a_new_quote_is_cut_from_the_document(where: str) -> None:
    with _filled(where) as desk:
        quoted = {"quote": "Osterlich asked for troops"}
        state = desk.review(SECOND.claim_id, "edit", seen=1, by="Ada", changes=quoted)
        assert (state.claim.start, state.claim.end) == (47, 73)
        state = desk.review(SECOND.claim_id, "edit", seen=2, by="Ada", changes={"end": len(TEXT)})
        assert state.claim.quote == TEXT[47:]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quote": "Osterlich asked for tanks"}, "must stand in it word for word"),
        ({"start": 0, "end": 9, "quote": "Sylvania."}, "reads 'Freedonia'"),
        ({"start": 5, "end": 5}, "does not lie in the document"),
        ({"end": 10_000}, "does not lie in the document"),
        ({"act": "invade"}, "act: Input should be"),
        ({"credibility": 9}, "credibility: Input should be"),
        ({"source": []}, "at least one source"),
        ({"time": "a\0b"}, "NUL"),
        ({"coder": "me"}, "may change start, end"),
        ({"act": "request"}, "changes nothing"),
        ({}, "needs at least one field"),
    ],
)
def test_an_edit_that_cannot_be_changes_nothing(
    where: str, changes: dict[str, Any], message: str
) -> None:
    with _filled(where) as desk:
        with pytest.raises(InputError, match=message):
            desk.review(SECOND.claim_id, "edit", seen=1, by="Ada", changes=changes)
        assert desk.claim(SECOND.claim_id).version == 1
        assert desk.history(SECOND.claim_id) == []


def test_a_grade_changes_the_grade_alone(where: str) -> None:
    with _filled(where) as desk:
        with pytest.raises(InputError, match="may change reliability, credibility; received act"):
            desk.review(SECOND.claim_id, "grade", seen=1, by="Ada", changes={"act": "commit"})
        state = desk.review(SECOND.claim_id, "grade", seen=1, by="A", changes={"reliability": "A"})
        assert state.claim == SECOND.model_copy(update={"reliability": "A"})


def test_a_merged_claim_goes_into_one_that_counts(where: str) -> None:
    with _filled(where) as desk:
        first, second = FIRST.claim_id, SECOND.claim_id
        for into, why in ((first, "into itself"), ("none", "No claim 'none'")):
            with pytest.raises(InputError, match=why):
                desk.review(first, "merge", seen=1, by="Ada", into=into)
        with pytest.raises(InputError, match="needs the claim that it goes into"):
            desk.review(first, "merge", seen=1, by="Ada")
        with pytest.raises(InputError, match="Only merge"):
            desk.review(first, "accept", seen=1, by="Ada", into=second)
        merged = desk.review(first, "merge", seen=1, by="Ada", into=second)
        assert (merged.claim.review, merged.claim.merged_into) == ("merged", second)
        with pytest.raises(InputError, match="is itself merged"):
            desk.review(second, "merge", seen=1, by="Ada", into=first)
        assert desk.review(first, "accept", seen=2, by="Ada").claim.merged_into is None
        desk.review(second, "reject", seen=1, by="Ada")
        with pytest.raises(InputError, match="is rejected"):
            desk.review(first, "merge", seen=3, by="Ada", into=second)
        with pytest.raises(InputError, match="is rejected"):
            desk.undo(first, seen=3, by="Ada")


def test_what_people_decided_outlives_the_next_coding(where: str) -> None:
    third = claim(ONE, 10, 30)
    fourth = claim(ONE, 11, 31)
    with _filled(where, FIRST, SECOND, third, fourth) as desk:
        desk.review(FIRST.claim_id, "merge", seen=1, by="Ada", into=SECOND.claim_id)
        desk.review_blind(third.claim_id, "accept", blind="r1", seen=0, by="Bo")
        assert desk.add_document(ONE, [], coder="rules", coder_version="2")
        left = [one.claim_id for one in desk.claims(ONE.id, include_abstained=True)]
        assert sorted(left) == sorted([FIRST.claim_id, SECOND.claim_id, third.claim_id])
        assert len(desk.blind_decisions("r1")) == 1


def test_the_queue_counts_pages_and_filters(where: str) -> None:
    rows = [claim(ONE, 2 * k, 2 * k + 7, confidence=round(0.9 - k / 50, 2)) for k in range(7)]
    with _filled(where, *rows, FIRST) as desk:
        page, seen = desk.queue(limit=3), []
        while True:
            seen += [one.claim.claim_id for one in page.items]
            assert page.total == 7
            if page.after is None:
                break
            page = desk.queue(limit=3, after=page.after)
        assert seen == [one.claim_id for one in rows]
        doubtful = desk.queue(order="doubt", limit=2)
        assert [one.claim for one in doubtful.items] == [rows[6], rows[5]]
        then = desk.queue(order="doubt", limit=2, after=doubtful.after)
        assert [one.claim for one in then.items] == [rows[4], rows[3]]
        desk.review(rows[0].claim_id, "accept", seen=1, by="Ada")
        assert desk.queue().total == 6
        assert desk.queue(abstained=True).total == 7
        accepted = desk.queue(status=["accepted"])
        assert [(one.version, one.changed_by) for one in accepted.items] == [(2, "Ada")]
        assert desk.queue(status=None).total == 7
        assert desk.queue(naming=["FRE", "SYL"]).total == 6
        assert desk.queue(naming=["FRE", "OST"]).total == 0
        assert desk.queue(document="other").items == ()
        for wrong in ("x", "[1]", '["a", "b", "c", "d"]', "{}"):
            with pytest.raises(InputError, match="Not a place in the queue"):
                desk.queue(after=wrong)
        with pytest.raises(InputError, match="at least one"):
            desk.queue(limit=0)


def test_writers_at_the_same_time_lose_no_change(where: str) -> None:
    done: list[tuple[str, str]] = []
    errors: list[BaseException] = []

    def note(name: str) -> None:
        try:
            with Workspace.open(where) as desk:
                for number in range(8):
                    text = f"{name} {number}"
                    version = desk.claim(FIRST.claim_id).version
                    while True:
                        try:
                            desk.review(FIRST.claim_id, "note", seen=version, by=name, note=text)
                            break
                        except StaleClaim as stale:
                            version = stale.current.version
                    done.append((name, text))
        except BaseException as error:
            errors.append(error)

    with _filled(where) as desk:
        people = [threading.Thread(target=note, args=(name,)) for name in ("Ada", "Bo", "Cy")]
        for person in people:
            person.start()
        for person in people:
            person.join()
        assert errors == []
        changes = desk.history(FIRST.claim_id)
        assert [one.version for one in changes] == list(range(2, 26))
        assert sorted((one.by, one.note) for one in changes) == sorted(done)


@pytest.mark.parametrize("by", ["", " ", "a\0"])
def test_a_reviewer_has_a_name(where: str, by: str) -> None:
    with _filled(where) as desk, pytest.raises(InputError, match=r"name|NUL"):
        desk.review(FIRST.claim_id, "accept", seen=1, by=by)


def test_unknown_claims_and_actions_are_named(where: str) -> None:
    with _filled(where) as desk:
        with pytest.raises(InputError, match="No claim 'nobody'"):
            desk.review("nobody", "accept", seen=1, by="Ada")
        with pytest.raises(InputError, match="No claim 'nobody'"):
            desk.claim("nobody")
        with pytest.raises(InputError, match="No review action is called 'burn'"):
            desk.review(FIRST.claim_id, "burn", seen=1, by="Ada")  # type: ignore[arg-type]
