"""Links inside a page: which lead to notes, which to entries of the reference list, which back to the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from corpus.html.parse import classes
from corpus.layout.zones import zone_of
from corpus.markup.walk import text_of
from corpus.markup.xml import local

# "1", "[1]", "(12)", "*", "iv", "note 3", "1.", "a"
LABEL = re.compile(
    r"[\[(]?\s*(?:(?:foot-?note|end-?note|note|fn|n|ref(?:erence)?)\.?\s*)?(?P<label>\d{1,4}[a-z]?|[*†‡§¶#∗⁎]{1,4}|[ivxlc]{1,6}|[a-zA-Z])\s*[\])]?[.:]?",
    re.IGNORECASE,
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CALL = re.compile(
    r"foot-?note-?_*(?:call|ref|anchor|link|marker)|end-?note-?_*(?:call|ref|anchor|link)|(?<![\w-])note-?ref|doc-noteref"
    r"|(?<![\w-])fn-?ref|(?<![\w-])fn-?link|msofootnotereference|sdfootnoteanc|ref-?footnote|footnoteanchor|(?<![\w-])simple-footnote"
)
_NOTE_ID = re.compile(
    r"^(?:_?ftn|_edn|fn[:_-]?\d|fn\w{0,3}[:_-]?\d|foot-?note|end-?note|cite_note|sdfootnote|sdendnote|note[:_-]?\w{0,12}\d|n\d+$|nb\d|"
    r"easy-footnote|footnote|user-content-fn|notes?-\w)", re.IGNORECASE,
)  # fmt: skip
_ENTRY_ID = re.compile(r"^(?:ref|bib|cit|cr|b|r|reference|citeref|bibr|rid)[a-z_.:-]{0,12}\d", re.IGNORECASE)
_OTHER_ID = re.compile(
    r"^(?:fig|figure|tab|table|tbl|eq|equation|sec|section|app|appendix|box|video|supp|page|pg?)[\W_]?\d|^s\d",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"footnote|endnote|doc-footnote|doc-endnote|(?<![\w-])notes?(?![\w-])|fn-group|notebidbas|mw-references|notesbaspage"
)
_ENTRIES = re.compile(
    r"(?<![\w-])(?:references?|ref-list|reflist|bibliography|works-?cited|citation-list|doc-bibliography|biblio|refs)(?![\w-])"
)
_BACK_CLASS = re.compile(
    r"back-?ref|back-?link|foot-?note-?_*back|reverse-?footnote|cite-backlink|doc-backlink|footnotesymbol|return-?link|fn-?back"
)
_BACK_WORDS = re.compile(
    r"[\s↑↩⏎⇑△▲^←↵⤴⮌️︎]+|(?:jump |go )?(?:up|back)(?: to (?:the )?(?:text|top|article|reference|content))?"
    r"|return to (?:text|article|citation|ref).{0,20}|zurück|retour(?: au texte)?|назад|↑.{0,20}", re.IGNORECASE,
)  # fmt: skip
_COUNTED = re.compile(r"_?(?:ftn|edn)(?P<n>\d{1,4})")
_NOTE_BLOCKS = ("li", "p", "div", "aside", "section", "dd", "td", "tr", "footer")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "legend", "caption")
_NO_NOTE = ("h1", "h2", "h3", "h4", "h5", "h6", "figure", "table", "main", "article", "body", "img")


class Link(NamedTuple):
    """A link to a place in the page: "note", "entry" or "missing" (a note that the page lacks), with its label."""

    element: etree._Element
    kind: str
    key: str
    label: str
    target: etree._Element | None


def label_of(text: str) -> str:
    """The label that some words are, without brackets; "" where they are none.

    >>> label_of("[12]"), label_of("³"), label_of("see above"), label_of("Note 4")
    ('12', '3', '', '4')
    """
    found = LABEL.fullmatch(text.translate(_RAISED).strip())
    return found["label"] if found else ""


class Links:
    """All inner links of a page, sorted by what they lead to."""

    def __init__(self, root: etree._Element) -> None:
        self.order = {element: i for i, element in enumerate(root.iter(etree.Element))}
        self.ids: dict[str, etree._Element] = {}
        for element in self.order:
            for name in (element.get("id"), element.get("name") if local(element) == "a" else None):
                if name:
                    self.ids.setdefault(name, element)
        self._zones = [(i, zone) for element, i in self.order.items() if (zone := _zone(element))]
        self.links = [link for a in root.iter("a") if (link := self._read(a)) is not None]

    def target(self, a: etree._Element) -> tuple[str, etree._Element | None]:
        """The fragment that a link names, and the element of this page that bears it."""
        fragment = (a.get("href") or "").partition("#")[2] or a.get("data-rid") or a.get("rid") or ""
        if not fragment:
            return "", None
        return fragment, self.ids.get(fragment) if fragment in self.ids else self.ids.get(unquote(fragment))

    def _read(self, a: etree._Element) -> Link | None:
        fragment, target = self.target(a)
        text = text_of(a)
        counted = _COUNTED.fullmatch(fragment) if not text else None
        text = counted["n"] if counted else text  # Word leaves the number to the browser
        if not fragment or not text or len(text) > 200 or _is_back(a, text):
            return None
        label = label_of(text)
        parent = a.getparent()
        around = f"{classes(a)} {classes(parent) if parent is not None else ''}"
        in_sup = parent is not None and local(parent) == "sup"
        called = _CALL.search(around) is not None or (in_sup and _NOTE_ID.match(fragment) is not None)
        if target is None:
            is_own = (a.get("href") or "").startswith("#")  # a link to another page's note is no marker
            return Link(a, "missing", fragment, label, None) if label and called and is_own else None
        listed = local(target) in _NOTE_BLOCKS and _NOTES.search(classes(target)) is not None
        if self.order.get(target, 0) <= self.order[a] and not listed:
            return None  # back to the text
        if any(above is target for above in a.iterancestors()):
            return None
        if _OTHER_ID.match(fragment) and not called:
            return None
        kind = self._kind(fragment, target, called=called)
        if kind == "note" and (not label or local(target) in _NO_NOTE):
            return None
        if kind == "" and not (label and self._looks_called(a, text)):
            return None
        return Link(a, kind or "note", fragment, label, target)

    def _kind(self, fragment: str, target: etree._Element, *, called: bool) -> str:
        if _NOTE_ID.match(fragment) and not fragment.casefold().startswith("note-ref"):
            return "note"
        zone = self._zone_at(target)
        around = self._around(target)
        if zone == "notes" or _NOTES.search(around):
            return "note"
        if _ENTRIES.search(around) or zone == "references":
            return "entry"
        if called:
            return "note"
        return "entry" if _ENTRY_ID.match(fragment) else ""

    def _zone_at(self, element: etree._Element) -> str:
        at = bisect_right(self._zones, (self.order[element], "zzz")) - 1
        return self._zones[at][1] if at >= 0 else ""

    def _around(self, element: etree._Element) -> str:
        """Class, id and role of a target and of the few elements around it."""
        described, walk = [], element
        for _ in range(5):
            if local(walk) in ("main", "article", "body"):
                break
            described.append(classes(walk))
            parent = walk.getparent()
            if parent is None:
                break
            walk = parent
        return " ".join(described)

    def _looks_called(self, a: etree._Element, text: str) -> bool:
        """A number in superscript or in brackets that leads forward."""
        parent = a.getparent()
        raised = a.find("sup") is not None or (parent is not None and local(parent) == "sup")
        return raised or text[:1] in "[(" or text.translate(_RAISED) != text


def is_back_link(a: etree._Element, links: Links, callers: set[str]) -> bool:
    """Whether a link in a note leads back to its marker."""
    fragment, _ = links.target(a)
    return _is_back(a, text_of(a)) or (bool(fragment) and fragment in callers)


def _is_back(a: etree._Element, text: str) -> bool:
    parent = a.getparent()
    described = classes(a) + " " + (classes(parent) if parent is not None else "")
    return _BACK_CLASS.search(described) is not None or _BACK_WORDS.fullmatch(text) is not None


def _zone(element: etree._Element) -> str:
    if local(element) not in _HEADINGS:
        bold = (
            local(element) == "p"
            and len(element) == 1
            and local(element[0]) in ("b", "strong")
            and not (element.text or "").strip()
        )
        if not bold:
            return ""
    text = text_of(element)
    if not text:
        return ""
    return zone_of(text) or ("text" if local(element) in _HEADINGS[:6] else "")
