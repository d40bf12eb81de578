"""Citation keys: surname, year, first word of the title; ASCII, stable, unique.

>>> item = {"author": [{"family": "Shpotov", "given": "BM"}], "title": "Amerikanskii biznes i Sovetskii Soyuz",
...         "issued": {"date-parts": [[2013]]}}
>>> make_key(item), make_key(item, {"shpotov2013amerikanskii"})
('shpotov2013amerikanskii', 'shpotov2013amerikanskiia')
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from bibliography.names import fold_name
from schemas.records import CslItem

_STOP = frozenset(
    "a an the on of and in for to der die das ein eine den dem des zur zum von le la les un une du de l d il lo gli i"
    " uno una el los las o v na k s iz".split()
)


def make_key(item: CslItem, taken: Collection[str] = ()) -> str:
    """A key for the item that is not among ``taken``; a clash gets a, b ... z, aa ..."""
    base = f"{_surname(item)}{_year(item)}{_word(item)}" or "source"
    if base not in taken:
        return base
    return next(key for number in count() if (key := base + _letters(number)) not in taken)


def _surname(item: CslItem) -> str:
    for role in ("author", "editor", "translator"):
        people = item.get(role)
        if isinstance(people, list) and people and isinstance(people[0], dict):
            person = people[0]
            return _ascii(str(person.get("family") or person.get("literal") or ""))[:40]
    return ""


def _year(item: CslItem) -> str:
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    if parts and parts[0]:
        return _ascii(str(parts[0][0]))
    literal = re.search(r"\d{4}", str(issued.get("literal", ""))) if isinstance(issued, dict) else None
    return literal[0] if literal else ""


def _word(item: CslItem) -> str:
    words = [_ascii(word) for word in re.split(r"[\s\W]+", str(item.get("title") or ""))]
    words = [word for word in words if word]
    return next((word for word in words if word not in _STOP), words[0] if words else "")[:30]


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold_name(text))


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters
