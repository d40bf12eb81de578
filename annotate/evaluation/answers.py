"""What the pipeline says of gold articles: its names and dates, by the layers that ``adfontes annotate`` runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from annotate.annotators.dates import annotate_dates
from annotate.annotators.entities import annotate_entities
from annotate.annotators.entity_layers import ALL_LAYERS, EntityLayers
from annotate.engine import parse_blocks
from annotate.evaluation.scores import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language
    from spacy.tokens import Doc

    from schemas.records import Article

DATE = "DATE"


def answer(articles: Iterable[Article], nlp: Language, layers: EntityLayers = ALL_LAYERS) -> Iterator[list[Span]]:
    """For each article its names, and its dates under the label DATE; annotations that it carries are not looked at."""
    for article, docs in parse_blocks(articles, nlp):
        yield read_names(article, docs, layers)


def read_names(article: Article, docs: Mapping[str, Doc], layers: EntityLayers = ALL_LAYERS) -> list[Span]:
    """As ``answer``, of one article whose Docs are there."""
    article = msgspec.structs.replace(article, annotations=())
    dates = tuple(annotate_dates(article, docs))
    article = msgspec.structs.replace(article, annotations=dates)
    names = [Span(ann.start, ann.end, ann.label) for ann in annotate_entities(article, docs, layers=layers)]
    return sorted([*names, *(Span(ann.start, ann.end, DATE) for ann in dates)])
