"""Annotated articles as training data: CoNLL-U with names in MISC, and spaCy's DocBin. Tokens are those of a blank pipeline.

What tokens can hold is written: an annotation that begins or ends inside a token is widened to whole tokens in DocBin
(``alignment_mode="expand"``), and of names that overlap the longest stands in CoNLL-U and in ``doc.ents``; all stand in
``doc.spans``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from annotate.engine import parse_blocks, tokenizer_only
from annotate.sentences import split_sentences
from schemas.offsets import SpanIndex
from schemas.records import Annotation, Article, Block

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_LAYERS = ("entity", "figure", "date")


def write_conllu(article: Article) -> bytes:
    """The article's sentences in ten columns (https://universaldependencies.org/format.html).

    MISC holds ``Entity=B-PERSON`` in the IOB2 scheme, ``SpaceAfter=No``, and ``Offset=start:end`` in the article's text.
    """
    lines = [f"# newdoc id = {_one_line(article.id)}"]
    index = SpanIndex(article.annotations)
    for block, doc in _docs(article):
        tags = _iob(doc, _longest(_spans(doc, block, index.inside(block.start, block.end), "entity")))
        lines.append(f"# newpar id = {block.id}")
        for number, (start, end) in enumerate(split_sentences(doc.text), start=1):
            lines += [f"# sent_id = {block.id}.{number}", f"# text = {_one_line(doc.text[start:end])}"]
            inside = [t for t in doc if t.idx < end and t.idx + len(t) > start and not t.is_space]
            for place, token in enumerate(inside, start=1):
                misc = [f"Entity={tags[token.i]}"] if tags[token.i] != "O" else []
                misc += [] if token.whitespace_ or place == len(inside) else ["SpaceAfter=No"]
                misc.append(f"Offset={block.start + token.idx}:{block.start + token.idx + len(token)}")
                lines.append("\t".join([str(place), token.text, *"_" * 7, "|".join(misc)]))
            lines.append("")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def write_docbin(article: Article) -> bytes:
    """One Doc for each block, with ``doc.ents`` and, for each layer, ``doc.spans[layer]``; ids stand in ``span.id_``."""
    from spacy.tokens import DocBin

    made = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"], store_user_data=True)
    index = SpanIndex(article.annotations)
    for block, doc in _docs(article):
        found = index.inside(block.start, block.end)
        for layer in _LAYERS:
            doc.spans[layer] = _spans(doc, block, found, layer)
        doc.set_ents(_longest(list(doc.spans["entity"])))
        doc.user_data["block"] = block.id
        made.add(doc)
    return made.to_bytes()


def read_docbin(data: bytes) -> list[Doc]:
    """The Docs of a DocBin file, with a vocabulary of their own. Raises ValueError where the bytes are none."""
    from spacy.tokens import DocBin

    try:
        return list(DocBin().from_bytes(data).get_docs(tokenizer_only().vocab))
    except Exception as error:  # zlib and msgpack raise what they like on other bytes
        raise ValueError(f"no DocBin ({type(error).__name__})") from error


def _docs(article: Article) -> Iterator[tuple[Block, Doc]]:
    for _, docs in parse_blocks([article], tokenizer_only()):
        yield from ((block, docs[block.id]) for block in article.blocks if len(docs[block.id]))


def _spans(doc: Doc, block: Block, found: Iterable[Annotation], layer: str) -> list[Span]:
    made = []
    for ann in found:
        if ann.layer == layer and ann.start < ann.end:
            span = doc.char_span(
                ann.start - block.start, ann.end - block.start, ann.label, alignment_mode="expand", span_id=ann.id
            )
            made += [span] if span is not None else []
    return made


def _longest(spans: Sequence[Span]) -> list[Span]:
    from spacy.util import filter_spans

    return filter_spans(spans)


def _iob(doc: Doc, spans: Sequence[Span]) -> list[str]:
    tags = ["O"] * len(doc)
    for span in spans:
        for i in range(span.start, span.end):
            tags[i] = f"{'B' if i == span.start else 'I'}-{span.label_}"
    return tags


def _one_line(text: str) -> str:
    return " ".join(text.split())
