"""Pandoc as a process: its answers, its refusals, and that the sandbox holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibliography.pandoc import PandocError, pandoc_version, run_pandoc


def test_pandoc_answers_on_standard_output() -> None:
    assert run_pandoc(b"*grain*", ["--from", "commonmark", "--to", "html"]) == b"<p><em>grain</em></p>\n"


def test_its_version_is_three_or_newer() -> None:
    assert int(pandoc_version().split(".")[0]) >= 3


def test_a_broken_archive_is_refused_in_one_line() -> None:
    with pytest.raises(PandocError, match="docx") as caught:
        run_pandoc(b"PK\x03\x04 no archive", ["--from", "docx", "--to", "json"])
    assert "\n" not in str(caught.value)


def test_the_sandbox_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET", encoding="utf-8")
    source = f"\\input{{{secret}}}\n\n.. include:: {secret}\n".encode()
    for form in ("latex", "rst"):
        try:
            printed = run_pandoc(source, ["--from", form, "--to", "plain"])
        except PandocError:
            continue
        assert b"TOPSECRET" not in printed


def test_time_is_bounded() -> None:
    with pytest.raises(PandocError, match="gave up"):
        run_pandoc(b"word " * 4_000_000, ["--from", "commonmark", "--to", "json"], seconds=0)
