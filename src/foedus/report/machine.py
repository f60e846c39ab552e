"""Assessments, records and rows as JSON and CSV: keys in order, sets sorted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from foedus.domain.assessments import Assessment


def to_json(assessment: Assessment) -> str:
    """The assessment as indented JSON that reads back into an equal one.

    The same assessment gives the same bytes on every run.
    """
    return json.dumps(_sorted_sets(assessment), ensure_ascii=False, indent=2)


def models_json(models: Sequence[BaseModel]) -> str:
    """Several records as an indented JSON array."""
    return json.dumps(
        [model.model_dump(mode="json") for model in models], ensure_ascii=False, indent=2
    )


def _sorted_sets(assessment: Assessment) -> object:
    record = assessment.model_dump(mode="json")
    for calls in (record["record"]["calls"], record["record"]["with_beneficiary"]):
        for past in calls:
            for response in past["responses"]:
                response["support"].sort()
                response["not_given"].sort()
    return record


def rows_csv(rows: Sequence[Mapping[str, object]]) -> str:
    """Flat rows of equal columns as CSV with a header; null is empty."""
    if not rows:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
