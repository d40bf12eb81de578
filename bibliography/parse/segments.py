"""Where the statements of a footnote begin and end, and what each is, by rule.

>>> note = "Ibid., 18; Kotkin, Magnetic Mountain, 43."
>>> [(note[s.start:s.end], s.kind) for s in cut_note(note)]
[('Ibid., 18', 'ibid'), ('Kotkin, Magnetic Mountain, 43', 'reference')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bibliography.backref_words import ABOVE, ALSO, ART_CIT, BARE_NOTE, IBID, IBID_FIRST, IDEM, NOTE, OP_CIT, SEE
from bibliography.parse.embedded import find_embedded
from bibliography.parse.signals import Signal, find_signal, read_signal
from schemas.records import Relation

Kind = Literal["reference", "ibid", "op-cit", "cross-reference", "comment", "note-number"]


class Segment(NamedTuple):
    """One statement: its span, its kind, and the signal before it."""

    start: int
    end: int
    kind: Kind
    signal: tuple[int, int] | None = None
    relation: Relation = "supports"


class _Rest(NamedTuple):
    """A stretch of a note that is still to be read."""

    start: int
    end: int


_Pieces = list[Segment | _Rest]


_NUMBER = re.compile(r"\s*(?:\[\d{1,4}\]|(?P<bare>\d{1,4}|[*†‡§]{1,3})[.)]?)(?=\s+\S)(?!\s+(?:[a-zа-я]|\d|%))")
_LOCATOR = r"(?:[\s,.:;()–—\-‑/]|\d+(?:[rv]|ob|об|n\d+)?\b|\b[ivxlc]+\b|\b(?:pp?|pages?|S|Bl|fols?|f|ff|col|cols|no|nos|n|nn|note|vol|vols|t|Bd|box|folder|ll?|d|op|L|D|Op|F|С|с|Л|л|Д|д|Оп|Т|т|об|арк|at|and|и|et|und|e|bis|chap|ch|c|cc|r|v|ob|see also|l|sgg|passim|esp|tab|table|fig|fasc|b|k)\b\.?)"
_IBID = re.compile(
    rf"(?: {IBID} | {IBID_FIRST} | {IDEM} | loc\.?\s*cit(?=\.?\s*$) ) (?![\w-]) (?P<rest>\.? (?:\s* [,.:;(]? \s* {_LOCATOR})* )",
    re.VERBOSE | re.IGNORECASE,
)
_OP_CIT = re.compile(
    rf"(?<!\w)(?: {OP_CIT} | {ART_CIT} ) | \((?:{NOTE}|nn?)\s\d{{1,4}}\) | ,\s*cit\.(?=,|\s*$) | \bcit\.,\s*(?:p|pp|vol)\b",
    re.VERBOSE | re.IGNORECASE,
)
_CROSS = re.compile(
    rf"""(?: (?:{SEE})\s+ )? (?: (?:{ALSO})\s+ )? (?: (?:{ABOVE})[\s,]* )? (?: (?:wie|in)\s+ )? (?:{NOTE}|{BARE_NOTE}) \s*
         \d{{1,4}} (?:(?:\s*[–,-]\s*|\s(?:and|und|et|e|y|и)\s)\d{{1,4}})* (?: \s*,?\s*(?:{ABOVE})(?!\w) )?
       | (?: see | siehe | vgl\. | voir | cfr\. | см\. ) \s+ (?:(?:{ALSO})\s+)? (?:{ABOVE})(?!\w) (?:[\s,.]+(?:pp?\.?|S\.|с\.)\s*\d[\d\s–-]*)?
       | (?: see | siehe | vgl\. | voir | cfr\. | см\. ) \s+ (?:(?:{ALSO})\s+)? (?:pp?\.?|S\.|с\.)\s*\d[\d\s–-]*(?:{ABOVE})(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_AND = re.compile(r"(?:and|und|et|e|и|sowie|y)\s+(?=\S)|(?:for|on|on the)\s[^;,]{3,60},\s+(?=[^\W\d_a-zа-яёß-ÿ]|[“«„])")
_TAIL_AND = re.compile(r"[\s,;]+(?:and|und|et|e|и)$")
_OPENING, _CLOSING = "([{“«„", ")]}”»“"
_SEMICOLON = re.compile(r"\s?;\s+(?=\S)")
_LONGEST_SOURCE = 1500  # code points: no source of a note is longer
_STOP = re.compile(r"(?<=[^\W\d_]{3}[.!?)”»\]])\s+|(?<=\d[.)])\s+|(?<=[.!?][)”»\]])\s+")
# Evidence that a stretch names a source: a year, a quoted title, a shelfmark, a page behind a comma, a GOST "//".
_YEAR = re.compile(r"\b(?:1[4-9]|20)\d\d\b")
_SHELFMARK = re.compile(
    r"\b(?:[Ff]ond|[Ff]|Ф|ф)\.?\s*(?:[RРП]-?\s*)?\d+\S*[,.]?\s*(?:[Oo]p|оп|Оп|[Oo]pis[’']?)\.?\s*\d|\bRG\s?\d+|\b[A-Z]{1,4}\s\d{1,4}/\d+"
    r"|\b[Bb]ox\s\d+|\bfilza\b|\breg\.\s?\d|\bR\s\d+(?:-[IVX]+)?/\d+|\bMSS?\.?\s|\bActa\b|\bfasc\.\s?\d|\bBl\.\s?\d|\bsygn\.|\bbusta\s\d|\blegajo\s\d|\bliasse\s\d|\bc(?:c|arte)?\.\s?\d+\s?[rv]\b|\bл\.\s?\d|\bЛ\.\s?\d|\bfols?\.\s?\d",
)
_DAY = re.compile(r"\b(?:1[89]|20)\d\d\.\s\d{1,2}\s[а-я]{3,}")  # "Правда. 1926. 19 марта"
_SHORT = re.compile(r"[^\W\d_a-zа-яё][\w’-]+(?:\sand\s[^\W\d_a-z][\w’-]+)?,\s[“«]?[^\W\d_a-zа-яё][^,;:.]{3,80}[”»]?")
_QUOTED = re.compile(r"[“«„\"‘].{4,}?[”»“\"’]", re.DOTALL)
_PAGE_END = re.compile(
    r"(?:[,:.]|\bpp?\.|\b[SСсC]\.|\bp\.)\s*(?:[IVXLC]+,\s*)?\d{1,4}(?:n\d+)?(?:\s*[–—-]\s*\d{1,4})?(?:\s?ff?\b\.?)?(?:(?:,\s*|\s(?:and|und|et|och|en|e|y|и)\s)\d+(?:[–-]\d+)?)*(?:,?\s(?:nn?|note|Anm)\.?\s?\d+)?[\s.)]*$"
)
_NAME_START = re.compile(
    r"[“«„\"‘(\[]|(?:(?:de|von|van|di|du|le|la|der|den|del|della|da|dos|ter|ten|zu|zur)\s+){0,2}[^\W\d_a-zа-яёß-ÿ]"
)
_IMPRINT = re.compile(
    r"\([^()]*\b(?:1[4-9]|20)\d\d\)|\b[MLМЛ]\.?:|//|\b\d{4};\d|\bn\.\s?d\.|\bo\.\s?J\.|\bed(?:s|ited)?\b\.?|\bvols?\.|\bBd\.|\bТ\.\s?\d|\bno\.\s?\d"
)
_LONE_TITLE = re.compile(r"[“«„][^“”«»;]{4,80}[”»“](?:,?\s\d{1,4}(?:[–-]\d+)?)?\s*(?=[.;]|$)")  # "; “Mail Guard,” 14."
_PLACED = re.compile(r"\([^()]*\d{4}\)|//|[“«][^“”«»]+[”»]|\bp{1,2}\.\s?\d")  # of a source: imprint, title, page
_CLASSIC = re.compile(r"(?:[A-Z][\w’']*\.?\s){1,3}\d[\d.,:;–\s-]*")  # "Plut. Cic. 8."
_QUOTATION = re.compile(r"[“«„][^“”«»]*[”»“]")
_OP_LOCATOR = re.compile(rf"\.?(?:\s*[,.:;(]?\s*(?:\*\.)?{_LOCATOR})*", re.IGNORECASE)
_OP_NAME = re.compile(
    r"(?:[^\W\d_a-zа-яё][\w’.-]*\s(?:and\s|de\s|van\s|von\s)?){0,4}[^\W\d_a-zа-яё][\w’-]*(?=[,.]?\s*$)"
)
_PROSE_BEFORE = re.compile(r"(?:\b[a-zà-ÿа-я]{2,}\b[^,]*){3}")
_PROSE_AROUND = re.compile(
    r"^[\s,]+(?!hier\b|here\b|at\b|and\b|n\b|p\b)[a-zà-ÿ]{2,}|^\)?[:,]?\s?[“«]|^[\s,.)]+[A-Z][a-z]+\s[a-z]+\s"
)
_WORDY = re.compile(r"[^\W\d_]{2,}(?<!\band)(?<!\bund)(?<!\bet)")
_PROSE = re.compile(
    r"\b(?:is|was|are|were|has|have|had|not|this|that|which|these|those|his|their|would|could|my|our|we|I|thank(?:s)?|argues?|noted?|shows?|says?"
    r"|ist|war|wurde|nicht|dass|diese[rs]?|sind|est|sont|était|que|cette|non|sono|che|это|был[аио]?|что|как|автор|не)\b"
)  # fmt: skip


def cut_note(raw: str) -> list[Segment]:
    """The statements in order; nothing but white space and parting punctuation lies between them."""
    segments: list[Segment] = []
    begin = 0
    if number := _NUMBER.match(raw):
        low = number.start("bare") if number["bare"] else len(number[0]) - len(number[0].lstrip())
        high = number.end("bare") if number["bare"] else number.end()
        segments.append(Segment(low, high, "note-number"))
        begin = number.end()
    whole = _trim(raw, begin, len(raw))
    if _SHORT.fullmatch(raw, *whole) and not _PROSE.search(raw):  # "Prince, Optimality Theory."
        return [*segments, Segment(*whole, "reference")]
    for start, end in _statements(raw, begin):
        segments += _read_all(raw, start, end)
    return segments


def _read_all(raw: str, start: int, end: int) -> Iterator[Segment]:
    waiting: _Pieces = [_Rest(start, end)]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, Segment):
            yield piece
        else:
            waiting += reversed(_read_statement(raw, *piece))


def _statements(raw: str, begin: int) -> Iterator[tuple[int, int]]:
    """Stretches between semicolons outside brackets; one that cannot stand alone goes on ("London; 1969", "203; 45")."""
    start, position, depth = begin, begin, 0
    for found in _SEMICOLON.finditer(raw, begin):
        between = raw[position : found.start()]
        depth = max(0, depth + sum(map(between.count, _OPENING)) - sum(map(between.count, _CLOSING)))
        position = found.end()
        if depth == 0 and _can_begin(raw, found.end()):
            yield start, found.start()
            start = found.end()
    yield start, len(raw)


def _can_begin(raw: str, at: int) -> bool:
    if (
        read_signal(raw, at)
        or _IBID.match(raw, at + raw.startswith("(", at))
        or _CROSS.match(raw, at)
        or re.match(r"(?:and|for|on|but|ders|dies|ders)\b", raw[at : at + 8])
    ):
        return True
    if _LONE_TITLE.match(raw, at):
        return True
    end = raw.find(";", at)
    if lead := _AND.match(raw, at):
        at = lead.end()
    return _NAME_START.match(raw, at) is not None and _is_source(raw[at : end if end > 0 else len(raw)])


def _read_statement(raw: str, start: int, end: int) -> _Pieces:
    """One statement: a comment may stand before its signal and after its source."""
    start, end = _trim(raw, start, end)
    if start >= end:
        return []
    if (lead := _AND.match(raw, start)) and _is_source(raw[lead.end() : end]) and read_signal(raw, start) is None:
        joined = [] if "," not in lead[0] else _comment(raw, start, lead.end())
        return [*joined, *_read_statement(raw, lead.end(), end)]
    if (pieces := _embedded(raw, start, end)) is not None:
        return pieces
    if cross := _CROSS.match(raw, start):
        return [Segment(start, cross.end(), "cross-reference"), _Rest(cross.end(), end)]
    before: _Pieces = []
    signal = read_signal(raw, start)
    if signal is None and not _IBID.match(raw, start):
        inside = find_signal(raw, start, end)
        stated = inside is not None and _is_source(raw[start : inside.start])
        if inside is not None and inside.relation == "second-hand":
            stated = stated and _PLACED.search(raw[start : inside.start]) is not None
        if inside is not None and (not stated or inside.relation == "second-hand" or _ends_sentence(raw, inside.start)):
            read = _read_statement if stated else _comment  # "A letter of 1790, quoted in ...": it was not seen
            before = read(raw, start, inside.start)
            signal = inside
    if signal is not None:
        start = signal.end + len(raw[signal.end : end]) - len(raw[signal.end : end].lstrip(" \t\r\n\u00a0"))
    return before + _read_source(
        raw,
        start,
        end,
        None if signal is None else (signal.start, signal.end),
        "supports" if signal is None else signal.relation,
    )


def _embedded(raw: str, start: int, end: int) -> _Pieces | None:
    """A statement whose references stand in prose, cut by their imprints; None where one reference fills it."""
    found = find_embedded(raw, start, end)
    if not found or (
        len(found) == 1 and not _PROSE_AROUND.search(raw[found[0][1] : end]) and _fills(raw, start, found[0][0])
    ):
        return None
    segments: _Pieces = []
    at = start
    for low, high in found:
        between, signal = _between(raw, at, low)
        segments += between
        relation = signal.relation if signal else "supports"
        segments.append(Segment(low, high, "reference", (signal.start, signal.end) if signal else None, relation))
        at = high
    rest = _trim_left(raw, at, end)
    return [*segments, *(_read_statement(raw, rest, end) if any(map(str.isalnum, raw[rest:end])) else [])]


def _fills(raw: str, start: int, low: int) -> bool:
    """Whether nothing but a signal and connectives stands before the reference."""
    signal = read_signal(raw, start)
    return not any(map(str.isalnum, raw[signal.end if signal else start : low]))


def _between(raw: str, start: int, low: int) -> tuple[_Pieces, Signal | None]:
    """What is said before a reference: perhaps other sources, a comment, and the signal that announces it."""
    signal = read_signal(raw, _trim_left(raw, start, low)) or find_signal(raw, start, low + 2)
    if signal is not None and (signal.end > low or any(map(str.isalnum, raw[signal.end : low]))):
        signal = None
    high = signal.start if signal else low
    text = raw[start:high]
    if _OP_CIT.search(text) or _IBID.match(raw, _trim_left(raw, start, high)):
        return _read_statement(raw, start, high), signal
    return (_comment(raw, start, high) if _WORDY.search(text) else []), signal


def _read_source(raw: str, start: int, end: int, signal: tuple[int, int] | None, relation: Relation) -> _Pieces:
    if start >= end:
        return []
    if ibid := _IBID.match(raw, start):
        stop = _trim(raw, start, min(ibid.end(), end))[1]
        if found := _TAIL_AND.search(raw, start, stop):
            stop = _trim(raw, start, found.start())[1]
        return [Segment(start, stop, "ibid", signal, relation), *_after(raw, stop, end)]
    cut = _source_end(raw, start, end)
    text = raw[start:cut]
    if op_cit := _OP_CIT.search(text):
        return _read_op_cit(raw, start, start + op_cit.start(), start + op_cit.end(), end, signal, relation)
    if _QUOTATION.fullmatch(text.strip(" .,;")):
        return _comment(raw, start if signal is None else signal[0], end)
    if _CLASSIC.fullmatch(text) and not _YEAR.search(text):
        return [*_comment(raw, start if signal is None else signal[0], cut), *_after(raw, cut, end)]
    if _is_source(text) or (signal is not None and _NAME_START.match(text)):
        return [Segment(*_trim(raw, start, cut), "reference", signal, relation), *_after(raw, cut, end)]
    return _comment(raw, start if signal is None else signal[0], end)


def _read_op_cit(
    raw: str, start: int, low: int, high: int, end: int, signal: tuple[int, int] | None, relation: Relation
) -> _Pieces:
    """ "Carr, op. cit., 45": the name before the words and the locator behind them; prose around is comment."""
    locator = _OP_LOCATOR.match(raw, high, end)
    stop = _trim(raw, start, locator.end() if locator else high)[1]
    name = _OP_NAME.search(raw[:low], start)
    begin = name.start() if name and _PROSE_BEFORE.search(raw[start : name.start()]) else start
    before = _comment(raw, start, begin) if begin > start else []
    return [*before, Segment(begin, stop, "op-cit", signal, relation), *_after(raw, stop, end)]


