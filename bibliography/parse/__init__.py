"""A reference string to its fields, each with its place in the string and the model's confidence.

>>> parsed = parse_reference("2. Suponitskaya IM. [The Americanisation]. Voprosy istorii. 2013;9:46–59. Russian.")
>>> parsed.type, parsed.csl["author"], parsed.csl["container-title"], parsed.csl["page"], parsed.csl["language"]
('article-journal', [{'family': 'Suponitskaya', 'given': 'IM'}], 'Voprosy istorii', '46–59', 'ru')

    features    what the model sees of a token, one file per kind; rules speak here      labeller   tokens to spans
    normalise   a printed value to CSL, one file per field                               fields     spans to the item
    footnote    whole notes        split   whole lists        training   how the model is made

A string that names no work has an empty ``csl``: the caller says so, nothing is guessed.
"""

from __future__ import annotations

import msgspec

from schemas.records import CslItem, FieldSpan

LONGEST = 4000  # code points: no reference is longer, and the model must not meet a whole book
# What counts as said of a work; one alone ("see above", a sentence of prose) makes no reference.
_SAID = frozenset(
    "author editor title container-title issued page volume publisher publisher-place archive_location archive URL DOI genre ISBN".split()
)


class ParsedReference(msgspec.Struct, frozen=True):
    """A reference string with the stretch that is the reference, its fields, and its CSL item (empty where unread)."""

    raw: str
    start: int
    end: int
    spans: tuple[FieldSpan, ...] = ()
    csl: CslItem = {}
    type: str | None = None


def parse_reference(raw: str) -> ParsedReference:
    """The fields of one reference."""
    start, end = len(raw) - len(raw.lstrip()), len(raw.rstrip())
    if not any(char.isalpha() for char in raw) or len(raw) > LONGEST:
        return ParsedReference(raw, start, end)
    from bibliography.parse.fields import build_item  # loads the model's library: only where something is parsed
    from bibliography.parse.labeller import label_fields
    from bibliography.parse.signals import read_signal

    signal = read_signal(raw, start)
    begin = signal.end if signal else 0
    item, spans = build_item(raw, label_fields(raw, begin=begin))
    if len(_SAID & set(item)) < 2:
        return ParsedReference(raw, start, end)
    if signal is not None:
        spans = [FieldSpan(signal.start, signal.end, "signal", 1.0), *spans]
    return ParsedReference(raw, _body(raw, spans, start), end, tuple(spans), item, str(item["type"]))


def _body(raw: str, spans: list[FieldSpan], start: int) -> int:
    """Where the reference begins behind its number in a list."""
    first = spans[0] if spans else None
    if first is None or first.label not in ("citation-number", "note-number", "signal") or first.start > start + 1:
        return start
    at = first.end
    while at < len(raw) and (raw[at].isspace() or raw[at] in ".)],"):
        at += 1
    return at
