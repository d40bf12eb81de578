"""One article of a JATS file as an outline."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from corpus.jats.body import Body
from corpus.jats.front import read_front
from corpus.jats.references import entries_of
from corpus.layout.zones import zone_of
from corpus.markup.citing import Gathering
from corpus.markup.walk import Item, as_block, number_notes, text_of
from corpus.markup.xml import Complaint, local
from corpus.structure import Dropped, Outline, OutlineBlock


def outline_of(article: etree._Element, name: str, complaints: tuple[Complaint, ...] = ()) -> Outline:
    """The outline of an ``article``, ``sub-article`` or ``response`` whose tags bear no namespace."""
    body = Body(name, article)
    front = _child(article, "front", "front-stub")
    metadata, items = read_front(body, front)
    for part in article:
        if local(part) in ("body", "floats-group"):
            items += as_block(body.walker.inside(part), "paragraph")
            items += [item for group in part.findall("fn-group") for item in body.note_group(group)]
        elif local(part) == "back":
            items += _back(body, part)
    if front is not None:
        for fn in front.iter("fn"):
            if fn.get("id") in body.marked and not any(note.key == fn.get("id") for note in body.notes):
                body.keep_note(fn, "foot")
    lists = [
        each for each in _own(article, "ref-list") if not any(local(up) == "ref-list" for up in each.iterancestors())
    ]
    entries = [entry for each in lists for entry in entries_of(each, body.walker)]
    gathering = Gathering([entry.key for entry in entries if entry.block.kind == "reference"])
    return Outline(
        body=[gathering.block(item) if isinstance(item, OutlineBlock) else item for item in _blocks(items)],
        notes=[gathering.note(note) for note in number_notes(body.notes)],
        entries=entries,
        metadata=metadata,
        complaints=(*complaints, *_unread(body)),
    )


def _back(body: Body, back: etree._Element) -> list[Item]:
    items: list[Item] = []
    for part in back:
        if local(part) == "app-group":
            items += body.section(part) if part.find("title") is not None else body.walker.inside(part)
        elif local(part) == "fn-group":
            items += body.note_group(part)
        elif local(part) == "ref-list":
            items += _list_title(body, part)
        else:
            items += body.walker.element(part)
    return as_block(items, "paragraph")


def _list_title(body: Body, ref_list: etree._Element) -> list[Item]:
    """The title of a reference list: a mere name ("References") is left out, another one is a heading of the text."""
    title = text_of(ref_list.find("title"))
    if not title or zone_of(title) == "references":
        return [Dropped(title)] if title else []
    return body.heading(ref_list)


def _child(element: etree._Element, *names: str) -> etree._Element | None:
    return next((each for each in element if local(each) in names), None)


def _own(article: etree._Element, name: str) -> Iterator[etree._Element]:
    """Elements of this article, not of the articles inside it."""
    for each in article.iter(name):
        holder = next(each.iterancestors("article", "sub-article", "response"), None)
        if holder is article or each is article:
            yield each


def _blocks(items: list[Item]) -> Iterator[OutlineBlock | Dropped]:
    for item in as_block(items, "paragraph"):
        if isinstance(item, OutlineBlock | Dropped):
            yield item


def _unread(body: Body) -> Iterator[Complaint]:
    for kind, count in sorted(body.unread.items()):
        said = f"{count} {kind}{'s are' if count > 1 else ' is'} in the file as an image only and could not be read."
        yield f"{kind}-as-image", said, f"Look at the {kind} in the published article."
