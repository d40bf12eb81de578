"""``adfontes bib check``, ``convert`` and ``format``: what is done with a whole bibliography file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotate.cli.counts import counted
from schemas.errors import UsageError

if TYPE_CHECKING:
    from bibliography.bibtex import Library
    from bibliography.pandoc_text import Form
    from schemas.records import Problem

File = Annotated[str, typer.Argument(metavar="F", help="BibTeX, BibLaTeX, CSL-JSON or RIS; - reads standard input.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to. (default: stdout)")]


def check(
    source: Annotated[str, typer.Argument(metavar="F.bib", help="The library; - reads standard input.")],
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend in the file what has one safe answer, and show what was done.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Find what a careful editor would flag in a library, with line numbers. Exit code 1 where there are findings.

    With --fix only the fields concerned change; all else in the file stays byte for byte.
    """
    from bibliography.check import by_line, check_library

    library = _read(source)
    if fix:
        library = _fix(library, source, as_json)
    problems = by_line([*library.problems, *check_library(library)])
    for problem in problems:
        if as_json:
            keys = ("code", "severity", "message", "where", "hint")
            typer.echo(json.dumps({key: getattr(problem, key) for key in keys}, ensure_ascii=False))
        else:
            typer.echo(_line(problem, source))
    typer.echo(f"{counted(len(library.entries), 'entry', 'entries')}, {counted(len(problems), 'finding')}", err=True)
    if problems:
        raise typer.Exit(1)


def convert(
    source: File,
    to: Annotated[str, typer.Option("--to", metavar="FORM", help="biblatex, bibtex, csl-json or ris.")] = "biblatex",
    keys: Annotated[
        str | None,
        typer.Option("--keys", metavar="PATTERN", help='New keys by a pattern, for example "{author}{year}{title}".'),
    ] = None,
    ascii_only: Annotated[
        bool, typer.Option("--ascii", help="Write accents and Cyrillic as LaTeX macros, for old BibTeX styles.")
    ] = False,
    output: Output = None,
) -> None:
    """Turn a library into another form: BibTeX, BibLaTeX, CSL-JSON or RIS, read by its content.

    Example: adfontes bib convert zotero.ris --to biblatex --keys "{Author}{year}" -o zotero.bib
    """
    from bibliography.convert import FORMS, convert_library

    if to not in FORMS:
        raise UsageError(f"unknown form {to!r}; the forms are {', '.join(FORMS)}")
    if ascii_only and to not in ("biblatex", "bibtex"):
        raise UsageError(f"--ascii is for BibTeX and BibLaTeX; {to} is Unicode")
    library = _read(source)
    for problem in library.problems:
        typer.echo(_line(problem, source), err=True)
    _write(convert_library(library, to, keys=keys, ascii=ascii_only).encode("utf-8", "replace"), output, source)


def format_list(
    source: File,
    style: Annotated[
        str,
        typer.Option(
            "--style", metavar="STYLE", help="chicago, chicago-author-date, vancouver, gost, mhra, apa or F.csl."
        ),
    ] = "chicago-author-date",
    to: Annotated[str, typer.Option("--to", metavar="FORM", help="text, md or html.")] = "text",
    language: Annotated[
        str | None, typer.Option("--lang", metavar="CODE", help='Language of the words of the style, as "de".')
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line: key and entry.")] = False,
    output: Output = None,
) -> None:
    """Format a library as a bibliography in a citation style, in the style's own order."""
    from bibliography.csl import library_items
    from bibliography.styles import format_sources

    forms: dict[str, Form] = {"text": "text", "md": "md", "html": "html"}
    if to not in forms:
        raise UsageError(f"unknown form {to!r}; the forms are {', '.join(forms)}")
    entries = format_sources(
        library_items(_read(source), markup=True), style, form=forms[to], language=language
    ).bibliography
    if as_json:
        lines = [json.dumps({"key": key, "entry": entry}, ensure_ascii=False) for key, entry in entries]
    elif to == "html":
        lines = ["<ul>", *(f"<li>{entry}</li>" for _, entry in entries), "</ul>"]
    else:
        lines = [f"- {entry}" if to == "md" else entry for _, entry in entries]
    _write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"), output, source)


def _read(source: str) -> Library:
    from bibliography.files import read_library_bytes
    from corpus.store import STDIN, read_bytes

    return read_library_bytes(read_bytes(source), "stdin" if source == STDIN else source)


def _fix(library: Library, source: str, as_json: bool) -> Library:
    from bibliography.check import fix_library
    from bibliography.files import library_bytes
    from corpus.store import STDIN, write_atomic

    if library.items or source == STDIN:
        raise UsageError(f"{source}: --fix mends BibTeX files in their place; convert other forms first")
    mended, done = fix_library(library)
    if done:
        write_atomic(Path(source), library_bytes(mended))
    for one in done:
        if as_json:
            shown = {"code": one.code, "severity": "fixed", "where": one.where, "key": one.key, "field": one.field}
            typer.echo(json.dumps({**shown, "was": one.was, "now": one.now}, ensure_ascii=False))
        else:
            now = "taken out" if one.now is None else f"{_short(one.was)} -> {_short(one.now)}"
            typer.echo(f"{one.where}: fixed: {one.key}: {one.field}: {now}")
    typer.echo(f"mended in {source}: {len(done)}", err=True)
    return mended


def _write(data: bytes, output: Path | None, source: str) -> None:
    from corpus.store import write_atomic

    if output is None:
        sys.stdout.buffer.write(data)
        return
    if output.exists() and Path(source).exists() and output.samefile(source):
        raise UsageError(f"the result would overwrite {source}; choose another file with -o")
    write_atomic(output, data)
    typer.echo(f"wrote {output}", err=True)


def _line(problem: Problem, source: str) -> str:
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{problem.where or source}: {problem.severity}: {problem.message}{hint}"


def _short(value: str) -> str:
    text = " ".join(value.split())
    return f"“{text[:70]}…”" if len(text) > 70 else f"“{text}”"
