"""What BibTeX and BibLaTeX know: entry types, the fields each needs, and all fields there are. Tables and three rules."""

from __future__ import annotations

from collections.abc import Iterator

from bibliography.bibtex import Entry
from bibliography.check.finding import Finding
from bibliography.csl_tables import TYPES

# Fields that an entry of a type needs (BibTeX's standard styles, BibLaTeX's data model); "a/b" is either.
REQUIRED = {
    "article": ("author/editor", "title", "journal/journaltitle", "year/date"),
    "book": ("author/editor", "title", "year/date"),
    "mvbook": ("author/editor", "title", "year/date"),
    "booklet": ("author/editor/key", "title", "year/date"),
    "collection": ("editor", "title", "year/date"),
    "mvcollection": ("editor", "title", "year/date"),
    "reference": ("editor", "title", "year/date"),
    "incollection": ("author/editor", "title", "booktitle", "year/date"),
    "inproceedings": ("author/editor", "title", "booktitle", "year/date"),
    "conference": ("author/editor", "title", "booktitle", "year/date"),
    "inreference": ("title", "booktitle", "year/date"),
    "inbook": ("author/editor", "title", "year/date"),
    "proceedings": ("title", "year/date"),
    "mvproceedings": ("title", "year/date"),
    "periodical": ("editor/title", "title", "year/date"),
    "manual": ("title",),
    "phdthesis": ("author", "title", "school/institution", "year/date"),
    "mastersthesis": ("author", "title", "school/institution", "year/date"),
    "thesis": ("author", "title", "school/institution", "year/date"),
    "techreport": ("author/editor", "title", "institution", "year/date"),
    "report": ("author/editor", "title", "institution", "year/date"),
    "online": ("title", "url/doi/eprint"),
    "electronic": ("title", "url/doi/eprint"),
    "www": ("title", "url/doi/eprint"),
    "patent": ("author/holder", "title", "number", "year/date"),
    "unpublished": ("author/editor/library/shelfmark", "title"),
}
KNOWN_TYPES = (
    frozenset(TYPES) | frozenset(REQUIRED) | frozenset({"xdata", "set", "suppperiodical", "custom", "bibnote"})
)
_SEPARATE = frozenset({"set", "xdata"})

KNOWN_FIELDS = frozenset(
    # BibTeX
    "address annote author booktitle chapter crossref edition editor howpublished institution journal key month note number"
    " organization pages publisher school series title type volume year"
    # BibLaTeX
    " abstract addendum afterword annotation annotator authortype bookauthor bookpagination booksubtitle booktitleaddon"
    " commentator date day doi editora editorb editorc editortype editoratype editorbtype editorctype eid entryset"
    " entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon file foreword gender holder"
    " hyphenation ids indextitle indexsorttitle introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle"
    " issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon keywords label langid langidopts language library"
    " location mainsubtitle maintitle maintitleaddon nameaddon options origdate origlanguage origlocation origpublisher"
    " origtitle pagetotal pagination part pdf presort pubstate related relatedoptions relatedstring relatedtype"
    " reprinttitle shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle sortkey sortname"
    " sortshorthand sorttitle sortyear subtitle titleaddon translator url urldate urlyear urlmonth urlday userd usere"
    " venue version volumes xdata xref"
    " execute primaryclass archiveprefix reviewedauthor illustrator"
    # written by reference managers
    " added-at adsnote adsurl affiliation archive bdsk-file-1 bdsk-file-2 bdsk-file-3 bdsk-url-1 bdsk-url-2 bdsk-url-3 biburl bibsource"
    " callnumber citeulike-article-id collaborator comment copyright country creationdate date-added date-modified dimensions"
    " eissn groups interhash intrahash lccn local-url mendeley-groups mendeley-tags modificationdate"
    " numpages owner pmcid pmid posted-at priority qualityassured rating ranking readstatus read review"
    " shelfmark search relevance printed timestamp title_fr translated_title unique-id username".split()
) | frozenset(f"{kind}{letter}" for kind in ("list", "name", "user", "verb") for letter in "abcdef")
# What one of the two programs alone knows, with what the other calls it.
_OTHER_NAMES = {
    "journal": "journaltitle", "address": "location", "school": "institution", "annote": "annotation",
    "archiveprefix": "eprinttype", "primaryclass": "eprintclass", "hyphenation": "langid",
}  # fmt: skip


def check_type(entry: Entry) -> Iterator[Finding]:
    """@type that neither program knows: BibLaTeX takes it for @misc."""
    if entry.type not in KNOWN_TYPES:
        close = nearest(entry.type, KNOWN_TYPES)
        hint = f"did you mean @{close}?" if close else "take a type that fits, or @misc"
        yield Finding("bib-unknown-type", "warning", f"@{entry.type} is no type that BibTeX or BibLaTeX knows", hint)


def check_required(entry: Entry, inherited: Entry) -> Iterator[Finding]:
    """Fields that the type needs and that neither the entry nor what it inherits from has."""
    for names in REQUIRED.get(entry.type, ()):
        if not any(inherited.fields.get(name, "").strip(" {}") for name in names.split("/")):
            shown = names.replace("/", " or ")
            yield Finding(
                "bib-missing-field",
                "warning",
                f"{'an' if entry.type[0] in 'aeiou' else 'a'} {entry.type} needs {shown}",
                f"add {shown}",
            )


def check_fields(entry: Entry) -> Iterator[Finding]:
    """Fields that are empty, unknown, or there under two names of the same thing."""
    if entry.type in _SEPARATE:
        return
    if not entry.fields:
        yield Finding("bib-empty-entry", "warning", "the entry has no field", "fill it or take it out")
    for name, value in entry.fields.items():
        if not value.strip("{} \t\r\n"):
            yield Finding("bib-empty-field", "info", f"{name} is empty", "fill it or take it out", name, remove=True)
        elif name not in KNOWN_FIELDS:
            close = nearest(name, KNOWN_FIELDS)
            hint = f"did you mean {close}?" if close else "styles will not show it"
            yield Finding("bib-unknown-field", "info", f"{name} is no field that BibTeX or BibLaTeX knows", hint, name)
    for name, other in _OTHER_NAMES.items():
        if name in entry.fields and other in entry.fields and entry.fields[name] != entry.fields[other]:
            message = f"{name} and {other} are the same thing and differ"
            yield Finding("bib-two-names", "warning", message, "keep one", other)


def nearest(name: str, known: frozenset[str]) -> str | None:
    """The known name that a mistyped one most likely means: one letter more, fewer, other, or two swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    near = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    near |= {a + c + b[1:] for a, b in cuts if b for c in letters} | {a + c + b for a, b in cuts for c in letters}
    found = sorted(near & known)
    return found[0] if found and len(name) > 3 else None
