"""Headings by their shape: short, begun like one, ended without a stop, numbered or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.layout.lines import Line, ends_sentence, first_word
from corpus.layout.regime import Regime, room_needed

if TYPE_CHECKING:
    from corpus.layout.draft import Draft

_NUMBERED = re.compile(  # "2.1.3 Classification", "§. 1.", "IV. The end", "Chapter 3", "[Title page / p. 1]"
    r"(?:§+\.?\s*\d+\.?|\d{1,2}(?:\.\d{1,2}){0,4}[a-z]?\.?\)?\s+(?=\W?[^\W_])|[IVXLC]{1,6}\.\s+|[A-Z]\.\s+(?=[^\W\d_])"
    r"|(?:chapter|part|section|appendix|kapitel|chapitre|глава|часть)\s+[\dIVXLC]+)",
    re.IGNORECASE,
)
CHAPTER = re.compile(  # heads a part of a book, and names none
    r"(?:chapter|part|book|kapitel|teil|chapitre|partie|capitolo|глава|часть)\s+[\w.]+$", re.IGNORECASE
)
_ALL_NUMBER = re.compile(r"(?:§+\.?\s*\d+|[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3})\.?$")
_DEPTH = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}")
_OPEN_ENDS = frozenset("and or of the a an in on to for with from by at und der die das et de la le du e di".split())
_LONGEST_HEADING = 130
QUOTE_INDENT = 3


def is_heading(draft: Draft, before: Draft | None, after: Draft | None, regime: Regime) -> bool:
    """A heading is short, begins like one, ends without a stop, and something follows it."""
    if draft.lines[0].hint is not None:
        return draft.kind == "heading"
    if after is None or len(draft.lines) > 3:
        return False
    text = draft.text
    numbered = is_numbered(text)
    if len(text) > _LONGEST_HEADING or not heading_shape(text):
        return False
    if before is not None and before.kind in ("paragraph", "quote") and not ends_sentence(before.text) and not numbered:
        return False
    if regime.form != "lines" and min(line.indent for line in draft.lines) >= QUOTE_INDENT:
        opened = before is not None and before.text[-1] in ":,"  # what stands below it is quoted
        return len(draft.lines) == 1 and text.isupper() and draft.lines[0].indent > regime.first and not opened
    return regime.form == "lines" or len(draft.lines) > 1 or len(text) < max(regime.width, 40)


def is_numbered(text: str) -> bool:
    """Whether a text begins with the number of a section: "2.1.3 ", "§ 4", "IV. ", "Chapter 3"."""
    return _NUMBERED.match(text) is not None


def heading_shape(text: str) -> bool:
    """Whether a text by itself may be a heading."""
    numbered = is_numbered(text)
    if _ALL_NUMBER.match(text):
        return not text.isdigit()
    if ";" in text or (text.count(",") > 2 and ":" not in text and not numbered):
        return False
    if text[-1] in "])0123456789*†¹²³⁴⁵⁶⁷⁸⁹⁰" and ends_sentence(text):  # a sentence with its marker: "town.[1]"
        return False
    if text[-1] in ".,;:—–-…" or (text[-1] in "!?" and len(text.split()) < 3):
        return False
    if not (numbered or text[0].isupper() or text[0] in "“«„‘["):
        return False
    letters = sum(character.isalpha() for character in text)
    return (
        letters >= 0.6 * sum(not (c.isspace() or c.isdigit() or c in ".()–") for c in text)
        and letters > 2
        and not any(mark in text for mark in "→=<>|¬∀∃√")
    )


def heading_level(text: str) -> int:
    """Depth by its number: "2.1.3" is on level 3; 1 where no number tells."""
    match = _DEPTH.match(text)
    return match.group().count(".") + 1 if match else 1


def ends_heading(group: Sequence[Line], line: Line, regime: Regime) -> bool:
    """A first line that looks like a heading and had room for the next word stands alone."""
    text = group[0].text
    if len(group) > 1 or line.text[0].islower() or room_needed(group[0], line) >= regime.width:
        return False
    if (regime.form != "spaced" and not line.page) or ends_sentence(text) or first_word(text[::-1])[::-1] in _OPEN_ENDS:
        return False
    return heading_shape(text)
