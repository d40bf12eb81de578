"""Series: its title, and the number in it.

>>> read_series("Soviet and East European Studies, 22")
{'collection-title': 'Soviet and East European Studies', 'collection-number': '22'}
>>> read_series("Lecture Notes in Computer Science")
{'collection-title': 'Lecture Notes in Computer Science'}
"""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?P<title>.*?[^\W\d_][^,;]*?)[\s,;.]+(?:(?:no|nr|bd|vol|v|t|вып|№|n°|beiheft)\.?\s+)?(?P<number>\d{1,4}|[IVXLC]+)",
    re.IGNORECASE | re.DOTALL,
)


def read_series(text: str) -> dict[str, str]:
    """``collection-title`` and, where the series is numbered, ``collection-number``."""
    text = re.sub(r"^=\s*", "", " ".join(text.split()).strip(" ().,;"))
    found = _NUMBER.fullmatch(text)
    if found is None:
        return {"collection-title": text} if text else {}
    return {"collection-title": found["title"].strip(" ,;"), "collection-number": found["number"]}
