"""BibTeX and BibLaTeX entries to CSL-JSON items and back.

>>> from bibliography.bibtex import Entry
>>> entry_to_csl(Entry("a", "article", {"author": "Sutton, Antony", "pages": "12--15", "journal": "Slavic Review"}))["page"]
'12–15'

Read are BibTeX's and BibLaTeX's names of a field; written are the names that both understand (journal, address, year).
For items with the types and fields of the tables below, ``entry_to_csl(csl_to_entry(item, key)) == item`` (plus ``id``).
"""

from __future__ import annotations

import re

from bibliography.bibnames import read_names, write_names
from bibliography.bibtex import Entry
from bibliography.dates import CslDate, read_date, read_year_month, write_date
from bibliography.latex import decode_latex, encode_latex
from schemas.records import CslItem

# Entry types to CSL types; the first entry type of a CSL type is the one written.
TYPES = {
    "article": "article-journal",
    "book": "book",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "thesis": "thesis",
    "techreport": "report",
    "online": "webpage",
    "unpublished": "manuscript",
    "misc": "document",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "inreference": "entry-encyclopedia",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "conference": "paper-conference",
    "inbook": "chapter",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "bookinbook": "chapter",
    "collection": "book",
    "mvbook": "book",
    "mvcollection": "book",
    "reference": "book",
    "manual": "book",
    "booklet": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "electronic": "webpage",
    "www": "webpage",
    "archival": "manuscript",
}
_WRITTEN_TYPES = {csl: kind for kind, csl in reversed(TYPES.items())}
_SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
_THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}

