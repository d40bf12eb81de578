"""What a locator says against the work that it should be a place in: another volume, another file, a page outside.

>>> article = {"container-title": "Voprosy istorii", "page": "46–59"}
>>> contradiction(article, "p. 50"), contradiction(article, "p. 200")
('', 'page 200 lies outside 46–59')
>>> contradiction({"title": "Polnoe sobranie sochinenii", "volume": "34"}, "Т. 36. С. 5")
'it names volume 36, not 34'
>>> split_leaf("f. 4372, op. 9, d. 12, l. 5")
('f. 4372, op. 9, d. 12', 'l. 5')
"""

from __future__ import annotations

import re

from bibliography.names import fold_name
from schemas.records import CslItem

_VOLUME = re.compile(r"(?<!\w)(?:vols?|bde?|[тt]|tom|tome)\.?\s*(?P<n>\d{1,3}|[IVXLC]+)(?!\w)", re.IGNORECASE)
# The units of archives above the leaf: fond, opis', delo; Bestand; box and folder.
_FILE = re.compile(
    r"(?<!\w)(?P<unit>f|ф|fond|фонд|op|оп|opis|d|д|delo|дело|box|folder|mappe|akte|reel|carton|busta|filza)\.?\s*(?P<n>\d+\S*?)(?=[,.;\s]|$)",
    re.IGNORECASE,
)
_LEAF = re.compile(
    r"[\s,.;]*(?P<leaf>(?<!\w)(?:ll?|[лЛ]л?|Bll?|Bl|fols?|foll?|ff|арк|k)\.?\s*\d[\d\s,–—-]*(?:(?:ob|об|v|r|verso|recto)\b\.?)?(?:[\s,–—-]*\d+)*)[\s.]*$"
)
_PAGE = re.compile(r"(?<![\w.])(\d{1,4})(?!\d)")


def contradiction(item: CslItem, locator: str | None) -> str:
    """Why a locator cannot be a place in a work; empty where it can."""
    if not locator:
        return ""
    volume, own = volume_of(locator), volume_of(str(item.get("volume") or ""), bare=True)
    if volume and own and volume != own:
        return f"it names volume {volume}, not {own}"
    location = _units(str(item.get("archive_location") or ""))
    for unit, number in _units(locator).items() if location else ():
        if location.get(unit, number) != number:
            return f"it names another file ({unit}. {number})"
    return _outside(item, locator)


def volume_of(text: str, *, bare: bool = False) -> str:
    """The volume that a locator names ("Т. 36. С. 5"), or that a field is (``bare``: "36"); empty without one."""
    found = _VOLUME.search(text)
    return found["n"].upper() if found else text.strip().upper() if bare else ""


def split_leaf(location: str) -> tuple[str, str]:
    """A shelfmark without its leaf, and the leaf: the file is the source, the leaf the place in it."""
    found = _LEAF.search(location)
    return (location[: found.start()], " ".join(found["leaf"].split())) if found and found.start() else (location, "")


def sibling_file(location: str, locator: str) -> str:
    """The file that "ibid., d. 13" names beside the one before: the units above it stay, it and those below are new.

    >>> sibling_file("f. 4372, op. 9, d. 12", "d. 13, l. 1"), sibling_file("Ф. 1. Оп. 2. Д. 3", "Оп. 4. Д. 1. Л. 2")
    ('f. 4372, op. 9, d. 13', 'Ф. 1. Оп. 4. Д. 1')
    >>> sibling_file("f. 4372, op. 9, d. 12", "p. 5"), sibling_file("R 901/68234", "Bl. 3")
    ('', '')
    """
    named = _FILE.search(locator)
    units = [
        found
        for found in _FILE.finditer(location)
        if named and found["unit"].casefold()[:1] == named["unit"].casefold()[:1]
    ]
    if named is None or len(units) != 1:
        return ""
    return location[: units[0].start()] + split_leaf(locator[named.start() :])[0].rstrip(" .,;")


def is_shelfmark(locator: str | None) -> bool:
    """Whether a place is a whole shelfmark ("f. 4372, op. 9, d. 12, l. 5") and so a source of its own."""
    return len(_units(locator or "")) > 1


def file_key(item: CslItem) -> tuple[str, ...]:
    """Archive and shelfmark of an item as compared; empty for what lies in no archive."""
    if not item.get("archive_location"):
        return ()
    words = f"{item.get('archive') or ''} {item['archive_location']}"
    return tuple(fold_name(word) for word in re.findall(r"\w+", words))


def _units(text: str) -> dict[str, str]:
    return {found["unit"].casefold()[:1]: found["n"].rstrip(".,") for found in _FILE.finditer(text)}


def _outside(item: CslItem, locator: str) -> str:
    """The pages of an article or chapter are known; those of a book are not."""
    pages = [int(page) for page in _PAGE.findall(str(item.get("page") or ""))]
    cited = _PAGE.search(locator)
    if len(pages) < 2 or not item.get("container-title") or cited is None or volume_of(locator):
        return ""
    first, last = pages[0], pages[1]
    if last < first:  # "155–90"
        last += first // 10 ** len(str(last)) * 10 ** len(str(last))
    return "" if first <= int(cited[1]) <= last else f"page {cited[1]} lies outside {item['page']}"
