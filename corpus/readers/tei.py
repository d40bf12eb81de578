"""TEI XML to Articles: one for each ``TEI``, so that a ``teiCorpus`` gives many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import msgspec

from corpus.markup.walk import Pointers
from corpus.markup.xml import local, parse_xml, root_name, without_namespaces
from corpus.readers.not_mine import NotMine
from corpus.structure import build_article
from corpus.tei import outline_of
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
    tree = without_namespaces(parsed.root)
    whole = [each for each in tree.iter(*_tags()) if not any(local(child) in _tags() for child in each)] or [tree]
    pointers = Pointers(tree)
    source = Source(name, "application/tei+xml", hashlib.sha256(data).hexdigest(), parsed.encoding, extractor=EXTRACTOR)
    made = (build_article(outline_of(each, name, pointers, parsed.complaints), source) for each in whole)
    found = [article for article in _numbered(made) if article.text]
    if not found:
        raise InputError(
            f"{name}: it is a TEI file without text; give one with a text or at least a header that says what"
        )
    return found


def _tags() -> tuple[str, ...]:
    return ("TEI", "TEI.2", "tei")


def _numbered(articles: Iterator[Article]) -> Iterator[Article]:
    """Several articles of one file have ids of their own."""
    for number, article in enumerate(articles, start=1):
        yield article if number == 1 else msgspec.structs.replace(article, id=f"{article.id}.{number}")
