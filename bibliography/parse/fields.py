"""The CSL item of the labelled fields: names taken apart, dates read, numbers without their label words, the type decided.

Values stay as the string writes them. A field that stands twice is taken once: the first time, but for hosts and translations,
which go with the title before them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from bibliography.dates import read_printed_date
from bibliography.names import parse_name
from bibliography.parse.collected import title_of_collected_works
from bibliography.parse.entry_types import decide_type
from bibliography.parse.features.lexicons import lexicons
from bibliography.parse.imprint import read_bracketed_years
from bibliography.parse.letters import LANGUAGES, UP
from bibliography.parse.normalise import read_edition, read_pages, read_series, read_volume
from bibliography.parse.people import split_people
from bibliography.parse.straight import part_names_and_title
from schemas.records import CslItem, FieldSpan

_ROLES = ("author", "editor", "translator", "contributor")
_PLAIN = {
    "title": "title",
    "issue": "issue",
    "genre": "genre",
    "archive": "archive",
    "shelfmark": "archive_location",
    "doi": "DOI",
    "url": "URL",
    "note": "note",
}
_DATES = {"date": "issued", "orig-date": "original-date", "access-date": "accessed"}
_NAMED = frozenset(("title", "container-title", "archive_location", "archive"))
_JOINING = re.compile(r"[\s,;:&/.()–—-]*(?:(?:and|und|et|e|и)\s+)?")
_JOINED = frozenset(("author", "editor", "translator", "place", "publisher", "archive", "shelfmark"))
_NAME_AND_TITLE = re.compile(
    rf"(?P<names>(?:{UP}[\w’'‐-]*\.?\s){{1,3}}{UP}[\w’'‐-]+(?:,\s(?:{UP}[\w’'‐-]*\.?\s){{1,3}}{UP}[\w’'‐-]+)*),\s(?P<title>{UP}[\w’'‐-]+(?:\s[\w’'‐-]{{2,}})+)"
)  # "Jan Kowal, Cechy Krakowa"
_INVERTED = re.compile(
    rf"(?P<names>{UP}[\w’'‐-]+,\s(?:{UP}[\w’'‐-]*\s)?(?:{UP}\.\s?)+),\s(?P<title>{UP}[\w’'‐-]+(?:\s[\w’'‐-]{{2,}})+)"
)  # "Smith, C. D., Other Things": a second name would be inverted, too
_RUN_ON = re.compile(
    r"(?P<names>[^\W\d_][^\s,.]+,?\s(?:[^\W\d_]{1,3}\.\s?)+)(?<=\s)(?P<title>[^\W\d_][\w’'ʹ‐-]+(?:[\s,:][^.]*)?)"
)
_EDITS = re.compile(r"\b(?:ed(?:s|ici[oó]n)?|trad|dir|cura|coord|hrsg|oprac)\.?\s*$", re.IGNORECASE)
_BY = re.compile(rf"(?:de|di|par|por|von)\s+(?={UP}[\w’'.‐-]+\s{UP})")  # "ed. de Luis Vega"
_INITIAL_LAST = re.compile(rf"[\s.]{UP}\.?$")
_INITIALS_FIRST = re.compile(rf"(?:{UP}\.\s?){{1,2}}(?={UP}[^\W\d_])")
_PART = re.compile(r"\s*\]?\s*;\s*(?:pp?|[сСcs])\.")
_VOLUME_ISSUE = re.compile(r"(?P<volume>\d+)\s?\((?P<issue>[\d/–-]+)\)")  # "2009;2(26)", not GOST's "№ 2 (26)"
_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)")
_ARXIV = re.compile(r"\d{4}\s?\.\s?\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?\s*/\s*\d{7}", re.IGNORECASE)


def build_item(raw: str, spans: Iterable[FieldSpan]) -> tuple[CslItem, list[FieldSpan]]:
    """The item, empty where there is neither title, container, name nor shelfmark; and the spans, one for each name."""
    fields = title_of_collected_works(raw, _keeper(read_bracketed_years(raw, _merge(raw, list(spans)))))
    fields = _host_of_part(raw, part_names_and_title(raw, _title_after_initials(raw, _whole_initials(raw, fields))))
    item: CslItem = {}
    for role in _ROLES:
        if people := _people(raw, fields, role):
            item[role] = people
    for label, variable in _PLAIN.items():
        if (text := _first(raw, fields, label)) is not None:
            item[variable] = text
    _read_hosts(raw, fields, item)
    _read_numbers(raw, fields, item)
    _read_imprint(raw, fields, item)
    if "title" not in item and "archive" in item and "archive_location" not in item:
        item["title"] = item.pop("archive")  # an archive named as a work: its guide, its site
    if item.get("note") and item.get("author") and item.get("issued") and not item.keys() & _NAMED:
        item["title"] = item.pop("note")  # the labeller saw a remark where the title stands
    if not any(item.get(part) for part in ("title", "container-title", "author", "archive_location", "editor")):
        return {}, _single_names(raw, fields)
    item["type"] = decide_type(item, {span.label for span in fields})
    return item, _single_names(raw, fields)


def _merge(raw: str, spans: list[FieldSpan]) -> list[FieldSpan]:
    """Neighbours of one label with nothing but punctuation between them are one field ("Köln/Weimar", "М.; Л.")."""
    merged: list[FieldSpan] = []
    for span in spans:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.label == span.label
            and span.label in _JOINED
            and _JOINING.fullmatch(raw, last.end, span.start)
        ):
            merged[-1] = FieldSpan(last.start, span.end, span.label, min(last.confidence or 0, span.confidence or 0))
        else:
            merged.append(span)
    return merged


def _keeper(fields: list[FieldSpan]) -> list[FieldSpan]:
    """Who keeps what has a shelfmark is its archive, not its author ("NARB. Fund 6.") nor its publisher."""
    labels = [span.label for span in fields]
    if "shelfmark" not in labels or {"archive", "journal", "booktitle"} & set(labels):
        return fields
    mark = labels.index("shelfmark")
    held = next((n for n, label in enumerate(labels) if label in ("publisher", "institution")), None)
    if held is None and mark == 1 and labels[0] in ("author", "title", "place"):
        held = 0
    if held is None:
        return fields
    span = fields[held]
    return [*fields[:held], FieldSpan(span.start, span.end, "archive", span.confidence), *fields[held + 1 :]]


def _whole_initials(raw: str, fields: list[FieldSpan]) -> list[FieldSpan]:
    """Names and title parted between two initials ("Belova N" and "I. Kooperatsiia") are parted behind the second."""
    for n, (names, title) in enumerate(itertools.pairwise(fields)):
        if (names.label, title.label) != ("author", "title") or not _INITIAL_LAST.search(raw[names.start : names.end]):
            continue
        more = _INITIALS_FIRST.match(raw, title.start, title.end)
        if more is not None and not raw[names.end : title.start].strip(" ."):
            whole = FieldSpan(names.start, len(raw[: more.end()].rstrip()), "author", names.confidence)
            return [*fields[:n], whole, FieldSpan(more.end(), title.end, "title", title.confidence), *fields[n + 2 :]]
    return fields


def _title_after_initials(raw: str, fields: list[FieldSpan]) -> list[FieldSpan]:
    """An author field that runs on into the title is cut there: behind initials ("Sutton, A. Western Technology"), or
    at the last comma behind names with the given name first ("Jan Kowal, Cechy Krakowa, Kraków 1937")."""
    if any(span.label == "title" for span in fields):
        return fields
    for n, span in enumerate(fields):
        shapes = (_RUN_ON, _INVERTED, _NAME_AND_TITLE)
        found = next((match for shape in shapes if (match := shape.fullmatch(raw, span.start, span.end))), None)
        if span.label == "author" and found and "given" not in lexicons(found["title"].split()[0]):
            names = FieldSpan(span.start, found.end("names"), "author", span.confidence)
            title = FieldSpan(found.start("title"), span.end, "title", span.confidence)
            return [*fields[:n], names, title, *fields[n + 1 :]]
    return fields


def _host_of_part(raw: str, fields: list[FieldSpan]) -> list[FieldSpan]:
    """Of two titles the first is the host's where the second is a cited part: ". [On cooperation]; p. 369–377"."""
    titles = [n for n, span in enumerate(fields) if span.label == "title"]
    if len(titles) < 2 or any(span.label in ("journal", "booktitle") for span in fields):
        return fields
    first, last = fields[titles[0]], fields[titles[-1]]
    imprint = any(
        first.end < span.start < last.start and span.label in ("place", "publisher", "date") for span in fields
    )
    if not imprint or not _PART.match(raw, last.end):
        return fields
    host = FieldSpan(first.start, first.end, "booktitle", first.confidence)
    return [host if n == titles[0] else span for n, span in enumerate(fields)]


