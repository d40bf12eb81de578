"""The work that holds the cited part: "In: A B, C D, editors. Title. Place: Publisher; year. p. 1-2."

>>> from bibliography.parse.marks import Marks
>>> marks = Marks("Title. In J. Saville and R. van Laar, editors, Essays on Labour, pages 13-48. Merlin Press, 1965.")
>>> read_host(marks, 10); marks.texts("editor"), marks.text("booktitle"), marks.text("publisher")
(['J. Saville', 'R. van Laar'], 'Essays on Labour', 'Merlin Press')
"""

from __future__ import annotations

import re

from bibliography.parse.authors import scan_names
from bibliography.parse.cuts import first_break, skip
from bibliography.parse.imprint import PLACE_PUBLISHER, read_imprint
from bibliography.parse.letters import UP
from bibliography.parse.marks import Marks
from bibliography.parse.tail import read_numbers

IN = re.compile(
    rf"(?:[.?!,;][”’\"»)\]]?|[”’\"»\])]|\s[–—-])\s*(?:In|in|IN|Dans|dans|В кн\.?|In der|in der)\s?:?\s+(?=[{UP[1:-1]}\d“‘«\"']|van |von |de )"
)
EDITORS = re.compile(
    r"\s*,?\s*[(\[]?\s*(?:editors?\b|[EeÉé]ds?\b\.?|Hg\.|[Hh]rsg\b\.?|[Hh]gg?\b\.|red\.|dir\.|a cura di|отв\. ред\.|ред\.)\s*[)\]]?\s*[.,:]?\s*"
)
_EDITED_BY = re.compile(
    r"[,.(/]\s*(?:[Ee]d(?:s|ited)?\b\.?(?:\s+by)?|hrsg\. v(?:on|\.)|herausgegeben von|под ред(?:акцией|\.)?|a cura di|sous la dir(?:ection|\.) de)\s+",
    re.IGNORECASE,
)
_STOP = re.compile(
    rf"\s*(?:[(\[]|\s{{3,}}|,\s*(?:pp?|pages?|vol|ch(?:apter|ap)?|volume|number|series)\b|;)|,\s(?={UP}[^,:;()]{{1,30}}:\s)",
    re.IGNORECASE,
)


def read_host(marks: Marks, at: int) -> None:
    """Mark editors, the host's title, numbers, place and publisher from ``at`` to the end."""
    at = read_editors(marks, at)
    end = len(marks.raw)
    read_edited_by(marks, at)
    read_numbers(marks, at, end, anywhere=True)
    text = marks.masked
    stop = host_end(text, at, end)
    marks.add("booktitle", at, stop)
    read_imprint(marks, stop, end, place_first=is_meeting(marks.text("booktitle") or ""))


def read_editors(marks: Marks, at: int) -> int:
    """Mark the names that stand before "editors" or "(eds.)"; the offset behind them, or ``at`` without any."""
    names = scan_names(marks.masked, at)
    after = EDITORS.match(marks.masked, names.end) if names else None
    if names is None or after is None:
        return at
    for span in names.names:
        marks.add("editor", *span, keep_stop=True)
    marks.blank(names.end, after.end())
    return skip(marks.masked, after.end())


def read_edited_by(marks: Marks, at: int) -> None:
    """Mark the names behind "ed. by" or "под ред."."""
    for found in _EDITED_BY.finditer(marks.masked, at):
        names = scan_names(marks.masked, found.end())
        if names is None:
            continue
        for span in names.names:
            marks.add("editor", *span, keep_stop=True)
        marks.blank(found.start(), names.end)
        marks.masked = marks.masked[: found.start()] + ";" + marks.masked[found.start() + 1 :]
        return


def host_end(text: str, at: int, end: int) -> int:
    """Where the title of a host ends: a bracket, a number already read, a sentence break, "Place:"."""
    stops = [found.start() for found in [_STOP.search(text, at + 3, end)] if found]
    if (cut := first_break(text, at, end)) is not None:
        stops.append(cut)
    if (place := PLACE_PUBLISHER.search(text, at + 5, end)) and re.search(r"[.,;]\s*$", text[at : place.start()]):
        stops.append(place.start())
    return min(stops, default=end)


def is_meeting(title: str) -> bool:
    """Whether a host is the acts of a meeting."""
    return bool(
        re.search(
            r"\b(?:proc(?:eedings)?|conf(?:erence)?|symposium|workshop|congress|meeting|colloquium)\b",
            title,
            re.IGNORECASE,
        )
    )
