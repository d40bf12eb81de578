"""From citations to sources: what the notes and the reference list state, and which entry of the library is meant.

A source is linked only when exactly one entry clears the threshold and the margin (bibliography.match decides); else
the candidates are kept and a Problem says so. Every marker, citation and reference ends somewhere (law 5).
"""

from __future__ import annotations

import msgspec

from annotate.annotators.citations import find_numeric_citations
from annotate.libraries import UserLibrary
from bibliography.backrefs import is_ibid, is_short_title, read_short, split_locator, split_note
from bibliography.keys import make_key
from bibliography.match import LibraryIndex, Match, match, match_name
from bibliography.mentions import find_mentions
from bibliography.names import fold_name
from bibliography.parse import ParsedReference, parse_reference
from schemas.ids import Ids
from schemas.records import Article, Block, Candidate, Citation, CslItem, FieldSpan, Note, Problem, Reference, Target

_MENTION_BLOCKS = frozenset({"abstract", "paragraph", "list-item", "quote"})
_NOTE_BLOCK = "note"


def link_sources(article: Article, library: UserLibrary | None) -> Article:
    """The article with its references, its citations and the Problems of those that could not be linked."""
    linker = _Linker(article, library)
    for block in article.blocks:
        if block.kind == "reference":
            linker.read_reference(block)
    linker.close_list()
    for note in article.notes:
        linker.read_note(note)
    for block in article.blocks:
        if block.kind in _MENTION_BLOCKS:
            linker.read_numbers(block)
            linker.read_mentions(block)
    citations = [*(linker.link_numbered(cite) for cite in article.citations), *linker.citations]
    order = {block.id: block.start for block in article.blocks}
    return msgspec.structs.replace(
        article,
        references=tuple(
            sorted(linker.references.values(), key=lambda ref: (order.get(ref.block or "", 1 << 62), ref.id))
        ),
        citations=tuple(sorted(citations, key=lambda cite: (cite.start, cite.end, cite.id))),
        problems=article.problems + (library.problems if library else ()) + tuple(linker.problems),
    )


