"""``adfontes validate``: is this TEI well-formed, do its pointers lead somewhere, does it fit the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def validate(
    files: Annotated[list[str], typer.Argument(metavar="F.xml...", help="TEI files.")],
    schema: Annotated[
        Path | None, typer.Option("--schema", metavar="F.rng", help="A RELAX NG schema, for example TEI's tei_all.rng.")
    ] = None,
    schematron: Annotated[
        bool, typer.Option("--schematron", help="Ask the Schematron rules besides (needs the extra 'schematron').")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Check TEI files: well-formed, pointers and ids, and a RELAX NG schema.

    Files that adfontes wrote are checked against the schema of what it writes, unless another is given. Exit code 1 where
    there are findings.
    """
    from corpus.store import read_bytes
    from corpus.validate import validate_tei

    problems = [
        problem
        for path in files
        for problem in validate_tei(read_bytes(path), schema=schema or "own", schematron=schematron, name=path)
    ]
    if as_json:
        keys = ("code", "severity", "message", "where", "about", "hint")
        typer.echo(json.dumps([{k: getattr(p, k) for k in keys} for p in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            place = f" [{problem.about[0]}]" if problem.about else ""
            hint = f" ({problem.hint})" if problem.hint else ""
            typer.echo(f"{problem.where}{place}: {problem.severity}: {problem.message}{hint}")
        typer.echo(f"{len(files)} files, {len(problems)} findings", err=True)
    if problems:
        raise typer.Exit(1)
