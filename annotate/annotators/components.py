"""The date and figure annotators as spaCy components, for people who want just these in a pipeline of their own.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("adfontes_figures")
>>> doc = nlp("Exports rose from 200,000 tons to 5 millions.")
>>> group = doc.spans["figures"]
>>> [(span.text, value["value"]["value"]) for span, value in zip(group, group.attrs["annotations"])]
[('200,000 tons', '200000'), ('5 millions', '5000000')]

``doc.spans["dates"]`` and ``doc.spans["figures"]`` hold one span for each annotation, labelled with its kind and widened
to whole tokens; ``attrs["annotations"]`` the annotations themselves in the same order, as plain dictionaries with exact
character offsets (spaCy's ``span._`` is shared by all spans of equal bounds and cannot hold them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from spacy.language import Language
from spacy.tokens import SpanGroup

from schemas.records import Annotation, Article, Block, Metadata, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Doc

DATES, FIGURES = "dates", "figures"
BLOCK = "doc"


def make_dates(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The factory of ``adfontes_dates``."""
    return add_dates


def make_figures(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The factory of ``adfontes_figures``."""
    return add_figures


def add_dates(doc: Doc) -> Doc:
    """Set ``doc.spans["dates"]``."""
    from annotate.annotators.dates import annotate_dates

    article = article_of(doc)
    return _with_group(doc, DATES, annotate_dates(article, {BLOCK: doc}))


def add_figures(doc: Doc) -> Doc:
    """Set ``doc.spans["figures"]``; dates are found first where the pipeline has not done so, for years are no figures."""
    from annotate.annotators.dates import annotate_dates
    from annotate.annotators.figures import annotate_figures

    article = article_of(doc)
    if DATES in doc.spans:
        dates = msgspec.convert(doc.spans[DATES].attrs.get("annotations", []), tuple[Annotation, ...])
    else:
        dates = tuple(annotate_dates(article, {BLOCK: doc}))
    article = msgspec.structs.replace(article, annotations=dates)
    return _with_group(doc, FIGURES, annotate_figures(article, {BLOCK: doc}))


def article_of(doc: Doc) -> Article:
    """An article with one paragraph over the whole Doc."""
    source = Source(name=BLOCK, media_type="text/plain", sha256="", encoding=None)
    block = Block(BLOCK, "paragraph", 0, len(doc.text))
    return Article(id=BLOCK, source=source, metadata=Metadata(), text=doc.text, blocks=(block,))


def _with_group(doc: Doc, name: str, annotations: Iterable[Annotation]) -> Doc:
    pairs = [(doc.char_span(ann.start, ann.end, label=ann.label, alignment_mode="expand"), ann) for ann in annotations]
    kept = [(span, ann) for span, ann in pairs if span is not None]
    values = msgspec.json.decode(msgspec.json.encode([ann for _, ann in kept]))  # plain lists: equal after to_bytes
    doc.spans[name] = SpanGroup(doc, name=name, attrs={"annotations": values}, spans=[span for span, _ in kept])
    return doc


# spaCy finds the factories by the entry points in pyproject.toml, which lead here; this is how it asks to be told of them.
# It imports this module whenever it loads a pipeline, whatever is in it: hence the imports inside the functions.
Language.factory("adfontes_dates", assigns=["doc.spans"], func=make_dates)
Language.factory("adfontes_figures", assigns=["doc.spans"], func=make_figures)
