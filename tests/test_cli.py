"""The command line as a user meets it: real processes, exit codes, clean standard output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.domain.assessments import Assessment

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "documents"


@pytest.fixture
def run(tmp_path: Path):  # type: ignore[no-untyped-def]
    environment = {
        **os.environ,
        "FOEDUS_WORKSPACE": str(tmp_path / "default.sqlite"),
        "COLUMNS": "100",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from foedus.cli import main; main()", *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            env=environment,
            cwd=tmp_path,
        )

    return run


def test_assess_writes_terminal_and_page(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("assess", "Russia", "Iran", "--read", str(EXAMPLES), "--out", "r.html")
    assert done.returncode == 0, done.stderr
    for words in ("Promise", "Record", "Probabilities", "Evidence", "Capacity", "Vintage"):
        assert words in done.stdout
    assert "Comprehensive Strategic Partnership" in done.stdout
    assert "report written to r.html" in done.stderr
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "<script" not in page
    assert "Comprehensive Strategic Partnership" in page


def test_json_is_all_that_standard_output_holds(run) -> None:  # type: ignore[no-untyped-def]
    done = run("assess", "Russia", "Iran", "--read", str(EXAMPLES), "--json")
    result = Assessment.model_validate(json.loads(done.stdout))
    assert result.guarantor.id == "RUS"
    for command in (["data", "list"], ["data", "show", "calls"], ["data", "cite", "calls"]):
        json.loads(run(*command, "--json").stdout)
    read = json.loads(run("read", str(EXAMPLES), "--json").stdout)
    assert read["known"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["assess", "Rusia", "Iran"], "Did you mean"),
        (["assess", "Russia", "Korea"], "PRK"),
        (["assess", "Russia", "Russia"], "both"),
        (["assess", "Russia", "Iran", "--as-of", "yesterday"], "YYYY-MM-DD"),
        (["assess", "Russia", "Iran", "--out", "no/such/folder/r.html"], "No folder"),
        (["assess", "Russia"], "requires an argument"),
        (["data", "show", "callz"], "calls"),
        (["read", "nothing-here.txt"], "nothing-here.txt"),
        (["read", ""], "no name"),
        (["assess", "Russia", "Iran", "--out", "/dev/stdout"], "no file"),
        (["panel", "--out", "panel.xlsx"], ".parquet"),
        (["panel", "--out", "p.csv", "--with", "weather"], "alliances"),
        (["panel", "--out", "p.csv", "--years", "then"], "span of years"),
        (["record", "Russia", "--rule", "mine"], "foedus-rung"),
        (["rates", "--by", "colour"], "era"),
        (["register", "add", "call", "id"], "column=value"),
        (["data", "build", "--from", "nowhere"], "nowhere"),
        (["assess", "Russia", "Iran", "--workspace", "."], "."),
    ],
)
def test_mistakes_exit_with_two_and_say_how_to_mend_them(run, arguments, words) -> None:  # type: ignore[no-untyped-def]
    done = run(*arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert words in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_one_bad_file_is_named_and_the_rest_go_on(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text((EXAMPLES / next(iter(os.listdir(EXAMPLES)))).read_text("utf-8"))
    (folder / "empty.txt").write_text("")
    (folder / "binary.pdf").write_bytes(b"\x00\x01\x02 not a pdf")
    done = run("read", str(folder))
    assert done.returncode == 0
    assert "empty.txt" in done.stderr
    assert "binary.pdf" in done.stderr
    assert "Documents added" in done.stdout


def test_a_broken_workspace_is_refused_and_left_as_it_was(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is no database" * 100)
    done = run("assess", "Russia", "Iran", "--workspace", str(broken))
    assert done.returncode == 2
    assert "broken.sqlite" in done.stderr
    assert broken.read_bytes() == b"this is no database" * 100


def test_help_names_every_command(run) -> None:  # type: ignore[no-untyped-def]
    words = run("--help").stdout
    assert {"assess", "read", "data"} <= set(words.split())
    assert "BENEFICIARY" in run("assess", "--help").stdout


def test_a_link_keeps_pointing_at_the_report(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "link.html").symlink_to(tmp_path / "target.html")
    assert run("assess", "Russia", "Iran", "--out", "link.html").returncode == 0
    assert (tmp_path / "link.html").is_symlink()
    assert "<html" in (tmp_path / "target.html").read_text("utf-8")


def test_a_panel_is_written_and_cited(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("panel", "--unit", "state", "--years", "1990-1991", "--with", "capability", "--out",
               "p.csv", "--json")  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert "singer" in told["bibtex"]
    assert len((tmp_path / "p.csv").read_text("utf-8").splitlines()) == told["rows"] + 1


def test_your_own_call_reaches_the_record_and_can_be_left_out(run) -> None:  # type: ignore[no-untyped-def]
    cells = ["id=mine-1", "name=Raid", "beneficiary_iso3=IRN", "challenger=ISR", "start=2026-07-01",
             "end=2026-07-02", "kind=limited_strike", "hostility=4", "outcome_for_beneficiary=held",
             "summary=A raid.", "source_title=Note", "source_date=2026-07-03", "confidence=low",
             ]  # fmt: skip
    done = run("register", "add", "call", *cells)
    assert done.returncode == 0, done.stderr
    assert "mine-1" in run("record", "Russia", "--csv").stdout
    assert "mine-1" not in run("record", "Russia", "--csv", "--without-mine").stdout
    assert "mine-1" not in run("record", "Russia", "--csv", "--as-of", "2026-06-30").stdout
    assert "mine-1" in run("register", "export", "call").stdout
    broken = run("register", "add", "call", *cells[:3], "hostility=9")
    assert broken.returncode == 2
    assert "hostility" in broken.stderr


def test_published_rates_come_out_to_the_digit(run) -> None:  # type: ignore[no-untyped-def]
    lines = json.loads(run("rates", "--coding", "published", "--json").stdout)
    assert [(line["honoured"], line["due"]) for line in lines] == [(73, 146)]


def test_output_that_cannot_be_written_is_no_traceback(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code = "from foedus.cli import main; main(['data', 'cite'])"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    plain = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert plain.returncode == 0, plain.stderr
