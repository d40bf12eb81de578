"""The dates of BibLaTeX (EDTF, ISO 8601-2) that CSL's date-parts cannot say in full: open, unspecified, seasons, times.

>>> read_edtf("1933/.."), read_edtf("192X")
({'date-parts': [[1933]], 'edtf': '1933/..'}, {'date-parts': [[1920], [1929]], 'edtf': '192X'})
>>> read_edtf("2004-21"), read_edtf("soon")
({'date-parts': [[2004]], 'season': 1}, None)

The nearest date-parts stand beside the exact value, so that a list can be sorted by them and nothing is lost.
"""

from __future__ import annotations

import re
from typing import Any

_SIDE = re.compile(
    r"Y?(?P<year>-?\d{1,6}|-?\d{1,3}[Xu]{1,3})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?[~?%]?"
)  # "1917", "-0043", "192X", "2004-06-XX", "2004-04-25T14:34:00Z"
SEASON = re.compile(r"(?P<year>\d{4})-(?P<season>2[1-4])")  # "2004-21": spring


def read_edtf(text: str) -> dict[str, Any] | None:
    """The CSL date of an EDTF value, which stands in ``edtf`` where date-parts do not say all; None for no EDTF."""
    if season := SEASON.fullmatch(text):
        return {"date-parts": [[int(season["year"])]], "season": int(season["season"]) - 20}
    sides = [_read_side(side) for side in text.split("/")] if text.count("/") <= 1 else []
    closed = [side for side in sides if side]
    if not closed or any(side is None for side in sides):
        return None
    if not sides[0]:  # "../1936": nothing that can be sorted by
        return {"literal": text, "edtf": text}
    parts = [closed[0][0], closed[-1][-1]] if len(sides) == 2 and len(closed) == 2 else closed[0]
    circa = {"circa": True} if re.search(r"[~?%]", text) else {}
    return {"date-parts": parts, **circa, "edtf": text}


def _read_side(side: str) -> list[list[int]] | None:
    """One or two date-parts of a side, none for an open one; None where it is no EDTF."""
    if side in ("", ".."):
        return []
    found = _SIDE.fullmatch(side)
    if found is None:
        return None
    year = found["year"].replace("u", "X")
    if "X" in year:
        return [[int(year.replace("X", "0"))], [int(year.replace("X", "9"))]]
    parts = [int(year)]
    for name, highest in (("month", 12), ("day", 31)):
        if not (found[name] or "").isdigit() or not 1 <= int(found[name]) <= highest:
            break
        parts.append(int(found[name]))
    return [parts]
