"""Numbers and signs in a text that may be markers of notes, and how much each looks the part.

Markers come in families, and a document keeps to one: glued to the word ("month1", "war.²", "times!2."), in brackets
("[12]", "(12)"), set off by a space ("war. 3 The"), or signs ("*", "†"). Candidates are cheap and many; which of them are
markers is decided by the alignment of all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from corpus.layout.alignment import Mark
from corpus.layout.labels import SIGN, SUPERSCRIPTS, sign_number
from corpus.layout.lines import Line

Family = Literal["raised", "glued", "square", "round", "spaced", "sign"]
NUMBERED: tuple[Family, ...] = ("glued", "square", "round", "spaced")

_RAISED = re.compile(r"[(\[]?(?P<n>\d{1,4})[)\]]?(?:[,;]\s?(?=\d))?")  # a raised span: "1", "1,2", "(3)"
_GLUED = re.compile(r"(?<=[^\s\d])\d{1,6}(?!\d)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_AFTER_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?P<n>[1-9]\d{0,2})(?!\d)")  # "1909–19135. At"
_NUMBER = re.compile(r"\d{1,4}(?!\d)")
_SQUARE = re.compile(r"\[(?P<n>\d{1,4})\]")
_ROUND = re.compile(r"(?<=\S)\s?\((?P<n>\d{1,3})\)(?=[\s.,;:!?»”’\"]|$)")
_SPACED = re.compile(r"(?<=[^\W_]|[.,;:!?”’»)\]])\s(?P<n>[1-9]\d{0,2})(?=[\s.,;:!?)—]|$)(?!\.\d)")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d$")
# "[12, p. 3]", "[1,2]", "[1], [2]"
_SEVERAL = re.compile(r"\[\d{1,3}(?:[,;–-]\s?(?:\d|pp?\.|ch|fig)|\]\s?[,;–-]\s?\[\d)")
_SIGN = re.compile(rf"(?<=\S)(?P<space>\s?)(?P<sign>{SIGN})(?=[\s.,;:!?)\]”’»\"]|$)(?!\s?\d)")
_STOPS, _CLOSERS = ".,;:!?…", "”’\"'»)]}›“"
_UNITS = frozenset("m km cm mm dm ft in h s co ch no nh so po u b c p k x n r f e t log ln".split())
_MEASURES = frozenset("m km cm mm dm µm nm ft yd mi s м км см мм дм".split())  # "km²" is no marker
_ABBREVIATED = frozenset("p pp vol vols no nos fig figs ch chap n nr bd t s f ff v c ca tab eq".split())
_BEFORE_NUMBERS = frozenset(
    "page pages chapter part volume number table figure act line section verse about of in from to until by after "
    "before and or than with seite kapitel band page chapitre des du le глава том с стр №".split()
)
_MONTHS = frozenset(
    "january february march april may june july august september october november december januar februar märz mai juni "
    "juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre".split()
)
_FEWEST_SEVERAL = 3  # brackets with several sources, or with a page, are citations, and so are the other ones
_LONGEST_WORD = 40
_FEWEST_CLOSED = 3
_LIKELY = 0.8
_FLOOR = 0.15


def find_marks(lines: Iterable[Line], words: Counter[str], family: Family) -> list[Mark]:
    """The candidates of one family in text order; ``words`` is the document's own vocabulary."""
    lines = list(lines)
    found = [mark for line in lines for mark in _FINDERS[family](line, words)]
    if family == "glued":
        found = _with_brackets(lines, found)
    return sorted(found, key=lambda mark: (mark.start, mark.end, mark.number))


def _with_brackets(lines: Sequence[Line], marks: list[Mark]) -> list[Mark]:
    """The marks with the bracket behind them, where a document sets all its numbers so: "Jahre.1) Der"."""
    starts = [line.start for line in lines]
    closed = []
    for at, mark in enumerate(marks):
        line = lines[bisect_right(starts, mark.start) - 1]
        begin, end = mark.start - line.start, mark.end - line.start
        if line.text.startswith(")", end) and not _is_bracketed(line.text, begin):
            closed.append(at)
    likely = sum(mark.weight >= _LIKELY for mark in marks)
    if len(closed) < _FEWEST_CLOSED or len(closed) * 10 < 6 * likely:
        return marks
    kept = list(marks)
    for at in closed:
        kept[at] = marks[at]._replace(end=marks[at].end + 1)
    return kept


def _is_bracketed(text: str, start: int) -> bool:
    """Whether a bracket that was opened before is still open."""
    return text.rfind("(", text.rfind(")", 0, start) + 1, start) >= 0


