"""Readers and reviewers at once: how long each answer took, and what was acknowledged."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field

import httpx

PAGES = (
    "/", "/?guarantor=RUS", "/pair/RUS/IRN", "/actor/RUS", "/network?actor=ARM", "/data",
    "/evidence", "/review", "/evidence/pair?guarantor=RUS&beneficiary=IRN", "/scenario", "/about",
)  # fmt: skip
READS = (
    "/api/v1/watch-list", "/api/v1/claims?limit=20", "/api/v1/documents",
    "/api/v1/actors/RUS", "/api/v1/network/ARM",
)  # fmt: skip


@dataclass
class Outcome:
    """Seconds of each answer by kind, faults, and each review that the server acknowledged."""

    pages: list[float] = field(default_factory=list)
    api: list[float] = field(default_factory=list)
    reviews: list[tuple[str, int, str, str]] = field(default_factory=list)
    conflicts: int = 0
    faults: list[str] = field(default_factory=list)


def load(address: str, seconds: float, *, readers: int, reviewers: int, pause: float) -> Outcome:
    """Let them work for `seconds`; each reader pauses 0 to 2 x `pause` seconds between looks."""
    outcome = Outcome()
    stop = threading.Event()
    each = [(_read, number) for number in range(readers)]
    each += [(_review, number) for number in range(reviewers)]
    threads = [
        threading.Thread(target=_kept, args=(work, address, number, pause, outcome, stop))
        for work, number in each
    ]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join(120)
    if any(thread.is_alive() for thread in threads):
        outcome.faults.append("somebody was never answered")
    return outcome


def _kept(work, address, number, pause, outcome, stop) -> None:  # type: ignore[no-untyped-def]
    try:
        with httpx.Client(base_url=address, timeout=110, follow_redirects=True) as client:
            work(client, number, pause, outcome, stop)
    except httpx.HTTPError as error:
        outcome.faults.append(f"{type(error).__name__}: {error}")


def _read(
    client: httpx.Client, number: int, pause: float, outcome: Outcome, stop: threading.Event
) -> None:
    chance = random.Random(number)
    while not stop.is_set():
        kind, path = chance.choice(
            [("pages", path) for path in PAGES] + [("api", path) for path in READS]
        )
        started = time.perf_counter()
        answer = client.get(path)
        getattr(outcome, kind).append(time.perf_counter() - started)
        if answer.status_code != 200:
            outcome.faults.append(f"{answer.status_code} at {path}")
        stop.wait(chance.uniform(0, 2 * pause))


def _review(
    client: httpx.Client, number: int, pause: float, outcome: Outcome, stop: threading.Event
) -> None:
    chance, by, made = random.Random(1000 + number), f"reviewer {number}", 0
    decided: list[str] = []
    while not stop.is_set():
        states = client.get("/api/v1/claims?limit=10").json()["items"]
        action = chance.choice(("accept", "reject", "note", "undo"))
        if decided and (action == "undo" or not states):
            action, key = "undo", decided.pop(0)
            state = client.get(f"/api/v1/claims/{key}").json()
        elif states:
            action = "accept" if action == "undo" else action
            state = chance.choice(states)
            key = state["claim"]["claim_id"]
        else:
            stop.wait(pause)
            continue
        made += 1
        asked = {"action": action, "seen": state["version"], "by": by, "note": f"{by}, {made}"}
        answer = client.post(f"/api/v1/claims/{key}/review", json=asked)
        if answer.status_code == 200:
            outcome.reviews.append((key, answer.json()["version"], by, asked["note"]))
            decided += [key] if action in ("accept", "reject") else []
        elif answer.status_code == 409:
            outcome.conflicts += 1
        else:
            outcome.faults.append(f"{answer.status_code} at a review of {key}")
        stop.wait(chance.uniform(0, pause))


def lost(workspace: str, outcome: Outcome) -> list[tuple[str, int, str, str]]:
    """Acknowledged reviews that the workspace does not hold."""
    from foedus.workspace import Workspace

    with Workspace.open(workspace) as desk:
        held = {
            (key, one.version, one.by, one.note)
            for key in {key for key, *_ in outcome.reviews}
            for one in desk.history(key)
        }
    return [one for one in outcome.reviews if one not in held]
