"""The saved record as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import report_samples as samples

from foedus.domain.assessments import Assessment
from foedus.report.machine import to_json


@pytest.mark.parametrize("make", [samples.full, samples.bare, samples.hostile])
def test_json_fits_the_schema_and_reads_back_equal(make: object) -> None:
    assert callable(make)
    assessment: Assessment = make()
    text = to_json(assessment)
    jsonschema.validate(json.loads(text), Assessment.model_json_schema(mode="serialization"))
    assert Assessment.model_validate_json(text) == assessment


def test_unknown_stays_null(bare_assessment: Assessment) -> None:
    record = json.loads(to_json(bare_assessment))
    assert record["forecast"] is None
    assert record["capacity"]["shares"][0]["share"] is None


def test_the_same_assessment_gives_the_same_bytes_in_every_process() -> None:
    here = Path(__file__).parent
    code = (
        "import report_samples, hashlib; from foedus.report.machine import to_json;"
        "print(hashlib.sha256(to_json(report_samples.full()).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(here)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1
