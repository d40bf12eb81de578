"""``adfontes bib merge``: several libraries into one, with a report of what was taken for the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.errors import UsageError

if TYPE_CHECKING:
    from bibliography.merge import Finding


def merge(
    sources: Annotated[
        list[Path], typer.Argument(metavar="A.bib B.bib...", help="The libraries; the first one leads.")
    ],
    output: Annotated[str, typer.Option("-o", "--output", metavar="C.bib", help="Where to; - is standard output.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that exists.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The report as one JSON object a line.")] = False,
) -> None:
    """Make one library of several and report what was taken for the same work, what differs, and what is only alike.

    The first library's file stays as it is; what only another has is added. Where two say different things in one field,
    the first stands and the report names both.
    """
    from bibliography.files import library_bytes, read_library
    from bibliography.merge import merge as merge_libraries
    from corpus.store import write_atomic

    if len(sources) < 2:
        raise UsageError("one library has nothing to be merged with; give two or more")
    target = None if output == "-" else Path(output)
    if target is not None:
        _check_target(target, sources, force=force)
    libraries = [read_library(source) for source in sources]
    for library in libraries:
        for problem in library.problems:
            typer.echo(f"{problem.where or library.name}: {problem.severity}: {problem.message}", err=True)
    merged, findings = merge_libraries(libraries)
    if target is None:
        typer.echo(merged.text, nl=False)
    else:
        write_atomic(target, library_bytes(merged))
    for finding in findings:
        typer.echo(json.dumps(_record(finding), ensure_ascii=False) if as_json else _line(finding), err=target is None)
    same, alike = (sum(finding.kind == kind for finding in findings) for kind in ("same", "alike"))
    differ = sum(bool(finding.differs) for finding in findings)
    typer.echo(
        f"{len(merged.entries)} entries; {same} taken for the same ({differ} with fields that differ), {alike} only alike",
        err=True,
    )


def _check_target(target: Path, sources: list[Path], *, force: bool) -> None:
    if any(target.resolve() == source.resolve() for source in sources):
        raise UsageError(f"{target} is one of the libraries; give another file with -o")
    if target.exists() and not force:
        raise UsageError(f"{target} exists; give another file with -o, or --force to write over it")


def _line(finding: Finding) -> str:
    """ "theirs.bib: nove69 = nove1969: added isbn; publisher is 'Penguin' here, 'Allen Lane' there (left out)" """
    where = f"{finding.library}: {finding.old_key}"
    if finding.kind == "same":
        parts = [f"added {', '.join(finding.added)}"] if finding.added else []
        parts += [f"{name} is '{stands}', '{left}' was left out" for name, stands, left in finding.differs]
        return f"{where} = {finding.key}" + (f": {'; '.join(parts)}" if parts else "")
    kept = f"{where}: kept" + (f" as {finding.key}, its key was taken" if finding.renamed else "")
    return f"{kept}; might be the same work as {finding.like}" if finding.like else kept


def _record(finding: Finding) -> dict[str, object]:
    differs = [{"field": name, "stands": stands, "left_out": left} for name, stands, left in finding.differs]
    return {
        "kind": finding.kind,
        "library": finding.library,
        "old_key": finding.old_key,
        "key": finding.key,
        "like": finding.like,
        "renamed": finding.renamed,
        "added": list(finding.added),
        "differs": differs,
    }
