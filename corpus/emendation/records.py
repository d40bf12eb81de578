"""The records of an article on the new wording of its text: moved, and told of where the words are others now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from corpus.emendation.mapping import Place
from corpus.emendation.rewrite import Rewritten
from schemas.ids import Ids
from schemas.records import (
    Annotation,
    Article,
    Check,
    Citation,
    Claim,
    FieldSpan,
    Problem,
    Reference,
    Severity,
)
from schemas.values import EntityValue

CHANGED, DELETED, CORRECTED = "words-changed", "words-deleted", "text-corrected"
_LAYERS = {"entity": "name", "figure": "figure", "date": "date", "markup": "markup"}
_HINTS: dict[str, tuple[Severity, str]] = {
    "name": ("info", "Look whether it still names the same."),
    "figure": ("warning", "Look whether its value still holds."),
    "date": ("warning", "Look whether its value still holds."),
    "markup": ("info", ""),
    "citation": ("warning", "Look whether it still cites the same source."),
    "claim": ("info", "Look whether its sources still support it."),
    "check": ("warning", "Annotate the article again: it is then computed anew."),
    "reference": ("warning", "Annotate the article again, or correct the fields of this source."),
}
_SHOWN = 60  # code points of a quotation in a message


class _Record(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


R = TypeVar("R", bound=_Record)
# ("annotation" or "citation", its number) -> where a file has it now
Places = Mapping[tuple[str, int], tuple[int, int]]


class Carried(NamedTuple):
    """The article on its new text, and the numbers of the annotations and citations that went with their words."""

    article: Article
    dropped_annotations: frozenset[int]
    dropped_citations: frozenset[int]


def carry(article: Article, rewritten: Rewritten, *, places: Places | None = None, by: str = "") -> Carried:
    """Everything that was read from the article, on its new text; ``by`` is who changed it.

    ``places`` are spans of the new text that are known otherwise, such as those of elements inline. A record whose words
    were changed is kept and told of, one whose words are gone is told of and taken out, with what points at it.
    """
    if not rewritten.places:
        return Carried(article, frozenset(), frozenset())
    carrier = _Carrier(article, rewritten, places or {})
    annotations = [carrier.annotation(i, ann) for i, ann in enumerate(article.annotations)]
    citations = [carrier.citation(i, cite) for i, cite in enumerate(article.citations)]
    claims = [carrier.claim(claim) for claim in article.claims]
    checks = [carrier.moved("check", check, carrier.place(check)) for check in article.checks]
    references = tuple(carrier.reference(ref) for ref in article.references)
    carrier.corrected(rewritten.places, by)
    mapping = rewritten.mapping
    made = msgspec.structs.replace(
        article,
        text=rewritten.text,
        blocks=rewritten.blocks,
        notes=rewritten.notes,
        offsets=rewritten.runs,
        edits=rewritten.edits,
        pages=tuple(msgspec.structs.replace(page, offset=mapping.before(page.offset)) for page in article.pages),
        markers=tuple(msgspec.structs.replace(each, offset=mapping.after(each.offset)) for each in article.markers),
        annotations=tuple(filter(None, annotations)),
        citations=tuple(filter(None, citations)),
        claims=tuple(filter(None, claims)),
        checks=tuple(filter(None, checks)),
        references=references,
        problems=(*map(carrier.problem, article.problems), *carrier.problems),
    )
    return Carried(
        without_the_gone(article, made),
        frozenset(i for i, ann in enumerate(annotations) if ann is None),
        frozenset(i for i, cite in enumerate(citations) if cite is None),
    )


class _Carrier:
    """Moves records one by one and gathers the Problems."""

    def __init__(self, article: Article, rewritten: Rewritten, places: Places) -> None:
        self.problems: list[Problem] = []
        self._old, self._new, self._mapping, self._places = article.text, rewritten.text, rewritten.mapping, places
        self._standing = {block.id for block in rewritten.blocks}
        self._begins = {old[0]: new[0] for old, new in rewritten.borders.items()}
        self._ends = {old[1]: new[1] for old, new in rewritten.borders.items()}
        self._ids = Ids("p")

    def place(self, record: _Record, known: tuple[int, int] | None = None) -> Place | None:
        """Where a record's words are now: as the file has them, or by the words around."""
        if known is not None:
            return Place(*known, is_same=self._new[slice(*known)] == self._old[record.start : record.end])
        if record.start == record.end:
            point = self._mapping.after(record.start)
            return Place(point, point, is_same=True)
        return self._mapping.place(record.start, record.end)

    def moved(self, what: str, record: R, place: Place | None) -> R | None:
        """The record at its place; None, and told of, where its words are gone."""
        if place is None:
            self._tell(DELETED, what, record, None)
            return None
        if not place.is_same:
            self._tell(CHANGED, what, record, place)
        return msgspec.structs.replace(record, start=place.start, end=place.end)  # type: ignore[type-var]

    def _to_borders(self, record: _Record, place: Place | None) -> Place | None:
        """The place of what began or ended with a block: it does so still, with the words that were put in there."""
        if place is None:
            return None
        start, end = self._begins.get(record.start, place.start), self._ends.get(record.end, place.end)
        if (start, end) == (place.start, place.end) or not start <= place.start < place.end <= end:
            return place
        return Place(start, end, is_same=False)

    def annotation(self, number: int, ann: Annotation) -> Annotation | None:
        made = self.moved(_LAYERS[ann.layer], ann, self.place(ann, self._places.get(("annotation", number))))
        if made is None or not isinstance(made.value, EntityValue):
            return made
        if made.value.name != self._words(self._old, ann):
            return made
        return msgspec.structs.replace(
            made, value=msgspec.structs.replace(made.value, name=self._words(self._new, made))
        )

    def citation(self, number: int, cite: Citation) -> Citation | None:
        made = self.moved("citation", cite, self.place(cite, self._places.get(("citation", number))))
        if made is None or cite.start == cite.end or cite.label != self._words(self._old, cite):
            return made
        return msgspec.structs.replace(made, label=self._words(self._new, made))

    def claim(self, claim: Claim) -> Claim | None:
        made = self.moved("claim", claim, self._to_borders(claim, self.place(claim)))
        if made is None or claim.clause is None:
            return made
        found = (
            self._mapping.place(claim.clause.start, claim.clause.end) if claim.clause.start < claim.clause.end else None
        )
        clause = None if found is None else msgspec.structs.replace(claim.clause, start=found.start, end=found.end)
        return msgspec.structs.replace(made, clause=clause)

    def reference(self, ref: Reference) -> Reference:
        """A work stays, since citations lead to it, whatever became of its entry."""
        gone = ref.block is not None and ref.block not in self._standing
        block = None if gone else ref.block
        if ref.start is None or ref.end is None:
            return msgspec.structs.replace(ref, block=block)
        place = self._to_borders(ref, self.place(ref))  # type: ignore[arg-type]
        if place is None or not place.is_same:
            self._tell(DELETED if place is None else CHANGED, "reference", ref, place)  # type: ignore[arg-type]
        if place is None:
            return msgspec.structs.replace(ref, block=block, start=None, end=None, spans=())
        spans = tuple(filter(None, map(self._field, ref.spans)))
        return msgspec.structs.replace(ref, block=block, start=place.start, end=place.end, spans=spans)

    def _field(self, span: FieldSpan) -> FieldSpan | None:
        place = self._mapping.place(span.start, span.end) if span.start < span.end else None
        return None if place is None else msgspec.structs.replace(span, start=place.start, end=place.end)

    def problem(self, problem: Problem) -> Problem:
        """A Problem stays; where its words are gone it stands at their point."""
        if problem.start is None or problem.end is None:
            return problem
        start, end = self._mapping.bounds(problem.start, max(problem.start, problem.end))
        return msgspec.structs.replace(problem, start=start, end=end)

    def corrected(self, count: int, by: str) -> None:
        """Tells that the text was corrected, and by whom."""
        said = f"The text was corrected by hand in {count} {'place' if count == 1 else 'places'}{by and f' by {by}'}."
        identifier = self._ids.make(f"{CORRECTED}|{said}")
        hint = "The edits of kind “correction” say what stood there."
        self.problems.append(Problem(identifier, CORRECTED, "info", said, hint=hint))

    def _tell(self, code: str, what: str, record: _Record, place: Place | None) -> None:
        severity, hint = _HINTS[what]
        old = _shown(self._old[record.start : record.end])
        if place is None:
            said = f"The words of this {what} were deleted by hand: “{old}”."
            severity, hint = (
                ("warning", "No entry states this source any more; it is kept, for citations lead to it.")
                if (what == "reference")
                else ("info", "It went with them; undo the deletion if it should stay.")
            )
            point = self._mapping.after(record.start)
            start, end = point, point
        else:
            said = f"The words of this {what} were changed by hand: “{old}” is now “{_shown(self._new[place.start : place.end])}”."
            start, end = place.start, place.end
        identifier = self._ids.make(f"{code}|{record.id}|{said}")
        self.problems.append(Problem(identifier, code, severity, said, (record.id,), start, end, hint))

    def _words(self, text: str, record: _Record) -> str:
        return " ".join(text[record.start : record.end].split())


