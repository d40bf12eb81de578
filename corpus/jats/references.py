"""The reference list of JATS: each entry with its words as a reader sees them, and its fields as CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from corpus.jats.names import csl_names, names_of, written_names
from corpus.markup.walk import Walker, pieces_of, text_of
from corpus.markup.xml import local
from corpus.structure import Entry, OutlineBlock, Piece
from schemas.records import CslItem

_CITATIONS = ("mixed-citation", "element-citation", "citation", "nlm-citation")
_TYPES = {
    "journal": "article-journal", "article": "article-journal", "book": "book", "edited-book": "book",
    "chapter": "chapter", "book-chapter": "chapter", "confproc": "paper-conference", "conf-proc": "paper-conference",
    "conference": "paper-conference", "thesis": "thesis", "report": "report", "working-paper": "report",
    "web": "webpage", "webpage": "webpage", "website": "webpage", "newspaper": "article-newspaper",
    "magazine": "article-magazine", "patent": "patent", "data": "dataset", "database": "dataset",
    "software": "software", "preprint": "article", "legal-doc": "legislation", "commun": "personal_communication",
    "letter": "personal_communication", "manuscript": "manuscript", "unpublished": "manuscript",
}  # fmt: skip
_TEXTS = {
    "volume": ("volume",), "issue": ("issue",), "edition": ("edition",), "publisher": ("publisher-name", "institution"),
    "publisher-place": ("publisher-loc",), "ISBN": ("isbn",), "ISSN": ("issn",), "event-title": ("conf-name",),
    "event-place": ("conf-loc",), "collection-title": ("series",), "number": ("patent", "std"),
    "title-translated": ("trans-title",), "version": ("version",),
}  # fmt: skip
_IDENTIFIERS = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "isbn": "ISBN", "arxiv": "number"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_SUFFIX = re.compile(r"\d{4}(?P<letter>[a-z])\b")
_PUNCTUATION = re.compile(r"[.,:;()]")


def entries_of(ref_list: etree._Element, walker: Walker) -> Iterator[Entry]:
    """The entries of one ``ref-list`` in order, those of lists inside it too, headings as entries of their own."""
    for child in ref_list:
        if local(child) == "ref":
            yield from _entries(child, walker)
        elif local(child) == "ref-list":
            title = child.find("title")
            if title is not None and text_of(title):
                yield Entry("", OutlineBlock("heading", _pieces(title, walker), level=2))
            yield from entries_of(child, walker)


def _entries(ref: etree._Element, walker: Walker) -> Iterator[Entry]:
    key = ref.get("id") or ""
    label = text_of(ref.find("label"))
    given = list(ref.iter(*_CITATIONS)) or [each for each in ref if local(each) == "note"]
    for number, (shown, marked) in enumerate(_paired(given)):
        block = OutlineBlock("reference", tuple(_words(shown, walker)), pointer=key or None)
        csl = _item(marked) if local(marked) != "note" else None
        own = text_of(shown.find("label"))
        if number == 0:
            yield Entry(key, block, label=label or own, csl=csl or None)
        else:  # several works under one number
            yield Entry(f"{key}/{number + 1}", block, label=own, csl=csl or None)


def _paired(citations: Sequence[etree._Element]) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Each citation as (what is shown, what is marked up): SciELO gives one work in two forms, side by side."""
    mixed = [each for each in citations if local(each) == "mixed-citation"]
    elements = [each for each in citations if local(each) == "element-citation"]
    if len(mixed) == 1 and len(elements) == 1:
        yield mixed[0], elements[0]
        return
    for each in citations:
        yield each, each


def _words(citation: etree._Element, walker: Walker) -> Sequence[Piece]:
    """The words of a citation: as they stand where it is punctuated, else put into a readable order."""
    if _is_punctuated(citation):
        return _pieces(citation, walker)
    return (_rendered(citation),)


def _pieces(element: etree._Element, walker: Walker) -> tuple[Piece, ...]:
    return pieces_of(walker.inside(element))


def _is_punctuated(citation: etree._Element) -> bool:
    fields = [child for child in citation if isinstance(child.tag, str) and local(child) != "label"]
    between = [citation.text or "", *(child.tail or "" for child in citation)]
    if len(fields) < 2:
        return True
    return any(_PUNCTUATION.search(text) or (text.strip() and len(text.strip()) > 1) for text in between)


