"""A source in one plain line, for lists that are read: author, title, container, place, publisher, year, pages.

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


def format_plain(item: CslItem) -> str:
    """One line for a CSL-JSON item; what the item lacks is left out."""
    people = _names(item.get("author")) or _names(item.get("editor"), " (ed.)")
    imprint = ": ".join(_texts(item, "publisher-place", "publisher"))
    container = ", ".join(_texts(item, "container-title"))
    volume = " ".join(_texts(item, "volume")) + (f", no. {item['issue']}" if item.get("issue") else "")
    inner = ", ".join(filter(None, (imprint, year_of(item))))
    parts = [people, str(item.get("title") or ""), " ".join(filter(None, (container, volume)))]
    line = ", ".join(filter(None, parts)) + (f" ({inner})" if inner else "")
    return line + (f", {item['page']}" if item.get("page") else "")


def year_of(item: CslItem) -> str | None:
    """The year of an item as printed, None where it has none."""
    issued = item.get("issued") or {}
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    if parts and parts[0]:
        return str(parts[0][0])
    return str(issued["literal"]) if isinstance(issued, dict) and issued.get("literal") else None


def _texts(item: CslItem, *names: str) -> list[str]:
    return [str(item[name]) for name in names if item.get(name)]


def _names(people: Any, suffix: str = "") -> str:
    if not isinstance(people, list) or not people:
        return ""
    shown = [join_name(person) for person in people[:3]]
    return "; ".join(shown) + (" et al." if len(people) > 3 else "") + suffix
