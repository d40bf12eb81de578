"""Where on a page the article stands, and what around and inside it is no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.html.parse import classes, take_out
from corpus.markup.walk import text_of
from corpus.markup.xml import local
from corpus.structure import Dropped

_PROSE = ("p", "li", "blockquote", "dd", "pre", "h1", "h2", "h3", "td")
_MUTE = (
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "canvas", "video", "audio", "select",
    "input", "textarea", "button", "head", "link", "meta", "map", "datalist", "dialog", "progress",
)  # fmt: skip
_NEVER = ("nav", "form", "menu")
_WORDS = (
    "nav navbar navigation menu breadcrumb breadcrumbs cookie cookies consent gdpr banner share sharing social addthis related "
    "recommended recommendations newsletter subscribe subscription signup signin login advert advertisement ads promo sidebar "
    "toolbar pagination pager comments comment-list respond metrics altmetric altmetrics download downloads popup modal skip-link "
    "skiplink site-header site-footer page-footer masthead widget widgets toc table-of-contents tableofcontents print-only noprint "
    "sr-only visually-hidden screen-reader-text mw-editsection mw-jump-link navbox catlinks printfooter article-tools "
    "article-actions citation-tools export-citation reading-list alert-box search searchform language-switcher "
    "contentinfo complementary"
).split()  # fmt: skip
_BOILERPLATE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(_WORDS)}|[\w-]*(?:cookie|breadcrumb|share-|social-|related-art|newsletter)[\w-]*)(?![\w-])"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SEMANTIC = re.compile(
    r"articlebody|(?<![\w-])(?:main|article|main-content|maincontent|article-body|articlebody|article-content|article__body"
    r"|entry-content|post-content|fulltext|full-text|document|doc-body|mw-parser-output|content)(?![\w-])"
)
_NOTES = re.compile(r"footnote|endnote|doc-note|noteref|doc-biblio")
_LEAST = 25  # characters of a paragraph that count
_ENOUGH, _WITHIN, _SHARE = 0.6, 0.92, 0.85  # of the prose: of the page, of what is named already, unnamed


class Prose:
    """How many characters of prose each element holds: paragraphs that are not mostly links."""

    def __init__(self, root: etree._Element) -> None:
        self._length: dict[etree._Element, int] = {}
        for element in root.iter(*_PROSE):
            if any(local(child) in _PROSE for child in element):
                continue
            text = text_of(element)
            linked = sum(len(text_of(link)) for link in element.iter("a"))
            if len(text) < _LEAST or linked * 2 > len(text):
                continue
            walk: etree._Element | None = element
            while walk is not None:
                self._length[walk] = self._length.get(walk, 0) + len(text)
                walk = walk.getparent()

    def of(self, element: etree._Element) -> int:
        """Characters of prose in an element."""
        return self._length.get(element, 0)


def drop_boilerplate(body: etree._Element, keep: set[etree._Element]) -> Iterator[Dropped]:
    """Take out what is mute, hidden or about the site; what is no script or image is told. ``keep`` is never dropped."""
    for element in list(body.iter(*_MUTE)):
        if not _is_formula(element):
            take_out(element)
    prose = Prose(body)
    whole = max(prose.of(body), 1)
    for element in list(body.iter(etree.Element)):
        if element is body or not _is_boilerplate(element) or element in keep:
            continue
        if prose.of(element) > 0.3 * whole or any(each in keep for each in element.iter(etree.Element)):
            continue
        if text := text_of(element):
            yield Dropped(text)
        take_out(element)


def _is_formula(element: etree._Element) -> bool:
    return local(element) == "script" and (element.get("type") or "").startswith("math/")


def _is_boilerplate(element: etree._Element) -> bool:
    name, described = local(element), classes(element)
    if name in _NEVER or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    if _NOTES.search(described) or name in ("html", "body", "main", "article", "h1"):
        return False
    hidden = element.get("aria-hidden") == "true" and "math" not in described and name != "figcaption"
    if name in ("aside", "footer") or hidden:
        return True
    return bool(described.strip()) and _BOILERPLATE.search(described) is not None


def find_main(body: etree._Element) -> etree._Element:
    """The element that holds the article: what the page says is one, else the smallest that holds most of the prose."""
    prose = Prose(body)
    whole = prose.of(body)
    if not whole:
        return body
    best, named = body, False
    for each in body.iter(etree.Element):
        share = _WITHIN if named else _ENOUGH
        if _is_named(each) and prose.of(each) >= share * prose.of(best):
            best, named = each, True
    if not named:
        while True:
            within = [child for child in best if prose.of(child) >= _SHARE * whole]
            if (
                not within
                or local(within[0]) in _PROSE
                or local(within[0]) in ("ul", "ol", "table", "tbody", "tr", "dl")
            ):
                break
            best = within[0]
    return best


def _is_named(element: etree._Element) -> bool:
    return local(element) in ("article", "main") or _SEMANTIC.search(classes(element)) is not None


def outside(body: etree._Element, main: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """The elements before and behind the article, each as large as can be."""
    before: list[etree._Element] = []
    behind: list[etree._Element] = []
    way = [main]
    while way[-1] is not body and (parent := way[-1].getparent()) is not None:
        way.append(parent)
    for parent, child in zip(way[:0:-1], way[-2::-1], strict=True):
        position = parent.index(child)
        children = list(parent)
        before += [each for each in children[:position] if local(each)]
        behind = [each for each in children[position + 1 :] if local(each)] + behind
    return before, behind
