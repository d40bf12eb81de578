"""A part that is named behind the imprint of the works it stands in: one form only, so a rule reads it whole.

>>> raw = "Stalin IV. Sochineniya. Tom 6 [Essays. Volume 6]. Moscow: OGIZ; 1947. [On the foundations]; p. 69–188. Russian."
>>> [(raw[s.start:s.end], s.label) for s in read_cited_part(raw) or ()][1:5]
[('Sochineniya', 'booktitle'), ('6', 'volume'), ('Essays. Volume 6', 'title-translated'), ('Moscow', 'place')]
"""

from __future__ import annotations

import re

from bibliography.parse.authors import scan_names
from bibliography.parse.letters import DASH, LANGUAGES, UP, YEAR
from schemas.records import FieldSpan

_NUMBER = re.compile(r"\s*(?:\[?(?P<number>\d{1,4})[\].)]+\s+)?")
_WORD = r"(?:[Tt]om|[Vv]ol(?:ume)?\.?|[Kk]niga|[Cc]hast[’']?|[Vv]ypusk|B(?:an)?d\.?|[Tt]\.|Т\.)"
_REST = re.compile(
    rf"""
    \.?\s+ (?P<host>{UP}[^\[\]]*?)
    (?: [.,]\s {_WORD} \s (?P<volume> (?:\d+|[IVXLC]+)\b (?: [,.:]\s [^\[\]]+? )? ) )?
    (?: \s*\[ (?P<translated>[^\[\]]+) \] )?
    \. \s (?P<place>{UP}[^.:;\[\]]{{1,40}}?) \s?:\s (?P<publisher>[^:;\[\]]{{2,120}}) ;\s? (?P<date>{YEAR}) [.,]
    \s \[? (?P<title>[^;\[\]]{{3,300}}?) \]? ;\s (?:pp?|[сСcs])\.\s? (?P<pages>\d+(?:\s?{DASH}\s?\d+)?)
    [\s.]* (?P<language>{"|".join(LANGUAGES)})? [\s.]* """,
    re.VERBOSE | re.IGNORECASE,
)
_LABELS = {"host": "booktitle", "translated": "title-translated"}


def read_cited_part(raw: str) -> list[FieldSpan] | None:
    """The fields, in order; None where the string is no such reference."""
    if ";" not in raw:
        return None
    number = _NUMBER.match(raw)
    begin = number.end() if number else 0
    names = scan_names(raw, begin, styles=("glued", "pointed"))
    rest = _REST.fullmatch(raw, names.end) if names else None
    if names is None or rest is None:
        return None
    spans = [FieldSpan(names.names[0][0], names.names[-1][1], "author", 1.0)]
    if number and number["number"]:
        spans.append(FieldSpan(*number.span("number"), "citation-number", 1.0))
    for name, text in rest.groupdict().items():
        if text is not None:
            spans.append(FieldSpan(*rest.span(name), _LABELS.get(name, name), 1.0))
    return sorted(spans, key=lambda span: span.start)
