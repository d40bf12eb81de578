"""Which kind of work a reference names, from the fields that it has and a few words in them."""

from __future__ import annotations

import re
from collections.abc import Set

from schemas.records import CslItem

_THESIS = re.compile(
    r"thes[ei]s|thèse|th[eè]s|diss|дис|авторе|habil|tesi|dphil|ph\.?\s?d|magister|master|bachelor", re.IGNORECASE
)
_REPORT = re.compile(r"report|memorandum|paper|доклад|tech|отч[её]т|bericht|rapport|working|series", re.IGNORECASE)
_LAW = re.compile(
    r"\b(?:law|act|decree|statute|закон|декрет|постановление|указ|кодекс|gesetz|verordnung|loi|décret|legge|decreto)\b",
    re.IGNORECASE,
)
_LAW_TITLE = re.compile(
    r"^(?:gesetz|verordnung|loi|décret|legge|decreto|федеральный закон|постановление|декрет|указ)\b|\bact(?: of \d{4})?$",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:proc(?:eedings)?|conference|conf\.|symposium|workshop|congress|colloquium|meeting|kongress|tagung|convegno|конференци[ия]|съезд)\b",
    re.IGNORECASE,
)
_NEWSPAPER = re.compile(
    r"(?:.*\b)?(?:times|post|herald|tribune|guardian|gazette|daily\b.*|newspaper|zeitung|anzeiger|figaro|le temps|le monde|corriere della sera|la stampa"
    r"|pravda|izvestiy?a|правда|известия|труд|газета|.*\bnews|observer|die zeit)",
    re.IGNORECASE,
)  # fmt: skip
_WORKS = re.compile(
    r"\b(?:works|writings|œuvres|oeuvres|opere|schriften|werke|sochineni\w*|sobranie|proizvedeniya|соч\w*|собр\w*|произведени\w+|zb[oó]r|dzieła|quaderni del carcere)\b",
    re.IGNORECASE,
)


def decide_type(item: CslItem, labels: Set[str]) -> str:
    """The CSL type; ``container-author`` is added to a part of its author's collected works."""
    genre = str(item.get("genre", ""))
    container = str(item.get("container-title", ""))
    if "shelfmark" in labels and not container:
        return "manuscript"
    if _LAW.search(genre) or _LAW_TITLE.search(str(item.get("title", ""))):
        return "legislation"
    if _THESIS.search(genre):
        return "thesis"
    if genre and (_REPORT.search(genre) or not container):
        return "report"
    works = bool(_WORKS.search(container)) and bool(item.get("author"))
    if container and ("journal" not in labels or (works and "publisher-place" in item and "volume" in item)):
        if works and "editor" not in item and not _MEETING.search(container):
            item["container-author"] = item["author"]
        return "paper-conference" if _MEETING.search(container) else "chapter"
    if container:
        return _periodical(item, container)
    if labels & {"publisher", "place", "edition", "institution"} or "number-of-pages" in item or "ISBN" in item:
        return "book"
    return "webpage" if "url" in labels else "document"


def _periodical(item: CslItem, container: str) -> str:
    """A newspaper is dated by the day and has no volume, or is called one."""
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    named = _NEWSPAPER.fullmatch(container) is not None
    dated = len(parts[0]) == 3
    if "volume" not in item and ((dated and "issue" not in item) or named):
        return "article-newspaper"
    return "article-journal"
