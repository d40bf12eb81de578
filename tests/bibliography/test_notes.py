"""Whole footnotes: what is cut where, what each piece is, and that nothing is lost between them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibliography.parse.footnote import ParsedNote, parse_note

FIXTURE = Path(__file__).parent.parent / "fixtures" / "references" / "notes.jsonl"


def _quotes(note: ParsedNote, pieces: object) -> list[str]:
    return [note.raw[piece.start : piece.end] for piece in pieces]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("raw", "references", "backrefs"),
    [
        ("Ibid., p. 45.", [], [("Ibid., p. 45", "ibid")]),
        ("Там же. С. 56.", [], [("Там же. С. 56", "ibid")]),
        ("Nove, History (London: Lane; 1969), 12.", ["Nove, History (London: Lane; 1969), 12"], []),
        ("See note 12 above.", [], [("See note 12 above", "cross-reference")]),
        ("Carr, op. cit., p. 45.", [], [("Carr, op. cit., p. 45", "op-cit")]),
        ("Хромов С. С. Указ. соч. С. 45.", [], [("Хромов С. С. Указ. соч. С. 45", "op-cit")]),
        ("The rouble was not convertible after 1926.", [], []),
        ("RGAE, f. 413, op. 5, d. 12, l. 7; ibid., d. 13.", ["RGAE, f. 413, op. 5, d. 12, l. 7"], [("ibid., d. 13", "ibid")]),
    ],
)  # fmt: skip
def test_pieces(raw: str, references: list[str], backrefs: list[tuple[str, str]]) -> None:
    note = parse_note(raw)
    assert _quotes(note, note.references) == references
    assert [(raw[b.start : b.end], b.kind) for b in note.backrefs] == backrefs


def test_signals_and_relations() -> None:
    note = parse_note(
        "On prices see Nove, History (London, 1969), 12; but see Davies, Offensive (London, 1980), 3; quoted in Carr, Interregnum (London, 1954), 8."
    )
    assert [(r.signal, r.relation) for r in note.references] == [
        ("see", "supports"),
        ("but see", "contrast"),
        ("quoted in", "second-hand"),
    ]
    assert ("On prices", "comment") in [(note.raw[p.start : p.end], p.label) for p in note.parts]
    assert note.references[1].csl["author"][0]["family"] == "Davies"


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["See ", "ibid.", "; ", "Carr, ", "op. cit.", "(London, 1969)", "“Title”", ". ", "12 ", "С. 5", "but see ", "and ", "note 4"]
        )
        | st.text(max_size=6),
        max_size=20,
    ).map("".join)
)  # fmt: skip
def test_every_letter_belongs_to_one_statement(raw: str) -> None:
    note = parse_note(raw)
    pieces = sorted((p.start, p.end) for p in (*note.references, *note.backrefs, *note.parts))
    covered = [False] * len(raw)
    for start, end in pieces:
        assert 0 <= start < end <= len(raw)
        assert not any(covered[start:end])
        covered[start:end] = [True] * (end - start)
    for reference in note.references:
        assert all(reference.start <= span.start < span.end <= reference.end for span in reference.spans)


def test_notes_by_hand() -> None:
    rows = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").split("\n") if line]
    right = 0
    for row in rows:
        note = parse_note(row["raw"])
        right += [(r.start, r.end) for r in note.references] == [(r["start"], r["end"]) for r in row["references"]]
    assert right / len(rows) >= 0.9


@pytest.mark.parametrize("piece", ["Ibid. ", "See n. 5. "])
def test_a_note_may_hold_a_thousand_statements(piece: str) -> None:
    assert len(parse_note(piece * 1000).backrefs) == 1000
