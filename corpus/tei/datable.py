"""TEI's dating attributes as a DateValue.

>>> read_datable({"from": "1929", "to": "1933"}).edtf, read_datable({"notAfter": "1933-02"}).latest
('1929/1933', '1933-02-28')
>>> read_datable({"when": "--03-04"}).edtf
'XXXX-03-04'
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from typing import Literal, NamedTuple

from schemas.values import DateKind, DateModifier, DateValue

_POINT = re.compile(
    r"(?P<year>-?\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)
_YEARLESS = re.compile(r"--(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?", re.ASCII)
_KINDS: dict[int, DateKind] = {0: "YEAR", 1: "MONTH", 2: "DATE"}


class _Point(NamedTuple):
    """A year, month or day as it is written, with its first and its last day."""

    written: str
    first: str
    last: str

    @property
    def kind(self) -> DateKind:
        return _KINDS[self.written.lstrip("-").count("-")]


def read_datable(attributes: Mapping[str, str], *, is_time: bool = False) -> DateValue | None:
    """The value of a ``date`` or ``time``; None where its attributes say nothing that can be read."""
    when, after, before, begin, end = (
        _point(attributes.get(name) or attributes.get(f"{name}-iso"))
        for name in ("when", "notBefore", "notAfter", "from", "to")
    )
    calendar: Literal["julian"] | None = "julian" if "julian" in attributes.get("calendar", "").casefold() else None
    modifier: DateModifier | None = "approx" if attributes.get("precision") in ("low", "medium") else None
    if yearless := _YEARLESS.fullmatch(attributes.get("when", "")):
        return DateValue("DATE" if yearless["day"] else "MONTH", None, None, f"XXXX{yearless.group()[1:]}")
    if is_time:
        return None
    if when is not None:
        return DateValue(when.kind, when.first, when.last, when.written, modifier, calendar)
    if begin is not None or end is not None:
        edtf = f"{begin.written if begin else '..'}/{end.written if end else '..'}"
        first, last = (begin.first if begin else None), (end.last if end else None)
        if begin is None or end is None:
            modifier = "since" if end is None else "until"
        return DateValue("PERIOD", first, last, edtf, modifier, calendar)
    if after is not None or before is not None:
        first, last = (after.first if after else None), (before.last if before else None)
        return DateValue("DATE", first, last, None, modifier, calendar)
    return None


def _point(text: str | None) -> _Point | None:
    found = _POINT.fullmatch((text or "").strip())
    if found is None:
        return None
    year, month, day = found["year"], found["month"], found["day"]
    if month is None:
        return _Point(year, f"{year}-01-01", f"{year}-12-31")
    last = monthrange(2000 + int(year) % 400, int(month))[1]
    if day is None:
        return _Point(f"{year}-{month}", f"{year}-{month}-01", f"{year}-{month}-{last:02}")
    if int(day) > last:
        return None
    written = f"{year}-{month}-{day}"
    return _Point(written, written, written)
