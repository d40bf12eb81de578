"""Notes that state their sources, full, short or by ibid.: one pass in the order of the notes."""

from __future__ import annotations

from annotate.links.register import Register
from bibliography.backrefs import is_ibid, is_short_title, read_short, split_locator, split_note
from bibliography.match import LibraryIndex, match
from bibliography.names import fold_name
from bibliography.parse import ParsedReference, parse_reference
from schemas.records import Block, CslItem, Note, Reference, Target


def link_notes(register: Register) -> None:
    """What the notes cite; a note that cites nothing we can read leaves nothing behind but itself."""
    reader = _Notes(register)
    for note in register.article.notes:
        reader.read(note)


class _Notes:
    """The pass over the notes; holds what the note before cited."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._blocks = {block.id: block for block in register.article.blocks}
        self._last: list[Target] | None = None  # None: nothing that can be repeated

    def read(self, note: Note) -> None:
        """The citations of one note."""
        found: list[Target] | None = None
        for block in (self._blocks[i] for i in note.blocks):
            raw = self.register.article.quote(block)
            if is_ibid(raw):
                found = self._read_ibid(note, block, raw)
                continue
            for start, end in split_note(raw):
                if not self.register.is_free(block, block.start + start, block.start + end):
                    continue
                part = raw[start:end]
                read = self._read_short(note, block, part, start) or self._read_full(note, block, part, start)
                found = [*(found or ()), *read] if read else found
        self._last = found

    def _read_short(self, note: Note, block: Block, raw: str, offset: int) -> list[Target] | None:
        """ "Sayers, The Bank of England, 390" goes to the one work of Sayers that was cited before under this title."""
        short = read_short(raw)
        if short is None:
            return None
        family, title, locator = short
        name = fold_name(family)
        fitting = [
            ref
            for ref in self.register.references.values()
            if name in _surnames(ref.csl) and is_short_title(title, str(ref.csl.get("title", "")))
        ]
        if len(fitting) != 1:
            return None
        ref = fitting[0]
        target = self.register.target(ref.id, ref.score or 1.0, f"short form of {ref.key or ref.id}, cited before")
        span = (block.start + offset, block.start + offset + len(raw))
        self.register.link(self.register.cite("short", note.label, *span, note=note.id, locator=locator), [target])
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
        own = match(item, self.register.own, raw=statement)
        if own.status == "linked" and own.key is not None:
            ref, why, score = self.register.references[own.key], "the reference list: " + own.why, own.score
        else:
            ref = self._known_or_new(parsed, item, raw, block, offset)
            why, score = self._why(ref), ref.score if ref.score is not None else 1.0
        target = self.register.target(ref.id, score, why)
        self.register.link(self.register.cite("full", note.label, start, end, note=note.id, locator=locator), [target])
        return [target]

    def _read_ibid(self, note: Note, block: Block, raw: str) -> list[Target] | None:
        _, locator = split_locator(raw)
        cite = self.register.cite("ibid", note.label, block.start, block.end, note=note.id, locator=locator)
        if self._last is not None and len(self._last) == 1:
            last = self._last[0]
            target = Target(last.reference, last.key, last.score, "ibid.: the source of the note before")
            self.register.link(cite, [target])
            return [target]
        what = "cites several sources" if self._last else "cites no source that could be read"
        message = f"note {note.label}: ibid., but the note before it {what}"
        self.register.refuse(cite, message, code="ibid-unresolved")
        return None

    def _known_or_new(self, parsed: ParsedReference, item: CslItem, raw: str, block: Block, offset: int) -> Reference:
        """The article's reference for this work, if an earlier note stated it already; else a new one."""
        names = _surnames(item)
        same_author = [ref for ref in self.register.references.values() if names & _surnames(ref.csl)]
        earlier = LibraryIndex([(ref.id, ref.csl) for ref in same_author])
        again = match(item, earlier, raw=raw[parsed.start : parsed.end])
        if again.status == "linked" and again.key is not None:
            return self.register.references[again.key]
        return self.register.state(parsed, item, raw, block, offset, None)

    def _why(self, ref: Reference) -> str:
        if ref.status == "linked":
            return f"matched to {ref.key} in your library"
        return "stated in this note; " + ("not in your library" if self.register.library else "no library was given")


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