# CSL variable -> the fields it is read from, the first of them also written. Types can say otherwise (_field_for).
_TEXTS = {
    "title": ("title",),
    "title-short": ("shorttitle",),
    "container-title": ("booktitle", "journal", "journaltitle", "maintitle"),
    "collection-title": ("series",),
    "volume": ("volume",),
    "edition": ("edition",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("address", "location"),
    "event-title": ("eventtitle",),
    "genre": ("type",),
    "chapter-number": ("chapter",),
    "number-of-pages": ("pagetotal",),
    "number-of-volumes": ("volumes",),
    "archive": ("library",),
    "archive_location": ("shelfmark",),
    "abstract": ("abstract",),
    "keyword": ("keywords",),
    "note": ("note", "howpublished"),
}
_CODES = {"DOI": "doi", "URL": "url", "ISBN": "isbn", "ISSN": "issn"}
_ROLES = {"author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor"}
_LANGUAGES = {
    "english": "en", "russian": "ru", "german": "de", "french": "fr", "italian": "it", "spanish": "es", "polish": "pl",
    "ukrainian": "uk", "belarusian": "be", "dutch": "nl", "portuguese": "pt", "czech": "cs", "latin": "la", "greek": "el",
    "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "hungarian": "hu", "turkish": "tr",
    "japanese": "ja", "chinese": "zh", "hebrew": "he", "arabic": "ar", "serbian": "sr", "croatian": "hr",
    "bulgarian": "bg", "romanian": "ro", "ngerman": "de", "american": "en", "british": "en",
}  # fmt: skip
_BABEL = {code: name for name, code in reversed(_LANGUAGES.items())}
_DASH = re.compile(r"(?<=\w)\s*(?:-{1,3}|[‐‒–—−])\s*(?=\w)")
_UNSAFE = str.maketrans({char: f"%{ord(char):02X}" for char in '\\{}"^`|<>'} | {" ": "%20"})


def entry_to_csl(entry: Entry) -> CslItem:
    """The CSL item of an entry, its key as ``id``; fields that CSL has no place for stay in the entry."""
    fields = entry.fields
    kind = TYPES.get(entry.type, "document")
    if entry.type == "article":
        kind = _SUBTYPES.get(fields.get("entrysubtype", ""), kind)
    item: CslItem = {"id": entry.key, "type": kind}
    for role, field in _ROLES.items():
        if names := read_names(fields.get(field, "")):
            item[role] = names
    for variable, sources in _TEXTS.items():
        text = next((text for source in sources if (text := decode_latex(fields.get(source, "")))), None)
        if text:
            item[variable] = text
    if entry.type in _THESES and "genre" not in item:
        item["genre"] = _THESES[entry.type]
    for variable, field in _CODES.items():
        if code := fields.get(field, "").strip().replace("\\", ""):
            item[variable] = code.removeprefix("https://doi.org/") if field == "doi" else code
    item |= _read_numbers(entry, kind) | _read_dates(fields) | _read_rest(fields)
    return item


def csl_to_entry(item: CslItem, key: str) -> Entry:
    """The entry of a CSL item: pages with "--", LaTeX's own characters escaped, variables without a field left out."""
    kind = str(item.get("type") or "document")
    entry_type = _entry_type(item, kind)
    fields: dict[str, str] = {}
    for role, field in _ROLES.items():
        if written := write_names(list(item.get(role) or [])):
            fields[field] = written
    for variable in _TEXTS:
        if text := str(item.get(variable) or ""):
            fields[_field_for(variable, kind)] = encode_latex(text)
    if kind in _SUBTYPES.values():
        fields["entrysubtype"] = kind.removeprefix("article-")
    if entry_type in _THESES:
        fields.pop("type", None)
    for name, variable in (("number", "issue"), ("number", "collection-number"), ("number", "number")):
        if item.get(variable) and name not in fields:
            fields[name] = encode_latex(str(item[variable]))
    if page := str(item.get("page") or ""):
        fields["pages"] = encode_latex(_DASH.sub("\0", page)).replace("\0", "--")
    fields |= _write_rest(item)
    _move_arxiv(fields)
    for variable, field in _CODES.items():
        if code := str(item.get(variable) or ""):
            fields[field] = code.translate(_UNSAFE)
    return Entry(key, entry_type, fields)


def _read_numbers(entry: Entry, kind: str) -> CslItem:
    found: CslItem = {}
    if pages := entry.fields.get("pages"):
        found["page"] = _DASH.sub("–", decode_latex(pages))
    issue = decode_latex(entry.fields.get("issue", ""))
    if number := decode_latex(entry.fields.get("number", "")):
        journal = kind.startswith("article") or kind == "periodical"
        books = "collection-number" if entry.fields.get("series") else "number"
        found["issue" if journal else books] = number
    if issue:
        found.setdefault("issue", issue)
    return found


def _read_dates(fields: dict[str, str]) -> CslItem:
    found: CslItem = {}
    if fields.get("date"):
        found["issued"] = read_date(decode_latex(fields["date"]).replace("\u00a0", "~"))
    elif fields.get("year"):
        found["issued"] = read_year_month(decode_latex(fields["year"]), fields.get("month"), fields.get("day"))
    for variable, field in (("accessed", "urldate"), ("original-date", "origdate")):
        if fields.get(field):
            found[variable] = read_date(decode_latex(fields[field]))
    if isinstance(issued := found.get("issued"), dict) and "suffix" in issued:
        found["year-suffix"] = issued["suffix"]
        found["issued"] = {part: value for part, value in issued.items() if part != "suffix"}
    return found


def _read_rest(fields: dict[str, str]) -> CslItem:
    found: CslItem = {}
    language = (fields.get("language") or fields.get("langid") or "").strip("{} ")
    if language:
        found["language"] = _LANGUAGES.get(language.lower(), language)
    addon = decode_latex(fields.get("titleaddon", ""))
    if addon.startswith("[") and addon.endswith("]") and len(addon) > 2:
        found["title-translated"] = addon[1:-1]
    if (subtitle := decode_latex(fields.get("subtitle", ""))) and fields.get("title"):
        found["title"] = f"{decode_latex(fields['title'])}: {subtitle}"
    if fields.get("eprint") and fields.get("eprinttype", fields.get("archiveprefix", "")).lower() == "arxiv":
        found |= {"archive": "arXiv", "archive_location": fields["eprint"].strip()}
    return found


def _write_rest(item: CslItem) -> dict[str, str]:
    fields = write_date(item.get("issued") or {})
    if item.get("year-suffix") and len(str((item.get("issued") or {}).get("date-parts", ""))) <= len("[[2000]]"):
        fields |= write_date({**(item.get("issued") or {}), "suffix": item["year-suffix"]})
    if "year" in fields:
        fields["year"] = encode_latex(fields["year"])  # "n.d.", or whatever stood there
    for variable, field in (("accessed", "urldate"), ("original-date", "origdate")):
        if text := _date_text(item.get(variable) or {}):
            fields[field] = text
    if language := str(item.get("language") or ""):
        known = _BABEL.get(language)
        fields["langid" if known else "language"] = known or encode_latex(language)
    if translated := str(item.get("title-translated") or ""):
        fields["titleaddon"] = f"[{encode_latex(translated)}]"
    return fields


def _move_arxiv(fields: dict[str, str]) -> None:
    """arXiv is no library with shelfmarks for BibLaTeX: its number goes into ``eprint``."""
    if fields.get("library") == "arXiv" and "shelfmark" in fields:
        fields |= {"eprint": fields.pop("shelfmark"), "eprinttype": "arxiv"}
        del fields["library"]


def _date_text(date: CslDate) -> str:
    sides = date.get("date-parts") or []
    if not sides or not sides[0]:
        return encode_latex(str(date.get("literal") or ""))
    return "/".join(
        "-".join(f"{int(part):02d}" if n else f"{int(part):04d}" for n, part in enumerate(s)) for s in sides
    )


def _entry_type(item: CslItem, kind: str) -> str:
    if kind in _SUBTYPES.values():
        return "article"
    if kind == "thesis":
        return next((entry for entry, genre in _THESES.items() if genre == item.get("genre")), "thesis")
    if kind == "chapter" and (item.get("container-author") or not item.get("container-title")):
        return "inbook"
    return _WRITTEN_TYPES.get(kind, "misc")


def _field_for(variable: str, kind: str) -> str:
    if variable == "container-title" and (kind.startswith("article") or kind == "periodical"):
        return "journal"
    if variable == "publisher" and kind in ("thesis", "report"):
        return "school" if kind == "thesis" else "institution"
    return _TEXTS[variable][0]
