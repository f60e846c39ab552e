"""The second proposer: a language model behind a chat endpoint. It proposes; it decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from foedus.catalog.folding import fold
from foedus.domain.claims import Claim
from foedus.domain.documents import Document
from foedus.errors import DocumentError
from foedus.evidence.proposer.answer_schema import Proposed, Unusable, parse_answer
from foedus.evidence.proposer.budget import Cap, Meter
from foedus.evidence.proposer.cache import AnswerCache
from foedus.evidence.proposer.endpoint import Answer, Endpoint, EndpointRefused, NoAnswer
from foedus.evidence.proposer.prompt import Messages, prompt_version
from foedus.evidence.proposer.proposal import Proposal
from foedus.evidence.proposer.questions import Brief, Question
from foedus.evidence.proposer.retries import Patience
from foedus.evidence.proposer.settings import Settings
from foedus.evidence.proposer.spans import once
from foedus.evidence.proposer.to_claims import Setting, claims_of
from foedus.evidence.proposer.validation import TWICE, validated
from foedus.evidence.proposer.windows import Window, flat

if TYPE_CHECKING:
    from foedus.catalog.actors import NameEntry

OFF_SCHEMA = "not as the schema asks"
CUT_OFF = "the answer was cut off"
_ASKED_TWICE = 2


class ModelProposer:
    """Claims proposed by a model; every one passes the same validation as the lexicon's.

    Close it after use. `meter` counts the tokens; cached answers cost nothing.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        cap: Cap | None = None,
        concurrency: int = 4,
        cache: AnswerCache | None = None,
        patience: Patience | None = None,
    ) -> None:
        self.meter = Meter(settings, cap)
        self._settings = settings
        self._cache = cache or AnswerCache()
        self._endpoint = Endpoint(settings, patience)
        self._threads = ThreadPoolExecutor(max(1, concurrency), "foedus-model")

    @property
    def coder(self) -> str:
        """`llm:` and the model's name."""
        return f"llm:{self._settings.model}"

    @property
    def version(self) -> str:
        """The version of the prompt."""
        return prompt_version()

    @property
    def endpoint(self) -> str:
        """The endpoint as messages name it."""
        return self._settings.shown

    def give_up(self) -> None:
        """Say that asking on is of no use.

        Raises:
            EndpointRefused: always.
        """
        raise EndpointRefused(
            f"The model at {self.endpoint} gave no usable answer to several documents in a row."
            " What was read is kept. Check the model, then run again to go on."
        )

    def stop(self) -> None:
        """Ask nothing more."""
        self._endpoint.stopped.set()

    def close(self) -> None:
        """Ask nothing more, and close the connections."""
        self.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._endpoint.close()

    def propose(self, document: Document, names: Sequence[NameEntry]) -> Proposal:
        """Validated claims of one document.

        Raises:
            DocumentError: a window got no usable answer; the others' answers are kept, so that
                asking again costs only that window.
            BudgetSpent: the next question could go over the budget.
            EndpointRefused: nobody will answer there.
        """
        brief = Brief.of(document, names)
        setting = Setting(
            document=document,
            flat=flat(document.text),
            coder=self.coder,
            version=self.version,
            ids=frozenset(entry.actor for entry in names),
            names=_by_name(names),
        )
        asked = list(brief.questions())
        futures = [self._threads.submit(self._answered, one, brief, setting) for one in asked]
        claims: list[Claim] = []
        dropped: Counter[str] = Counter()
        failures: list[str] = []
        try:
            for future in futures:
                try:
                    found, refused = future.result()
                except NoAnswer as error:
                    failures.append(str(error))
                    continue
                claims += found
                dropped.update(refused)
        finally:
            for future in futures:
                future.cancel()
        if failures:
            raise DocumentError(
                document.name,
                f"the model gave no usable answer to {len(failures)} of {len(asked)} questions"
                f" ({failures[-1]}). Nothing of it was stored; run again to ask only those.",
            )
        checked = validated(document, claims, names, named=frozenset(brief.named))
        kept = once(checked.claims)
        dropped.update(checked.dropped)
        if len(checked.claims) > len(kept):
            dropped[TWICE] += len(checked.claims) - len(kept)
        return Proposal(kept, dict(dropped))

    def kept(self, question: Question) -> bool:
        """Whether the answer is at hand already."""
        return self._cache.get(self._key(question.messages)) is not None

    def _key(self, asked: Messages) -> str:
        return self._cache.key(self._settings.shown, self._settings.model, asked)

    def _answered(
        self, one: Question, brief: Brief, setting: Setting
    ) -> tuple[list[Claim], Counter[str]]:
        claims: list[Claim] = []
        dropped: Counter[str] = Counter()
        for window, proposed, refused in self._proposed(one, brief):
            found, lost = claims_of(setting, window, proposed)
            claims += found
            dropped.update(lost)
            if refused:
                dropped[OFF_SCHEMA] += refused
        return claims, dropped

    def _proposed(
        self, one: Question, brief: Brief
    ) -> Iterator[tuple[Window, list[Proposed], int]]:
        """The model's claims for a window, or for its halves where an answer would not fit."""
        key = self._key(one.messages)
        kept = self._cache.get(key)
        if kept is not None:
            try:
                proposed, refused = parse_answer(kept)
            except Unusable:
                kept = None
            else:
                yield one.window, proposed, refused
                return
        why = ""
        for _ in range(_ASKED_TWICE):
            answer = self._ask(one)
            try:
                proposed, refused = parse_answer(answer.text)
            except Unusable as error:
                why = CUT_OFF if answer.cut else str(error)
                if answer.cut:
                    break
                continue
            self._cache.put(key, answer.text)
            yield one.window, proposed, refused
            return
        halves = one.window.half
        if halves is None or why != CUT_OFF:
            raise NoAnswer(why)
        for half in halves:
            yield from self._proposed(brief.question(half), brief)

    def _ask(self, one: Question) -> Answer:
        if self._endpoint.stopped.is_set():
            raise NoAnswer("stopped")
        with self.meter.reserve(one.tokens, one.most):
            answer = self._endpoint.ask(one.messages, one.most)
            self.meter.used(
                one.tokens if answer.tokens_in is None else answer.tokens_in,
                len(answer.text) // 3 if answer.tokens_out is None else answer.tokens_out,
            )
        return answer


def _by_name(names: Sequence[NameEntry]) -> dict[str, str]:
    """Folded names that stand for one actor."""
    holders: dict[str, set[str]] = {}
    for entry in names:
        holders.setdefault(fold(entry.name), set()).add(entry.actor)
    return {name: next(iter(actors)) for name, actors in holders.items() if len(actors) == 1}
