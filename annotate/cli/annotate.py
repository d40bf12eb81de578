"""``adfontes annotate``: the whole job."""

from __future__ import annotations

import functools
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotate.cli.counts import counted
from schemas.errors import AdfontesError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotate.authorities import UserAuthorities
    from annotate.batch import Done, Job
    from annotate.config import Config
    from annotate.libraries import UserLibrary
    from schemas.records import Article, Problem

_COUNTED = (("figure", "figure"), ("date", "date"), ("entity", "name"))
PROFILE_HELP = "How annotations stand in the TEI: hybrid, inline, standoff or minimal. (default: hybrid)"
NOTES_HELP = "Where notes stand in the TEI: back, or inline at their markers. (default: back)"
Inputs = Annotated[list[str], typer.Argument(metavar="IN...", help="Files, folders or globs; - reads standard input.")]


def annotate(
    inputs: Inputs,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Folder for the results. (default: beside the input)"),
    ] = None,
    bib: Annotated[
        list[Path] | None,
        typer.Option("--bib", metavar="F", help="Your library (BibTeX, CSL-JSON, RIS); may be given several times."),
    ] = None,
    authority: Annotated[
        list[Path] | None,
        typer.Option(
            "--authority",
            metavar="F",
            help="Persons, places, bodies (CSV, TSV, JSON Lines, GeoJSON, TEI lists) that names are tied to; several times.",
        ),
    ] = None,
    gazetteer: Annotated[
        list[Path] | None,
        typer.Option(
            "--gazetteer", metavar="F", help="The same forms; each name in it is always tagged; several times."
        ),
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--format", metavar="LIST", help="What to write. (default: tei,json,facts,bib)")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="NAME", help="An installed spaCy pipeline instead of the built-in one."),
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", metavar="URL", help="The article's licence, for the TEI header.")
    ] = None,
    profile: Annotated[str | None, typer.Option("--profile", metavar="NAME", help=PROFILE_HELP)] = None,
    notes: Annotated[str | None, typer.Option("--notes", metavar="PLACE", help=NOTES_HELP)] = None,
    force: Annotated[bool, typer.Option("--force", help="Work again on inputs that have not changed.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write the articles to stdout, one JSON object a line, and no files.")
    ] = False,
) -> None:
    """Read papers; write claims, figures, names and sources as TEI, JSON, fact lists and BibTeX.

    Example: adfontes annotate paper.txt --bib sources.bib
    """
    from annotate.config import read_config
    from annotate.libraries import read_libraries
    from annotate.outputs import parse_formats

    files = {"bib": bib, "authority": authority, "gazetteer": gazetteer}
    config = _override(read_config(Path.cwd()), files, format=formats, model=model, licence=licence)
    config = _with_form(config, profile, notes)
    parse_formats(config.format)
    if as_json and output is not None:
        raise UsageError("--json writes to stdout and -o to files; give one of them")
    if as_json:
        _to_stdout(inputs, config, read_libraries([Path(path) for path in config.bib]))
    else:
        _to_files(inputs, output, config, force)


def _override(config: Config, files: Mapping[str, list[Path] | None], **given: str | None) -> Config:
    import msgspec

    named = {name: tuple(map(str, paths)) for name, paths in files.items() if paths}
    return msgspec.structs.replace(
        config, **named, **{name: value for name, value in given.items() if value is not None}
    )


def _authorities(config: Config) -> UserAuthorities | None:
    from annotate.authorities import read_user_authorities

    found = read_user_authorities([Path(path) for path in config.authority], [Path(path) for path in config.gazetteer])
    _warn(found.problems if found is not None else ())
    return found


def _warn(problems: Sequence[Problem]) -> None:
    for problem in problems:
        typer.echo(f"warning: {problem.where or ''}: {problem.message}; {problem.hint}", err=True)


def _with_form(config: Config, profile: str | None, notes: str | None) -> Config:
    import msgspec

    from corpus.writers.tei import choose_form

    return msgspec.structs.replace(config, tei=choose_form(profile, notes, config.tei))


def _to_stdout(inputs: list[str], config: Config, library: UserLibrary | None) -> None:
    from annotate.batch import Done, annotate_input, list_inputs, raise_failures
    from annotate.engine import load_model
    from schemas.records import encode_article

    jobs = list_inputs(inputs)
    authorities = _authorities(config)
    nlp = load_model(config.model)
    results = []
    for job in jobs:
        try:
            for article in annotate_input(job.path, config, nlp, library, authorities):
                sys.stdout.buffer.write(encode_article(article) + b"\n")
            results.append(Done(job))
        except AdfontesError as error:
            results.append(Done(job, error=error))
            _report_failure(error, alone=len(jobs) == 1)
    raise_failures(results)


def _to_files(inputs: list[str], output: Path | None, config: Config, force: bool) -> None:
    from annotate.batch import plan_jobs, raise_failures, run_jobs
    from annotate.engine import load_model
    from annotate.libraries import read_libraries

    jobs = plan_jobs(inputs, output, formats=config.format, kept=[*config.bib, *config.authority, *config.gazetteer])
    library = read_libraries([Path(path) for path in config.bib])
    _warn(library.problems if library is not None else ())
    authorities = _authorities(config)
    nlp = functools.cache(lambda: load_model(config.model))
    results = []
    for done in _with_progress(run_jobs(jobs, config, nlp, library, authorities=authorities, force=force), jobs):
        results.append(done)
        if done.error is not None:
            _report_failure(done.error, alone=len(jobs) == 1)
        else:
            typer.echo(_summary(done), err=True)
    raise_failures(results)


def _with_progress(results: Iterator[Done], jobs: list[Job]) -> Iterator[Done]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if len(jobs) < 2 or not console.is_terminal:
        yield from results
        return
    yield from track(results, description="annotating", total=len(jobs), console=console, transient=True)


def _report_failure(error: AdfontesError, *, alone: bool) -> None:
    if not alone:  # a single failure becomes the error of the whole call
        typer.echo(f"failed: {error}", err=True)


def _summary(done: Done) -> str:
    if done.skipped:
        return f"{done.job.path}: unchanged, skipped (--force works on it again)"
    files = ", ".join(path.name for path in done.files[:8]) + (" ..." if len(done.files) > 8 else "")
    folder = done.files[0].parent if done.files else done.job.stem.parent
    return f"{done.job.path}: {'; '.join(filter(None, _counts(done.articles)))}\n  wrote {files} in {folder}"


def _counts(articles: tuple[Article, ...]) -> list[str]:
    from schemas.values import EntityValue

    layers = Counter[str](ann.layer for article in articles for ann in article.annotations)
    claims = [claim for article in articles for claim in article.claims]
    sourced = sum(bool(claim.sources) for claim in claims)
    problems = sum(len(article.problems) for article in articles)
    names = [ann.value for article in articles for ann in article.annotations if isinstance(ann.value, EntityValue)]
    tied = sum(bool(value.ref) for value in names)
    candidates = sum(any(other.score is not None for other in value.candidates) for value in names)
    return [
        counted(len(articles), "article") if len(articles) != 1 else "",
        f"{counted(len(claims), 'claim')} ({sourced} with a source)",
        ", ".join(counted(layers[layer], name) for layer, name in _COUNTED),
        f"{counted(tied, 'name')} tied to authority records, {candidates} left open" if tied or candidates else "",
        counted(sum(len(article.references) for article in articles), "reference"),
        counted(problems, "problem") if problems else "",
    ]
