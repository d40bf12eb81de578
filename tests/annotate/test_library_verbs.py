"""``adfontes bib check``, ``convert``, ``format``: exit codes, streams, files that stay whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.cli import run

FAULTY = "% mine\n@book{a,\n  author = {Sutton, A.},\n  title = {Trade & Aid},\n  year = {198x},\n}\n"
SOUND = "@book{a, author = {Sutton, A.}, title = {Trade}, year = {1968}}\n"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def test_check_tells_the_line_and_exits_1(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bib", "check", str(faulty)]) == 1
    out, err = capsys.readouterr()
    assert [line.split(": ")[0] for line in out.splitlines()] == ["refs.bib:4", "refs.bib:5"]
    assert err == "1 entry, 2 findings\n"
    assert faulty.read_text(encoding="utf-8") == FAULTY
    assert run(["bib", "check", str(faulty), "--json"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["code"] for one in found} == {"bib-year", "bib-special"}


def test_check_of_a_sound_file_exits_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(SOUND, encoding="utf-8")
    assert run(["bib", "check", str(path)]) == 0
    assert capsys.readouterr().out == ""


def test_fix_mends_what_is_safe_and_shows_it(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bib", "check", "--fix", str(faulty)]) == 1  # the year is for a person
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "refs.bib:4: fixed: a: title: “Trade & Aid” -> “Trade \\& Aid”"
    assert faulty.read_text(encoding="utf-8") == FAULTY.replace("&", "\\&")
    assert [path.name for path in faulty.parent.iterdir()] == ["refs.bib"]


@pytest.mark.parametrize("form", ["biblatex", "bibtex", "csl-json", "ris"])
def test_convert(faulty: Path, form: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    target = faulty.parent / "out" / "refs.x"
    assert run(["bib", "convert", str(faulty), "--to", form, "-o", str(target), "--keys", "{Author}"]) == 0
    assert run(["bib", "convert", str(faulty), "--to", form, "--keys", "{Author}"]) == 0
    data = capsysbinary.readouterr().out
    assert data == target.read_bytes()
    assert b"Sutton" in data
    assert run(["bib", "convert", str(target), "--to", "biblatex"]) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["bib", "convert", "{f}", "--to", "docx"], 2),
        (["bib", "convert", "{f}", "-o", "{f}"], 2),
        (["bib", "convert", "{f}", "--keys", "{nosuch}"], 2),
        (["bib", "convert", "nosuch.bib"], 3),
        (["bib", "check", "nosuch.bib"], 3),
        (["bib", "format", "{f}", "--to", "docx"], 2),
        (["bib", "format", "{f}", "--style", "nosuch.csl"], 3),
    ],
)
def test_wrong_calls(faulty: Path, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([argument.replace("{f}", str(faulty)) for argument in arguments]) == code
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert faulty.read_text(encoding="utf-8") == FAULTY


def test_other_forms_are_not_mended_in_place(tmp_path: Path) -> None:
    path = tmp_path / "refs.json"
    path.write_text('[{"type": "book", "id": "a", "title": "A & B"}]', encoding="utf-8")
    assert run(["bib", "check", str(path), "--fix"]) == 2
    assert run(["bib", "check", str(path)]) == 1


def test_format(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(SOUND, encoding="utf-8")
    assert run(["bib", "format", str(path)]) == 0
    assert capsysbinary.readouterr().out == b"Sutton, A. 1968. Trade.\n"
    assert run(["bib", "format", str(path), "--to", "md"]) == 0
    assert capsysbinary.readouterr().out == b"- Sutton, A. 1968. *Trade*.\n"


def test_a_missing_extra_gives_the_install_line(
    faulty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bibliography import styles

    monkeypatch.setattr(styles.importlib.util, "find_spec", lambda name: None)
    assert run(["bib", "format", str(faulty), "--style", "chicago"]) == 4
    assert "pip install 'adfontes[styles]'" in capsys.readouterr().err
