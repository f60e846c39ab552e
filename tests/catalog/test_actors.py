"""Names resolve to the right actor on the right day, or fail with a useful suggestion."""

from collections import defaultdict
from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.catalog.actors import ALL_KINDS, TABLES_FOLDER, ActorIndex, NameEntry
from foedus.catalog.folding import fold
from foedus.domain.actors import ActorKind
from foedus.errors import AmbiguousActor, UnknownActor

PACKAGED = ActorIndex.packaged()


@pytest.fixture(scope="module")
def index() -> ActorIndex:
    return PACKAGED


@pytest.fixture(scope="module")
def names(index: ActorIndex) -> list[tuple[str, str, str]]:
    """(surface, actor, role) of every name in the catalog, dated ones included."""
    return [(name.name, name.actor, name.role) for name in index._names]


def holders(index: ActorIndex, name: str, on: date | None = None) -> set[str]:
    """The actors that `name` resolves to, or that its error lists."""
    try:
        return {index.resolve(name, on).id}
    except AmbiguousActor as error:
        return {actor for actor, _ in error.suggestions}


def test_every_actor_resolves_by_display_name_and_id(index: ActorIndex) -> None:
    for actor in index.actors:
        assert index.resolve(actor.id) == actor
        assert index.resolve(actor.name) == actor


def test_every_state_has_a_name_and_every_people_a_demonym(
    index: ActorIndex, names: list[tuple[str, str, str]]
) -> None:
    roles = defaultdict(set)
    for _, actor, role in names:
        roles[actor].add(role)
    states = [actor.id for actor in index.actors if actor.kind == "state"]
    assert len(states) >= 195
    assert [state for state in states if "name" not in roles[state]] == []
    bare = [state for state in states if "demonym" not in roles[state]]
    assert bare == ["COW273", "COW275", "COW280", "VAT"]


def test_every_capital_leads_to_its_state_in_its_time(index: ActorIndex) -> None:
    rows = duckdb.sql(f"SELECT actor, capital, first FROM '{TABLES_FOLDER}/capitals.parquet'")
    for actor, capital, first in rows.fetchall():
        began = index.actor(actor).first or first
        assert actor in holders(index, capital, max(first, began)), capital


def test_every_code_leads_to_its_actor_unless_a_better_word_spells_alike(
    index: ActorIndex, names: list[tuple[str, str, str]]
) -> None:
    words = {fold(name) for name, _, _ in names} | {fold(actor.id) for actor in index.actors}
    rows = duckdb.sql(
        f"SELECT actor, code FROM '{TABLES_FOLDER}/actor_codes.parquet' WHERE scheme <> 'gw'"
    )
    checked = 0
    for actor, code in rows.fetchall():
        if fold(code) not in words:
            assert actor in holders(index, code), code
            checked += 1
    assert checked > 500


def test_every_word_of_a_state_leads_to_it_or_to_a_clash_that_is_real(
    index: ActorIndex, names: list[tuple[str, str, str]]
) -> None:
    owners = defaultdict(set)
    for name, actor, _ in names:
        owners[fold(name)].add(actor)
    for name, actor, _ in names:
        found = holders(index, name)
        assert found <= owners[fold(name)] | {index.resolve(a).id for a in found}
        if len(owners[fold(name)]) == 1 and len(fold(name)) != 3:
            assert found == {actor}, name


