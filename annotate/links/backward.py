"""Back-references of notes to the one source that they repeat, or the reason why it is not known for sure."""

from __future__ import annotations

from annotate.annotators.citations.surnames import names_before
from annotate.links.pen import NotePen
from annotate.links.statements import Statement
from bibliography.backrefs import Backref, find_backrefs, find_note_numbers, split_locator
from bibliography.names import fold_name
from bibliography.pinpoints import contradiction, is_shelfmark, volume_of
from schemas.records import Citation, CitationKind, Reference, Target

_KINDS: dict[str, CitationKind] = {
    "ibid": "ibid",
    "op-cit": "op-cit",
    "author": "short",
    "cross-reference": "cross-reference",
}


def read_back(pen: NotePen, statement: Statement, back: Backref) -> bool:
    """Link a back-reference; whether it was one: a name and a page are none where nothing by that author was cited."""
    if back.kind == "author" and (is_shelfmark(back.locator) or not _works_by(pen, back.names)):
        return False
    _link(pen, pen.cite(_KINDS[back.kind], statement.start, statement.start + back.end, back.locator), back)
    return True


def read_alias(pen: NotePen, statement: Statement, raw: str) -> bool:
    """Link a statement that begins with the name which an earlier note gave to its source; whether it did."""
    named = sorted(pen.history.named(raw))
    if not named:
        return False
    cite = pen.cite("short", statement.start, statement.end, split_locator(raw)[1])
    if len(named) == 1:
        pen.link(cite, pen.register.target(named[0], 0.99, "an earlier note gave it this name"))
    else:
        pen.refuse(cite, "earlier notes gave this name to several sources", pen.candidates(named, "short name"))
    return True


def read_inside(pen: NotePen, statement: Statement) -> bool:
    """Back-references on the way: "as Carr says, ibid., 12", "as argued in note 4 above"; whether there was one.

    A number of a note counts only where that note cites a source.
    """
    text = pen.place.text[statement.start : statement.end]
    found = [(at, at + back.end, back) for at, back in find_backrefs(text)]
    for start, end, number in find_note_numbers(text):
        if any(cite.targets for cite in pen.history.note(number) or ()):
            found.append((start, end, Backref("cross-reference", "", number, None, end - start)))
    for start, end, back in sorted(found):
        _link(pen, pen.cite(_KINDS[back.kind], statement.start + start, statement.start + end, back.locator), back)
    return bool(found)


def link_number(pen: NotePen, cite: Citation, back: Backref) -> None:
    """ "See note 4": what that note cites, by the author where one is named."""
    number = back.number or ""
    cited = pen.history.note(number)
    if cited is None and not pen.history.complete and pen.register.has_note(number):
        pen.history.ahead.append((pen, cite, back))  # a later note; asked again at the end
        return
    targets = {target.reference or "": target for one in cited or () for target in one.targets}
    if back.names and len(targets) > 1:
        authors = {ref.id for ref in _works_by(pen, back.names)}
        targets = {key: target for key, target in targets.items() if key in authors}
    if len(targets) == 1:
        target = next(iter(targets.values()))
        pen.link(cite, Target(target.reference, target.key, target.score, f"the source of note {number}"))
        return
    what = "cites several sources" if targets else "does not exist" if cited is None else "cites no source"
    pen.refuse(cite, f"it points to note {number}, which {what}", pen.candidates(list(targets), f"note {number}"))


def _link(pen: NotePen, cite: Citation, back: Backref) -> None:
    if back.kind == "ibid":
        _link_ibid(pen, cite)
    elif back.kind == "cross-reference":
        link_number(pen, cite, back)
    else:
        _link_author(pen, cite, back.names)


def _link_ibid(pen: NotePen, cite: Citation) -> None:
    """The source before it, unless the place that ibid. names cannot be one in it; then its other volume, if known."""
    target, why = pen.history.repeatable()
    reason = f"ibid., but {why}"
    if target is not None:
        ref = pen.register.references[target.reference or ""]
        before = contradiction(ref.csl, pen.history.last_locator())  # then the entry itself is wrong about its pages
        against = "" if before else contradiction(ref.csl, cite.locator)
        other = _other_volume(pen, ref, cite.locator or "") if against else None
        if not against or other is not None:
            found = target if other is None else pen.register.target(other.id, target.score, "")
            pen.link(cite, Target(found.reference, found.key, found.score, f"ibid.: {why}"))
            return
        reason = f"ibid., but {against}"
    candidates = pen.candidates(pen.history.repeated(), "cited just before")
    pen.refuse(cite, reason, candidates, code="ibid-unresolved")


def _other_volume(pen: NotePen, ref: Reference, locator: str) -> Reference | None:
    """The volume that "Там же. Т. 36" names, where the article has it under the same title."""
    title, volume = fold_name(str(ref.csl.get("title") or "")), volume_of(locator)
    found = [
        other
        for other in pen.register.references.values()
        if fold_name(str(other.csl.get("title") or "")) == title
        and volume_of(str(other.csl.get("volume") or ""), bare=True) == volume
    ]
    return found[0] if len(found) == 1 and title and volume else None


def _link_author(pen: NotePen, cite: Citation, names: str) -> None:
    """Op. cit., or a name and a page: the one work of the author that was cited so far and can have this place."""
    works = _works_by(pen, names)
    fitting = [ref.id for ref in works if not contradiction(ref.csl, cite.locator)]
    if len(fitting) == 1:
        pen.link(cite, pen.register.target(fitting[0], 0.97, f"the only work by {names} that was cited before"))
        return
    fitting = fitting or [ref.id for ref in works]
    message = f"{len(fitting) or 'no'} work{'s' if fitting else ''} by {names} cited before"
    if len(fitting) == 1:
        message = f"the work by {names} cited before does not fit: {contradiction(works[0].csl, cite.locator)}"
    pen.refuse(cite, message, pen.candidates(fitting, "author"))


def _works_by(pen: NotePen, names: str) -> list[Reference]:
    """The works cited so far by the people of "Carr and Davies", "Карр Э.", "E. H. Carr"."""
    if not names:
        return []
    for written in (names, names + "."):  # the stop of an initial at the end
        for read in names_before(written, len(written), 0, pen.history.knows):
            if works := pen.history.works_by(read.surnames, read.given):
                return works
    return []
