"""Dates of life and existence as people write them, to EDTF.

>>> read_time("18 December 1879"), read_time("c. 1880"), read_time("1879-12-18"), read_time("44 BC"), read_time("soon")
('1879-12-18', '1880~', '1879-12-18', '-0043', None)
>>> read_lifetime("1879–1953"), read_lifetime("b. 1901"), read_lifetime("1917-")
(('1879', '1953'), ('1901', None), ('1917', None))
"""

from __future__ import annotations

import re

from bibliography.dates import read_printed_date
from bibliography.edtf import read_edtf

_ABOUT = re.compile(r"\A(?:c|ca|circa|about|um|vers|ок)\b\.?\s*", re.IGNORECASE)
_YEAR = re.compile(r"(?P<year>-?\d{1,4})\s*(?P<mark>[?~%]?)\s*(?:(?P<before>B\.?C\.?(?:E\.?)?)|A\.?D\.?|C\.?E\.?)?")
_DECADE = re.compile(r"(?P<decade>\d{3})0s")
_UNSPECIFIED = re.compile(r"\d{2,3}X{1,2}(?<=....)")  # EDTF: "188X"
_PRINTED = re.compile(r"\d{4}")
_SIDES = re.compile(r"\s*(?:/|–|—|(?<=\d)\s*-\s*(?=\d{3,4}\b|c|ca|\Z)|\s-\s)\s*")
_BORN = re.compile(r"\A(?:b|born|since|from|fl|est|founded)\b\.?\s*", re.IGNORECASE)
_DIED = re.compile(r"\A(?:d|died|until|†)(?:\b\.?)?\s*", re.IGNORECASE)
_DAY = re.compile(r"-?\d{4}-\d{2}(?:-\d{2})?[?~%]?(?:T.*)?")


def read_time(written: str) -> str | None:
    """One date as EDTF; None where it is none."""
    text = " ".join(written.split()).strip(" .,;")
    about = _ABOUT.match(text)
    text = text[about.end() :] if about else text
    mark = "~" if about else ""
    if _DAY.fullmatch(text):
        text = text.partition("T")[0]
        return text.rstrip("?~%") + (mark or text[len(text.rstrip("?~%")) :]) if read_edtf(text) else None
    if (year := _YEAR.fullmatch(text)) is not None:
        number = 1 - int(year["year"]) if year["before"] else int(year["year"])
        return f"{'-' if number < 0 else ''}{abs(number):04d}{mark or year['mark']}"
    if _UNSPECIFIED.fullmatch(text):
        return text + mark
    if (decade := _DECADE.fullmatch(text)) is not None:
        return f"{decade['decade']}X"
    return _printed(text, mark)


def read_lifetime(written: str) -> tuple[str | None, str | None] | None:
    """Beginning and end of "1879-1953", "b. 1879", "d. 1953", "1917-"; None where it says no dates."""
    text = " ".join(written.split()).strip(" ()[]")
    if (born := _BORN.match(text)) is not None:
        begin = read_time(text[born.end() :])
        return (begin, None) if begin else None
    if (died := _DIED.match(text)) is not None:
        end = read_time(text[died.end() :])
        return (None, end) if end else None
    sides = [side.strip() for side in _SIDES.split(text)]
    times = [read_time(side) if side.strip(" .?") else None for side in sides]
    missing = any(time is None and side.strip(" .?") for time, side in zip(times, sides, strict=True))
    if len(sides) != 2 or missing or not any(times):
        return None
    return times[0], times[1]


def _printed(text: str, mark: str) -> str | None:
    if not _PRINTED.search(text):
        return None
    found = read_printed_date(text, "issued").get("issued", {}).get("date-parts") or []
    if len(found) != 1 or len(found[0]) < 2:
        return None
    return "-".join([f"{found[0][0]:04d}", *(f"{part:02d}" for part in found[0][1:])]) + mark
