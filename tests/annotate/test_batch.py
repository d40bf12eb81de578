"""Planning a batch: what is read, where results go, and what is never overwritten."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from annotate.annotators.entity_layers import EntityLayers
from annotate.batch import list_inputs, plan_jobs, work_key
from annotate.config import Config, read_config
from annotate.outputs import BIB_MARK, parse_formats
from schemas.errors import InputError, UsageError

ALL = "tei,json,facts,bib"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.txt", "deep/b.v2.txt", "notes.decisions.jsonl", "image.png", "a.json"):
        (folder / name).write_text("{}" if name.endswith("json") else "Text.", encoding="utf-8")
    return folder


def test_a_folder_keeps_relative_paths_and_skips_what_is_not_read(papers: Path, tmp_path: Path) -> None:
    jobs = plan_jobs([str(papers)], tmp_path / "out", formats=ALL)
    assert [(Path(job.path).name, job.stem.relative_to(tmp_path / "out").as_posix()) for job in jobs] == [
        ("a.txt", "a"),
        ("b.v2.txt", "deep/b.v2"),
    ]


def test_a_folder_is_searched_for_xml_and_pages_but_not_for_our_own_tei(tmp_path: Path) -> None:
    for name, content in (
        ("a.xml", "<TEI/>"),
        ("b.html", "<html/>"),
        ("c.nxml", "<article/>"),
        ("d.tei.xml", "<TEI/>"),
        ("e.tei.xml", '<TEI><application ident="adfontes"/></TEI>'),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
    jobs = plan_jobs([str(tmp_path)], tmp_path / "out", formats=ALL)
    assert [Path(job.path).name for job in jobs] == ["a.xml", "b.html", "c.nxml", "d.tei.xml"]


def test_globs_files_and_repeats(papers: Path, tmp_path: Path) -> None:
    given = [str(papers / "*.txt"), str(papers / "a.txt")]
    assert [Path(job.path).name for job in plan_jobs(given, tmp_path, formats=ALL)] == ["a.txt"]
    with pytest.raises(InputError, match="no file has such a name"):
        plan_jobs([str(papers / "*.xyz")], None, formats=ALL)


def test_an_empty_folder_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no file"):
        plan_jobs([str(tmp_path)], None, formats=ALL)


def test_two_inputs_with_one_result_are_refused(papers: Path, tmp_path: Path) -> None:
    (papers / "deep" / "a.txt").write_text("Text.", encoding="utf-8")
    with pytest.raises(UsageError, match="would both write"):
        plan_jobs([str(papers / "a.txt"), str(papers / "deep" / "a.txt")], tmp_path, formats=ALL)


def test_a_fact_list_in_a_folder_is_no_paper(papers: Path, tmp_path: Path) -> None:
    """A second run on the folder would annotate the results of the first, and a third those of the second."""
    before = [job.path for job in list_inputs([str(papers)])]
    (papers / "a.facts.md").write_text("# Facts: A", encoding="utf-8")
    assert len(list_inputs([str(papers)])) == len(before) + 1  # somebody's own
    (papers / "a.json").write_text('{"schema": "adfontes/article/1"}', encoding="utf-8")
    assert [job.path for job in list_inputs([str(papers)])] == before


def test_a_file_is_no_folder_for_results(papers: Path, tmp_path: Path) -> None:
    """Told before the work, not when the first result is written."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    for out in (tmp_path / "taken", tmp_path / "taken" / "below"):
        with pytest.raises(UsageError, match="taken is a file, no folder"):
            plan_jobs([str(papers / "a.txt")], out, formats=ALL)


def test_files_of_the_user_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("Text.", encoding="utf-8")
    library = tmp_path / "paper.bib"
    library.write_text("@book{x, title={X}}", encoding="utf-8")
    with pytest.raises(UsageError, match="overwrite your file"):
        plan_jobs([str(tmp_path / "paper.txt")], None, formats=ALL, kept=[str(library)])
    with pytest.raises(UsageError, match="was not written by adfontes"):
        plan_jobs([str(tmp_path / "paper.txt")], None, formats="bib")
    library.write_text(BIB_MARK + "\n", encoding="utf-8")
    assert len(plan_jobs([str(tmp_path / "paper.txt")], None, formats="bib")) == 1


def test_standard_input_needs_a_place() -> None:
    with pytest.raises(UsageError, match="standard input"):
        plan_jobs(["-"], None, formats=ALL)


@pytest.mark.parametrize("given", ["pdf", "tei,pdf", "", ","])
def test_unknown_formats_name_the_known_ones(given: str) -> None:
    with pytest.raises(UsageError, match="the formats are json, tei, facts, bib"):
        parse_formats(given)


def test_configuration(tmp_path: Path) -> None:
    assert read_config(tmp_path) == Config()
    file = tmp_path / "adfontes.toml"
    file.write_text('licence = "https://x.org"\nbib = ["a.bib"]\n', encoding="utf-8")
    assert read_config(tmp_path) == Config(licence="https://x.org", bib=(str(tmp_path / "a.bib"),))
    for text, message in (
        ("modle = 1", "unknown key 'modle'.*model"),
        ("model = 1", "Expected `str"),
        ("x = ", "TOML"),
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=message):
            read_config(tmp_path)


def test_a_model_trained_anew_or_a_rule_switched_off_is_new_work(tmp_path: Path) -> None:
    meta = tmp_path / "meta.json"
    meta.write_text('{"key": "1"}', encoding="utf-8")
    config = Config(model=str(tmp_path))
    before = work_key(b"text", config, None)
    assert work_key(b"text", config, None) == before
    assert work_key(b"text", msgspec.structs.replace(config, entities=EntityLayers(vote=False)), None) != before
    meta.write_text('{"key": "2"}', encoding="utf-8")
    assert work_key(b"text", config, None) != before
