"""``adfontes bib``: references to BibTeX, matching against a library, and checking a library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotate.cli import library
from annotate.cli.bib_merge import merge
from schemas.errors import InputError, UsageError

if TYPE_CHECKING:
    from bibliography.keys import Keys
    from bibliography.parse import ParsedReference
    from schemas.records import CslItem, FieldSpan

app = typer.Typer(help="Reference strings and BibTeX libraries.", no_args_is_help=True)
app.command("merge")(merge)
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Source = Annotated[str, typer.Argument(metavar="F", help="A text file; - reads standard input.")]


@app.command("parse")
def parse(
    source: Source,
    lines: Annotated[bool, typer.Option("--lines", help="Every line is exactly one reference.")] = False,
    notes: Annotated[bool, typer.Option("--notes", help="Every line is a whole footnote.")] = False,
    as_json: AsJson = False,
) -> None:
    """Turn reference strings into BibTeX (or, with --json, into fields with their places)."""
    from bibliography.keys import Keys
    from bibliography.parse import parse_reference
    from bibliography.parse.lists import parse_list

    if lines and notes:
        raise UsageError("--lines and --notes say different things of a line; give one of them")
    text = _text(source)
    if notes:
        for line in _every_line(text):
            typer.echo(_dumps(_note(line)))
        return
    keys = Keys()
    for parsed in map(parse_reference, _every_line(text)) if lines else parse_list(text):
        bibtex = _bibtex(parsed, keys)
        if as_json:
            typer.echo(_dumps({"raw": parsed.raw, **_fields(parsed), "bibtex": bibtex}))
        elif bibtex:
            typer.echo(bibtex)
        elif parsed.raw.strip():
            typer.echo(f"warning: not understood, left out: {' '.join(parsed.raw.split())[:100]}", err=True)


@app.command("match")
def match(
    source: Source,
    bib: Annotated[
        list[Path], typer.Option("--bib", metavar="LIB.bib", help="The library; may be given several times.")
    ],
    as_json: AsJson = False,
) -> None:
    """Find the entry of a library that each reference means, or say that none or several do.

    F holds one reference a line, or one CSL-JSON item a line.
    """
    from annotate.libraries import read_libraries
    from bibliography.match import match as match_item

    library = read_libraries(bib)
    if library is None:
        raise UsageError("no library is given; add --bib LIB.bib")
    for problem in library.problems:
        typer.echo(f"{problem.where or 'library'}: {problem.severity}: {problem.message}", err=True)
    for number, line in enumerate(_every_line(_text(source)), 1):
        if not line.strip():
            continue
        item, raw = _statement(line, f"{source}:{number}")
        found = match_item(item, library.lookup, raw=raw)
        if as_json:
            candidates = [{"key": c.key, "score": round(c.score, 4)} for c in found.candidates]
            best = found.key or (candidates[0]["key"] if candidates else None)
            typer.echo(
                _dumps({"status": found.status, "key": best, "score": round(found.score, 4), "candidates": candidates})
            )
        else:
            shown = found.key or ", ".join(c.key or "" for c in found.candidates[:3])
            typer.echo(f"{found.status}\t{shown}\t{found.score:.2f}\t{' '.join(line.split())[:100]}\t{found.why}")


app.command("check")(library.check)
app.command("convert")(library.convert)
app.command("format")(library.format_list)


def _text(source: str) -> str:
    from corpus.readers.decode import Undecodable, decode
    from corpus.store import read_bytes

    decoded = decode(read_bytes(source))
    if isinstance(decoded, Undecodable):
        raise InputError(f"{source}: {decoded.reason}")
    text = decoded.text.lstrip("\ufeff")
    if not text.strip():
        raise InputError(f"{source}: is empty; put one reference on each line")
    return text


def _every_line(text: str) -> list[str]:
    """Every line, empty ones too, so that results and lines can be laid side by side."""
    return [line.rstrip("\r") for line in text.removesuffix("\n").split("\n")]


def _bibtex(parsed: ParsedReference, keys: Keys) -> str:
    """The entry of a reference under a new key; empty where the string was not understood."""
    from bibliography.bibtex import write_bibtex
    from bibliography.csl import csl_to_entry
    from bibliography.parse.normalise import normalise_item

    if not parsed.csl:
        return ""
    item = normalise_item(parsed.csl)
    return write_bibtex([csl_to_entry(item, keys.make(item))])


def _note(line: str) -> dict[str, Any]:
    from bibliography.parse.footnote import parse_note

    note = parse_note(line)
    return {
        "raw": line,
        "references": [
            {"start": r.start, "end": r.end, "spans": [_span(span) for span in r.spans], "csl": r.csl,
             "signal": r.signal, "relation": r.relation}
            for r in note.references
        ],
        "backrefs": [{"start": b.start, "end": b.end, "kind": b.kind, "relation": b.relation} for b in note.backrefs],
        "parts": [_span(part) for part in note.parts],
    }  # fmt: skip


def _fields(parsed: ParsedReference) -> dict[str, Any]:
    return {
        "start": parsed.start,
        "end": parsed.end,
        "spans": [_span(span) for span in parsed.spans],
        "csl": parsed.csl,
    }


def _span(span: FieldSpan) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "label": span.label, "confidence": span.confidence}


def _statement(line: str, where: str) -> tuple[CslItem, str | None]:
    """The fields of a line, and its string where it is one and no CSL item."""
    from bibliography.parse import parse_reference

    if not line.lstrip().startswith("{"):
        return parse_reference(line).csl, line
    try:
        return dict(json.loads(line)), None
    except (json.JSONDecodeError, RecursionError) as error:
        reason = getattr(error, "msg", "it is nested too deep")
        raise InputError(f"{where}: begins like JSON but is not ({reason}); give one CSL-JSON object a line") from error


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
