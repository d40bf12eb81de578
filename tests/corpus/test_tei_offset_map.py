"""The offset map of a TEI file: runs and edits as one line, and back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.writers.tei.offset_map import read_offset_map, write_offset_map
from schemas.records import Edit, Run

NUMBERS = st.integers(0, 30)
TEXTS = st.text('a "\\\n\x00\ufffe\ud800\ufffdé~@=1', max_size=5)
KINDS = st.sampled_from(["join", "page-break", "whitespace"])
RUNS = st.lists(st.builds(Run, NUMBERS, NUMBERS, NUMBERS), max_size=6)


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    start, source, removed = draw(NUMBERS), draw(NUMBERS), draw(TEXTS)
    took = draw(st.just(len(removed)) | NUMBERS)
    return Edit(draw(KINDS), start, start + draw(NUMBERS), source, source + took, removed)


@settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(runs=RUNS, made=st.lists(edits(), max_size=6))
def test_every_run_and_edit_comes_back(runs: list[Run], made: list[Edit]) -> None:
    assert read_offset_map(write_offset_map(runs, made)) == (tuple(runs), tuple(made))


def test_lines_that_were_joined_cost_few_characters() -> None:
    runs = [Run(76 * i, 77 * i, 75) for i in range(1000)]
    made = [Edit("join", 76 * i + 75, 76 * i + 76, 77 * i + 75, 77 * i + 77, "\r\n") for i in range(1000)]
    written = write_offset_map(runs, made)
    assert written.startswith('=75 join"\\r\\n"1 =75 join')
    assert len(written) < 20 * 1000


@pytest.mark.parametrize("written", ["=", "join", '=5 join"', "=5=6", "hello"])
def test_what_is_no_offset_map_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="not an offset map"):
        read_offset_map(written)
