"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import annotate
import bibliography
import corpus
import schemas

_PACKAGES = (annotate, bibliography, corpus, schemas)
_MODULES = sorted(m.name for each in _PACKAGES for m in pkgutil.walk_packages(each.__path__, f"{each.__name__}."))
_OPTIONAL = ("onnx", "torch")  # what only training needs


@pytest.mark.parametrize("name", [name for name in _MODULES if not name.endswith(".__main__")])
def test_examples(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in _OPTIONAL:
            raise
        pytest.skip(f"needs {error.name}")
    assert doctest.testmod(module).failed == 0
