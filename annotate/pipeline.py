"""The whole way on one screen: Article in, annotated Article out. Each step takes an Article and returns a new one.

raw file -> corpus.read -> Article -> Docs -> layers -> identities -> links -> claims -> checks -> Article -> corpus.writers
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from annotate.annotators import check_order, make_annotators
from annotate.annotators.entity_layers import ALL_LAYERS, EntityLayers
from annotate.authorities.linking import link_authorities
from annotate.authorities.tagging import tag_listed
from annotate.checks.arithmetic import check_arithmetic
from annotate.claims import find_claims
from annotate.decisions import apply_to_annotations, apply_to_links, apply_to_markers, apply_to_text, settle
from annotate.engine import model_identity, parse_blocks
from annotate.given import as_read, beside_given, keep_given_identity
from annotate.identity import resolve_identity
from annotate.links import link_sources
from annotate.version import __version__
from bibliography.keys import DEFAULT_PATTERN
from schemas.decisions import Decision
from schemas.records import Article, Made

if TYPE_CHECKING:
    from spacy.language import Language

    from annotate.authorities import UserAuthorities
    from annotate.libraries import UserLibrary


def annotate_articles(
    articles: Iterable[Article],
    nlp: Language,
    *,
    library: UserLibrary | None = None,
    keys: str = DEFAULT_PATTERN,
    layers: EntityLayers = ALL_LAYERS,
    authorities: UserAuthorities | None = None,
    decisions: Sequence[Decision] = (),
) -> Iterator[Article]:
    """Annotate articles as they come: layers, identities, then links to sources, claims, and the arithmetic.

    ``library`` is the user's bibliography; without one, sources are linked to the article's own references only.
    ``keys`` is the pattern of the citation keys that new sources get (bibliography.keys), ``layers`` the rules around
    the entity model, ``authorities`` the user's gazetteer, whose names are always tagged, and records that names are
    tied to; ``decisions`` are what people decided on an earlier run, and they win.
    """
    annotators = make_annotators(layers)
    check_order(annotators)
    standing, conflicts = settle(decisions)
    corrected = (apply_to_text(as_read(article), standing) for article in articles)
    for article, docs in parse_blocks(corrected, nlp):
        article = apply_to_markers(article, standing)
        for annotator in annotators.values():
            layer = beside_given(article, annotator.annotate(article, docs))
            article = msgspec.structs.replace(article, annotations=article.annotations + layer)
        if authorities is not None and authorities.gazetteer is not None:
            article = tag_listed(article, authorities.gazetteer)
        article = keep_given_identity(resolve_identity(article))
        if authorities is not None:
            article = link_authorities(article, authorities.shelf)
        article = apply_to_annotations(article, standing)
        article = apply_to_links(link_sources(article, library, keys), standing, library)
        article = find_claims(article)
        article = msgspec.structs.replace(article, checks=check_arithmetic(article))
        made = Made(version=__version__, model=model_identity(nlp))
        problems = article.problems + conflicts
        yield msgspec.structs.replace(article, annotations=_in_text_order(article), problems=problems, made=made)


def _in_text_order(article: Article) -> tuple[msgspec.Struct, ...]:
    return tuple(sorted(article.annotations, key=lambda ann: (ann.start, -ann.end, ann.layer, ann.id)))
