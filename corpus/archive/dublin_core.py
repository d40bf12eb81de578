"""An ``oai_dc`` record: simple Dublin Core as repositories harvest it (http://www.openarchives.org/OAI/2.0/oai_dc.xsd).

Only what the article says of itself; names and places that were found automatically are no subjects until reviewed.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from corpus.archive.licence import read_licence
from corpus.archive.payload import printed_name
from corpus.writers.tei.elements import clean
from schemas.records import Article

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"


def write_oai_dc(article: Article) -> bytes:
    """The record, UTF-8 with an XML declaration; elements without a value are left out."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": _XSI})
    root.set(f"{{{_XSI}}}schemaLocation", _SCHEMA)
    for name, text in _elements(article):
        value = " ".join(clean(text).split())
        if value:
            etree.SubElement(root, f"{{{DC}}}{name}").text = value
    etree.indent(root, space=" ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _elements(article: Article) -> Iterator[tuple[str, str]]:
    metadata = article.metadata
    yield "title", metadata.title or article.source.name or article.id
    for person in metadata.authors:
        yield "creator", printed_name(person)
    for keyword in metadata.keywords:
        yield "subject", keyword
    yield "description", metadata.abstract or ""
    yield "date", metadata.issued or ""
    yield "type", "Text"
    yield "format", "application/tei+xml"
    yield "identifier", article.id
    if metadata.DOI:
        yield "identifier", f"https://doi.org/{metadata.DOI.removeprefix('https://doi.org/')}"
    yield "source", metadata.how_to_cite or metadata.container_title or ""
    yield "language", metadata.language or ""
    if metadata.licence:
        licence = read_licence(metadata.licence)
        yield "rights", licence.name
        if licence.url is not None and licence.url != licence.name:
            yield "rights", licence.url