def families(lines: Iterable[Line]) -> tuple[Family, ...]:
    """The families that a document may use: where a reader of typeset pages saw raised numbers, no other."""
    lines = list(lines)
    if any(True for line in lines for _ in _raised(line, Counter())):
        return ("raised",)
    cites = sum(len(_SEVERAL.findall(line.text)) for line in lines) >= _FEWEST_SEVERAL
    return tuple(family for family in NUMBERED if family != "square" or not cites)


def weigh(text: str, start: int, end: int, words: Counter[str]) -> float:
    """How much the number at ``text[start:end]`` looks like a note marker, by its surroundings; 0: not at all.

    >>> known = Counter(["month", "carbon"])
    >>> weigh("per month1. It", 9, 10, known) > 0.5, weigh("the CO2 in", 6, 7, known), weigh("from 58,7 to", 8, 9, known)
    (True, 0.0, 0.0)
    """
    if start == 0:
        return 0.0
    before, after = text[start - 1], text[end : end + 1]
    follows = _follows(text, before, after, end, int(re.split(r"\D", text[start:end])[-1]))
    if not follows:
        return 0.0
    if before.isalpha():
        return follows * _after_word(text, start, end, words)
    if before in _STOPS:
        return follows * _after_stop(text, start)
    if before in _CLOSERS:
        closes = start > 1 and (not text[start - 2].isspace() or before in "»›")  # French sets "« word »¹"
        return follows * (0.95 if closes else 0.0)
    return 0.3 * follows if before in "—%" else 0.0


def _follows(text: str, before: str, after: str, end: int, number: int) -> float:
    """What may stand behind a marker: white space, a stop, a closing mark; hardly a letter, never part of a figure."""
    if not after or after.isspace():
        return 1.0
    if after.isalpha():
        return 0.5 if after.isupper() and before in ".!?”)" else 0.0
    if after in "%°‰$€£/=+×^_@#":
        return 0.0
    if after in ".,:-–" and text[end + 1 : end + 2].isdigit():
        next_number = _NUMBER.match(text, end + 1)
        neighbour = next_number is not None and int(next_number.group()) == number + 1  # "Woo13.14 She"
        return 0.6 if neighbour and after in ".,:" else 0.0
    return 0.9 if after in _STOPS + _CLOSERS + "—–-([" else 0.4


def _after_word(text: str, start: int, end: int, words: Counter[str]) -> float:
    whole = _word_before(text, start)
    base = re.split(r"[-_/]", whole)[-1]
    if len(base) < 2 or (base.casefold() in _UNITS and not (base == "in" and words["in"])):
        return 0.0
    if any(character.isdigit() for character in base):
        return 0.0
    if base[1:] != base[1:].lower():  # "McCarthy18" perhaps, "CO2" never
        name = len(base) > 4 or (
            base.isupper() and ((len(base) > 2 and not base.isascii()) or set(base) <= set("IVXL"))
        )
        return 0.25 if name else 0.0
    known = words[base.casefold().split("’")[0].split("'")[0]]
    return 0.9 if known else 0.45


def _word_before(text: str, start: int) -> str:
    first = start
    while first and start - first < _LONGEST_WORD and (text[first - 1].isalnum() or text[first - 1] in "’'-_/"):
        first -= 1
    return text[first:start]


def _after_stop(text: str, start: int) -> float:
    tail = text[max(0, start - _LONGEST_WORD) : start - 1]
    if not tail or tail[-1].isspace() or tail[-1] in "([":
        return 0.0
    if tail[-1].isdigit():
        year = re.search(r"(?<!\d)(?:1\d|20)\d\d$", tail)
        long = re.search(r"\d,\d{3}$", tail)  # "$2,100,000,000.11 There"
        return 0.0 if text[start - 1] not in ".,;" else 0.35 if year else 0.2 if long else 0.0
    if text[start - 1] == ":" and not tail[-1].isalpha():  # "2015 [1960]:277"
        return 0.0
    word = re.search(r"(?<![^\W_])[^\W\d_]+$", tail)
    if word and text[start - 1] == "." and (word.group().casefold() in _ABBREVIATED or len(word.group()) == 1):
        return 0.0
    return 1.0


