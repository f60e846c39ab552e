"""The start page: what is ranked, filtered, described and linked."""

from __future__ import annotations

import re

from web_server import WebServer


def get(server: WebServer, path: str) -> str:
    answer = server.get(path)
    assert answer.status_code == 200, path
    return answer.text


def shown(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<th scope="row"><a href="/pair/([^/]+)/([^"]+)"', page)


def count(page: str) -> int:
    found = re.search(r'role="status">(?:Showing \d+ of )?([\d,]+) commitments', page)
    assert found
    return int(found[1].replace(",", ""))


def test_the_highest_risk_stands_first(server: WebServer) -> None:
    page = get(server, "/")
    risks = [int(one) for one in re.findall(r"<strong>(\d+)%</strong>", page)]
    assert len(risks) == 50
    assert risks == sorted(risks, reverse=True)


def test_each_filter_narrows_and_says_so_in_english(server: WebServer) -> None:
    whole = count(get(server, "/?promise=any"))
    for query, words in (
        ("guarantor=RUS", "promised by Russia"),
        ("beneficiary=IRN", "promised to Iran"),
        ("region=Europe", "beneficiary in Europe"),
        ("promise=defense", "promises defence"),
        ("show=attacked", "beneficiary under attack now"),
        ("as_of=1990-01-01", "as of 1 Jan 1990"),
    ):
        page = get(server, f"/?{query}" + ("" if "promise" in query else "&promise=any"))
        assert words in page
        assert 0 < count(page) != whole
        assert "Remove</a>" in page


def test_a_filter_s_link_removes_that_filter_alone(server: WebServer) -> None:
    page = get(server, "/?guarantor=RUS&region=Europe&promise=any")
    href = re.search(r'href="([^"]*)" aria-label="Remove the filter: promised by Russia"', page)
    assert href
    assert href[1].replace("&amp;", "&") == "/?region=Europe&promise=any"


def test_russia_and_iran_are_found_and_lead_to_their_pair(server: WebServer) -> None:
    page = get(server, "/?guarantor=RUS&beneficiary=IRN")
    assert shown(page) == [("RUS", "IRN")]
    assert "what does Russia deliver?" in get(server, "/pair/RUS/IRN")


def test_saved_pairs_are_listed_and_compared(server: WebServer) -> None:
    page = get(server, "/?show=saved")
    assert shown(page) == [("RUS", "IRN")]
    fragment = server.get("/pair/RUS/IRN/change", headers={"HX-Request": "true"})
    assert "no movement of 5 points or more" in fragment.text
    assert "<html" not in fragment.text
    assert "<html" in get(server, "/pair/RUS/IRN/change")


def test_pages_follow_each_other_without_gap_or_overlap(server: WebServer) -> None:
    one, two = shown(get(server, "/")), shown(get(server, "/?from=50"))
    assert len(one) == len(two) == 50
    assert not set(one) & set(two)


def test_nonsense_in_the_address_is_no_error(server: WebServer) -> None:
    for query in ("from=999999999", "from=-1", "rung=9", "region=Nowhere", "sort=x", "show=x",
                  "promise=x", "guarantor=%00", "guarantor=%3Cscript%3E"):  # fmt: skip
        page = get(server, f"/?{query}")
        assert "<script>" not in page
    answer = server.get("/?as_of=tomorrow")
    assert answer.status_code == 400
    assert "Not a date" in answer.text or "date" in answer.text
