"""What an editor flags: each rule on an entry that breaks it, and none on a sound one; and what is mended safely."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibliography.bibtex import read_bibtex
from bibliography.check import check_library, fix_library
from bibliography.files import read_library_bytes

SOUND = (
    "@article{a, author={Eichengreen, Barry and Sachs, Jeffrey}, title={Exchange Rates \\& Recovery of the {USSR}}, journal={JEH},"
    " year={1985}, pages={925--46}, doi={10.1017/S0022050700035178}, isbn={978-0-306-40615-7, 0-306-40615-2}, issn={0022-0507},"
    " url={https://example.org/a_b?c=d&e=100%}, month=mar, volume={45}}\n"
)
BOOKS = """@book{b1, author = {Lenin, V. I.}, title = {Works}, date = {1917-10/1918}, publisher = {Politizdat}}
@incollection{b2, author = {Lenin, V. I.}, title = {Part}, pages = {1--2}, crossref = {b3}}
@collection{b3, editor = {Petrov, Yu. A.}, title = {Essays}, date = {192X}}
@unpublished{b4, title = {Protocol}, library = {RGASPI}, shelfmark = {f. 17}, date = {1923~}}
@online{b5, title = {Page}, url = {https://example.org}, urldate = {2024-02-29}}
"""


def _codes(text: str) -> list[str]:
    return [problem.code for problem in check_library(read_bibtex(text, "refs.bib"))]


@pytest.mark.parametrize("text", [SOUND, BOOKS])
def test_sound_entries_have_no_finding(text: str) -> None:
    assert _codes(text) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("year={1985}, ", "", "bib-missing-field"),
        ("@article", "@artikle", "bib-unknown-type"),
        ("journal={JEH}", "journal={JEH}, note={ }", "bib-empty-field"),
        ("journal={JEH}", "journal={JEH}, jurnal={JEH}", "bib-unknown-field"),
        ("journal={JEH}", "journal={JEH}, journaltitle={Another}", "bib-two-names"),
        ("925--46", "925--900", "bib-pages-reversed"),
        ("925--46", "925-946", "bib-pages-dash"),
        ("925--46", "925 -- 946", "bib-pages-dash"),
        ("925--46", "pp. 925--46", "bib-pages-label"),
        ("{1985}", "{198x}", "bib-year"),
        ("year={1985}", "date={1985-13}", "bib-date"),
        ("year={1985}", "date={1985-02-30}", "bib-date"),
        ("year={1985}", "date={in spring}", "bib-date"),
        ("year={1985}", "year={1985}, date={1986}", "bib-two-dates"),
        ("month=mar", "month={13}", "bib-month"),
        ("{45}", "{vol. 45}", "bib-number-label"),
        ("{10.1017", "{https://doi.org/10.1017", "bib-doi"),
        ("{10.1017/S0022050700035178}", "{S0022050700035178}", "bib-doi"),
        ("978-0-306-40615-7", "978-0-306-40615-8", "bib-isbn"),
        ("978-0-306-40615-7", "978-0-306", "bib-isbn"),
        ("0022-0507", "0022-0508", "bib-issn"),
        ("0022-0507", "0022", "bib-issn"),
        ("https://example.org", "example.org", "bib-url"),
        ("Barry and Sachs, Jeffrey", "Barry et al.", "bib-names"),
        ("Barry and Sachs, Jeffrey", "Barry; Sachs, Jeffrey", "bib-names"),
        ("Barry and Sachs", "Barry and and Sachs", "bib-names"),
        ("Barry and Sachs", "Barry, Sachs, J., Feld", "bib-names"),
        ("Eichengreen, Barry and", "Ministry of Trade and", "bib-names-body"),
        ("Eichengreen, Barry and", "EICHENGREEN, BARRY and", "bib-names-caps"),
        ("\\& Recovery", "& Recovery", "bib-special"),
        ("\\& Recovery", "and $ Recovery", "bib-special"),
        ("\\& Recovery", "_ Recovery", "bib-special"),
        ("\\& Recovery", "&amp; Recovery", "bib-html"),
        ("{USSR}", "USSR", "bib-title-case"),
        ("Exchange Rates \\& Recovery of the {USSR}", "EXCHANGE RATES AND RECOVERY", "bib-title-caps"),
        ("Recovery", "\\input{x}", "bib-latex-acts"),
        ("Recovery", "\\write18{x}", "bib-latex-acts"),
        ("Recovery", "^^5cinput", "bib-latex-acts"),
        ("Recovery", "A \\{ B", "bib-braces"),
        ("{a,", "{ключ,", "bib-key"),
        ("Recovery", "Re\u0301covery", "bib-nfc"),
        ("Recovery", "Reco\u200bvery", "bib-invisible"),
        ("Recovery", "Rеcоvery", "bib-mixed-script"),
        ("year={1985}", "year={1985}, crossref={nosuch}", "bib-crossref"),
        ("year={1985}", "year={1985}, xdata={a}", "bib-crossref-cycle"),
    ],
)
def test_rule(old: str, new: str, code: str) -> None:
    assert old in SOUND
    assert _codes(SOUND.replace(old, new)) == [code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("@misc{a}", ["bib-empty-entry"]),
        (SOUND + SOUND.replace("{a,", "{b,"), ["bib-duplicate-work"]),
        (SOUND + SOUND.replace("{a,", "{A,"), ["bib-key-case", "bib-duplicate-work"]),
        (SOUND + BOOKS.replace("date = {1917-10/1918}", "date = {1917}, ids = {a}"), ["bib-alias"]),
        (BOOKS.replace("crossref = {b3}", "year = 1920, crossref = {b1}, booktitle = {B}"), ["bib-crossref-order"]),
    ],
)
def test_rules_over_the_whole_file(text: str, codes: list[str]) -> None:
    assert _codes(text) == codes


def test_findings_have_the_line_of_their_field() -> None:
    text = "% head\n@book{a,\n  author = {Sutton, A.},\n  title = {\n   One},\n  year = {198x},\n}\n"
    (problem,) = check_library(read_bibtex(text, "refs.bib"))
    assert (problem.where, problem.about) == ("refs.bib:6", ("a",))


FAULTY = (
    "% mine\r\n@article{a,\r\n  author = {Sutton, A. et al.},\r\n  title = {Trade & the USSR},\r\n  journal = {J},\r\n  year = 1968,\r\n"
    "  pages = {p. 12-15},\r\n  doi = {https://doi.org/10.1000/182},\r\n  note = {},\r\n  volume = {vol. 3}\r\n}\r\n\r\n"
    "@book{b, author = {X, Y.}, title = {Broken, year = 1968, pages = {1-2}\r\n\r\n@book{c, author = {Z, Y.}, title = {Fine}, year = 1968}"
)


def test_what_is_safe_is_mended_and_nothing_else() -> None:
    library = read_library_bytes(FAULTY.encode(), "refs.bib")
    mended, done = fix_library(library)
    assert mended.text == FAULTY.replace(" et al.", " and others").replace(
        "Trade & the USSR", "Trade \\& the {USSR}"
    ).replace("p. 12-15", "12--15").replace("https://doi.org/", "").replace("  note = {},\r\n", "").replace(
        "vol. 3", "3"
    )
    assert {(one.key, one.field) for one in done} == {
        ("a", name) for name in ("author", "title", "pages", "doi", "note", "volume")
    }
    assert fix_library(mended) == (mended, ())
    assert [p.code for p in check_library(mended) if p.about == ("a",)] == []


def test_a_field_that_stands_twice_keeps_both() -> None:
    text = "@book{a, author={X, Y.}, title={A & B}, title={C}, year=1968}"
    mended, _ = fix_library(read_bibtex(text, "f"))
    assert mended.text == text.replace("A & B", "A \\& B")


def test_real_libraries_keep_everything_but_what_was_mended(shared_data: Path) -> None:
    for path in sorted((shared_data / "notes" / "dev" / "bib").glob("*.bib")):
        library = read_library_bytes(path.read_bytes(), path.name)
        mended, done = fix_library(library)
        assert [entry.key for entry in mended.entries] == [entry.key for entry in library.entries]
        touched = {(one.key, one.field) for one in done}
        for old, new in zip(library.entries, mended.entries, strict=True):
            assert {n: v for n, v in old.fields.items() if (old.key, n) not in touched} == {
                n: v for n, v in new.fields.items() if (old.key, n) not in touched
            }
