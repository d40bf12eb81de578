"""Changes to a library that touch nothing else in its file: field by field inside an entry, new entries at the end.

>>> from bibliography.bibtex import read_bibtex
>>> library = read_bibtex("% mine\\n@book{a,\\n  title = {One},\\n  year=1968\\n}\\n", "f")
>>> print(update(library, [library.entries[0].with_fields({"title": "One", "year": "1969", "isbn": "1"})]).text)
% mine
@book{a,
  title = {One},
  year={1969},
  isbn = {1},
}
<BLANKLINE>
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from bibliography.bibtex import Entry, Library, format_entry, format_value, read_bibtex
from bibliography.mend import value_end

_HEAD = re.compile(r"@[^{(]*[{(]\s*[^\s,]*\s*,?")
_FIELD = re.compile(r"[\s,]*(?P<name>[^\s=,{}\"]+)\s*=\s*")


class FieldPlace(NamedTuple):
    """Offsets in the entry's text: the name, the value with its delimiters, and the comma behind it."""

    name: str
    start: int
    value_start: int
    value_end: int
    end: int


def field_places(raw: str) -> list[FieldPlace] | None:
    """Where the fields of an entry's text stand; None where it is not sound enough to tell."""
    head = _HEAD.match(raw)
    if head is None:
        return None
    places: list[FieldPlace] = []
    at = head.end()
    while found := _FIELD.match(raw, at):
        end = value_end(raw, found.end())
        if end is None:
            return None
        comma = re.compile(r"\s*,").match(raw, end)
        at = comma.end() if comma else end
        places.append(FieldPlace(found["name"].lower(), found.start("name"), found.end(), end, at))
    return places if re.fullmatch(r"[\s,]*[)}]\s*", raw[at:]) else None


def update(library: Library, entries: Iterable[Entry]) -> Library:
    """The library read again from its text with these entries in it.

    An entry takes the place of the one with its key, or is added at the end. Only fields that differ are written; the
    whole entry is where its text is broken. All other text stays as it is, down to the ends of its lines.
    """
    known = {entry.key: entry for entry in library.entries}
    text = library.text
    newline = "\r\n" if "\r\n" in text else "\n"
    changes: list[tuple[int, int, str]] = []
    added: list[str] = []
    for entry in entries:
        old = known.get(entry.key)
        if old is None or old.start < 0:
            added.append(entry.raw or format_entry(entry))
        elif (old.fields, old.type) != (entry.fields, entry.type):
            written = _patch(text[old.start : old.end], old, entry)
            changes.append((old.start, old.end, written.replace("\r\n", "\n").replace("\n", newline)))
    for start, end, written in sorted(changes, reverse=True):
        text = text[:start] + written + text[end:]
    if added:
        gap = "" if not text.strip() else newline if text.endswith(("\n", "\r")) else newline * 2
        text += gap + (newline * 2).join(part.replace("\r\n", "\n").replace("\n", newline) for part in added) + newline
    return msgspec.structs.replace(read_bibtex(text, library.name), encoding=library.encoding)


def _patch(raw: str, old: Entry, new: Entry) -> str:
    places = field_places(raw) if old.type == new.type else None
    if places is None:
        return format_entry(new)
    last = places[-1] if places else None
    changes: list[tuple[int, int, str]] = []
    for at, place in enumerate(places):
        if place.name not in new.fields:
            changes.append((*_whole_field(raw, place), ""))
        elif place.name in {earlier.name for earlier in places[:at]}:
            continue  # a field that stands twice: the first is the one that counts
        elif new.fields[place.name] != old.fields.get(place.name):
            value = format_value(place.name, new.fields[place.name])
            changes.append((place.value_start, place.value_end, value))
    more = [name for name in new.fields if name not in {place.name for place in places}]
    if more:
        at = last.end if last else max(raw.rfind("}"), raw.rfind(")"))
        before = "" if last is None or raw[last.end - 1] == "," else ","
        between = _indent(raw, last)
        lines = [f"{between}{name} = {format_value(name, new.fields[name])}," for name in more]
        changes.append((at, at, before + "".join(lines)))
    for start, end, written in sorted(changes, reverse=True):
        raw = raw[:start] + written + raw[end:]
    return raw


def _whole_field(raw: str, place: FieldPlace) -> tuple[int, int]:
    """The field with its comma and the white space before it."""
    start = place.start
    while start > 0 and raw[start - 1].isspace():
        start -= 1
    return start, place.end


def _indent(raw: str, place: FieldPlace | None) -> str:
    """The white space before the last field, which stands before a new one too."""
    if place is None:
        return "\n  "
    start, _ = _whole_field(raw, place)
    return raw[start : place.start] or " "
