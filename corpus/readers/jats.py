"""JATS XML (and its elder NLM form) to Articles: the article, and each article inside it, one by one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import msgspec
from lxml import etree

from corpus.jats import outline_of
from corpus.markup.xml import Complaint, local, parse_xml, root_name, without_namespaces
from corpus.readers.not_mine import NotMine
from corpus.structure import build_article
from schemas.errors import InputError
from schemas.records import Article, Source

EXTRACTOR = "adfontes-jats 1"
_PARTS = ("front", "front-stub", "body", "back")
_HTML = "http://www.w3.org/1999/xhtml"
_REVIEWS = re.compile(r"review|decision|reply|response|report|comment|evaluation|assessment|letter")
_WRAPPERS = ("pmc-articleset", "articles", "OAI-PMH", "record", "GetRecord", "metadata", "article")


def read_jats(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The articles of a JATS file."""
    root = root_name(data)
    if root is None:
        return NotMine("it is no XML")
    if root[1] not in _WRAPPERS or root[0] == _HTML:
        return NotMine(f"its outermost element is {root[1]}, not article")
    parsed = parse_xml(data, name)
    tree = without_namespaces(parsed.root)
    parts = [each for each in tree.iter("article", "sub-article", "response") if _is_article(each)]
    if not parts:
        return NotMine("it holds no article with front, body or back, as JATS has them")
    articles = [each for each in parts if not _is_review(each)] or parts
    source = Source(
        name, "application/jats+xml", hashlib.sha256(data).hexdigest(), parsed.encoding, extractor=EXTRACTOR
    )
    outlines = (outline_of(each, name, (*parsed.complaints, *_left_out(each, articles))) for each in articles)
    made = list(_numbered(build_article(outline, source) for outline in outlines))
    if not any(article.text for article in made):
        raise InputError(f"{name}: it is a JATS file without text; give one with the article's front or body")
    return made


def _is_article(element: etree._Element) -> bool:
    return any(local(child) in _PARTS for child in element)


def _is_review(element: etree._Element) -> bool:
    """Whether a part is about the article: the letters of its reviewers and the answers to them."""
    kind = (element.get("article-type") or element.get("response-type") or "").casefold()
    return local(element) != "article" and _REVIEWS.search(kind) is not None


def _left_out(article: etree._Element, articles: Sequence[etree._Element]) -> Iterator[Complaint]:
    """A Problem about the parts of an article that are not read."""
    parts = [each for each in article if local(each) in ("sub-article", "response") and each not in articles]
    kinds = ", ".join(
        dict.fromkeys((each.get("article-type") or each.get("response-type") or "part") for each in parts)
    )
    if parts:
        said = f"The file also holds parts about the article, which are left out: {kinds}."
        yield "part-left-out", said, "Cut such a part out into a file of its own if you want it read."


def _numbered(articles: Iterator[Article]) -> Iterator[Article]:
    """Several articles of one file have ids of their own."""
    for number, article in enumerate(articles, start=1):
        yield article if number == 1 else msgspec.structs.replace(article, id=f"{article.id}.{number}")
