"""The central model: one Article with its blocks, notes, annotations, references, citations, claims and problems.

Every record is frozen; a step takes an Article and returns a new one. ``start`` and ``end`` are code points of
``Article.text``, half-open; ``source_start`` and ``source_end`` are code points of the source. A quote is always
``text[start:end]`` and is never stored. The JSON form of these records is the contract of ``paper.json``.

>>> article = Article(id="a", source=Source(name="a.txt", media_type="text/plain", sha256="", encoding="utf-8"),
...                   metadata=Metadata(title="Grain"), text="Grain", blocks=(Block("b-1", "title", 0, 5),))
>>> article.quote(article.blocks[0])
'Grain'
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

import msgspec

from schemas.authorities import Authority
from schemas.values import Value

SCHEMA = "adfontes/article/1"

BlockKind = Literal[
    "title",
    "author",
    "affiliation",
    "abstract",
    "keywords",
    "heading",
    "paragraph",
    "list-item",
    "quote",
    "verse-line",
    "epigraph",
    "table",
    "cell",
    "figure",
    "caption",
    "note",
    "reference",
    "other",
]
EditKind = Literal[
    "join",
    "dehyphenate",
    "marker",
    "label",
    "page-break",
    "running-head",
    "page-number",
    "note-rule",
    "whitespace",
    "repair",
    "move",
    "boilerplate",
    "correction",
]
Layer = Literal["entity", "figure", "date", "markup"]
CitationKind = Literal[
    "numeric", "superscript", "author-year", "full", "short", "ibid", "op-cit", "cross-reference", "narrative"
]
Relation = Literal["supports", "see-also", "second-hand", "contrast"]
Severity = Literal["info", "warning", "error"]
Verdict = Literal["ok", "mismatch", "undecidable"]

# A CSL-JSON item stays an open mapping: its variables are not ours to close, and what Zotero or pandoc add must stay.
CslItem = dict[str, Any]


class Spanned(Protocol):
    """Anything with a half-open span of code points."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Region(msgspec.Struct, frozen=True, array_like=True):
    """Where on a page a stretch of the extraction stands: ``[source_start, length, page, x0, y0, x1, y1]`` in JSON.

    ``page`` counts from 1; the box is in PDF points from the page's lower left corner.
    """

    source_start: int
    length: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Source(msgspec.Struct, frozen=True):
    """The file an article was read from; ``coordinates`` says what ``source_*`` offsets count (DESIGN: law 2).

    "text": code points of the decoded file. "extract": of the reader's own linear extraction, which ``extractor``
    (program and version) made; ``regions`` tell where on a page it stands, ``pointers`` (block id -> XML id or XPath)
    where in a document.
    """

    name: str
    media_type: str
    sha256: str
    encoding: str | None
    coordinates: Literal["text", "extract"] = "text"
    extractor: str | None = None
    regions: tuple[Region, ...] = ()
    pointers: dict[str, str] = {}


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name as CSL-JSON has it, with the affiliation that the article prints."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None
    affiliation: str | None = None


class Metadata(msgspec.Struct, frozen=True):
    """What the article says of itself, in CSL-JSON's terms; ``issued`` is an EDTF date, ``how_to_cite`` verbatim."""

    title: str | None = None
    authors: tuple[Person, ...] = ()
    abstract: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    issued: str | None = None
    container_title: str | None = None
    DOI: str | None = None
    licence: str | None = None
    how_to_cite: str | None = None


class Run(msgspec.Struct, frozen=True, array_like=True):
    """``length`` code points copied from the source: ``[start, source_start, length]`` in JSON."""

    start: int
    source_start: int
    length: int


class Edit(msgspec.Struct, frozen=True):
    """Source that was taken out and what was put in its place.

    ``text[start:end]`` was written where the source had ``source_text`` (``source_start:source_end``); either side may
    be empty. Keeping ``source_text`` here is what lets text and edits give the source back without the file.
    """

    kind: EditKind
    start: int
    end: int
    source_start: int
    source_end: int
    source_text: str = ""


class Block(msgspec.Struct, frozen=True):
    """A title, heading, paragraph, note ...; ``level`` counts headings from 1, ``n`` is a printed number."""

    id: str
    kind: BlockKind
    start: int
    end: int
    level: int | None = None
    parent: str | None = None
    n: str | None = None
    lang: str | None = None
    row: int | None = None
    col: int | None = None
    rows: int | None = None
    cols: int | None = None


class Page(msgspec.Struct, frozen=True):
    """A page: ``label`` as printed, ``offset`` the point in the text where it begins."""

    id: str
    n: int
    label: str | None
    offset: int
    source_start: int


class Marker(msgspec.Struct, frozen=True):
    """A note number of the text: lifted out, remembered as a point. ``label`` is normalised ("2" for "²")."""

    id: str
    label: str
    surface: str
    offset: int
    source_start: int
    source_end: int
    note: str | None = None


