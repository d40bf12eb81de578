"""The notes of a page: found by the links that lead to them, taken out of the tree, freed of labels and links back."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from corpus.html.links import Link, Links, is_back_link, label_of
from corpus.html.parse import classes, take_out
from corpus.markup.walk import text_of
from corpus.markup.xml import local

_BLOCKS = (
    "p",
    "li",
    "div",
    "dd",
    "dt",
    "tr",
    "aside",
    "section",
    "blockquote",
    "td",
    "footer",
    "article",
    "body",
    "main",
)
_CONTAINER = re.compile(r"footnote|endnote|(?<![\w-])notes?(?![\w-])|fn-group|notebidbas|references|mso")
_INLINE = re.compile(
    r"(?<![\w-])(?:sidenote|marginnote|margin-note|side-note|footnote-(?:content|text|body)|inline-footnote|ltx_role_footnote)(?![\w-])"
)
_PRINTED = re.compile(r"\s*[\[(]?\s*(?P<label>[^\s\[\]().:]{1,8}?)(?P<mark>\s*[\]).:]*)(?=\s|$|[^\W\d_]|[“«„])")
_ENDING = ("h1", "h2", "h3", "h4", "h5", "h6", "section", "nav", "footer", "header")
_MOST_BETWEEN = 12


@dataclass
class FoundNote:
    """A note: the fragment that names it, its label, its elements (out of the tree), and where it stands."""

    key: str
    label: str
    elements: list[etree._Element] = field(default_factory=list)
    place: str = "end"


def take_notes(links: Links) -> list[FoundNote]:
    """Take the bodies of all linked notes out of the page."""
    called: dict[etree._Element, Link] = {}
    for link in links.links:
        if link.kind == "note" and link.target is not None:
            called.setdefault(link.target, link)
    targets = sorted(called, key=lambda element: links.order[element])
    holders: dict[etree._Element, list[etree._Element]] = defaultdict(list)
    for target in targets:
        holders[_holder(target)].append(target)
    bodies: dict[etree._Element, FoundNote] = {}
    for holder, inside in holders.items():
        for target, body in zip(inside, _parted(holder, inside), strict=True):
            link = called[target]
            bodies[body] = FoundNote(link.key, link.label, [body], _place(body))
    notes = _complete_lists(bodies)
    callers = _caller_ids(links)
    for note in notes:
        for element in note.elements:
            _free(element, note.label, links, callers)
            take_out(element)
    return [note for note in notes if any(text_of(element) for element in note.elements)]


def inline_notes(root: etree._Element) -> Iterator[etree._Element]:
    """Notes that stand in the text where their marker would be (side notes)."""
    for element in root.iter("span", "small", "aside", "div"):
        if _INLINE.search(classes(element)) and len(text_of(element)) > 3:
            yield element


def _holder(target: etree._Element) -> etree._Element:
    """The block that a target is or stands in; of a table its row, of a definition the text."""
    walk = target
    while local(walk) not in _BLOCKS and (parent := walk.getparent()) is not None:
        walk = parent
    if local(walk) == "td" and (row := walk.getparent()) is not None:
        return row
    return walk


def _parted(holder: etree._Element, targets: Sequence[etree._Element]) -> list[etree._Element]:
    """The body of each target: the holder itself, or its share where several notes stand in one block."""
    if len(targets) == 1:
        whole = holder if local(holder) not in ("body", "main", "article") else _share(holder, targets)[0]
        return [whole]
    return _share(holder, targets)


def _share(holder: etree._Element, targets: Sequence[etree._Element]) -> list[etree._Element]:
    """New blocks in the holder, each from one target to the next."""
    tops = []
    for target in targets:
        top = target
        while top is not holder and (parent := top.getparent()) is not holder and parent is not None:
            top = parent
        tops.append(top)
    made: list[etree._Element] = []
    current: etree._Element | None = None
    begun = Counter(tops)
    for child in list(holder):
        for _ in range(begun[child]):
            current = etree.SubElement(holder, "div")
            made.append(current)
        if current is not None:
            current.append(child)
    while len(made) < len(targets):
        made.append(etree.SubElement(holder, "div"))
    return made[: len(targets)]


def _place(body: etree._Element) -> str:
    return "foot" if "footnote" in classes(body) or local(body) == "aside" else "end"


def _complete_lists(bodies: dict[etree._Element, FoundNote]) -> list[FoundNote]:
    """All notes: those that are linked go on over the blocks behind them, and their lists may hold some without a link."""
    lists: dict[etree._Element | None, list[etree._Element]] = defaultdict(list)
    for body in bodies:
        lists[body.getparent()].append(body)
    notes: list[FoundNote] = []
    for parent, members in lists.items():
        if parent is None:
            notes += [bodies[member] for member in members]
        else:
            notes += _complete_list(parent, {member: bodies[member] for member in members})
    return notes


def _complete_list(parent: etree._Element, linked: dict[etree._Element, FoundNote]) -> list[FoundNote]:
    """The notes among the blocks of one parent, in order."""
    blocks = [each for each in parent if isinstance(each.tag, str)]
    named = _CONTAINER.search(classes(parent)) is not None
    is_list = named or len(linked) * 2 >= len(blocks)
    notes: list[FoundNote] = []
    run: list[etree._Element] = []  # blocks behind the last note, which may belong to it
    for number, block in enumerate(blocks, start=1):
        if block in linked:
            if notes and (is_list or not label_less(notes[-1].elements[0])) and len(run) <= _MOST_BETWEEN:
                notes[-1].elements += run
            notes.append(linked[block])
            run = []
        elif local(block) in _ENDING:
            run = []
        elif is_list and notes and (label := _unlinked_label(block, notes[-1], number)):
            notes.append(FoundNote("", label, [block], notes[-1].place))
            run = []
        elif notes:
            run.append(block)
    if notes and not label_less(notes[-1].elements[0]):
        notes[-1].elements += run[:1]
    elif notes and named and len(run) <= _MOST_BETWEEN:
        notes[-1].elements += run
    return notes


def _unlinked_label(block: etree._Element, last: FoundNote, number: int) -> str:
    """The label of a note that nothing links: its printed number follows the last, or its list counts it."""
    parent = block.getparent()
    if local(block) == "li" and parent is not None and local(parent) == "ol":
        return str(number)
    found = _PRINTED.match(text_of(block)[:40])
    if found and last.label.isdecimal() and found["label"] == str(int(last.label) + 1):
        return found["label"]
    return ""


def label_less(element: etree._Element) -> str:
    """The words of a note body without what may be its label."""
    text = text_of(element)
    return "" if label_of(text) else text


def _caller_ids(links: Links) -> set[str]:
    """Every id by which a note may point back to its marker: the link's own, and those of the inline elements around it."""
    found: set[str] = set()
    for link in links.links:
        walk: etree._Element | None = link.element
        while walk is not None and local(walk) not in _BLOCKS:
            found.update(filter(None, (walk.get("id"), walk.get("name"))))
            walk = walk.getparent()
        found.update(filter(None, (each.get("id") or each.get("name") for each in link.element.iter(etree.Element))))
        before = link.element.getprevious()
        if before is not None and not text_of(before) and not (before.tail or "").strip():
            found.update(filter(None, (before.get("id"), before.get("name"))))
    return found


