"""Short references: surname, title or its beginning, and the page. "Temin, Lessons from the Great Depression, 72." """

from __future__ import annotations

import re

from bibliography.parse.authors import scan_surnames
from bibliography.parse.letters import DASH, UP, YEAR
from bibliography.parse.marks import Marks

_PAGE = rf"\d{{1,4}}(?:\s?{DASH}\s?\d{{1,4}})?(?:\s?ff?\b\.?)?"
_REST = re.compile(
    rf"""\s*,\s* (?: [“"‘«„] (?P<quoted>[^“”"«»]{{2,200}}?) [,.]? [”"’»] | (?P<bare>[^\W\d_][^“”"«»,:;()]{{2,120}}?) )
        (?: \s*\(\s*(?P<date>{YEAR})[a-z]?\s*\) )?
        \s*,?\s* (?: (?:pp?|[SsСс])\.?\s* )? (?P<range>{_PAGE}(?:,\s?{_PAGE})*) [\s.]*""",
    re.VERBOSE,
)
_NO_TITLE = re.compile(rf"(?:{UP}\.\s?)|\b(?:ed|eds|vol|no|and|et)\.?$|\d\s?:")


def read(marks: Marks) -> bool:
    """Mark a reference that says no more than surname, title, perhaps the year, and the cited page."""
    names = scan_surnames(marks.masked, 0)
    rest = _REST.fullmatch(marks.masked, names.end) if names else None
    if names is None or rest is None:
        return False
    bare = rest["bare"]
    if bare is not None and (_NO_TITLE.search(bare) or len(bare.split()) < 2 or re.fullmatch(YEAR, rest["range"])):
        return False
    for span in names.names:
        marks.add("author", *span)
    marks.add("title", *rest.span("quoted" if bare is None else "bare"))
    if rest["date"]:
        marks.add("date", *rest.span("date"))
    marks.add("cited-range", *rest.span("range"))
    return True
