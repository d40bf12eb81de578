"""Bibliography files by content and encoding; unchanged they come back byte for byte, an edit changes only its entry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibliography.bibtex import Library, read_bibtex
from bibliography.csl import library_items
from bibliography.edit import update
from bibliography.files import library_bytes, read_library, read_library_bytes
from schemas.errors import InputError

BIB = '% mine\n@string{js = {Soviet Studies}}\n@Book { Grün:1 ,\n\tTitle = "Ärger",\n\tYear=1968 ,\n\n}\n@comment{keep}\n@article{b, journal = js}\n'


@pytest.mark.parametrize(
    "data",
    [
        BIB.encode(),
        b"\xef\xbb\xbf" + BIB.encode(),
        BIB.replace("\n", "\r\n").encode(),
        BIB.replace("\n", "\r").encode(),
        BIB.encode("utf-16"),
        BIB.encode("latin-1"),
        b"% Encoding: windows-1251\n" + "@book{a, title = {История}}".encode("cp1251"),
        BIB.encode() + "@book{c, title = {Öl}}".encode("latin-1"),
        BIB.encode() + b"@book{broken, title = {",
    ],
    ids=["utf-8", "bom", "crlf", "cr", "utf-16", "latin-1", "declared", "mixed", "broken"],
)
def test_unchanged_is_byte_for_byte(data: bytes) -> None:
    library = read_library_bytes(data, "f.bib")
    assert library_bytes(library) == data
    assert library_bytes(update(library, library.entries)) == data
    first = library.entries[0]
    edited = update(library, [first.with_fields({**first.fields, "title": "Neu"})])
    again = read_library_bytes(library_bytes(edited), "f.bib")
    assert again.entries[0].fields["title"] == "Neu"
    before, after = library.text[: first.start], library.text[first.end :]
    assert edited.text.startswith(before)
    assert edited.text.endswith(after)


def test_encodings_are_told_unless_declared() -> None:
    def titles(data: bytes) -> tuple[str, list[str]]:
        library = read_library_bytes(data, "f.bib")
        return library.entries[0].fields["title"], [problem.code for problem in library.problems]

    russian = "@book{a, title = {Американский бизнес и Советский Союз в двадцатые годы}}"
    assert titles(b"% Encoding: windows-1251\n" + russian.encode("cp1251")) == (russian[18:-2], [])
    assert titles(russian.encode("cp1251")) == (russian[18:-2], ["bib-encoding"])
    assert titles("@book{a, title = {Über “Zölle”}}".encode("cp1252")) == ("Über “Zölle”", ["bib-encoding"])


def test_an_edit_touches_its_field_alone() -> None:
    library = read_bibtex("@book{a,\n  title = {One} ,\n  year=1968\n}\n\n@book{b, title = {Two}}\n", "f")
    first, second = library.entries
    text = update(library, [first.with_fields({"title": "One", "year": "1969", "isbn": "1"})]).text
    assert text == "@book{a,\n  title = {One} ,\n  year={1969},\n  isbn = {1},\n}\n\n@book{b, title = {Two}}\n"
    text = update(library, [first.with_fields({"year": "1968"}), second.with_fields({"title": "2"})]).text
    assert text == "@book{a,\n  year=1968\n}\n\n@book{b, title = {2}}\n"


def test_new_entries_are_added_at_the_end_with_the_files_line_ends() -> None:
    library = read_bibtex("@book{a, title = {One}}\r\n", "f")
    new = read_bibtex("@book{b,\n title = {Two}\n}", "g").entries[0]
    assert update(library, [new]).text == "@book{a, title = {One}}\r\n\r\n@book{b,\r\n title = {Two}\r\n}\r\n"


_VALUE = st.text(st.characters(codec="utf-8", exclude_characters='{}\\"#%@\r'), max_size=15)
_FIELDS = st.dictionaries(st.sampled_from(["title", "note", "year", "isbn"]), _VALUE.map(str.strip), max_size=4)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(_FIELDS, min_size=1, max_size=3), _FIELDS)
def test_edit_law(entries: list[dict[str, str]], fields: dict[str, str]) -> None:
    blocks = [
        f"@book{{k{n},\n" + "".join(f" {k} = {{{v}}},\n" for k, v in f.items()) + "}" for n, f in enumerate(entries)
    ]
    library = read_bibtex("% head\n" + "\n\n".join(blocks) + "\n% tail\n", "f")
    edited = update(library, [library.entries[0].with_fields(fields)])
    assert edited.entries[0].fields == fields
    assert [e.fields for e in edited.entries[1:]] == [e.fields for e in library.entries[1:]]
    assert edited.text.split(blocks[0].split("{")[0], 1)[0] == "% head\n"


CSL = [
    {
        "id": "http://zotero.org/users/1/items/AB",
        "type": "book",
        "title": "Über <i>alles</i>",
        "issued": {"date-parts": [["1968"]]},
    },
    {"id": "x", "citation-key": "sutton1968", "type": "article-journal", "title": "T", "volume": 3, "custom": {"a": 1}},
]


def _keys(library: Library) -> list[str]:
    return [entry.key for entry in library.entries]


def test_csl_json_and_ris_by_content(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"  # the name says nothing
    path.write_text(json.dumps(CSL), encoding="utf-8")
    library = read_library(path)
    assert _keys(library) == ["1968uber", "sutton1968"]
    items = library_items(library)
    assert items["sutton1968"]["volume"] == "3"
    assert items["1968uber"]["title"] == "Über <i>alles</i>"
    path.write_bytes(b"TY  - BOOK\r\nID  - zot1\r\nTI  - T\r\nER  - \r\n")
    assert _keys(read_library(path)) == ["zot1"]


@pytest.mark.parametrize(
    "text",
    ["[", "{}", "[]", "3", '{"a": 1}', '[["a"]]', "[" * 100_000, '{"items": []}'],
)
def test_what_is_no_library_is_an_input_error(text: str) -> None:
    with pytest.raises(InputError, match=r"f\.json"):
        read_library_bytes(text.encode(), "f.json")


def test_items_with_one_key_are_both_kept_and_told() -> None:
    library = read_library_bytes(b'[{"id": "a", "title": "T"}, {"id": "a", "title": "U"}]', "f.json")
    assert _keys(library) == ["a", "a-2"]
    assert [problem.code for problem in library.problems] == ["bib-duplicate-key"]


def test_ris_behind_a_heading() -> None:
    library = read_library_bytes(b"Database: JSTOR\n\nTY  - BOOK\nTI  - T\nER  - \n", "export.txt")
    assert library.entries[0].fields["title"] == "T"


def test_a_letter_that_the_encoding_lacks_is_told_in_one_line() -> None:
    library = read_library_bytes("@book{a, title = {Über}}".encode("cp1252"), "f.bib")
    edited = update(library, [library.entries[0].with_fields({"title": "Шпотов"})])
    with pytest.raises(InputError, match="UTF-8"):
        library_bytes(edited)


@pytest.mark.parametrize(
    "item",
    [
        {"type": "book", "title": "T", "author": "Sutton"},
        {"type": "book", "title": "T", "issued": "1968"},
        {"type": "book", "title": "T", "issued": {"date-parts": [["x"]]}},
        {"type": "book", "title": "T", "note": ["a"]},
    ],
)
def test_odd_shapes_are_told(item: dict[str, Any]) -> None:
    library = read_library_bytes(json.dumps([item]).encode(), "f.json")
    assert [problem.code for problem in library.problems] == ["csl-item"]
    assert library.entries[0].fields == {"title": "T"}


ZOTERO = r"""
@article{shpotov_amerikanskii_2013,
	title = {Amerikanskii biznes i {Sovetskii} {Soyuz}},
	volume = {2},
	copyright = {All rights reserved},
	issn = {0036-0341},
	url = {https://example.org/a_b?c=1&d=2},
	doi = {10.1000/a_b},
	language = {ru},
	number = {1},
	urldate = {2023-06-10},
	journal = {Rossiya i Amerika},
	author = {Shpotov, B. M. and {Gosplan}},
	month = jun,
	year = {2013},
	note = {Publisher: Nauka},
	keywords = {trade, USSR},
	pages = {151--159},
	file = {Full Text:/home/me/Zotero/storage/AB/x.pdf:application/pdf},
}
@book{sutton1968,
  title = {Western {{Technology}}},
  author = {family=Sutton, given=Antony C., given-i={AC}, prefix=van, useprefix=true},
  date = {1968-05},
  langid = {english},
  shortjournal = {X},
  annotation = {good}
}
"""


def test_zotero_exports_read_as_they_are() -> None:
    library = read_bibtex(ZOTERO, "zotero.bib")
    assert library.problems == ()
    first, second = library_items(library).values()
    assert first["DOI"] == "10.1000/a_b"
    assert first["URL"] == "https://example.org/a_b?c=1&d=2"
    assert (first["language"], first["keyword"], first["accessed"]) == (
        "ru",
        "trade, USSR",
        {"date-parts": [[2023, 6, 10]]},
    )
    assert first["issued"] == {"date-parts": [[2013, 6]]}
    assert first["title"] == "Amerikanskii biznes i Sovetskii Soyuz"
    assert second["author"] == [{"family": "Sutton", "given": "Antony C.", "non-dropping-particle": "van"}]
    assert second["issued"] == {"date-parts": [[1968, 5]]}
    assert "file" in library.entries[0].fields
