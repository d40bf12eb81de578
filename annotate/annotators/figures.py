"""The figure layer (being written)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from schemas.records import Annotation, Article

if TYPE_CHECKING:
    from spacy.tokens import Doc


def annotate_figures(article: Article, docs: Mapping[str, Doc]) -> Iterator[Annotation]:
    """Yield the figure annotations of the article."""
    yield from ()
