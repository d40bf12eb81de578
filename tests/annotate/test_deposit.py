"""The deposit as a user meets it: one bag that independent readers accept, the same bytes each time, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import msgspec
import pytest
from lxml import etree
from rocrate.rocrate import ROCrate

from annotate.cli import run
from corpus.store import read_articles
from schemas.records import (
    Annotation,
    Article,
    Citation,
    Claim,
    ClaimSource,
    Made,
    Metadata,
    Person,
    Reference,
    Target,
    decode_article,
    encode_article,
)
from schemas.values import EntityValue

BY = "https://creativecommons.org/licenses/by/4.0/"
TEXT = "Rye and Coal\n\nSutton counted 118 plants in the Soviet Union.\n"
DC_ELEMENTS = set(
    "title creator subject description publisher contributor date type format identifier source language relation coverage"
    " rights".split()
)


def write_article(
    folder: Path, stem: str, *, text: str = TEXT, source: str | None = None, **metadata: object
) -> Article:
    """A source file and the article that was read from it, with one claim."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / (source or f"{stem}.txt")
    file.write_text(text, encoding="utf-8")
    (article,) = read_articles(file)
    start = article.text.index("Sutton")
    csl = {"type": "book", "title": "Technology", "author": [{"family": "Sutton", "given": "Antony"}]}
    article = msgspec.structs.replace(
        article,
        metadata=msgspec.structs.replace(article.metadata, **metadata),  # type: ignore[arg-type]
        annotations=(Annotation("e-1", "entity", "PERSON", start, start + 6, EntityValue("Sutton", "c-1"), "ner"),),
        references=(Reference("r-1", None, None, None, None, csl=csl, key="sutton1968"),),
        citations=(Citation("ci-1", "short", "Sutton", start, start + 6, targets=(Target("r-1", None, 0.9, "name"),)),),
        claims=(
            Claim("cl-1", start, len(article.text), sources=(ClaimSource("r-1", "sutton1968"),), entities=("e-1",)),
        ),
        made=Made("0.1.0", "en_test-1"),
    )
    (folder / f"{stem}.json").write_bytes(encode_article(article))
    return article


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*arguments: str) -> int:
    return run(["export", *arguments, "--to", "archive"])


