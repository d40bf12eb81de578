"""A library in another form, and the two dialects of BibTeX: the names that classic styles know, and those of BibLaTeX.

>>> from bibliography.bibtex import Entry
>>> thesis = Entry("a", "thesis", {"title": "T", "type": "phdthesis", "institution": "MGU", "date": "1933-05"})
>>> classic = as_bibtex(thesis)
>>> classic.type, classic.fields
('phdthesis', {'title': 'T', 'school': 'MGU', 'year': '1933', 'month': 'may'})
>>> as_biblatex(classic).fields
{'title': 'T', 'institution': 'MGU', 'date': '1933-05', 'type': 'phdthesis'}
"""

from __future__ import annotations

import json

import msgspec

from bibliography.bibtex import Entry, Library, write_bibtex
from bibliography.csl import entry_to_csl, library_items
from bibliography.dates import month_number, read_date, write_date
from bibliography.inherit import inherit
from bibliography.keys import Keys
from bibliography.latex import to_ascii
from bibliography.ris import write_ris
from schemas.records import CslItem

FORMS = ("biblatex", "bibtex", "csl-json", "ris")
_NEW_NAMES = {
    "journal": "journaltitle", "address": "location", "school": "institution", "annote": "annotation",
    "archiveprefix": "eprinttype", "primaryclass": "eprintclass",
}  # fmt: skip
_OLD_NAMES = {"journaltitle": "journal", "location": "address", "annotation": "annote"}
_NEW_TYPES = {
    "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report", "conference": "inproceedings",
    "electronic": "online", "www": "online",
}  # fmt: skip
_OLD_TYPES = {
    "thesis": "phdthesis", "report": "techreport", "collection": "book", "mvbook": "book", "mvcollection": "book",
    "reference": "book", "mvreference": "book", "mvproceedings": "proceedings", "bookinbook": "inbook", "suppbook": "inbook",
    "suppcollection": "incollection", "inreference": "incollection", "suppperiodical": "article",
} | dict.fromkeys(
    "online periodical dataset software patent legislation jurisdiction legal audio music movie video image artwork letter"
    " performance standard review commentary archival".split(), "misc"
)  # fmt: skip
_MASTERS = ("mathesis", "mastersthesis", "master’s thesis", "master's thesis", "ma thesis", "msc thesis")
_SUBTITLES = {"subtitle": "title", "booksubtitle": "booktitle", "journalsubtitle": "journal"}


def convert_library(library: Library, form: str, *, keys: str | None = None, ascii: bool = False) -> str:
    """The text of the library in one of FORMS, with keys by a pattern where one is given; ``ascii`` writes letters outside ASCII as LaTeX macros.

    BibLaTeX from BibTeX keeps what entries inherit where it stands; BibTeX gets it written out, since it knows few of
    the rules. Comments, @preamble and @string of a BibTeX file stay in their places. Fields without a counterpart stay under their names in both. Raises UsageError for a wrong pattern.
    """
    if form in ("csl-json", "ris"):
        items = library_items(library, markup=form == "csl-json")
        renamed = _rename(library, keys) if keys else {}
        made = [{**item, "id": renamed.get(key, key)} for key, item in items.items()]
        return write_ris(made) if form == "ris" else write_csl_json(made)
    entries = inherit(library.entries) if form == "bibtex" else library.entries
    turn = as_bibtex if form == "bibtex" else as_biblatex
    turned = [turn(entry) for entry in entries if not (form == "bibtex" and entry.type in ("xdata", "set"))]
    if ascii:
        turned = [_turned(entry, entry.type, {n: to_ascii(v) for n, v in entry.fields.items()}) for entry in turned]
    if keys:
        renamed = _rename(library, keys)
        turned = [_with_key(entry, renamed) for entry in turned]
    return write_bibtex(turned) if library.items else _in_place(library, turned)


