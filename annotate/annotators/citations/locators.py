"""Locators behind a year or a number: ", 347", ": 12–15, 19", ", p. xiv", ":50v", ", с. 5", ", Bd. 2, S. 3".

>>> read_locator("1968: 214, 218; Lamers 2015", 4), read_locator("1968, 1973", 4), read_locator("1555: 12, a.3v)", 4)
((14, '214, 218'), (4, None), (14, '12, a.3v'))
"""

from __future__ import annotations

import re

_UNIT = r"""(?: pp?\. | pg\. | pages? | S\. | Sp\. | с\. | стр\. | л\. | f(?:ol|f)?s?\. | fo\. | cols?\. | [Vv]ols?\. | Bd\. | Bde\.
    | [тТ]\. | t\. | [Nn]os?\. | Nr\. | № | n(?:n|ote)?s?\.? | fn\.? | Anm\. | [Cc]h(?:ap)?s?\.? | [Cc]hapters? | [Kk]ap\. | гл\.
    | cap\. | chap\. | [Ss]ec(?:t|tion)?s?\.? | §§? | ¶ | [Pp]art | Teil | [Ff]ig(?:ure)?s?\.? | [Tt]ab(?:le|\.) | p?passim
    | e\.\s?g\., | esp\.? | especially | bes\. | v\. | bk\. | art\. | para(?:s|graphs?)?\.? | ex(?:x|ample)?\.? | lines? | ll?\. )"""
_ROMAN = r"(?= [xvil]{2} | [xvil](?=[–—-]) | [XVILC] ) (?: c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}) | C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}) ) [rv]?"
_NUMBER = rf"(?: [*a-zA-Z]{{1,2}}\. )? (?: \d{{1,4}} (?: [.:]\d{{1,3}} )* [a-z]{{0,2}} | (?: (?<=\.) [ivx]{{1,5}}[rv]? | {_ROMAN} ) ) (?!\w)"
_YEARLIKE = r"(?! (?:1[4-9]|20)\d\d (?![\d]) )"
_RANGE = rf"{_NUMBER} (?: \s?[–—-]\s? {_NUMBER} )? (?: \s?(?:ff?|f{{1,2}}\.|n\.?\s?\d+|passim)(?!\w)\.? )?"
_ITEM = rf"(?: {_UNIT} \s* ){{0,3}} {_YEARLIKE} (?: {_RANGE} | passim | et\s+passim )"
_MORE = rf"(?: \s?(?:,|&|and|und|et|и)\s? {_ITEM} ){{0,12}}"
_END = r"(?! [\w] | [.]\d )"
_LOCATOR = re.compile(
    rf"""\s?:\s* (?P<colon> (?:{_UNIT}\s*){{0,3}} (?:{_RANGE}|passim) {_MORE} ) {_END}
       | \s?:\s* (?P<free> [^()\[\];:]{{0,40}} \d [^()\[\];:]{{0,20}} ) (?= [)\]] )
       | \s?,?\s? (?P<unit> {_UNIT} \s* (?:{_UNIT}\s*){{0,2}} {_RANGE} {_MORE} ) {_END}
       | \s?,\s* (?P<bare> {_ITEM} {_MORE} ) {_END}""",
    re.VERBOSE,
)


def read_locator(text: str, at: int, *, bare: bool = True) -> tuple[int, str | None]:
    """Where the locator that begins at a position ends, and the locator as printed in one line; (at, None) for none.

    A year-like number is a locator only behind a colon or a unit: "Sutton 1968, 1973" cites two works. With ``bare``
    false, so is every number: "[12, 53]" cites two entries.
    """
    found = _LOCATOR.match(text, at)
    if found is None or (found["bare"] and not bare):
        return at, None
    return found.end(), " ".join(found[found.lastgroup or 0].split())