def _raised(line: Line, words: Counter[str]) -> Iterator[Mark]:
    """The numbers above the baseline, with their brackets and the comma behind them; those that begin a line are labels."""
    for low, high in line.hint.raised if line.hint is not None else ():
        if low <= line.start:
            continue
        for match in _RAISED.finditer(line.text, low - line.start, high - line.start):
            first, last = line.start + match.start("n"), line.start + match.end("n")
            for mark in _readings(match["n"], first, 1.0):
                start = line.start + match.start() if mark.start == first else mark.start
                yield mark._replace(start=start, end=line.start + match.end() if mark.end == last else mark.end)


def _glued(line: Line, words: Counter[str]) -> Iterator[Mark]:
    for match in _GLUED.finditer(line.text):
        raised = not match.group().isascii()
        weigh_it = _weigh_raised if raised else weigh
        weight = weigh_it(line.text, match.start(), match.end(), words)
        if weight > _FLOOR:
            yield from _readings(match.group().translate(SUPERSCRIPTS), line.start + match.start(), weight)
    for match in _AFTER_YEAR.finditer(line.text):
        if _follows(line.text, "0", line.text[match.end() : match.end() + 1], match.end(), int(match["n"])) >= 0.9:
            yield Mark(int(match["n"]), line.start + match.start("n"), line.start + match.end(), 0.2)


def _weigh_raised(text: str, start: int, end: int, words: Counter[str]) -> float:
    """A raised number is a marker but at the beginning of a line, and behind a measure or a bare number: "m²", "10⁶"."""
    if start == 0:
        return 0.0
    word = _word_before(text, start)
    bare = word.isdigit() and not re.fullmatch(r"(?:1\d|20)\d\d", word)
    return 0.2 if bare or word.casefold() in _MEASURES else 1.0


def _readings(digits: str, start: int, weight: float) -> Iterator[Mark]:
    """One number, or two neighbours that stand together: "12" is 12, or 1 and 2."""
    if len(digits) <= 4 and digits[0] != "0":
        yield Mark(int(digits), start, start + len(digits), weight)
    cut = len(digits) // 2
    if len(digits) > 1 and int(digits[:cut]) + 1 == int(digits[cut:]) and digits[0] != "0":
        yield Mark(int(digits[:cut]), start, start + cut, 0.6 * weight)
        yield Mark(int(digits[cut:]), start + cut, start + len(digits), 0.6 * weight)


def _square(line: Line, words: Counter[str]) -> Iterator[Mark]:
    for match in _SQUARE.finditer(line.text, 1):
        yield Mark(int(match["n"]), line.start + match.start(), line.start + match.end(), 0.8)


def _round(line: Line, words: Counter[str]) -> Iterator[Mark]:
    for match in _ROUND.finditer(line.text):
        counts = line.text[: match.start()].rstrip()[-1:] in ",;:" and line.text[match.end() :].lstrip()[:1].islower()
        start = line.start + match.start("n") - 1
        yield Mark(int(match["n"]), start, line.start + match.end(), 0.2 if counts else 0.7)


def _spaced(line: Line, words: Counter[str]) -> Iterator[Mark]:
    for match in _SPACED.finditer(line.text):
        weight = _weigh_spaced(line.text, match.start(), match.end())
        if weight:
            yield Mark(int(match["n"]), line.start + match.start("n"), line.start + match.end(), weight)


def _weigh_spaced(text: str, start: int, end: int) -> float:
    """How much a number behind a space looks like a marker: behind a stop and before a new sentence it does most."""
    before = text[start - 1]
    opens = not text[end : end + 2].strip()[:1].islower()
    if before.isdigit():  # "the years 1909-1913 5. At"
        return (
            0.25
            if _YEAR_BEFORE.search(text, max(0, start - 5), start) and text[end : end + 1] in (".", ",", ";", ":", "")
            else 0.0
        )
    if before.isalpha():
        word = _word_before(text, start).casefold()
        plain = len(word) < 2 or word in _BEFORE_NUMBERS or word in _ABBREVIATED or word in _MONTHS
        return 0.0 if plain else 0.35
    word = _word_before(text, start - 1).casefold()
    if before == "." and (word in _ABBREVIATED or len(word) == 1):
        return 0.0
    return 0.8 if opens and before in ".!?”»" else 0.4


def _signs(line: Line, words: Counter[str]) -> Iterator[Mark]:
    for match in _SIGN.finditer(line.text):
        number, start = sign_number(match["sign"]), line.start + match.start("sign")
        yield Mark(number, start, line.start + match.end(), 0.5 if match["space"] else 1.0)


_FINDERS = {"raised": _raised, "glued": _glued, "square": _square, "round": _round, "spaced": _spaced, "sign": _signs}
