"""The one crossing between an Article and spaCy: one Doc for each block, thrown away after the annotators have run.

A Doc's text is its block's text exactly, so an offset is the block's start plus the token's index. Notes are blocks of
their own: two footnotes never share a sentence or a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.model import DEFAULT_MODEL
from schemas.errors import InputError, MissingPartError
from schemas.records import Article, Block

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# spaCy's own bound on one text: beyond it the parser and the tagger may not fit into memory.
MAX_BLOCK = 1_000_000

# spaCy's tokenizer strips affixes one by one and is quadratic in a run without white space (a line of stops, base64).
# No word is that long: such a run becomes a few plain tokens.
_LONG_RUN = re.compile(r"\S{500,}")
_PIECE = 500


def load_model(name: str | None = None) -> Language:
    """The pipeline of this name or path; without one, the model that we ship.

    Raises MissingPartError where no such pipeline is installed.
    """
    import spacy

    import annotate.ner.component  # noqa: F401 (registers the factory, also where entry points are not installed)

    try:
        # Our own pipeline has the tokenizer of a blank one; reading its file over it costs a fifth of a second.
        nlp = spacy.load(DEFAULT_MODEL, exclude=["tokenizer"]) if name is None else spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        if name is None:
            raise MissingPartError(
                "the built-in entity model is missing; install again: pip install --force-reinstall adfontes"
            ) from error
        raise MissingPartError(
            f"no spaCy pipeline {name!r} is installed; install it ('python -m spacy download {name}') "
            "or leave --model out to use the built-in one"
        ) from error
    nlp.tokenizer = _BoundedTokenizer(nlp.tokenizer)
    nlp.max_length = MAX_BLOCK
    return nlp


@lru_cache(maxsize=1)
def tokenizer_only() -> Language:
    """A pipeline that finds tokens and nothing else, made once: its tables take longer than a short article."""
    import spacy

    nlp = spacy.blank("en")
    nlp.tokenizer = _BoundedTokenizer(nlp.tokenizer)
    nlp.max_length = MAX_BLOCK
    return nlp


def model_identity(nlp: Language) -> str:
    """Name and version of a pipeline, as it stands in outputs: "en_adfontes_ner-0.1.0"."""
    meta = nlp.meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def parse_blocks(articles: Iterable[Article], nlp: Language) -> Iterator[tuple[Article, dict[str, Doc]]]:
    """Each article with the Docs of its blocks by block id, in order; all blocks run through one ``nlp.pipe``.

    Raises InputError where a block is longer than MAX_BLOCK.
    """
    docs: dict[str, Doc] = {}
    for doc, (article, block_id) in nlp.pipe(_texts(articles), as_tuples=True, batch_size=64):
        if block_id is not None:
            docs[block_id] = doc
            continue
        yield article, docs
        docs = {}


def _texts(articles: Iterable[Article]) -> Iterator[tuple[str, tuple[Article, str | None]]]:
    for article in articles:
        for block in article.blocks:
            yield _block_text(article, block), (article, block.id)
        yield "", (article, None)  # the end of this article, so that one without blocks comes out too


def _block_text(article: Article, block: Block) -> str:
    length = block.end - block.start
    if length > MAX_BLOCK:
        raise InputError(
            f"{article.source.name}: one paragraph has {length:,} characters (at most {MAX_BLOCK:,} can be read); "
            "its line breaks seem to be lost: split the text into paragraphs by blank lines"
        )
    return article.quote(block)


class _BoundedTokenizer:
    """The pipeline's tokenizer, kept from runs of more than 500 characters without white space."""

    def __init__(self, tokenizer: object) -> None:
        self._tokenizer = tokenizer
        self.vocab = tokenizer.vocab  # type: ignore[attr-defined]

    def __call__(self, text: str) -> Doc:
        runs = list(_LONG_RUN.finditer(text))
        if not runs:
            return self._tokenizer(text)  # type: ignore[operator, no-any-return]
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        for run in runs:
            self._add(text[position : run.start()], words, spaces)
            pieces = [run.group()[i : i + _PIECE] for i in range(0, len(run.group()), _PIECE)]
            words += pieces
            spaces += [False] * len(pieces)
            position = run.end()
        self._add(text[position:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _add(self, text: str, words: list[str], spaces: list[bool]) -> None:
        if text:
            for token in self._tokenizer(text):  # type: ignore[operator]
                words.append(token.text)
                spaces.append(bool(token.whitespace_))

    def to_bytes(self, **_: object) -> bytes:
        """As the tokenizer within."""
        return self._tokenizer.to_bytes()  # type: ignore[attr-defined, no-any-return]

    def to_disk(self, path: Path, **_: object) -> None:
        """As the tokenizer within."""
        self._tokenizer.to_disk(path)  # type: ignore[attr-defined]
