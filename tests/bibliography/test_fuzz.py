"""Broken files and random strings: no crash, no hang, no entry lost in silence."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibliography.backrefs import read_alias, read_backref, read_idem, split_locator
from bibliography.bibtex import read_bibtex, write_bibtex
from bibliography.bodies import read_letters
from bibliography.check import check_library
from bibliography.csl import csl_to_entry, entry_to_csl
from bibliography.headings import HeadIndex, head_of, printed_title
from bibliography.match import LibraryIndex, match
from bibliography.mentions import find_mentions
from bibliography.names import initials, parse_name
from bibliography.namings import Shelf, find_namings
from bibliography.parse import parse_reference
from bibliography.parse.split import split_references
from bibliography.pinpoints import split_leaf

BASE = """@string{js = {Soviet Studies}}
@article{one, author = {Zlati\\'{c}, Larisa and {Body}}, title = "A {B} # C", journal = js # " x", year = 1968}

@book{two,
  title = {Second},
  year = {1969},
}
@comment{nothing}
@incollection{three, title = {Third}, pages = {1--2}}
"""
_PIECES = st.sampled_from(
    ["{", "}", '"', ",", "=", "@", "#", "\\", "\n", "(", ")", "@book{", "\n@", "%", "\x00", "é", "$", " and "]
)
_FRAGMENTS = st.sampled_from(
    ["Lenin VI", "A. C. Sutton", "van der ", ". ", ", ", "; ", ": ", "(1968)", "[The works]", "Tom 34", "pp. 12–15", "2013;9:46–59",
     " // ", "In: ", "editors", "“", "”", "‘", "Moscow: Politizdat; 1969", "et al.", "no. 2", "doi:10.1/x", "http://", "ibid", "С. 5", "-", "—"]
)  # fmt: skip
_STRINGS = st.lists(_FRAGMENTS | st.text(max_size=5), max_size=25).map("".join)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BASE)), st.integers(0, 8), _PIECES), min_size=1, max_size=6))
def test_mutated_library(edits: list[tuple[int, int, str]]) -> None:
    text = BASE
    for at, cut, piece in edits:
        text = text[:at] + piece + text[at + cut :]
    library = read_bibtex(text, "f.bib")
    keys = [entry.key for entry in library.entries]
    assert len(keys) == len(set(keys))
    check_library(library)
    for entry in library.entries:
        item = entry_to_csl(entry)
        again = read_bibtex(write_bibtex([csl_to_entry(item, "k")]), "g.bib")
        assert [problem.code for problem in again.problems] == []
        assert [other.key for other in again.entries] == ["k"]


@settings(derandomize=True, max_examples=300, deadline=None)
@given(_STRINGS)
def test_random_references(raw: str) -> None:
    parsed = parse_reference(raw)
    assert parsed.raw == raw
    assert all(0 <= span.start < span.end <= len(raw) for span in parsed.spans)
    entry = csl_to_entry(parsed.csl, "k")
    assert read_bibtex(write_bibtex([entry]), "f").entries[0].fields == entry.fields
    library = LibraryIndex([("k", parsed.csl)] if parsed.csl else [])
    match(parsed.csl, library)
    head = head_of("k", parsed.csl, raw)
    heads, shelf = HeadIndex([head]), Shelf([(head, str(parsed.csl.get("title") or printed_title(raw)))])
    list(find_mentions(raw, heads))
    assert all(0 <= n.start < n.end <= len(raw) and n.keys == ("k",) for n in find_namings(raw, [shelf]))
    parse_name(raw)
    initials(raw)
    back = read_backref(raw)
    assert back is None or 0 < back.end <= len(raw)
    assert read_idem(raw) <= len(raw)
    read_alias(raw)
    split_locator(raw)
    spans = split_references(raw)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


PIECES = (
    "Aa-",
    "Aa Bb, ",
    "A. ",
    "Lenin VI, ",
    "a",
    "(",
    "[",
    "“",
    "1-",
    "1, ",
    "A",
    "A a ",
    ": ",
    ". A",
    "http://",
    "10.1/",
    "and ",
    "é",
    " ",
)


def _spent(piece: str, length: int) -> float:
    raw = (piece * length)[:length]
    began = time.process_time()
    parse_reference(raw)
    split_references(raw)
    parse_name(raw)
    read_bibtex(f"@book{{a, title = {{{raw}}}}}", "f")
    return time.process_time() - began


def test_long_and_monotonous_strings_do_not_hang() -> None:
    # Four times the length may cost sixteen times (a reference is short, and at most 4000 code points are parsed), but
    # an exponential pattern would cost far more: it is a ratio within one run, with a floor for what is too fast to tell.
    for piece in PIECES:
        short = min(_spent(piece, 950) for _ in range(3))
        assert _spent(piece, 3800) < 40 * max(short, 0.01)


def _spent_on_notes(piece: str, length: int) -> float:
    raw = "fols. 12, " + (piece * length)[:length] + " x"
    began = time.process_time()
    split_leaf(raw)
    read_letters(raw)
    return time.process_time() - began


@pytest.mark.parametrize("piece", ["1", "12, ", "; ", "A", "A-", "Aa ", "AB (Aa "])
def test_leaves_and_letters_take_linear_time(piece: str) -> None:
    # Four times the length may cost eight times; "fols. 12, 13, 14, ... in it" once doubled its time with each leaf.
    short = min(_spent_on_notes(piece, 5_000) for _ in range(3))
    assert _spent_on_notes(piece, 20_000) < 8 * max(short, 0.01)


def test_deep_braces() -> None:
    for text in ("{" * 20_000 + "}" * 20_000, "{" * 20_000, "\\'{" * 3000, "$" * 5001, "\\" * 5001):
        library = read_bibtex(f"@book{{a, title = {{{text}}}, author = {{{text}}}}}\n@book{{b, title = {{B}}}}", "f")
        assert library.entries or library.problems
        for entry in library.entries:
            entry_to_csl(entry)
