"""``export`` and ``import`` as a new user calls them: one line for each mistake, and no file of the user's is overwritten."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from annotate.cli import run
from annotate.exports import EXPORTS
from schemas.records import Article, Block, Metadata, Reference, Source, decode_article, encode_article

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
