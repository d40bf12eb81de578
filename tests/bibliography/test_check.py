"""What an editor flags: each rule on an entry that breaks it, and none on a sound one."""

from __future__ import annotations

import pytest

from bibliography.bibtex import read_bibtex
from bibliography.check import check_library

SOUND = (
    "@article{a, author={Eichengreen, Barry and Sachs, Jeffrey}, title={Exchange Rates \\& Recovery}, journal={JEH},"
    " year={1985}, pages={925--46}, doi={10.1017/S0022050700035178}, isbn={978-0-306-40615-7}}\n"
)


def _codes(text: str) -> list[str]:
    return [problem.code for problem in check_library(read_bibtex(text, "refs.bib"))]


def test_sound_entry_has_no_finding() -> None:
    assert _codes(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("year={1985}, ", "", "bib-missing-field"),
        ("@article", "@artikle", "bib-unknown-type"),
        ("journal={JEH}", "journal={JEH}, note={ }", "bib-empty-field"),
        ("925--46", "925--900", "bib-pages-reversed"),
        ("925--46", "925-946", "bib-pages-hyphen"),
        ("{1985}", "{198x}", "bib-year"),
        ("{10.1017", "{https://doi.org/10.1017", "bib-doi"),
        ("978-0-306-40615-7", "978-0-306-40615-8", "bib-isbn"),
        ("Barry and Sachs, Jeffrey", "Barry et al.", "bib-names"),
        ("\\& Recovery", "& Recovery", "bib-ampersand"),
        ("Recovery", "\\input{x}", "bib-latex-acts"),
        ("year={1985}", "year={1985}, crossref={nosuch}", "bib-crossref"),
    ],
)
def test_rule(old: str, new: str, code: str) -> None:
    assert old in SOUND
    assert _codes(SOUND.replace(old, new)) == [code]


def test_same_work_under_two_keys() -> None:
    library = read_bibtex(SOUND + "\n" + SOUND.replace("{a,", "{b,"), "refs.bib")
    (problem,) = check_library(library)
    assert (problem.code, problem.where, problem.about) == ("bib-duplicate-work", "refs.bib:3", ("b",))
