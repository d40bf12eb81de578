"""The command line as a user meets it: results, one-line errors, exit codes, nothing half-written."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.cli import run
from schemas.records import decode_article

PAPER = """Coal and Gold

Miriam Ashdown

Coal exports fell from 73 to 39 million tons1. The pound was overvalued by 10 per cent2, and
A.C. Sutton thought otherwise. Nothing else is known. The lock-out cost 5 million pounds in that year, as everybody said then.

Notes

1. R. S. Sayers, The Bank of England, 1891-1944 (Cambridge: Cambridge University Press, 1976), 211.
2. Ibid., 300.
"""
LIBRARY = """@book{sutton1968,
  author = {Sutton, Antony C.},
  title = {Western Technology and Soviet Economic Development},
  publisher = {Hoover Institution Press},
  year = {1968},
}
@book{sayers1976,
  author = {Sayers, R. S.},
  title = {The Bank of {England}, 1891--1944},
  publisher = {Cambridge University Press},
  year = {1976},
}
"""
SUFFIXES = (".json", ".tei.xml", ".facts.md", ".facts.csv", ".facts.json", ".bib")

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "paper.txt").write_text(PAPER, encoding="utf-8")
    (tmp_path / "library.bib").write_text(LIBRARY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_annotate_writes_everything_and_the_same_twice(folder: Path) -> None:
    assert run(["annotate", "paper.txt", "--bib", "library.bib", "-o", "one"]) == 0
    assert run(["annotate", "paper.txt", "--bib", "library.bib", "-o", "two"]) == 0
    assert set(written(folder / "one")) == {"paper" + suffix for suffix in SUFFIXES}
    assert written(folder / "one") == written(folder / "two")


def test_claims_reach_the_library(folder: Path) -> None:
    assert run(["annotate", "paper.txt", "--bib", "library.bib"]) == 0
    article = decode_article((folder / "paper.json").read_bytes())
    keys = [[source.key for source in claim.sources] for claim in article.claims]
    assert keys == [["sayers1976"], ["sayers1976"], ["sutton1968"]]
    assert [source.locator for claim in article.claims for source in claim.sources] == ["211", "300", None]


def test_unchanged_work_is_skipped_and_forced_work_is_done(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, expected in (
        ([], "wrote"),
        ([], "unchanged"),
        (["--force"], "wrote"),
        (["--licence", "x:y"], "wrote"),
    ):
        assert run(["annotate", "paper.txt", *arguments]) == 0
        assert expected in capsys.readouterr().err


def test_json_lines_come_out_one_a_line(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    lines = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(("In 1929\u2028it fell1.", "", "x"))]
    (folder / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run(["annotate", "texts.jsonl", "--json"]) == 0
    out = capfdbinary.readouterr().out.split(b"\n")
    articles = [decode_article(line) for line in out if line]
    assert [(a.id, a.text) for a in articles] == [("0", "In 1929\u2028it fell1."), ("1", ""), ("2", "x")]


def test_the_other_verbs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["annotate", "paper.txt", "--bib", "library.bib"]) == 0
    assert run(["validate", "paper.tei.xml"]) == 0
    for form in ("md", "csv", "json"):
        assert run(["facts", "paper.json", "--format", form]) == 0
    for form in ("tei", "facts-md", "facts-csv", "facts-json", "bibtex", "csl-json", "text"):
        assert run(["export", "paper.json", "--to", form, "-o", "out"]) == 0
    assert run(["export", "paper.json", "--to", "tei", "-o", "tei"]) == 0
    assert (folder / "tei" / "paper.tei.xml").read_bytes() == (folder / "paper.tei.xml").read_bytes()
    assert run(["import", "paper.txt", "-o", "imported"]) == 0
    assert decode_article((folder / "imported" / "paper.json").read_bytes()).blocks
    capsys.readouterr()
    assert run(["check", "paper.json", "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)
    assert {"code", "severity", "message", "start", "end", "claimed", "computed", "verdict"} <= set(findings[0])
    assert run(["doctor", "--json"]) == 0


def test_bib_verbs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reference = "Sayers, R. S. The Bank of England, 1891-1944. Cambridge: Cambridge University Press, 1976."
    (folder / "refs.txt").write_text(reference + "\nnothing to see\n", encoding="utf-8")
    assert run(["bib", "parse", "refs.txt", "--lines", "--json"]) == 0
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first["raw"] == reference
    assert first["csl"]["title"].startswith("The Bank of England")
    assert isinstance(second["csl"], dict)
    assert run(["bib", "match", "refs.txt", "--bib", "library.bib", "--json"]) == 0
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (first["status"], first["key"]) == ("linked", "sayers1976")
    assert second["status"] == "none"
    assert run(["bib", "check", "library.bib"]) in (0, 1)


BAD = {
    "missing": (["annotate", "none.txt"], 3, "no such file"),
    "empty folder": (["annotate", "empty"], 3, "holds no file"),
    "empty file": (["annotate", "empty.txt"], 3, "empty"),
    "binary": (["annotate", "binary.txt"], 3, "binary.txt"),
    "format": (["annotate", "paper.txt", "--format", "pdf"], 2, "the formats are"),
    "option": (["annotate", "paper.txt", "--bibb", "x"], 2, "--bibb"),
    "library": (["annotate", "paper.txt", "--bib", "none.bib"], 3, "none.bib"),
    "model": (["annotate", "paper.txt", "--model", "xx_none"], 4, "xx_none"),
    "not ours": (["facts", "library.bib"], 3, "not an article of ours"),
    "export form": (["export", "paper.txt", "--to", "pdf"], 2, "the forms are"),
    "verb": (["annotated", "paper.txt"], 2, "annotated"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_calls_are_told_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (folder / "empty").mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    before = sorted(folder.rglob("*"))
    arguments, code, said = BAD[name]
    assert run(arguments) == code
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert error.startswith("adfontes: error: ")
    assert said in error
    assert sorted(folder.rglob("*")) == before


def test_in_a_batch_the_good_files_are_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "broken.txt").write_bytes(b"")
    assert run(["annotate", "paper.txt", "broken.txt", "-o", "out"]) == 5
    assert "failed: " in capsys.readouterr().err
    assert set(written(folder / "out")) == {"paper" + suffix for suffix in SUFFIXES}


def test_an_unbalanced_library_is_reported_and_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "broken.bib").write_text("@book{lost,\n title = {Never {closed},\n}\n\n" + LIBRARY, encoding="utf-8")
    assert run(["annotate", "paper.txt", "--bib", "broken.bib", "-o", "out"]) == 0
    assert "broken.bib:1" in capsys.readouterr().err
    article = decode_article((folder / "out" / "paper.json").read_bytes())
    assert "sayers1976" in {ref.key for ref in article.references}


@pytest.mark.parametrize("text", ["." * 100_000, "word " * 20_000, "1" * 200_000])
def test_hostile_text_is_read_or_refused(folder: Path, text: str) -> None:
    (folder / "hostile.txt").write_text(text, encoding="utf-8")
    assert run(["annotate", "hostile.txt", "-o", "out"]) in (0, 3)


def test_one_endless_line_is_refused_with_advice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "line.txt").write_text("word " * 400_000, encoding="utf-8")
    assert run(["annotate", "line.txt", "-o", "out"]) == 3
    assert "blank lines" in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    command = [sys.executable, "-c", "from annotate.cli import main; main()", "annotate", "paper.txt", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    assert process.wait() == -signal.SIGPIPE


def test_readme_names_every_verb() -> None:
    from annotate.cli.app import app

    readme = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert f"adfontes {command.name}" in readme


def test_a_corpus_of_texts_gives_results_for_each(folder: Path) -> None:
    one = "<TEI><teiHeader/><text><body><p>{} fell from 73 to 39 million tons.</p></body></text></TEI>"
    corpus = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>{one.format("Coal")}{one.format("Rye")}</teiCorpus>'
    (folder / "corpus.xml").write_text(corpus, encoding="utf-8")
    assert run(["annotate", "corpus.xml", "--format", "json", "-o", "out"]) == 0
    articles = [decode_article(path.read_bytes()) for path in sorted((folder / "out" / "corpus").glob("*.json"))]
    assert sorted(article.text.split()[0] for article in articles) == ["Coal", "Rye"]
    assert {path.suffix for path in (folder / "out" / "corpus").iterdir()} == {".json", ".txt"}


def test_profiles_and_notes_of_the_tei_by_option_and_by_configuration(folder: Path) -> None:
    assert run(["annotate", "paper.txt", "-o", "out", "--format", "tei,json"]) == 0
    hybrid = (folder / "out" / "paper.tei.xml").read_bytes()
    assert run(["annotate", "paper.txt", "-o", "out", "--format", "tei,json", "--profile", "minimal"]) == 0
    minimal = (folder / "out" / "paper.tei.xml").read_bytes()
    assert b"<measure xml:id" in hybrid and b"<measure xml:id" not in minimal
    (folder / "adfontes.toml").write_text('[tei]\nprofile = "standoff"\nnotes = "inline"\n', encoding="utf-8")
    assert run(["export", "out/paper.json", "--to", "tei", "-o", "again"]) == 0
    standoff = (folder / "again" / "paper.tei.xml").read_bytes()
    assert b"<measure xml:id" not in standoff and b'type="anchor"' not in standoff and b"<anchor " in standoff
    assert run(["export", "out/paper.json", "--to", "tei", "--profile", "full"]) == 2
    assert run(["export", "out/paper.json", "--to", "csv", "--profile", "inline"]) == 2
    (folder / "adfontes.toml").write_text('[tei]\nprofle = "standoff"\n', encoding="utf-8")
    assert run(["export", "out/paper.json", "--to", "tei"]) == 2
