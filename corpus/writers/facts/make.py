"""From an annotated Article to its fact list: one Fact for each claim, with the way it was linked or why it was not."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from bibliography.plain import format_plain
from schemas.facts import Fact, FactCheck, FactDate, FactEntity, FactFigure, FactList, FactSource
from schemas.offsets import OffsetMap
from schemas.records import Annotation, Article, Citation, Claim, CslItem, Note, Page, Problem, Reference
from schemas.values import DateValue, EntityValue, FigureValue


def make_facts(article: Article) -> FactList:
    """The fact list of an article, claims in text order. Pure: no clock, no file."""
    look = _Lookup(article)
    return FactList(
        article=article.id,
        title=article.metadata.title or _file_name(article),
        facts=tuple(_fact(claim, look) for claim in article.claims),
    )


def _file_name(article: Article) -> str | None:
    """The name of the file, for an article without a title; a line of a JSON Lines file is known by its own id."""
    return None if article.source.media_type == "application/jsonl" else article.source.name


class _Lookup:
    """The article's records by id, made once for all claims."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.offsets = OffsetMap(article.offsets)
        self.annotations = {ann.id: ann for ann in article.annotations}
        self.markers = {marker.id: marker for marker in article.markers}
        self.notes = {note.id: note for note in article.notes}
        self.blocks = {block.id: block for block in article.blocks}
        self.citations = {cite.id: cite for cite in article.citations}
        self.references = {ref.id: ref for ref in article.references}
        self.pages = sorted(article.pages, key=lambda page: page.offset)
        self.page_starts = [page.offset for page in self.pages]
        self.cited_in: dict[str, list[Citation]] = defaultdict(list)
        for cite in article.citations:
            if cite.note is not None:
                self.cited_in[cite.note].append(cite)
        self.problems: dict[str, list[Problem]] = defaultdict(list)
        for problem in article.problems:
            for about in problem.about:
                self.problems[about].append(problem)

    def page(self, offset: int) -> Page | None:
        """The page on which a point of the text stands."""
        i = bisect_right(self.page_starts, offset) - 1
        return self.pages[i] if i >= 0 else None

    def note_text(self, note: Note) -> str | None:
        """The words of a note, white space collapsed; None where they are not in the source."""
        text = " ".join(self.article.quote(self.blocks[block]) for block in note.blocks)
        return " ".join(text.split()) or None


def _fact(claim: Claim, look: _Lookup) -> Fact:
    markers = [look.markers[i] for i in claim.markers]
    notes = [look.notes[m.note] for m in markers if m.note is not None]
    sources = tuple(_sources(claim, look))
    page = look.page(claim.start)
    scores = [source.score for source in sources if source.score is not None]
    return Fact(
        id=claim.id,
        claim=" ".join(look.article.quote(claim).split()),
        figures=tuple(_figure(look.annotations[i], look.article) for i in claim.figures),
        dates=tuple(_date(look.annotations[i], look.article) for i in claim.dates),
        entities=tuple(_entity(look.annotations[i], look.article) for i in claim.entities),
        markers=tuple(marker.label for marker in markers),
        note=" / ".join(filter(None, (look.note_text(note) for note in notes))) or None,
        sources=sources,
        status="sourced" if sources else "unresolved",
        reason=_reason(claim, look, sourced=bool(sources)),
        confidence=min(scores) if scores else None,
        page=(page.label or str(page.n)) if page else None,
        start=claim.start,
        end=claim.end,
        source_start=look.offsets.to_source(claim.start),
        source_end=look.offsets.to_source(claim.end, end=True),
        tei_id=claim.id,
        checks=tuple(_checks(claim, look)),
    )


def _checks(claim: Claim, look: _Lookup) -> Iterable[FactCheck]:
    """The relations within the claim; one over the whole document belongs to none."""
    own = {*claim.figures, *claim.dates}
    for check in look.article.checks:
        if claim.start <= check.start and check.end <= claim.end and own.issuperset(check.about):
            yield FactCheck(check.relation, check.verdict, check.message)


def _sources(claim: Claim, look: _Lookup) -> Iterable[FactSource]:
    for source in claim.sources:
        ref = look.references.get(source.reference or "")
        cite = look.citations.get(source.citation or "")
        target = next(
            (t for t in (cite.targets if cite else ()) if (t.reference, t.key) == (source.reference, source.key)), None
        )
        via = f"note {look.markers[source.marker].label}: " if source.marker else ""
        yield FactSource(
            text=_source_text(ref, source.key, look),
            reference=source.reference,
            key=source.key or (ref.key if ref else None),
            locator=source.locator,
            relation=source.relation,
            how=via + (target.why if target else "linked"),
            score=target.score if target else None,
        )


def _source_text(ref: Reference | None, key: str | None, look: _Lookup) -> str:
    if ref is None:
        return key or ""
    said = " ".join(look.article.text[ref.start : ref.end].split()) if None not in (ref.start, ref.end) else ""
    if ref.csl and (not said or _names_itself(ref.csl)):
        return format_plain(ref.csl)
    if said:
        return said
    return ref.key or ref.id


def _names_itself(item: CslItem) -> bool:
    """Whether a line made of the fields says what the source is; else its own words do so better."""
    return any(item.get(name) for name in ("title", "container-title", "archive_location"))


def _reason(claim: Claim, look: _Lookup, *, sourced: bool) -> str:
    """What is unresolved about the claim, in the words of the Problems about its markers, notes and citations.

    A claim may have a source by a name in its text while the text of its note is missing: then both are said.
    """
    about = list(claim.markers) + list(claim.citations)
    for marker in (look.markers[i] for i in claim.markers):
        if marker.note is not None:
            about += [marker.note, *(cite.id for cite in look.cited_in[marker.note])]
    messages = dict.fromkeys(problem.message for i in about for problem in look.problems[i])
    return "; ".join(messages) or ("" if sourced else "no source could be read there")


def _figure(ann: Annotation, article: Article) -> FactFigure:
    """A figure as read; one that came from elsewhere without a value is open."""
    value = ann.value if isinstance(ann.value, FigureValue) else None
    if value is None:
        return FactFigure(article.quote(ann), ann.label, None, None, None, None, tei_id=ann.id)
    return FactFigure(
        article.quote(ann), value.kind, value.value, value.value_max, value.unit, value.modifier, tei_id=ann.id
    )


def _date(ann: Annotation, article: Article) -> FactDate:
    value = ann.value if isinstance(ann.value, DateValue) else None
    if value is None:
        return FactDate(article.quote(ann), None, None, None, tei_id=ann.id)
    return FactDate(article.quote(ann), value.edtf, value.earliest, value.latest, tei_id=ann.id)


def _entity(ann: Annotation, article: Article) -> FactEntity:
    value = ann.value
    ref = value.ref if isinstance(value, EntityValue) else ()
    return FactEntity(article.quote(ann), ann.label, ref, tei_id=ann.id)
