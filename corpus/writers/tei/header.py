"""``teiHeader``: what the article says of itself, what was done to it and by what; no clock, so no date of our own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from lxml import etree

from corpus.writers.tei.bibl import write_issued, write_name
from corpus.writers.tei.edition import TOOL, Edition
from corpus.writers.tei.elements import element, language, sub, web_address
from corpus.writers.tei.encoding import NAME, write_encoding
from corpus.writers.tei.profiles import PERSON, Form
from corpus.writers.tei.revisions import write_revisions
from schemas.decisions import Decision
from schemas.records import Article, Metadata
from schemas.values import DateValue


def write_header(edition: Edition, text: etree._Element, form: Form, decisions: Sequence[Decision]) -> etree._Element:
    """The header; ``text`` is counted in ``tagsDecl``, ``decisions`` are what people decided on the annotations."""
    header = element("teiHeader")
    people = dict.fromkeys(decision.creator for decision in decisions)
    reviewers = {name: edition.ids.take(f"resp.{i}") for i, name in enumerate(people, start=1)}
    _write_file_description(sub(header, "fileDesc"), edition, reviewers)
    write_encoding(sub(header, "encodingDesc"), edition, text, form)
    _write_profile(sub(header, "profileDesc"), edition.article)
    write_revisions(header, edition, decisions, reviewers)
    return header


def _write_file_description(made: etree._Element, edition: Edition, reviewers: Mapping[str, str]) -> None:
    article, metadata = edition.article, edition.article.metadata
    titles = sub(made, "titleStmt")
    sub(titles, "title", metadata.title or article.source.name or article.id, level="a", type="main")
    _write_authors(titles, metadata)
    tool = sub(titles, "respStmt", id=TOOL[1:])
    sub(tool, "resp", "automatic annotation")
    sub(tool, "name", NAME, type="software")
    if PERSON in edition.agents:
        by_hand = sub(titles, "respStmt", id=edition.agents[PERSON])
        sub(by_hand, "resp", "annotation by hand")
        for name in reviewers or ("somebody whom this file does not name",):
            sub(by_hand, "name", name)
    for name, xml_id in reviewers.items():
        reviewer = sub(titles, "respStmt", id=xml_id)
        sub(reviewer, "resp", "review of the annotations")
        sub(reviewer, "name", name)
    extent = sub(made, "extent")
    sub(extent, "measure", f"{len(article.text)} characters", unit="characters", quantity=str(len(article.text)))
    _write_publication(sub(made, "publicationStmt"), article)
    _write_source(sub(made, "sourceDesc"), article)


def _write_authors(parent: etree._Element, metadata: Metadata) -> None:
    for person in metadata.authors:
        author = sub(parent, "author")
        parts = {"family": person.family, "given": person.given, "literal": person.literal}
        write_name(author, {part: text for part, text in parts.items() if text})
        if person.affiliation:
            sub(author, "affiliation", person.affiliation)


def _write_publication(made: etree._Element, article: Article) -> None:
    sub(made, "authority", "No publisher of this encoding is named.")
    sub(made, "idno", article.id, type=NAME)
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    sub(made, "idno", digest, type="sha256", subtype="text")
    licence = article.metadata.licence
    if licence:
        availability = sub(made, "availability")
        sub(availability, "licence", licence, target=web_address(licence))
    else:
        availability = sub(made, "availability", status="unknown")
        sub(availability, "p", "No licence is stated in the article or was given for this file.")


def _write_source(made: etree._Element, article: Article) -> None:
    metadata, source = article.metadata, article.source
    work = sub(made, "biblStruct")
    if metadata.container_title:
        analytic = sub(work, "analytic")
        _write_authors(analytic, metadata)
        sub(analytic, "title", metadata.title, level="a")
        monogr = sub(work, "monogr")
        sub(monogr, "title", metadata.container_title, level="j")
    else:
        monogr = sub(work, "monogr")
        _write_authors(monogr, metadata)
        sub(monogr, "title", metadata.title, level="u")
    if metadata.DOI:
        sub(monogr if not metadata.container_title else work[0], "idno", metadata.DOI, type="DOI")
    write_issued(sub(monogr, "imprint"), metadata.issued)
    if metadata.how_to_cite:
        sub(work, "note", metadata.how_to_cite, type="how-to-cite")
    file = sub(made, "bibl", id="by.source", type="file")
    sub(file, "title", source.name)
    sub(file, "idno", source.sha256, type="sha256", subtype="source")
    sub(file, "note", source.media_type, type="media-type")
    if source.encoding:
        sub(file, "note", source.encoding, type="encoding")
    sub(file, "note", source.coordinates, type="coordinates")


def _write_profile(made: etree._Element, article: Article) -> None:
    metadata = article.metadata
    if metadata.abstract and not any(block.kind == "abstract" for block in article.blocks):
        sub(sub(made, "abstract"), "p", metadata.abstract)
    languages = [metadata.language, *(block.lang for block in article.blocks)]
    known = list(dict.fromkeys(tag for tag in map(language, languages) if tag))
    if known:
        usage = sub(made, "langUsage")
        for tag in known:
            sub(usage, "language", tag, ident=tag)
    values = (ann.value for ann in article.annotations)
    calendars = {value.calendar for value in values if isinstance(value, DateValue) and value.calendar}
    if calendars:
        described = sub(made, "calendarDesc")
        for name in sorted(calendars):
            sub(sub(described, "calendar", id=f"calendar.{name}"), "p", f"{name.capitalize()} calendar")
    if metadata.keywords:
        keywords = sub(sub(made, "textClass"), "keywords")
        for keyword in metadata.keywords:
            sub(keywords, "term", keyword)
