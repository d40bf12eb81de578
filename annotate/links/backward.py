"""Back-references of notes to the one source that they repeat, or the reason why it is not known for sure."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.annotators.citations.cross_references import find_cross_references, read_note_labels
from annotate.links.pen import NotePen
from annotate.links.statements import Statement
from annotate.links.surname_alone import CITED, LISTED, in_library, listed, works_by
from bibliography.backrefs import Backref, find_backrefs, split_locator
from bibliography.names import fold_name
from bibliography.namings import find_namings
from bibliography.parse import ParsedReference
from bibliography.pinpoints import contradiction, is_shelfmark, sibling_file, volume_of
from schemas.records import Citation, CitationKind, Reference, Target

_OVER_REMARKS = 0.9  # Chicago 18, 13.37 wants the note right before; authors look over a note that cites nothing
_KINDS: dict[str, CitationKind] = {
    "ibid": "ibid",
    "op-cit": "op-cit",
    "author": "short",
    "cross-reference": "cross-reference",
}


def read_back(pen: NotePen, statement: Statement, back: Backref) -> bool:
    """Link a back-reference; whether it was one: a name and a page are none where nothing by that author was cited."""
    if back.kind == "author" and (is_shelfmark(back.locator) or not _known(pen, back.names)):
        return False
    if back.bare and not any(pen.history.note(label) for label in read_note_labels(back.number or "")):
        return False
    _link(pen, pen.cite(_KINDS[back.kind], statement.start, statement.start + back.end, back.locator), back)
    return True


def read_alias(pen: NotePen, statement: Statement) -> bool:
    """Link a statement that begins with the name which an earlier note gave to its source; whether it did."""
    raw = pen.place.text[statement.start : statement.end]
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
    for pointer in find_cross_references(text, in_note=True):
        if any(cite.targets for label in pointer.labels for cite in pen.history.note(label) or ()):
            numbers = ", ".join(pointer.labels)
            back = Backref("cross-reference", "", numbers, None, pointer.end - pointer.start)
            found.append((pointer.start, pointer.end, back))
    for start, end, back in sorted(found):
        _link(pen, pen.cite(_KINDS[back.kind], statement.start + start, statement.start + end, back.locator), back)
    return bool(found)


def link_number(pen: NotePen, cite: Citation, back: Backref) -> None:
    """ "See note 4", "see notes 4–6": what these notes cite. With an author or a page one source is meant, else all."""
    labels = read_note_labels(back.number or "")
    unread = [label for label in labels if pen.history.note(label) is None]
    missing = [label for label in unread if not pen.register.has_note(label)]
    if unread and not missing and not pen.history.complete:
        pen.history.ahead.append((pen, cite, back))  # a later note; asked again at the end
        return
    found = {target.reference or "": target for label in labels for target in own_targets(pen.history.note(label))}
    if back.names and len(found) > 1:
        authors = {ref.id for ref in works_by(pen, back.names)}
        found = {key: target for key, target in found.items() if key in authors}
    where = f"note{'s' if len(labels) > 1 else ''} {', '.join(labels)}"
    if not missing and found and (len(found) == 1 or not (back.names or back.locator)):
        why = f"a source of {where}" if len(found) > 1 else f"the source of {where}"
        pen.link(cite, *(Target(t.reference, t.key, t.score, why) for t in found.values()))
        return
    what = "cites several sources" if found else "cites no source"
    where, what = (f"note {missing[0]}", "does not exist") if missing else (where, what)
    pen.refuse(cite, f"it points to {where}, which {what}", pen.candidates(list(found), where))


def own_targets(cited: Iterable[Citation] | None) -> list[Target]:
    """The sources that a note cites itself; those that it points to only where it does nothing else."""
    cited = list(cited or ())
    own = [
        cite for cite in cited if cite.kind != "cross-reference" or cite.locator
    ] or cited  # "Judd (n 2) 105" cites Judd
    return [target for cite in own for target in cite.targets]


def _link(pen: NotePen, cite: Citation, back: Backref) -> None:
    if back.kind == "ibid":
        _link_ibid(pen, cite)
    elif back.kind == "cross-reference":
        link_number(pen, cite, back)
    else:
        _link_author(pen, cite, back)


def _link_ibid(pen: NotePen, cite: Citation) -> None:
    """The source before it, unless the place that ibid. names cannot be one in it; then its other volume, if known."""
    target, why = pen.history.repeatable()
    reason = f"ibid., but {why}"
    if target is not None:
        ref = pen.register.references[target.reference or ""]
        before = contradiction(ref.csl, pen.history.last_locator())  # then the entry itself is wrong about its pages
        against = "" if before else contradiction(ref.csl, cite.locator)
        other = (_other_volume(pen, ref, cite.locator or "") or _other_file(pen, ref, cite)) if against else None
        if not against or other is not None:
            found = target if other is None else pen.register.target(other.id, target.score, "")
            score = min(found.score, _OVER_REMARKS) if pen.history.over_remarks else found.score
            pen.link(cite, Target(found.reference, found.key, score, f"ibid.: {why}"))
            return
        reason = f"ibid., but {against}"
    candidates = pen.candidates(pen.history.repeated(), "cited just before")
    pen.refuse(cite, reason, candidates, code="ibid-unresolved")


def _other_file(pen: NotePen, ref: Reference, cite: Citation) -> Reference | None:
    """The file beside the one before, which "ibid., d. 13" names by what is other in its shelfmark: a source of its own."""
    location = sibling_file(str(ref.csl.get("archive_location") or ""), cite.locator or "")
    if not location:
        return None
    item = {name: value for name, value in ref.csl.items() if name in ("type", "archive", "archive-place")}
    item["archive_location"] = location
    raw = pen.register.article.quote(cite)
    parsed = ParsedReference(raw, 0, len(raw))
    offset = cite.start - pen.place.block.start
    return pen.register.in_file(item) or pen.register.state(parsed, item, raw, pen.place.block, offset, None)


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


def _link_author(pen: NotePen, cite: Citation, back: Backref) -> None:
    """Op. cit., or a name and a page: the one work of the author that was cited so far and can have this place."""
    names = back.names
    works = works_by(pen, names) or _titled(pen, names) or listed(pen, names)
    if not works and (held := in_library(pen, names)):
        ref = pen.register.from_library(held[0], held[1])
        pen.link(cite, pen.register.target(ref.id, held[1], f"the only work by {names} in your library"))
        return
    if back.article and len(works) > 1:
        works = [ref for ref in works if ref.csl.get("container-title")] or works
    fitting = [ref.id for ref in works if not contradiction(ref.csl, cite.locator)]
    if len(fitting) == 1:
        before = pen.history.has_cited(fitting[0])
        why = "was cited before" if before else "the reference list has"
        score = CITED if before else LISTED
        pen.link(cite, pen.register.target(fitting[0], score, f"the only work by {names} that {why}"))
        return
    fitting = fitting or [ref.id for ref in works]
    message = f"{len(fitting) or 'no'} work{'s' if fitting else ''} by {names} cited before"
    if len(fitting) == 1:
        message = f"the work by {names} cited before does not fit: {contradiction(works[0].csl, cite.locator)}"
    pen.refuse(cite, message, pen.candidates(fitting, "author"))


def _known(pen: NotePen, names: str) -> bool:
    """Whether anything by that name was cited, is listed, or is surely meant in the library."""
    return bool(works_by(pen, names) or listed(pen, names) or in_library(pen, names))


def _titled(pen: NotePen, names: str) -> list[Reference]:
    """ "Rossi, Le saline, cit.": the works that a name with some words of a title means, if it is no name alone."""
    found = [naming for naming in find_namings(f"{names},", [pen.register.shelf]) if naming.end <= len(names)]
    return [pen.register.references[key] for key in found[0].keys] if len(found) == 1 else []
