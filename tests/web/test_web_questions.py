"""Questions in the browser: asked, kept as they were made, resolved, scored."""

from __future__ import annotations

import re

import pytest
from web_server import WebServer

import foedus
from foedus.reliability.features.groups import FEATURES


def test_a_question_is_asked_resolved_and_scored(own: WebServer) -> None:
    with own.client() as visitor:
        token = _csrf(visitor.get("/questions?guarantor=Russia&beneficiary=Iran").text)
        mine = {"csrf": token, "guarantor": "Russia", "beneficiary": "Iran", "rung": "forces",
                "days": "30", "percent": "12"}  # fmt: skip
        asked = visitor.post("/questions", data=mine)
        assert asked.status_code == 303
        page = visitor.get(asked.headers["location"]).text
        assert "reach forces within 30 days" in page
        told = {"csrf": token, "outcome": "no", "source": "two reports"}
        assert visitor.post(asked.headers["location"], data=told).status_code == 303
        assert "two reports" in visitor.get(asked.headers["location"]).text
        assert "1 resolved" in visitor.get("/questions").text
    kept = foedus.questions(workspace=own.workspace)
    (one,) = kept.questions
    assert (one.probability, one.rung.name, one.days) == (0.12, "FORCES", 30)
    assert one.resolution is not None
    assert one.resolution.outcome == "no"
    assert next(
        score for score in kept.scores if score.forecaster == one.by
    ).brier == pytest.approx(0.12**2)


def test_what_cannot_be_asked_is_told(own: WebServer) -> None:
    with own.client() as visitor:
        form = {"csrf": _csrf(visitor.get("/questions").text), "guarantor": "Russia",
                "beneficiary": "Iran"}  # fmt: skip
        for wrong, words in (
            ({"percent": "many"}, "Not a number of percent"),
            ({"percent": "100"}, "ends excluded"),
            ({"rung": "nothing"}, "Not a rung"),
        ):
            answer = visitor.post("/questions", data=form | wrong)
            assert answer.status_code == 400
            assert words in answer.text


def test_the_pair_offers_its_attack_and_defines_what_moves_it(own: WebServer) -> None:
    with own.client() as visitor:
        pair = visitor.get("/pair/RUS/IRN?challenger=ISR").text
        assert "--stress" not in pair
        href = re.search(r'href="(/scenario\?[^"]*)"', pair)
        assert href is not None
        filled = visitor.get(href[1].replace("&amp;", "&")).text
        assert "An attack on Iran by Israel" in filled
        assert "The scenario cannot be used" not in filled
        keys = set(re.findall(r'href="/features#([^"]+)"', pair))
        assert keys
        assert keys <= {one.name for one in FEATURES}
        defined = visitor.get("/features").text
        assert all(f'id="{one.name}"' in defined for one in FEATURES)


def _csrf(page: str) -> str:
    found = re.search(r'data-csrf="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]