def _shown(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def without_the_gone(article: Article, made: Article) -> Article:
    """Claims and checks without the records that are there no more.

    A claim that nothing anchors any more and a check of what is gone go too, and a Problem tells of each.
    """
    gone = _ids(article) - _ids(made)
    if not gone:
        return made
    pairs = [(claim, _without(claim, gone)) for claim in made.claims]
    dead = [claim for claim, left in pairs if _is_anchored(claim) and not _is_anchored(left)]
    checks = [check for check in made.checks if set(check.about) & gone]
    ids = Ids("p")
    problems = [_unanchored(ids, made, "claim", claim) for claim in dead]
    problems += [_unanchored(ids, made, "check", check) for check in checks]
    return msgspec.structs.replace(
        made,
        claims=tuple(left for claim, left in pairs if not _is_anchored(claim) or _is_anchored(left)),
        checks=tuple(check for check in made.checks if not set(check.about) & gone),
        problems=(*made.problems, *problems),
    )


def _without(claim: Claim, gone: set[str]) -> Claim:
    lists = ("markers", "citations", "figures", "dates", "entities")
    kept = {name: tuple(each for each in getattr(claim, name) if each not in gone) for name in lists}
    sources = tuple(each for each in claim.sources if not {each.citation, each.marker} & gone)
    return msgspec.structs.replace(claim, sources=sources, **kept)


def _is_anchored(claim: Claim) -> bool:
    return bool(claim.markers or claim.citations)


def _unanchored(ids: Ids, article: Article, what: str, record: Claim | Check) -> Problem:
    said = f"The {what} “{_shown(article.quote(record))}” went with what it stood on, which was taken out by hand."
    hint = "Put that back if it should stay."
    identifier = ids.make(f"{DELETED}|{record.id}|{said}")
    return Problem(identifier, DELETED, "info", said, (record.id,), record.start, record.end, hint)


def _ids(article: Article) -> set[str]:
    return {
        *(ann.id for ann in article.annotations),
        *(cite.id for cite in article.citations),
        *(marker.id for marker in article.markers),
    }
