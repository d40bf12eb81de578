"""Annotations back from training data: a DocBin or a CoNLL-U file, ours or corrected by people, laid on its article.

A name that stands where it stood keeps its record with all fields. One that was moved, relabelled or added by hand is read
as it is marked; what it was before is no longer true of it. Places are found by what each form says of them, and by the
words where it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import msgspec

from annotate.training.tokens import LAYERS, read_docbin
from schemas.errors import InputError
from schemas.ids import Ids
from schemas.records import Annotation, Article, Block, Layer, Problem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_COLUMNS = 10
_OFFSET = re.compile(r"(?P<start>\d{1,9}):(?P<end>\d{1,9})")
_TAG = re.compile(r"(?P<place>[BI])-(?P<label>.*)")
MADE_BY = "import"

Laid = tuple[tuple[Annotation, ...], tuple[Problem, ...]]


class _Marked(NamedTuple):
    """A span as a file marks it, in the article's offsets; what it marks reaches into its first and its last token."""

    layer: Layer
    label: str
    start: int
    end: int
    id: str
    first_end: int
    last_start: int


def lay_docbin(data: bytes, article: Article, name: str) -> Laid:
    """The annotations of a DocBin on an article; a Doc whose text is not one block of it is a Problem.

    Raises InputError where the data are no DocBin.
    """
    try:
        docs = read_docbin(data)
    except ValueError as error:
        raise InputError(f"{name}: {error}; give what '--to docbin' wrote") from error
    by_id = {each.id: each for each in article.blocks}
    by_text: dict[str, list[Block]] = {}
    for each in article.blocks:
        by_text.setdefault(article.quote(each), []).append(each)
    found: list[Annotation] = []
    lost: list[str] = []
    finish = _Finish(article)
    for number, doc in enumerate(docs, 1):
        block: Block | None = by_id.get(str(doc.user_data.get("block")))
        if block is None or article.quote(block) != doc.text:
            same = by_text.get(doc.text, [])
            block = same[0] if len(same) == 1 else None
        if block is None:
            lost.append(f"Doc {number} of {name} (“{' '.join(doc.text.split())[:40]}”) is no block of the article.")
            continue
        found += _of_doc(doc, block, finish)
    return tuple(found), tuple(_problems(lost))


def lay_conllu(data: bytes, article: Article, name: str) -> Laid:
    """The names of a CoNLL-U file on an article; a token whose words are not at their place is a Problem.

    Raises InputError where a line has not ten columns, or the data are no UTF-8.
    """
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is no UTF-8 text; CoNLL-U is always UTF-8") from error
    marked: list[_Marked] = []
    lost: list[str] = []
    position, goes_on = 0, False
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r")
        if not line or line.startswith("#"):
            goes_on = goes_on and bool(line)
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise InputError(f"{name}, line {number}: has {len(columns)} columns; CoNLL-U has {_COLUMNS}")
        if not columns[0].isdigit():  # a range of a contracted word, or an empty node
            continue
        misc = dict(part.partition("=")[::2] for part in columns[9].split("|"))
        place = _place(columns[1], misc.get("Offset", ""), article.text, position)
        if place is None:
            lost.append(f"{name}, line {number}: “{columns[1]}” was not found at its place in the article.")
            goes_on = False
            continue
        position = place[1]
        tag = _TAG.fullmatch(misc.get("Entity", ""))
        if tag is not None and tag["place"] == "I" and goes_on and marked[-1].label == unquote(tag["label"]):
            marked[-1] = marked[-1]._replace(last_start=place[0], end=place[1])
        elif tag is not None:
            label, name_id = unquote(tag["label"]), unquote(misc.get("Id", ""))
            marked.append(_Marked("entity", label, *place, name_id, first_end=place[1], last_start=place[0]))
        goes_on = tag is not None
    finish = _Finish(article)
    return tuple(finish(each) for each in marked), tuple(_problems(lost))


class _Finish:
    """Makes a record of what is marked: the article's own where nothing was changed."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._known = {ann.id: ann for ann in article.annotations}
        self._ids = Ids("an")

    def __call__(self, marked: _Marked) -> Annotation:
        known = self._known.get(marked.id)
        if known is not None and self.is_still(marked, known):
            return known
        name = marked.id or self._ids.make(f"{marked.layer}|{marked.label}|{marked.start}|{marked.end}")
        return Annotation(name, marked.layer, marked.label, marked.start, marked.end, None, MADE_BY)

    def is_still(self, marked: _Marked, ann: Annotation) -> bool:
        """Whether what is marked is this annotation, widened to whole tokens; white space at its ends is in no token."""
        words = self._text[ann.start : ann.end]
        start, end = ann.start + len(words) - len(words.lstrip()), ann.start + len(words.rstrip())
        same = (ann.id, ann.layer, ann.label) == (marked.id, marked.layer, marked.label)
        return same and marked.start <= start < marked.first_end and marked.last_start < end <= marked.end


def _of_doc(doc: Doc, block: Block, finish: _Finish) -> Iterator[Annotation]:
    seen: set[tuple[int, int]] = set()
    for layer in LAYERS:
        if layer not in doc.spans:
            continue
        group = doc.spans[layer]
        records = _records(group.attrs.get("annotations"), block)
        for at, span in enumerate(group):
            seen.add((span.start, span.end))
            marked = _marked(layer, span, block)
            whole = len(records) == len(group) and finish.is_still(marked, records[at])
            yield records[at] if whole else finish(marked)
    yield from (finish(_marked("entity", span, block)) for span in doc.ents if (span.start, span.end) not in seen)


def _marked(layer: Layer, span: Span, block: Block) -> _Marked:
    """The span without the white space that stands in tokens of its own at its ends."""
    tokens = [token for token in span if not token.is_space] or list(span)
    first, last, at = tokens[0], tokens[-1], block.start
    end = at + last.idx + len(last)
    return _Marked(layer, span.label_, at + first.idx, end, span.id_, at + first.idx + len(first), at + last.idx)


def _records(given: object, block: Block) -> list[Annotation]:
    """The exact records of a group, in the article's offsets; none where a tool has changed their shape."""
    try:
        records = msgspec.convert(given, list[Annotation])
    except msgspec.ValidationError:
        return []
    at = block.start
    return [msgspec.structs.replace(ann, start=ann.start + at, end=ann.end + at) for ann in records]


def _place(form: str, offset: str, text: str, position: int) -> tuple[int, int] | None:
    """Where a token stands: at its offset, or else the next time that its words occur, white space apart."""
    given = _OFFSET.fullmatch(offset)
    if given is not None and text[int(given["start"]) : int(given["end"])] == form:
        return int(given["start"]), int(given["end"])
    start = position
    while start < len(text) and text[start].isspace():
        start += 1
    return (start, start + len(form)) if form and text.startswith(form, start) else None


def _problems(messages: Iterable[str]) -> Iterator[Problem]:
    ids = Ids("p")
    for message in messages:
        hint = "Export the article again and mark the new file."
        yield Problem(ids.make(message), "annotation-unplaced", "warning", message, hint=hint)
