"""RIS, the form in which catalogues and databases export references, to CSL-JSON items and back.

>>> (item,), problems = read_ris("TY  - BOOK\\nAU  - Sutton, Antony C.\\nTI  - Western Technology\\nPY  - 1968\\nER  - \\n", "f.ris")
>>> item["author"], item["issued"], problems
([{'family': 'Sutton', 'given': 'Antony C.'}], {'date-parts': [[1968]]}, ())

Tags are those of the RIS specification (2011) as Zotero, EndNote and Mendeley write them. A line without a tag goes on
with the one before it. A tag that CSL has no place for is told in a Problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bibliography.names import join_name, parse_name
from schemas.ids import Ids
from schemas.records import CslItem, Problem

TYPES = {
    "JOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "BOOK": "book", "CHAP": "chapter",
    "CPAPER": "paper-conference", "THES": "thesis", "RPRT": "report", "ELEC": "webpage", "UNPB": "manuscript", "GEN": "document",
    "PAT": "patent", "DATA": "dataset", "COMP": "software", "LEGAL": "legislation", "CASE": "legal_case", "BILL": "bill",
    "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "MAP": "map", "MUSIC": "musical_score", "SOUND": "song",
    "VIDEO": "motion_picture", "ART": "graphic", "PCOMM": "personal_communication", "PAMP": "pamphlet", "STAND": "standard",
    "HEAR": "hearing", "BLOG": "post-weblog", "FIGURE": "figure", "CLSWK": "classic", "SER": "collection", "FULL": "article",
    # read only
    "EJOUR": "article-journal", "JFULL": "periodical", "EBOOK": "book", "EDBOOK": "book", "ECHAP": "chapter",
    "CONF": "paper-conference", "STAT": "legislation", "MANSCPT": "manuscript", "ICOMM": "personal_communication",
    "MPCT": "motion_picture", "ADVS": "motion_picture", "INPR": "article-journal", "GOVDOC": "report", "WEB": "webpage",
    "ABST": "article-journal", "SLIDE": "speech", "CTLG": "book", "AGGR": "dataset", "GRANT": "document", "EQUA": "document",
    "CHART": "figure", "MULTI": "document", "DBASE": "dataset", "LEGAL RULE": "regulation", "UNBILL": "bill",
}  # fmt: skip
_WRITTEN = {csl: tag for tag, csl in reversed(TYPES.items())}
_ROLES = {"AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A4": "translator", "A3": "collection-editor"}
# Variable -> tags it is read from, the first of them also written.
_TEXTS = {
    "title": ("TI", "T1", "CT"),
    "title-short": ("ST",),
    "container-title": ("T2", "JO", "JF", "BT", "JA"),
    "container-title-short": ("J2",),
    "collection-title": ("T3",),
    "title-translated": ("TT",),
    "volume": ("VL",),
    "issue": ("IS",),
    "edition": ("ET",),
    "publisher": ("PB",),
    "publisher-place": ("CY", "PP"),
    "genre": ("M3",),
    "number-of-volumes": ("NV",),
    "archive": ("DB",),
    "archive_location": ("AN",),
    "call-number": ("CN",),
    "abstract": ("AB", "N2"),
    "note": ("N1",),
    "language": ("LA",),
    "DOI": ("DO",),
    "URL": ("UR", "LK"),
}
_READ = {tag: variable for variable, tags in _TEXTS.items() for tag in tags}
_IGNORED = frozenset(
    "ER TY SP EP PY Y1 DA Y2 KW SN ID L1 L2 L3 L4 DP RP Y3 U1 U2 U3 U4 U5 AD C1 C2 C3 C4 C5 C6 C7 C8".split()
)
_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?-(?: (?P<value>.*))?$")
_DATE = re.compile(r"(?P<year>\d{1,4})(?:[/-](?P<month>\d{0,2}))?(?:[/-](?P<day>\d{0,2}))?(?:[/-].*)?")
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DASH = re.compile(r"\s*[-‐‑‒–—]+\s*")


def read_ris(text: str, name: str) -> tuple[list[CslItem], tuple[Problem, ...]]:
    """The items of a RIS text in its order, and a Problem with its line for what could not be read."""
    ids = Ids("p")
    items: list[CslItem] = []
    problems: list[Problem] = []

    def tell(message: str, line: int, hint: str) -> None:
        identifier = ids.make(f"ris|{name}|{message}|{line}")
        problems.append(Problem(identifier, "ris-line", "warning", message, (), None, None, hint, f"{name}:{line}"))

    for lines in _records(text):
        tags = [tag for tag, _, _ in lines]
        number = lines[0][2]
        if tags[0] != "TY":
            tell(f"a record begins with {tags[0]}, not with its type", number, "put a line 'TY  - ' before it")
        elif tags[-1] != "ER":
            tell("a record does not end with 'ER  - '; it was read up to the next one", number, "add the line")
        items.append(_item(lines))
        for tag, value, line in lines:
            if tag not in _READ and tag not in _IGNORED and tag not in _ROLES:
                tell(f"the tag {tag or 'of this line'} is not known; left out: {value[:100]}", line, "check the tag")
    return items, tuple(problems)


def write_ris(items: Iterable[CslItem]) -> str:
    """RIS for the items: one tag a line, CRLF as the specification asks, a blank line between records."""
    return "".join(
        "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _lines(item)) + "ER  - \r\n\r\n"
        for item in items
    )


def _records(text: str) -> Iterator[list[tuple[str, str, int]]]:
    """(tag, value, line) of each record; a line without a tag belongs to the value before it."""
    record: list[tuple[str, str, int]] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff")), 1):
        found = _LINE.match(line.rstrip())
        if found is None:
            if not line.strip():
                continue
            if record and record[-1][0] != "ER":
                tag, value, at = record[-1]
                record[-1] = (tag, f"{value}\n{line.strip()}", at)
            elif not record:
                record.append(("", line.strip(), number))
            continue
        if record and (found["tag"] == "TY" or record[-1][0] == "ER"):
            if any(tag for tag, _, _ in record):
                yield record
            record = []
        if record and not record[0][0]:
            record = []
        record.append((found["tag"], (found["value"] or "").strip(), number))
    if any(tag for tag, _, _ in record):
        yield record


def _item(lines: list[tuple[str, str, int]]) -> CslItem:
    item: CslItem = {"type": "document"}
    single: dict[str, str] = {}
    for tag, value, _ in lines:
        if not value:
            continue
        if tag == "TY":
            item["type"] = TYPES.get(value.upper(), "document")
        elif tag in _ROLES:
            item.setdefault(_ROLES[tag], []).append(_name(value))
        elif tag == "KW":
            item["keyword"] = ", ".join(filter(None, (item.get("keyword"), " ".join(value.split()))))
        elif tag == "N1" and "note" in item:
            item["note"] += f"\n{value}"
        elif tag in _READ:
            text = value if tag in ("AB", "N2", "N1") else " ".join(value.split())
            item.setdefault(_READ[tag], _DOI_PREFIX.sub("", text) if tag == "DO" else text)
        else:
            single.setdefault(tag, value)
    return item | _read_singles(single) | _read_dates(single)


def _read_singles(single: dict[str, str]) -> CslItem:
    found: CslItem = {}
    if pages := "–".join(filter(None, (single.get("SP"), single.get("EP")))):
        found["page"] = _DASH.sub("–", pages)
    if number := single.get("SN"):
        serial = len(re.sub(r"[^\dXx]", "", number)) == 8
        found["ISSN" if serial else "ISBN"] = number
    if single.get("ID"):
        found["id"] = single["ID"]
    return found


def _read_dates(single: dict[str, str]) -> CslItem:
    """The date with the most parts where several tags give one."""
    found: CslItem = {}
    for variable, tags in (("issued", ("DA", "PY", "Y1")), ("accessed", ("Y2",))):
        dates = [date for tag in tags if tag in single and (date := _date(single[tag]))]
        if dates:
            found[variable] = max(dates, key=lambda date: len((date.get("date-parts") or [[]])[0]))
    return found


def _name(value: str) -> dict[str, str]:
    """RIS writes "Family, Given, Suffix"; without a comma it is a body or a name as it was found."""
    parts = [part.strip() for part in " ".join(value.split()).split(",")]
    if len(parts) == 3 and all(parts):
        parts = [parts[0], parts[2], parts[1]]
    name = parse_name(", ".join(part for part in parts if part))
    return name if len(parts) > 1 else {"literal": " ".join(value.split())}


def _date(value: str) -> dict[str, Any]:
    """ "1968/05/12/spring", "1968///": as many parts as there are."""
    found = _DATE.fullmatch(value.strip())
    if found is None:
        return {"literal": " ".join(value.split())}
    parts = [int(found["year"])]
    for part, highest in ((found["month"], 12), (found["day"], 31)):
        if not part or not 1 <= int(part) <= highest:
            break
        parts.append(int(part))
    return {"date-parts": [parts]}


def _lines(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "TY", _WRITTEN.get(str(item.get("type")), "GEN")
    if item.get("id"):
        yield "ID", str(item["id"])
    for tag, role in (("AU", "author"), ("A2", "editor"), ("A3", "collection-editor"), ("A4", "translator")):
        for name in item.get(role) or []:
            yield tag, _written_name(name)
    for variable, tags in _TEXTS.items():
        if text := str(item.get(variable) or ""):
            yield tags[0], text
    if page := str(item.get("page") or ""):
        first, *last = _DASH.split(page, maxsplit=1)
        yield "SP", first
        if last:
            yield "EP", last[0]
    for variable in ("ISBN", "ISSN"):
        if item.get(variable):
            yield "SN", str(item[variable])
    for keyword in str(item.get("keyword") or "").split(","):
        if keyword.strip():
            yield "KW", keyword.strip()
    yield from _written_dates(item)


def _written_dates(item: CslItem) -> Iterator[tuple[str, str]]:
    for variable, tags in (("issued", ("PY", "DA")), ("accessed", ("Y2",))):
        date = item.get(variable) or {}
        parts = (date.get("date-parts") or [[]])[0]
        whole = "/".join(f"{int(part):02d}" if n else f"{int(part):04d}" for n, part in enumerate(parts))
        if not parts and date.get("literal"):
            whole = str(date["literal"])
        if whole and tags[0] == "PY":
            yield "PY", whole.split("/")[0] if parts else whole
        if whole and (len(parts) > 1 or tags[0] == "Y2"):
            yield tags[-1], whole


def _written_name(name: dict[str, str]) -> str:
    if name.get("suffix") and name.get("given"):
        plain = {part: value for part, value in name.items() if part not in ("suffix", "given")}
        return f"{join_name(plain)}, {name['given']}, {name['suffix']}"
    return join_name(name)
