"""Modules beside this file that tests share: the typesetter of test papers, the mutants of TEI, generated Articles."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def press() -> ModuleType:
    """The module ``typesetter``: ``press.typeset(paper, notes, press.Design(...))`` gives the bytes of a PDF."""
    return _beside("typesetter")


@pytest.fixture(scope="session")
def spoil() -> ModuleType:
    """The module ``mutants``: ``spoil.mutants(documents, count)`` gives TEI spoilt in one place each."""
    return _beside("mutants")


@pytest.fixture(scope="session")
def generated() -> ModuleType:
    """The module ``test_tei_properties``, whose strategy ``articles()`` makes Articles that no reader would make."""
    return _beside("test_tei_properties")
