"""Annotations as a table for programs (CSV, RFC 4180): a row each, and the way back to the same records.

Every cell is exact: unlike the fact list's CSV it is not made safe for spreadsheets, since what it says must come back.
It holds annotations with all their fields; claims, citations and references it does not hold.
"""

from __future__ import annotations

import csv
import io

import msgspec

from schemas.errors import InputError
from schemas.records import Annotation, Article
from schemas.values import Value

COLUMNS = ("id", "layer", "label", "start", "end", "quote", "value", "made_by", "confidence")


def write_annotation_table(article: Article) -> bytes:
    """One annotation a row, UTF-8, in the order of the article; ``value`` is JSON."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for ann in article.annotations:
        value = "" if ann.value is None else msgspec.json.encode(ann.value).decode()
        confidence = "" if ann.confidence is None else repr(ann.confidence)
        quote = article.quote(ann)
        writer.writerow([ann.id, ann.layer, ann.label, ann.start, ann.end, quote, value, ann.made_by, confidence])
    return out.getvalue().encode("utf-8", "replace")


def read_annotation_table(data: bytes, name: str) -> tuple[Annotation, ...]:
    """The annotations of such a table. Raises InputError that names the line which is none."""
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        return tuple(_annotation(row, name, number) for number, row in enumerate(rows, start=2))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"{name}: is no table of annotations ({error}); the columns are {', '.join(COLUMNS)}"
        ) from error


def _annotation(row: dict[str, str], name: str, number: int) -> Annotation:
    try:
        fields = {
            "id": row["id"],
            "layer": row["layer"],
            "label": row["label"],
            "start": int(row["start"]),
            "end": int(row["end"]),
            "value": msgspec.json.decode(row["value"], type=Value) if row["value"] else None,
            "made_by": row["made_by"],
            "confidence": float(row["confidence"]) if row["confidence"] else None,
        }
        return msgspec.convert(fields, Annotation)
    except (KeyError, TypeError, ValueError, msgspec.MsgspecError) as error:
        raise InputError(f"{name}, row {number}: {error}; the columns are {', '.join(COLUMNS)}") from error
