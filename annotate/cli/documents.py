"""``adfontes facts``, ``check``, ``export`` and ``import``: what works on articles that were annotated before."""

from __future__ import annotations

import functools
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotate.cli.annotate import NOTES_HELP, PROFILE_HELP
from annotate.cli.counts import counted
from schemas.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.store import Document
    from schemas.decisions import Decision


Documents = Annotated[
    list[str], typer.Argument(metavar="DOC.json...", help="What 'adfontes annotate' wrote; - reads stdin.")
]
ARCHIVE = "archive"
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


def facts(
    documents: Documents,
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="md, csv or json.")] = "md",
    style: Annotated[
        str | None,
        typer.Option(
            "--style",
            metavar="STYLE",
            help="Citation style of the sources: chicago, chicago-author-date, vancouver, gost, mhra, apa or F.csl.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the fact list: every claim with its figures, names and sources."""
    from corpus.store import load_articles
    from corpus.writers.facts import make_facts, style_facts, write_csv, write_json, write_markdown

    writers: dict[str, Callable[..., bytes]] = {"md": write_markdown, "csv": write_csv, "json": write_json}
    form = "json" if as_json else form
    if form not in writers:
        raise UsageError(f"unknown format {form!r}; the formats are {', '.join(writers)}")
    for path in documents:
        for article in load_articles(path):
            made = make_facts(article)
            sys.stdout.buffer.write(writers[form](style_facts(made, article, style) if style else made))


def check(documents: Documents, as_json: AsJson = False) -> None:
    """Find what an editor would ask about: notes without text, claims without source, unused references, sums that are off.

    Every relation between numbers that the text states is computed again; --json tells also those that hold. Exit code 1
    where there are findings.
    """
    from annotate.checks import check_article, is_open
    from corpus.store import load_articles

    found = [
        (path, article, finding)
        for path in documents
        for article in load_articles(path)
        for finding in check_article(article)
    ]
    if as_json:
        typer.echo(json.dumps([finding for _, _, finding in found], ensure_ascii=False, indent=1))
    else:
        for path, article, finding in filter(lambda item: is_open(item[2]), found):
            quote = (
                " ".join(article.text[finding["start"] : finding["end"]].split())
                if finding["start"] is not None
                else ""
            )
            shown = f' "{quote[:60]}"' if quote else ""
            place = f":{finding['start']}" if quote else ""
            typer.echo(f"{path}{place}: {finding['severity']}: {finding['message']}{shown}")
        verdicts = Counter(finding["verdict"] for _, _, finding in found)
        arithmetic = (
            f"of the relations between numbers that the text states, {verdicts['ok']} are right, {verdicts['mismatch']} wrong, "
            f"{verdicts['undecidable']} open"
        )
        open_ones = sum(is_open(finding) for _, _, finding in found)
        typer.echo(f"{counted(open_ones, 'finding')}; {arithmetic}", err=True)
    if any(is_open(finding) for _, _, finding in found):
        raise typer.Exit(1)


def export(
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="What 'adfontes annotate' wrote: paper.json files or folders; - reads stdin."
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORM",
            help="tei, facts-md, facts-csv, facts-json, bibtex, csl-json, text, web-annotation, csv, conllu, docbin, gexf, "
            "geojson, or archive: one bag with all of it, for a repository.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Folder for the files (default: standard output); of an archive the bag itself or NAME.zip (default: NAME-archive).",
        ),
    ] = None,
    licence: Annotated[
        str | None,
        typer.Option("--licence", metavar="URL", help="Licence of an archive (default: what each article states)."),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DAY", help="Day of an archive, as 2026-11-25 (default: none; no clock is read)."
        ),
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option("--sources", metavar="DIR", help="Where the source files of an archive lie, if not beside it."),
    ] = None,
    profile: Annotated[str | None, typer.Option("--profile", metavar="NAME", help=PROFILE_HELP)] = None,
    notes: Annotated[str | None, typer.Option("--notes", metavar="PLACE", help=NOTES_HELP)] = None,
    as_json: AsJson = False,
) -> None:
    """Write annotated articles in another form, or all of it as one bag for a repository."""
    from annotate.exports import EXPORTS, SYNONYMS

    if to != "tei" and (profile is not None or notes is not None):
        raise UsageError(f"--profile and --notes are for --to tei, not for --to {to}")
    if to == ARCHIVE:
        target = _export_archive(documents, output, licence=licence, date=date, sources=sources)
        return _tell([target], as_json)
    if licence is not None or date is not None or sources is not None:
        raise UsageError("--licence, --date and --sources are for --to archive")
    to = SYNONYMS.get(to, to)
    if to not in EXPORTS:
        raise UsageError(f"unknown form {to!r}; the forms are {', '.join(EXPORTS)} and {ARCHIVE}")
    return _tell(_export_each(documents, output, EXPORTS[to][0], _writer(to, profile, notes)), as_json)


