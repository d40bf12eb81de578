"""What BibLaTeX entries inherit: all of ``xdata``, and of a ``crossref`` parent what its type gives to the child's type.

>>> from bibliography.bibtex import read_bibtex
>>> child, _ = inherit(read_bibtex("@incollection{a, title = {Part}, crossref = {b}} @collection{b, title = {Whole}}", "f").entries)
>>> child.fields["booktitle"]
'Whole'

The rules are those of the BibLaTeX manual (appendix B, "Default inheritance setup"), with one addition: a book too gives
its title to the booktitle of an incollection or inproceedings, as people write. What the child has itself always stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bibliography.bibtex import Entry

# Never inherited: what says how one entry is sorted, linked or labelled.
_OWN = frozenset(
    "crossref xref xdata entryset entrysubtype execute ids label options presort related relatedoptions relatedstring"
    " relatedtype shorthand shorthandintro sortkey sortname sorttitle keywords file annotation".split()
)
_SHORT = frozenset("shorttitle sorttitle indextitle indexsorttitle".split())
_MULTI = frozenset("mvbook mvcollection mvreference mvproceedings".split())
_PARTS = frozenset(
    "inbook bookinbook suppbook incollection suppcollection inreference inproceedings conference".split()
)
_TITLES = ("title", "subtitle", "titleaddon")
# Names of one thing: where the child has one of them, the parent's others are not wanted.
_SAME = (
    ("journal", "journaltitle"), ("address", "location"), ("school", "institution"), ("date", "year"), ("date", "month"),
    ("editor", "editors"), ("number", "issue"),
)  # fmt: skip


def inherit(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in the same order with what they inherit; a cycle, and a parent that is not there, give nothing."""
    entries = tuple(entries)
    if not any("crossref" in entry.fields or "xdata" in entry.fields for entry in entries):
        return entries
    # Keys that differ by case only are two entries; a pointer that is no key as it stands is looked up without case.
    by_key = {entry.key.lower(): entry for entry in reversed(entries)} | {entry.key: entry for entry in entries}
    done: dict[str, dict[str, str]] = {}
    return tuple(
        Entry(e.key, e.type, _resolve(e, by_key, done, ()), e.raw, e.line, e.strings, e.start, e.end) for e in entries
    )


def parents(entry: Entry) -> list[str]:
    """The keys that an entry inherits from, as written: xdata first."""
    found = [key for name in ("xdata", "crossref") for key in entry.fields.get(name, "").split(",")]
    return [key.strip() for key in found if key.strip()]


def _resolve(
    entry: Entry, by_key: Mapping[str, Entry], done: dict[str, dict[str, str]], way: tuple[str, ...]
) -> dict[str, str]:
    key = entry.key
    if key in done:
        return done[key]
    fields = dict(entry.fields)
    if len(way) < 50 and key not in way:
        for name in parents(entry):
            parent = by_key.get(name) or by_key.get(name.lower())
            if parent is not None and parent is not entry:
                inherited = _resolve(parent, by_key, done, (*way, key))
                given = inherited if parent.type == "xdata" else _given(parent.type, entry.type, inherited)
                fields |= {name: value for name, value in given.items() if _wanted(name, fields)}
        if not way:
            done[key] = fields
    return fields


def _given(parent: str, child: str, fields: Mapping[str, str]) -> dict[str, str]:
    """The parent's fields under the names that the child has for them."""
    given: dict[str, str] = {}
    titles = _title_names(parent, child)
    for name, value in fields.items():
        if name in _OWN or (titles and name in _SHORT):
            continue
        if titles and name in _TITLES:
            given.setdefault(titles[_TITLES.index(name)], value)
        elif name == "author" and parent in ("book", "mvbook") and child in ("inbook", "bookinbook", "suppbook"):
            given |= {"author": value, "bookauthor": value}
        else:
            given[name] = value
    if child in _PARTS and fields.get("booktitle"):
        given["booktitle"] = fields["booktitle"]
    return given


def _title_names(parent: str, child: str) -> tuple[str, ...]:
    if parent in _MULTI:
        return ("maintitle", "mainsubtitle", "maintitleaddon")
    if child in _PARTS:
        return ("booktitle", "booksubtitle", "booktitleaddon")
    if parent == "periodical" and child in ("article", "suppperiodical"):
        return ("journaltitle", "journalsubtitle", "journaltitleaddon")
    return ()


def _wanted(name: str, fields: Mapping[str, str]) -> bool:
    others = {other for pair in _SAME if name in pair for other in pair}
    return name not in fields and not any(other in fields for other in others)
