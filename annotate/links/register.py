"""The register of an article's sources: its references as they are found, how each stands to the user's library, and
the citations and Problems that linking makes. One for each article; the form modules beside it fill it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from annotate.libraries import UserLibrary
from bibliography.bodies import read_letters
from bibliography.headings import HeadIndex, head_of, printed_title
from bibliography.keys import Keys
from bibliography.match import LibraryIndex, Match, match
from bibliography.namings import Shelf
from bibliography.parse import ParsedReference
from bibliography.parse.lists import parse_below
from bibliography.pinpoints import file_key, same_keeper, split_leaf
from schemas.ids import Ids
from schemas.records import (
    Article,
    Block,
    Candidate,
    Citation,
    CitationKind,
    CslItem,
    FieldSpan,
    Problem,
    Reference,
    Target,
)

_HINT = "name the source in the text or in your library so that only one fits"


class Register:
    """References by id in the order found, citations, Problems; what the article already carries is kept as it is."""

    def __init__(self, article: Article, library: UserLibrary | None, keys: str) -> None:
        self.article = article
        self.library = library
        self.references: dict[str, Reference] = {}
        self.citations: list[Citation] = []
        self.problems: list[Problem] = []
        self._by_label: dict[str, list[str]] = {}
        self._by_key: dict[str, str] = {}
        self._keys = Keys(keys, library.keys if library else ())
        self._taken: dict[str, list[tuple[int, int]]] = {}
        self._ref_ids, self._cite_ids, self._problem_ids = Ids("r"), Ids("ci"), Ids("p")
        self._entries = {block.id for block in article.blocks if block.kind == "reference"}
        self._letters = read_letters(article.text)
        self.heads = HeadIndex(())
        self._leads: dict[str, frozenset[str]] = {}
        self._files: dict[tuple[str, ...], list[str]] = {}
        self.shelf = Shelf()
        self._read_list()
        self.own = LibraryIndex([(ref.id, ref.csl) for ref in self.references.values() if ref.csl])

    # --- references

    def has_note(self, label: str) -> bool:
        """Whether the article has a note with this label."""
        return any(note.label == label for note in self.article.notes)

    @property
    def labels(self) -> dict[str, list[str]]:
        """Printed label of the reference list to the ids of its references."""
        return self._by_label

    def state(
        self, parsed: ParsedReference, item: CslItem, raw: str, block: Block, offset: int, label: str | None
    ) -> Reference:
        """The reference of a statement: a new one, unless another with the same library entry is known already."""
        found = self._match_library(item, raw[parsed.start : parsed.end])
        if found.status == "linked" and found.key in self._by_key:
            return self.references[self._by_key[found.key]]
        base = block.start + offset
        return self._add(
            Reference(
                id=self._ref_ids.make(raw),
                label=label,
                block=block.id,
                start=base + parsed.start,
                end=base + parsed.end,
                spans=tuple(FieldSpan(s.start + base, s.end + base, s.label, s.confidence) for s in parsed.spans),
                csl=item,
                status="new" if item else "unparsed",
            ),
            found,
        )

    def from_library(self, key: str, score: float) -> Reference:
        """The article's reference for an entry of the user's library that it names nowhere in full."""
        if key in self._by_key:
            return self.references[self._by_key[key]]
        if self.library is None:
            raise ValueError("a library entry without a library")
        ref = Reference(self._ref_ids.make(key), None, None, None, None, csl=self.library.items[key])
        return self._add(ref, Match("linked", key, score, (), ""))

    def state_at(self, reference: str, block: Block, cite: Citation) -> None:
        """Give a work of the library that the article states nowhere yet its place: that of a full citation."""
        ref = self.references[reference]
        if ref.block is None:
            self.references[reference] = msgspec.structs.replace(ref, block=block.id, start=cite.start, end=cite.end)

    def target(self, reference: str, score: float, why: str) -> Target:
        """An accepted link to a reference of the article."""
        ref = self.references[reference]
        return Target(ref.id, ref.key if ref.status == "linked" else None, score, why)

    def in_file(self, item: CslItem) -> Reference | None:
        """The one reference that lies in the same file of the same archive as an item, or is the same issue of a newspaper."""
        found = [self.references[ref] for ref in self._files.get(file_key(item), ())] if file_key(item) else []
        fitting = [ref for ref in found if same_keeper(ref.csl, item)]
        named = [ref for ref in fitting if ref.csl.get("archive") == item.get("archive")]
        fitting = named or fitting
        return fitting[0] if len(fitting) == 1 else None

    def in_file_of(self, raw: str) -> tuple[Reference, str | None] | None:
        """The known file whose shelfmark is all that a statement says, and the leaf: "LAB 2/1481, fol. 25"."""
        location, leaf = split_leaf(raw.strip(" .,;"))
        found = self.in_file({"archive_location": location}) if any(map(str.isdigit, location)) else None
        return None if found is None else (found, leaf or None)

    def named(self, reference: str) -> tuple[Reference, frozenset[str]]:
        """A reference with the ways to write its first name."""
        return self.references[reference], self._leads[reference]

    def completed(self, target: Target) -> Target:
        """A link that a reader gave, with the key of its reference where the library has one."""
        ref = self.references.get(target.reference or "")
        return target if ref is None or ref.status != "linked" else msgspec.structs.replace(target, key=ref.key)

    def shown(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Candidates of either index as the record has them: a reference of the article, or a key of the library."""
        refs = self.references
        return [
            msgspec.structs.replace(c, reference=c.key, key=self.target(c.key, 0, "").key) if c.key in refs else c
            for c in candidates
            if c.key is not None
        ]

    # --- citations

    def cite(
        self,
        kind: CitationKind,
        label: str,
        start: int,
        end: int,
        *,
        note: str | None = None,
        locator: str | None = None,
    ) -> Citation:
        """A citation with its id, not yet linked and not yet kept."""
        quote = self.article.text[start:end]
        return Citation(
            self._cite_ids.make(f"{kind}|{note}|{quote}"), kind, label, start, end, note=note, locator=locator
        )

    def link(self, cite: Citation, targets: Sequence[Target]) -> Citation:
        """Keep a citation that leads to its sources."""
        return self._keep(msgspec.structs.replace(cite, targets=tuple(targets), candidates=(), status="linked"))

    def refuse(
        self, cite: Citation, message: str, *, code: str = "citation-unresolved", candidates: Sequence[Candidate] = ()
    ) -> Citation:
        """Keep a citation that leads nowhere for sure, with the reason as a Problem and what could be meant."""
        status = "ambiguous" if candidates else "unresolved"
        cite = self._keep(msgspec.structs.replace(cite, candidates=tuple(candidates), status=status))
        self.problem(code, message, cite)
        return cite

    def is_free(self, block: Block, start: int, end: int) -> bool:
        """Whether no citation kept so far overlaps a stretch of a block."""
        return not any(low < end and start < high for low, high in self._taken.get(block.id, ()))

    def take(self, block: Block, start: int, end: int) -> None:
        """Reserve a stretch of a block for a citation."""
        self._taken.setdefault(block.id, []).append((start, end))

    def problem(self, code: str, message: str, about: Citation | Reference, *, hint: str = _HINT) -> None:
        """Say what could not be decided."""
        self.problems.append(
            Problem(
                id=self._problem_ids.make(f"{code}|{about.id}"),
                code=code,
                severity="warning",
                message=message,
                about=(about.id,),
                start=about.start,
                end=about.end,
                hint=hint,
            )
        )

    def finish(self) -> Article:
        """The article with its references in the order of their blocks, its citations in text order, its Problems."""
        order = {block.id: block.start for block in self.article.blocks}
        references = sorted(self.references.values(), key=lambda ref: (order.get(ref.block or "", 1 << 62), ref.id))
        return msgspec.structs.replace(
            self.article,
            references=tuple(references),
            citations=tuple(sorted(self.citations, key=lambda cite: (cite.start, cite.end, cite.id))),
            problems=self.article.problems + (self.library.problems if self.library else ()) + tuple(self.problems),
        )

    # --- below

    def _keep(self, cite: Citation) -> Citation:
        self.citations.append(cite)
        return cite

    def _read_list(self) -> None:
        """The reference list: what a reader already knew of it is completed, the rest is read from its blocks."""
        blocks = {block.id: block for block in self.article.blocks}
        above: CslItem = {}  # whose author a dash stands for
        for ref in self.article.references:
            block = blocks.get(ref.block or "")
            ref = ref if ref.csl or block is None else _parsed(ref, self.article.quote(block), block, above)
            self._add(ref, self._match_library(ref.csl, self._printed(ref)))
            above = ref.csl or above
        stated = {ref.block for ref in self.article.references}
        above = {}
        for block in self.article.blocks:
            if block.kind == "reference" and block.id not in stated:
                raw = self.article.quote(block)
                parsed = parse_below(raw, above)
                self.state(parsed, parsed.csl, raw, block, 0, block.n)
                above = parsed.csl or above
        for ref in self.references.values():
            if ref.label:
                self._by_label.setdefault(ref.label, []).append(ref.id)

    def _add(self, ref: Reference, found: Match) -> Reference:
        """Take a reference in with its key: that of the library where it is surely meant, else one of its own."""
        if found.status == "linked" and found.key is not None:
            ref = msgspec.structs.replace(
                ref, key=found.key, status="linked", score=found.score, candidates=found.candidates
            )
            self._by_key.setdefault(found.key, ref.id)
        elif ref.csl:
            key = self._keys.keep(ref.key) if ref.key else self._keys.make(ref.csl)
            status = "ambiguous" if found.status == "ambiguous" else "new"
            ref = msgspec.structs.replace(ref, key=key, status=status, candidates=found.candidates)
        else:
            ref = msgspec.structs.replace(ref, status="unparsed")
        self.references[ref.id] = ref
        head = head_of(ref.id, ref.csl, "" if self._is_note(ref) else self._printed(ref))
        head = head._replace(leads=head.leads | self._also_called(head.leads))
        self.heads.add(head)
        self._leads[ref.id] = head.leads
        self._files.setdefault(file_key(ref.csl), []).append(ref.id)
        printed = printed_title(self._printed(ref)) if ref.block in self._entries else ""
        self.shelf.add(head, str(ref.csl.get("title") or printed))
        if ref.status == "ambiguous":
            shown = ", ".join(c.key or "" for c in found.candidates[:3])
            if len(found.candidates) > 1:
                self.problem("reference-ambiguous", f"several entries of your library fit: {shown}", ref)
            else:
                hint = "compare the two; a DOI, or the same title, year and publisher in both, makes it sure"
                self.problem(
                    "reference-ambiguous", f"fits an entry of your library, but not surely: {shown}", ref, hint=hint
                )
        elif ref.status == "unparsed":
            message = "this reference could not be cut into its fields; it is kept as it stands"
            hint = "add it to your .bib, or write it in the form of the others"
            self.problem("reference-unparsed", message, ref, hint=hint)
        return ref

    def _match_library(self, item: CslItem, raw: str) -> Match:
        if self.library is None or not item:
            return Match("none", None, 0.0, (), "no library was given")
        return match(item, self.library.lookup, raw=raw or None)

    def _also_called(self, leads: frozenset[str]) -> frozenset[str]:
        """The letters that the article gives to a body, and the body that it gives letters to."""
        return frozenset(other for pair in self._letters for name, other in (pair, pair[::-1]) if name in leads)

    def _is_note(self, ref: Reference) -> bool:
        """Whether a note states a work with names and date: what stands first in it is no head of an author-date list."""
        people = ref.csl.get("author") or ref.csl.get("editor")
        return ref.block not in self._entries and bool(people and ref.csl.get("issued"))

    def _printed(self, ref: Reference) -> str:
        return "" if ref.start is None or ref.end is None else self.article.text[ref.start : ref.end]


def _parsed(ref: Reference, raw: str, block: Block, above: CslItem) -> Reference:
    """An entry that a reader found and tied to its citations, with the fields that its words say."""
    parsed = parse_below(raw, above)
    spans = tuple(FieldSpan(s.start + block.start, s.end + block.start, s.label, s.confidence) for s in parsed.spans)
    return msgspec.structs.replace(ref, csl=parsed.csl, spans=spans)
