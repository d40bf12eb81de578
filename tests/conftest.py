"""Fixtures that every test may use: where the shared data lies, if it does, and whether work grows with the length only."""

from __future__ import annotations

import gc
import math
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def spent(run: Callable[[Any], object], given: Any) -> float:
    """Processor seconds of one call, without the garbage collector, which would walk what other tests left."""
    gc.disable()
    try:
        began = time.process_time()
        run(given)
        return time.process_time() - began
    finally:
        gc.enable()


@pytest.fixture(scope="session")
def grows_linearly() -> Callable[..., bool]:
    """Whether `run(make(times * length))` costs about `times` what `run(make(length))` does.

    Both are the best of up to five turns, because other work on a machine only ever adds; three times the linear cost is
    allowed, and less than `floor` seconds is too short to be told apart. Quadratic work (64 times for eight) fails each turn.
    """

    def judge(
        run: Callable[[Any], object], make: Callable[[int], Any], length: int, times: int, floor: float = 0.002
    ) -> bool:
        small, large = make(length), make(length * times)
        short = long = math.inf
        for _ in range(5):
            short, long = min(short, spent(run, small)), min(long, spent(run, large))
            if long < 3 * times * max(short, floor):
                return True
        return False

    return judge
