"""Notes that state their sources: in full, short, or by what an earlier note cited. One pass in the order of the notes.

Each statement of a note is asked in turn whether it is a back-reference, names a work that is known (from the article's
list, an earlier note, the user's library), or states a new one. A refusal keeps its reason: ibid. after a note with several
sources, op. cit. of an author with two works, a short title that two works have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.links.backward import link_number, read_alias, read_back, read_inside
from annotate.links.dated import read_dated
from annotate.links.history import History
from annotate.links.named import read_namings, read_title
from annotate.links.pen import NotePen
from annotate.links.places import Place
from annotate.links.register import Register
from annotate.links.stated import find_host_back, link_stated, names_source
from annotate.links.statements import Statement, cut_statements
from annotate.links.surname_alone import read_surname
from bibliography.backrefs import read_alias as find_alias
from bibliography.backrefs import read_backref
from bibliography.names import fold_name
from schemas.records import Citation

_CAPITAL = re.compile(r"[^\W\d_a-z][\w’'‐-]+")
_HINT = re.compile(r"\d|(?i:\b(?:see|cf|vgl|siehe|voir|cfr|véase|см|ср|archives?|archiv|архив|papers|MSS?)\b)")
_COLON = re.compile(r":\s+(?=[^\W\d_a-z])")
_JOINT = re.compile(r"[\s.,;:)]*(?:(?:and|und|et|sowie|e|y|и)\s+)?")


def link_notes(register: Register, places: list[Place]) -> History:
    """What the notes cite, told for those that point to them; a note that cites nothing leaves nothing but itself."""
    history = History()
    by_note: dict[str, list[Place]] = {}
    for place in places:
        if place.note is not None:
            by_note.setdefault(place.note, []).append(place)
    found: dict[str, list[Citation]] = {}  # by the forms before this one
    for cite in register.citations:
        if cite.note is not None:
            found.setdefault(cite.note, []).append(cite)
    for note in register.article.notes:
        known = sorted(found.get(note.id, ()), key=lambda cite: cite.start)
        for place in by_note.get(note.id, ()):
            _read_block(NotePen(register, history, note, place), known)
        while known:
            _recall(register, history, known.pop(0))
        history.close(note, remark=_only_remarks(history, by_note.get(note.id, ())))
    history.complete = True
    for pen, cite, back in history.ahead:
        link_number(pen, cite, back)
    return history


def _read_block(pen: NotePen, known: list[Citation]) -> None:
    """The statements of a block, those citations that other forms found there in their turn."""
    for statement in cut_statements(pen.place.text):
        start, end = pen.place.block.start + statement.start, pen.place.block.start + statement.end
        while known and known[0].start < end:
            _recall(pen.register, pen.history, known.pop(0))
        if pen.register.is_free(pen.place.block, start, end):
            _read(pen, statement)
    if (alias := find_alias(pen.place.text)) and pen.history.here:
        for target in pen.history.here[-1].targets:
            pen.history.name(alias, target.reference or "")


def _read(pen: NotePen, statement: Statement) -> None:
    raw = pen.place.text[statement.start : statement.end]
    back = None if statement.idem else read_backref(raw)
    if back is not None and read_back(pen, statement, back):
        rest = statement.start + back.end + _joint(raw, back.end)
        if any(map(str.isalpha, pen.place.text[rest : statement.end])):
            _read(pen, Statement(rest, statement.end, "remark", {}))
        return
    if any(read(pen, statement) for read in (read_alias, read_dated, read_namings, read_title)):
        return
    hosted = statement.kind == "source" and find_host_back(raw) and pen.history.repeatable()[0]
    if not hosted and read_inside(pen, statement):
        return
    if read_surname(pen, statement) or statement.kind == "remark":
        return
    last = pen.history.latest() if statement.idem else pen.history.repeatable()[0]
    ref, why, locator = link_stated(pen.register, pen.place, statement, last)
    if ref is None and _read_behind_colon(pen, statement, raw):
        return
    if ref is not None:
        cite = pen.cite("full", statement.start, statement.end, locator)
        pen.link(cite, pen.register.target(ref.id, ref.score if ref.score is not None else 1.0, why))
    elif names_source(raw):
        pen.refuse(pen.cite("full", statement.start, statement.end, locator), why)


def _read_behind_colon(pen: NotePen, statement: Statement, raw: str) -> bool:
    """Link "Not before 1860: Tate, 44", where prose and a colon stand before a back-reference; whether there was one."""
    for colon in _COLON.finditer(raw):
        back = read_backref(raw[colon.end() :])
        if back is not None:
            rest = Statement(statement.start + colon.end(), statement.end, "backref", {})
            return read_back(pen, rest, back)
    return False


def _joint(raw: str, at: int) -> int:
    """The length of what parts a back-reference from what follows it: ". ", ": ", " and "."""
    found = _JOINT.match(raw, at)
    return len(found.group()) if found else 0


def _only_remarks(history: History, places: Sequence[Place]) -> bool:
    """Whether a note that cites nothing can hide no source either: no figure, no author cited so far, no archive."""
    texts = [place.text for place in places]
    words = {fold_name(word) for text in texts for word in _CAPITAL.findall(text)}
    return bool(texts) and not any(map(_HINT.search, texts)) and not any(map(history.knows, words))


def _recall(register: Register, history: History, cite: Citation) -> None:
    """A citation that another form found in this note counts for what ibid. repeats."""
    history.cite(cite, [register.named(target.reference) for target in cite.targets if target.reference])