def test_every_iso_code_resolves_in_any_case(index: ActorIndex) -> None:
    for actor in index.actors:
        if actor.kind == "state" and len(actor.id) == 3:
            assert index.resolve(actor.id.lower()).id == actor.id


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("China", "CHN"),
        ("Germany", "DEU"),
        ("Vietnam", "VNM"),
        ("Yemen", "YEM"),
        ("Türkiye", "TUR"),
        ("Côte d’Ivoire", "CIV"),
        ("the Netherlands", "NLD"),
        ("Prussia", "DEU"),
        ("West Germany", "DEU"),
        ("East Germany", "DDR"),
        ("Soviet Union", "RUS"),
        ("U.S.S.R.", "RUS"),
        ("Austria-Hungary", "COW300"),
        ("Czechoslovakia", "CSK"),
        ("Yugoslavia", "SRB"),
        ("YUG", "SRB"),
        ("North Vietnam", "VNM"),
        ("South Vietnam", "COW817"),
        ("South Yemen", "YMD"),
        ("North Yemen", "YEM"),
        ("Rhodesia", "ZWE"),
        ("Burma", "MMR"),
        ("Zaire", "COD"),
        ("Persia", "IRN"),
        ("Papal States", "COW327"),
        ("Holy See", "VAT"),
        ("Korea, North", "PRK"),
        ("DPRK", "PRK"),
        ("the Islamic Republic", "IRN"),
        ("Kremlin", "RUS"),
        ("Quai d'Orsay", "FRA"),
        ("Elysee", "FRA"),
        ("Blue House", "KOR"),
        ("Zhongnanhai", "CHN"),
        ("Kyiv", "UKR"),
        ("Russians", "RUS"),
        ("Niger", "NER"),
        ("Nigeriens", "NER"),
        ("Nigerians", "NGA"),
        ("Guinea", "GIN"),
        ("365", "RUS"),
        ("AUS", "AUS"),
        ("NAM", "NAM"),
        ("Nato", "NATO"),
        ("Non-Aligned Movement", "NON_ALIGNED"),
        ("Hizballah", "HEZBOLLAH"),
        ("Ansar Allah", "HOUTHI"),
        ("YPG", "SDF"),
        ("Wagner", "WAGNER"),
        ("Rapid Support Forces", "RSF"),
        ("Taiwan", "TWN"),
        ("Palestine", "PSE"),
        ("Kosovo", "XKX"),
    ],
)
def test_what_analysts_type_resolves(index: ActorIndex, name: str, actor: str) -> None:
    assert index.resolve(name).id == actor


@pytest.mark.parametrize(
    ("name", "on", "actor"),
    [
        ("Germany", date(1938, 9, 1), "DEU"),
        ("Korea", date(1900, 1, 1), "COW730"),
        ("Rome", date(1850, 1, 1), "COW327"),
        ("Rome", date(1900, 1, 1), "ITA"),
        ("Austria", date(1866, 1, 1), "COW300"),
        ("Austria", date(1938, 1, 1), "AUT"),
        ("Republic of China", date(1940, 1, 1), "CHN"),
        ("Republic of China", date(1960, 1, 1), "TWN"),
        ("Taliban", date(2020, 1, 1), "TALIBAN"),
        ("Taliban", date(2025, 1, 1), "AFG"),
        ("Soviet Union", date(2026, 1, 1), "RUS"),
        ("Prague", date(1938, 9, 1), "CSK"),
        ("Prague", date(2020, 1, 1), "CZE"),
    ],
)
def test_the_day_picks_the_holder(index: ActorIndex, name: str, on: date, actor: str) -> None:
    assert index.resolve(name, on).id == actor


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Korea", {"KOR", "PRK"}),
        ("Koreans", {"KOR", "PRK"}),
        ("Congo", {"COD", "COG"}),
        ("Dominican", {"DMA", "DOM"}),
    ],
)
def test_ambiguous_names_list_every_holder(index: ActorIndex, name: str, listed: set[str]) -> None:
    with pytest.raises(AmbiguousActor) as caught:
        index.resolve(name)
    assert {actor for actor, _ in caught.value.suggestions} == listed
    assert all(f"({actor})" in str(caught.value) for actor in listed)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Russsia", "RUS"),
        ("Koera", "PRK"),
        ("Iraan", "IRN"),
        ("Isreal", "ISR"),
        ("Phillipines", "PHL"),
        ("Untied States", "USA"),
        ("Hezbolah", "HEZBOLLAH"),
        ("Republic of Russia", "RUS"),
    ],
)
def test_misspelt_names_are_suggested(index: ActorIndex, name: str, meant: str) -> None:
    with pytest.raises(UnknownActor) as caught:
        index.resolve(name)
    assert meant in [actor for actor, _ in caught.value.suggestions]


def test_kinds_narrow_what_answers(index: ActorIndex) -> None:
    with pytest.raises(UnknownActor):
        index.resolve("Hezbollah", kinds=("state",))
    assert index.resolve("RCD", kinds=("armed_group",)).id == "RCD"


