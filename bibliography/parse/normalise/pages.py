"""Pages: a range inside a host, a book's own extent, or the page that a note cites.

>>> raw = "Nauka, 1978. - 264 с."
>>> read_pages(raw, 15, 21, hosted=False), expand_pages("151-9"), expand_pages("1423–8")
({'number-of-pages': '264'}, '151-159', '1423–1428')
"""

from __future__ import annotations

import re

from bibliography.parse.letters import DASH

_WORD = r"(?:pp?|pg|pages?|pagg?|S|Ss|Seiten?|Sp|[сСcC]|стр|str|cols?|fols?|Bl|[Ss]tb|ст|Ст)"
_EXTENT = re.compile(rf"(?P<value>\d{{1,4}})(?:\s?,?\s?\[\d+\])?\s?{_WORD}(?![^\W\d_])\.?")
_BEHIND = re.compile(rf"(?:,?\s?\[\d+\])?\s?{_WORD}(?![^\W\d_])(?:\.|$|\s*[,;)])")
_BEFORE = re.compile(rf"(?<![^\W\d_]){_WORD}\.?\s*$")
_LEAD = re.compile(rf"{_WORD}(?:\.\s*|\s+)(?=[\divxlcIVXLCA-Z])")
_TRAIL = re.compile(r"\s*\(\d+\s?pp?\)?$|,\s(?:at|hier|here|esp\.|surtout)\s.*$")
_RANGE = re.compile(rf"(?P<first>[A-Za-z]?\d+[a-z]?)(?P<dash>\s?{DASH}\s?)(?P<last>\d+)(?P<rest>.*)", re.DOTALL)


def read_pages(raw: str, start: int, end: int, *, hosted: bool) -> dict[str, str]:
    """The CSL variable of a field of pages; nothing for the page that a note cites of a whole book.

    ``hosted`` says that the work stands in a journal or another work.
    """
    text = _TRAIL.sub("", " ".join(raw[start:end].split()))
    extent = _EXTENT.fullmatch(text)
    if extent is None and text.isdigit() and _BEHIND.match(raw, end) and not _BEFORE.search(raw[:start]):
        return {"number-of-pages": text}
    if extent is not None:
        return {"number-of-pages": extent["value"]}
    if lead := _LEAD.match(text):
        text = text[lead.end() :]
    text = re.sub(r"\s+(?=[–—-])|(?<=[–—-])\s+", "", text).strip(" ,.;:")
    return {"page": text} if hosted and text else {}


def expand_pages(pages: str) -> str:
    """The range with its second number in full."""
    found = _RANGE.fullmatch(pages)
    if found is None:
        return pages
    digits = re.sub(r"\D", "", found["first"])
    last = found["last"]
    if len(last) < len(digits):
        last = digits[: len(digits) - len(last)] + last
    if int(last) < int(digits):
        return pages
    return f"{found['first']}{found['dash'].strip()}{last}{found['rest']}"
