"""Mutated reference strings, footnotes and lists: no crash, every span in its string, nothing that JSON cannot hold."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest

from bibliography.bibtex import read_bibtex, write_bibtex
from bibliography.csl import csl_to_entry
from bibliography.parse import parse_reference
from bibliography.parse.footnote import parse_note
from bibliography.parse.lists import parse_list
from bibliography.parse.normalise import normalise_item

FOLDER = Path(__file__).parent.parent / "fixtures" / "references"
_PIECES = (
    "(", ")", "[", "]", "“", "”", "«", "»", '"', "'", "’", ".", ",", ";", ":", "-", "–", " // ", "\n", "\t", "\u00a0", "\u2028", "\x00", "{", "}",
    "\\", "$", "%", "1969", "12", "IV", "et al.", "ibid.", "op. cit.", "In: ", "no. ", "p. ", "С. ", "10.1/x", "http://", "é", "Ж", "文", "😀", "",
)  # fmt: skip


def _strings() -> list[str]:
    return [
        json.loads(line)["raw"]
        for name in ("hand.jsonl", "notes.jsonl")
        for line in (FOLDER / name).read_text(encoding="utf-8").split("\n")
        if line
    ]


def _mutate(raw: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 8)):
        at, cut = rng.randint(0, len(raw)), rng.choice((0, 0, 1, 1, 2, 5, 30))
        raw = raw[:at] + rng.choice(_PIECES) + raw[at + cut :]
    return raw if rng.random() < 0.95 else raw * 3


def _check(raw: str) -> None:
    parsed = parse_reference(raw)
    assert parsed.raw == raw
    assert 0 <= parsed.start <= max(parsed.start, parsed.end) <= len(raw)
    for one, other in itertools.pairwise(parsed.spans):
        assert one.end <= other.start
    for span in parsed.spans:
        assert 0 <= span.start < span.end <= len(raw)
        assert span.confidence is None or 0 <= span.confidence <= 1
    json.dumps(parsed.csl, allow_nan=False)
    if parsed.csl:
        entry = csl_to_entry(normalise_item(parsed.csl), "k")
        assert [e.key for e in read_bibtex(write_bibtex([entry]), "f.bib").entries] == ["k"]
    note = parse_note(raw)
    pieces = sorted((p.start, p.end) for p in (*note.references, *note.backrefs, *note.parts))
    assert all(0 <= start < end <= len(raw) for start, end in pieces)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(pieces))
    letters = [char for char in raw if char.isalnum()]
    assert [char for entry in parse_list(raw) for char in entry.raw if char.isalnum()] == letters


def _run(count: int, seed: int) -> None:
    rng = random.Random(seed)
    strings = _strings()
    for _ in range(count):
        _check(_mutate(rng.choice(strings), rng))


def test_mutated_strings() -> None:
    _run(300, seed=7)


@pytest.mark.fuzz
def test_ten_thousand_mutated_strings() -> None:
    _run(10_000, seed=8)
