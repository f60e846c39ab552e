"""The public names: each stays what it is, whatever was imported before it is used."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

import foedus


def test_a_verb_is_not_lost_to_the_subpackage_of_its_name() -> None:
    rules = import_module("foedus.record.rules")
    assert isinstance(import_module("foedus.record"), ModuleType)
    assert foedus.record.__name__ == "record"
    assert callable(foedus.record)
    assert rules.RULES


def test_every_public_name_is_there() -> None:
    for name in foedus.__all__:
        assert getattr(foedus, name) is not None, name
