"""Annotators: pure functions ``(article, docs) -> Iterable[Annotation]``.

``docs`` maps a block's id to its Doc; ``article`` already carries the layers that the annotator ``needs``. To add one:
one file with one public function, one line in make_annotators below, one test module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotate.annotators.entity_layers import ALL_LAYERS, EntityLayers
from schemas.records import Annotation, Article, Layer

if TYPE_CHECKING:
    from spacy.tokens import Doc

Annotate = Callable[[Article, "Mapping[str, Doc]"], Iterable[Annotation]]


class Annotator(NamedTuple):
    """An annotator with the layers that it reads and the layer that it makes."""

    annotate: Annotate
    makes: Layer
    needs: tuple[Layer, ...] = ()


def make_annotators(layers: EntityLayers = ALL_LAYERS) -> dict[str, Annotator]:
    """All annotators in the order in which they run: dates before figures, so that years never become numbers."""
    # Imported here, because spaCy imports this package whenever it loads any pipeline: for our factories in it.
    from annotate.annotators.dates import annotate_dates
    from annotate.annotators.entities import annotate_entities
    from annotate.annotators.figures import annotate_figures

    return {
        "dates": Annotator(annotate_dates, "date"),
        "figures": Annotator(annotate_figures, "figure", needs=("date",)),
        "entities": Annotator(partial(annotate_entities, layers=layers), "entity", needs=("date",)),
    }


def check_order(annotators: Mapping[str, Annotator]) -> None:
    """Raise ValueError where an annotator needs a layer that none before it makes."""
    made: set[Layer] = set()
    for name, annotator in annotators.items():
        missing = [layer for layer in annotator.needs if layer not in made]
        if missing:
            raise ValueError(f"annotator {name!r} needs the layer {missing[0]!r}, which nothing before it makes")
        made.add(annotator.makes)
