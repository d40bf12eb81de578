"""The columns of an authority file, and one record made of a row's cells; what cannot be read becomes a Problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from corpus.authorities.kinds import SHOWN, read_kind
from corpus.authorities.lifetimes import read_lifetime, read_time
from corpus.authorities.uris import SCHEMES, read_id, to_uri
from schemas.authorities import Authority
from schemas.ids import Ids, short_hash
from schemas.records import Problem

Row = Mapping[str, tuple[str, ...]]

COLUMNS: dict[str, str] = {
    "name": "name label preferred_name preflabel",
    "type": "type class",
    "id": "id uri ref same_as",
    "aliases": "aliases alias variants variant altlabel other_names",
    "kind": "kind subtype",
    "begin": "begin birth born start from founded date_of_birth",
    "end": "end death died to dissolved date_of_death",
    "dates": "dates life lifetime",
    "latitude": "latitude lat",
    "longitude": "longitude lon lng long",
    "coordinates": "coordinates geo point",
    "place": "place country part_of within",
    "description": "description desc note notes occupation",
    "status": "status",
    "comment": "comment comments asked why service",
    **{scheme: scheme for scheme in SCHEMES},
}
"""Each column with the headings that it goes by; a comment is for people and is not read."""

_BY_HEADING = {heading: column for column, headings in COLUMNS.items() for heading in headings.split()}
_MANY = re.compile(r"\s*[|;]\s*")
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,20})?")
_POINT = re.compile(r"Point\s*\(\s*(?P<lon>\S+)\s+(?P<lat>\S+)\s*\)", re.IGNORECASE)  # WKT, as Wikidata exports it
_PAIR = re.compile(r"(?P<lat>[^\s,]+)\s*[,\s]\s*(?P<lon>[^\s,]+)")
# What no name holds: controls, and the marks that turn the direction of a line.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")  # fmt: skip
_LONGEST = 1000  # code points of a name: longer ones are broken rows


class Reading:
    """One file as it is read: its name, and the Problems found so far."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self._ids = Ids("p-authority")

    def tell(self, line: int, code: str, message: str, hint: str) -> None:
        """Add a Problem about a line of the file."""
        where = f"{self.source}:{line}"
        self.problems.append(
            Problem(self._ids.make(f"{code}|{where}"), code, "warning", message, hint=hint, where=where)
        )

    def record(self, row: Row, line: int) -> Authority | None:
        """The record of a row; None, with a Problem, where it has no name or no type that is known."""
        name = clean_name(_first(row, "name"))
        if not name or len(name) > _LONGEST:
            what = f"a name of {len(name):,} characters" if name else "no name"
            self.tell(line, "authority-row", f"the row has {what} and is left out", "give each row a name")
            return None
        kind = read_kind(_first(row, "type"))
        if kind is None:
            said = _first(row, "type")
            message = (
                f"{name[:80]}: {f'unknown type {said[:40]!r}' if said else 'no type is given'}; the row is left out"
            )
            self.tell(line, "authority-type", message, f"the types are {SHOWN}")
            return None
        begin, end = self._times(row, line)
        latitude, longitude = self._coordinates(row, line)
        aliases = [clean_name(part) for cell in row.get("aliases", ()) for part in _MANY.split(cell)]
        label, finer = kind
        record = Authority(
            label=label,
            name=name,
            aliases=tuple(dict.fromkeys(alias for alias in aliases if 0 < len(alias) <= _LONGEST and alias != name)),
            refs=tuple(dict.fromkeys(self._refs(row, line))),
            type=_first(row, "kind").casefold() or finer,
            begin=begin,
            end=end,
            latitude=latitude,
            longitude=longitude,
            place=clean_name(_first(row, "place")) or None,
            description=clean_name(" ".join(row.get("description", ()))) or None,
            status="proposed" if _first(row, "status").casefold() == "proposed" else "known",
            source=self.source,
        )
        return record if record.refs else msgspec.structs.replace(record, refs=_own_ref(record))

    def _refs(self, row: Row, line: int) -> Iterable[str]:
        for written in row.get("id", ()):
            yield from (read_id(part, self.source) for part in written.split("|") if part.strip())
        for scheme in SCHEMES:
            for written in filter(None, (part.strip() for cell in row.get(scheme, ()) for part in _MANY.split(cell))):
                uri = to_uri(scheme, written)
                if uri is not None:
                    yield uri
                else:
                    message = f"{written[:60]!r} is no id of {SCHEMES[scheme].name}; it is left out"
                    self.tell(line, "authority-id", message, f"such ids become {SCHEMES[scheme].uri.format('ID')}")

    def _times(self, row: Row, line: int) -> tuple[str | None, str | None]:
        begin, end = (self._time(row, column, line) for column in ("begin", "end"))
        if (written := _first(row, "dates")) and begin is None and end is None:
            found = read_lifetime(written)
            if found is None:
                self._bad_date(written, line)
            return found or (None, None)
        return begin, end

    def _time(self, row: Row, column: str, line: int) -> str | None:
        written = _first(row, column)
        found = read_time(written) if written else None
        if written and found is None:
            self._bad_date(written, line)
        return found

    def _bad_date(self, written: str, line: int) -> None:
        hint = "write 1879-12-18, 1879, c. 1880, 188X or 18 December 1879; both dates as 1879-1953"
        self.tell(line, "authority-date", f"{written[:60]!r} is no date; it is left out", hint)

    def _coordinates(self, row: Row, line: int) -> tuple[str | None, str | None]:
        latitude, longitude = _first(row, "latitude"), _first(row, "longitude")
        if written := _first(row, "coordinates"):
            found = _POINT.fullmatch(written) or _PAIR.fullmatch(written)
            latitude, longitude = (found["lat"], found["lon"]) if found else (written, "")
        if not latitude and not longitude:
            return None, None
        north, east = _degrees(latitude, 90), _degrees(longitude, 180)
        if north is None or east is None:
            shown = f"{latitude[:30]!r}, {longitude[:30]!r}"
            hint = "write decimal degrees, latitude from -90 to 90 and longitude from -180 to 180: 55.7558, 37.6173"
            self.tell(line, "authority-coordinates", f"{shown} are no coordinates; they are left out", hint)
            return None, None
        return north, east


def column_of(heading: str) -> str | None:
    """The column that a heading means; None where it is none of ours.

    >>> column_of("Same as"), column_of("Birth"), column_of("colour")
    ('id', 'begin', None)
    """
    return _BY_HEADING.get("_".join(heading.strip().casefold().replace("-", " ").split()).strip("_"))


def clean_name(written: str) -> str:
    """A name in one line, without marks that cannot be printed."""
    return " ".join(_UNPRINTABLE.sub(" ", written).split())


def _own_ref(record: Authority) -> tuple[str, ...]:
    """A pointer into its file for a record without an id that knows more than a name, so that a name can lead to it."""
    known = (record.begin, record.end, record.latitude, record.place, record.description)
    said = "|".join([record.label, record.name, *record.aliases, *(part or "" for part in known)])
    return (read_id(short_hash(said), record.source),) if any(known) else ()


def _first(row: Row, column: str) -> str:
    return next((cell.strip() for cell in row.get(column, ()) if cell.strip()), "")


def _degrees(written: str, most: int) -> str | None:
    text = written.strip().replace("−", "-")
    text = text.replace(",", ".") if "." not in text else text
    if not _DEGREES.fullmatch(text) or abs(float(text)) > most:
        return None
    return text.removeprefix("+")
