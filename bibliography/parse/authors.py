"""The list of names at the head of a reference (or before "editors"), in the ways that lists are written.

>>> found = scan_names("Borodkin LI, Petrov YuA, editors. Ekonomicheskaya istoriya", 0)
>>> found.names, found.end, found.style
(((0, 11), (13, 23)), 23, 'glued')
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bibliography.parse.letters import UP, YEAR

_PARTICLE = r"(?:(?:[Vv]an|[Vv]on|de|[Dd]en|[Dd]er|del|della|di|da|dos|du|la|le|el|al|ten|ter|zu|zum|zur|af|av|[Vv]an de[rn]?|De|Da|La|Le|Mac|St\.|‘t|'t)\s+)"
_WORD = rf"(?:[dDLOldo]['’‘])?{UP}[\w'’‘\-‐]{{0,38}}\w|(?:[dDLl]['’]){UP}\w+"
_WORD = rf"(?:{_WORD})"
_FAMILY = rf"{_PARTICLE}{{0,3}}{_WORD}(?: {_WORD}){{0,2}}"
_FAMILY1 = rf"{_PARTICLE}{{0,3}}{_WORD}(?:[ ]{_WORD}(?=\s*[,.;:(]))?"
_DOT = rf"(?:(?:{UP}[a-zа-я]?|Chr|Geo|Wm|Jos|Joh|Fr|Alex)\s?\.\s?[\-‐–]?\s?)"
_DOTTED = rf"{_DOT}{{1,5}}"
_GLUED = rf"(?:{UP}[a-zа-я]?[\-‐]?){{0,3}}{UP}(?![\w'’])"
_SUFFIX = r"(?:,?\s(?:[JS]r\b\.?|I{2,3}\b|2nd\b|3rd\b|4th\b))?"
_GIVEN = rf"{_WORD}(?:\s(?:{_WORD}|{UP}\.)){{0,2}}"

# "Petrov YuA" | "Stump G. T." | "Durfee, E. H." | "Ballard, John" | "R. Lober" | "Ruth Shapira", "David A. Swinney"
_GLUED_NAME = rf"{_FAMILY}\s{_GLUED}{_SUFFIX}"
_POINTED = rf"{_FAMILY}\s{_DOTTED}{_SUFFIX}"
_INVERTED = rf"{_FAMILY}\s?,\s?{_DOTTED}{_SUFFIX}"
_INVERTED_BARE = rf"{_FAMILY}\s?,\s?{_GLUED}{_SUFFIX}"
_FULL = rf"{_FAMILY}\s?,\s?{_GIVEN}"
_STRAIGHT = rf"{_DOTTED}(?:{_WORD}\s)?{_FAMILY1}{_SUFFIX}"
_STRAIGHT_FULL = rf"{_WORD}(?:\s{UP}\.)*\s(?:{UP}\.\s)*{_PARTICLE}{{0,2}}{_WORD}{_SUFFIX}"
_STYLES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("glued", (_GLUED_NAME,), (_GLUED_NAME,)),
    ("inverted", (_INVERTED, _INVERTED_BARE), (_INVERTED, _INVERTED_BARE, _STRAIGHT, _STRAIGHT_FULL)),
    ("pointed", (_POINTED,), (_POINTED,)),
    ("straight", (_STRAIGHT,), (_STRAIGHT,)),
    ("full", (_FULL,), (_STRAIGHT, _STRAIGHT_FULL, _FULL)),
    ("plain", (_STRAIGHT_FULL,), (_STRAIGHT_FULL, _STRAIGHT)),
)
_NEXT = re.compile(
    r"\s*[,;]?\s*(?:(?:and|And|AND|und|et|y|and|e|и|a|og|och)\s+|&\s*|;\s*|,\s*|/(?!/)\s*)(?:(?:and|und|et|&)\s*)?"
)
_ET_AL = re.compile(r"\s*,?\s*(?:and\s+)?(?:\(?et\s*al\b\.?\)?|et coll\.|u\.\s?a\.|и др\.|и соавт\.|and others)")
_END = re.compile(rf"\s*(?:[.,:;(\[“‘«\"'„&/]|{YEAR}|//|and\b|editors?\b|eds?\b|et\b|$)")
_JOURNAL = re.compile(
    rf"\s?\.[\s:]*(?:{UP}\w*\s?[.:]?\s*){{0,4}}\d+(?<!\b(?:1[5-9]|20)\d\d)"
)  # "J. Phys" then ". A 49"
_TITLE_WORD = re.compile(
    r"(?:The|A|An|On|In|Of|Der|Die|Das|Ein|Eine|Le|La|Les|Un|Une|Il|Lo|Proc|Proceedings|Journal|Science|Handbook|New|Report"
    r"|Technical|Introduction|History|Zur|Über|Toward|Towards|For|Available|Vol|Vols|Department|University|International"
    r"|National|American|European|Annual|Review|Advances|Encyclopedia|Principles|Studies)[\s:]"
)
_COMPILED = tuple(
    (style, re.compile("|".join(f"(?:{p})" for p in first)), re.compile("|".join(f"(?:{p})" for p in more)))
    for style, first, more in _STYLES
)
_BODY = re.compile(
    rf"(?:The\s)?{UP}[\w&\-]*(?:\s(?:of|for|the|and|on|&|{UP}[\w\-]*)){{0,8}}?\s?(?:Collaboration|Consortium|Committee|Association"
    r"|Organi[sz]ation|Agency|Commission|Ministry|Bureau|Society|Bank|Group|Team|Council|Institute|Office|Union)"
    r"(?:\s(?:of|for|on)(?:\s(?:of|for|the|and|on|[A-Z][\w\-]*)){1,6})?(?=\s*[.,:(])"
)


class NameList(NamedTuple):
    """Names found: the span of each, where the list ends ("et al." included), and its style."""

    names: tuple[tuple[int, int], ...]
    end: int
    style: str


def scan_names(text: str, start: int, *, styles: tuple[str, ...] = ()) -> NameList | None:
    """The longest list of names that begins at ``start`` and ends at punctuation; None where there is none."""
    best: NameList | None = None
    for style, first, more in _COMPILED:
        if styles and style not in styles:
            continue
        found = _scan(text, start, style, first, more)
        if found is not None and (best is None or found.end > best.end):
            best = found
    if (body := _BODY.match(text, start)) and (best is None or best.style == "full"):
        return NameList(((body.start(), body.end()),), body.end(), "body")
    return best


def _scan(text: str, start: int, style: str, first: re.Pattern[str], more: re.Pattern[str]) -> NameList | None:
    names: list[tuple[int, int]] = []
    at, pattern = start, first
    while len(names) < 200 and (found := pattern.match(text, at)):
        if not (found[0].rstrip().endswith(".") or _END.match(text, found.end())) or not _is_name(
            text, found.start(), found.end(), style
        ):
            break
        names.append(found.span())
        pattern = more
        gap = _NEXT.match(text, found.end())
        if gap is None:
            break
        at = gap.end()
    if not names:
        return None
    end = names[-1][1]
    if et_al := _ET_AL.match(text, end):
        end = et_al.end()
    return NameList(tuple(names), end, style)


def _is_name(text: str, start: int, end: int, style: str) -> bool:
    if _TITLE_WORD.match(text, start):
        return False
    if (
        style in ("straight", "inverted", "plain", "full")
        and text[start : start + 2] == "J."
        and _JOURNAL.match(text, end)
    ):
        return False
    return style != "plain" or not any(word in text[start:end] for word in ("Press", "University", "Journal"))
