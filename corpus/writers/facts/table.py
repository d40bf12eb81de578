"""The fact list for spreadsheets and programs: CSV (safe to open in a spreadsheet) and JSON."""

from __future__ import annotations

import csv
import io

import msgspec

from schemas.facts import Fact, FactList

COLUMNS = (
    "id",
    "claim",
    "figures",
    "values",
    "dates",
    "edtf",
    "entities",
    "markers",
    "note",
    "sources",
    "keys",
    "locators",
    "how",
    "relation",
    "status",
    "reason",
    "confidence",
    "page",
    "start",
    "end",
    "source_start",
    "source_end",
    "tei_id",
    "checks",
)

# A cell that begins so may be run as a formula by a spreadsheet (OWASP: CSV injection); an apostrophe makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(facts: FactList) -> bytes:
    """One fact a row, UTF-8 with a byte-order mark (spreadsheets need it), lists joined by "; "."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for fact in facts.facts:
        writer.writerow([_safe(cell) for cell in _row(fact)])
    return out.getvalue().encode("utf-8-sig", "replace")


def write_json(facts: FactList) -> bytes:
    """The FactList record as JSON (schemas/facts.schema.json), one line per level of indentation."""
    return msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n"


def _row(fact: Fact) -> list[str]:
    values = [
        f"{f.value or ''}{'..' + f.value_max if f.value_max else ''}{' ' + f.unit if f.unit else ''}"
        for f in fact.figures
    ]
    return [
        fact.id,
        fact.claim,
        _join([f.quote for f in fact.figures]),
        _join(values),
        _join([d.quote for d in fact.dates]),
        _join([d.edtf or "" for d in fact.dates]),
        _join([f"{e.quote} ({e.label})" for e in fact.entities]),
        _join(list(fact.markers)),
        fact.note or "",
        _join([s.citation or s.text for s in fact.sources]),
        _join([s.key or "" for s in fact.sources]),
        _join([s.locator or "" for s in fact.sources]),
        _join([s.how for s in fact.sources]),
        _join([s.relation for s in fact.sources]),
        fact.status,
        fact.reason,
        "" if fact.confidence is None else f"{fact.confidence:.3f}",
        fact.page or "",
        *(str(n) for n in (fact.start, fact.end, fact.source_start, fact.source_end)),
        fact.tei_id,
        _join([f"{check.verdict}: {check.message}" for check in fact.checks]),
    ]


def _join(cells: list[str]) -> str:
    return "; ".join(" ".join(cell.split()) for cell in cells)


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell
