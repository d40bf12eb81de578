"""A note's text cut into what it states: sources, back-references, and remarks that may name a source on their way."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from bibliography.backrefs import is_locator, read_idem
from bibliography.parse.footnote import parse_note
from schemas.records import CslItem, FieldSpan

_HIS = re.compile(
    r"""\b(?:his|her|their|seine[mnr]?|ihre[mnr]?|son|sa|suo|sua|его|её|ее)\s
        (?:(?:later|earlier|own|other|recent|classic|book|article|study|essay|monograph|frühere[mnr]?|spätere[mnr]?)\s){0,3}
        (?P<title>[“«]?[^\W\d_a-zа-яё][^.;:()]{3,160}?\s\([^()]{3,60}(?:1[4-9]|20)\d\d\))""",
    re.VERBOSE,
)
_PAGE = re.compile(r",\s(?:pp?\.\s)?\d{1,4}(?:[–-]\d{1,4})?")


class Statement(NamedTuple):
    """A stretch of a note: its span, its kind, the fields read from it, and where it goes on behind idem (else 0)."""

    start: int
    end: int
    kind: Literal["source", "backref", "remark"]
    csl: CslItem
    spans: tuple[FieldSpan, ...] = ()
    idem: int = 0


def cut_statements(raw: str) -> list[Statement]:
    """The statements of a note in order. Idem and the title behind it are one.

    >>> [(s.kind, s.idem) for s in cut_statements("Carr, Socialism, 5; idem, Foundations (London: Macmillan, 1969), 7.")]
    [('source', 0), ('source', 6)]
    """
    note = parse_note(raw)
    found = [Statement(ref.start, ref.end, "source", ref.csl, ref.spans) for ref in note.references]
    found += [Statement(back.start, back.end, "backref", {}) for back in note.backrefs]
    for part in note.parts:
        if part.label == "comment":
            found += _of_his(raw, part.start, part.end)
    joined: list[Statement] = []
    for statement in sorted(found):
        last = joined[-1] if joined else None
        idem = read_idem(raw[last.start : statement.end]) if last is not None and last.kind == "backref" else 0
        if last is not None and idem and last.start + idem == statement.start:
            joined[-1] = statement._replace(start=last.start, kind="source", idem=idem)
            continue
        if last is not None and last.kind == "backref" and is_locator(raw[last.end : statement.end]):
            joined[-1] = last._replace(end=statement.end)  # "wie Anm. 4" and "S. 45"
            continue
        if last is not None and statement.kind == "remark" and last.kind == "source" and _is_page(raw, last, statement):
            joined[-1] = last._replace(end=statement.end)  # "(Bristol, 1931)" and "vol. 1, p. 4"
            continue
        idem = read_idem(raw[statement.start : statement.end]) if statement.kind != "backref" else 0
        joined.append(statement._replace(kind="source", idem=idem) if idem else statement)
    return joined


def _of_his(raw: str, start: int, end: int) -> list[Statement]:
    """A remark, and the source in it that leaves its author to a word: "see his later Horses and Towpaths (Leeds, 1948), 12"."""
    his = _HIS.search(raw, start, end)
    if his is None or not any(map(str.isalpha, raw[start : his.start()])):
        return [Statement(start, end, "remark", {})]
    stop = his.end()
    if page := _PAGE.match(raw, stop, end):
        stop = page.end()
    source = Statement(his.start(), stop, "source", {}, (), his.start("title") - his.start())
    rest = [Statement(stop + 1, end, "remark", {})] if any(map(str.isalpha, raw[stop:end])) else []
    return [Statement(start, his.start(), "remark", {}), source, *rest]


def _is_page(raw: str, last: Statement, statement: Statement) -> bool:
    """Whether a remark is only the place that the source right before it is cited for."""
    between = raw[last.end : statement.start]
    return between.strip() == "," and is_locator(raw[last.end : statement.end])
