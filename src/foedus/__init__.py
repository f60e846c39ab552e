"""Foedus: if this state is attacked, who shows up, with what, and what follows?

The public API: one function for each command (`assess`, `read`, `record`, `rates`, `rank`,
`backtest`, `hindcast`, `panel`, `quarantine`, `questions`, `serve`, `stress_test`), the modules
`claims`, `data`, `question`, `register`, `review` and `scenario`, what pages of the workbench
show (`actor_profile`, `call_profile`, `network`, `watch_list`), and for panels `similarity` and
`cite`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from foedus.errors import FoedusError

if TYPE_CHECKING:
    from foedus import data
    from foedus.assessment import claims_exchange as claims
    from foedus.assessment import question, register, review, scenario
    from foedus.assessment.actor_profile import actor_profile
    from foedus.assessment.assess import assess
    from foedus.assessment.call_profile import call_profile
    from foedus.assessment.network_query import network
    from foedus.assessment.panel_query import panel, similarity
    from foedus.assessment.proposing import reading_estimate, reading_prompt
    from foedus.assessment.question import questions
    from foedus.assessment.rank_query import rank
    from foedus.assessment.reading import quarantine, read
    from foedus.assessment.record_query import rates, record
    from foedus.assessment.stress_test import stress_test
    from foedus.assessment.watch_list import watch_list
    from foedus.data import cite
    from foedus.reliability.backtest.verb import backtest
    from foedus.stress.hindcast import hindcast
    from foedus.web.serve import serve

__version__ = "0.1.0"
__all__ = [
    "FoedusError",
    "__version__",
    "actor_profile",
    "assess",
    "backtest",
    "call_profile",
    "cite",
    "claims",
    "data",
    "hindcast",
    "network",
    "panel",
    "quarantine",
    "question",
    "questions",
    "rank",
    "rates",
    "read",
    "reading_estimate",
    "reading_prompt",
    "record",
    "register",
    "review",
    "scenario",
    "serve",
    "similarity",
    "stress_test",
    "watch_list",
]


_MODULES = {
    "claims": "foedus.assessment.claims_exchange",
    "data": "foedus.data",
    "question": "foedus.assessment.question",
    "register": "foedus.assessment.register",
    "review": "foedus.assessment.review",
    "scenario": "foedus.assessment.scenario",
}
_FUNCTIONS = {
    "stress_test": "foedus.assessment.stress_test",
    "actor_profile": "foedus.assessment.actor_profile",
    "assess": "foedus.assessment.assess",
    "backtest": "foedus.reliability.backtest.verb",
    "call_profile": "foedus.assessment.call_profile",
    "cite": "foedus.data",
    "hindcast": "foedus.stress.hindcast",
    "network": "foedus.assessment.network_query",
    "panel": "foedus.assessment.panel_query",
    "similarity": "foedus.assessment.panel_query",
    "quarantine": "foedus.assessment.reading",
    "questions": "foedus.assessment.question",
    "rank": "foedus.assessment.rank_query",
    "rates": "foedus.assessment.record_query",
    "read": "foedus.assessment.reading",
    "reading_estimate": "foedus.assessment.proposing",
    "reading_prompt": "foedus.assessment.proposing",
    "record": "foedus.assessment.record_query",
    "serve": "foedus.web.serve",
    "watch_list": "foedus.assessment.watch_list",
}


def __getattr__(name: str) -> object:
    """Import each verb when it is first used, so that `import foedus` stays quick."""
    from importlib import import_module

    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _FUNCTIONS:
        return getattr(import_module(_FUNCTIONS[name]), name)
    raise AttributeError(f"module 'foedus' has no attribute {name!r}")


class _Api(ModuleType):
    """Importing the subpackage `foedus.record` would put it in the place of the verb `record`."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _FUNCTIONS and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Api