def _export_each(
    documents: list[str], folder: Path | None, suffix: str, write: Callable[[Document], bytes]
) -> list[Path]:
    """Each article in its own file of the folder, or one behind the other on standard output; returns the files."""
    from annotate.outputs import is_foreign_bib
    from corpus.store import load_documents, write_atomic

    written: dict[Path, str] = {}
    for document in load_documents(documents):
        if folder is None:
            sys.stdout.buffer.write(write(document))
            continue
        path, target = document.path, folder / f"{document.name}{suffix}"
        if target in written:
            raise UsageError(
                f"{written[target]} and {path} would both write {target}; export them into different folders"
            )
        if is_foreign_bib(target):
            raise UsageError(f"{target} exists and was not written by adfontes; choose another folder with -o")
        written[target] = path
        write_atomic(target, write(document))
    return list(written)


def _writer(to: str, profile: str | None, notes: str | None) -> Callable[[Document], bytes]:
    """The writer of a form; a TEI file tells what people decided beside the article, as far as that can be read."""
    from annotate.exports import EXPORTS, tei_export

    if to != "tei":
        write = EXPORTS[to][1]
        return lambda document: write(document.article)
    write_tei, decided = tei_export(profile, notes), functools.cache(_decided)
    return lambda document: write_tei(document.article, decided(document.path))


def _decided(path: str) -> tuple[Decision, ...]:
    """The decisions beside an article; a line that is none is warned of."""
    from annotate.decisions.files import load_decisions_on

    found = load_decisions_on(path)
    for problem in found.problems:
        typer.echo(f"warning: {problem.where}: {problem.message} {problem.hint}", err=True)
    return found.decisions


def _export_archive(
    documents: list[str], output: Path | None, *, licence: str | None, date: str | None, sources: Path | None
) -> Path:
    """Write the bag of all documents; returns where."""
    from annotate.deposit import make_deposit
    from corpus.archive import refuse_target, write_bag
    from corpus.archive.names import ascii_name
    from corpus.store import load_documents

    loaded = list(load_documents(documents))
    target = output or Path(f"{ascii_name(loaded[0].name.rpartition('/')[2])}-archive")
    refuse_target(target)
    for path in dict.fromkeys(document.path for document in loaded):
        _decided(path)  # the bag is made of what can be read; the rest is told here
    write_bag(target, make_deposit(loaded, licence=licence, date=date, sources=sources))
    return target


def import_files(
    inputs: Annotated[
        list[str], typer.Argument(metavar="F...", help="Files that can be read, as by 'annotate', and our .json.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Folder for the .json files (default: beside the input)."),
    ] = None,
    onto: Annotated[
        str | None,
        typer.Option(
            "--onto",
            metavar="DOC.json",
            help="Lay annotations (Web Annotation, CSV, GeoJSON), or what was corrected in a TEI file, on this article.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read files into articles (.json) without annotating them, or annotations made elsewhere onto an article.

    A TEI file of ours beside the .json it was written with (or --onto it) is taken as corrected by hand: what was changed,
    words and paragraphs too, is appended to DOC.decisions.jsonl, which the next 'adfontes annotate' honours.
    """
    from annotate.decisions import import_corrections
    from annotate.exports import correction_base, import_annotations, import_articles
    from annotate.outputs import FORMATS
    from corpus.store import article_names, write_atomic

    written: dict[Path, str] = {}
    for path in inputs:
        base = correction_base(path, onto, output)
        if base is not None:
            decided, decisions = import_corrections(path, base)
            typer.echo(f"{len(decisions)} new decisions in {decided}", err=True)
            written |= {decided: path} if decisions else {}
            continue
        articles = import_articles(path) if onto is None else [import_annotations(path, onto)]
        for name, article in zip(article_names(Path(path).stem, articles), articles, strict=True):
            target = (output or Path(path).parent) / f"{name}.json"
            if target.resolve() == Path(path).resolve() or target in written or (target.exists() and output is None):
                raise UsageError(f"the result would overwrite {target}; choose another folder with -o")
            written[target] = path
            write_atomic(target, FORMATS["json"][".json"](article, None))
    _tell(list(written), as_json)


def _tell(files: list[Path], as_json: bool) -> None:
    if as_json and files:
        typer.echo(json.dumps([str(path) for path in files], ensure_ascii=False))
    elif files:
        typer.echo(f"wrote {', '.join(map(str, files))}", err=True)