def _after(raw: str, start: int, end: int) -> _Pieces:
    """What is behind a source: read in turn, since a note may hold more of them than Python's stack."""
    start = _trim_left(raw, start, end)
    return [_Rest(start, end)] if any(map(str.isalnum, raw[start:end])) else []


def _source_end(raw: str, start: int, end: int) -> int:
    """Where the source ends: before a sentence of prose, a signal after a full stop, or a bracketed remark."""
    for found in _STOP.finditer(raw, start, min(end, start + _LONGEST_SOURCE)):
        rest = raw[found.end() : end]
        before = raw[start : found.start()]
        signal = read_signal(raw, found.end())
        if signal is not None and raw[found.end()].isupper() and (_is_source(before) or _CLASSIC.fullmatch(before)):
            return found.start()
        if not _is_source(before):
            continue
        sentence = re.split(r"(?<=[^\W\d_]{3}[.!?])\s", rest, maxsplit=1)[0]
        if _PROSE.search(sentence) and len(sentence.split()) > 3 and not _IMPRINT.search(sentence):
            return found.start()
    remark = re.search(
        r"\s*(?:\((?:my|emphasis|italics|translation|trans\. mine)[^()]*\)|[,;]\s*(?:emphasis|italics|my translation)\b.*)[\s.]*$",
        raw[start:end],
        re.DOTALL,
    )
    return start + remark.start() if remark else end


def _is_source(text: str) -> bool:
    """Whether a stretch names a source of its own: enough of a reference's marks for its length."""
    if _SHELFMARK.search(text) or _DAY.search(text) or "//" in text:
        return True
    words = len(text.split())
    prose = len(_PROSE.findall(text))
    marks = sum(bool(p.search(text)) for p in (_YEAR, _QUOTED, _PAGE_END, _IMPRINT)) + ("," in text)
    if _OP_CIT.search(text):
        return True
    return (
        marks >= (2 if prose == 0 else 3 if words < 60 else 4) and words > 1 and bool(_NAME_START.match(text.lstrip()))
    )


def _ends_sentence(raw: str, at: int) -> bool:
    return raw[:at].rstrip()[-1:] in ".;:!?)"


def _comment(raw: str, start: int, end: int) -> _Pieces:
    low, high = _trim_left(raw, start, end), end
    while high > low and raw[high - 1].isspace():
        high -= 1
    return [Segment(low, high, "comment")] if any(map(str.isalnum, raw[low:high])) else []


def _trim_left(raw: str, start: int, end: int) -> int:
    while start < end and (raw[start].isspace() or raw[start] in ".,;:"):
        start += 1
    return start


def _trim(raw: str, start: int, end: int) -> tuple[int, int]:
    """Without white space and parting punctuation; the stop of an abbreviation at the end stays out too."""
    start = _trim_left(raw, start, end)
    while end > start and (raw[end - 1].isspace() or raw[end - 1] in ".,;:"):
        end -= 1
    return start, end