@given(st.text(max_size=80), st.none() | st.dates(), st.sets(st.sampled_from(ALL_KINDS)))
def test_no_text_raises_anything_else(text: str, on: date | None, kinds: set[ActorKind]) -> None:
    try:
        actor = PACKAGED.resolve(text, on, kinds)
    except UnknownActor as error:
        suggestions = error.suggestions
    except AmbiguousActor as error:
        suggestions = error.suggestions
        assert len(suggestions) > 1
    else:
        suggestions = ((actor.id, actor.name),)
    assert {PACKAGED.actor(key).kind for key, _ in suggestions} <= kinds


def led(index: ActorIndex, on: date, actor: str) -> set[str]:
    return {
        entry.name for entry in index.names(on) if (entry.actor, entry.role) == (actor, "leader")
    }


def test_leaders_stand_for_their_state_only_while_in_office(index: ActorIndex) -> None:
    assert {"Putin", "Vladimir Putin"} <= led(index, date(2025, 6, 1), "RUS")
    assert "Ali Khamenei" in led(index, date(2026, 2, 28), "IRN")
    assert "Ali Khamenei" not in led(index, date(2026, 3, 1), "IRN")
    assert "Mojtaba Khamenei" not in led(index, date(2026, 3, 7), "IRN")
    assert "Assad" in led(index, date(2024, 12, 8), "SYR")
    assert not any("Assad" in name for name in led(index, date(2024, 12, 9), "SYR"))
    assert "Stalin" in led(index, date(1941, 6, 22), "RUS")
    assert "Biden" not in led(index, date(2025, 6, 1), "USA")


@pytest.mark.parametrize(
    "on", [date(1900, 1, 1), date(1938, 9, 1), date(1991, 8, 20), date(2023, 10, 7)]
)
def test_every_leader_shown_is_in_office(index: ActorIndex, on: date) -> None:
    in_office = defaultdict(list)
    for actor, name, aliases, start, ended in index._leaders:
        if start <= on and (ended is None or ended >= on):
            in_office[actor] += [name, *aliases]
    shown = [(e.actor, e.name) for e in index.names(on) if e.role == "leader"]
    assert len(shown) > 20
    assert [
        (actor, name)
        for actor, name in shown
        if not any(full == name or full.endswith(f" {name}") for full in in_office[actor])
    ] == []


def test_a_group_leader_does_not_stand_for_the_country(index: ActorIndex) -> None:
    entries = [e for e in index.names(date(2025, 6, 1)) if "al-Houthi" in e.name]
    assert {entry.actor for entry in entries} == {"HOUTHI"}


def test_a_surname_does_not_stand_beside_the_actor_of_that_name(index: ActorIndex) -> None:
    entries = [entry for entry in index.names(date(2025, 6, 1)) if entry.name == "Montenegro"]
    assert [(entry.actor, entry.ambiguous) for entry in entries] == [("MNE", False)]


def test_an_organisation_is_not_named_before_it_was_founded(index: ActorIndex) -> None:
    assert "NATO" not in {entry.actor for entry in index.names(date(1938, 9, 1))}
    assert "NATO" in {entry.actor for entry in index.names(date(1950, 1, 1))}


def test_names_follow_the_day(index: ActorIndex) -> None:
    def surfaces(on: date) -> set[tuple[str, str]]:
        return {(entry.name, entry.actor) for entry in index.names(on)}

    assert ("Soviet Union", "RUS") in surfaces(date(1980, 1, 1))
    assert ("Soviet Union", "RUS") not in surfaces(date(2025, 1, 1))
    assert ("East Germany", "DDR") not in surfaces(date(2025, 1, 1))
    assert ("Saint Petersburg", "RUS") in surfaces(date(1900, 1, 1))
    assert ("Moscow", "RUS") in surfaces(date(2025, 1, 1))


def test_surfaces_with_two_readings_are_marked(index: ActorIndex) -> None:
    marked: dict[str, list[NameEntry]] = defaultdict(list)
    for entry in index.names(date(2025, 6, 1)):
        marked[entry.name].append(entry)
    for surface in ("Korean", "Congo", "Jordan", "Chad", "FACT"):
        assert all(entry.ambiguous for entry in marked[surface])
    for surface in ("Russia", "Iranian", "Kremlin", "Putin", "Washington", "US"):
        assert [entry.ambiguous for entry in marked[surface]] == [False]


def test_no_code_is_read_as_a_word(index: ActorIndex) -> None:
    assert not [entry for entry in index.names(date(2025, 6, 1)) if entry.role == "code"]
