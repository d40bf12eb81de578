"""A whole list of references to its parsed entries; a dash in an author's place stands for the author of the entry above.

>>> entries = parse_list("Dobb, Maurice. Soviet Planning. London: Routledge, 1966.\\n———. Welfare Economics. Cambridge: CUP, 1969.\\n")
>>> [entry.csl["author"][0]["family"] for entry in entries]
['Dobb', 'Dobb']
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from bibliography.parse import ParsedReference, parse_reference
from bibliography.parse.split import split_references
from schemas.records import CslItem

_SAME = re.compile(
    r"\s*(?:(?:[—–]\s?){1,3}|-{2,}|_{2,}|(?:Idem|Id|Ders|Dies|Он же|Она же|Его же|Ее же)(?=[.,:]))\s*(?P<editors>,?\s*\(?(?:eds?|Hrsg|Hg)\.?\)?)?\s*[.,:]?\s+"
)


def parse_list(text: str) -> list[ParsedReference]:
    """The entries of a list, in order; ``raw`` is an entry as it stands in the text."""
    entries: list[ParsedReference] = []
    above: CslItem = {}
    for start, end in split_references(text):
        entry = parse_below(text[start:end], above)
        entries.append(entry)
        above = entry.csl or above
    return entries


def parse_below(raw: str, above: CslItem) -> ParsedReference:
    """A reference that may leave its author to the entry above."""
    entry = parse_reference(raw)
    same = _SAME.match(raw)
    people = above.get("author") or above.get("editor")
    if same is None or not people:
        return entry
    if not entry.csl:  # a dash and a title alone said too little of a work
        return entry
    role = "editor" if same["editors"] else "author"
    item = {role: people, **{name: value for name, value in entry.csl.items() if name != role}}
    return replace(entry, csl=item)