def _rendered(citation: etree._Element) -> str:
    """A citation that is nothing but fields, as a reader would see it."""
    authors = written_names(citation, ("author", "allauthors", ""))
    editors = written_names(citation, ("editor",))
    title = _first(citation, "article-title", "chapter-title", "data-title", "part-title")
    source = _first(citation, "source")
    dated = _first(citation, "year") or text_of(citation.find("date"))
    parts = [authors, f"{editors} (eds)" if editors and not authors else "", title]
    parts.append(f"In: {editors} (eds). {source}" if editors and authors and title and source else source)
    parts.append(": ".join(filter(None, (_first(citation, "publisher-loc"), _first(citation, "publisher-name")))))
    volume = _first(citation, "volume")
    issue = _first(citation, "issue")
    numbered = f"{volume}{f'({issue})' if issue else ''}"
    pages = _pages(citation)
    parts.append(": ".join(filter(None, ("; ".join(filter(None, (dated, numbered))), pages))))
    parts += [_first(citation, "edition"), _first(citation, "comment")]
    doi = next((text_of(each) for each in citation.iter("pub-id") if each.get("pub-id-type") == "doi"), "")
    parts.append(f"doi:{doi}" if doi else "")
    parts += [text_of(each) for each in citation.iter("ext-link", "uri") if text_of(each)]
    text = ". ".join(part.rstrip(". ") for part in parts if part.strip(". "))
    return f"{text}." if text else text_of(citation)


def _item(citation: etree._Element) -> CslItem:
    kind = citation.get("publication-type") or citation.get("citation-type") or ""
    item: CslItem = {}
    for role, groups in (
        ("author", ("author", "allauthors", "")),
        ("editor", ("editor",)),
        ("translator", ("translator",)),
    ):
        if names := csl_names(names_of(citation, groups)):
            item[role] = names
    title = _first(citation, "article-title", "chapter-title", "data-title", "part-title")
    source = _first(citation, "source")
    csl_type = _TYPES.get(kind.casefold()) or _guess_type(citation, title, source)
    if title:
        item["title"] = title
    if source:
        item["container-title" if title else "title"] = source
    if csl_type == "book" and title and source:
        csl_type = "chapter"
    for variable, tags in _TEXTS.items():
        if text := _first(citation, *tags):
            item.setdefault(variable, text)
    if pages := _pages(citation):
        item["page"] = pages
    if issued := _issued(citation):
        item["issued"] = issued
    if suffix := _SUFFIX.search(_first(citation, "year")):
        item["year-suffix"] = suffix["letter"]
    item |= _identifiers(citation)
    has_work = item.get("title") or item.get("author")
    return {"type": csl_type, **item} if has_work else {}  # else its words say more than its fields


def _guess_type(citation: etree._Element, title: str, source: str) -> str:
    if title and source and (_first(citation, "volume") or _first(citation, "issue")):
        return "article-journal"
    if citation.find(".//publisher-name") is not None or (source and not title):
        return "chapter" if title and source else "book"
    return "document"


def _identifiers(citation: etree._Element) -> CslItem:
    found: CslItem = {}
    for each in citation.iter("pub-id", "ext-link", "uri"):
        name = _IDENTIFIERS.get((each.get("pub-id-type") or each.get("ext-link-type") or "").casefold())
        text = text_of(each)
        address = each.get("{http://www.w3.org/1999/xlink}href") or text
        doi = _DOI.search(address) if name in (None, "DOI") and "10." in address else None
        if doi:
            found.setdefault("DOI", doi.group().rstrip(".,;"))
        elif name:
            found.setdefault(name, text)
        elif address.startswith(("http://", "https://", "ftp://")):
            found.setdefault("URL", address)
    return found


def _pages(citation: etree._Element) -> str:
    first, last = _first(citation, "fpage"), _first(citation, "lpage")
    if first:
        return f"{first}–{last}" if last and last != first else first
    return _first(citation, "page-range").replace("-", "–") or _first(citation, "elocation-id")


def _issued(citation: etree._Element) -> dict[str, object]:
    year = _first(citation, "year")
    digits = re.search(r"\d{4}", (citation.findtext(".//year") and year) or "")
    if digits is None:
        return {"literal": year} if year else {}
    parts = [int(digits.group())]
    month = month_number(_first(citation, "month"))
    if month:
        parts.append(month)
        day = _first(citation, "day")
        if day.isdigit() and 1 <= int(day) <= 31:
            parts.append(int(day))
    return {"date-parts": [parts]}


def month_number(written: str) -> int | None:
    """1 to 12 for "3", "03", "Mar", "March"."""
    text = written.strip(" .").casefold()
    if text.isdecimal() and len(text) <= 2:
        return int(text) if 1 <= int(text) <= 12 else None
    return next((i for i, name in enumerate(_MONTHS, start=1) if text.startswith(name)), None)


def _first(element: etree._Element, *tags: str) -> str:
    found = next((text for tag in tags for each in element.iter(tag) if (text := text_of(each))), "")
    return found.strip()
