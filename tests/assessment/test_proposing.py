"""`foedus read --proposer llm`, from the settings to the workspace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import foedus
from foedus.errors import InputError
from foedus.workspace.store import Workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "evidence" / "proposer"))
from chat_server import Reply, Script, Seen, Server, completion, proposal, serving

EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
KEY = "secret-key-4711"


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FOEDUS_LLM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("FOEDUS_LLM_SETTINGS", "")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def named(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    monkeypatch.setenv("FOEDUS_LLM_BASE_URL", server.url)
    monkeypatch.setenv("FOEDUS_LLM_MODEL", "test-model")
    monkeypatch.setenv("FOEDUS_LLM_KEY", KEY)


def first_sentences(_: int, seen: Seen) -> Reply:
    """Quote the start of each sentence that names Russia and Iran."""
    return completion(
        {
            "claims": [
                proposal(at, line.rstrip(".")[:300].rpartition(" ")[0])
                for at, line in seen.sentences.items()
                if "Russia" in line and "Iran" in line
            ]
        }
    )


def test_both_proposers_are_stored_and_their_agreement_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    workspace = tmp_path / "w.sqlite"
    with serving(first_sentences) as server:
        named(monkeypatch, server)
        found = foedus.read(EXAMPLES, workspace=workspace, proposer="llm")
        asked = len(server.seen)
        again = foedus.read(EXAMPLES, workspace=workspace, proposer="llm")
        assert len(server.seen) == asked
    assert found.model is not None
    assert again.model is not None
    assert found.failures == again.failures == ()
    assert found.model.claims > 3
    assert found.model.tokens_in == 1000 * asked
    assert again.model.agreement == found.model.agreement
    assert 0 < found.model.agreement.matched <= found.model.claims
    assert again.model.tokens_in == 0
    with Workspace.open(workspace) as opened:
        claims = opened.claims(undated="include", include_abstained=True)
        texts = {item.id: item.text for item in opened.documents()}
    rows = [claim for claim in claims if claim.coder == "llm:test-model"]
    assert len(rows) == found.model.claims
    assert len(claims) - len(rows) == found.claims + found.abstained
    assert all(texts[claim.doc][claim.start : claim.end] == claim.quote for claim in claims)
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes(), file


def test_the_same_statement_of_both_is_one_row_of_evidence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = tmp_path / "a.txt"
    text.write_text("24 June 2025\n\nRussia sent no weapons to Iran, officials said on Monday.\n")
    script: Script = lambda *_: completion(  # noqa: E731
        {"claims": [proposal(1, "Russia sent no weapons to Iran")]}
    )
    with serving(script) as server:
        named(monkeypatch, server)
        found = foedus.read(text, workspace=tmp_path / "w.sqlite", proposer="llm")
    assert found.model is not None
    assert (found.claims, found.model.claims, found.model.agreement.full) == (1, 1, 1)
    answer = foedus.assess("Russia", "Iran", workspace=tmp_path / "w.sqlite")
    rows = [claim for group in answer.evidence.groups for one in group.clusters
            for claim in one.claims]  # fmt: skip
    assert len(rows) == 1


def test_a_spent_budget_leaves_documents_for_the_next_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    workspace = tmp_path / "w.sqlite"
    with serving(first_sentences) as server:
        named(monkeypatch, server)
        some = foedus.read(EXAMPLES, workspace=workspace, proposer="llm", budget="7500")
        assert some.model is not None
        assert 0 < len(some.model.not_asked) < 4
        rest = foedus.read(EXAMPLES, workspace=workspace, proposer="llm", budget="1M")
        assert rest.model is not None
        assert rest.model.not_asked == ()
        assert rest.model.agreement.documents == 4
        assert len(server.seen) == 4


def test_several_documents_are_asked_about_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def slow(number: int, seen: Seen) -> Reply:
        time.sleep(0.3)
        return first_sentences(number, seen)

    with serving(slow) as server:
        named(monkeypatch, server)
        found = foedus.read(
            EXAMPLES, workspace=tmp_path / "w.sqlite", proposer="llm", concurrency=3
        )
        assert 1 < server.most_at_once <= 3
    assert found.model is not None
    assert found.model.agreement.documents == 4


def test_a_model_that_never_answers_well_is_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serving(lambda *_: completion("I would rather not.")) as server:
        named(monkeypatch, server)
        with pytest.raises(InputError, match="several documents in a row"):
            foedus.read(EXAMPLES, workspace=tmp_path / "w.sqlite", proposer="llm")
        assert 6 <= len(server.seen) <= 8
    with Workspace.open(tmp_path / "w.sqlite") as opened:
        assert {claim.coder for claim in opened.claims(undated="include")} == {"foedus-lexicon"}


def test_without_settings_nothing_is_asked_and_nothing_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("FOEDUS_LLM_BASE_URL", raising=False)
    with pytest.raises(InputError, match="FOEDUS_LLM_BASE_URL"):
        foedus.read(EXAMPLES, workspace=tmp_path / "w.sqlite", proposer="llm")
    assert not (tmp_path / "w.sqlite").exists()
    estimate = foedus.reading_estimate(EXAMPLES)
    assert (estimate.model, estimate.documents, estimate.dollars) == (None, 4, None)
    assert estimate.tokens_in > 4 * 2000


def test_the_estimate_leaves_out_what_is_answered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOEDUS_LLM_INPUT_PRICE", "2")
    monkeypatch.setenv("FOEDUS_LLM_OUTPUT_PRICE", "10")
    with serving(first_sentences) as server:
        named(monkeypatch, server)
        before = foedus.reading_estimate(EXAMPLES)
        foedus.read(EXAMPLES, workspace=tmp_path / "w.sqlite", proposer="llm")
        after = foedus.reading_estimate(EXAMPLES)
    assert before.dollars is not None
    assert 0.03 < before.dollars < 1
    assert (before.kept, before.questions) == (0, 4)
    assert (after.kept, after.tokens_in, after.dollars) == (4, 0, 0)


def test_the_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from foedus.cli import main; main()", "read", *arguments],
            capture_output=True, text=True, env=os.environ | {"COLUMNS": "200"},
        )  # fmt: skip

    treaty = str(EXAMPLES / "2025-01-18_treaty.txt")
    shown = run("--show-prompt", treaty)
    assert "withhold: support is refused" in shown.stdout
    assert "[3] It does not oblige Russia to defend Iran." in shown.stdout
    with serving(first_sentences) as server:
        named(monkeypatch, server)
        guess = json.loads(run("--estimate", "--json", treaty).stdout)
        assert guess["questions"] == 1
        assert not server.seen
        where = ("--workspace", str(tmp_path / "w.sqlite"))
        done = run(treaty, *where, "--proposer", "llm", "--budget", "50k", "--concurrency", "2")
    assert "Agreement with the lexicon" in done.stdout
    assert "test-model" in done.stdout
    assert KEY not in done.stdout + done.stderr
    bad = run(treaty, *where, "--proposer", "llm", "--budget", "much")
    assert (bad.returncode, "Not a budget" in bad.stderr) == (2, True)
