"""Citations by author and page, as the MLA has them: "(Gaunt 12)", "(Hale, Songs 51; Jonas and Reid 77)", "(qtd. in Iqbal 151)".

>>> known = {"gaunt", "hale", "jonas", "iqbal", "thucydides"}.__contains__
>>> text = "So it was (Gaunt 12; cf. Hale, Songs 51), says one (qtd. in Iqbal 151) of many (Thucydides 2.48) in May (Table 2)."
>>> [(text[c.start:c.end], c.names, c.title, c.locator) for c in find_author_pages(text, known)]
[('Gaunt 12', ('Gaunt',), '', '12'), ('Hale, Songs 51', ('Hale',), 'Songs', '51'), ('Iqbal 151', ('Iqbal',), '', '151'), ('Thucydides 2.48', ('Thucydides',), '', '2.48')]

Only names that begin an entry count. Without a page, "(Kett)" is found as well: whether it cites is for the article's habit to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from annotate.annotators.citations.surnames import names_before
from bibliography.names import fold_name
from bibliography.parse.signals import read_signal

_BRACKET = re.compile(r"\((?P<inside>[^()\n]{2,200})\)")
_ITEM = re.compile(r"[^;]+")
_PAGE = r"(?:\d{1,3}(?!\d) | (?!(?:1[4-9]|20)\d\d(?!\d))\d{4}(?!\d) | [ivxlc]{1,6}(?!\w))"
_LOCATOR = re.compile(
    rf"""(?:^|,?\s) (?P<locator> (?:(?:pp?|vols?|bk|ch|l|ll|fol|S|с)\.\s?)? (?: \d{{1,3}}[.:]\d{{1,4}}(?:\.\d{{1,4}})*(?:[–-]\d{{1,4}})?
        | {_PAGE} (?:\s?[–-]\s?{_PAGE})? (?:ff?\.?)? (?:,\s{_PAGE}(?:\s?[–-]\s?{_PAGE})?)* (?:\s?n\.?\s?\d+)? ) )$""",
    re.VERBOSE,
)
_TITLE = re.compile(r"[“\"«‘]?(?P<title>[^\W\d_][^,“”\"«»]{2,80})[”\"»’]?")


class AuthorPage(NamedTuple):
    """A citation: its span, the surnames, "et al.", the short title (or nothing) and the locator as printed."""

    start: int
    end: int
    names: tuple[str, ...]
    et_al: bool
    given: str
    title: str
    locator: str | None


def find_author_pages(text: str, known: Callable[[str], bool]) -> Iterator[AuthorPage]:
    """The citations of a text, in order; ``known`` tells whether a folded name begins an entry."""
    for start, end in bracketed_items(text):
        if (found := _read(text, start, end, known)) is not None:
            yield found


def bracketed_items(text: str, brackets: re.Pattern[str] = _BRACKET) -> Iterator[tuple[int, int]]:
    """The parts of the brackets of a text between semicolons, each without the signal before it."""
    for bracket in brackets.finditer(text):
        for item in _ITEM.finditer(text, *bracket.span("inside")):
            yield _trimmed(text, *item.span())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end].strip()
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if signal := read_signal(said, 0):
        said, behind = said[signal.end :].lstrip(), len(said)
        return start + behind - len(said), start + behind
    return start, start + len(said)


def _read(text: str, start: int, end: int, known: Callable[[str], bool]) -> AuthorPage | None:
    said = text[start:end]
    page = _LOCATOR.search(said)
    named = said[: page.start()] if page else said
    head, _, title = named.partition(", ")
    for names, rest in ((named, ""), (head, title)):
        reading = next(iter(names_before(names, len(names), 0, known)), None)
        if reading is None or reading.start or not known(fold_name(reading.surnames[0])):
            continue
        if reading.listed and not all(known(fold_name(name)) for name in reading.surnames):
            continue  # "Hale, Songs"
        called = _TITLE.fullmatch(rest.strip(" ,")) if rest else None
        if rest and called is None:
            continue
        short = called["title"].rstrip(" ,") if called else ""
        return AuthorPage(
            start, end, reading.surnames, reading.et_al, reading.given, short, page["locator"] if page else None
        )
    return None
