"""HTML, XHTML and saved web pages to Articles."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from corpus.html import outline_of, parse_page
from corpus.readers.not_mine import NotMine
from corpus.structure import build_article
from schemas.errors import InputError
from schemas.records import Article, Source

EXTRACTOR = "adfontes-html 1"


def read_html(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of a page."""
    page = parse_page(data, name)
    if isinstance(page, NotMine):
        return page
    outline = outline_of(page.root, name, page.complaints)
    source = Source(name, "text/html", hashlib.sha256(data).hexdigest(), page.encoding, extractor=EXTRACTOR)
    article = build_article(outline, source)
    if not article.text:
        raise InputError(f"{name}: the page holds no text; a page that scripts fill must be saved from the browser")
    return (article,)
