"""The reference list of a page: its container by name, role or heading; its entries; what is no part of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.html.links import Links, label_of
from corpus.html.parse import classes, take_out
from corpus.layout.zones import zone_of
from corpus.markup.walk import text_of
from corpus.markup.xml import local

_LISTS = re.compile(
    r"(?<![\w-])(?:references?|references-list|reference-list|ref-list|reflist|bibliography|works-?cited|citation-list|doc-bibliography"
    r"|csl-bib-body|article-references|c-article-references)(?![\w-])"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FINDERS = re.compile(
    r"[\s\[(|;,]*(?:google scholar|cross-?ref|pub-?med(?: central)?|pmc(?: free article)?|view(?: article| record)?|web of science|scopus"
    r"|medline|find (?:it|full text)|article|full text|pdf|adsads|ads|cas|mathscinet|export citation|search ads|openurl|isi|worldcat"
    r"|download citation|[↑↩^]|return to ref.{0,12}|view in article|go to (?:reference|citation) in article)[\s\])|;,]*", re.IGNORECASE,
)  # fmt: skip
_FEWEST = 2
_LABEL = re.compile(r"\s*(?:\[(?P<bracketed>\d{1,4}[a-z]?)\]|(?P<plain>\d{1,4})[.)](?=\s|$))\s*")


@dataclass(frozen=True)
class FoundEntry:
    """An entry: the element, the keys that links may name, its label."""

    element: etree._Element
    keys: tuple[str, ...]
    label: str


def find_entries(root: etree._Element, links: Links) -> list[FoundEntry]:
    """The entries of all reference lists, in order; their links to search engines are taken out."""
    entries: list[FoundEntry] = []
    seen: set[etree._Element] = set()
    for container in _containers(root, links):
        elements = [each for each in _entries_in(container) if each not in seen and text_of(each)]
        for number, element in enumerate(elements, start=1):
            seen.update(element.iter(etree.Element))
            entries.append(_read(element, number))
    return entries


def _containers(root: etree._Element, links: Links) -> Iterator[list[etree._Element]]:
    for element in root.iter("section", "div", "ol", "ul", "dl", "aside", "table"):
        if _LISTS.search(classes(element)) and len(list(_entries_in([element]))) >= _FEWEST:
            yield [element]
    for heading in root.iter(*_HEADINGS, "p"):
        if zone_of(text_of(heading)[:80] or "-") == "references" and _is_heading(heading):
            yield list(under(heading))
    linked = [link.target for link in links.links if link.kind == "entry" and link.target is not None]
    parents = {parent for target in linked if (parent := _item(target).getparent()) is not None}
    for parent in sorted(parents, key=lambda each: links.order.get(each, 0)):
        if local(parent) in ("ol", "ul"):
            yield [parent]


def _item(target: etree._Element) -> etree._Element:
    walk = target
    while local(walk) not in ("li", "p", "div", "dd", "tr") and (parent := walk.getparent()) is not None:
        walk = parent
    return walk


def _is_heading(element: etree._Element) -> bool:
    return local(element) in _HEADINGS or (len(element) == 1 and local(element[0]) in ("b", "strong"))


def under(heading: etree._Element) -> Iterator[etree._Element]:
    """What follows a heading up to the next that is as high; where the heading stands alone in a box, what follows that."""
    start = heading
    while (parent := start.getparent()) is not None and local(parent) in ("div", "header", "section", "hgroup"):
        if len("".join(text_of(parent).split())) > len("".join(text_of(heading).split())) + 2:
            break
        start = parent
    rank = local(heading)
    walk = start.getnext()
    while walk is not None:
        inner = next(walk.iter(*_HEADINGS), None) if isinstance(walk.tag, str) else None
        if inner is not None and (rank == "p" or local(inner) <= rank):
            return
        if isinstance(walk.tag, str):
            yield walk
        walk = walk.getnext()


def _entries_in(containers: list[etree._Element]) -> Iterator[etree._Element]:
    """The items of the lists in some containers; without lists, their blocks."""
    items = [each for container in containers for each in container.iter("li") if not _inside(each, "li", container)]
    if items:
        yield from items
        return
    for container in containers:
        rows = [row for row in container.iter("tr") if len(text_of(row)) > 10]
        if rows:
            yield from rows
            continue
        blocks = [
            each
            for each in container.iter("p", "div", "dd")
            if not any(local(c) in ("p", "div", "dd", "ul") for c in each)
        ]
        if not blocks and local(container) in ("p", "div"):
            blocks = [container]
        yield from blocks


def _inside(element: etree._Element, name: str, top: etree._Element) -> bool:
    for above in element.iterancestors():
        if above is top:
            return False
        if local(above) == name:
            return True
    return False


def _read(element: etree._Element, number: int) -> FoundEntry:
    keys = [
        element.get("id"),
        *(each.get("id") or (each.get("name") if local(each) == "a" else None) for each in element.iter(etree.Element)),
    ]
    parent = element.getparent()
    keys += [parent.get("id")] if parent is not None and len(parent) == 1 else []
    for a in list(element.iter("a", "button", "span")):
        if a is not element and _FINDERS.fullmatch(text_of(a)):
            take_out(a)
    label = _lift_label(element)
    if not label and parent is not None and local(parent) == "ol" and local(element) == "li":
        label = str(number)
    return FoundEntry(element, tuple(dict.fromkeys(filter(None, keys))), label)


def _lift_label(element: etree._Element) -> str:
    """The number that is printed before an entry, taken off it."""
    first = next((each for each in element.iter(etree.Element) if (each.text or "").strip()), None)
    if first is None:
        return ""
    text = first.text or ""
    if (
        first is not element
        and local(first) in ("span", "b", "strong", "a", "td", "sup")
        and (label := label_of(text))
        and label[0].isdigit()
    ):
        first.text = None
        first.tail = re.sub(r"^[\s.)\]]+", "", first.tail or "")
        return label
    found = _LABEL.match(text)
    if found is None:
        return ""
    first.text = text[found.end() :]
    return found["bracketed"] or found["plain"]