class _Linker:
    """One pass over an article in text order; holds the references found so far and what the last note cited."""

    def __init__(self, article: Article, library: UserLibrary | None) -> None:
        self.article = article
        self.library = library
        self.references: dict[str, Reference] = {}
        self.citations: list[Citation] = []
        self.problems: list[Problem] = []
        self._blocks = {block.id: block for block in article.blocks}
        self._own = LibraryIndex(())
        self._by_label: dict[str, list[str]] = {}
        self._by_key: dict[str, str] = {}
        self._keys = set(library.keys) if library else set()
        self._last: list[Target] | None = None  # what the note before cited; None: nothing that can be repeated
        self._ref_ids, self._cite_ids, self._problem_ids = Ids("r"), Ids("ci"), Ids("p")

    def read_reference(self, block: Block) -> None:
        """One entry of the reference list becomes a Reference."""
        raw = self.article.quote(block)
        parsed = parse_reference(raw)
        ref = self._new_reference(parsed, parsed.csl, raw, block, 0, label=block.n)
        if not parsed.csl:
            self._unparsed(ref)
        if block.n:
            self._by_label.setdefault(block.n, []).append(ref.id)

    def close_list(self) -> None:
        """The reference list is complete: notes are matched against it."""
        self._own = LibraryIndex([(ref.id, ref.csl) for ref in self.references.values() if ref.csl])

    def read_note(self, note: Note) -> None:
        """What one note cites, as Citations; a note that cites nothing we can read leaves nothing behind but itself."""
        found: list[Target] | None = None
        for block in (self._blocks[i] for i in note.blocks):
            raw = self.article.quote(block)
            if is_ibid(raw):
                found = self._read_ibid(note, block, raw)
                continue
            for start, end in split_note(raw):
                part = raw[start:end]
                read = self._read_short(note, block, part, start) or self._read_full(note, block, part, start)
                found = [*(found or ()), *read] if read else found
        self._last = found

    def read_numbers(self, block: Block) -> None:
        """Bracketed numbers of the reference list ("[3–5, 8]")."""
        for found in find_numeric_citations(self.article.quote(block), self._by_label):
            label = ", ".join(found.labels)
            cite = self._cite(
                "numeric", label, block.start + found.start, block.start + found.end, locator=found.locator
            )
            ids = [i for name in found.labels for i in self._by_label[name]]
            if len(ids) == len(found.labels):
                targets = tuple(self._numbered(i, name) for i, name in zip(ids, found.labels, strict=True))
                self.citations.append(msgspec.structs.replace(cite, targets=targets, status="linked"))
            else:
                self.citations.append(msgspec.structs.replace(cite, status="ambiguous"))
                self._problem(
                    "citation-unresolved", f"citation {label}: several references have one of its numbers", cite
                )

    def read_mentions(self, block: Block) -> None:
        """Authors of the library that the running text names ("A.C. Sutton enumerated ...")."""
        indexes = [self.library.lookup, self._own] if self.library else [self._own]
        seen: set[tuple[int, int]] = set()
        for index in indexes:
            for start, end, family, given, year in find_mentions(self.article.quote(block), index):
                span = (block.start + start, block.start + end)
                if span not in seen:
                    seen.add(span)
                    self._cite_mention(span, match_name(given, family, index, year=year), own=index is self._own)

    def link_numbered(self, cite: Citation) -> Citation:
        """A superscript or bracketed number goes to the reference with that number, when there is exactly one."""
        ids = self._by_label.get(cite.label, [])
        if len(ids) == 1:
            return msgspec.structs.replace(cite, targets=(self._numbered(ids[0], cite.label),), status="linked")
        candidates = tuple(Candidate(None, 0.0, f"number {cite.label}", i) for i in ids)
        cite = msgspec.structs.replace(cite, candidates=candidates, status="ambiguous" if ids else "unresolved")
        what = f"{len(ids)} references have this number" if ids else "no reference has this number"
        self._problem("citation-unresolved", f"citation {cite.label}: {what}", cite)
        return cite

    def _numbered(self, reference: str, label: str) -> Target:
        ref = self.references[reference]
        key = ref.key if ref.status == "linked" else None
        return Target(ref.id, key, 1.0, f"number {label} of the reference list")

    def _read_short(self, note: Note, block: Block, raw: str, offset: int) -> list[Target] | None:
        """ "Sayers, The Bank of England, 390" goes to the one work of Sayers that was cited before under this title."""
        short = read_short(raw)
        if short is None:
            return None
        family, title, locator = short
        name = fold_name(family)
        fitting = [
            ref
            for ref in self.references.values()
            if name in _surnames(ref.csl) and is_short_title(title, str(ref.csl.get("title", "")))
        ]
        if len(fitting) != 1:
            return None
        ref = fitting[0]
        key = ref.key if ref.status == "linked" else None
        target = Target(ref.id, key, ref.score or 1.0, f"short form of {ref.key or ref.id}, cited before")
        span = (block.start + offset, block.start + offset + len(raw))
        cite = self._cite("short", note.label, *span, note=note.id, locator=locator)
        self.citations.append(msgspec.structs.replace(cite, targets=(target,), status="linked"))
        return [target]

    def _read_full(self, note: Note, block: Block, raw: str, offset: int) -> list[Target] | None:
        parsed = parse_reference(raw)
        if not _is_work(parsed.csl):
            return None
        statement = raw[parsed.start : parsed.end]
        _, locator = split_locator(statement)
        item = _without_locator(parsed.csl, locator)
        if locator is not None and item.get("page") == locator:
            locator = None  # the pages of the whole article, not those of the claim
        start, end = block.start + offset, block.start + offset + parsed.end
        own = match(item, self._own)
        if own.status == "linked" and own.key is not None:
            ref, why, score = self.references[own.key], "the reference list: " + own.why, own.score
        else:
            ref = self._known_or_new(parsed, item, raw, block, offset)
            why, score = self._why(ref), ref.score if ref.score is not None else 1.0
        target = Target(ref.id, ref.key if ref.status == "linked" else None, score, why)
        cite = self._cite("full", note.label, start, end, note=note.id, locator=locator)
        self.citations.append(msgspec.structs.replace(cite, targets=(target,), status="linked"))
        return [target]

    def _read_ibid(self, note: Note, block: Block, raw: str) -> list[Target] | None:
        _, locator = split_locator(raw)
        cite = self._cite("ibid", note.label, block.start, block.end, note=note.id, locator=locator)
        if self._last is not None and len(self._last) == 1:
            last = self._last[0]
            target = Target(last.reference, last.key, last.score, "ibid.: the source of the note before")
            self.citations.append(msgspec.structs.replace(cite, targets=(target,), status="linked"))
            return [target]
        self.citations.append(cite)
        what = "cites several sources" if self._last else "cites no source that could be read"
        self._problem("ibid-unresolved", f"note {note.label}: ibid., but the note before it {what}", cite)
        return None

    def _known_or_new(self, parsed: ParsedReference, item: CslItem, raw: str, block: Block, offset: int) -> Reference:
        """The article's reference for this work, if an earlier note stated it already; else a new one."""
        names = _surnames(item)
        same_author = [ref for ref in self.references.values() if names & _surnames(ref.csl)]
        earlier = LibraryIndex([(ref.id, ref.csl) for ref in same_author])
        again = match(item, earlier)
        if again.status == "linked" and again.key is not None:
            return self.references[again.key]
        return self._new_reference(parsed, item, raw, block, offset, label=None)

    def _new_reference(
        self, parsed: ParsedReference, item: CslItem, raw: str, block: Block, offset: int, *, label: str | None
    ) -> Reference:
        found = self._match_library(item)
        if found.status == "linked" and found.key is not None and found.key in self._by_key:
            return self.references[self._by_key[found.key]]
        base = block.start + offset
        linked = found.status == "linked"
        key = found.key if linked else self._make_key(item)
        status = "linked" if linked else "ambiguous" if found.status == "ambiguous" else "new"
        ref = Reference(
            id=self._ref_ids.make(raw),
            label=label,
            block=block.id,
            start=base + parsed.start,
            end=base + parsed.end,
            spans=tuple(FieldSpan(s.start + base, s.end + base, s.label, s.confidence) for s in parsed.spans),
            csl=item,
            key=key,
            status=status if item else "unparsed",  # type: ignore[arg-type]
            score=found.score if linked else None,
            candidates=found.candidates,
        )
        self.references[ref.id] = ref
        if linked and key is not None:
            self._by_key[key] = ref.id
        if ref.status == "ambiguous":
            shown = ", ".join(c.key or "" for c in found.candidates[:3])
            self._problem("reference-ambiguous", f"several entries of your library fit: {shown}", ref)
        return ref

    def _cite_mention(self, span: tuple[int, int], found: Match, *, own: bool) -> None:
        name = " ".join(self.article.text[span[0] : span[1]].split())
        cite = self._cite("narrative", name, *span)
        if found.status == "linked" and found.key is not None:
            if own:
                ref = self.references[found.key]
                target = Target(ref.id, ref.key if ref.status == "linked" else None, found.score, found.why)
            else:
                target = Target(self._library_reference(found.key, found.score).id, found.key, found.score, found.why)
            self.citations.append(msgspec.structs.replace(cite, targets=(target,), status="linked"))
            return
        if found.status == "ambiguous":
            cite = msgspec.structs.replace(cite, candidates=found.candidates, status="ambiguous")
            self.citations.append(cite)
            shown = ", ".join(c.key or c.reference or "" for c in found.candidates[:3])
            self._problem("citation-ambiguous", f"{name}: several works fit ({shown})", cite)

    def _library_reference(self, key: str, score: float) -> Reference:
        """The article's reference for an entry of the user's library that only a mention names."""
        if key in self._by_key:
            return self.references[self._by_key[key]]
        if self.library is None:
            raise ValueError("a library entry without a library")
        ref = Reference(
            id=self._ref_ids.make(key),
            label=None,
            block=None,
            start=None,
            end=None,
            csl=self.library.items[key],
            key=key,
            status="linked",
            score=score,
        )
        self.references[ref.id] = ref
        self._by_key[key] = ref.id
        return ref

    def _match_library(self, item: CslItem) -> Match:
        if self.library is None or not item:
            return Match(status="none", key=None, score=0.0, candidates=(), why="no library was given")
        return match(item, self.library.lookup)

    def _make_key(self, item: CslItem) -> str | None:
        if not item:
            return None
        key = make_key(item, self._keys)
        self._keys.add(key)
        return key

    def _why(self, ref: Reference) -> str:
        if ref.status == "linked":
            return f"matched to {ref.key} in your library"
        return "stated in this note; " + ("not in your library" if self.library else "no library was given")

    def _cite(
        self, kind: str, label: str, start: int, end: int, *, note: str | None = None, locator: str | None = None
    ) -> Citation:
        quote = self.article.text[start:end]
        identifier = self._cite_ids.make(f"{kind}|{note}|{quote}")
        return Citation(identifier, kind, label, start, end, note=note, locator=locator)  # type: ignore[arg-type]

    def _unparsed(self, ref: Reference) -> None:
        self._problem(
            "reference-unparsed",
            "this reference could not be cut into its fields; it is kept as it stands",
            ref,
            hint="add it to your .bib, or write it in the form of the others",
        )

    def _problem(self, code: str, message: str, about: Citation | Reference, *, hint: str = "") -> None:
        self.problems.append(
            Problem(
                id=self._problem_ids.make(f"{code}|{about.id}"),
                code=code,
                severity="warning",
                message=message,
                about=(about.id,),
                start=about.start,
                end=about.end,
                hint=hint or "name the source in the text or in your library so that only one fits",
            )
        )


def _without_locator(item: CslItem, locator: str | None) -> CslItem:
    """A book's "page" in a note is where the claim stands, not a property of the book: it belongs to the citation."""
    if locator is None or item.get("container-title") or "page" not in item:
        return item
    return {name: value for name, value in item.items() if name != "page"}


def _surnames(item: CslItem) -> set[str]:
    people = [*(item.get("author") or ()), *(item.get("editor") or ())]
    return {fold_name(person.get("family") or person.get("literal") or "") for person in people} - {""}


def _is_work(item: CslItem) -> bool:
    """Whether a note's statement was read well enough to be a source: who, what and when. An archive's shelfmark is not."""
    return bool((item.get("author") or item.get("editor")) and item.get("title") and item.get("issued"))
