"""Entries of reference lists in TEI: ``bibl`` verbatim, ``biblStruct`` put into readable words, both with CSL fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from bibliography.dates import read_date
from corpus.layout.zones import zone_of
from corpus.markup.walk import XML_ID, Walker, pieces_of, text_of
from corpus.markup.xml import local
from corpus.structure import Entry, OutlineBlock, Piece
from corpus.tei.ids import Ids
from corpus.tei.names import csl_name, list_name
from schemas.records import CslItem

_BIBLS = ("bibl", "biblStruct", "biblFull")
_LISTS = re.compile(r"bibl|referenc|literatur|works?.?cited|sources", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_IDENTIFIERS = {
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "eissn": "ISSN",
    "url": "URL",
    "uri": "URL",
    "pmid": "PMID",
    "pmcid": "PMCID",
}
_SCOPES = {
    "volume": "volume",
    "vol": "volume",
    "issue": "issue",
    "page": "page",
    "pages": "page",
    "pp": "page",
    "chapter": "chapter-number",
}
_TYPES = {"journalArticle": "article-journal", "book": "book", "bookSection": "chapter", "conferencePaper": "paper-conference",
          "thesis": "thesis", "report": "report", "webpage": "webpage", "newspaperArticle": "article-newspaper"}  # fmt: skip
_PUNCTUATION = re.compile(r"[.,:;()]")


def find_entries(texts: Sequence[etree._Element], root: etree._Element, ids: Ids) -> list[etree._Element]:
    """The entries of an article: those of lists in its texts, else those of ``standOff`` that something in it names."""
    found = [each for text in texts for each in text.iter(*_BIBLS) if _is_listed(each)]
    if not found:
        divs = [div for text in texts for div in text.iter("div") if _LISTS.search(div.get("type") or "")]
        found = [p for div in divs for p in div.findall("p") if text_of(p)]
    if not found:
        named = {each for text in texts for ref in text.iter("ref", "ptr") for each in ids.find(ref.get("target"))}
        found = [each for stand in root.iter("standOff", "back") for each in stand.iter(*_BIBLS) if each in named]
    return found


def _is_listed(bibl: etree._Element) -> bool:
    parent = bibl.getparent()
    if any(local(above) in (*_BIBLS, "note", "cit", "teiHeader", "entry", "app") for above in bibl.iterancestors()):
        return False
    if parent is not None and local(parent) == "listBibl":
        return True
    if parent is not None and local(parent) in ("item", "p", "div") and local(bibl) in _BIBLS:
        div = next(bibl.iterancestors("div"), None)
        named = div is not None and (
            _LISTS.search(div.get("type") or "") is not None
            or zone_of(text_of(div.find("head"))[:80] or "-") == "references"
        )
        return named and (local(parent) == "div" or text_of(parent) == text_of(bibl))
    return False


def keys_of(entries: Sequence[etree._Element], root: etree._Element, ids: Ids) -> dict[etree._Element, str]:
    """The key of each entry, and of each ``biblStruct`` that says it is the same work as one."""
    keys = {each: each.get(XML_ID) or each.get("id") or f"entry-{i}" for i, each in enumerate(entries, start=1)}
    for entry in entries:  # the two may name each other from either side
        for same in ids.find(entry.get("corresp") or entry.get("sameAs")):
            if local(same) == "biblStruct":
                keys.setdefault(same, keys[entry])
    for struct in root.iter("biblStruct"):
        if struct not in keys:
            for same in ids.find(struct.get("corresp") or struct.get("sameAs")):
                if same in keys:
                    keys[struct] = keys[same]
    return keys


def entry_of(bibl: etree._Element, key: str, walker: Walker, struct: etree._Element | None) -> Entry:
    """One entry; ``struct`` is the ``biblStruct`` of the same work, where there is one."""
    pieces = tuple(_words(bibl, walker))
    csl = csl_of(struct if struct is not None else bibl)
    label = (bibl.get("n") or text_of(bibl.find("label"))).strip("[]() .")
    return Entry(key, OutlineBlock("reference", pieces, pointer=bibl.get(XML_ID)), label=label, csl=csl or None)


def _words(bibl: etree._Element, walker: Walker) -> Iterator[Piece]:
    raw = next((note for note in bibl.iter("note") if note.get("type") == "raw_reference" and text_of(note)), None)
    if raw is not None:
        yield text_of(raw)
    elif (local(bibl) == "bibl" and _is_punctuated(bibl)) or local(bibl) == "p":
        label = text_of(bibl.find("label"))
        yield from (piece for piece in pieces_of(walker.inside(bibl)) if not label or piece != label)
    else:
        yield _rendered(bibl)


def _is_punctuated(bibl: etree._Element) -> bool:
    children = [child for child in bibl if isinstance(child.tag, str)]
    between = [bibl.text or "", *(child.tail or "" for child in bibl)]
    return len(children) < 2 or any(_PUNCTUATION.search(text) or len(text.strip()) > 1 for text in between)


def _rendered(bibl: etree._Element) -> str:
    """The fields of an entry in the order of a reference list; what is in none of them follows."""
    item = csl_of(bibl)
    if not item.get("title") and not item.get("author"):
        return text_of(bibl)
    people = "; ".join(list_name(name) for name in item.get("author", []))
    editors = "; ".join(list_name(name) for name in item.get("editor", []))
    host = item.get("container-title", "")
    place = ": ".join(filter(None, (item.get("publisher-place"), item.get("publisher"))))
    number = f"{item.get('volume', '')}{'(' + item['issue'] + ')' if item.get('issue') else ''}"
    dated = "; ".join(filter(None, (_date_words(bibl), number)))
    parts = [
        people or editors,
        item.get("title", ""),
        f"In: {editors}. {host}" if editors and people and host else host,
        place,
    ]
    parts += [
        ": ".join(filter(None, (dated, item.get("page")))),
        f"doi:{item['DOI']}" if item.get("DOI") else item.get("URL", ""),
    ]
    made = ". ".join(part.strip(" .") for part in parts if part and part.strip(" .")) + "."
    rest = [text for text in _leaves(bibl) if text not in made]
    return " ".join([made, *dict.fromkeys(rest)])


def _leaves(bibl: etree._Element) -> Iterator[str]:
    """The words of the innermost fields; whatever a rendering leaves out of them follows it."""
    for each in bibl.iter(etree.Element):
        for text in (each.text, each.tail if each is not bibl else None):
            if text and text.strip(" \t\r\n.,;:()[]"):
                yield " ".join(text.split())


def csl_of(bibl: etree._Element) -> CslItem:
    """The CSL item of a reference; {} where nothing is marked up in it."""
    item: CslItem = {}
    analytic = bibl.find("analytic")
    for role in ("author", "editor"):
        names = [name for each in _people(bibl, role) if (name := csl_name(each))]
        if names:
            item[role] = names
    titles = _titles(bibl)
    own = next((titles[level] for level in ("a", "", "m", "u", "j") if titles.get(level)), None)
    if own:
        item["title"] = own
    host = next((titles[level] for level in ("j", "m") if titles.get(level) and titles[level] != own), None)
    if host:
        item["container-title"] = host
    if titles.get("s") and titles["s"] != own:
        item["collection-title"] = titles["s"]
    item |= _imprint(bibl) | _identifiers(bibl)
    if not item.get("title") and not item.get("author"):
        return {}  # too little is marked up: its words say more
    kind = _TYPES.get(bibl.get("type") or "")
    journal = bool(titles.get("j")) and own != titles.get("j")
    part = analytic is not None or bool(titles.get("a"))
    guess = (
        "article-journal"
        if journal
        else "chapter"
        if part and host
        else "book"
        if titles.get("m") or titles.get("u")
        else "document"
    )
    return {"type": kind or guess, **item}


def _people(bibl: etree._Element, role: str) -> Iterator[etree._Element]:
    for each in bibl.iter(role):
        if not any(local(above) in ("relatedItem", "respStmt") for above in each.iterancestors()):
            yield each


def _titles(bibl: etree._Element) -> dict[str, str]:
    """The first title of each level; main titles before all others, subtitles joined to them."""
    found: dict[str, str] = {}
    for each in bibl.iter("title"):
        parent = each.getparent()
        level = each.get("level") or {"analytic": "a", "monogr": "m", "series": "s"}.get(
            local(parent) if parent is not None else "", ""
        )
        if local(parent) == "title" or not text_of(each):  # type: ignore[arg-type]
            continue
        if each.get("type") == "sub" and level in found:
            found[level] = f"{found[level]}: {text_of(each)}"
        elif level not in found:
            found[level] = text_of(each)
    return found


def _imprint(bibl: etree._Element) -> CslItem:
    item: CslItem = {}
    for variable, tag in (("publisher", "publisher"), ("publisher-place", "pubPlace"), ("edition", "edition")):
        text = "; ".join(dict.fromkeys(filter(None, (text_of(each) for each in bibl.iter(tag)))))
        if text:
            item[variable] = text
    for scope in bibl.iter("biblScope", "citedRange"):
        unit = (scope.get("unit") or scope.get("type") or "").casefold()
        first, last = scope.get("from"), scope.get("to")
        text = text_of(scope) or (f"{first}–{last}" if first and last and first != last else first or "")
        variable_of = _SCOPES.get(unit)
        if variable_of and text:
            item.setdefault(variable_of, re.sub(r"(?<=\d)\s*-+\s*(?=\d)", "–", text))
    date = next((each for each in bibl.iter("date") if each.get("when") or text_of(each)), None)
    if date is not None:
        issued = read_date((date.get("when") or text_of(date)).strip("() .,"))
        if "suffix" in issued:
            item["year-suffix"] = issued.pop("suffix")
        item["issued"] = issued
    return item


def _date_words(bibl: etree._Element) -> str:
    date = next(bibl.iter("date"), None)
    return (text_of(date) or (date.get("when") or "")) if date is not None else ""


def _identifiers(bibl: etree._Element) -> CslItem:
    item: CslItem = {}
    for idno in bibl.iter("idno"):
        name = _IDENTIFIERS.get((idno.get("type") or "").casefold())
        if name and text_of(idno):
            item.setdefault(name, text_of(idno))
    for link in bibl.iter("ref", "ptr"):
        address = link.get("target") or text_of(link)
        doi = _DOI.search(address) if "doi.org" in address else None
        if doi:
            item.setdefault("DOI", doi.group().rstrip(".,;"))
        elif address.startswith(("http://", "https://")):
            item.setdefault("URL", address)
    return item
