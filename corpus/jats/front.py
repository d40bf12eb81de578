"""The front matter of JATS: what the article says of itself, and the blocks that the title page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from corpus.jats.body import Body
from corpus.jats.names import csl_name, person_words
from corpus.jats.references import month_number
from corpus.layout.zones import zone_of
from corpus.markup.walk import Item, as_block, language_of, pieces_of, recast, text_of, words
from corpus.markup.xml import local
from corpus.structure import Dropped
from schemas.records import Metadata, Person

_HREF = "{http://www.w3.org/1999/xlink}href"
_DATES = ("pub", "epub", "ppub", "epub-ppub", "collection", "publication", "")
_NO_ABSTRACT = frozenset({"graphical", "toc", "web-summary", "teaser", "precis"})
_AFFILIATION_MARK = re.compile(r"^[\d*†‡§¶a-z]{1,2}\s+(?=[A-ZÀ-Þ])")


def read_front(body: Body, front: etree._Element | None) -> tuple[Metadata, list[Item]]:
    """The metadata and the blocks of the front matter; both are poor where the file says little."""
    if front is None:
        return Metadata(language=body.language), []
    meta = front.find("article-meta")
    meta = front if meta is None else meta
    titles = _titles(body, meta)
    items = [*titles, *_people(body, meta), *_sides(body, meta)]
    abstracts = [item for each in meta.findall("abstract") for item in _abstract(body, each)]
    translated = [item for each in meta.findall("trans-abstract") for item in _abstract(body, each)]
    keywords = [text_of(each) for group in _keyword_groups(meta) for each in group.iter("kwd")]
    items += [*abstracts, *translated, *_keywords(body, meta)]
    metadata = Metadata(
        title=": ".join(words([item]).rstrip(": ") for item in titles if getattr(item, "kind", "") == "title") or None,
        authors=tuple(_persons(meta)),
        abstract="\n\n".join(words([item]) for item in abstracts if getattr(item, "kind", "") == "abstract") or None,
        keywords=tuple(filter(None, keywords)),
        language=body.language,
        issued=_issued(meta),
        container_title=text_of(front.find(".//journal-title")) or text_of(front.find(".//book-title")) or None,
        DOI=_doi(meta),
        licence=_licence(meta),
    )
    return metadata, items


def _titles(body: Body, meta: etree._Element) -> list[Item]:
    items: list[Item] = []
    for group in meta.iter("title-group"):
        for each in group.iter("article-title", "subtitle", "trans-title", "trans-subtitle"):
            kind = "title" if local(each) in ("article-title", "subtitle") else "other"
            fields = {"lang": language_of(each, body.language), "pointer": body.pointers.of(each)}
            items += as_block(body.walker.inside(each), kind, **fields)  # type: ignore[arg-type]
        break
    return items


def _contributors(meta: etree._Element) -> Iterator[etree._Element]:
    for contrib in meta.iter("contrib"):
        if any(local(above) in ("contrib", "collab") for above in contrib.iterancestors()):
            continue
        if (contrib.get("contrib-type") or "author").casefold() in ("author", "authors", "collab", "translator"):
            yield contrib


def _name_of(contrib: etree._Element) -> etree._Element | None:
    return next(contrib.iter("name", "string-name", "collab", "anonymous"), None)


def _affiliations(meta: etree._Element, contrib: etree._Element) -> list[str]:
    """The affiliations of an author: those inside, those pointed to, those of the group when nothing is said."""
    inside = [_affiliation(each) for each in contrib.iter("aff")]
    keys = [
        key for xref in contrib.iter("xref") if xref.get("ref-type") == "aff" for key in (xref.get("rid") or "").split()
    ]
    by_id = {each.get("id"): each for each in meta.iter("aff") if each.get("id")}
    pointed = [_affiliation(by_id[key]) for key in keys if key in by_id]
    if not inside and not keys:
        group = contrib.getparent()
        near = [each for each in group if local(each) == "aff"] if group is not None else []
        linked = any(xref.get("ref-type") == "aff" for each in meta.iter("contrib") for xref in each.iter("xref"))
        alone = near or ([] if linked else list(meta.findall("aff")))
        pointed = [_affiliation(each) for each in alone]
    return list(dict.fromkeys(filter(None, [*inside, *pointed])))


def _affiliation(aff: etree._Element) -> str:
    """An affiliation without its label; parts without marks between them are set apart by commas."""
    parts: list[str] = [aff.text or ""]
    for child in aff:
        name = local(child)
        if name and name not in ("label", "sup", "email", "institution-id", "xref"):
            inner = (
                ", ".join(text_of(each) for each in child if local(each) == "institution")
                if name == "institution-wrap"
                else ""
            )
            text = inner or text_of(child)
            before = parts[-1].strip() if parts else ""
            if (
                text
                and any(part.strip() for part in parts)
                and not before.endswith((",", ";", ":", "(", "–"))
                and not before
            ):
                parts.append(", ")
            parts.append(text)
        parts.append(child.tail or "")
    text = " ".join("".join(parts).split())
    return _AFFILIATION_MARK.sub("", text).strip(" ,;")


def _persons(meta: etree._Element) -> Iterator[Person]:
    for contrib in _contributors(meta):
        name = _name_of(contrib)
        if name is None:
            continue
        parts = csl_name(name)
        family = " ".join(
            filter(None, (parts.get("dropping-particle"), parts.get("non-dropping-particle"), parts.get("family")))
        )
        affiliation = "; ".join(_affiliations(meta, contrib)) or None
        yield Person(family or None, parts.get("given"), parts.get("literal"), affiliation)


def _people(body: Body, meta: etree._Element) -> list[Item]:
    """Authors, and behind those who share them their affiliations, each once."""
    items: list[Item] = []
    seen: set[str] = set()
    known = [(contrib, name) for contrib in _contributors(meta) if (name := _name_of(contrib)) is not None]
    placed = [(contrib, name, tuple(_affiliations(meta, contrib))) for contrib, name in known]
    for affiliations, group in groupby(placed, key=lambda each: each[2]):
        for contrib, name, _ in group:
            items += as_block([person_words(name)], "author", pointer=body.pointers.of(contrib))
        for affiliation in affiliations:
            if affiliation not in seen:
                items += as_block([affiliation], "affiliation")
                seen.add(affiliation)
    return items


def _sides(body: Body, meta: etree._Element) -> list[Item]:
    """Correspondence, funding and other statements that the title page prints."""
    items: list[Item] = []
    for each in meta:
        if local(each) == "author-notes":
            for child in each:
                if local(child) == "fn" and child.get("id") in body.marked:
                    continue
                items += recast(as_block(body.walker.inside(child), "other"), "other") if local(child) else []
        elif local(each) == "funding-group":
            for statement in each.iter("funding-statement"):
                items += as_block(body.walker.inside(statement), "other")
    return items


def _abstract(body: Body, abstract: etree._Element) -> list[Item]:
    """An abstract; its own name is dropped, the titles of its sections stay."""
    kind = "other" if abstract.get("abstract-type") in _NO_ABSTRACT else "abstract"
    lang = language_of(abstract, body.language)
    title = text_of(abstract.find("title"))
    items: list[Item] = []
    if title:
        items = [Dropped(title)] if zone_of(title) == "abstract" else as_block([title], kind, lang=lang)  # type: ignore[arg-type]
    inner = as_block(body.walker.inside(abstract), kind, lang=lang)  # type: ignore[arg-type]
    return [*items, *recast(inner, kind, of=("paragraph", "heading", "list-item"))]  # type: ignore[arg-type]


def _keyword_groups(meta: etree._Element) -> Iterator[etree._Element]:
    """The groups of keywords that a reader sees: those of authors, not the codes of an archive."""
    for group in meta.findall("kwd-group"):
        kind = (group.get("kwd-group-type") or "").casefold()
        if kind in ("research-organism", "hwp-journal-coll", "npg-subject", "heading") or kind.startswith("jel"):
            continue
        yield group


def _keywords(body: Body, meta: etree._Element) -> list[Item]:
    items: list[Item] = []
    for group in _keyword_groups(meta):
        listed = [pieces_of(body.walker.inside(each)) for each in group.iter("kwd")]
        mark = "; " if any("," in words(each) for each in listed) else ", "
        pieces = [piece for i, each in enumerate(listed) for piece in ((mark, *each) if i else each)]
        items += as_block(pieces, "keywords", lang=language_of(group, body.language))
    return items


def _issued(meta: etree._Element) -> str | None:
    dates = {(each.get("date-type") or each.get("pub-type") or ""): each for each in reversed(meta.findall("pub-date"))}
    for kind in (*_DATES, *dates):
        date = dates.get(kind)
        if date is None or not (year := re.search(r"\d{4}", text_of(date.find("year")))):
            continue
        month, day = month_number(text_of(date.find("month"))), text_of(date.find("day"))
        parts = [year.group(), f"{month:02}" if month else "", f"{int(day):02}" if month and day.isdecimal() else ""]
        return "-".join(filter(None, parts))
    return None


def _doi(meta: etree._Element) -> str | None:
    for each in meta.findall("article-id"):
        if each.get("pub-id-type") == "doi" and (text := text_of(each)):
            return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text, flags=re.IGNORECASE)
    return None


def _licence(meta: etree._Element) -> str | None:
    for licence in meta.iter("license"):
        address = licence.get(_HREF) or next((text_of(each) for each in licence.iter("license_ref")), "")
        links = [each.get(_HREF) or "" for each in licence.iter("ext-link", "uri")]
        address = address or next((link for link in links if "creativecommons.org" in link), "")
        return address or text_of(licence) or None
    found = next((text_of(each) for each in meta.iter("license_ref")), "")
    return found or None
