"""The word itself: its letters in lower case, years and numbers by their kind, beginnings and endings."""

from __future__ import annotations

import re

_ROMAN = re.compile(r"[IVXLC]{1,7}|[ivxlc]{2,7}")


def word_form(text: str) -> str:
    """The form that is compared: "1969" is a year of the 20th century, "46" two digits, all else lower case.

    >>> word_form("1969"), word_form("46"), word_form("Moscow"), word_form("425")
    ('Y19', 'D2', 'moscow', 'D3')
    """
    if text.isdigit():
        if len(text) == 4 and "1400" <= text <= "2099":
            return f"Y{text[:2]}"
        return f"D{min(len(text), 6)}"
    return text.lower()


def word_features(text: str) -> list[str]:
    """Features of the word alone."""
    form = word_form(text)
    found = [f"w={form}"]
    if text[0].isalpha() and len(text) > 3:
        found += [f"s3={form[-3:]}", f"s2={form[-2:]}", f"p3={form[:3]}"]
    if _ROMAN.fullmatch(text):
        found.append("roman")
    return found
