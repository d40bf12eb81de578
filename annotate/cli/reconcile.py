"""``adfontes reconcile``: the only verb that opens a connection, to the service that is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.errors import AdfontesError, BatchError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotate.reconcile import Outcome
    from annotate.reconcile.record import Standing
    from schemas.records import Article

LABELS = "PERSON,ORG,LOC"
_SUFFIX = ".authority.jsonl"


def reconcile(
    documents: Annotated[
        list[Path], typer.Argument(metavar="DOC.json...", help="What 'adfontes annotate' wrote.", show_default=False)
    ],
    service: Annotated[
        str, typer.Option("--service", metavar="URL", help="A service of the OpenRefine Reconciliation API 0.2.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="F.jsonl", help=f"The authority file; without it DOC{_SUFFIX}."),
    ] = None,
    labels: Annotated[str, typer.Option("--labels", metavar="LIST", help="Which names to ask for.")] = LABELS,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="LABEL=ID", help="The service's type for a label, as PERSON=Q5; several times."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=50, help="Candidates for each name.")] = 5,
    pause: Annotated[float, typer.Option("--pause", min=0, help="Seconds between two requests.")] = 1.0,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds to wait for an answer.")] = 30.0,
    cache: Annotated[
        Path | None, typer.Option("--cache", metavar="DIR", help="Where answers are kept; without it the user's cache.")
    ] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask the service again where the cache has an answer.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write what became of each name to stdout, one a line.")
    ] = False,
) -> None:
    """Ask a reconciliation service for the names that no authority knows yet. This sends names to that service.

    The answers go into an authority file that you can correct and use again (annotate --authority), and the names of the
    articles are tied to what is clear. Only what the service calls a match, clearly ahead, is tied; the rest is proposed.

    Example: adfontes reconcile paper.json --service https://wikidata.reconci.link/en/api
    """
    from annotate import reconcile as engine
    from annotate.reconcile.cache import user_cache
    from annotate.reconcile.record import read_standing
    from corpus.store import load_articles

    if output is None and len(documents) > 1:
        raise UsageError("several documents share one authority file; name it with -o F.jsonl")
    target = output or documents[0].with_name(documents[0].stem + _SUFFIX)
    articles = {path: load_articles(path) for path in documents}
    standing = read_standing(target)
    asker = engine.Service(service, pause=pause, timeout=timeout)
    manifest = asker.manifest()
    wanted = engine.types_of(manifest, types or (), filter(None, map(str.strip, labels.split(","))))
    names = engine.names_to_ask([article for found in articles.values() for article in found], wanted)
    new = [asked for asked in names if (asked.label, asked.name) not in standing.answered]
    kept = engine.Cache(cache or user_cache(), service)
    answers = engine.reconcile(new, asker, manifest, kept, limit=limit, refresh=refresh)
    outcomes, failure = _gather(answers, as_json)
    _write(target, standing, outcomes, articles)
    typer.echo(_summary(outcomes, len(names) - len(new), target), err=True)
    if failure is not None:
        raise _failed(failure, len(outcomes), len(new)) from failure


def _failed(failure: AdfontesError, answered: int, asked: int) -> AdfontesError:
    """The error of a run that a service ended: of a part of it where some names were answered."""
    if not answered:
        return failure
    return BatchError(f"{failure}; {asked - answered} of {asked} names are left: the same call goes on with them")


def _gather(answers: Iterable[Outcome], as_json: bool) -> tuple[list[Outcome], AdfontesError | None]:
    """What came of each name, until the service failed."""
    outcomes: list[Outcome] = []
    try:
        for outcome in answers:
            outcomes.append(outcome)
            if as_json:
                typer.echo(json.dumps(_told(outcome), ensure_ascii=False))
    except AdfontesError as error:
        return outcomes, error
    return outcomes, None


def _write(target: Path, standing: Standing, outcomes: Sequence[Outcome], articles: dict[Path, list[Article]]) -> None:
    """Add the new rows to the authority file, and tie the names of the articles to what it holds."""
    from annotate.reconcile.record import joined, row_of
    from corpus.store import write_atomic

    rows = [
        row_of(outcome.asked, record, why)
        for outcome in sorted(outcomes, key=lambda one: one.asked)
        if outcome.decided is not None
        for record, why in zip(outcome.decided.records, outcome.decided.why, strict=True)
    ]
    if rows:
        write_atomic(target, joined([*standing.rows, *rows]))
    if rows or standing.rows:
        _apply(articles, target)


def _apply(articles: dict[Path, list[Article]], authority: Path) -> None:
    """Tie the names of the articles to the records of the file, and write what stands beside each document again."""
    from annotate.authorities import link_authorities, read_user_authorities
    from annotate.outputs import FORMATS
    from corpus.store import write_atomic
    from schemas.records import encode_article

    known = read_user_authorities([authority], [])
    if known is None:
        return
    for path, found in articles.items():
        linked = [link_authorities(article, known.shelf) for article in found]
        if len(linked) > 1:
            write_atomic(path, b"".join(encode_article(article) + b"\n" for article in linked))
            continue
        for suffix, write in {**FORMATS["json"], **FORMATS["tei"], **FORMATS["facts"]}.items():
            beside = path.with_name(path.stem + suffix)
            if beside == path or (beside.exists() and path.suffix == ".json"):
                write_atomic(beside, write(linked[0], None))


def _told(outcome: Outcome) -> dict[str, object]:
    asked = {
        "name": outcome.asked.name,
        "label": outcome.asked.label,
        "type": outcome.asked.type,
        "cached": outcome.cached,
    }
    if outcome.decided is None:
        return {**asked, "status": "unanswered", "why": outcome.unanswered, "candidates": []}
    candidates = [
        {"name": record.name, "ref": list(record.refs), "status": record.status, "why": why}
        for record, why in zip(outcome.decided.records, outcome.decided.why, strict=True)
    ]
    status = "known" if any(one["status"] == "known" for one in candidates) else "proposed" if candidates else "none"
    return {**asked, "status": status, "candidates": candidates}


def _summary(outcomes: Sequence[Outcome], before: int, target: Path) -> str:
    states = [_told(outcome)["status"] for outcome in outcomes]
    cached = sum(outcome.cached for outcome in outcomes)
    parts: Iterable[str] = (
        f"{len(outcomes)} names asked ({cached} of them from the cache)",
        f"{states.count('known')} known",
        f"{states.count('proposed')} with proposals only",
        f"{states.count('none')} unknown",
        f"{states.count('unanswered')} unanswered" if "unanswered" in states else "",
        f"{before} had rows already" if before else "",
    )
    told = "; ".join(filter(None, parts))
    if not target.exists():
        return told
    return (
        f"{told}\n  {target} holds the records; correct it and use it again: adfontes annotate ... --authority {target}"
    )
