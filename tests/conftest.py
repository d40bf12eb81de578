"""Fixtures that every test may use: where the shared data lies, if it does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of gold data: $ADFONTES_DATA, else ../shared/data."""
    folder = Path(os.environ.get("ADFONTES_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the shared gold data is absent (set ADFONTES_DATA to its folder)")
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of seed articles, beside the gold data."""
    folder = ROOT.parent / "shared" / "seeds"
    if not folder.is_dir() and os.environ.get("ADFONTES_DATA"):
        folder = Path(os.environ["ADFONTES_DATA"]).parent / "seeds"
    if not folder.is_dir():
        pytest.skip("the seed articles are absent (expected at ../shared/seeds)")
    return folder
