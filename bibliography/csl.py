"""BibTeX and BibLaTeX entries to CSL-JSON items and back.

>>> from bibliography.bibtex import Entry
>>> entry_to_csl(Entry("a", "article", {"author": "Sutton, Antony", "pages": "12--15", "journal": "Slavic Review"}))["page"]
'12–15'

Read are BibTeX's and BibLaTeX's names of a field; written are the names that both understand (journal, address, year).
For items with the types and fields of bibliography.csl_tables, ``entry_to_csl(csl_to_entry(item, key)) == item`` (plus
``id``); with ``markup`` this holds for CSL-JSON's italics, bold, small capitals and protected case too.
"""

from __future__ import annotations

import re

from bibliography.bibnames import read_names, write_names
from bibliography.bibtex import Entry, Library
from bibliography.csl_tables import (
    BABEL,
    CODES,
    DATES,
    GENRES,
    LANGUAGES,
    ROLES,
    SUBTITLES,
    SUBTYPES,
    TEXTS,
    THESES,
    TYPES,
    WRITTEN_TYPES,
)
from bibliography.dates import CslDate, read_date, read_year_month, write_date
from bibliography.inherit import inherit
from bibliography.latex import decode_latex, encode_latex, encode_markup
from schemas.records import CslItem

_RICH = frozenset({"title", "title-short", "container-title", "collection-title", "original-title", "note", "abstract"})
_DASH = re.compile(r"(?<=\w)\s*(?:-{1,3}|[‐‒–—−])\s*(?=\w)")
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_UNSAFE = str.maketrans({char: f"%{ord(char):02X}" for char in '\\{}"^`|<>'} | {" ": "%20"})


def entry_to_csl(entry: Entry, *, markup: bool = False) -> CslItem:
    """The CSL item of an entry, its key as ``id``; fields that CSL has no place for stay in the entry.

    With ``markup`` titles carry CSL-JSON's markup for italics and the like, and for case that braces protect.
    """
    fields = entry.fields
    subtype = fields.get("entrysubtype", "")
    kind = SUBTYPES.get(subtype) or TYPES.get(entry.type, "document")
    item: CslItem = {"id": entry.key, "type": kind}
    for role, field in ROLES.items():
        if field in fields and (names := read_names(fields[field])):
            item[role] = names
    for variable, sources in TEXTS.items():
        for source in sources:
            if source in fields and (text := decode_latex(fields[source], markup=markup and variable in _RICH)):
                item[variable] = text
                break
    if genre := GENRES.get(str(item["genre"])) if "genre" in item else THESES.get(entry.type):
        item["genre"] = genre
    for variable, field in CODES.items():
        if field in fields and (code := fields[field].strip().replace("\\", "")):
            item[variable] = _DOI_PREFIX.sub("", code) if field == "doi" else code
    item |= _read_numbers(entry, kind) | _read_dates(fields) | _read_rest(fields)
    _read_subtitles(fields, item, markup)
    return item


def csl_to_entry(item: CslItem, key: str) -> Entry:
    """The entry of a CSL item: pages with "--", LaTeX's own characters escaped, variables without a field left out."""
    kind = str(item.get("type") or "document")
    entry_type = _entry_type(item, kind)
    fields: dict[str, str] = {}
    for role, field in ROLES.items():
        if written := write_names(list(item.get(role) or [])):
            fields[field] = written
    for variable in TEXTS:
        if text := str(item.get(variable) or ""):
            fields[_field_for(variable, kind)] = encode_markup(text) if variable in _RICH else encode_latex(text)
    if kind in SUBTYPES.values():
        fields["entrysubtype"] = next(name for name, csl in SUBTYPES.items() if csl == kind)
    if entry_type in THESES:
        fields.pop("type", None)
    for name, variable in (("number", "issue"), ("number", "collection-number"), ("number", "number")):
        if item.get(variable) and name not in fields:
            fields[name] = encode_latex(str(item[variable]))
    if page := str(item.get("page") or ""):
        fields["pages"] = encode_latex(_DASH.sub("\0", page)).replace("\0", "--")
    fields |= _write_rest(item)
    _move_arxiv(fields)
    for variable, field in CODES.items():
        if code := str(item.get(variable) or ""):
            fields[field] = code.translate(_UNSAFE)
    return Entry(key, entry_type, fields)