class Note(msgspec.Struct, frozen=True):
    """A footnote or endnote; ``place`` is "missing" where only its marker is in the source."""

    id: str
    label: str
    place: Literal["foot", "end", "inline", "missing"]
    blocks: tuple[str, ...] = ()


class Annotation(msgspec.Struct, frozen=True):
    """A span that some annotator read; spans may overlap. ``confidence`` is 0..1, null where the maker has none."""

    id: str
    layer: Layer
    label: str
    start: int
    end: int
    value: Value | None
    made_by: str
    confidence: float | None = None


class FieldSpan(msgspec.Struct, frozen=True):
    """One field of a reference string, with its place in the text and the parser's confidence."""

    start: int
    end: int
    label: str
    confidence: float | None = None


class Candidate(msgspec.Struct, frozen=True):
    """A possible target that was not taken, with its score and the reason."""

    key: str | None
    score: float
    why: str = ""
    reference: str | None = None


class Reference(msgspec.Struct, frozen=True):
    """A work: its fullest statement in the text (``block``, ``start``, ``end``), or none where it is only in a library.

    ``csl`` is a CSL-JSON item, ``key`` its BibTeX key; ``status`` tells how it stands to the user's library.
    """

    id: str
    label: str | None
    block: str | None
    start: int | None
    end: int | None
    spans: tuple[FieldSpan, ...] = ()
    csl: CslItem = {}
    key: str | None = None
    status: Literal["linked", "new", "ambiguous", "unparsed"] = "new"
    score: float | None = None
    candidates: tuple[Candidate, ...] = ()


class Target(msgspec.Struct, frozen=True):
    """An accepted link of a citation: ``key`` is only ever a key of the user's library."""

    reference: str | None
    key: str | None
    score: float
    why: str


class Citation(msgspec.Struct, frozen=True):
    """A statement of a source in the text or in a note; a lifted superscript has ``start == end``."""

    id: str
    kind: CitationKind
    label: str
    start: int
    end: int
    source_start: int | None = None
    source_end: int | None = None
    note: str | None = None
    locator: str | None = None
    targets: tuple[Target, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    status: Literal["linked", "ambiguous", "unresolved"] = "unresolved"


class Clause(msgspec.Struct, frozen=True):
    """A part of a sentence."""

    start: int
    end: int


class ClaimSource(msgspec.Struct, frozen=True):
    """One source of a claim and the way that leads to it."""

    reference: str | None
    key: str | None
    citation: str | None = None
    marker: str | None = None
    locator: str | None = None
    relation: Relation = "supports"


class Claim(msgspec.Struct, frozen=True):
    """The sentence that a marker or a citation supports, with everything found inside it (ids)."""

    id: str
    start: int
    end: int
    clause: Clause | None = None
    scope: Literal["clause", "sentence", "paragraph"] = "sentence"
    markers: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    sources: tuple[ClaimSource, ...] = ()
    figures: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()


class Problem(msgspec.Struct, frozen=True):
    """What could not be read, matched or decided, with its place: in the text (``start``, ``end``) or in a file.

    ``where`` is "FILE:LINE" for a place outside the article, such as a line of a bibliography.
    """

    id: str
    code: str
    severity: Severity
    message: str
    about: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    hint: str = ""
    where: str | None = None


class Check(msgspec.Struct, frozen=True):
    """A relation between numbers that the text itself states, computed again.

    ``relation`` names it ("growth", "share", "sum", "period-length" ...), ``message`` is the computation in words,
    ``claimed`` what the text says and ``computed`` what comes out; ``about`` holds the ids of the figures and dates.
    """

    id: str
    relation: str
    verdict: Verdict
    severity: Severity
    message: str
    claimed: str | None
    computed: str | None
    start: int
    end: int
    about: tuple[str, ...] = ()


class Made(msgspec.Struct, frozen=True):
    """Which run made the article: what must be equal for a run to be skipped. No clock: equal runs give equal bytes."""

    version: str
    model: str
    configuration: dict[str, str] = {}
    key: str = ""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article: clean text, the way back to its source, and all that was read from it.

    ``authorities`` are the authority records that its names are tied to (``EntityValue.ref``).
    """

    schema: str = SCHEMA
    id: str
    source: Source
    metadata: Metadata
    text: str
    offsets: tuple[Run, ...] = ()
    edits: tuple[Edit, ...] = ()
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    markers: tuple[Marker, ...] = ()
    notes: tuple[Note, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
    checks: tuple[Check, ...] = ()
    authorities: tuple[Authority, ...] = ()
    made: Made | None = None

    def quote(self, span: Spanned) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]


def encode_article(article: Article) -> bytes:
    """One line of JSON (UTF-8, no newline at the end)."""
    return msgspec.json.encode(article)


def decode_article(data: bytes | str) -> Article:
    """The article of a JSON text.

    Raises msgspec.ValidationError where the shape is not an article's, msgspec.DecodeError where it is not JSON.
    """
    return msgspec.json.decode(data, type=Article)
