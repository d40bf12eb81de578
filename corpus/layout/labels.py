"""Labels: the number or sign that a note or a numbered entry begins with.

"12 See", "12. See", "[12] See", "(12) See", "12) See", "12See", "¹² See"; "* See", "† See", "** See". Whether such a
beginning is a label is never decided here, but by all of them together (layout.alignment).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.layout.lines import Line

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
DAMAGED = str.maketrans("lIoO", "1100")  # what OCR makes of figures
SIGN = r"\*{1,4}|†{1,3}|‡{1,3}|§{1,2}(?!\s?\d)|¶{1,2}|‖|\|\|"
_SERIES = "*†‡§‖¶"  # the order that printers keep
_LABEL = re.compile(
    r"(?P<open>[\[(]?)(?P<n>\d{1,4}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})(?P<close>[\])]?[.)]?)"
    r"(?:(?P<space>\s+)(?=[^\s.,;%–—-])|(?<=[\])])$|(?=[^\s\d.,;:%–—/-]))"
)
_DAMAGED_LABEL = re.compile(r"(?P<n>(?=[\dlIO]{1,3}[.)])\d{0,2}[lIO]\d{0,2}[lIO]?)(?P<close>[.)])\s+(?=\S)")  # "l. See"
_SIGN_LABEL = re.compile(rf"(?P<open>\(?)(?P<sign>{SIGN})(?P<close>\)?\.?)(?P<space>\s*)(?=[^\W_]|[“\"«‘'(\[])")


class Label(NamedTuple):
    """The number at the beginning of a line, and the span to lift (with the space behind it).

    ``text`` is the label as it is told: "12", "†". Signs have their place in the printers' series as their number.
    """

    number: int
    start: int
    end: int
    form: str  # "[n] ", "n. ", "n", "*": the labels of one list are alike
    text: str = ""


def read_label(line: Line, *, damaged: bool = False) -> Label | None:
    """The label at the beginning of a line, if a number stands there; ``damaged`` takes "l." for 1 as well."""
    raised = line.hint.raised[:1] if line.hint is not None else ()
    if raised and raised[0][0] == line.start:
        return _raised_label(line, raised[0][1])
    head = line.text[:24]
    match = _LABEL.match(head)
    if match is None:
        misread = _DAMAGED_LABEL.match(head) if damaged else None
        if misread is None or misread["n"] == "I":
            return None
        number = int(misread["n"].translate(DAMAGED))
        return Label(number, line.start, line.start + misread.end(), f"n{misread['close']} ", str(number))
    if (match["open"] and not match["close"]) or (match["open"] == "(" and ")" not in match["close"]):
        return None
    if not match["open"] and match["close"][:1] == "]":
        return None
    number = int(match["n"].translate(SUPERSCRIPTS))
    form = f"{match['open']}n{match['close']}{' ' if match['space'] else ''}"
    return Label(number, line.start, line.start + match.end(), form, str(number))


def read_sign(line: Line) -> Label | None:
    """The sign at the beginning of a line ("* See", "† See"); "§ 12" is no sign of a note."""
    match = _SIGN_LABEL.match(line.text[:24])
    if match is None or bool(match["open"]) != (")" in match["close"]):
        return None
    return Label(sign_number(match["sign"]), line.start, line.start + match.end(), "*", match["sign"])


def _raised_label(line: Line, end: int) -> Label | None:
    """The number that stands raised at the beginning of a typeset line; what follows may be a number too."""
    digits = line.text[: end - line.start].strip(" .()[]")
    if not digits.isdecimal() or len(digits) > 4:
        return None
    while end < line.end and line.text[end - line.start] in " .":
        end += 1
    return Label(int(digits), line.start, end, "raised", str(int(digits)))


def sign_number(sign: str) -> int:
    """The place of a sign in its series: "*" is 1, "†" 2; signs set double follow those set once, "**" counts as 2.

    >>> [sign_number(sign) for sign in ("*", "**", "†", "‡", "††")]
    [1, 2, 2, 3, 8]
    """
    if sign[0] == "*":
        return len(sign)
    place = _SERIES.index(sign[0]) if sign[0] in _SERIES else _SERIES.index("‖")
    return place + 1 + (len(_SERIES) * (len(sign) - 1) if sign != "||" else 0)


def lift_label(lines: Sequence[Line], label: Label) -> tuple[tuple[int, int], Sequence[Line]]:
    """The span of a label to lift, and the lines without the one that holds nothing but the label."""
    if label.end >= lines[0].end and len(lines) > 1 and not lines[1].page:
        return (label.start, label.end), lines[1:]
    return (label.start, label.end), lines
