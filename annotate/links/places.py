"""Where citations stand: the blocks of running text, and those of the notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from schemas.records import Article, Block

_RUNNING = frozenset(
    {"abstract", "heading", "paragraph", "list-item", "quote", "verse-line", "epigraph", "cell", "caption", "other"}
)


class Place(NamedTuple):
    """A block with its text, and the id of the note that it belongs to (None in running text)."""

    block: Block
    text: str
    note: str | None


def citing_places(article: Article) -> Iterator[Place]:
    """The blocks that may cite, in the order of the article."""
    notes = {block: note.id for note in article.notes for block in note.blocks}
    for block in article.blocks:
        if block.kind in _RUNNING or block.id in notes:
            yield Place(block, article.quote(block), notes.get(block.id))
