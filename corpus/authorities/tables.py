"""Authority files as tables: CSV and TSV with a heading row, and JSON Lines with the same names as keys."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from corpus.authorities.fields import COLUMNS, Reading, column_of
from schemas.authorities import Authority
from schemas.errors import InputError

_DELIMITERS = (",", "\t", ";")
_LARGEST_CELL = 1_000_000  # code points; the library's own bound is smaller than some notes


def read_table(text: str, reading: Reading) -> Iterator[Authority]:
    """The records of a CSV or TSV text; its heading row tells the delimiter.

    Raises InputError where it has no heading row with a name and a type, or where its quotes never close.
    """
    csv.field_size_limit(_LARGEST_CELL)
    heading = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=lambda mark: (_known(heading.split(mark)), heading.count(mark)))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str | None] | None = None
    line = 1
    try:
        for cells in rows:
            first, line = line, rows.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _columns(cells, reading, first)
                continue
            if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
                message = f"the row has {len(cells)} cells and the heading {len(columns)}; the rest is not read"
                reading.tell(first, "authority-cells", message, "put cells that hold the delimiter into quotes")
            record = reading.record(_row(zip(columns, cells, strict=False)), first)
            if record is not None:
                yield record
    except csv.Error as error:
        raise InputError(
            f"{reading.source}, line {line}: its table cannot be read ({error}); mend the quotes"
        ) from error


def read_json_lines(text: str, reading: Reading) -> Iterator[Authority]:
    """The records of JSON Lines: one object a line. Raises InputError that names the line which is none."""
    told: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        except (msgspec.MsgspecError, UnicodeEncodeError) as error:
            raise InputError(
                f"{reading.source}, line {number}: is no JSON object ({error}); write one record a line"
            ) from error
        unknown = sorted(key for key in found if column_of(key) is None and key not in told)
        told.update(unknown)
        _tell_unknown(unknown, reading, number)
        pairs = [(column_of(key), cell) for key, value in found.items() for cell in _cells(value)]
        record = reading.record(_row(pairs), number)
        if record is not None:
            yield record


def _columns(heading: Sequence[str], reading: Reading, line: int) -> list[str | None]:
    columns = [column_of(cell) for cell in heading]
    missing = [name for name in ("name", "type") if name not in columns]
    if missing:
        shown = ", ".join(cell.strip()[:30] for cell in heading)[:200]
        raise InputError(
            f"{reading.source}, line {line}: the heading row has no column {missing[0]!r} (it has: {shown}); "
            "begin the file with: name, type, id"
        )
    _tell_unknown([cell for cell, column in zip(heading, columns, strict=True) if column is None], reading, line)
    return columns


def _tell_unknown(headings: Iterable[str], reading: Reading, line: int) -> None:
    for heading in headings:
        if heading.strip():
            message = f"unknown column {heading.strip()[:60]!r}; it is not read"
            reading.tell(line, "authority-column", message, f"the columns are {', '.join(COLUMNS)}")


def _known(cells: Iterable[str]) -> int:
    return sum(column_of(cell.strip('"')) is not None for cell in cells)


def _row(pairs: Iterable[tuple[str | None, str]]) -> Mapping[str, tuple[str, ...]]:
    row: dict[str, tuple[str, ...]] = {}
    for column, cell in pairs:
        if column is not None:
            row[column] = (*row.get(column, ()), cell)
    return row


def _cells(value: object) -> list[str]:
    """A JSON value as cells: a list gives several, null none, numbers are written as they are."""
    if isinstance(value, list):
        return [cell for part in value for cell in _cells(part)]
    if value is None or isinstance(value, dict):
        return []
    return [value if isinstance(value, str) else msgspec.json.encode(value).decode()]
