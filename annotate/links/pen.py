"""What writes the citations of one block of a note: into the register, and into the history that later notes draw on."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.links.history import History
from annotate.links.places import Place
from annotate.links.register import Register
from schemas.records import Candidate, Citation, CitationKind, Note, Target


class NotePen:
    """Writes citations of a note's block; offsets are those of the block's text."""

    def __init__(self, register: Register, history: History, note: Note, place: Place) -> None:
        self.register = register
        self.history = history
        self.note = note
        self.place = place

    def cite(self, kind: CitationKind, start: int, end: int, locator: str | None) -> Citation:
        """A citation, not yet linked."""
        base = self.place.block.start
        self.register.take(self.place.block, base + start, base + end)
        return self.register.cite(kind, self.note.label, base + start, base + end, note=self.note.id, locator=locator)

    def link(self, cite: Citation, *targets: Target) -> None:
        """Keep a citation that leads to its source, or to all sources of the notes that it points to."""
        cite = self.register.link(cite, targets)
        self.history.cite(cite, [self.register.named(target.reference or "") for target in targets])

    def refuse(
        self, cite: Citation, message: str, candidates: Sequence[Candidate] = (), *, code: str = "citation-unresolved"
    ) -> None:
        """Keep a citation whose source is not known for sure, and say why."""
        message = f"note {self.note.label}: {message}"
        self.history.cite(self.register.refuse(cite, message, code=code, candidates=candidates), ())

    def candidates(self, references: Sequence[str], why: str) -> list[Candidate]:
        """References of the article that could be meant, none more likely than the others."""
        share = round(1 / len(references), 4) if references else 0.0
        known = self.register.references
        return [Candidate(known[key].key, share, why, key) for key in sorted(references)]