def test_one_bag_that_independent_readers_accept(folder: Path) -> None:
    write_article(
        folder / "out", "rye", title="Rye", authors=(Person("Berg", "Nina", affiliation="Oslo"),), licence="CC BY 4.0"
    )
    assert export("out", "-o", "bag", "--date", "2026-11-25") == 0
    bagit.Bag("bag").validate()
    assert bagit.Bag("bag").info["Bagging-Date"] == "2026-11-25"
    assert (folder / "bag" / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    crate = ROCrate("bag/data")
    held = set(files_of(folder / "bag" / "data")) - {"ro-crate-metadata.json"}
    assert {entity.id for entity in crate.data_entities if entity.type == "File"} == held
    assert crate.license.id == BY and crate.root_dataset["datePublished"] == "2026-11-25"
    assert [author["name"] for author in crate.root_dataset["author"]] == ["Nina Berg"]
    expected = (
        "rye.tei.xml rye.json rye.bib rye.csl.json rye.facts.md rye.facts.csv rye.facts.json rye.oai-dc.xml rye.txt"
    )
    assert {path.removeprefix("rye/") for path in held if path.startswith("rye/")} == set(expected.split())
    assert {"README.md", "LICENCE.txt", "schemas/article.schema.json"} <= held
    assert run(["validate", "bag"]) == 0


def test_the_dublin_core_record_keeps_its_schema(folder: Path) -> None:
    write_article(
        folder, "rye", title="Rye & Coal", authors=(Person("Berg", "Nina"),), licence="CC BY 4.0", keywords=("rye",),
        DOI="10.1/x", issued="1931-05", abstract="Rye\x0c grew.",
    )  # fmt: skip
    assert export("rye.json", "-o", "bag") == 0
    root = etree.parse("bag/data/rye/rye.oai-dc.xml").getroot()
    assert root.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
    names = [etree.QName(element) for element in root]
    assert {name.namespace for name in names} == {"http://purl.org/dc/elements/1.1/"}
    assert {name.localname for name in names} <= DC_ELEMENTS
    assert all(len(element) == 0 and element.text and not element.attrib for element in root)
    found = [(etree.QName(element).localname, element.text) for element in root]
    for pair in [
        ("title", "Rye & Coal"),
        ("creator", "Berg, Nina"),
        ("subject", "rye"),
        ("date", "1931-05"),
        ("rights", BY),
    ]:
        assert pair in found
    assert ROCrate("bag/data").root_dataset["datePublished"] == "1931-05"


def test_two_runs_give_the_same_bytes(folder: Path) -> None:
    write_article(folder / "out", "rye", licence="CC BY 4.0")
    write_article(folder / "out" / "more", "coal", licence="CC BY 4.0")
    for name in ("one", "two"):
        assert export("out", "-o", name) == 0
        assert export("out", "-o", f"{name}/../{name}.zip") == 0
    assert files_of(folder / "one") == files_of(folder / "two")
    assert export("out", "-o", "one") == 0  # an unchanged bag of ours is written anew
    assert files_of(folder / "one") == files_of(folder / "two")
    with zipfile.ZipFile("one.zip") as first, zipfile.ZipFile("two.zip") as second:
        assert [info.filename for info in first.infolist()] == [f"one/{path}" for path in files_of(folder / "one")]
        for info in first.infolist():
            assert first.read(info) == second.read(info.filename.replace("one/", "two/", 1))
    before = (folder / "one.zip").read_bytes()
    assert export("out", "-o", "one.zip") == 0
    assert (folder / "one.zip").read_bytes() == before
    assert run(["validate", "one", "one.zip"]) == 0


def test_no_licence_no_deposit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_article(folder, "rye")
    assert export("rye.json", "-o", "bag") == 2
    assert "rye.json: no licence is stated" in (said := capsys.readouterr().err) and f"--licence {BY}" in said
    assert not (folder / "bag").exists()
    assert export("rye.json", "-o", "bag", "--licence", BY) == 0
    article = decode_article((folder / "bag" / "data" / "rye" / "rye.json").read_bytes())
    assert article.metadata.licence == BY
    assert f'target="{BY}"' in (folder / "bag" / "data" / "rye" / "rye.tei.xml").read_text(encoding="utf-8")


def test_a_licence_without_an_address_stands_in_its_file(folder: Path) -> None:
    write_article(folder, "rye", licence="All rights reserved by the press.")
    assert export("rye.json", "-o", "bag") == 0
    assert "All rights reserved by the press." in (folder / "bag" / "data" / "LICENCE.txt").read_text()
    assert ROCrate("bag/data").license.id == "LICENCE.txt"
    assert run(["validate", "bag"]) == 0


def test_names_are_ascii_and_clashes_are_solved_and_told(folder: Path) -> None:
    for place, stem in (("a", "Ernte_1931"), ("b", "Ernte 1931"), ("c", "Шпотов"), ("c", "ernte-1931"), ("d", "北京")):
        write_article(folder / "out" / place, stem, source=f"Müller & {stem}.txt", licence="CC BY 4.0")
    assert export("out", "-o", "bag") == 0
    names = {part for path in files_of(folder / "bag" / "data") for part in path.split("/")}
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") for name in names)
    folders = {path.split("/")[0] for path in files_of(folder / "bag" / "data") if "/" in path} - {"schemas"}
    assert len({name.lower() for name in folders}) == 5
    readme = (folder / "bag" / "data" / "README.md").read_text(encoding="utf-8")
    assert "its name was a/Ernte\\_1931;" in readme and "Müller & Шпотов.txt, kept as Muller-Shpotov.txt" in readme
    assert run(["validate", "bag"]) == 0


def test_two_papers_whose_names_meet_only_in_ascii(folder: Path) -> None:
    for stem in ("Rye_1", "Rye 1", "rye-1", "schemas"):
        write_article(folder / "out", stem, licence="CC BY 4.0")
    assert export("out", "-o", "bag") == 0
    assert {"Rye-1", "Rye-1-2", "rye-1-3", "schemas", "schemas-2"} < {
        path.split("/")[0] for path in files_of(folder / "bag" / "data")
    }


def test_the_source_only_where_it_is_the_same(folder: Path) -> None:
    article = write_article(folder / "out", "rye", licence="CC BY 4.0")
    assert hashlib.sha256((folder / "out" / "rye.txt").read_bytes()).hexdigest() == article.source.sha256
    (folder / "out" / "rye.txt").write_text(TEXT + "One more line.\n")
    assert export("out", "-o", "bag") == 0
    assert "rye/rye.txt" not in files_of(folder / "bag" / "data")
    assert (folder / "bag" / "data" / "rye" / "rye.source.txt").read_text() == TEXT
    readme = (folder / "bag" / "data" / "README.md").read_text()
    assert f"rye.txt (sha256 {article.source.sha256}) is not in this deposit" in readme
    (folder / "papers" / "1931").mkdir(parents=True)
    (folder / "papers" / "1931" / "rye.txt").write_text(TEXT)
    assert export("out", "-o", "bag", "--sources", "papers") == 0
    assert files_of(folder / "bag" / "data")["rye/rye.txt"] == TEXT.encode()


def test_a_record_of_decisions_goes_along(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_article(folder, "rye", licence="CC BY 4.0")
    target = {"source": "rye", "selector": [{"type": "TextQuoteSelector", "exact": "Sutton"}]}
    decision = {
        "id": "x",
        "motivation": "assessing",
        "target": target,
        "body": True,
        "creator": "Ida Roth",
        "created": "",
    }
    record = json.dumps(decision) + '\n{"id": "x"}\n'
    (folder / "rye.decisions.jsonl").write_text(record)
    assert export("rye.json", "-o", "bag") == 0
    assert "warning: rye.decisions.jsonl:2: " in capsys.readouterr().err
    files = files_of(folder / "bag" / "data")
    assert files["rye/rye.decisions.jsonl"] == record.encode()
    assert b"<name>Ida Roth</name>" in files["rye/rye.tei.xml"]


def _change(data: bytes) -> bytes:
    return data[:40] + bytes([data[40] ^ 1]) + data[41:]


@pytest.mark.parametrize(
    ("path", "change", "code"),
    [
        ("data/rye/rye.facts.md", _change, "bag-checksum"),
        ("data/rye/rye.json", lambda data: data + b" ", "bag-checksum"),
        ("data/README.md", None, "bag-file-missing"),
        ("data/rye/extra.txt", lambda data: b"x", "bag-file-unlisted"),
        ("bag-info.txt", _change, "bag-checksum"),
        ("manifest-sha256.txt", _change, "bag-checksum"),
        ("bagit.txt", lambda data: b"nonsense", "bag-broken"),
        ("bagit.txt", lambda data: data.replace(b"UTF-8", b"zip"), "bag-broken"),
        ("bagit.txt", lambda data: data.replace(b"UTF-8", b"rot13"), "bag-broken"),
        ("manifest-sha512.txt", lambda data: data + b"00  ../../secret.txt\n", "bag-broken"),
        ("data/ro-crate-metadata.json", lambda data: b"[" * 100_000, "crate-broken"),
        ("data/ro-crate-metadata.json", lambda data: b'{"@graph": [{"@id": "./"}]}', "crate-no-root"),
        ("data/rye/rye.tei.xml", lambda data: data.replace(b"</TEI>", b""), "tei-not-well-formed"),
    ],
)
@pytest.mark.parametrize("zipped", [False, True])
def test_what_was_changed_is_found_and_named(
    folder: Path, capsys: pytest.CaptureFixture[str], path: str, change: object, code: str, zipped: bool
) -> None:
    write_article(folder, "rye", licence="CC BY 4.0")
    assert export("rye.json", "-o", "bag") == 0
    file = folder / "bag" / path
    if change is None:
        file.unlink()
    else:
        file.write_bytes(change(file.read_bytes() if file.exists() else b""))  # type: ignore[operator]
    name = "bag"
    if zipped:
        name = "other.zip"
        with zipfile.ZipFile(name, "w") as archive:
            for inner, data in files_of(folder / "bag").items():
                archive.writestr(f"bag/{inner}", data)
    capsys.readouterr()
    assert run(["validate", name, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    where = {finding["where"] for finding in found if finding["code"] == code}
    assert any(path in place or code == "bag-broken" for place in where), found


def test_a_file_that_no_metadata_describe(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_article(folder, "rye", licence="CC BY 4.0")
    assert export("rye.json", "-o", "bag") == 0
    bag = bagit.Bag("bag")
    (folder / "bag" / "data" / "noch_eine.txt").write_text("x")
    bag.save(manifests=True)
    assert run(["validate", "bag"]) == 1
    said = capsys.readouterr().out
    assert "data/noch_eine.txt is not described" in said and "the name has characters" in said


def test_only_an_unchanged_bag_of_ours_is_replaced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_article(folder, "rye", licence="CC BY 4.0")
    (folder / "mine").mkdir()
    (folder / "mine" / "letter.txt").write_text("dear")
    (folder / "file").write_text("dear")
    for name in ("mine", "file"):
        assert export("rye.json", "-o", name) == 2
        assert "no bag of ours" in capsys.readouterr().err
    assert (folder / "mine" / "letter.txt").read_text() == "dear"
    (folder / "empty").mkdir()
    assert export("rye.json", "-o", "empty") == 0
    (folder / "empty" / "data" / "handle.txt").write_text("hdl:1")
    assert export("rye.json", "-o", "empty") == 2
    assert "data/handle.txt is in no manifest" in capsys.readouterr().err
    assert (folder / "empty" / "data" / "handle.txt").exists()


def test_a_bag_is_never_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_article(folder, "rye", licence="CC BY 4.0")
    assert export("rye.json", "-o", "bag") == 0
    before = files_of(folder / "bag")
    count = 0

    def full_disk(descriptor: int) -> None:
        nonlocal count
        count += 1
        if count == 7:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    write_article(folder, "rye", licence="CC0 1.0")
    assert export("rye.json", "-o", "bag") == 3
    count = 0
    assert export("rye.json", "-o", "new") == 3
    assert files_of(folder / "bag") == before
    assert sorted(path.name for path in folder.iterdir()) == ["bag", "rye.json", "rye.txt"]


def test_a_killed_run_leaves_no_bag_under_its_name(folder: Path) -> None:
    write_article(folder, "rye", licence="CC BY 4.0")
    code = (
        "import os, signal\nfrom pathlib import Path\nfrom annotate.cli import run\n"
        "Path.rename = lambda self, target: os.kill(os.getpid(), signal.SIGKILL)\n"
        "run(['export', 'rye.json', '--to', 'archive', '-o', 'bag'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert done.returncode == -9
    assert not (folder / "bag").exists()
    assert export("rye.json", "-o", "bag") == 0
    assert run(["validate", "bag"]) == 0


def test_a_deposit_in_a_folder_of_results_is_no_article(folder: Path) -> None:
    write_article(folder / "out", "rye", licence="CC BY 4.0")
    assert export("out", "-o", "out/deposit") == 0
    first = files_of(folder / "out" / "deposit")
    assert export("out", "-o", "out/deposit") == 0
    assert files_of(folder / "out" / "deposit") == first


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nothing.json"], 3, "no such file"),
        (["empty"], 3, "holds no article"),
        (["later.json"], 3, "adfontes/article/9"),
        (["rye.json", "--date", "yesterday"], 2, "2026-11-25"),
        (["rye.json", "--date", "2026-13-45"], 2, "2026-11-25"),
        (["rye.json", "--licence", " "], 2, "--licence is empty"),
        (["rye.json", "--sources", "nowhere"], 2, "no such folder"),
        (["rye.json", "-o", "rye.txt/bag"], 3, "cannot be written"),
    ],
)
def test_odd_calls_are_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    article = write_article(folder, "rye", licence="CC BY 4.0")
    (folder / "empty").mkdir()
    (folder / "later.json").write_bytes(encode_article(msgspec.structs.replace(article, schema="adfontes/article/9")))
    before = files_of(folder)
    assert export(*arguments) == code
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1 and "Traceback" not in error
    assert files_of(folder) == before


def test_archive_options_are_for_archives(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_article(folder, "rye")
    assert run(["export", "rye.json", "--to", "tei", "--licence", BY]) == 2
    assert "--to archive" in capsys.readouterr().err


def test_an_article_without_title_or_author(folder: Path) -> None:
    article = write_article(folder, "rye")
    article = msgspec.structs.replace(article, metadata=Metadata(licence="CC BY 4.0"), made=None)
    (folder / "rye.json").write_bytes(encode_article(article))
    assert export("rye.json", "-o", "bag") == 0
    assert ROCrate("bag/data").name == "rye.txt"
    assert run(["validate", "bag"]) == 0
