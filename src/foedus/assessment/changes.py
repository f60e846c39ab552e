"""What has changed since an assessment was saved, and why, in one line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.domain.assessments import Assessment
from foedus.domain.frozen import Frozen
from foedus.domain.rungs import Rung
from foedus.workspace.assessments import SavedAssessment

THRESHOLD = 0.05
"""Smaller changes of a probability are not shown as movement: they are within what a change of
model version or of one document moves."""


class Change(Frozen):
    """A saved assessment against the one of now.

    `before` and `after` (0..1) are the probabilities of material support or forces within 365
    days, null where there was no forecast. `moved` says whether they differ by `threshold` or
    more. `reason` says in one line what differs, `no difference` where nothing does.
    """

    saved: date
    saved_id: str
    before: float | None
    after: float | None
    moved: bool
    threshold: float
    reason: str

    @property
    def points(self) -> float | None:
        """`after` less `before`; null where either is unknown."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def change(saved: SavedAssessment, now: Assessment) -> Change:
    """What differs between a saved assessment and the one of now, most telling reason first."""
    before, after = material(saved.payload), material(figures_of(now))
    known = before is not None and after is not None
    return Change(
        saved=saved.created.date(),
        saved_id=saved.id,
        before=before,
        after=after,
        moved=known and abs((after or 0.0) - (before or 0.0)) >= THRESHOLD,
        threshold=THRESHOLD,
        reason=next(_reasons(saved.payload, now), "no difference"),
    )


def figures_of(now: Assessment) -> dict[str, Any]:
    """The part of an assessment's payload that saved ones are held against, and no more."""
    forecast = {"windows", "model", "model_version"}
    return now.model_dump(mode="json", include={"id": True, "as_of": True, "forecast": forecast})


def material(payload: dict[str, Any]) -> float | None:
    """The probability of material support or forces within 365 days, from a saved payload."""
    estimate = forecast_at(payload, Rung.MATERIAL)
    return None if estimate is None else float(estimate["probability"])


def forecast_at(payload: dict[str, Any], rung: Rung) -> dict[str, Any] | None:
    """The estimate of reaching at least `rung` within 365 days, from a saved payload."""
    forecast = payload.get("forecast")
    if not forecast:
        return None
    for window in forecast.get("windows", ()):
        if window.get("days") == 365:
            for one in window.get("rungs", ()):
                if one.get("rung") == rung:
                    found: dict[str, Any] = one["at_least"]
                    return found
    return None


def _reasons(then: dict[str, Any], now: Assessment) -> Iterator[str]:
    new = [past for past in now.record.open if past.call.id not in _ids(then, "open")]
    if new:
        yield f"attacked since: {new[0].call.name}"
    if len(now.record.open) < len(then["record"].get("open", ())):
        yield "an attack that went on has ended"
    held = {item["id"]: item["title"] for item in then["promise"]["in_force"]}
    now_held = {item.id: item.title for item in now.promise.in_force}
    for key in now_held.keys() - held.keys():
        yield f"a commitment more: {now_held[key]}"
    for key in held.keys() - now_held.keys():
        yield f"a commitment less: {held[key]}"
    read = {item["id"] for item in then["evidence"]["documents"]}
    more = sum(item.id not in read for item in now.evidence.documents)
    if more:
        yield f"{more} document{'s' * (more != 1)} read since"
    if _claims(then) != _claims(now.model_dump(mode="json", include={"evidence": {"groups"}})):
        yield "statements were reviewed, or coded anew"
    model = then["forecast"] or {}
    if now.forecast and (model.get("model"), model.get("model_version")) != (
        now.forecast.model,
        now.forecast.model_version,
    ):
        was = f"{model.get('model')} {model.get('model_version')}" if model else "none"
        yield f"model: {now.forecast.model} {now.forecast.model_version}, was {was}"
    if then["catalog_version"] != now.catalog_version:
        yield f"catalog: {now.catalog_version}, was {then['catalog_version']}"
    if then["as_of"] != now.as_of.isoformat():
        yield f"as of {now.as_of}, was {then['as_of']}"


def _ids(then: dict[str, Any], part: str) -> set[str]:
    return {past["call"]["id"] for past in then["record"].get(part, ())}


def _claims(payload: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted(
        (claim["claim_id"], str(claim.get("review")))
        for group in payload["evidence"]["groups"]
        for cluster in group["clusters"]
        for claim in cluster["claims"]
    )
