"""The typesetter of test papers, kept as a module beside this file."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def press() -> ModuleType:
    """The module ``typesetter``: ``press.typeset(paper, notes, press.Design(...))`` gives the bytes of a PDF."""
    spec = importlib.util.spec_from_file_location("typesetter", Path(__file__).parent / "typesetter.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["typesetter"] = module
    spec.loader.exec_module(module)
    return module
