"""What goes in comes out, once, whole and checked; the same on both back ends."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from workspace_samples import TEXT, claim, document, numbered

from foedus.domain.claims import Attribution
from foedus.errors import DocumentError, InputError
from foedus.workspace import SavedAssessment, Workspace


def test_a_document_and_its_claims_come_back_equal_after_reopening(where: str) -> None:
    one = document(title='O\'Brien "Bobby"; DROP TABLE claim;--', author="مُحَمَّد 🕊️ \u202e")
    coded = [
        claim(one, 47, 82, source=("OST", "FRE"), target=(), act="request", support=()),
        claim(one, attribution=Attribution(kind="speaker", name="Premier X"), beneficiary="SYL"),
    ]
    with Workspace.open(where) as workspace:
        assert workspace.add_document(one, coded)
    with Workspace.open(where) as workspace:
        assert workspace.document(one.id) == one
        assert list(workspace.documents()) == [one]
        assert workspace.claims() == [coded[1], coded[0]]


def test_a_rerun_adds_nothing_twice_and_notes_each_name(where: str) -> None:
    one = document()
    with Workspace.open(where) as workspace:
        assert workspace.add_document(one, [claim(one)])
        again = one.model_copy(update={"name": "copy of it.txt"})
        assert not workspace.add_document(again, [claim(one)])
        assert not workspace.add_document(one, [claim(one)])
        assert len(workspace.claims()) == 1
        assert workspace.names(one.id) == ["dispatch.txt", "copy of it.txt"]
        assert workspace.document(one.id).name == "dispatch.txt"


def test_a_document_in_which_nothing_was_found_counts_as_coded(where: str) -> None:
    one = document()
    with Workspace.open(where) as workspace:
        assert workspace.add_document(one, coder="rules", coder_version="1")
        assert workspace.is_coded(one.id, "rules", "1")
        assert not workspace.is_coded(one.id, "rules", "2")
        assert not workspace.is_coded(one.id, "model", "1")
        assert not workspace.add_document(one, [claim(one)])
        assert workspace.claims() == []


def test_a_newer_version_recodes_but_keeps_what_was_reviewed(where: str) -> None:
    one = document()
    accepted = claim(one, 0, 46, review="accepted")
    rejected = claim(one, 47, 82, review="rejected", act="request", claim_id="old-id")
    dropped = claim(one, 0, 9)
    with Workspace.open(where) as workspace:
        workspace.add_document(one, [accepted, rejected, dropped])
        newer = [
            claim(one, 0, 46, coder_version="2", confidence=0.9),
            claim(one, 47, 82, coder_version="2", act="request", claim_id="new-id"),
            claim(one, 47, 82, coder_version="2", act="withhold", claim_id="found"),
        ]
        assert workspace.add_document(one, newer)
        assert {c.claim_id: c for c in workspace.claims()} == {
            accepted.claim_id: accepted,
            "old-id": rejected,
            "found": newer[2],
        }


@pytest.mark.parametrize(
    ("stored", "given", "recoded"),
    [("2", "10", True), ("10", "2", False), ("1.0", "1", False), ("m@a", "m@b", True)],
)
def test_only_a_version_that_is_not_older_recodes(
    where: str, stored: str, given: str, recoded: bool
) -> None:
    one = document()
    with Workspace.open(where) as workspace:
        workspace.add_document(one, [claim(one, coder_version=stored)])
        assert workspace.is_coded(one.id, "rules", given) is not recoded
        assert workspace.add_document(one, [claim(one, coder_version=given)]) is recoded
        assert [c.coder_version for c in workspace.claims()] == [given if recoded else stored]


def test_two_coders_keep_their_claims_side_by_side(where: str) -> None:
    one = document()
    other = claim(one, coder="model", claim_id="m1")
    with Workspace.open(where) as workspace:
        workspace.add_document(one, [claim(one)])
        assert workspace.add_document(one, [other])
        assert workspace.add_document(one, [claim(one, coder_version="2")])
        assert {c.coder for c in workspace.claims()} == {"model", "rules"}
        with pytest.raises(InputError, match="several coders"):
            workspace.add_document(one, [claim(one), other])


def test_a_text_read_differently_is_replaced_unless_a_claim_would_lose_its_words(
    where: str,
) -> None:
    one = document()
    longer = one.model_copy(update={"text": TEXT + " More.", "title": "Found later"})
    shifted = one.model_copy(update={"text": "Menu. " + TEXT})
    with Workspace.open(where) as workspace:
        workspace.add_document(one, [claim(one, review="accepted")])
        assert workspace.add_document(longer, [claim(longer, 47, 82, coder_version="2")])
        assert workspace.document(one.id) == longer
        with pytest.raises(DocumentError, match="read differently"):
            workspace.add_document(shifted, [claim(shifted, 6, 52, coder_version="3")])
        assert workspace.document(one.id) == longer
        assert [c.start for c in workspace.claims()] == [0, 47]


def test_a_claim_that_is_not_word_for_word_in_the_text_is_refused_with_its_document(
    where: str,
) -> None:
    one = document()
    good = claim(one, 47, 82)
    bad = [
        claim(one, quote="Freedonia said it would send arms to Sylvania!"),
        claim(one, 80, 126, quote="x" * 46),
        claim(one, doc="0" * 16),
        claim(one, 47, 82, act="assess"),
    ]
    with Workspace.open(where) as workspace:
        for refused in bad:
            with pytest.raises(DocumentError, match=r"^dispatch\.txt: claim "):
                workspace.add_document(one, [good, refused])
            assert list(workspace.documents()) == []
        other = document("Another text, long enough to be quoted at any place in these tests.")
        workspace.add_document(one, [good])
        with pytest.raises(DocumentError, match="id of another"):
            workspace.add_document(other, [claim(other, claim_id=good.claim_id)])
        assert list(workspace.documents()) == [one]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": TEXT + "\0"}, "NUL"),
        ({"text": TEXT + "\ud83d"}, "surrogate"),
        ({"name": "caf\udce9.txt"}, "surrogate"),
        ({"title": "a\0b"}, "NUL"),
    ],
)
def test_what_no_database_keeps_is_refused_alike(
    where: str, changes: dict[str, str], reason: str
) -> None:
    with Workspace.open(where) as workspace:
        with pytest.raises(DocumentError, match=reason) as caught:
            workspace.add_document(document(**changes))
        str(caught.value).encode("utf-8")
        one = document()
        with pytest.raises(DocumentError, match="NUL"):
            workspace.add_document(one, [claim(one, time="\0")])
        assert list(workspace.documents()) == []


def test_claims_are_found_by_document_actor_and_abstention(where: str) -> None:
    one, two = document(), document("Sylvania denies it all, and says so at some length to us.")
    coded = claim(one, beneficiary="KLO"), claim(two, source=("SYL",), target=("OST",))
    doubtful = claim(two, 0, 8, abstained=True)
    with Workspace.open(where) as workspace:
        workspace.add_document(one, [coded[0]])
        workspace.add_document(two, [coded[1], doubtful])
        assert workspace.claims(two.id) == [coded[1]]
        assert workspace.claims(two.id, include_abstained=True) == [doubtful, coded[1]]
        assert workspace.claims(actors={"FRE", "NOBODY"}) == [coded[0]]
        assert workspace.claims(actors={"KLO"}) == [coded[0]]
        assert len(workspace.claims(actors={"SYL"})) == 2
        assert workspace.claims(actors=set()) == []
        assert workspace.claims("nothing") == []


def test_nothing_published_after_the_day_is_returned(where: str) -> None:
    dated = {key: document(f"{key} {TEXT}", date=key) for key in ("2024", "2024-05", "2024-05-09")}
    undated = document("undated " + TEXT, date=None)
    with Workspace.open(where) as workspace:
        for one in [*dated.values(), undated]:
            workspace.add_document(one, [claim(one)])

        def found(day: str, **more: object) -> set[str]:
            by = date.fromisoformat(day)
            ids = {one.id for one in workspace.documents(published_by=by, **more)}  # type: ignore[arg-type]
            assert ids == {c.doc for c in workspace.claims(published_by=by, **more)}  # type: ignore[arg-type]
            return ids

        assert found("2024-05-08") == set()
        assert found("2024-05-30") == {dated["2024-05-09"].id}
        assert found("2024-05-31") == {dated["2024-05"].id, dated["2024-05-09"].id}
        assert found("2024-12-31") == {one.id for one in dated.values()}
        assert found("2024-05-08", undated="include") == {undated.id}
        assert len(workspace.claims()) == 4


def test_documents_are_found_by_id_and_by_the_day_they_were_read(where: str) -> None:
    with Workspace.open(where) as workspace:
        ids = []
        for number in range(3):
            one, coded = numbered(number)
            workspace.add_document(one, coded)
            ids.append(one.id)
        assert [one.id for one in workspace.documents()] == sorted(ids)
        assert [one.id for one in workspace.documents(ids=[ids[1], "none"])] == [ids[1]]
        many = [*ids, *(f"{number:x}" for number in range(40_000))]
        assert len(list(workspace.documents(ids=many))) == 3
        today = datetime.now(UTC).date()
        assert list(workspace.documents(read_by=today - timedelta(days=2))) == []
        assert len(list(workspace.documents(read_by=today + timedelta(days=1)))) == 3
        assert len(list(workspace.documents(read_by=date.max))) == 3
        with pytest.raises(InputError, match="No document 'none'"):
            workspace.document("none")


def test_a_document_of_50_mb_comes_back_whole(where: str) -> None:
    text = ("Ünïcödé prose, and so on. " * 2_000_000)[:50_000_000]
    one = document(text)
    last = claim(one, 49_999_000, 49_999_020)
    with Workspace.open(where) as workspace:
        workspace.add_document(one, [last])
        assert workspace.document(one.id) == one
        assert workspace.claims() == [last]


def test_writing_while_documents_are_being_read_loses_neither(where: str) -> None:
    with Workspace.open(where) as workspace:
        for number in range(3):
            workspace.add_document(*numbered(number))
        for one in workspace.documents():
            assert workspace.add_document(one, coder="second", coder_version="1")
        assert all(workspace.is_coded(one.id, "second", "1") for one in workspace.documents())


def test_writers_at_the_same_time_store_each_document_once(where: str) -> None:
    stored: list[bool] = []
    errors: list[BaseException] = []

    def add_all() -> None:
        try:
            with Workspace.open(where) as workspace:
                stored.extend(workspace.add_document(*numbered(number)) for number in range(8))
        except BaseException as error:
            errors.append(error)

    writers = [threading.Thread(target=add_all) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
    assert stored.count(True) == 8
    with Workspace.open(where) as workspace:
        assert len(workspace.claims()) == 8 * len(numbered(0)[1])


def test_assessments_of_a_pair_come_back_in_order(where: str) -> None:
    def record(guarantor: str, minute: int) -> SavedAssessment:
        return SavedAssessment(
            created=datetime.fromisoformat(f"2024-05-01T14:{minute:02d}:00.000123+02:00"),
            as_of=date(2024, 5, 1),
            guarantor=guarantor,
            beneficiary="SYL",
            schema_version=1,
            payload={"rungs": (0.1, 0.30000000000000004), "null": None, "deep": {"é": [1e-300]}},
        )

    later, earlier, other = record("FRE", 30), record("FRE", 10), record("OST", 20)
    with Workspace.open(where) as workspace:
        for one in (later, earlier, other):
            workspace.save_assessment(one)
        with pytest.raises(InputError, match="saved already"):
            workspace.save_assessment(later)
        with pytest.raises(InputError, match="NUL"):
            workspace.save_assessment(later.model_copy(update={"id": "n", "guarantor": "\0"}))
    with Workspace.open(where) as workspace:
        assert workspace.assessments("FRE", "SYL") == [earlier, later]
        assert workspace.assessments("SYL", "FRE") == []
        assert json.dumps(later.payload) == json.dumps(
            workspace.assessments("FRE", "SYL")[1].payload
        )
        assert workspace.assessments("FRE", "SYL")[0].created.tzinfo is UTC


@pytest.mark.parametrize("payload", [{"p": float("nan")}, {"p": object()}])
def test_a_payload_that_is_not_json_is_no_record(payload: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="JSON"):
        SavedAssessment(
            as_of=date(2024, 5, 1),
            guarantor="FRE",
            beneficiary="SYL",
            schema_version=1,
            payload=payload,
        )
