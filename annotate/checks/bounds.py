"""Checks over a whole document that are told in one line each: all ranges, all shares, and what stands alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotate.checks.passages import Item, Passage
from annotate.checks.results import Result
from annotate.checks.tolerance import value_of
from schemas.records import Verdict

DATED_KINDS = frozenset({"MONEY", "PERCENT", "QUANTITY", "COUNT", "RATIO", "RATE"})


def check_bounds(passages: Sequence[Passage], results: Sequence[Result]) -> Iterator[Result]:
    """Every range runs forwards, every level in percent lies within 0 and 100, and some figures nothing can check."""
    items = [item for passage in passages for item in passage.items.values()]
    ranges = [item for item in items if item.ann.layer == "date" and item.date.kind == "PERIOD" and item.date.earliest]
    forward = [item for item in ranges if item.date.latest and str(item.date.earliest) <= item.date.latest]
    if ranges and len(forward) == len([item for item in ranges if item.date.latest]):
        yield _over(
            forward, "range-order", "ok", _all(len(forward), "range of dates runs", "ranges of dates run") + " forwards"
        )
    levels = [
        item
        for item in items
        if item.ann.layer == "figure" and item.figure.unit == "%" and item.figure.value is not None
    ]
    if levels and all(0 <= value_of(item) <= 100 for item in levels):
        yield _over(
            levels, "percent-bound", "ok", _all(len(levels), "percentage lies", "percentages lie") + " within 0 and 100"
        )
    used = {item.ann.id for result in results for item in result.items}
    alone = [
        item
        for item in items
        if item.ann.layer == "figure" and item.ann.label in DATED_KINDS and item.ann.id not in used
    ]
    if alone:
        words = f"{len(alone)} figures stand alone: nothing in the text gives them again, only their source can"
        yield _over(alone, "external", "undecidable", words)


def _all(number: int, one: str, many: str) -> str:
    return f"the {one}" if number == 1 else f"all {number} {many}"


def _over(items: Sequence[Item], relation: str, verdict: Verdict, words: str) -> Result:
    """One result over many items, placed at the first."""
    first = items[0].ann
    return Result(relation, verdict, tuple(items), words, start=first.start, end=first.end)