def _free(element: etree._Element, label: str, links: Links, callers: set[str]) -> None:
    """Take links back and the printed label out of a note's body."""
    for a in list(element.iter("a")):
        if is_back_link(a, links, callers):
            holder = _emptied_by(a, element)
            take_out(holder)
    for back in [each for each in element.iter("span", "sup") if "backlink" in classes(each)]:
        take_out(back)
    _lift_label(element, label)


def _emptied_by(a: etree._Element, top: etree._Element) -> etree._Element:
    """The link, or the inline element around it that holds nothing else."""
    walk = a
    while (
        (parent := walk.getparent()) is not None
        and parent is not top
        and local(parent) in ("sup", "span", "b", "i", "strong", "small")
    ):
        if text_of(parent).strip("[]().^ ,") != text_of(a).strip("[]().^ ,") or (parent.tail is None and parent is top):
            break
        walk = parent
    return walk


def _lift_label(element: etree._Element, label: str) -> None:
    """Take the label off the first words, where it stands as text: "1. ", "[1] ", in an element of its own or not."""
    numbered = local(element) == "li"  # a list shows its numbers itself: "1 May was ..." begins with a day
    for node, attribute in _texts(element):
        text = getattr(node, attribute) or ""
        if not text.strip():
            continue
        alone = numbered and text.strip() == label and local(node) in ("sup", "a", "span", "b")
        found = None if alone else _PRINTED.match(text)
        if found and (found["label"] != label or (numbered and not found["mark"].strip())):
            found = None
        rest = "" if alone else text[found.end() :] if found else re.sub(r"^\s*[\[(]?\s*[\]).:,^]+\s*", "", text)
        setattr(node, attribute, rest.lstrip() if rest != text else text)
        if rest.strip():
            return


def _texts(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The texts inside an element in reading order: as attributes ``text`` and ``tail``."""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and isinstance(node.tag, str):
            yield node, "text"
        elif event == "end" and node is not element:
            yield node, "tail"
