"""Numbered bad files, each with one fault: each finding has the code that the file itself says, its place and advice."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from annotate.cli import run
from corpus.validate import validate_tei
from corpus.validate.schematron import SAME_RULE
from schemas.records import Problem

FOLDER = Path(__file__).parent.parent / "fixtures" / "tei"
FILES = sorted(FOLDER.glob("[0-9][0-9]-*.xml"))


def expected(data: bytes) -> list[str]:
    """The codes that a fixture's own comment announces."""
    found = re.search(rb"expected:(.*?)-->", data)
    assert found is not None
    return found[1].decode().split()


def findings(name: str, *, schematron: bool = False) -> tuple[Problem, ...]:
    (path,) = FOLDER.glob(f"*-{name}.xml")
    return validate_tei(path.read_bytes(), schema="own", schematron=schematron, name=path.name)


def test_fixtures_are_numbered_without_gaps() -> None:
    assert [int(path.name[:2]) for path in FILES] == list(range(len(FILES))) and len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_fault_is_found_and_no_other(path: Path) -> None:
    data = path.read_bytes()
    problems = validate_tei(data, schema="own", name=path.name)
    assert {problem.code for problem in problems} == set(expected(data)), [problem.message for problem in problems]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_schematron_finds_the_same(path: Path) -> None:
    """It adds nothing where our rules have spoken, and is silent where only the grammar is broken."""
    pytest.importorskip("saxonche", reason="saxonche is not installed")
    data = path.read_bytes()
    problems = validate_tei(data, schema="own", schematron=True, name=path.name)
    assert {problem.code for problem in problems} == set(expected(data)), [problem.message for problem in problems]


def test_rules_of_the_fixtures_are_all_rules() -> None:
    """Each rule that Schematron knows is broken by some fixture."""
    seen = {code for path in FILES for code in expected(path.read_bytes())}
    assert {rule for rules in SAME_RULE.values() for rule in rules} <= seen


@pytest.mark.parametrize(
    ("name", "message", "hint", "about"),
    [
        ("unknown-element", "w may not stand here in p", "here may stand: abbr, addName,", "b-1"),
        ("unknown-attribute", "p has no attribute @style", "p has @ana,", "b-2"),
        ("value-not-in-the-list", 'note/@place may not be "margin"', "one of: foot, end, inline, missing", "n-1"),
        ("required-attribute-missing", "ptr lacks the attribute @type", "give it", "m-1"),
        ("licence-missing", "publicationStmt is not complete", "here must stand: availability, idno", "tin"),
        ("text-between-blocks", 'body holds text: "words"', "here may stand: ab, div,", "tin"),
        ("header-out-of-order", "publicationStmt may not stand here in fileDesc", "here must stand: extent", "tin"),
        (
            "copies-differ",
            'the words at the place of the span, "Cornwall", are not those of "e-1"',
            "mend",
            "standOff.",
        ),
    ],
)
def test_messages_name_the_place_and_what_to_do(name: str, message: str, hint: str, about: str) -> None:
    (problem,) = findings(name)
    assert problem.message == message and problem.hint.startswith(hint)
    assert problem.about[0].startswith(about) and re.fullmatch(r"\d\d-.*\.xml:\d+", problem.where or "")


def test_the_command_prints_place_id_message_and_hint(capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = FOLDER.glob("*-unknown-attribute.xml")
    assert run(["validate", str(path)]) == 1
    said = capsys.readouterr().out
    assert re.search(r"unknown-attribute\.xml:\d+ \[b-2\]: error: p has no attribute @style \(p has @ana, @cert", said)


def test_schematron_without_saxon_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from corpus.validate import schematron

    schematron.processor.cache_clear()
    monkeypatch.setitem(sys.modules, "saxonche", None)
    assert run(["validate", "--schematron", str(FILES[0])]) == 4
    assert "pip install 'adfontes[schematron]'" in capsys.readouterr().err
    schematron.processor.cache_clear()


def test_files_of_others_are_not_held_to_our_schema() -> None:
    data = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p style="x"/></body></text></TEI>'
    assert validate_tei(data, schema="own", name="other.xml") == ()
