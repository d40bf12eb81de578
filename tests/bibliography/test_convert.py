"""Libraries in other forms: dialects of BibTeX, CSL-JSON, RIS, new keys; what both can say is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibliography.bibtex import Entry, read_bibtex
from bibliography.convert import as_biblatex, as_bibtex, convert_library, write_csl_json
from bibliography.csl import csl_to_entry, entry_to_csl, library_items
from bibliography.files import read_library_bytes
from bibliography.keys import Keys
from schemas.errors import UsageError

BIB = """% my sources
@string{js = {Soviet Studies}}
@preamble{"\\newcommand{\\x}{y}"}
@article{Shpotov:1, author = {Shpotov, B. M.}, title = {The {USSR} and \\emph{Pravda}}, journal = js, year = 1968, month = jan}
@inbook{part, title = {Part}, crossref = {whole}, xdata = {x}}
@book{whole, author = {Lenin, V. I.}, title = {Works}, subtitle = {All}, date = {1933/1936}}
@xdata{x, location = {Moscow}}
"""


@pytest.mark.parametrize(
    ("kind", "fields", "new_kind", "new"),
    [
        (
            "article",
            {"journal": "J", "year": "1968", "month": "jan"},
            "article",
            {"journaltitle": "J", "date": "1968-01"},
        ),
        (
            "techreport",
            {"institution": "I", "year": "1968"},
            "report",
            {"institution": "I", "date": "1968", "type": "techreport"},
        ),
        ("book", {"address": "Paris", "year": "n.d."}, "book", {"location": "Paris", "year": "n.d."}),
        ("book", {"year": "1933--1936"}, "book", {"date": "1933/1936"}),
        ("misc", {"file": "x.pdf", "year": "1984b"}, "misc", {"file": "x.pdf", "year": "1984b"}),
    ],
)
def test_to_biblatex(kind: str, fields: dict[str, str], new_kind: str, new: dict[str, str]) -> None:
    entry = as_biblatex(Entry("a", kind, fields))
    assert (entry.type, entry.fields) == (new_kind, new)


@pytest.mark.parametrize(
    ("kind", "fields", "new_kind", "new"),
    [
        (
            "thesis",
            {"type": "mathesis", "institution": "M", "date": "1968"},
            "mastersthesis",
            {"school": "M", "year": "1968"},
        ),
        ("thesis", {"type": "Habilitation", "institution": "M"}, "phdthesis", {"type": "Habilitation", "school": "M"}),
        (
            "online",
            {"url": "http://x/a_b", "date": "2024-05-01"},
            "misc",
            {"url": "http://x/a_b", "year": "2024", "month": "may", "howpublished": "\\url{http://x/a_b}"},
        ),
        ("book", {"title": "T", "subtitle": "S", "date": "1933/.."}, "book", {"title": "T: S", "year": "1933--"}),
        ("article", {"journaltitle": "J", "date": "1917~"}, "article", {"journal": "J", "year": "c. 1917"}),
        (
            "unpublished",
            {"library": "RGASPI", "shelfmark": "f. 17"},
            "unpublished",
            {"library": "RGASPI", "shelfmark": "f. 17", "note": "RGASPI, f. 17"},
        ),
    ],
)
def test_to_bibtex(kind: str, fields: dict[str, str], new_kind: str, new: dict[str, str]) -> None:
    entry = as_bibtex(Entry("a", kind, fields))
    assert (entry.type, entry.fields) == (new_kind, new)


def test_biblatex_keeps_the_rest_of_the_file() -> None:
    library = read_bibtex(BIB, "f")
    text = convert_library(library, "biblatex")
    assert text.startswith(BIB[: BIB.index("@article")])
    assert text.endswith(BIB[BIB.index("@inbook") :])
    assert read_bibtex(text, "f").entries[0].fields["journaltitle"] == "Soviet Studies"


def test_bibtex_writes_out_what_is_inherited() -> None:
    entries = {entry.key: entry for entry in read_bibtex(convert_library(read_bibtex(BIB, "f"), "bibtex"), "f").entries}
    assert list(entries) == ["Shpotov:1", "part", "whole"]
    assert entries["part"].fields == {
        "title": "Part", "address": "Moscow", "author": "Lenin, V. I.", "bookauthor": "Lenin, V. I.", "booktitle": "Works: All",
        "year": "1933--1936",
    }  # fmt: skip


def test_new_keys_are_followed() -> None:
    text = convert_library(read_bibtex(BIB, "f"), "biblatex", keys="{Author}{year}")
    entries = read_bibtex(text, "f").entries
    assert [entry.key for entry in entries] == ["Shpotov1968", "Lenin1933", "Lenin1933a", "x"]
    assert entries[1].fields["crossref"] == "Lenin1933a"
    with pytest.raises(UsageError, match="shortyear"):
        convert_library(read_bibtex(BIB, "f"), "biblatex", keys="{nosuch}")


def test_csl_json_has_markup_and_comes_back() -> None:
    library = read_bibtex(BIB, "f")
    text = convert_library(library, "csl-json")
    items = json.loads(text)
    assert items[0]["title"] == 'The <span class="nocase">USSR</span> and <i>Pravda</i>'
    again = read_library_bytes(text.encode(), "f.json")
    assert convert_library(again, "csl-json") == text
    assert again.entries[0].fields["title"] == "The {USSR} and \\emph{Pravda}"


def test_ascii_is_read_as_the_same() -> None:
    text = "@book{a, title = {Zlatić – „Über“ СССР, Ελλάδα, {Ł}ódź \\'e}, author = {Шпотов, Б. М.}}"
    library = read_bibtex(text, "f")
    written = convert_library(library, "bibtex", ascii=True)
    again = read_bibtex(written, "f")
    assert library_items(again) == library_items(library)
    assert set(filter(lambda char: not char.isascii(), written)) == set("Ελλάδα")


def test_ris_comes_back() -> None:
    text = convert_library(read_bibtex(BIB, "f"), "ris")
    items = library_items(read_library_bytes(text.encode(), "f.ris"))
    assert items["Shpotov:1"]["title"] == "The USSR and Pravda"
    assert items["part"]["container-title"] == "Works: All"


def test_keys() -> None:
    item = {
        "author": [{"family": "Müller-Lüdenscheidt"}, {"family": "Шпотов"}, {"literal": "Госплан"}, {"family": "D"}],
        "title": "The Economics of the Äther",
        "issued": {"date-parts": [[1968]]},
    }
    assert Keys("{author}:{shortyear}-{titles}").make(item) == "mullerludenscheidt:68-economicsather"
    assert Keys("{Authors}{year}").make(item) == "MullerludenscheidtShpotovGosplanEtal1968"
    keys = Keys(taken=["MULLERLUDENSCHEIDT1968economics"])
    assert keys.make(item) == "mullerludenscheidt1968economicsa"
    assert keys.keep("x") == "x"
    assert keys.keep("X") == "X-2"
    assert Keys("{author}").make({"title": "漢字"}).startswith("source")
    for pattern in ("", "abc", "{author} {year}", "{author}{", "{author}ü"):
        with pytest.raises(UsageError):
            Keys(pattern)


_WORD = st.text("abcdeüñéжф", min_size=2, max_size=8).map(str.capitalize)
_RICH = st.lists(
    _WORD
    | _WORD.map("<i>{}</i>".format)
    | _WORD.map('<span class="nocase">{}</span>'.format)
    | st.sampled_from(["50 %", "a_b", "{x}", "\\input"]),
    min_size=1,
    max_size=4,
).map(" ".join)
_PEOPLE = st.lists(st.fixed_dictionaries({"family": _WORD, "given": _WORD}), min_size=1, max_size=3)
_DATE = st.dates().map(lambda d: {"date-parts": [[d.year, d.month, d.day]]}) | st.sampled_from(
    [
        {"date-parts": [[1933], [1936]]}, {"date-parts": [[1917]], "circa": True}, {"literal": "n.d."},
        {"date-parts": [[1933]], "edtf": "1933/.."}, {"date-parts": [[2004]], "season": 1},
    ]
)  # fmt: skip
_ITEMS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            "article-journal article-newspaper book chapter paper-conference thesis report manuscript webpage map interview"
            " personal_communication song motion_picture graphic legal_case bill document standard treaty speech".split()
        )
    },
    optional={
        "author": _PEOPLE, "editor": _PEOPLE, "translator": _PEOPLE, "illustrator": _PEOPLE, "title": _RICH, "title-short": _WORD,
        "container-title": _RICH, "container-title-short": _WORD, "collection-title": _RICH, "event-title": _WORD,
        "event-place": _WORD, "original-title": _WORD, "original-date": _DATE, "version": _WORD, "part-number": _WORD,
        "publisher": _WORD, "publisher-place": _WORD, "issued": _DATE, "note": _RICH, "annote": _WORD, "status": _WORD,
        "PMID": _WORD, "call-number": _WORD, "keyword": _WORD, "number-of-pages": _WORD,
    },
)  # fmt: skip


@settings(derandomize=True, max_examples=150, deadline=None)
@given(_ITEMS)
def test_csl_to_bibtex_to_csl_keeps_what_both_can_say(item: dict[str, Any]) -> None:
    entry = csl_to_entry(item, "k")
    (again,) = read_bibtex(
        f"@{entry.type}{{k,{','.join(f'{n} = {{{v}}}' for n, v in entry.fields.items())}}}", "f"
    ).entries
    assert entry_to_csl(again, markup=True) == {"id": "k"} | item


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(_ITEMS, min_size=1, max_size=3))
def test_csl_json_law(items: list[dict[str, Any]]) -> None:
    given = [{**item, "id": f"k{n}"} for n, item in enumerate(items)]
    assert json.loads(write_csl_json(given)) == given
    assert list(library_items(read_library_bytes(write_csl_json(given).encode(), "f.json")).values()) == given
