"""An outline to an Article, through the same layout and the same Assembler as a plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from corpus.layout.assemble import Assembler
from corpus.layout.blocks import mark_zones
from corpus.layout.draft import Draft, Plan
from corpus.layout.join import vocabulary
from corpus.layout.kinds import name_blocks
from corpus.layout.markers import find_lifted
from corpus.layout.metadata import read_front
from corpus.layout.pages import Furniture
from corpus.layout.parts import part_zones
from corpus.layout.regime import Regime
from corpus.structure.extraction import Extraction, write_extraction
from corpus.structure.outline import Cited, Outline
from schemas.ids import Ids
from schemas.offsets import OffsetMap, SpanIndex
from schemas.records import (
    Annotation,
    Article,
    Block,
    Candidate,
    Citation,
    Metadata,
    Page,
    Reference,
    Source,
    Target,
)
from schemas.values import MarkupValue

_LINES = Regime("lines")  # every block is one line
_FRONT = ("title", "author", "affiliation", "abstract", "keywords")


def build_article(outline: Outline, source: Source) -> Article:
    """The article of an outline; ``source`` names the file, its offsets will count the outline's own extraction.

    What the format marks up is taken as it says. Where it marks up only a part (``outline.typed``), the title, the
    sections, the reference list and note numbers that somebody typed are read as in a plain text.
    """
    written = write_extraction(outline)
    plan, labels = _typed_plan(outline, written) if outline.typed else _plan(written)
    source = msgspec.structs.replace(source, coordinates="extract")
    assembler = Assembler(written.text, plan, [*written.furniture, *labels], (), Counter())
    article = assembler.write(source, outline.complaints)
    return _attach(article, outline, written)


def _plan(written: Extraction) -> tuple[Plan, list[Furniture]]:
    return Plan(written.body, written.notes, written.references, written.lifted), []


def _typed_plan(outline: Outline, written: Extraction) -> tuple[Plan, list[Furniture]]:
    drafts = written.body
    _name_title(drafts)
    mark_zones([draft for draft in drafts if draft.kind in ("heading", "paragraph")])
    if not any(draft.kind == "author" for draft in drafts) and not outline.metadata.authors:
        drafts = read_front(drafts)
    plan, labels = part_zones(drafts, written.notes, _LINES)
    plan.references += written.references
    if not any(draft.kind == "heading" for draft in plan.body):
        plan.body = name_blocks(plan.body, _LINES)
    plan.lifted = written.lifted or find_lifted(plan.body, plan.notes, plan.references, vocabulary(written.text))
    return plan, labels


def _name_title(drafts: Sequence[Draft]) -> None:
    """A first heading that stands above all others is the title, and the others move up a level."""
    first = next((draft for draft in drafts if draft.kind not in _FRONT), None)
    if first is None or first.kind != "heading" or any(draft.kind == "title" for draft in drafts):
        return
    others = [draft for draft in drafts if draft.kind == "heading" and draft is not first]
    if any((draft.level or 1) <= (first.level or 1) for draft in others):
        return
    lift = min(((draft.level or 1) for draft in others), default=1) - 1
    first.kind, first.level = "title", None
    for draft in others:
        draft.level = (draft.level or 1) - lift


def _attach(article: Article, outline: Outline, written: Extraction) -> Article:
    """What the format says of places in the article: references, citations, markup, pages, tables, pointers."""
    offsets = OffsetMap(article.offsets)
    by_source = {offsets.to_source(block.start): block for block in article.blocks}
    references = list(_references(article, written, by_source))
    named = dict(references)
    pointers = {
        block.id: outlined.pointer
        for start, outlined in written.blocks.items()
        if outlined.pointer and (block := by_source.get(start))
    }
    return msgspec.structs.replace(
        article,
        source=msgspec.structs.replace(article.source, pointers=pointers),
        metadata=_merge(article.metadata, outline.metadata),
        blocks=tuple(_with_tables(article, written, by_source)),
        pages=article.pages + tuple(_pages(written, offsets)),
        references=tuple(ref for _, ref in references),
        citations=tuple(_citations(article, written, offsets, named)),
        annotations=tuple(_markup(article, written, offsets)),
    )


def _references(article: Article, written: Extraction, by_source: dict[int, Block]) -> Iterator[tuple[str, Reference]]:
    ids = Ids("r")
    for start, entry in written.entries.items():
        block = by_source.get(start)
        if block is None or block.kind != "reference":
            continue
        identifier = ids.make(article.quote(block))
        yield entry.key, Reference(identifier, block.n, block.id, block.start, block.end, csl=entry.csl or {})


def _citations(
    article: Article, written: Extraction, offsets: OffsetMap, named: dict[str, Reference]
) -> Iterator[Citation]:
    """Lifted superscripts are citations already and get their targets; all others are made here."""
    ids = Ids("c")
    note_of = {block: note.id for note in article.notes for block in note.blocks}
    blocks = SpanIndex(article.blocks)
    raised = {cite.source_start: cite for cite in article.citations}
    for start, end, cited in sorted(written.cited, key=lambda found: found[:2]):
        cite = raised.pop(start, None)
        if cite is None:
            first, last = offsets.to_text(start), offsets.to_text(end)
            if first >= last:
                continue
            label = " ".join(article.text[first:last].split())
            identifier = ids.make(f"{label}|{article.text[max(0, first - 24) : first]}")
            cite = Citation(identifier, cited.kind, label, first, last, start, end, locator=cited.locator)
        note = next((note_of[block.id] for block in blocks.covering(cite.start) if block.id in note_of), None)
        yield _aimed(msgspec.structs.replace(cite, note=note), cited, named)
    yield from raised.values()


def _aimed(cite: Citation, cited: Cited, named: dict[str, Reference]) -> Citation:
    if cited.library:
        asked = tuple(Candidate(key, 0.0, "the key that the source names") for key in cited.keys)
        return msgspec.structs.replace(cite, candidates=asked)
    targets = tuple(
        Target(named[key].id, None, 1.0, "linked in the source") for key in dict.fromkeys(cited.keys) if key in named
    )
    complete = bool(targets) and all(key in named for key in cited.keys)
    return msgspec.structs.replace(cite, targets=targets, status="linked" if complete else "unresolved")


def _markup(article: Article, written: Extraction, offsets: OffsetMap) -> Iterator[Annotation]:
    ids = Ids("an")
    for start, end, styled in sorted(written.styled, key=lambda found: (found[0], -found[1])):
        first, last = offsets.to_text(start), offsets.to_text(end)
        if first < last:
            value = MarkupValue(styled.name, dict(styled.attributes))
            identifier = ids.make(f"{styled.name}|{article.text[first:last]}")
            yield Annotation(identifier, "markup", styled.name, first, last, value, made_by="source")


def _pages(written: Extraction, offsets: OffsetMap) -> Iterator[Page]:
    ids = Ids("pg")
    for number, page in enumerate(written.pages, start=1):
        yield Page(ids.make(f"{number}|{page.label}"), number, page.label, offsets.to_text(page.start), page.start)


def _with_tables(article: Article, written: Extraction, by_source: dict[int, Block]) -> Iterator[Block]:
    """The blocks, with one for each table before its first cell; cells and captions name it as their parent."""
    table_of = {
        block.id: outlined.table
        for start, outlined in written.blocks.items()
        if outlined.table and (block := by_source.get(start))
    }
    ids = Ids("b")
    for table, group in groupby(article.blocks, key=lambda block: table_of.get(block.id)):
        members = list(group)
        if table is None:
            yield from members
            continue
        start, end = members[0].start, members[-1].end
        whole = Block(ids.make(f"table|{article.text[start:end]}"), "table", start, end)
        yield whole
        yield from (msgspec.structs.replace(block, parent=whole.id) for block in members)


def _merge(read: Metadata, given: Metadata) -> Metadata:
    """What the format says of the article; what it does not say, as read from the text."""
    fields = {name: getattr(given, name) or getattr(read, name) for name in Metadata.__struct_fields__}
    return Metadata(**fields)
