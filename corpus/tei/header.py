"""The TEI header: what it says of the article, and the title page that it stands for where the text prints none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.markup.walk import XML_LANG, Item, Walker, as_block, recast, text_of
from corpus.markup.xml import local
from corpus.tei.names import csl_name, print_name
from schemas.records import Metadata, Person

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def read_header(tei: etree._Element) -> Metadata:
    """The metadata of one ``TEI``."""
    header = tei.find("teiHeader")
    text = tei.find("text")
    language = tei.get(XML_LANG) or (text.get(XML_LANG) if text is not None else None)
    if header is None:
        return Metadata(language=_language(language))
    idents = [each.get("ident") or "" for each in header.iter("language")]
    language = language or (idents[0] if len(idents) == 1 else None)
    source = next(header.iter("biblStruct"), None)
    abstract = "\n\n".join(filter(None, (text_of(each) for each in _abstract_blocks(header))))
    return Metadata(
        title=_title(header),
        authors=tuple(_persons(header)),
        abstract=abstract or None,
        keywords=tuple(dict.fromkeys(_keywords(header))),
        language=_language(language),
        issued=_issued(header, source),
        container_title=_container(source),
        DOI=next((text_of(each) for each in header.iter("idno") if (each.get("type") or "").casefold() == "doi"), None),
        licence=_licence(header),
    )


def _language(tag: str | None) -> str | None:
    return tag if tag and re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", tag) else None


def _title(header: etree._Element) -> str | None:
    stated = header.find(".//titleStmt")
    if stated is None:
        return None
    titles = [
        each for each in stated.iter("title") if not any(local(child) == "title" for child in each) and text_of(each)
    ]
    main = next((each for each in titles if each.get("type") == "main"), titles[0] if titles else None)
    if main is None:
        return None
    sub = next((text_of(each) for each in titles if each is not main and each.get("type") in ("sub", "subtitle")), "")
    return ": ".join(filter(None, (text_of(main).rstrip(": "), sub)))


def _authors(header: etree._Element) -> list[etree._Element]:
    """The authors of the source where it names them with their parts, else those of the file."""
    analytic = next(
        (
            each
            for path in (".//sourceDesc//analytic", ".//titleStmt")
            for each in header.findall(path)
            if each.find("author") is not None
        ),
        None,
    )
    return analytic.findall("author") if analytic is not None else []


def _persons(header: etree._Element) -> Iterator[Person]:
    for author in _authors(header):
        name = csl_name(author)
        if name:
            family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
            places = "; ".join(
                dict.fromkeys(filter(None, (affiliation_words(each) for each in author.iter("affiliation"))))
            )
            yield Person(family or None, name.get("given"), name.get("literal"), places or None)


def affiliation_words(element: etree._Element) -> str:
    """An affiliation in one line; parts without a mark between them are set apart by commas."""
    raw = next((text_of(each) for each in element.iter("note") if each.get("type") == "raw_affiliation"), "")
    if raw:
        return raw
    parts: list[str] = []
    for each in element.iter(etree.Element):
        if (
            not any(isinstance(child.tag, str) for child in each)
            and text_of(each)
            and local(each) not in ("label", "idno", "email")
        ):
            parts.append(text_of(each))
    loose = [element.text or "", *(child.tail or "" for child in element)]
    if not parts or any(text.strip() for text in loose):
        return text_of(element)
    return ", ".join(dict.fromkeys(parts))


def _abstract_blocks(header: etree._Element) -> list[etree._Element]:
    found = [each for abstract in header.iter("abstract") for each in abstract.iter("p", "ab")]
    return found or [each for each in header.iter("abstract") if text_of(each)]


def _keywords(header: etree._Element) -> Iterator[str]:
    """The keywords of the authors: those of a scheme of the publisher (topics, disciplines) are none."""
    for group in header.iter("keywords"):
        if (group.get("n") or group.get("scheme") or "").casefold() in ("category", "subcategory", "topics", "session"):
            continue
        terms = [text_of(each) for each in group.iter("term", "item")]
        yield from filter(None, terms or [part.strip() for part in text_of(group).split(",")])


def _issued(header: etree._Element, source: etree._Element | None) -> str | None:
    places = [source, header.find(".//publicationStmt")]
    for place in places:
        for date in place.iter("date") if place is not None else ():
            if day := _DAY.match(date.get("when") or text_of(date)):
                return day.group()
    return None


def _container(source: etree._Element | None) -> str | None:
    if source is None or source.find("analytic") is None:
        return None
    titles = source.findall("monogr/title")
    main = next((each for each in titles if each.get("type") in (None, "main") and text_of(each)), None)
    return text_of(main) or None


def _licence(header: etree._Element) -> str | None:
    for licence in header.iter("licence", "license"):
        return licence.get("target") or text_of(licence) or None
    return None


def title_page(header: etree._Element | None, walker: Walker) -> list[Item]:
    """The blocks of a title page that only the header holds."""
    if header is None:
        return []
    items = as_block([_title(header) or ""], "title")
    seen: set[str] = set()
    for author in _authors(header):
        items += as_block([print_name(csl_name(author))], "author")
        for affiliation in author.iter("affiliation"):
            text = affiliation_words(affiliation)
            if text not in seen:
                items += as_block([text], "affiliation")
                seen.add(text)
    for abstract in _abstract_blocks(header):
        inner = as_block(walker.inside(abstract), "abstract")
        items += recast(inner, "abstract", of=("paragraph", "heading", "list-item"))
    return [*items, *as_block([", ".join(dict.fromkeys(_keywords(header)))], "keywords")]
