"""Author-date styles: the year right behind the authors. "Allen, R. C. 2001. Title. Journal 38: 411–447." """

from __future__ import annotations

import re

from bibliography.parse.authors import scan_names
from bibliography.parse.body import read_body
from bibliography.parse.host import EDITORS
from bibliography.parse.letters import DASH, MONTH, YEAR
from bibliography.parse.marks import Marks

_DATE = re.compile(  # " (1992).", " 1986,", " (2015, May 3).", ". 2016.", " (n.d.)"
    rf"\s*[.,:]?\s*(?P<open>[(\[])?\s*(?P<date>{YEAR}(?:\s?(?:{DASH}|/)\s?(?:{YEAR}|\d\d)\b)?[a-z]?\b(?:,\s*{MONTH}(?:\s+\d{{1,2}})?)?|n\.\s?d\.|in press|forthcoming)"
    r"\s*(?(open)[)\]])\s*[.,:;]?\s*",
    re.IGNORECASE,
)
_BARE_ENDS = re.compile(r"\s*(?:\d|[;:]|$)")


def read(marks: Marks) -> bool:
    """Mark a reference whose authors are followed by the year."""
    text = marks.masked
    names = scan_names(text, 0)
    if names is None:
        return False
    editors = EDITORS.match(text, names.end)
    end = editors.end() if editors else names.end
    date = _DATE.match(text, end)
    if date is None or _BARE_ENDS.match(text, date.end()):
        return False
    for span in names.names:
        marks.add("editor" if editors else "author", *span, keep_stop=True)
    marks.add("date", *date.span("date"))
    commas = text[date.start("date") : date.end()].rstrip().endswith(",")
    read_body(marks, date.end(), commas=commas)
    return True
