"""``adfontes tei``: work on TEI files as such."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.counts import counted
from schemas.errors import UsageError

app = typer.Typer(help="Repair TEI files.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Repair TEI files."""


@app.command("doctor")
def doctor(
    path: Annotated[str, typer.Argument(metavar="F.xml", help="A TEI file; - reads stdin.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT.xml", help="Write the repaired file; - writes stdout.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable report.")] = False,
) -> None:
    """Repair what is surely repairable in a broken TEI file: ids, pointers, namespace, misplaced idno, broken markup.

    Each repair is told with its line; no word of the text is touched. Without -o the repairs are only told, and the exit
    code is 1 where there are any; with -o it is 1 where the repaired file still has faults ('adfontes validate' names them).
    """
    from corpus.store import STDIN, read_bytes, write_atomic
    from corpus.tei.doctor import mend
    from corpus.validate import validate_tei

    if output is not None and str(output) != STDIN and output.exists() and output.resolve() == Path(path).resolve():
        raise UsageError(f"{output} is the file itself; write the repaired one beside it")
    if as_json and str(output) == STDIN:
        raise UsageError("the report (--json) and the file (-o -) cannot both go to stdout; give -o a file name")
    mended = mend(read_bytes(path), "stdin" if path == STDIN else Path(path).name)
    left = validate_tei(mended.data, name=path)
    if as_json:
        report = [{"line": each.line, "code": each.code, "message": each.message} for each in mended.repairs]
        typer.echo(json.dumps({"repairs": report, "left": [p.message for p in left]}, ensure_ascii=False, indent=1))
    else:
        for each in mended.repairs:
            typer.echo(f"{path}:{each.line}: {each.code}: {each.message}", err=str(output) == STDIN)
        done = "made" if output is not None else "possible (add -o OUT.xml)"
        typer.echo(
            f"{counted(len(mended.repairs), 'repair')} {done}; {counted(len(left), 'fault')} left for a person",
            err=True,
        )
    if str(output) == STDIN:
        sys.stdout.buffer.write(mended.data)
    elif output is not None:
        write_atomic(output, mended.data)
    if left or (mended.repairs and output is None):
        raise typer.Exit(1)
