"""``adfontes validate``: is this TEI well-formed, do its pointers lead somewhere, does it fit the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotate.cli.counts import counted

if TYPE_CHECKING:
    from schemas.records import Problem


def validate(
    files: Annotated[
        list[str], typer.Argument(metavar="F...", help="TEI files, or bags of 'adfontes export --to archive'.")
    ],
    schema: Annotated[
        Path | None, typer.Option("--schema", metavar="F.rng", help="A RELAX NG schema, for example TEI's tei_all.rng.")
    ] = None,
    schematron: Annotated[
        bool, typer.Option("--schematron", help="Ask the Schematron rules besides (needs the extra 'schematron').")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Check TEI files: well-formed, pointers and ids, and a RELAX NG schema; or a bag as a whole.

    Of a bag: that no file is missing, added or changed, that its metadata describe every file, and that its TEI is valid.

    Files that adfontes wrote are checked against the schema of what it writes, unless another is given. Exit code 1 where
    there are findings.
    """
    from corpus.archive import check_bag, is_bag
    from corpus.store import read_bytes
    from corpus.validate import validate_tei

    problems: list[Problem] = []
    for path in files:
        if is_bag(Path(path)) or path.lower().endswith(".zip"):
            problems += check_bag(Path(path))
        else:
            problems += validate_tei(read_bytes(path), schema=schema or "own", schematron=schematron, name=path)
    findings = [problem for problem in problems if problem.severity != "info"]
    if as_json:
        keys = ("code", "severity", "message", "where", "about", "hint")
        typer.echo(json.dumps([{k: getattr(p, k) for k in keys} for p in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            place = f" [{problem.about[0]}]" if problem.about else ""
            hint = f" ({problem.hint})" if problem.hint else ""
            typer.echo(f"{problem.where}{place}: {problem.severity}: {problem.message}{hint}")
        typer.echo(f"{counted(len(files), 'file')}, {counted(len(findings), 'finding')}", err=True)
    if findings:
        raise typer.Exit(1)
