"""The CSL item of the marked fields: names parsed, the date taken apart, the type decided; all else as written."""

from __future__ import annotations

import re

from bibliography.dates import month_number
from bibliography.names import parse_name
from bibliography.parse.host import is_meeting
from bibliography.parse.letters import DASH, LANGUAGES, YEAR
from bibliography.parse.marks import Marks
from schemas.records import CslItem

_VARIABLES = {
    "title": "title",
    "title-translated": "title-translated",
    "journal": "container-title",
    "booktitle": "container-title",
    "booktitle-translated": "container-title-translated",
    "series": "collection-title",
    "volume": "volume",
    "volume-title": "volume-title",
    "issue": "issue",
    "pages": "page",
    "edition": "edition",
    "publisher": "publisher",
    "place": "publisher-place",
    "genre": "genre",
    "number": "number",
    "count": "number-of-pages",
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
}
_YEARS = re.compile(rf"(?P<first>{YEAR})(?:\s?(?:{DASH}|/)\s?(?P<last>{YEAR}|\d\d\b))?(?P<suffix>[a-z])?\b")
_WORDS = re.compile(r"[^\W\d_]+")
_DAY = re.compile(rf"(?<!\d)\d{{1,2}}(?!\d)(?!\s?{DASH})")


def build_item(marks: Marks) -> CslItem:
    """The item; empty where neither a title nor a container nor an author was found."""
    item: CslItem = {}
    for role in ("author", "editor"):
        if people := [name for text in marks.texts(role) if (name := parse_name(text))]:
            item[role] = people
    for label, variable in _VARIABLES.items():
        text = marks.text(label)
        if text is not None and variable not in item:
            item[variable] = " ".join(text.split())
    if not any(item.get(part) for part in ("title", "container-title", "author")):
        return {}
    if arxiv := marks.text("arxiv"):
        item |= {"archive": "arXiv", "archive_location": arxiv}
    for label, variable in (("date", "issued"), ("access-date", "accessed")):
        if text := marks.text(label):
            item |= _date(text, variable)
    if language := marks.text("language"):
        item["language"] = LANGUAGES.get(language.lower(), language)
    item["type"] = _type(marks, item)
    if item["type"] == "chapter" and marks.has("volume-title") and item.get("author"):
        item["container-author"] = item["author"]  # a part of the author's collected works
    return item


def _date(text: str, variable: str) -> CslItem:
    """ "2009", "1984b", "June 10, 2009", "10.06.2023" as date-parts; anything else as it stands."""
    if dotted := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        return {variable: {"date-parts": [[int(dotted[3]), int(dotted[2]), int(dotted[1])]]}}
    found = _YEARS.search(text)
    if found is None:
        return {variable: {"literal": text}}
    year = int(found["first"])
    if found["last"]:
        last = int(found["first"][: 4 - len(found["last"])] + found["last"])
        return {variable: {"date-parts": [[year], [last]] if last > year else [[year]]}}
    rest = text[: found.start()] + " " + text[found.end() :]
    month = next((n for word in _WORDS.findall(rest) if len(word) > 2 and (n := month_number(word))), None)
    day = _DAY.search(rest)
    parts = [year] + ([month] if month else []) + ([int(day[0])] if month and day and 0 < int(day[0]) < 32 else [])
    item: CslItem = {variable: {"date-parts": [parts]}}
    return item | ({"year-suffix": found["suffix"]} if found["suffix"] and variable == "issued" else {})


def _type(marks: Marks, item: CslItem) -> str:
    genre = (marks.text("genre") or "").lower()
    if genre:
        return "thesis" if re.search(r"thes|th[eè]s|diss", genre) else "report"
    if marks.has("booktitle"):
        return "paper-conference" if is_meeting(str(item.get("container-title", ""))) else "chapter"
    if marks.has("journal"):
        dated = len((item.get("issued") or {}).get("date-parts", [[]])[0]) == 3
        return "article-newspaper" if dated and not marks.has("volume") else "article-journal"
    if any(marks.has(label) for label in ("publisher", "place", "count", "edition", "isbn")):
        return "book"
    return "webpage" if marks.has("url") else "document"
