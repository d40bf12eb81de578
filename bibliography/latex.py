r"""LaTeX in BibTeX values to plain Unicode and back.

>>> decode_latex(r"Zlati\'{c}, {USSR} 1928--1933"), encode_latex("R&D: 50 % of \\input")
('Zlatić, USSR 1928–1933', 'R\\&D: 50 \\% of \\textbackslash{}input')
>>> decode_latex(r"The {USSR} and \emph{Pravda}", markup=True)
'The <span class="nocase">USSR</span> and <i>Pravda</i>'

Decoding never runs or reads anything: a macro that is not known is dropped and its argument kept. Encoding escapes every
character that TeX would act on; accented letters stay as they are, or become macros by ``to_ascii``. For text without control
characters, noncharacters and runs of spaces ``decode_latex(encode_latex(text)) == text``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from bibliography.latex_macros import (
    ACCENTS,
    ACTING,
    AROUND,
    DECLARATIONS,
    FIRST_DROPPED,
    LETTERS,
    MARKUP,
    SIGNS,
    STYLES,
    WORDS,
)

if TYPE_CHECKING:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

# Each character that TeX acts on, and what is written for it.
_ENCODE = str.maketrans(
    {
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
)
_LATEX = re.compile(r"[\\{}$&%#~`]|--|''")  # text without these means itself
_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+\*?)\s*|\\(?P<sign>.)|(?P<brace>[{}])|(?P<math>\$[^\s$](?:[^$]{0,200}[^\s$])?\$)"
    r"|(?P<ligature>---?|``|''|[?!]`)|(?P<tie>~)|(?P<text>[^\\{}$~`'?!-]+|.)",
    re.DOTALL,
)
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
_BREAK = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_COMMANDS = {
    "i": "\\emph",
    "b": "\\textbf",
    "sup": "\\textsuperscript",
    "sub": "\\textsubscript",
    "sc": "\\textsc",
    "nocase": "",
}
_OPENING = {opening: name for name, (opening, _) in MARKUP.items()}
_TAG = re.compile("(" + "|".join(re.escape(tag) for pair in MARKUP.values() for tag in pair) + ")")
_DOTLESS = {"ı": "i", "ȷ": "j"}


@lru_cache(maxsize=4096)
def decode_latex(value: str, *, markup: bool = False) -> str:
    """The value as plain text: accents composed, braces dropped, dashes and quotes as Unicode, white space collapsed.

    With ``markup`` italics, bold, small capitals, super- and subscripts and protected case stand as CSL-JSON's markup.
    """
    if _LATEX.search(value) is None:
        return _SPACES.sub(" ", value).strip()
    text = _Decoder(markup).decode(value)
    return _SPACES.sub(" ", text).strip(" ")


def encode_latex(text: str) -> str:
    """The text as a BibTeX value in which TeX acts on nothing, with balanced braces."""
    return "{}".join(part.translate(_ENCODE) for part in _BREAK.split(text))


def to_ascii(value: str) -> str:
    r"""A LaTeX value with macros for what is outside ASCII; what no macro says exactly (Greek, Chinese) stays.

    >>> print(to_ascii("Zlatić, № 5: Über СССР"))
    Zlati{\'c}, {\textnumero} 5: {\"U}ber {\CYRS}{\CYRS}{\CYRS}{\CYRR}
    """
    return value if value.isascii() else "".join(map(_macro, unicodedata.normalize("NFC", value)))


def encode_markup(text: str) -> str:
    r"""The same for text with CSL-JSON's markup, as far as it is closed: italics, bold, protected case and the like.

    >>> encode_markup('The <span class="nocase">USSR</span> & <i>Pravda</i>')
    'The {USSR} \\& \\emph{Pravda}'
    """
    opened: list[tuple[str, list[str]]] = [("", [])]  # the tag, and what follows it
    for part in _TAG.split(text):
        tag = opened[-1][0]
        if part in _OPENING:
            opened.append((part, []))
        elif tag and part == MARKUP[_OPENING[tag]][1]:
            inner = "".join(opened.pop()[1])
            opened[-1][1].append(f"{_COMMANDS[_OPENING[tag]]}{{{inner}}}")
        else:
            opened[-1][1].append(encode_latex(part))
    return "".join(encode_latex(tag) + "".join(parts) for tag, parts in opened)


def escape_acting(value: str) -> str:
    r"""The value with the macros escaped that read or write files, run programs or redefine others.

    >>> escape_acting(r"\emph{a} \input{/etc/passwd} \write18{ls}")
    '\\emph{a} \\textbackslash{}input{/etc/passwd} \\textbackslash{}write18{ls}'
    """
    if "\\" not in value and "^^" not in value:
        return value
    return ACTING.sub(lambda m: "\\textbackslash{}" if m[0] == "\\" else "\\textasciicircum{}" * 2, value)


def balance(value: str) -> str:
    """The value without the braces that have no partner.

    >>> balance("A {B} C} {D")
    'A {B} C D'
    """
    opened: list[int] = []
    drop: set[int] = set()
    for mark in re.finditer(r"(?<!\\)[{}]", value):
        if mark[0] == "{":
            opened.append(mark.start())
        elif opened:
            opened.pop()
        else:
            drop.add(mark.start())
    drop |= set(opened)
    return "".join(char for at, char in enumerate(value) if at not in drop) if drop else value


class _Group:
    """An open brace: the text so far, what is done with it at its end, and how many arguments are to be dropped."""

    __slots__ = ("accent", "drop", "parts", "special", "style", "wrap")

    def __init__(self, accent: str = "", wrap: str = "", drop: bool = False) -> None:
        self.parts: list[str] = []
        self.accent = accent
        self.wrap = wrap
        self.drop = drop
        self.style = ""  # of a declaration within: {\em x}
        self.special = False  # begins with a macro, which BibTeX takes for a letter: {\'e}


class _Decoder:
    """One pass over the tokens of one value with a stack of open braces; no recursion, so that none is too deep."""

    def __init__(self, markup: bool) -> None:
        self._markup = markup
        self._stack = [_Group()]
        self._accent = self._wrap = ""  # what waits for the next letter or group
        self._drop = self._styled = False

    def decode(self, value: str) -> str:
        for token in _TOKEN.finditer(balance(value)):
            kind = token.lastgroup
            if kind == "text":
                self._text(token["text"])
            elif kind == "brace":
                if token["brace"] == "{":
                    self._open()
                else:
                    self._close()
            elif kind == "word":
                self._word(token["word"].rstrip("*"))
            elif kind == "sign":
                self._sign(token["sign"])
            elif kind == "math":
                self._text(_decode_math(token["math"]))
            else:
                self._text("\u00a0" if kind == "tie" else _LIGATURES[token["ligature"]])
        while len(self._stack) > 1:
            self._close()
        return "".join(self._stack[0].parts)

    def _open(self) -> None:
        protects = not (self._accent or self._styled or self._drop)
        wrap = self._wrap if self._styled else "nocase" if protects and self._markup else ""
        self._stack.append(_Group(self._accent, wrap, self._drop))
        self._accent = self._wrap = ""
        self._drop = self._styled = False

    def _close(self) -> None:
        if len(self._stack) == 1:
            return
        group = self._stack.pop()
        text = "".join(group.parts)
        if group.drop:
            return
        if group.accent:
            text = _accented(text, group.accent)
        wrap = group.style or ("" if group.wrap == "nocase" and not _protects(group, text) else group.wrap)
        self._stack[-1].parts.append(self._wrapped(text, wrap))

    def _wrapped(self, text: str, wrap: str) -> str:
        before, after = AROUND.get(wrap) or (MARKUP.get(wrap, ("", "")) if self._markup and text else ("", ""))
        return before + text + after

    def _text(self, text: str) -> None:
        if self._accent and not text.isspace():
            text = _accented(text[0], self._accent) + text[1:]
            self._accent = ""
        elif self._styled:
            text = self._wrapped(text[0], self._wrap) + text[1:]
        self._styled, self._wrap = False, ""
        self._stack[-1].parts.append(text)

    def _sign(self, sign: str) -> None:
        self._stack[-1].special |= not self._stack[-1].parts
        if sign in ACCENTS:
            self._accent = ACCENTS[sign]
        else:
            self._text(SIGNS.get(sign, sign))

    def _word(self, word: str) -> None:
        self._stack[-1].special |= not self._stack[-1].parts
        if word in LETTERS:
            self._text(LETTERS[word])
        elif word in ACCENTS:
            self._accent = ACCENTS[word]
        elif word in DECLARATIONS:
            self._stack[-1].style = STYLES[word]
            self._stack[-1].wrap = ""
        elif word in STYLES:
            self._styled, self._wrap = True, STYLES[word]
        elif word in FIRST_DROPPED:
            self._drop = True
        elif (known := WORDS[word] if word in WORDS else _symbol(word)) is not None:
            if known:
                self._text(known)
        else:
            self._styled, self._wrap = True, ""


def _accented(text: str, accent: str) -> str:
    first = _DOTLESS.get(text[:1], text[:1]) if accent != "\u0323" else text[:1]
    return unicodedata.normalize("NFC", first + accent) + text[1:] if first else ""


def _protects(group: _Group, text: str) -> bool:
    r"""Whether braces are there for the case of their text: not for {\'e}, {\ss} and {é}."""
    return not group.special and text.upper() != text.lower() and (len(text) > 1 or text.isascii())


def _decode_math(written: str) -> str:
    """Formulas are decoded; a pair of dollar signs around plain words is money."""
    inner = written[1:-1]
    if len(inner) > 3 and not re.search(r"[\\^_{]", inner):
        return written
    try:
        return str(_latex2text().latex_to_text(balance(written), tolerant_parsing=True))
    except (RecursionError, ValueError, IndexError):
        return re.sub(r"[\\{}$]", "", written)


@cache
def _symbol(word: str) -> str | None:
    r"""What pylatexenc shows for a macro without arguments: "α" for \alpha; None where it knows none."""
    spec = _latex2text().latex_context.get_macro_spec(word)
    shown = getattr(spec, "simplify_repl", None)
    return shown if isinstance(shown, str) and "%" not in shown else None


@cache
def _latex2text() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=False)


@cache
def _macro(char: str) -> str:
    """The macro of a character that is read as this character again, in braces; else the character itself."""
    if char.isascii():
        return char
    written = _encoder().unicode_to_latex(char)
    formula = "ensuremath" in written  # letters of formulas are no letters of a text
    return written if decode_latex(written) == char and not formula else char


@cache
def _encoder() -> UnicodeToLatexEncoder:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    return UnicodeToLatexEncoder(
        non_ascii_only=True,
        replacement_latex_protection="braces-all",
        unknown_char_policy="keep",
        unknown_char_warning=False,
    )
