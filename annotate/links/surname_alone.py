"""A surname alone: "Page, 88", "cf. Sutton", "as Sutton argues". Which works it may call, and with what chance.

What the notes have cited so far goes first, then the article's own list, then the user's library. The list holds what the
article cites; a library may hold another book by a namesake, and not the one that is meant.
"""

from __future__ import annotations

import re

from annotate.annotators.citations.surnames import names_before
from annotate.links.pen import NotePen
from annotate.links.statements import Statement
from bibliography.mentions import says
from bibliography.names import fold_name
from schemas.records import Reference

CITED, LISTED = 0.97, 0.95
# How much likelier it is that the one entry under a surname is the work meant than that it is a namesake's: measured on
# the queries of benchmarks/surnames.py, the least over libraries of 30 to 10,000 entries of one field.
_LIKELIER = 1.2
_ENOUGH = 0.91  # as for matching
_NAME = re.compile(r"[^\W\d_][\w’'‐-]*")
_ALONE = re.compile(
    r"(?:[^\W\d_]{1,2}\.\s?){0,3}(?:[^\W\d_a-z][\w’'‐-]+)(?:\s(?:and|und|et|&|и|e|y)\s[^\W\d_a-z][\w’'‐-]+)?[\s.]*"
)


def works_by(pen: NotePen, names: str) -> list[Reference]:
    """The works cited so far by the people of "Carr and Davies", "Карр Э.", "E. H. Carr"."""
    if not names:
        return []
    for written in (names, names + "."):  # the stop of an initial at the end
        for read in names_before(written, len(written), 0, pen.history.knows):
            if works := pen.history.works_by(read.surnames, read.given):
                return works
    return []


def listed(pen: NotePen, names: str) -> list[Reference]:
    """The entries of the article's own list under a name that no note has cited so far."""
    heads = pen.register.heads.by_lead(fold_name(names.strip(" ,."))) if names else ()
    return [ref for head in heads if (ref := pen.register.references[head.key]).block is not None]


def in_library(pen: NotePen, names: str) -> tuple[str, float] | None:
    """The key of the only entry of the library by anyone of that name, and the chance that it is meant; None where too low.

    The chance rises with the share of the works cited so far that the library holds.
    """
    library = pen.register.library
    keys = library.heads.named(fold_name(names.strip(" ,."))) if library is not None and names else ()
    if len(keys) != 1:
        return None
    held, cited = pen.history.held()
    share = (held + 1) / (cited + 2)
    chance = share * _LIKELIER / (share * _LIKELIER + 1 - share)
    return (keys[0], round(chance, 4)) if chance >= _ENOUGH else None


def read_surname(pen: NotePen, statement: Statement) -> bool:
    """Link "cf. Sutton" and "as Sutton argues" to the one work by that name that was cited or is listed; whether one was cited.

    A name that says nothing by itself and has several works, or one that the note has cited already, is left.
    """
    text = pen.place.text[statement.start : statement.end]
    if _ALONE.fullmatch(text):
        return _link_name(pen, statement, 0, len(text.rstrip(" .")), alone=True)
    cited = False
    for name in _NAME.finditer(text) if statement.kind == "remark" else ():
        if name.group()[0].isupper() and says(text, name.end()):
            cited |= _link_name(pen, statement, *name.span(), alone=False)
    return cited


def _link_name(pen: NotePen, statement: Statement, low: int, high: int, *, alone: bool) -> bool:
    name = pen.place.text[statement.start + low : statement.start + high]
    before = works_by(pen, name)
    works = before or listed(pen, name)
    here = {target.reference for cite in pen.history.here for target in cite.targets}
    if not works or (not alone and (len(works) > 1 or works[0].id in here)):
        return False
    cite = pen.cite("short" if alone else "narrative", statement.start + low, statement.start + high, None)
    if len(works) > 1:
        pen.refuse(
            cite, f"{len(works)} works by {name} cited before", pen.candidates([ref.id for ref in works], "author")
        )
        return True
    score, why = (CITED, "was cited before") if before else (LISTED, "the reference list has")
    pen.link(cite, pen.register.target(works[0].id, score, f"the only work by {name} that {why}"))
    return True
