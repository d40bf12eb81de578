"""Collected works by their usual abbreviation: "Ленин В. И. Полн. собр. соч. Т. 36", "Маркс К. Соч. 2-е изд. Т. 23".

The stops of the abbreviation look like the ends of fields; a closed list of the forms decides.

>>> from schemas.records import FieldSpan
>>> raw = "Ленин В. И. Полн. собр. соч. Т. 36. М., 1969."
>>> [raw[s.start:s.end] for s in title_of_collected_works(raw, [FieldSpan(0, 11, "author"), FieldSpan(12, 16, "title")])]
['Ленин В. И.', 'Полн. собр. соч.']
"""

from __future__ import annotations

import re

from schemas.records import FieldSpan

_COLLECTED = re.compile(
    r"""[\s.,:]*(?P<title> (?:Полн(?:\.|ое)\s*)?[Сс]обр(?:\.|ание)\s*соч(?:\.|инений) | Полн(?:\.|ое)\s*собр(?:\.|ание)\s*соч(?:\.|инений) | Соч\. | Твори?\.
        | Избр(?:\.|анные)\s*(?:соч|произв|тр|работы)[^\W\d_]*\.? | Зібр(?:\.|ання)\s*(?:творів|тв\.) | Ges(?:\.|ammelte)\s*(?:Werke|Schr(?:\.|iften)|Abh(?:\.|andlungen))
        | S[äa]mtl(?:\.|iche)\s*(?:Werke|Schr(?:\.|iften)) | Œuvr?(?:\.|es)\s*compl(?:\.|ètes) | Coll(?:\.|ected)\s*W(?:ks\.?|orks) ) (?=[\s,.:;]|$)""",
    re.VERBOSE,
)


def title_of_collected_works(raw: str, fields: list[FieldSpan]) -> list[FieldSpan]:
    """The fields with the whole abbreviation as the title, where it stands behind the author and was cut or lost."""
    names = [n for n, span in enumerate(fields) if span.label == "author"]
    if not names:
        return fields
    last = names[-1]
    found = _COLLECTED.match(raw, fields[last].end)
    if found is None:
        return fields
    start, end = found.span("title")
    kept = [span for span in fields[last + 1 :] if span.start >= end]
    titled = any(span.label == "title" and span.start < start + 30 for span in kept)
    return fields if titled else [*fields[: last + 1], FieldSpan(start, end, "title", fields[last].confidence), *kept]
