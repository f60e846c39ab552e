"""The main job through the Python API, on the packaged data and self-written documents."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import foedus
from foedus.catalog.facts import Facts
from foedus.domain.assessments import Assessment
from foedus.errors import AmbiguousActor, DateError, InputError, UnknownActor
from foedus.workspace import Workspace

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "documents"


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_WORKSPACE", str(tmp_path / "default.sqlite"))


@pytest.fixture(scope="module")
def russia_iran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assessment, Path]:
    workspace = tmp_path_factory.mktemp("assess") / "w.sqlite"
    return foedus.assess("Russia", "Iran", read=[EXAMPLES], workspace=workspace), workspace


def test_the_partnership_is_named_with_what_it_does_not_promise(
    russia_iran: tuple[Assessment, Path],
) -> None:
    promise = russia_iran[0].promise
    treaty = next(item for item in promise.in_force if item.instrument == "rus-irn-csp2025")
    assert "Comprehensive Strategic Partnership" in treaty.title
    assert "defense" in treaty.not_promised
    assert promise.defence_promised is False
    assert "no defence" in promise.summary


def test_the_strongest_and_newest_paper_stands_first(
    russia_iran: tuple[Assessment, Path],
) -> None:
    assert russia_iran[0].promise.in_force[0].instrument == "rus-irn-csp2025"


def test_every_quote_is_the_exact_span_of_a_stored_document(
    russia_iran: tuple[Assessment, Path],
) -> None:
    result, workspace = russia_iran
    quotes = 0
    with Workspace.open(workspace) as opened:
        texts = {item.id: item.text for item in opened.documents()}
    for group in (*result.evidence.groups, *result.evidence.elsewhere):
        for cluster in group.clusters:
            for claim in cluster.claims:
                quotes += 1
                assert texts[claim.doc][claim.start : claim.end] == claim.quote
    assert quotes >= 10


def test_delivered_and_withheld_support_is_found_in_the_samples(
    russia_iran: tuple[Assessment, Path],
) -> None:
    kinds = {group.kind for group in russia_iran[0].evidence.groups}
    assert {"promised", "delivered", "withheld"} <= kinds


def test_an_assessment_survives_json(russia_iran: tuple[Assessment, Path]) -> None:
    result = russia_iran[0]
    assert Assessment.model_validate(json.loads(result.model_dump_json())) == result


def test_it_is_saved_with_everything_it_said(russia_iran: tuple[Assessment, Path]) -> None:
    result, workspace = russia_iran
    with Workspace.open(workspace) as opened:
        saved = opened.assessments("RUS", "IRN")
    assert [item.id for item in saved] == [result.id]
    assert saved[0].payload["headline"] == result.headline


def test_without_documents_nothing_is_written(tmp_path: Path) -> None:
    result = foedus.assess("Russia", "Iran")
    assert result.evidence.documents == ()
    assert not (tmp_path / "default.sqlite").exists()


def test_reading_twice_counts_once(tmp_path: Path) -> None:
    where = tmp_path / "w.sqlite"
    first = foedus.read([EXAMPLES], workspace=where)
    again = foedus.read([EXAMPLES], workspace=where)
    assert first.added
    assert again.added == ()
    assert len(again.known) == len(first.added)


def test_france_and_czechoslovakia_in_1938() -> None:
    result = foedus.assess("France", "Czechoslovakia", as_of="1938-09-01")
    assert result.promise.defence_promised
    assert any(item.defense for item in result.promise.in_force)
    assert all(past.call.started.first < date(1938, 9, 1) for past in result.record.calls)
    assert result.forecast is not None
    assert result.forecast.last_training_call is not None
    assert result.forecast.last_training_call <= date(1938, 9, 1)
    years = [share.year for share in result.capacity.shares if share.year is not None]
    assert years
    assert max(years) <= 1937
    told = result.model_dump_json(exclude={"limits", "record"})
    assert re.search(r"(?<![\d.])1939", told) is None


def test_documents_published_later_do_not_reach_an_earlier_day(tmp_path: Path) -> None:
    result = foedus.assess(
        "Russia", "Iran", as_of="2025-03-01", read=[EXAMPLES], workspace=tmp_path / "w.sqlite"
    )
    late = [note for note in result.evidence.documents if not note.used]
    assert late
    used = {note.id for note in result.evidence.documents if note.used}
    for group in (*result.evidence.groups, *result.evidence.elsewhere):
        for cluster in group.clusters:
            assert {claim.doc for claim in cluster.claims} <= used


def test_nato_answers_for_estonia() -> None:
    result = foedus.assess("NATO", "Estonia")
    assert result.promise.defence_promised
    assert len(result.promise.in_force) < 10
    assert result.capacity.shares[0].actor == "NATO"
    one = foedus.assess("United States", "Estonia")
    assert result.forecast is not None
    assert one.forecast is not None
    together = result.forecast.windows[-1].rungs[4].at_least.probability
    alone = one.forecast.windows[-1].rungs[4].at_least.probability
    assert together > alone


def test_a_pair_without_any_tie_gets_no_invented_number() -> None:
    result = foedus.assess("Bolivia", "Mongolia")
    assert result.promise.in_force == ()
    assert result.promise.defence_promised is False
    assert "No commitment" in result.promise.summary
    assert result.forecast is None
    assert "No forecast" in (result.no_forecast or "")


def test_an_attack_that_goes_on_is_shown_with_what_was_given_so_far() -> None:
    result = foedus.assess("United States", "Ukraine")
    now = {past.call.id: past for past in result.record.open}
    assert now["ukr-2022"].delivered.low == 3
    assert "under attack now" in result.headline
    before = foedus.assess("United States", "Ukraine", as_of="2022-02-01")
    assert "ukr-2022" not in before.model_dump_json()


def test_the_unions_clause_is_not_natos() -> None:
    titles = " ".join(item.title for item in foedus.assess("NATO", "Estonia").promise.in_force)
    assert "North Atlantic" in titles
    assert "European Union" not in titles


def test_a_named_challenger_takes_all_the_weight() -> None:
    result = foedus.assess("Russia", "Iran", challenger="Israel")
    assert result.forecast is not None
    assert [weight.name for weight in result.forecast.challengers] == ["Israel"]


@pytest.mark.parametrize(
    ("guarantor", "beneficiary", "words"),
    [
        ("Russia", "Russia", "both"),
        ("Russia", "Moscow", "both"),
        ("Russia", "NATO", "organisation"),
    ],
)
def test_pairs_without_an_answer_say_why(guarantor: str, beneficiary: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        foedus.assess(guarantor, beneficiary)


def test_unknown_and_ambiguous_names_come_with_suggestions() -> None:
    with pytest.raises(UnknownActor, match="Russia"):
        foedus.assess("Rusia", "Iran")
    with pytest.raises(AmbiguousActor) as caught:
        foedus.assess("Russia", "Korea")
    assert {key for key, _ in caught.value.suggestions} == {"PRK", "KOR"}


def test_days_without_an_answer_say_why() -> None:
    with pytest.raises(DateError, match="future"):
        foedus.assess("Russia", "Iran", as_of=date.today() + timedelta(days=2))
    with pytest.raises(DateError, match="1816"):
        foedus.assess("Russia", "Iran", as_of="1723-01-01")
    with pytest.raises(DateError, match="YYYY"):
        foedus.assess("Russia", "Iran", as_of="last year")
    with pytest.raises(InputError, match="not in the state system"):
        foedus.assess("Russia", "Estonia", as_of="1900-01-01")


def test_a_challenger_of_the_pair_is_refused() -> None:
    with pytest.raises(InputError, match="pair itself"):
        foedus.assess("Russia", "Iran", challenger="Russia")


@pytest.mark.shared
def test_the_main_job_on_real_articles(shared: Path, tmp_path: Path) -> None:
    result = foedus.assess(
        "Russia", "Iran", read=[shared / "documents"], workspace=tmp_path / "w.sqlite"
    )
    found = {group.kind: group for group in result.evidence.groups}
    assert len(found["delivered"].clusters) >= 3
    assert len(found["withheld"].clusters) >= 3
    furniture = ("Comments", "Share", "Related article", "Views:", "Someone is typing")
    for group in found.values():
        for cluster in group.clusters:
            for claim in cluster.claims:
                assert not any(word in claim.quote for word in furniture)
    assert result.evidence.failures == ()


def test_one_path_given_as_text_is_one_path(tmp_path: Path) -> None:
    one = next(EXAMPLES.glob("*.txt"))
    done = foedus.read(str(one), workspace=tmp_path / "w.sqlite")
    assert len(done.added) == 1
    with pytest.raises(InputError, match="no name"):
        foedus.read([""], workspace=tmp_path / "w.sqlite")


def test_a_page_updated_later_does_not_tell_the_past(tmp_path: Path) -> None:
    page = tmp_path / "updated.html"
    page.write_text(
        "<html><head><meta property='article:published_time' content='2025-06-01'></head><body>"
        "<article><h1>Arms</h1><p>Russia has promised Iran fighter jets for a long time, and both"
        " governments say that the talks go well and will go on through the summer.</p><p>On 20"
        " June 2025 Russia delivered fighter jets to Iran.</p></article></body></html>",
        "utf-8",
    )
    where = tmp_path / "w.sqlite"
    before = foedus.assess("Russia", "Iran", as_of="2025-06-16", read=page, workspace=where)
    assert "2025-06-20" not in before.model_dump_json()
    later = foedus.assess("Russia", "Iran", workspace=where)
    assert "delivered" in {group.kind for group in later.evidence.groups}


@pytest.mark.parametrize(
    ("giver", "receiver", "day"),
    [
        ("United States", "Kuwait", "1990-08-15"),
        ("United States", "Ukraine", "2014-03-01"),
        ("Russia", "Armenia", "2023-10-01"),
        ("France", "Czechoslovakia", "1938-09-01"),
    ],
)
def test_no_later_year_stands_in_an_answer_about_the_past(
    giver: str, receiver: str, day: str
) -> None:
    result = foedus.assess(giver, receiver, as_of=day)
    told = result.model_dump(mode="json", exclude={"limits", "foedus_version", "created", "id"})
    words = json.dumps(told, ensure_ascii=False)
    words = re.sub(
        r"(?i)(mid|war|icb|esd|atop)[- ]\d+|before 1945|1990 to 2003|until 2044", "", words
    )
    later = {
        words[max(0, match.start() - 60) : match.end() + 20]
        for match in re.finditer(r"(?<![\d-])(?:1[89]|20)\d\d(?![\d])", words)
        if int(match[0]) > int(day[:4])
    }
    assert not later, sorted(later)[:10]


def test_only_names_that_the_answer_speaks_of_are_in_it() -> None:
    names = foedus.assess("France", "Czechoslovakia", as_of="1938-09-01").names
    assert "CSK" in names
    assert "SSD" not in names


@pytest.mark.parametrize("wrong", [None, 365, ["Russia"]])
def test_things_that_are_no_names_are_refused(wrong: object) -> None:
    with pytest.raises(InputError, match="name"):
        foedus.assess(wrong, "Iran")  # type: ignore[arg-type]
    with pytest.raises(DateError, match="2025"):
        foedus.assess("Russia", "Iran", as_of=2025)  # type: ignore[arg-type]


def test_a_large_organisation_counts_every_member() -> None:
    facts = Facts(as_of=date.today())
    members = {
        row["member"]
        for row in facts.rows(
            "SELECT member FROM memberships WHERE organisation = 'AU' AND status = 'member'"
            " AND left_on IS NULL AND member <> 'MLI'"
        )
    }
    known = facts.rows(
        "SELECT sum(cinc) AS share FROM capability WHERE list_contains($members, actor)"
        " AND year = (SELECT max(year) FROM capability WHERE cinc IS NOT NULL)",
        {"members": sorted(members)},
    )
    together = foedus.assess("African Union", "Mali").capacity.shares[0]
    assert len(members) > 40
    assert together.share == pytest.approx(known[0]["share"])


def test_a_guarantor_that_attacks_is_named_so() -> None:
    found = foedus.assess("Russia", "Ukraine", as_of="2024-08-07", save=False)
    assert "Russia is itself attacking Ukraine in an open call." in found.headline
    assert found.forecast is not None
    assert not any(one.startswith("No past attacker") for one in found.forecast.limits)


def test_a_member_that_attacks_is_left_out_of_those_that_help() -> None:
    found = foedus.assess("NATO", "Estonia", challenger="France", save=False)
    assert "NATO is bound to defend Estonia" in found.headline
    assert "France, the attacker that is asked about, is itself a member of NATO" in found.headline
