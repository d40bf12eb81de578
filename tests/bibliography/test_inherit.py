"""Inheritance by the rules of BibLaTeX: titles move up, what the child has stays, cycles and gaps give nothing."""

from __future__ import annotations

import pytest

from bibliography.bibtex import read_bibtex
from bibliography.csl import library_items
from bibliography.inherit import inherit


def _fields(text: str) -> dict[str, str]:
    return inherit(read_bibtex(text, "f").entries)[0].fields


@pytest.mark.parametrize(
    ("child", "parent", "given"),
    [
        ("inbook", "book", {"booktitle": "T", "booksubtitle": "S", "author": "A", "bookauthor": "A", "year": "1968"}),
        ("incollection", "collection", {"booktitle": "T", "booksubtitle": "S", "year": "1968"}),
        ("inproceedings", "proceedings", {"booktitle": "T", "booksubtitle": "S", "year": "1968"}),
        ("book", "mvbook", {"maintitle": "T", "mainsubtitle": "S", "author": "A", "year": "1968"}),
        ("inbook", "mvbook", {"maintitle": "T", "mainsubtitle": "S", "author": "A", "bookauthor": "A", "year": "1968"}),
        ("article", "periodical", {"journaltitle": "T", "journalsubtitle": "S", "year": "1968"}),
    ],
)
def test_titles_go_where_the_type_has_them(child: str, parent: str, given: dict[str, str]) -> None:
    text = f"@{child}{{a, title = {{Own}}, crossref = {{P}}}}"
    text += f"@{parent}{{p, title = {{T}}, subtitle = {{S}}, author = {{A}}, shorttitle = {{X}}, year = 1968}}"
    fields = _fields(text)
    assert fields["title"] == "Own"
    assert {name: fields.get(name) for name in given} == given
    assert "shorttitle" not in fields


def test_what_the_child_has_stays_under_either_name() -> None:
    text = "@incollection{a, title={X}, address={Paris}, date={1969}, crossref={p}}"
    text += "@collection{p, title={T}, location={Moscow}, year=1968, month=jan, publisher={P}}"
    fields = _fields(text)
    assert fields == {
        "title": "X",
        "address": "Paris",
        "date": "1969",
        "crossref": "p",
        "booktitle": "T",
        "publisher": "P",
    }


def test_xdata_and_chains() -> None:
    text = (
        "@inbook{a, title={X}, xdata={x, y}, crossref={p}} @xdata{x, publisher={P}} @xdata{y, xdata={z}, location={L}}"
    )
    text += "@xdata{z, note={N}} @book{p, title={T}, crossref={m}} @mvbook{m, title={M}}"
    fields = _fields(text)
    assert (fields["publisher"], fields["location"], fields["note"]) == ("P", "L", "N")
    assert (fields["booktitle"], fields["maintitle"]) == ("T", "M")


def test_cycles_and_gaps_end() -> None:
    text = "@book{a, crossref={b}, title={A}} @book{b, crossref={a}, year=1968} @book{c, crossref={nosuch}, title={C}}"
    entries = inherit(read_bibtex(text, "f").entries)
    assert entries[0].fields["year"] == "1968"
    assert entries[2].fields["title"] == "C"


def test_items_are_works_with_what_they_inherit() -> None:
    items = library_items(
        read_bibtex("@inbook{a, title={X}, crossref={p}} @book{p, title={T}} @xdata{x, note={N}}", "f")
    )
    assert list(items) == ["a", "p"]
    assert items["a"]["container-title"] == "T"


def test_keys_that_differ_by_case_keep_their_own_fields() -> None:
    library = read_bibtex(
        "@book{Merchant2004, title = {One}}\n@book{merchant2004, title = {Two}}\n@inbook{c, crossref = {Merchant2004}}\n"
        "@inbook{d, crossref = {merchant2004}}",
        "x.bib",
    )
    entries = inherit(library.entries)
    assert [entry.fields.get("title") or entry.fields.get("booktitle") for entry in entries] == [
        "One",
        "Two",
        "One",
        "Two",
    ]
