"""The blocks that annotators read, each word once."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.records import Article, Block


def blocks_once(article: Article) -> Iterator[Block]:
    """The blocks in order, without a table whose caption and cells are blocks themselves: its words would come twice."""
    parted = {block.parent for block in article.blocks if block.kind in ("cell", "caption")}
    return (block for block in article.blocks if block.kind != "table" or block.id not in parted)
