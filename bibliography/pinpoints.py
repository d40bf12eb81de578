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
    r"(?<![\s,.;])[\s,.;]*(?P<leaf>(?<!\w)(?:[lL]l?|[лЛ]л?|cc?|Bll?|Bl|fols?|foll?|ff|арк|k)\.?\s*\d[\d\s,–—-]*+(?:(?:ob|об|v|r|verso|recto)\b\.?)?(?:[\s,–—-]*\d++)*+)[\s.]*$"
)
_KEEPER = re.compile(r"\s*\([^()\d]{2,20}\)[\s,.;]*")  # "State Archive of the Russian Federation (GARF), f. 1064"
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
    """What a source without a title is the same by: a letter by writer, addressee and day, a file by its shelfmark, an issue
    of a newspaper by its day; empty for all else.

    >>> file_key({"archive_location": "(GARF), f. 1064, op. 5"}) == file_key({"archive_location": "f. 1064, op. 5"})
    True
    """
    day = _day(item)
    if len(day) == 3 and item.get("author") and item.get("contributor"):
        people = [person for role in ("author", "contributor") for person in item[role]]
        return (*(fold_name(str(person.get("family") or person.get("literal") or "")) for person in people), *day)
    if location := str(item.get("archive_location") or ""):
        return tuple(fold_name(word) for word in re.findall(r"\w+", _KEEPER.sub("", location)))
    if item.get("title") or not item.get("container-title") or len(day) < 3:
        return ()
    return (fold_name(str(item["container-title"])), *day)


def has_day(item: CslItem) -> bool:
    """Whether an item is dated by a day."""
    return len(_day(item)) == 3


def _day(item: CslItem) -> list[str]:
    issued = item.get("issued")
    return list(map(str, issued["date-parts"][0])) if isinstance(issued, dict) and issued.get("date-parts") else []


def same_keeper(one: CslItem, other: CslItem) -> bool:
    """Whether two files may lie in the same archive: one says no archive, or both the same one, in full or by its letters.

    >>> same_keeper({"archive": "State Archive", "archive_location": "(GARF), f. 1"}, {"archive": "GARF"})
    True
    >>> same_keeper({"archive": "RGAE"}, {"archive": "GARF"})
    False
    """
    if not (one.get("archive") and other.get("archive")):
        return True
    words = [set(re.findall(r"\w+", fold_name(_keeper(item)))) for item in (one, other)]
    letters = [
        "".join(word[0] for word in re.findall(r"\w+", str(item["archive"])) if word[0].isupper())
        for item in (one, other)
    ]
    return any(
        words[a] <= words[b] or fold_name(str((one, other)[a]["archive"])) in (words[b] | {fold_name(letters[b])})
        for a, b in ((0, 1), (1, 0))
    )


def _keeper(item: CslItem) -> str:
    """The archive of a file, with the letters that its shelfmark gives to it."""
    inside = _KEEPER.match(str(item.get("archive_location") or ""))
    return f"{item['archive']} {inside.group() if inside else ''}"


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
