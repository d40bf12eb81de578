"""What only shows when entries are seen together: keys, what they point to, works that stand twice, DOIs that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bibliography.bibtex import Entry, Library
from bibliography.check.finding import Finding
from bibliography.inherit import parents
from bibliography.work import work_of
from schemas.records import CslItem


def check_keys(library: Library) -> Iterator[tuple[str, Finding]]:
    """Keys equal but for case, and aliases (``ids``) that are another entry's key."""
    seen: dict[str, str] = {}
    for entry in library.entries:
        other = seen.setdefault(entry.key.lower(), entry.key)
        if other != entry.key:
            message = f"the key differs from {other} in case alone, which BibTeX takes for the same"
            yield entry.key, Finding("bib-key-case", "warning", message, "give one of them another key")
    for entry in library.entries:
        for alias in filter(None, (part.strip() for part in entry.fields.get("ids", "").split(","))):
            if alias.lower() in seen and seen[alias.lower()] != entry.key:
                message = f"the alias {alias} is the key of another entry"
                yield entry.key, Finding("bib-alias", "warning", message, "take it out of ids", "ids")


def check_pointers(library: Library) -> Iterator[tuple[str, Finding]]:
    """crossref, xdata, xref, related and entryset that lead to nothing, to themselves, or in a circle."""
    entries = {entry.key.lower(): entry for entry in library.entries}
    aliases = {alias.strip().lower() for e in library.entries for alias in e.fields.get("ids", "").split(",")}
    for entry in library.entries:
        for name in ("crossref", "xdata", "xref", "related", "entryset"):
            for target in filter(None, (part.strip() for part in entry.fields.get(name, "").split(","))):
                if target.lower() not in entries and target.lower() not in aliases:
                    message = f"{name} {target} is no entry of this file"
                    yield entry.key, Finding("bib-crossref", "error", message, "add it or correct the key", name)
        if _circles(entry, entries):
            message = "crossref or xdata leads back to the entry itself"
            yield entry.key, Finding("bib-crossref-cycle", "error", message, "take one of them out", "crossref")


def check_duplicates(library: Library, items: Mapping[str, CslItem]) -> Iterator[tuple[str, Finding]]:
    """Works under two keys: title, first author, year, volume and pages are the same, or the DOI is."""
    works: dict[tuple[object, ...], str] = {}
    dois: dict[str, str] = {}
    for key, item in items.items():
        doi = str(item.get("DOI") or "").lower()
        work = work_of(item, key)
        first = work.people[0].families[:1] if work.people else ()
        mark = (work.title, first, work.year, work.volume, work.pages, item.get("edition"), item.get("issue"))
        twin = works.setdefault(mark, key) if work.title and first else key
        same_doi = dois.setdefault(doi, key) if doi else key
        if twin != key or same_doi != key:
            other = twin if twin != key else same_doi
            why = "" if twin != key else f" (DOI {doi})"
            message = f"seems to be the same work as {other}{why}"
            yield key, Finding("bib-duplicate-work", "warning", message, "keep one of the two")


def check_order(library: Library) -> Iterator[tuple[str, Finding]]:
    """Classic BibTeX wants an entry before the one that it inherits from."""
    place: dict[str, int] = defaultdict(int)
    for n, entry in enumerate(library.entries):
        place.setdefault(entry.key.lower(), n)
    for n, entry in enumerate(library.entries):
        target = entry.fields.get("crossref", "").strip().lower()
        if target in place and place[target] < n:
            message = f"stands behind {target}, from which it inherits; BibTeX (not biber) wants it before"
            yield entry.key, Finding("bib-crossref-order", "info", message, "move the parent to the end", "crossref")


def _circles(entry: Entry, entries: Mapping[str, Entry]) -> bool:
    seen: set[str] = set()
    waiting = [name.lower() for name in parents(entry)]
    while waiting:
        key = waiting.pop()
        if key == entry.key.lower():
            return True
        if key not in seen and key in entries:
            seen.add(key)
            waiting += [name.lower() for name in parents(entries[key])]
    return False
