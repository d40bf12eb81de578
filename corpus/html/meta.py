"""What a page says of its article in its head: citation_* and Dublin Core tags, JSON-LD, OpenGraph."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from bibliography.names import parse_name
from corpus.markup.walk import text_of
from schemas.records import Metadata, Person

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_DAY = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?!\d)")
_ARTICLES = ("article", "scholarlyarticle", "newsarticle", "blogposting", "chapter", "report", "book", "thesis")
_DATES = (
    "citation_publication_date", "citation_date", "citation_online_date", "dc.date.issued", "dcterms.issued", "dc.date",
    "prism.publicationdate", "citation_year", "article:published_time",
)  # fmt: skip
_CONTAINERS = (
    "citation_journal_title", "citation_inbook_title", "citation_conference_title", "prism.publicationname", "dc.source",
)  # fmt: skip
_DOIS = ("citation_doi", "dc.identifier.doi", "prism.doi", "bepress_citation_doi")
_LONGEST_JSON = 2_000_000


def read_meta(root: etree._Element) -> Metadata:
    """The metadata of a page; where several tags say the same, those made for scholars come first."""
    tags = _tags(root)
    linked = _json_ld(root)

    def first(*names: str) -> str | None:
        return next((tags[name][0] for name in names if tags[name]), None)

    title = first("citation_title", "dc.title", "dcterms.title") or _text(linked.get("headline") or linked.get("name"))
    return Metadata(
        title=title or first("og:title", "twitter:title"),
        authors=tuple(_authors(tags, linked, root)),
        abstract=first("citation_abstract", "dcterms.abstract", "dc.description.abstract"),
        keywords=tuple(_keywords(tags, linked)),
        language=first("citation_language", "dc.language", "dcterms.language") or root.get("lang") or _xml_lang(root),
        issued=_issued(first(*_DATES) or _text(linked.get("datePublished"))),
        container_title=first(*_CONTAINERS) or _text(linked.get("isPartOf")),
        DOI=_doi(first(*_DOIS), tags["dc.identifier"]),
        licence=_licence(root, first("dc.rights", "dcterms.license", "dc.rights.uri"), linked),
    )


def _xml_lang(root: etree._Element) -> str | None:
    return root.get("{http://www.w3.org/XML/1998/namespace}lang")


def _tags(root: etree._Element) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = defaultdict(list)
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().casefold()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            tags[name].append(content)
            if name.startswith(("dc.", "dcterms.")) and "lang" not in name:
                tags[name.replace("dcterms.", "dc.", 1)].append(content)
    return tags


def _json_ld(root: etree._Element) -> dict[str, Any]:
    for script in root.iter("script"):
        if (script.get("type") or "").casefold() != "application/ld+json" or len(script.text or "") > _LONGEST_JSON:
            continue
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _items(found):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(str(name).casefold() in _ARTICLES for name in names):
                return item
    return {}


def _items(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        graph = found.get("@graph")
        yield from (each for each in graph if isinstance(each, dict)) if isinstance(graph, list) else [found]
    elif isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))


def _text(value: Any) -> str | None:
    """A string of JSON-LD, or the name of the thing it describes."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("headline")
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _authors(tags: dict[str, list[str]], linked: dict[str, Any], root: etree._Element) -> Iterator[Person]:
    named = _cited_authors(root)
    if not named:
        names = tags["citation_authors"] or tags["dc.creator"]
        names = [part for name in names for part in name.split(";")]
        given = linked.get("author") or linked.get("creator") or []
        if not names:
            names = [text for each in (given if isinstance(given, list) else [given]) if (text := _text(each))]
        named = [(name, []) for name in names or tags["author"]]
    for name, places in named:
        parts = parse_name(name)
        family = " ".join(filter(None, (parts.get("non-dropping-particle"), parts.get("family"))))
        if parts:
            yield Person(family or None, parts.get("given"), parts.get("literal"), "; ".join(places) or None)


def _cited_authors(root: etree._Element) -> list[tuple[str, list[str]]]:
    """Highwire's tags: each author is followed by the institutions of that author."""
    found: list[tuple[str, list[str]]] = []
    for meta in root.iter("meta"):
        name = (meta.get("name") or "").casefold()
        content = " ".join((meta.get("content") or "").split())
        if name == "citation_author" and content:
            found.append((content, []))
        elif name == "citation_author_institution" and content and found:
            found[-1][1].append(content)
    return found


def _keywords(tags: dict[str, list[str]], linked: dict[str, Any]) -> Iterator[str]:
    written: Sequence[Any] = tags["citation_keywords"] or tags["dc.subject"] or []
    if not written:
        given = linked.get("keywords") or tags["keywords"]
        written = given if isinstance(given, list) else [given]
    for text in written:
        if isinstance(text, str):
            for word in re.split(r";", text) if ";" in text else re.split(r",", text):
                if word.strip():
                    yield word.strip()


def _issued(written: str | None) -> str | None:
    day = _DAY.search(written or "")
    if day is None:
        return None
    parts = [day["year"], *(f"{int(day[part]):02}" for part in ("month", "day") if day[part])]
    return "-".join(parts)


def _doi(written: str | None, others: Sequence[str]) -> str | None:
    for text in [written or "", *others]:
        if found := _DOI.search(text):
            return found.group().rstrip(".,;")
    return None


def _licence(root: etree._Element, written: str | None, linked: dict[str, Any]) -> str | None:
    for link in root.iter("link", "a"):
        if "license" in (link.get("rel") or "").casefold().split() and link.get("href"):
            return link.get("href")
    return written or _text(linked.get("license"))


def page_title(root: etree._Element) -> str:
    """The words of the ``title`` element, which often names the site too."""
    return text_of(root.find(".//title"))
