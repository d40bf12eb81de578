r"""LaTeX in BibTeX values to plain Unicode and back.

>>> decode_latex(r"Zlati\'{c}, {USSR} 1928--1933"), encode_latex("R&D: 50 % of \\input")
('Zlatić, USSR 1928–1933', 'R\\&D: 50 \\% of \\textbackslash{}input')

Decoding never runs or reads anything: a macro that is not known is dropped and its argument kept. Encoding escapes every
character that TeX would act on; accented letters stay as they are. ``decode_latex(encode_latex(text)) == text`` for text
without control characters, noncharacters and runs of spaces.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

# Each character that TeX acts on, and what is written for it.
_WRITTEN = {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "$": "\\$",
    "&": "\\&",
    "%": "\\%",
    "#": "\\#",
    "_": "\\_",
    "\u00a0": "~",
}
_ENCODE = str.maketrans(_WRITTEN)
# While a value is decoded, what stands for a literal character is hidden behind a noncharacter.
_HIDDEN = {char: chr(0xFDD0 + n) for n, char in enumerate('\\{}^~$&%#_"')}
_SHOWN = str.maketrans({hidden: char for char, hidden in _HIDDEN.items()})
_LITERAL = re.compile(
    r"\\text(?P<name>backslash|braceleft|braceright|asciicircum|asciitilde|quotedbl)(?:\{\}|(?![A-Za-z])\s*)"
    r"|\\(?P<char>[{}$&%#_])|(?P<bare>[&%#])"
)
_NAMED = {
    "backslash": "\\",
    "braceleft": "{",
    "braceright": "}",
    "asciicircum": "^",
    "asciitilde": "~",
    "quotedbl": '"',
}
_MATH = re.compile(r"\$(?P<inner>[^\s$](?:[^$]{0,200}[^\s$])?)\$")  # "$\alpha$", "$n$"; not "$5 and $6"
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("?`", "¿"), ("!`", "¡"))
_BREAK = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def decode_latex(value: str) -> str:
    """The value as plain text: accents composed, braces dropped, dashes and quotes as Unicode, white space collapsed."""
    if _plain(value):
        return _SPACES.sub(" ", value).strip()
    text = _MATH.sub(_decode_math, _LITERAL.sub(_hide, value))
    if "\\" in text:
        text = _decode_macros(balance(text))
    else:
        for ligature, char in _LIGATURES:
            text = text.replace(ligature, char)
        text = text.replace("~", "\u00a0").replace("{", "").replace("}", "")
    return _SPACES.sub(" ", text).strip(" ").translate(_SHOWN)


def encode_latex(text: str) -> str:
    """The text as a BibTeX value in which TeX acts on nothing, with balanced braces."""
    return "{}".join(part.translate(_ENCODE) for part in _BREAK.split(text))


def balance(value: str) -> str:
    """The value without the braces that have no partner.

    >>> balance("A {B} C} {D")
    'A {B} C D'
    """
    opened: list[int] = []
    drop: set[int] = set()
    for at, char in enumerate(value):
        if char not in "{}" or (at and value[at - 1] == "\\"):
            continue
        if char == "{":
            opened.append(at)
        elif opened:
            opened.pop()
        else:
            drop.add(at)
    drop |= set(opened)
    return "".join(char for at, char in enumerate(value) if at not in drop) if drop else value


def _plain(value: str) -> bool:
    return not any(char in value for char in "\\{}$&%#~`") and "--" not in value and "''" not in value


def _hide(found: re.Match[str]) -> str:
    char = _NAMED[found["name"]] if found["name"] else found["char"] or found["bare"]
    return _HIDDEN[char]


def _decode_math(found: re.Match[str]) -> str:
    """Formulas are decoded; a pair of dollar signs around plain words is money."""
    inner = found["inner"]
    if len(inner) > 3 and not re.search(r"[\\^_{]", inner):
        return found[0]
    return _decode_macros(balance(found[0]))


def _decode_macros(text: str) -> str:
    """What pylatexenc makes of macros; where it gives up (nesting too deep), the text without braces and backslashes."""
    try:
        decoded = _decoder().latex_to_text(text, tolerant_parsing=True)
    except (RecursionError, ValueError, IndexError):
        return re.sub(r"[\\{}]", "", text)
    return str(decoded)


@cache
def _decoder() -> LatexNodes2Text:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=False)
