"""Volumes: the number without its label word, and the name that a volume of collected works has of its own.

>>> read_volume("Tom 34, Iyul’ – oktyabr’ 1917"), read_volume("Bd. 3"), read_volume("XII")
({'volume': '34', 'volume-title': 'Iyul’ – oktyabr’ 1917'}, {'volume': '3'}, {'volume': 'XII'})
"""

from __future__ import annotations

import re

_WORD = re.compile(
    r"(?:vol(?:ume)?s?|bde?n?|band|tom(?:e|o|us)?|t|jg|jahrgang|v|т|том|ч|часть|chast[’']?|kniga|кн|vyp(?:usk)?|вып(?:уск)?|issue|part|pt)\b[.:]?\s*(?=[\dIVXLCivxlc])",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?P<number>\d{1,3})\s(?:vols?|bde|tomes|tt|voll)\.?", re.IGNORECASE)  # "2 vols."
_NAMED = re.compile(
    r"(?P<number>\d{1,4}|[IVXLC]+)(?:\s*[,:]\s+|\.\s+)(?P<name>[^\W\d_].{2,}|\d{1,2}\s[^\W\d_].{2,})", re.DOTALL
)


def read_volume(text: str) -> dict[str, str]:
    """``volume``, and ``volume-title`` where the volume has a name."""
    text = " ".join(text.split())
    if several := _SEVERAL.fullmatch(text):
        return {"number-of-volumes": several["number"]}
    if word := _WORD.match(text):
        text = text[word.end() :]
    named = _NAMED.fullmatch(text)
    if named is not None:
        return {"volume": named["number"], "volume-title": named["name"].strip(" ,;")}
    return {"volume": text} if text else {}
