"""The references and footnotes written by hand are well-formed: scoring against a broken set would say nothing."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "fixtures" / "references"
LABELS = frozenset(
    "citation-number note-number signal comment author editor translator contributor title title-translated journal booktitle"
    " series edition genre volume issue pages cited-range date orig-date access-date place publisher institution archive"
    " shelfmark doi url id backref noteref language note".split()
)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").split("\n") if line]


def test_references() -> None:
    rows = _rows("hand.jsonl")
    assert len(rows) >= 300
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert {label for *_, label in row["spans"]} <= LABELS
        for start, end, _ in row["spans"]:
            assert row["raw"][start:end] == row["raw"][start:end].strip() != ""
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(row["spans"])), row["id"]


def test_notes() -> None:
    rows = _rows("notes.jsonl")
    assert len(rows) >= 60
    for row in rows:
        marked = [(part["start"], part["end"]) for part in [*row["references"], *row["backrefs"]]]
        marked = sorted([*marked, *((start, end) for start, end, _ in row["parts"])])
        assert marked
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(marked)), row["id"]
        assert all(row["raw"][start:end].strip() for start, end in marked)
