"""``teiHeader``: what the article says of itself, what was done to it and by what; no clock, so no date of our own."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from lxml import etree

from corpus.writers.tei.bibl import write_issued, write_name
from corpus.writers.tei.edition import SOURCE, TOOL, Edition
from corpus.writers.tei.elements import TEI, clean, element, language, local_name, sub, web_address, xml_name
from corpus.writers.tei.tags import exact
from corpus.writers.tei.taxonomies import EDITS, write_taxonomies
from schemas.records import Article, Metadata
from schemas.values import DateValue

_NAME = "adfontes"
# TEI's data.versionNumber: "0.1.0", "2.0b1"; what a packager adds ("0.1.0+local") stands in the label only.
_VERSION = re.compile(r"[0-9]+[a-z]*[0-9]*(?:\.[0-9]+[a-z]*[0-9]*){0,3}")


def write_header(edition: Edition, text: etree._Element) -> etree._Element:
    """The header; ``text`` is counted in ``tagsDecl``."""
    header = element("teiHeader")
    _write_file_description(sub(header, "fileDesc"), edition.article)
    _write_encoding(sub(header, "encodingDesc"), edition, text)
    _write_profile(sub(header, "profileDesc"), edition.article)
    version = edition.article.made.version if edition.article.made else None
    change = sub(sub(header, "revisionDesc", status="unreviewed"), "change", who=TOOL)
    change.text = clean(f"Annotated by {_NAME}{f' {version}' if version else ''}; no person has reviewed it.")
    return header


def _write_file_description(made: etree._Element, article: Article) -> None:
    metadata = article.metadata
    titles = sub(made, "titleStmt")
    sub(titles, "title", metadata.title or article.source.name or article.id, level="a", type="main")
    _write_authors(titles, metadata)
    tool = sub(titles, "respStmt", id=TOOL[1:])
    sub(tool, "resp", "automatic annotation")
    sub(tool, "name", _NAME, type="software")
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
    sub(made, "idno", article.id, type=_NAME)
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


def _write_encoding(made: etree._Element, edition: Edition, text: etree._Element) -> None:
    about = "Annotated automatically: names, figures, dates, citations and the sources of claims. Links and values are"
    sub(sub(made, "projectDesc"), "p", f"{about} not evidence until a person has reviewed them.")
    _write_editorial(sub(made, "editorialDecl"), edition.article)
    tags = Counter(local_name(each) for each in text.iter())
    namespace = sub(sub(made, "tagsDecl", partial="true"), "namespace", name=TEI)
    for tag in sorted(tags):
        sub(namespace, "tagUsage", gi=tag, occurs=str(tags[tag]))
    write_taxonomies(made)
    _write_applications(sub(made, "appInfo"), edition)


def _write_editorial(made: etree._Element, article: Article) -> None:
    """Every kind of edit that was made, with its count, and what was annotated by whom."""
    edits = Counter(edit.kind for edit in article.edits)
    normalization = sub(made, "normalization", method="silent")
    for kind, what in EDITS.items():
        if edits[kind]:
            sub(normalization, "p", f"{what[0].upper()}{what[1:]}: {edits[kind]}.", n=kind)
    if not edits:
        sub(normalization, "p", "None: the text is the source's, character for character.")
    interpretation = sub(made, "interpretation")
    counts = Counter((ann.layer, ann.made_by) for ann in article.annotations)
    for (layer, made_by), count in sorted(counts.items()):
        sub(interpretation, "p", f"Annotations of the layer {layer}, made by {made_by}: {count}.")
    sub(interpretation, "p", f"Citations: {len(article.citations)}; claims: {len(article.claims)}.")


def _write_applications(made: etree._Element, edition: Edition) -> None:
    """The toolkit with its configuration, and each of its parts and models that made annotations."""
    article = edition.article
    version = article.made.version if article.made else ""
    _write_toolkit(made, article, version)
    for made_by, xml_id in edition.agents.items():
        if made_by != SOURCE:
            number = _VERSION.search(made_by) or _VERSION.match(version)
            part = sub(
                made, "application", id=xml_id, ident=xml_name(made_by), version=number.group() if number else "0"
            )
            sub(part, "label", exact(made_by))


def _write_toolkit(made: etree._Element, article: Article, version: str) -> None:
    number = _VERSION.match(version)
    application = sub(made, "application", ident=_NAME, version=number.group() if number else "0")
    sub(application, "label", f"{_NAME} {version}".strip())
    if article.made is not None:
        sub(application, "p", f"Model: {article.made.model}", n="model")
        for option, value in sorted(article.made.configuration.items()):
            sub(application, "p", f"{option} = {value}", n=option)
        if article.made.key:
            sub(application, "p", article.made.key, n="key", rend="key")


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
