"""TEI XML to Articles: one for each ``TEI``, so that a ``teiCorpus`` gives many; our own files to the same Article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import msgspec
from lxml import etree

from corpus.markup.walk import Pointers
from corpus.markup.xml import Parsed, local, parse_xml, root_name, without_namespaces
from corpus.readers.not_mine import NotMine
from corpus.structure import build_article
from corpus.tei import outline_of, read_layers, read_ours
from schemas.errors import InputError
from schemas.records import Article, Source

EXTRACTOR = "adfontes-tei 1"
_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ROOTS = ("tei", "tei.2", "teicorpus", "teicorpus.2")


def read_tei(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The articles of a TEI file."""
    root = root_name(data)
    if root is None:
        return NotMine("it is no XML")
    if root[0] != _NAMESPACE and root[1].casefold() not in _ROOTS:
        return NotMine(f"its outermost element is {root[1]}, not TEI")
    parsed = parse_xml(data, name)
    found = [article for article in _numbered(_articles(parsed, data, name)) if article.text]
    if not found:
        raise InputError(
            f"{name}: it is a TEI file without text; give one with a text or at least a header that says what"
        )
    return found


def _articles(parsed: Parsed, data: bytes, name: str) -> Iterator[Article]:
    tree = without_namespaces(parsed.root)
    whole = [each for each in tree.iter(*_tags()) if not any(local(child) in _tags() for child in each)] or [tree]
    pointers = Pointers(tree)
    source = Source(name, "application/tei+xml", hashlib.sha256(data).hexdigest(), parsed.encoding, extractor=EXTRACTOR)
    for tei in whole:
        ours = read_ours(tei)
        yield ours.article if ours is not None else _read(tei, source, pointers, parsed)


def _read(tei: etree._Element, source: Source, pointers: Pointers, parsed: Parsed) -> Article:
    return read_layers(build_article(outline_of(tei, source.name, pointers, parsed.complaints), source), tei)


def _tags() -> tuple[str, ...]:
    return ("TEI", "TEI.2", "tei")


def _numbered(articles: Iterator[Article]) -> Iterator[Article]:
    """Several articles of one file have ids of their own."""
    seen: set[str] = set()
    for number, article in enumerate(articles, start=1):
        yield msgspec.structs.replace(article, id=f"{article.id}.{number}") if article.id in seen else article
        seen.add(article.id)
