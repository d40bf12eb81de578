"""BibTeX in and out: nothing is lost, every fault has its line, unchanged entries keep their bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibliography.bibtex import Entry, Library, read_bibtex, write_bibtex
from bibliography.files import read_library
from schemas.errors import InputError


def _codes(library: Library) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.where) for problem in library.problems]


def _keys(library: Library) -> list[str]:
    return [entry.key for entry in library.entries]


def test_macros_and_concatenation() -> None:
    text = '@STRING{js = "Soviet Studies"}\n@article{a, journal = "J. of " # js # {, new}, month = 10 # "~" # jan, year = 1968}'
    library = read_bibtex(text, "refs.bib")
    assert library.entries[0].fields == {"journal": "J. of Soviet Studies, new", "month": "10~jan", "year": "1968"}
    assert library.problems == ()
    assert library.strings == {"js": "Soviet Studies"}


def test_macro_takes_its_value_at_the_time() -> None:
    text = "@string{x = {One}}\n@book{a, title = x}\n@string{x = {Two}}\n@book{b, title = x}"
    assert [entry.fields["title"] for entry in read_bibtex(text, "f").entries] == ["One", "Two"]


def test_undefined_macro_is_kept_and_told() -> None:
    library = read_bibtex("\n@article{a,\n  journal = nosuch,\n}", "refs.bib")
    assert library.entries[0].fields == {"journal": "nosuch"}
    assert _codes(library) == [("bib-undefined-string", "refs.bib:3")]


def test_duplicate_key_keeps_both() -> None:
    library = read_bibtex("@book{a, title={One}}\n@book{a, title={Two}}\n@book{a-2, title={Three}}", "refs.bib")
    assert _keys(library) == ["a", "a-2", "a-2-2"]
    assert _codes(library)[0] == ("bib-duplicate-key", "refs.bib:2")
    assert library.entries[1].raw == "@book{a-2, title={Two}}"


def test_duplicate_field_keeps_the_first_and_tells_the_second() -> None:
    library = read_bibtex("@book{a,\n title={One},\n Title={Two},\n year={1968}}", "refs.bib")
    assert library.entries[0].fields == {"title": "One", "year": "1968"}
    assert _codes(library) == [("bib-duplicate-field", "refs.bib:3")]
    assert "Two" in library.problems[0].message


def test_unclosed_brace_loses_no_entry() -> None:
    text = "@book{a,\n title = {One,\n year = {1968}\n}\n\n@book{b, title={Two}}\n\n@book{c, title={Three}}\n"
    library = read_bibtex(text, "refs.bib")
    assert _keys(library) == ["a", "b", "c"]
    assert library.entries[0].fields == {"title": "One", "year": "1968"}
    assert _codes(library) == [("bib-failed-block", "refs.bib:1")]
    assert [entry.line for entry in library.entries] == [1, 6, 8]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('@book{a, title = "One, year = 1968}\n', {"title": "One", "year": "1968"}),
        ("@book{a title = {One}, year = 1968}\n", {"title": "One", "year": "1968"}),
        ("@book{a, title = {One} year = 1968}\n", None),
        ("@book{a, title = {One}, year = 1968\n", {"title": "One", "year": "1968"}),
        ("@book{a, title = {One}, junk}\n", {"title": "One"}),
    ],
)
def test_broken_entry_is_mended(text: str, fields: dict[str, str] | None) -> None:
    library = read_bibtex(text + "@book{z, title={Last}}", "refs.bib")
    assert _keys(library)[-1] == "z"
    assert _keys(library)[0] == "a"
    assert library.problems
    if fields is not None:
        got = library.entries[0].fields
        assert {name: got.get(name, "").rstrip("}, junk") for name in fields} == fields


def test_missing_key_gets_one() -> None:
    library = read_bibtex("@book{title = {One}, year = 1968}\n@book{, title = {Two}}", "refs.bib")
    assert _keys(library) == ["line1", "line2"]
    assert library.entries[0].fields["title"] == "One"
    assert "bib-missing-key" in [code for code, _ in _codes(library)]


def test_raw_entries_come_back_byte_for_byte() -> None:
    entry = '@Article{Key:1 ,\r\n  Title =\t"A {B} C",\r\n}'
    assert write_bibtex(read_bibtex(f"junk\r\n{entry}\r\n", "f").entries) == entry + "\n"


def test_changed_entry_is_written_anew() -> None:
    entry = read_bibtex("@book{a, title={One}}", "f").entries[0]
    assert write_bibtex([entry.with_fields({"title": "T{w}o} {", "month": "jan"})]) == (
        "@book{a,\n  title = {T{w}o },\n  month = jan,\n}\n"
    )


@pytest.mark.parametrize(
    "value", ["see @user(2014, x = 5)", "a\n @book{b, title = {B}}", "a\n@(x", "me@example.org (work)"]
)
def test_a_value_that_looks_like_an_entry_stays_a_value(value: str) -> None:
    (entry,) = read_bibtex(write_bibtex([Entry("a", "book", {"note": value})]), "f").entries
    assert entry.fields["note"].replace("{@}", "@") == value


def test_macros_travel_with_raw_entries() -> None:
    library = read_bibtex("@string{js = {Soviet Studies}}\n@article{a, journal = js}", "f")
    written = write_bibtex(library.entries)
    assert written == "@string{js = {Soviet Studies}}\n\n@article{a, journal = js}\n"
    again = read_bibtex(written, "f").entries
    assert [(e.key, e.fields, e.raw, e.strings) for e in again] == [
        (e.key, e.fields, e.raw, e.strings) for e in library.entries
    ]
    other = read_bibtex("@string{js = {Slavic Studies}}\n@article{b, journal = js}", "f")
    both = read_bibtex(write_bibtex([*library.entries, *other.entries]), "f")
    assert [entry.fields["journal"] for entry in both.entries] == ["Soviet Studies", "Slavic Studies"]


@pytest.mark.parametrize("content", [b"", b"no entry here", b"\x00\x01\x02@book{a,}", b"\xff\xfe\x00", None])
def test_what_is_no_library_is_an_input_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "refs.bib"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_library(path)
    assert "\n" not in str(error.value)
    assert "refs.bib" in str(error.value)


def test_folder_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_library(tmp_path)


def test_encodings(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "latin-1"):
        path.write_bytes("@book{a, title={Grün}}".encode(encoding))
        library = read_library(path)
        assert library.entries[0].fields == {"title": "Grün"}
        assert _codes(library) == ([("bib-encoding", "refs.bib:1")] if encoding == "latin-1" else [])


def test_large_library_reads_whole(shared_data: Path) -> None:
    library = read_library(shared_data / "link" / "library.bib")
    assert len(library.entries) > 10_000
    assert write_bibtex(library.entries).strip() == library.text.strip()