def _first(raw: str, fields: list[FieldSpan], label: str) -> str | None:
    found = next((span for span in fields if span.label == label), None)
    return None if found is None else " ".join(raw[found.start : found.end].split())


def _people(raw: str, fields: list[FieldSpan], role: str) -> list[dict[str, str]]:
    people = []
    for span in fields:
        if span.label == role:
            by = _BY.match(raw, span.start, span.end) if _EDITS.search(raw, 0, span.start) else None
            text = raw[by.end() if by else span.start : span.end]
            people += [name for low, high in split_people(text) if (name := parse_name(text[low:high]))]
    return people


def _single_names(raw: str, fields: list[FieldSpan]) -> list[FieldSpan]:
    single: list[FieldSpan] = []
    for span in fields:
        if span.label not in _ROLES:
            single.append(span)
            continue
        people = split_people(raw[span.start : span.end])
        single += [FieldSpan(span.start + low, span.start + high, span.label, span.confidence) for low, high in people]
    return single


def _read_hosts(raw: str, fields: list[FieldSpan], item: CslItem) -> None:
    host = next((s for s in fields if s.label == "journal"), None) or next(
        (s for s in fields if s.label == "booktitle"), None
    )
    if host is not None:
        item["container-title"] = " ".join(raw[host.start : host.end].split())
    for span in fields:
        if span.label != "title-translated":
            continue
        text = " ".join(raw[span.start : span.end].split())
        before = [s for s in fields if s.start < span.start and s.label in ("title", "booktitle", "journal")]
        hosted = before and before[-1].label != "title"
        if "title" not in item and not before:
            item["title"] = text
        else:
            item.setdefault("container-title-translated" if hosted else "title-translated", text)
    if "title" not in item and host is not None and host.label == "booktitle":
        item["title"] = item.pop("container-title")
        if "container-title-translated" in item:
            item["title-translated"] = item.pop("container-title-translated")


