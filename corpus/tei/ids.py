"""What the pointers of a TEI file lead to: elements by their ids, however these are written."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from corpus.markup.walk import XML_ID


class Ids:
    """Finds the elements that a ``target`` names: "#n1", a bare "ftn1", several in a row, one with another file before it."""

    def __init__(self, root: etree._Element) -> None:
        self._elements: dict[str, etree._Element] = {}
        for element in root.iter(etree.Element):
            for name in (element.get(XML_ID), element.get("id")):
                if name:
                    self._elements.setdefault(" ".join(name.split()), element)
        self._tails: dict[str, list[str]] | None = None

    def find(self, target: str | None) -> list[etree._Element]:
        """The elements of a target, in order; pointers to the outside find none."""
        if not target:
            return []
        whole = " ".join(target.split())
        if (
            whole.count("#") < 2 and (found := self._one(whole)) is not None
        ):  # an id may hold a space, though it must not
            return [found]
        return list(self._each(target))

    def _each(self, target: str) -> Iterator[etree._Element]:
        for token in target.split():
            found = self._one(token)
            if found is None and "://" not in token:
                found = self._by_tail(token.rpartition("#")[2])
            if found is not None:
                yield found

    def _one(self, token: str) -> etree._Element | None:
        name = token.rpartition("#")[2]
        if "://" in token and "#" not in token:
            return None
        return self._elements.get(name) if name in self._elements else self._elements.get(unquote(name))

    def _by_tail(self, name: str) -> etree._Element | None:
        """The one element whose id ends with a footnote's name: conference books put the paper's name before "ftn1"."""
        if not name.startswith(("ftn", "fn", "note")) or not name[-1:].isdigit():
            return None
        if self._tails is None:
            self._tails = {}
            for known in self._elements:
                at = max(known.rfind("ftn"), known.rfind("fn") if "ftn" not in known else -1, known.rfind("note"))
                if at > 0:
                    self._tails.setdefault(known[at:], []).append(known)
        found = self._tails.get(name, [])
        return self._elements[found[0]] if len(found) == 1 else None


def attributes_of(element: etree._Element) -> dict[str, str]:
    """The attributes of an element as they are written: "xml:id", "when"; places on a page (coords) left out."""
    return {_qualified(str(name)): str(value) for name, value in element.attrib.items() if name != "coords"}


def _qualified(name: str) -> str:
    namespace, _, local_name = name.rpartition("}")
    return f"xml:{local_name}" if namespace.endswith("XML/1998/namespace") else local_name
