"""A source that a note states itself: in the article's own list, in the library, or a new one."""

from __future__ import annotations

import re

from annotate.links.places import Place
from annotate.links.register import Register
from annotate.links.statements import Statement
from bibliography.backref_words import IBID, compact
from bibliography.backrefs import read_backref, split_locator, without_alias
from bibliography.match import LibraryIndex, match
from bibliography.names import fold_name
from bibliography.parse import ParsedReference, parse_reference
from bibliography.pinpoints import has_day, split_leaf
from schemas.records import CslItem, FieldSpan, Reference, Target

_LONGEST_SOURCE = 60  # words
_URL = re.compile(r"https?://[^\s<>\"“”«»]+")
_QUOTED = re.compile(r"[“«„\"‘][^“”«»\"’]*[”»\"’]")
_PROSE = re.compile(
    r"""\b(?:is|was|are|were|be|been|has|have|had|not|that|which|this|these|those|would|could|will|may|reads?|omits?|does|did|it|he|she
        |we|they|you|my|our|ist|war|sind|waren|wurde|nicht|dass|hat|est|sont|était|que|qui|pas|è|sono|che|non|что|не|был[аио]?|это)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_HOST_BACK = re.compile(
    rf"[”\"’»]\s*,?\s*(?:in|dans|en|nel|w|в)\s*:?\s+(?P<host>{compact(IBID)})", re.IGNORECASE
)  # “The Bargemen’s Friend,” in ibid.
# American lawyers: "Cope, Flotsam before the Courts 12 (1966)"
_PAGE_BEFORE_YEAR = re.compile(
    r"[^\W\d_]\s(?P<page>\d{1,4}(?:[–-]\d{1,4})?)\s\((?:[^()]{0,20}\s)?(?:1[5-9]|20)\d\d\)\s*$"
)
_NO_SHELFMARK = re.compile(r"(?:Anm|nn?|nota|note|pp?|S|с|cols?|Sp|[ivxlc]+)\b\.?\s*\d+$", re.IGNORECASE)
_INSIDE = re.compile(
    r"(?:(?:see|siehe|vgl\.|voir|см\.)\s+(?:also\s+|auch\s+|aussi\s+|также\s+)?)?"
    r"(?:(?:pp?\.|pages?|S\.|с\.)\s*\d[\d\s,–-]*(?:above|below|supra|infra|oben|unten|ci-dessus|выше|ниже)|chap(?:ter|\.)|sec(?:tion|t\.)|§|tab(?:le|\.)|fig(?:ure|\.)|part|appendix|above|below|supra|infra|ed\.|eds\.|kap(?:itel|\.)|abschnitt|"
    r"tabelle|abb\.|teil|anhang|oben|unten|chapitre|section|ci-dessus|capitolo|cap\.|sezione|tavola|глава|гл\.|раздел|табл?\.|рис\.|выше|ниже)(?:\W|$)",
    re.IGNORECASE,
)


def link_stated(
    register: Register, place: Place, statement: Statement, last: Target | None
) -> tuple[Reference | None, str, str | None]:
    """The reference of a statement, why it is that one, and the locator; no reference where nothing could be read.

    ``last`` is the source before it: idem repeats its author, "// Там же" its container.
    """
    raw = place.text[statement.start : statement.end]
    before = register.references[last.reference].csl if last and last.reference else {}
    item, parsed = _read(raw, statement, before)
    if not item.get("archive_location") and (known := register.in_file_of(raw)) is not None:
        return known[0], "the same file of the archive, cited before", known[1]
    if not _is_source(item):
        return None, "this source could not be read", None
    if item.get("archive_location"):
        return _file(register, place, statement, item, parsed)
    locator = _cited_place(place, statement)
    item = _without_locator(item, locator, _places_behind_year(statement))
    if (issue := register.in_file(item)) is not None:
        return issue, "the same issue, cited before", locator
    if locator is not None and item.get("page") == locator:
        locator = None  # the pages of the whole article, not those of the claim
    own = match(item, register.own, raw=raw)
    if own.status == "linked" and own.key is not None:
        return register.references[own.key], "the reference list: " + own.why, locator
    ref = _known(register, item, raw) or register.state(parsed, item, raw, place.block, statement.start, None)
    return ref, _why(register, ref), locator


def _cited_place(place: Place, statement: Statement) -> str | None:
    """The page that a statement cites: as the parser marked it, else what stands at its end."""
    marked = [span for span in statement.spans if span.label == "cited-range"]
    if marked:
        return place.text[marked[-1].start : marked[-1].end]
    raw = without_alias(place.text[statement.start : statement.end])
    before = _PAGE_BEFORE_YEAR.search(raw) if not statement.csl.get("container-title") else None
    return before["page"] if before else split_locator(raw)[1]


def _file(
    register: Register, place: Place, statement: Statement, item: CslItem, parsed: ParsedReference
) -> tuple[Reference, str, str | None]:
    """An archive's file is the source, the leaf the place in it; the same file is one source however often cited."""
    location, leaf = split_leaf(str(item["archive_location"]))
    item = {**item, "archive_location": location}
    if (known := register.in_file(item)) is not None:
        return known, "the same file of the archive, cited before", leaf or None
    ref = register.state(parsed, item, parsed.raw, place.block, statement.start, None)
    return ref, _why(register, ref), leaf or None


def names_source(raw: str) -> bool:
    """Whether a statement that could not be read is a source at all, and not a remark or a pointer inside the text.

    >>> names_source("Hume, History, ed. of 1773, vol. iii, p. 400"), names_source("Chapter 3, Section 3.4")
    (True, False)
    >>> names_source("This was written in 1773, before the disturbances")
    False
    """
    outside = _QUOTED.sub(" ", raw)
    plain = len(outside.split()) > _LONGEST_SOURCE or _PROSE.search(outside) is not None
    return bool(re.search(r"\d", raw)) and raw[:1] not in "“\"«„‘'" and not plain and _INSIDE.match(raw) is None


def _read(raw: str, statement: Statement, before: CslItem) -> tuple[CslItem, ParsedReference]:
    """The item of a statement, with the author or container of the source before it where it says so."""
    base = statement.start
    spans = tuple(FieldSpan(s.start - base, s.end - base, s.label, s.confidence) for s in statement.spans)
    parsed = ParsedReference(raw, 0, len(raw), spans, statement.csl)
    item = dict(statement.csl)
    if statement.idem:
        item = _behind_idem(raw, statement.idem, before)
    container = read_backref(str(item.get("container-title") or ""))
    if container is not None and container.kind == "ibid" and before:
        item["container-title"] = before.get("container-title") or before.get("title")
    if before and (host := find_host_back(raw)):
        item = _inside_host(raw, host, before)
    if _NO_SHELFMARK.match(str(item.get("archive_location") or "")):
        del item["archive_location"]  # "Anm. 12", "iv. 200"
        if "archive" in item and not item.get("title"):  # "HC Deb, 3 May 1921, col. 812"
            item["container-title"] = item.pop("archive")
    if not item and (url := _URL.search(raw)):
        item = {"type": "webpage", "URL": url.group().rstrip(".,;)")}
    return {name: value for name, value in item.items() if value}, parsed


def _behind_idem(raw: str, at: int, before: CslItem) -> CslItem:
    """The item of what follows idem, read with its author in the place of idem: a title alone may look like a name."""
    people = [person for person in before.get("author") or () if person.get("family")]
    person = people[0] if people else {"family": "Miller"}  # a plain name for the parser's sake: it is taken out again
    family, given = person["family"], person.get("given") or "A."
    name = f"{family} {given}".strip(" .") + ". " if raw[:at].rstrip().endswith(".") else f"{given} {family}, ".lstrip()
    item = {key: value for key, value in parse_reference(name + raw[at:]).csl.items() if key != "author"}
    return {**item, "author": before["author"]} if item and before.get("author") else item


def find_host_back(raw: str) -> tuple[int, int] | None:
    """Where ibid. stands for the volume that a chapter is in: "Fell, “The Bargemen,” in ibid., 120–38".

    >>> find_host_back("Fell, “The Bargemen,” in ibid., 120–38"), find_host_back("As Fell says in ibid., 120")
    ((25, 29), None)
    """
    found = _HOST_BACK.search(raw)
    return found.span("host") if found else None


def _inside_host(raw: str, at: tuple[int, int], before: CslItem) -> CslItem:
    """The item of a chapter whose volume is that of the source before it."""
    host = str(before.get("container-title") or before.get("title") or "")
    item = dict(parse_reference(f"{raw[: at[0]]}{host}{raw[at[1] :]}").csl)
    shared = {key: before[key] for key in ("issued", "publisher", "publisher-place", "editor") if before.get(key)}
    return {**shared, **item, "container-title": host} if item.get("title") else {}


def _known(register: Register, item: CslItem, raw: str) -> Reference | None:
    """The article's reference for this work, if an earlier note stated it already."""
    names = [fold_name(str(person.get("family") or person.get("literal") or "")) for person in _people(item)]
    earlier = {head.key: register.references[head.key].csl for name in names for head in register.heads.by_lead(name)}
    again = match(item, LibraryIndex(sorted(earlier.items())), raw=raw)
    if again.status != "linked" or again.key is None:
        return None
    known = register.references[again.key]
    volumes = {str(one.get("volume") or "").upper() for one in (item, known.csl)} - {""}
    return known if len(volumes) < 2 else None  # each volume of collected works is a source of its own


def _why(register: Register, ref: Reference) -> str:
    if ref.status == "linked":
        return f"matched to {ref.key} in your library"
    return "stated in this note; " + ("not in your library" if register.library else "no library was given")


def _without_locator(item: CslItem, locator: str | None, behind: frozenset[str]) -> CslItem:
    """A work without what a note says of the place where the claim stands: that belongs to the citation.

    It is a book's page, the only page of an article, and the volume of a set that is named ``behind`` its year ("4 vols.
    (London, 1899–1907), 1:12").
    """
    if locator is None:
        return item
    page = str(item.get("page") or "")
    wrong = {"page"} if not item.get("container-title") or (page.isdigit() and page in locator.split()) else set()
    if str(item.get("volume")) == locator:
        wrong.add("volume")
    if item.get("type") == "article-newspaper":
        wrong = set()
    if (
        "volume" in behind
        and not item.get("container-title")
        and str(item.get("volume")) in re.findall(r"\w+", locator)
    ):
        wrong.add("volume")
    return {name: value for name, value in item.items() if name not in wrong}


def _places_behind_year(statement: Statement) -> frozenset[str]:
    """The kinds of fields that stand behind the first date of a statement."""
    years = [span.end for span in statement.spans if span.label == "date"]
    return frozenset(span.label for span in statement.spans if years and span.start >= years[0])


def _people(item: CslItem) -> list[dict[str, str]]:
    return [*(item.get("author") or ()), *(item.get("editor") or ())]


def _is_source(item: CslItem) -> bool:
    """Whether a statement was read well enough to be a source: what, when, and by whom or where; or where it lies."""
    if any(item.get(name) for name in ("archive_location", "archive", "DOI", "URL")):
        return True
    title, host, issued = item.get("title"), item.get("container-title"), item.get("issued")
    if not title:  # a letter, or a newspaper of one day
        return has_day(item) and bool(host or (item.get("author") and item.get("contributor")))
    if not issued:  # "Tom Esk, “Tolls and Trust,” in Marsh, Rivers of Exchange, 90"
        return bool(host) and item.get("type") == "chapter" and any(person.get("given") for person in _people(item))
    return any((_people(item), item.get("publisher"), host))
