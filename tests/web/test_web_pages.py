"""Actor, call and pair pages: what they say, and that the address is their only state."""

from __future__ import annotations

import re

import pytest
from web_server import WebServer


def test_an_actor_s_page_shows_promises_record_and_power(server: WebServer) -> None:
    page = server.get("/actor/RUS").text
    for words in ("Commitments given", "Commitments received", "Record as a guarantor",
                  "Capability and load", "/pair/RUS/IRN", "Vladimir Putin"):  # fmt: skip
        assert words in page


def test_any_name_leads_to_the_actor(server: WebServer) -> None:
    for name in ("Soviet Union", "moscow", "365"):
        answer = server.get(f"/search?q={name}")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/actor/RUS"


@pytest.mark.parametrize("words", ["Russia, Iran", "Russia Iran", "Russia → Iran", "RUS, Tehran"])
def test_two_names_lead_to_the_pair(server: WebServer, words: str) -> None:
    assert server.get(f"/search?q={words}").headers["location"] == "/pair/RUS/IRN"


def test_a_wrong_name_is_answered_with_the_nearest(server: WebServer) -> None:
    page = server.get("/search?q=Rusia")
    assert page.status_code == 200
    assert 'href="/actor/RUS"' in page.text
    page = server.get("/actor/Rusia")
    assert page.status_code == 404
    assert 'href="/actor/RUS"' in page.text


def test_names_are_suggested_while_one_types(server: WebServer) -> None:
    options = re.findall(r'value="([^"]+)"', server.get("/search/names?q=Russia, ir").text)
    assert "Russia, Iran" in options


def test_the_rule_of_the_record_can_be_chosen(server: WebServer) -> None:
    page = server.get("/actor/GBR?rule=berkemeier-fuhrmann-2018").text
    assert "Rates under berkemeier-fuhrmann-2018" in page


def test_a_call_says_who_was_promised_what_and_who_came(server: WebServer) -> None:
    page = server.get("/call/pak-2026").text
    for words in ("Saudi Arabia", "Strategic Mutual Defence Agreement", "Timeline", "Sources"):
        assert words in page
    came = server.get("/call/pak-2026?show=due").text
    assert "Showing 1 of" in came or "guarantors" in came
    assert server.get("/call/pak-2026?as_of=2020-01-01").status_code == 400


def test_nothing_later_than_the_day_is_on_a_page(server: WebServer) -> None:
    page = server.get("/actor/RUS?as_of=2001-01-01").text
    later = {int(year) for year in re.findall(r">(20[0-2]\d)<", page)} - {2001, 2000}
    assert not later
    page = server.get("/pair/RUS/IRN?as_of=2001-01-01").text
    assert "Comprehensive Strategic Partnership" not in page


def test_the_pair_s_address_keeps_day_challenger_and_rule(server: WebServer) -> None:
    page = server.get("/pair/RUS/IRN?as_of=2020-01-01&challenger=Israel").text
    for words in ("as known on 2020-01-01", "attacked by Israel", 'value="2020-01-01"'):
        assert words in page
    assert server.get("/pair?guarantor=Russia&beneficiary=Iran&as_of=2020").headers["location"] == (
        "/pair/RUS/IRN?as_of=2020"
    )


def test_a_pair_without_an_answer_says_why(server: WebServer) -> None:
    answer = server.get("/pair/RUS/RUS")
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_looking_saves_nothing(server: WebServer) -> None:
    before = server.get("/pair/RUS/IRN").text.count('<th scope="row">')
    server.get("/pair/RUS/IRN?as_of=2019-01-01")
    assert server.get("/pair/RUS/IRN").text.count('<th scope="row">') == before
