"""The user's own library in every form, through the whole command; what of it reaches ``paper.bib`` and the fact list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.cli import run
from bibliography.bibtex import read_bibtex
from schemas.records import decode_article

PAPER = """Coal and Gold

Miriam Ashdown

Coal exports fell from 73 to 39 million tons1. The pound was overvalued by 10 per cent2.

Notes

1. R. S. Sayers, The Bank of England, 1891-1944 (Cambridge: Cambridge University Press, 1976), 211.
2. Peter Temin, Lessons from the Great Depression (Cambridge: MIT Press, 1989), 14.
"""
CSL = [
    {
        "id": "sayers",
        "type": "book",
        "author": [{"family": "Sayers", "given": "R. S."}],
        "title": "The Bank of England, 1891–1944",
        "publisher": "Cambridge University Press",
        "issued": {"date-parts": [[1976]]},
    }
]
RIS = "TY  - BOOK\nID  - sayers\nAU  - Sayers, R. S.\nTI  - The Bank of England, 1891–1944\nPB  - Cambridge University Press\nPY  - 1976\nER  - \n"
BIB = """@book{sayers, author = {Sayers, R. S.}, title = {The Bank of {England}, 1891--1944}, year = {1976},
  publisher = {Cambridge University Press}, note = {\\input{/etc/passwd}\\write18{ls}}, xdata = {place}}
@xdata{place, location = {Cambridge}}
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "paper.txt").write_text(PAPER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "text"), [("refs.json", json.dumps(CSL)), ("refs.ris", RIS), ("refs.bib", BIB)])
def test_every_form_of_library(folder: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "adfontes.toml").write_text('keys = "{Author}_{year}"\n', encoding="utf-8")
    assert run(["annotate", "paper.txt", "--bib", name, "-o", "out"]) == 0
    article = decode_article((folder / "out" / "paper.json").read_bytes())
    assert [ref.key for ref in article.references if ref.status == "linked"] == ["sayers"]
    written = (folder / "out" / "paper.bib").read_text(encoding="utf-8")
    entries = {entry.key: entry for entry in read_bibtex(written, "paper.bib").entries}
    assert {"sayers", "Temin_1989"} <= set(entries)
    if name == "refs.bib":
        assert entries["place"].type == "xdata"
        assert "\\input" not in written
        assert "\\write" not in written
    capsys.readouterr()
    assert run(["facts", "out/paper.json", "--style", "chicago-author-date"]) == 0
    shown = capsys.readouterr().out
    assert "Sayers, R. S. 1976. The Bank of England, 1891–1944." in shown
    assert "## Sources" in shown


def test_a_wrong_key_pattern_is_told_before_work(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "adfontes.toml").write_text('keys = "{surname}"\n', encoding="utf-8")
    assert run(["annotate", "paper.txt"]) == 2
    assert "{author}" in capsys.readouterr().err
    assert not (folder / "paper.json").exists()
