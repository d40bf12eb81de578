"""A source in one plain line, for lists that are read: author, title, container, place, publisher, year, pages, archive.

It follows no style manual; formatted citations come from citation styles.

>>> format_plain({"author": [{"family": "Sutton", "given": "A. C."}], "title": "Western Technology",
...               "publisher-place": "Stanford", "publisher": "Hoover Institution Press",
...               "issued": {"date-parts": [[1968]]}})
'Sutton, A. C., Western Technology (Stanford: Hoover Institution Press, 1968)'
"""

from __future__ import annotations

from typing import Any

from bibliography.names import join_name
from schemas.records import CslItem

_KNOWN_BY_DAY = frozenset({"manuscript", "personal_communication", "article-newspaper"})


def format_plain(item: CslItem) -> str:
    """One line for a CSL-JSON item; what the item lacks is left out."""
    people = _names(item.get("author")) or _names(item.get("editor"), " (ed.)")
    imprint = ": ".join(_texts(item, "publisher-place", "publisher"))
    container = ", ".join(_texts(item, "container-title"))
    within = " ".join(filter(None, (container, _volume(item, bare=bool(container)))))
    inner = ", ".join(filter(None, (imprint, _day_of(item) or year_of(item))))
    parts = [people, str(item.get("title") or ""), within]
    line = ", ".join(filter(None, parts))
    line = " ".join(filter(None, (line, f"({inner})" if inner else "")))
    return ", ".join(filter(None, (line, str(item.get("page") or ""), *_texts(item, "archive", "archive_location"))))


def year_of(item: CslItem) -> str | None:
    """The year of an item as printed, None where it has none."""
    issued = item.get("issued") or {}
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    if parts and parts[0]:
        return str(parts[0][0])
    return str(issued["literal"]) if isinstance(issued, dict) and issued.get("literal") else None


def _volume(item: CslItem, *, bare: bool) -> str:
    """Volume and number; "vol." is said where no journal stands before it."""
    volume = " ".join(_texts(item, "volume"))
    number = f"no. {item['issue']}" if item.get("issue") else ""
    if volume and not bare and volume[0].isdigit():
        volume = f"vol. {volume}"
    return ", ".join(filter(None, (volume, number)))


def _day_of(item: CslItem) -> str | None:
    """The whole day of a letter, a file or an issue of a newspaper, which tells it from its neighbours."""
    if item.get("type") not in _KNOWN_BY_DAY:
        return None
    parts = (item.get("issued") or {}).get("date-parts")
    if not parts or len(parts[0]) < 3:
        return None
    year, month, day = (int(part) for part in parts[0][:3])
    return f"{year:04d}-{month:02d}-{day:02d}"


def _texts(item: CslItem, *names: str) -> list[str]:
    return [str(item[name]) for name in names if item.get(name)]


def _names(people: Any, suffix: str = "") -> str:
    if not isinstance(people, list) or not people:
        return ""
    shown = [join_name(person) for person in people[:3]]
    return "; ".join(shown) + (" et al." if len(people) > 3 else "") + suffix
