"""The head of an article on a page: which of its first blocks are title, authors, affiliations, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bibliography.names import fold_name
from corpus.layout.zones import inline_zone, zone_of
from corpus.markup.citing import is_raised
from corpus.markup.walk import Item
from corpus.structure import OutlineBlock, Styled, plain
from schemas.records import Metadata

_LONGEST_FRONT, _MOST_UNNAMED = 250, 4
_WORD = re.compile(r"\w+")


def name_front(items: Sequence[Item], metadata: Metadata, page_title: str) -> list[Item]:
    """The items with the blocks before the text proper named, and headings counted from 1 below the title."""
    made = list(items)
    blocks = [(i, item) for i, item in enumerate(made) if isinstance(item, OutlineBlock)]
    at = _title(blocks, metadata, page_title)
    if at is not None:
        title = made[at]
        assert isinstance(title, OutlineBlock)
        made[at] = replace(title, kind="title", level=None)
        unnamed = 0  # a subtitle, a date, a line about the journal
        for i, block in blocks:
            if i <= at or block.kind in ("author", "affiliation", "title"):
                continue
            if _begins_text(block) or unnamed > _MOST_UNNAMED:
                break
            unnamed += not _name(made, i, block, metadata)
    return _levelled(made)


def _title(blocks: Sequence[tuple[int, OutlineBlock]], metadata: Metadata, page_title: str) -> int | None:
    """The place of the title: the first heading that the metadata or the page's own title confirm, or the only h1."""
    headings = [(i, block) for i, block in blocks if block.kind == "heading"]
    known = _folded(metadata.title or "")
    for i, block in headings[:4]:
        text = _folded(plain(block.pieces))
        if text and (text == known or (known and (known.startswith(text) or text.startswith(known)))):
            return i
    tops = [i for i, block in headings if block.level == 1]
    if len(tops) == 1 and headings[0][0] == tops[0] and zone_of(plain(headings[0][1].pieces)[:80] or "-") is None:
        return tops[0]
    whole = _folded(page_title)
    if headings and len(text := _folded(plain(headings[0][1].pieces))) > 8 and text in whole:
        return headings[0][0]
    return None


def _begins_text(block: OutlineBlock) -> bool:
    text = " ".join(plain(block.pieces).split())
    if block.kind not in ("paragraph", "list-item", "other") or len(text) > _LONGEST_FRONT:
        return True
    return bool(text) and (zone_of(text) is not None or inline_zone(text) is not None)


def _name(made: list[Item], i: int, block: OutlineBlock, metadata: Metadata) -> bool:
    """Name one block of the front matter, if it is the authors or their affiliation."""
    pieces = tuple(piece for piece in block.pieces if not (isinstance(piece, Styled) and is_raised(piece)))
    text = " ".join(plain(pieces).split())
    words = set(_WORD.findall(fold_name(text)))
    families = [set(_WORD.findall(fold_name(p.family or p.literal or ""))) for p in metadata.authors]
    people = {word for p in metadata.authors for word in _WORD.findall(fold_name(f"{p.family} {p.given} {p.literal}"))}
    if families and any(family and family <= words for family in families) and len(words - people) <= 2 + len(families):
        made[i] = replace(block, kind="author", pieces=pieces, level=None, n=None)
        return True
    places = _folded(" ".join(p.affiliation or "" for p in metadata.authors))
    if places and len(text) > 3 and _folded(text) in places:
        made[i] = replace(block, kind="affiliation", pieces=pieces, level=None, n=None)
        return True
    return False


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _levelled(items: Sequence[Item]) -> list[Item]:
    """Headings counted from 1."""
    levels = [item.level or 1 for item in items if isinstance(item, OutlineBlock) and item.kind == "heading"]
    lift = min(levels, default=1) - 1
    return [
        replace(item, level=(item.level or 1) - lift)
        if isinstance(item, OutlineBlock) and item.kind == "heading" and lift
        else item
        for item in items
    ]
