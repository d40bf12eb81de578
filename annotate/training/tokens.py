"""Annotated articles as training data: CoNLL-U with names in MISC, and spaCy's DocBin. Tokens are those of a blank pipeline.

What tokens can hold is written, and read back by ``read_tokens``:

- DocBin: every annotation with all its fields, but those without a word and those that reach over two blocks. A span
  is widened to whole tokens; the exact record stands beside it in ``doc.spans[layer].attrs["annotations"]``.
- CoNLL-U: names only, of overlapping ones the longest, none over two sentences, widened to whole tokens; label and id.
- Neither: claims, citations, references.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from annotate.engine import parse_blocks, tokenizer_only
from annotate.sentences import split_sentences
from schemas.offsets import SpanIndex
from schemas.records import Annotation, Article, Block, Layer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, SpanGroup

_PARTS = re.compile(r"[|%\s\x00-\x1f]")
LAYERS: tuple[Layer, ...] = ("entity", "figure", "date", "markup")


def write_conllu(article: Article) -> bytes:
    """The article's sentences in ten columns (https://universaldependencies.org/format.html).

    MISC holds ``Entity=B-PERSON`` in the IOB2 scheme, the name's ``Id`` on its first token, ``SpaceAfter=No``, and
    ``Offset=start:end`` in the article's text.
    """
    lines = [f"# newdoc id = {_one_line(article.id)}"]
    index = SpanIndex(article.annotations)
    for block, doc in _docs(article):
        names = _longest([span for span, _ in _pairs(doc, block, index.inside(block.start, block.end), "entity")])
        lines.append(f"# newpar id = {block.id}")
        for number, (start, end) in enumerate(split_sentences(doc.text), start=1):
            lines += [f"# sent_id = {block.id}.{number}", f"# text = {_one_line(doc.text[start:end])}"]
            inside = [t for t in doc if t.idx < end and t.idx + len(t) > start and not t.is_space]
            tags = _iob([name for name in names if start <= name.start_char and name.end_char <= end])
            for place, token in enumerate(inside, start=1):
                misc = tags.get(token.i, [])
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
        for layer in LAYERS:
            doc.spans[layer] = _group(doc, block, found, layer)
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


def _group(doc: Doc, block: Block, found: Iterable[Annotation], layer: Layer) -> SpanGroup:
    """The spans of a layer, and in ``attrs`` the annotations in the same order with their places in the Doc."""
    from spacy.tokens import SpanGroup

    pairs = _pairs(doc, block, found, layer)
    kept = [msgspec.structs.replace(ann, start=ann.start - block.start, end=ann.end - block.start) for _, ann in pairs]
    values = msgspec.json.decode(msgspec.json.encode(kept))  # plain lists: equal after to_bytes
    return SpanGroup(doc, name=layer, attrs={"annotations": values}, spans=[span for span, _ in pairs])


def _pairs(doc: Doc, block: Block, found: Iterable[Annotation], layer: Layer) -> list[tuple[Span, Annotation]]:
    """The annotations of a layer in a block with their spans, in the order of the article."""
    made = []
    for ann in found:
        if ann.layer == layer and ann.start < ann.end:
            start, end = ann.start - block.start, ann.end - block.start
            span = doc.char_span(start, end, ann.label, alignment_mode="expand", span_id=ann.id)
            made += [(span, ann)] if span is not None and span.text.strip() else []
    return made


def _longest(spans: Sequence[Span]) -> list[Span]:
    from spacy.util import filter_spans

    return filter_spans(spans)


def _iob(spans: Sequence[Span]) -> dict[int, list[str]]:
    """The MISC values of each token in a name, by the token's number."""
    tags: dict[int, list[str]] = {}
    for span in spans:
        inside = [token.i for token in span if not token.is_space]
        for i in inside:
            tags[i] = [f"Entity={'B' if i == inside[0] else 'I'}-{_value(span.label_)}"]
        tags[inside[0]].append(f"Id={_value(span.id_)}")
    return tags


def _value(text: str) -> str:
    """A value that may stand in MISC: what parts values there is percent-encoded."""
    return _PARTS.sub(lambda part: quote(part.group()), text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
