"""The examples in the docstrings of the finders are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import annotate.annotators.citations as finders


@pytest.mark.parametrize("name", [m.name for m in pkgutil.walk_packages(finders.__path__, finders.__name__ + ".")])
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
