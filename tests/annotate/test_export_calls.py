"""``export`` and ``import`` as a new user calls them: one line for each mistake, and no file of the user's is overwritten."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from lxml import etree

from annotate.cli import run
from annotate.decisions import append_decisions, decisions_between
from annotate.decisions.files import decisions_file
from annotate.exports import EXPORTS
from corpus.markup.walk import XML_ID
from corpus.store import load_articles
from schemas.records import Annotation, Article, Block, Metadata, Reference, Source, decode_article, encode_article
from schemas.values import EntityValue

TEXT = "Rye rose by 5 percent."
ARTICLE = Article(
    id="a", source=Source("rye.txt", "text/plain", "00", "utf-8"), metadata=Metadata(title="Rye"), text=TEXT,
    blocks=(Block("b-1", "paragraph", 0, len(TEXT)),),
    references=(Reference("r-1", None, None, None, None, csl={"type": "book", "title": "Rye"}, key="rye1931"),),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("rye.json").write_bytes(encode_article(ARTICLE))
    return tmp_path


@pytest.mark.parametrize("form", EXPORTS)
def test_every_form_is_written_to_a_folder_and_to_standard_output(
    folder: Path, form: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["export", "rye.json", "--to", form, "-o", "out"]) == 0
    (file,) = (folder / "out").iterdir()
    assert file.name == "rye" + EXPORTS[form][0]
    capfdbinary.readouterr()
    assert run(["export", "rye.json", "--to", form]) == 0
    assert capfdbinary.readouterr().out == file.read_bytes()


def test_a_folder_of_results_keeps_its_order(folder: Path) -> None:
    for name in ("one/rye.json", "two/rye.json", "two/notes.json", "two/rye.facts.json"):
        Path("papers", name).parent.mkdir(parents=True, exist_ok=True)
        Path("papers", name).write_bytes(encode_article(ARTICLE) if name.endswith("rye.json") else b'{"a": 1}')
    assert run(["export", "papers", "--to", "text", "-o", "out"]) == 0
    assert sorted(str(file.relative_to("out")) for file in Path("out").rglob("*.text")) == [
        "one/rye.text",
        "two/rye.text",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nothing.json", "--to", "tei"], 3, "no such file"),
        (["empty", "--to", "tei"], 3, "annotate first"),
        (["later.json", "--to", "tei"], 3, "adfontes/article/2"),
        (["folder", "--to", "tei"], 3, "adfontes/article/2"),
        (["other.json", "--to", "tei"], 3, "not an article of ours"),
        (["rye.json", "--to", "tie"], 2, "the forms are tei, "),
        (["rye.json", "--to", "tei", "-o", "other.json"], 3, "cannot be written"),
        (["rye.json", "--to", "tei", "-o", "other.json/x"], 3, "cannot be written"),
        (["rye.json", "rye.json", "--to", "tei", "-o", "out"], 2, "would both write"),
        (["rye.json", "--to", "bibtex", "-o", "mine"], 2, "was not written by adfontes"),
    ],
)
def test_mistakes_are_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    for name in ("empty", "folder", "mine"):
        Path(name).mkdir()
    later = msgspec.json.format(encode_article(ARTICLE), indent=1).replace(b"article/1", b"article/2")
    Path("later.json").write_bytes(later)
    Path("folder/later.json").write_bytes(later)
    Path("other.json").write_text('{\n"a": 1\n}')
    Path("mine/rye.bib").write_text("@book{mine, title = {Mine}}")
    assert run(["export", *arguments]) == code
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1 and "Traceback" not in error
    assert Path("mine/rye.bib").read_text() == "@book{mine, title = {Mine}}"


def test_ids_that_give_one_file_name_are_told_apart(folder: Path) -> None:
    lines = [msgspec.json.encode({"id": name, "text": TEXT}) for name in ("a/b", "a:b", "A_b")]
    Path("t.jsonl").write_bytes(b"\n".join(lines))
    assert run(["import", "t.jsonl", "-o", "out"]) == 0
    assert sorted(file.name for file in Path("out").iterdir()) == ["t.A_b.3.json", "t.a_b.2.json", "t.a_b.json"]
    assert [decode_article(Path("out", f"t.{name}.json").read_bytes()).id for name in ("a_b", "a_b.2", "A_b.3")] == [
        "a/b",
        "a:b",
        "A_b",
    ]


def _decide(document: Path) -> None:
    """What a person decided on an article, and one line that is no decision."""
    marked = Annotation("x-1", "entity", "WORK", 0, 3, EntityValue("Rye", "x-1"), "person")
    (article,) = load_articles(document)
    after = msgspec.structs.replace(article, annotations=(*article.annotations, marked))
    append_decisions(
        decisions_file(document), decisions_between(article, after, creator="Ida Roth", created="2026-05-01")
    )
    with decisions_file(document).open("ab") as file:
        file.write(b"{}\n")


def test_the_header_tells_what_people_decided_beside_the_article(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "rye.json", "--to", "tei", "-o", "before"]) == 0
    _decide(Path("rye.json"))
    assert run(["export", "rye.json", "--to", "tei", "-o", "out"]) == 0
    error = capfd.readouterr().err
    assert error.count("warning: rye.decisions.jsonl:2: ") == 1
    header = etree.parse("out/rye.tei.xml").find("{*}teiHeader")
    assert header is not None
    (change,) = header.iterfind(".//{*}change[@when='2026-05-01']")
    assert header.findtext(f".//{{*}}respStmt[@{XML_ID}='{change.get('who', '')[1:]}']/{{*}}name") == "Ida Roth"
    assert "no person has reviewed" in Path("before/rye.tei.xml").read_text()
    assert "no person has reviewed" not in Path("out/rye.tei.xml").read_text()


def test_a_file_that_tells_decisions_comes_back_to_the_same_bytes(folder: Path) -> None:
    _decide(Path("rye.json"))
    assert run(["export", "rye.json", "--to", "tei", "-o", "out"]) == 0
    assert run(["import", "out/rye.tei.xml", "-o", "back"]) == 0
    Path("back/rye.tei.json").rename("back/rye.json")
    assert load_articles("back/rye.json") == load_articles("rye.json")
    Path("back/rye.decisions.jsonl").write_bytes(Path("rye.decisions.jsonl").read_bytes())
    assert run(["export", "back/rye.json", "--to", "tei", "-o", "again"]) == 0
    assert Path("again/rye.tei.xml").read_bytes() == Path("out/rye.tei.xml").read_bytes()


def test_a_run_and_an_export_tell_the_same_decisions(folder: Path) -> None:
    Path("papers").mkdir()
    Path("papers/rye.txt").write_text(TEXT)
    assert run(["annotate", "papers/rye.txt"]) == 0
    _decide(Path("papers/rye.json"))
    assert run(["annotate", "papers/rye.txt"]) == 0
    written = Path("papers/rye.tei.xml").read_bytes()
    assert b"<name>Ida Roth</name>" in written
    assert run(["export", "papers/rye.json", "--to", "tei", "-o", "out"]) == 0
    assert Path("out/rye.tei.xml").read_bytes() == written