def write_csl_json(items: list[CslItem]) -> str:
    """CSL-JSON with one line a field, keys sorted, so that versions can be compared."""
    return json.dumps(items, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def as_biblatex(entry: Entry) -> Entry:
    """The entry with BibLaTeX's types and names: journaltitle, location, institution, date."""
    fields = {_NEW_NAMES.get(name, name): value for name, value in entry.fields.items()}
    if "year" in fields and "date" not in fields:
        date = _iso(fields)
        if date:
            fields = {("date" if name == "year" else name): value for name, value in fields.items() if name != "month"}
            fields["date"] = date
    if entry.type in ("phdthesis", "mastersthesis"):
        fields.setdefault("type", "mathesis" if entry.type == "mastersthesis" else "phdthesis")
    if entry.type == "techreport":
        fields.setdefault("type", "techreport")
    return _turned(entry, _NEW_TYPES.get(entry.type, entry.type), fields)


def as_bibtex(entry: Entry) -> Entry:
    """The entry with the types and names that classic BibTeX styles know; subtitles joined, ranges of years in words."""
    fields = {
        _OLD_NAMES.get(name, name): value for name, value in entry.fields.items() if name not in ("crossref", "xdata")
    }
    kind = _OLD_TYPES.get(entry.type, entry.type)
    if kind == "phdthesis":
        fields = {("school" if name == "institution" else name): value for name, value in fields.items()}
        genre = fields.get("type", "").lower()
        kind = "mastersthesis" if genre in _MASTERS else kind
        if genre in (*_MASTERS, "phdthesis"):
            del fields["type"]
    if kind == "techreport" and fields.get("type") == "techreport":
        del fields["type"]
    for subtitle, title in _SUBTITLES.items():
        if subtitle in fields and title in fields:
            joint = " " if fields[title][-1:] in "?!:" else ": "
            fields[title] += joint + fields.pop(subtitle)
    if "date" in fields:
        fields = _classic_date(fields)
    if kind == "misc" and "url" in fields and "howpublished" not in fields:
        fields["howpublished"] = f"\\url{{{fields['url']}}}"
    if kind == "unpublished" and "note" not in fields and (fields.get("library") or fields.get("shelfmark")):
        fields["note"] = ", ".join(fields[name] for name in ("library", "shelfmark") if fields.get(name))
    return _turned(entry, kind, fields)


def _turned(entry: Entry, kind: str, fields: dict[str, str]) -> Entry:
    if (kind, fields) == (entry.type, entry.fields):
        return entry
    return msgspec.structs.replace(entry.with_fields(fields), type=kind)


def _iso(fields: dict[str, str]) -> str:
    """The EDTF date of year and month; empty where the year is none that it can say."""
    date = read_date(fields["year"].strip("{} "))
    parts = date.get("date-parts")
    if not parts or "suffix" in date:
        return ""
    month = month_number(fields["month"]) if fields.get("month") else None
    if fields.get("month") and (month is None or len(parts) > 1 or len(parts[0]) > 1):
        return ""
    whole = [[*parts[0], month]] if month else parts
    return "/".join("-".join(f"{n:02d}" if at else f"{n:04d}" for at, n in enumerate(side)) for side in whole)


def _classic_date(fields: dict[str, str]) -> dict[str, str]:
    """``date`` as year and month where they can say it, a range as 1933--1936; else as it stands, in ``year``."""
    written = fields["date"]
    rest = {name: value for name, value in fields.items() if name not in ("date", "year", "month")}
    date = read_date(written)
    sides = date.get("date-parts") or []
    years = list(dict.fromkeys(f"{side[0]}" for side in sides))
    if not years:
        return rest | {"year": written}
    if len(years) > 1 or "edtf" in date or date.get("circa"):
        year = "--".join(years) + ("--" if written.rstrip().endswith(("/", "/..")) else "")
        return rest | {"year": f"c. {year}" if date.get("circa") else year}
    return rest | write_date({"date-parts": [sides[0][:2]]})


def _in_place(library: Library, turned: list[Entry]) -> str:
    """The file's text with each entry where it stood: comments, @preamble and @string stay."""
    by_start = {entry.start: entry for entry in turned}
    text, at = "", 0
    for old in library.entries:
        new = by_start.get(old.start)
        text += library.text[at : old.start] + (
            write_bibtex([new]).rstrip("\n") if new and not new.raw else new.raw if new else ""
        )
        at = old.end
    return text + library.text[at:]


def _rename(library: Library, pattern: str) -> dict[str, str]:
    """New keys by old ones, in file order; @xdata keeps its own."""
    keys = Keys(pattern)
    items = library_items(library)
    return {
        entry.key: keys.make(items.get(entry.key) or entry_to_csl(entry))
        for entry in library.entries
        if entry.type != "xdata"
    }


def _with_key(entry: Entry, renamed: dict[str, str]) -> Entry:
    """The entry under its new key, pointing to new keys."""
    fields = dict(entry.fields)
    for name in ("crossref", "xref", "related", "entryset"):
        if name in fields:
            fields[name] = ", ".join(renamed.get(part.strip(), part.strip()) for part in fields[name].split(","))
    key = renamed.get(entry.key, entry.key)
    return (
        entry
        if (key, fields) == (entry.key, entry.fields)
        else msgspec.structs.replace(entry.with_fields(fields), key=key)
    )
