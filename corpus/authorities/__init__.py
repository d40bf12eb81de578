"""Authority files and gazetteers: CSV, TSV, JSON Lines, GeoJSON and the lists of TEI, to records.

The forms are told by the content. Faults of single rows are Problems with file and line; a file that is none is an
InputError. Records that share a URI are one (files may know different things of one person), and the order of rows and
files changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from corpus.authorities.fields import Reading
from corpus.readers.decode import Undecodable, decode
from corpus.store import read_bytes
from schemas.authorities import Authority
from schemas.errors import InputError
from schemas.records import Problem

_HEAD = 2000  # code points in which GeoJSON says what it is


class AuthorityFiles(NamedTuple):
    """The records of several files, the Problems of reading them, and a hash of what they hold."""

    records: tuple[Authority, ...]
    problems: tuple[Problem, ...]
    sha256: str


def read_authorities(paths: Sequence[Path | str]) -> AuthorityFiles:
    """The records of these files. Raises InputError where one cannot be read or holds no record."""
    records: list[Authority] = []
    problems: list[Problem] = []
    digests = []
    for path in paths:
        data = read_bytes(path)
        found, told = read_authority(data, Path(path).name)
        if not found:
            because = f" ({told[0].where}: {told[0].message})" if told else ""
            raise InputError(f"{path}: holds no authority record{because}; begin it with: name, type, id")
        records += found
        problems += told
        digests.append(Path(path).name.encode("utf-8", "surrogatepass") + hashlib.sha256(data).digest())
    return AuthorityFiles(
        merge_records(records), tuple(problems), hashlib.sha256(b"".join(sorted(digests))).hexdigest()
    )


def read_authority(data: bytes, name: str) -> tuple[list[Authority], list[Problem]]:
    """The records and the Problems of one file, by its content. Raises InputError where it is no such file."""
    reading = Reading(name)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        from corpus.authorities.lists import read_lists

        return list(read_lists(data, reading)), reading.problems
    from corpus.authorities.maps import read_map
    from corpus.authorities.tables import read_json_lines, read_table

    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        raise InputError(f"{name}: {decoded.reason}")
    text = decoded.text.lstrip("\ufeff")
    if text.lstrip().startswith("{") and '"FeatureCollection"' in text[:_HEAD]:
        return list(read_map(text, reading)), reading.problems
    read = read_json_lines if text.lstrip().startswith(("{", "[")) else read_table
    return list(read(text, reading)), reading.problems


def merge_records(records: Iterable[Authority]) -> tuple[Authority, ...]:
    """Records of one label that share a URI made one; in an order that hangs on what they say only."""
    ordered = sorted(set(records), key=_order)
    first: dict[tuple[str, str], int] = {}
    groups: list[list[Authority]] = []
    parent: list[int] = []

    def head(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for record in ordered:
        at = len(groups)
        groups.append([record])
        parent.append(at)
        for ref in record.refs:
            parent[head(first.setdefault((record.label, ref), at))] = head(at)
    gathered: dict[int, list[Authority]] = {}
    for at, group in enumerate(groups):
        gathered.setdefault(head(at), []).extend(group)
    return tuple(sorted(map(_one, gathered.values()), key=_order))


def _one(records: Sequence[Authority]) -> Authority:
    """The first record with what the others know besides."""
    one = records[0]
    if len(records) == 1:
        return one
    names = dict.fromkeys(name for record in records for name in (record.name, *record.aliases))
    several = {"source": " ".join(sorted({record.source for record in records}))}
    kept = {
        field: next((value for record in records if (value := getattr(record, field))), None)
        for field in ("type", "begin", "end", "place", "description")
    }
    located = next((record for record in records if record.latitude), one)
    status = "known" if any(record.status == "known" for record in records) else "proposed"
    return msgspec.structs.replace(
        one,
        aliases=tuple(name for name in names if name != one.name),
        refs=tuple(dict.fromkeys(ref for record in records for ref in record.refs)),
        latitude=located.latitude,
        longitude=located.longitude,
        status=status,
        **kept,
        **several,
    )


def _order(record: Authority) -> tuple[str, ...]:
    known = "0" if record.status == "known" else "1"
    return (known, record.label, record.name, *(str(value or "") for value in msgspec.structs.astuple(record)))
