"""xml:ids for the records of an article: their own ids where XML accepts them, made fit and kept apart where not.

>>> ids = XmlIds()
>>> ids.add("block", "b-1a2b"), ids.add("note", "b-1a2b"), ids.add("block", "12 bis")
('b-1a2b', 'b-1a2b.2', 'id.12-bis')
"""

from __future__ import annotations

import re
from typing import Generic, NamedTuple, TypeVar

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_NO_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
# Where a Problem names an id without saying of what: the order in which the kinds are tried.
KINDS = ("marker", "citation", "annotation", "claim", "note", "reference", "block", "page", "problem", "article")


R = TypeVar("R", covariant=True)


class Named(NamedTuple, Generic[R]):
    """A record with the xml:id it bears in this file."""

    record: R
    xml_id: str


class XmlIds:
    """Gives each record one xml:id and no xml:id twice; remembers which are not the records' own."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._repeats: dict[str, int] = {}
        self._of: dict[tuple[str, str], str] = {}
        self.changed: list[tuple[str, str]] = []  # (xml:id, the record's own id)

    def take(self, wanted: str) -> str:
        """An xml:id of our own making, like ``wanted`` if that is free."""
        name = wanted if _NAME.fullmatch(wanted) else f"id.{_NO_NAME.sub('-', wanted).strip('-')}"
        made = name
        while made in self._taken:
            self._repeats[name] = self._repeats.get(name, 1) + 1
            made = f"{name}.{self._repeats[name]}"
        self._taken.add(made)
        return made

    def add(self, kind: str, record_id: str) -> str:
        """The xml:id of a record; the first record of a kind keeps an id that two of them bear."""
        made = self.take(record_id)
        self._of.setdefault((kind, record_id), made)
        if made != record_id:
            self.changed.append((made, record_id))
        return made

    def part(self, xml_id: str, number: int) -> str:
        """The xml:id of a fragment of what bears ``xml_id``; the same whenever it is asked for."""
        key = (f"part {number}", xml_id)
        if key not in self._of:
            self._of[key] = self.take(f"{xml_id}.f{number}")
        return self._of[key]

    def get(self, kind: str, record_id: str | None) -> str | None:
        """The xml:id of a record that was added, else None."""
        return None if record_id is None else self._of.get((kind, record_id))

    def find(self, record_id: str) -> str | None:
        """The xml:id of the record of any kind that bears this id."""
        return next((self._of[kind, record_id] for kind in KINDS if (kind, record_id) in self._of), None)
