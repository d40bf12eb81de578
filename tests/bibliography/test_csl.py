"""Entries and CSL items: each field both ways, and what LaTeX could act on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibliography.bibnames import read_names, write_names
from bibliography.bibtex import Entry, read_bibtex, write_bibtex
from bibliography.csl import csl_to_entry, entry_to_csl
from bibliography.dates import read_date, read_year_month, write_date
from bibliography.latex import decode_latex, encode_latex


def _csl(kind: str, **fields: str) -> dict[str, Any]:
    return entry_to_csl(Entry("k", kind, fields))


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("article", "article-journal"),
        ("book", "book"),
        ("incollection", "chapter"),
        ("inbook", "chapter"),
        ("inproceedings", "paper-conference"),
        ("phdthesis", "thesis"),
        ("techreport", "report"),
        ("online", "webpage"),
        ("unpublished", "manuscript"),
        ("misc", "document"),
        ("whatever", "document"),
    ],
)
def test_types(kind: str, csl: str) -> None:
    assert _csl(kind)["type"] == csl


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ({"type": "article-newspaper"}, "article"),
        ({"type": "chapter", "container-title": "Essays"}, "incollection"),
        ({"type": "chapter", "container-title": "Works", "container-author": [{"family": "Lenin"}]}, "inbook"),
        ({"type": "thesis", "genre": "PhD thesis"}, "phdthesis"),
        ({"type": "thesis"}, "thesis"),
        ({"type": "manuscript", "archive": "RGASPI", "archive_location": "f. 17, op. 3"}, "unpublished"),
        ({"type": "song"}, "audio"),
        ({"type": "map"}, "misc"),
        ({}, "misc"),
    ],
)
def test_types_back(item: dict[str, Any], kind: str) -> None:
    assert csl_to_entry(item, "k").type == kind


def test_fields() -> None:
    item = _csl(
        "article",
        author=r"Zlati\'{c}, Larisa and van der Wurff, Wim and {Gosplan} and others",
        title=r"The {USSR}, 1928--1933: R\&D \emph{and} {\v S}potov",
        journaltitle="Slavic Review",
        number="4--7",
        pages="539-560",
        year="1984b",
        month="mar",
        doi="https://doi.org/10.1/a_b",
        langid="russian",
        titleaddon="[Something translated]",
    )
    assert item == {
        "id": "k",
        "type": "article-journal",
        "author": [
            {"family": "Zlatić", "given": "Larisa"},
            {"non-dropping-particle": "van der", "family": "Wurff", "given": "Wim"},
            {"literal": "Gosplan"},
            {"literal": "others"},
        ],
        "title": "The USSR, 1928–1933: R&D and Špotov",
        "container-title": "Slavic Review",
        "issue": "4–7",
        "page": "539–560",
        "issued": {"date-parts": [[1984]]},
        "year-suffix": "b",
        "DOI": "10.1/a_b",
        "language": "ru",
        "title-translated": "Something translated",
    } | {"issued": {"date-parts": [[1984, 3]]}}


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("First Last", ["First", "", "Last"]),
        ("Ludwig van Beethoven", ["Ludwig", "van", "Beethoven"]),
        ("de la Vallée Poussin, Charles", ["Charles", "de la", "Vallée Poussin"]),
        ("{Fassi Fehri}, Abdelkader", ["Abdelkader", "", "Fassi Fehri"]),
        ("Plato", ["", "", "Plato"]),
        (r"{\'E}mile Zola", ["Émile", "", "Zola"]),
    ],
)
def test_name(written: str, parts: list[str]) -> None:
    name = read_names(written)[0]
    assert [name.get(part, "") for part in ("given", "non-dropping-particle", "family")] == parts


def test_names_are_cut_at_top_level_and_only() -> None:
    assert read_names("{Barnes and Noble} and Anderson, A.\nand Sandy, B. and") == [
        {"literal": "Barnes and Noble"},
        {"family": "Anderson", "given": "A."},
        {"family": "Sandy", "given": "B. and"},
    ]
    assert read_names("King, Jr., Martin Luther") == [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1984", {"date-parts": [[1984]]}),
        ("2013-09/2014", {"date-parts": [[2013, 9], [2014]]}),
        ("1917-10-25", {"date-parts": [[1917, 10, 25]]}),
        ("1917~", {"date-parts": [[1917]], "circa": True}),
        ("1933/34", {"date-parts": [[1933], [1934]]}),
        ("1933--1936", {"date-parts": [[1933], [1936]]}),
        ("n.d.", {"literal": "n.d."}),
        ("", {"literal": ""}),
    ],
)
def test_dates(written: str, date: dict[str, Any]) -> None:
    assert read_date(written) == date


def test_month_names() -> None:
    for month in ("oct", "October", "10", "{oct.}"):
        assert read_year_month("1917", month) == {"date-parts": [[1917, 10]]}
    assert write_date({"date-parts": [[1917, 10]]}) == {"year": "1917", "month": "oct"}


_LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\u00a0"), min_size=1, max_size=12
)
_TEXTS = st.lists(_LETTERS, min_size=1, max_size=5).map(" ".join)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(_TEXTS)
def test_latex_law(text: str) -> None:
    assert decode_latex(encode_latex(text)) == text


# The stated fields of the law decode(encode(x)) == x; a family name is one word, an empty list or text is left out.
_WORD = st.text(st.characters(categories=("Lu", "Ll"), codec="utf-8"), min_size=2, max_size=8).map(str.capitalize)
_NAMES = st.lists(
    st.fixed_dictionaries({"family": _WORD, "given": st.lists(_WORD, min_size=1, max_size=2).map(" ".join)})
    | st.fixed_dictionaries({"literal": _TEXTS}),
    min_size=1,
    max_size=3,
)
_DATES = st.dates().map(lambda d: {"date-parts": [[d.year, d.month, d.day]]}) | st.integers(1000, 2030).map(
    lambda year: {"date-parts": [[year]]}
)
_NUMBER = st.integers(1, 999).map(str)
_ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(["article-journal", "book", "chapter", "paper-conference", "report", "manuscript"])},
    optional={
        "author": _NAMES,
        "editor": _NAMES,
        "title": _TEXTS,
        "container-title": _TEXTS,
        "collection-title": _TEXTS,
        "volume": _NUMBER,
        "edition": _TEXTS,
        "publisher": _TEXTS,
        "publisher-place": _TEXTS,
        "note": _TEXTS,
        "title-translated": _WORD,
        "issued": _DATES,
        "page": st.tuples(_NUMBER, _NUMBER).map("–".join),
        "language": st.sampled_from(["ru", "en", "de", "xx"]),
        "DOI": st.from_regex(r"\A10\.\d{4}/[a-z0-9.()_-]{1,12}\Z"),
    },
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(_ITEMS)
def test_entry_law(item: dict[str, Any]) -> None:
    entry = csl_to_entry(item, "k")
    assert entry_to_csl(entry) == {"id": "k"} | item
    again = read_bibtex(write_bibtex([entry]), "f")
    assert again.problems == ()
    assert again.entries[0].fields == entry.fields


@pytest.mark.parametrize(
    "acting", [r"\input{/etc/passwd}", r"\write18{rm x}", r"\def\a{\a}\a", r"\immediate\openout1=x"]
)
def test_latex_that_acts_is_not_passed_on(acting: str) -> None:
    item = _csl("book", title=f"A {acting} B", author=f"{acting}, A.")
    written = write_bibtex([csl_to_entry(item, "k")])
    assert "\\input" not in written
    assert "\\write" not in written
    quoted = write_bibtex([csl_to_entry({"title": acting, "URL": f"http://x/{acting}", "note": acting}, "k")])
    assert not any(f"\\{word}" in quoted for word in ("input", "write", "def", "immediate", "openout"))
    assert decode_latex(read_bibtex(quoted, "f").entries[0].fields["title"]) == acting


@pytest.mark.parametrize("acting", [r"\input{x}", r"\write18{x}"])
def test_no_variable_passes_latex_on(acting: str) -> None:
    item: dict[str, Any] = dict.fromkeys(("title", "publisher", "language", "DOI", "ISBN", "page", "issue"), acting)
    item |= {"issued": {"literal": acting}, "accessed": {"literal": acting}, "year-suffix": acting}
    item |= {
        "author": [{"family": acting, "given": acting}, {"literal": acting}],
        "archive": "arXiv",
        "archive_location": acting,
    }
    written = write_bibtex([csl_to_entry(item, "k")])
    assert "\\input" not in written
    assert "\\write" not in written


def test_arxiv_both_ways() -> None:
    item = {"type": "document", "archive": "arXiv", "archive_location": "1303.3186"}
    entry = csl_to_entry(item, "k")
    assert entry.fields == {"eprint": "1303.3186", "eprinttype": "arxiv"}
    assert entry_to_csl(entry) == {"id": "k"} | item


def test_names_law_for_hard_names() -> None:
    names = [
        {"family": "Fassi Fehri", "given": "A."},
        {"non-dropping-particle": "van der", "family": "Wurff", "given": "W."},
        {"literal": "Barnes and Noble, Inc."},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"family": "Plato"},
    ]
    assert read_names(write_names(names)) == names
