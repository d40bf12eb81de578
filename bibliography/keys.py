"""Citation keys: by a pattern, surname, year and first word of the title by default; ASCII, stable, unique.

>>> item = {"author": [{"family": "Shpotov", "given": "BM"}], "title": "Amerikanskii biznes i Sovetskii Soyuz",
...         "issued": {"date-parts": [[2013]]}}
>>> keys = Keys()
>>> keys.make(item), keys.make(item)
('shpotov2013amerikanskii', 'shpotov2013amerikanskiia')
>>> Keys("{Author}_{year}").make(item)
'Shpotov_2013'

Keys are unique without regard to case, as biber wants them. The parts of a pattern: {author}, {authors} (up to three,
then "etal"), {year}, {shortyear} (two digits), {title} (first word that is no article), {titles} (first three of them),
{container}; written {Author} or {Title}, each word begins with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import count

from bibliography.names import fold_name
from schemas.errors import UsageError
from schemas.ids import short_hash
from schemas.records import CslItem

DEFAULT_PATTERN = "{author}{year}{title}"
PARTS = ("author", "authors", "year", "shortyear", "title", "titles", "container")
_PART = re.compile(r"\{(?P<name>[A-Za-z]+)\}")
_STOP = frozenset(
    "a an the on of and in for to der die das ein eine den dem des zur zum von le la les un une du de l d il lo gli i"
    " uno una el los las o v na k s iz".split()
)


class Keys:
    """Makes the keys of one library; holds those that are taken.

    Raises UsageError for a pattern with an unknown part (the known ones are listed) or a character that no key may have.
    """

    def __init__(self, pattern: str = DEFAULT_PATTERN, taken: Iterable[str] = ()) -> None:
        unknown = [name for name in _PART.findall(pattern) if name.lower() not in PARTS]
        if unknown:
            known = ", ".join(f"{{{part}}}" for part in PARTS)
            raise UsageError(f"unknown part {{{unknown[0]}}} of the key pattern {pattern!r}; the parts are {known}")
        rest = _PART.sub("", pattern)
        if not _PART.search(pattern) or not re.fullmatch(r"[A-Za-z0-9:._+-]*", rest):
            raise UsageError(
                f"the key pattern {pattern!r} needs a part such as {{author}} and, else, only A-Z a-z 0-9 : . _ + -"
            )
        self._pattern = pattern
        self._taken = {key.lower() for key in taken}

    def make(self, item: CslItem) -> str:
        """A new key for the item; a clash gets a, b ... z, aa ..."""
        base = _PART.sub(lambda m: _part(m["name"], item), self._pattern).strip(":._+-")
        if not base:
            named = str(item.get("title") or item.get("author") or "")
            base = f"source{short_hash(named)}" if named else _file(item) or "source"
        return self._take(base, _letters)

    def keep(self, key: str) -> str:
        """The key itself, with a number where it is taken."""
        return self._take(key, lambda number: f"-{number + 2}")

    def _take(self, base: str, suffix: Callable[[int], str]) -> str:
        key = base
        numbers = count()
        while key.lower() in self._taken:
            key = base + suffix(next(numbers))
        self._taken.add(key.lower())
        return key


def _part(name: str, item: CslItem) -> str:
    part = name.lower()
    words = {
        "author": lambda: _surnames(item)[:1],
        "authors": lambda: [*_surnames(item)[:3], *(["etal"] if len(_surnames(item)) > 3 else [])],
        "year": lambda: [_year(item)],
        "shortyear": lambda: [_year(item)[-2:]],
        "title": lambda: _words(item, "title")[:1],
        "titles": lambda: _words(item, "title")[:3],
        "container": lambda: _words(item, "container-title")[:1],
    }[part]()
    return "".join(word.capitalize() if name[0].isupper() else word for word in words)


def _file(item: CslItem) -> str:
    """An archive's file without writer or title, by its keeper and the numbers of its shelfmark: "boahat20410602"."""
    mark = _ascii(str(item.get("archive_location") or ""))[:40]
    return (_words(item, "archive") or [""])[0] + mark if mark else ""


def _surnames(item: CslItem) -> list[str]:
    for role in ("author", "editor", "translator"):
        people = item.get(role)
        if isinstance(people, list) and people and isinstance(people[0], dict):
            names = [_ascii(str(person.get("family") or person.get("literal") or ""))[:40] for person in people]
            return [name for name in names if name]
    return []


def _year(item: CslItem) -> str:
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    if parts and parts[0]:
        return _ascii(str(parts[0][0]))
    literal = re.search(r"\d{4}", str(issued.get("literal", ""))) if isinstance(issued, dict) else None
    return literal[0] if literal else ""


def _words(item: CslItem, variable: str) -> list[str]:
    words = [_ascii(word)[:30] for word in re.split(r"[\s\W]+", str(item.get(variable) or ""))]
    words = [word for word in words if word]
    return [word for word in words if word not in _STOP] or words[:1]


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold_name(text))


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters
