"""Libraries made into one: the same work once, conflicts told, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibliography.bibtex import Library, read_bibtex
from bibliography.merge import Finding, merge

MINE = read_bibtex(
    """% my library
@string{cup = "Cambridge University Press"}
@book{sayers1976,
  author = {Sayers, R. S.},
  title = {The Bank of England, 1891--1944},
  publisher = cup,
  year = 1976,
}
@article{suponitskaya, author = {Suponitskaya, I. M.}, title = {Amerikanizatsiia sovetskoi Rossii},
  journal = {Voprosy istorii}, year = {2013}, pages = {46--59}, number = 9}
@inbook{part, title = {A Part}, crossref = {sayers1976}}
""",
    "mine.bib",
)


def _merged(theirs: str) -> tuple[Library, tuple[Finding, ...]]:
    return merge([MINE, read_bibtex(theirs, "theirs.bib")])


def _fields(library: Library, key: str) -> dict[str, str]:
    return next(entry.fields for entry in library.entries if entry.key == key)


def test_the_same_work_becomes_one_entry_with_what_only_the_other_has() -> None:
    library, (finding,) = _merged(
        "@book{b, author = {Sayers, Richard S.}, title = {The {Bank of England}, 1891-1944}, year = {1976}, isbn = {1}}"
    )
    assert (finding.kind, finding.key, finding.added, finding.differs) == ("same", "sayers1976", ("isbn",), ())
    assert _fields(library, "sayers1976") == _fields(MINE, "sayers1976") | {"isbn": "1", "ids": "b"}
    assert library.text.startswith("% my library\n")
    assert "publisher = cup," in library.text


def test_a_field_that_differs_is_told_and_the_first_stands() -> None:
    library, (finding,) = _merged(
        "@book{sayers1976, author = {Sayers, R. S.}, title = {The Bank of England, 1891–1944}, year = 1976, publisher = {CUP}}"
    )
    assert finding.differs == (("publisher", "Cambridge University Press", "CUP"),)
    assert library.text == MINE.text


def test_across_scripts_and_names_of_fields() -> None:
    library, (finding,) = _merged(
        "@article{s, author = {Супоницкая, И. М.}, title = {Американизация советской России},"
        " journaltitle = {Вопросы истории}, date = {2013}, pages = {46-59}}"
    )
    assert (finding.kind, finding.key, finding.differs) == ("same", "suponitskaya", ())
    assert _fields(library, "suponitskaya")["ids"] == "s"


@pytest.mark.parametrize(
    "other",
    [
        "@book{b, author = {Sayers, R. S.}, title = {The Bank of England, 1891--1944}, year = 1986}",
        "@book{b, author = {Sayers, R. S.}, title = {The Bank of England, 1891--1944}, year = 1976, volume = 2, edition = 2}"
        " @book{c, author = {Sayers, R. S.}, title = {The Bank of England, 1891--1944}, year = 1976, volume = 3, edition = 3}",
    ],
)
def test_editions_and_volumes_stay_apart(other: str) -> None:
    base = read_bibtex(
        "@book{a, author = {Sayers, R. S.}, title = {The Bank of England, 1891--1944}, year = 1976, volume = 1, edition = 1}",
        "a.bib",
    )
    theirs = read_bibtex(other, "b.bib")
    library, findings = merge([base, theirs])
    assert [finding.kind for finding in findings] == ["alike"] * len(theirs.entries)
    assert {finding.like for finding in findings} == {"a"}
    assert len(library.entries) == 1 + len(theirs.entries)


def test_a_taken_key_is_changed_with_what_points_to_it() -> None:
    library, findings = _merged(
        "@book{sayers1976, author = {Sayers, R. S.}, title = {Modern Banking}, year = 1938}\n"
        "@inbook{chapter, author = {Sayers, R. S.}, title = {On Reserves}, crossref = {sayers1976}}"
    )
    assert [(f.kind, f.key, f.renamed) for f in findings] == [("new", "sayers1976-2", True), ("new", "chapter", False)]
    assert _fields(library, "chapter")["crossref"] == "sayers1976-2"
    assert _fields(library, "part")["crossref"] == "sayers1976"


def test_nothing_is_lost_and_merging_again_changes_nothing() -> None:
    theirs = read_bibtex(
        "@misc{x, title = {Untitled}}\n@misc{y}\n@book{z, author = {Nove, A.}, title = {Economic History}, year = 1969}",
        "t.bib",
    )
    once, _ = merge([MINE, theirs])
    assert {entry.key for entry in once.entries} == {entry.key for entry in (*MINE.entries, *theirs.entries)}
    again, findings = merge([once, MINE])
    assert again.text == once.text
    assert {finding.kind for finding in findings if finding.old_key != "part"} == {"same"}


def test_the_command_reports_and_never_writes_over_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from annotate.cli import run

    (tmp_path / "a.bib").write_text(MINE.text, encoding="utf-8")
    (tmp_path / "b.bib").write_text("@book{n, author = {Nove, A.}, title = {Economic History}, year = 1969}", "utf-8")
    a, b, c = (str(tmp_path / name) for name in ("a.bib", "b.bib", "c.bib"))
    assert run(["bib", "merge", a, b, "-o", c]) == 0
    assert "b.bib: n: kept\n" in capsys.readouterr().out
    assert (tmp_path / "c.bib").read_text("utf-8").startswith(MINE.text)
    assert run(["bib", "merge", a, b, "-o", c]) == 2
    assert run(["bib", "merge", a, b, "-o", b]) == 2
    assert run(["bib", "merge", a, "-o", c, "--force"]) == 2
    assert run(["bib", "merge", a, b, "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith(MINE.text)


def test_entries_that_are_no_works_are_kept() -> None:
    library, findings = _merged(
        "@xdata{house, publisher = {Penguin}}\n@book{n, title = {Grain}, author = {Nove, A.}, xdata = {house}}"
    )
    assert [finding.kind for finding in findings] == ["new", "new"]
    assert _fields(library, "house") == {"publisher": "Penguin"}