def _read_numbers(raw: str, fields: list[FieldSpan], item: CslItem) -> None:
    for span in (span for span in fields if span.label == "volume"):
        text = raw[span.start : span.end]
        if _in_series(raw, fields, span):
            item.setdefault("collection-number", " ".join(text.split()))
        else:
            item |= {name: value for name, value in read_volume(text).items() if name not in item}
    if "volume" not in item:
        item |= _split_issue(raw, fields)
    if (edition := _first(raw, fields, "edition")) is not None:
        item["edition"] = read_edition(edition)
    if (series := _first(raw, fields, "series")) is not None:
        item |= read_series(series)
    hosted = "container-title" in item
    for span in fields:
        if span.label == "pages":
            item |= {k: v for k, v in read_pages(raw, span.start, span.end, hosted=hosted).items() if k not in item}
    for label, variable in _DATES.items():
        found = [raw[s.start : s.end] for s in fields if s.label == label]
        if found:
            item |= read_printed_date(_whole_date(found) if label == "date" else found[0], variable)
    for span in fields:
        if span.label == "id":
            _read_identifier(raw, span, item)


def _split_issue(raw: str, fields: list[FieldSpan]) -> dict[str, str]:
    issue = next((span for span in fields if span.label == "issue"), None)
    found = _VOLUME_ISSUE.fullmatch(raw, issue.start, issue.end) if issue else None
    if issue is None or found is None or not raw[: issue.start].rstrip().endswith(";"):
        return {}
    return {"volume": found["volume"], "issue": found["issue"]}


def _in_series(raw: str, fields: list[FieldSpan], volume: FieldSpan) -> bool:
    """Whether a number belongs to the series right before it ("Soviet and East European Studies, 22")."""
    before = [span for span in fields if span.end <= volume.start]
    return bool(before) and before[-1].label == "series" and len(raw[before[-1].end : volume.start]) < 12


def _whole_date(found: list[str]) -> str:
    """A date in two pieces ("1930 ... 2 мая") is one; of two with years the later one is the imprint's."""
    dated = [text for text in found if _YEAR.search(text)]
    return " ".join(found) if len(dated) < 2 else dated[-1]


def _read_imprint(raw: str, fields: list[FieldSpan], item: CslItem) -> None:
    for label, variable in (("place", "publisher-place"), ("publisher", "publisher"), ("institution", "publisher")):
        if variable not in item and (text := _first(raw, fields, label)) is not None:
            item[variable] = text
    if language := _first(raw, fields, "language"):
        item["language"] = LANGUAGES.get(language.lower().removeprefix("in ").strip(" ."), language)


def _read_identifier(raw: str, span: FieldSpan, item: CslItem) -> None:
    text = raw[span.start : span.end]
    before = raw[max(0, span.start - 10) : span.start].lower()
    if "isbn" in before:
        item.setdefault("ISBN", text)
    elif "issn" in before:
        item.setdefault("ISSN", text)
    elif "arxiv" in before or _ARXIV.fullmatch(text):
        item |= {"archive": "arXiv", "archive_location": text} if "archive_location" not in item else {}
    else:
        item.setdefault("number", text)
