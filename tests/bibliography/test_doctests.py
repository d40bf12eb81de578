"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import bibliography

_MODULES = sorted(m.name for m in pkgutil.walk_packages(bibliography.__path__, "bibliography."))


@pytest.mark.parametrize("name", _MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_import_is_light() -> None:
    code = (
        "import sys, bibliography; assert not {'bibtexparser', 'pylatexenc', 'rapidfuzz', 'msgspec'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    code = "import sys, bibliography.bibtex, bibliography.csl; assert not {'bibtexparser', 'pylatexenc'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