def library_items(library: Library, *, markup: bool = False) -> dict[str, CslItem]:
    """The CSL items of a library by key, with what entries inherit; @xdata and @set are no works and left out."""
    if library.items:
        return dict(library.items)
    works = (entry for entry in inherit(library.entries) if entry.type not in ("xdata", "set"))
    return {entry.key: entry_to_csl(entry, markup=markup) for entry in works}


def _read_subtitles(fields: dict[str, str], item: CslItem, markup: bool) -> None:
    for variable, names in SUBTITLES.items():
        subtitle = next((fields[name] for name in names if name in fields), "")
        if variable in item and (text := decode_latex(subtitle, markup=markup)):
            joint = " " if item[variable][-1:] in "?!:" else ": "
            item[variable] = f"{item[variable]}{joint}{text}"


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
    for variable, field in DATES.items():
        if fields.get(field):
            found[variable] = read_date(decode_latex(fields[field]).replace("\u00a0", "~"))
    if isinstance(issued := found.get("issued"), dict) and "suffix" in issued:
        found["year-suffix"] = issued["suffix"]
        found["issued"] = {part: value for part, value in issued.items() if part != "suffix"}
    return found


def _read_rest(fields: dict[str, str]) -> CslItem:
    found: CslItem = {}
    language = (fields.get("language") or fields.get("langid") or "").strip("{} ")
    if language:
        found["language"] = LANGUAGES.get(language.lower(), language)
    addon = decode_latex(fields.get("titleaddon", ""))
    if addon.startswith("[") and addon.endswith("]") and len(addon) > 2:
        found["title-translated"] = addon[1:-1]
    if fields.get("eprint") and fields.get("eprinttype", fields.get("archiveprefix", "")).lower() == "arxiv":
        found |= {"archive": "arXiv", "archive_location": fields["eprint"].strip()}
    return found


def _write_rest(item: CslItem) -> dict[str, str]:
    fields = write_date(item.get("issued") or {})
    if item.get("year-suffix") and len(str((item.get("issued") or {}).get("date-parts", ""))) <= len("[[2000]]"):
        fields |= write_date({**(item.get("issued") or {}), "suffix": item["year-suffix"]})
    if "year" in fields:
        fields["year"] = encode_latex(fields["year"])  # "n.d.", or whatever stood there
    for variable, field in DATES.items():
        if text := _date_text(item.get(variable) or {}):
            fields[field] = text
    if language := str(item.get("language") or ""):
        known = BABEL.get(language)
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
    """A date in one field, as EDTF; its words where it has no numbers."""
    fields = write_date(date)
    if set(fields) == {"year", "month"}:
        return f"{int(fields['year']):04d}-{int(date['date-parts'][0][1]):02d}"
    return fields.get("date") or encode_latex(fields.get("year", ""))


def _entry_type(item: CslItem, kind: str) -> str:
    if kind in ("article-newspaper", "article-magazine"):
        return "article"
    if kind == "thesis":
        return next((entry for entry, genre in THESES.items() if genre == item.get("genre")), "thesis")
    if kind == "chapter" and (item.get("container-author") or not item.get("container-title")):
        return "inbook"
    return WRITTEN_TYPES.get(kind, "misc")


def _field_for(variable: str, kind: str) -> str:
    if variable == "container-title" and (kind.startswith("article") or kind == "periodical"):
        return "journal"
    if variable == "publisher" and kind in ("thesis", "report"):
        return "school" if kind == "thesis" else "institution"
    return TEXTS[variable][0]
