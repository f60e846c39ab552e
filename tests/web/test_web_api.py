"""The JSON API gives what the Python API gives, and no request makes it fail."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from web_server import WebServer

import foedus
from foedus.domain.networks import Network
from foedus.web.pages import api
from foedus.workspace import Workspace

EXAMPLES = os.environ.get("FOEDUS_API_EXAMPLES", "8")


def test_objects_are_those_of_the_python_api(own: WebServer) -> None:
    answer = httpx.get(own.address + "/api/v1/network/ARM?as_of=2024-01-01", timeout=120)
    found = Network.model_validate(answer.json())
    known = foedus.network("Armenia", as_of="2024-01-01", workspace=own.workspace)
    assert found.actors == known.actors
    assert [tie.model_copy(update={"strength": None}) for tie in found.ties] == list(known.ties)


def test_every_verb_has_an_address_that_exists_or_is_said_to_have_none() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "workbench.md").read_text("utf-8")
    told = text.split("## API", 1)[1].split("## Jobs", 1)[0]
    addresses = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|$", told, re.M))
    without = set(
        re.findall(r"`(\w+)`", told.split("Without an address", 1)[1].split("Reading")[0])
    )
    verbs = {
        name
        for name in foedus.__all__
        if callable(getattr(foedus, name)) and not isinstance(getattr(foedus, name), type)
    }
    assert verbs == {*addresses, *without}
    assert not without & {*addresses}
    served = {re.sub(":path", "", route.path) for route in api.router.routes}
    assert {f"/api/v1{address}" for address in addresses.values()} <= served


def test_addresses_give_what_the_verbs_give(own: WebServer) -> None:
    day = {"as_of": "2024-01-01", "workspace": own.workspace}
    for path, known in (
        ("watch-list?as_of=2024-01-01", foedus.watch_list(**day)),
        ("actors/ARM?as_of=2024-01-01", foedus.actor_profile("Armenia", **day)),
        ("calls/pak-2026", foedus.call_profile("pak-2026", workspace=own.workspace)),
        ("rank?guarantor=Armenia&as_of=2024-01-01", foedus.rank("Armenia", **day)),
        ("questions", foedus.questions(workspace=own.workspace)),
    ):
        answer = own.get(f"/api/v1/{path}")
        assert type(known).model_validate_json(answer.content) == known, path
    found = own.get("/api/v1/rates?by=era&as_of=2024-01-01").json()
    assert found == [line.model_dump(mode="json") for line in foedus.rates("era", **day)]


def test_faults_are_json_that_says_how_to_mend_them(own: WebServer) -> None:
    for path, status in (
        ("/api/v1/actors/Atlantis", 404),
        ("/api/v1/jobs/nothing", 400),
        ("/api/v1/network/RUS?rings=9", 422),
        ("/api/v1/claims?after=nowhere", 400),
        ("/api/v1/watch-list?as_of=1600-01-01", 400),
    ):
        answer = httpx.get(own.address + path, timeout=120)
        assert answer.status_code == status, path
        assert answer.json()["error"]


def test_reviewers_at_once_lose_nothing(own: WebServer) -> None:
    """Five people decide on the same claims; each acknowledged decision is in the history."""
    with httpx.Client(base_url=own.address, timeout=60) as client:
        states = client.get("/api/v1/claims?limit=12").json()["items"]

    def decide(by: str) -> list[tuple[str, int]]:
        made = []
        with httpx.Client(base_url=own.address, timeout=60) as client:
            for state in states:
                key, seen = state["claim"]["claim_id"], state["version"]
                for _ in range(20):
                    asked = {"action": "note", "seen": seen, "by": by, "note": f"by {by}"}
                    answer = client.post(f"/api/v1/claims/{key}/review", json=asked)
                    if answer.status_code == 200:
                        made.append((key, answer.json()["version"]))
                        break
                    assert answer.status_code == 409, answer.text
                    seen = client.get(f"/api/v1/claims/{key}").json()["version"]
        return made

    with ThreadPoolExecutor(5) as pool:
        made = dict(zip("abcde", pool.map(decide, "abcde"), strict=True))
    with Workspace.open(str(own.workspace)) as workspace:
        for by, decisions in made.items():
            assert len(decisions) == len(states)
            for key, version in decisions:
                change = next(one for one in workspace.history(key) if one.version == version)
                assert (change.by, change.note) == (by, f"by {by}")


@pytest.mark.slow
def test_no_request_that_the_description_allows_or_forbids_makes_the_server_fail(
    own: WebServer,
) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("schemathesis"), "run",
         f"{own.address}/api/v1/openapi.json", "--checks", "not_a_server_error",
         "--max-examples", EXAMPLES, "--request-timeout", "120", "--suppress-health-check", "all"],
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]
