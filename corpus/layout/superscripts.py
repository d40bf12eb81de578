"""Superscript citations of a numbered reference list, flattened into the text: "shown.3–5", "cells1,2", "PolyPhen41 and".

A number behind a word is weak evidence. The list decides: most of its numbers must be cited so, or none is lifted. In
a list numbered as cited, a number far above all before it is none of it, unless those behind it go on from there; and
where just one number is missing between two citations, the only place that could be it is taken ("MAD263" behind 62).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from corpus.layout.draft import Draft, Lifted
from corpus.layout.labels import SUPERSCRIPTS
from corpus.layout.lines import Line

_GROUP = re.compile(
    r"(?<=[^\s\d])\d{1,6}(?:[,–-]\d{1,3})*(?!\d)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,–⁻˒-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*"
)  # "model1,2", "shown.3–5"
_RANGE = re.compile(r"(?P<first>\d+)(?:[–-](?P<last>\d+))?")
_RAISED = SUPERSCRIPTS | str.maketrans("⁻˒", "–,")
_POWER = re.compile(r"(?:\d|(?<![^\W\d_])(?:[cdkmµ]?m|ft|in|yd|s|[ксмд]?м))[²³]$")  # "10²", "4 m²"
_BRACKET = re.compile(r"\[\d{1,4}(?:[,;–-]\s?\d{1,4})*\]")
_SURE, _KNOWN, _LIKELY, _POSSIBLE = 0.4, 0.3, 0.2, 0.1
_CITED_SHARE = 0.4  # of the list, to believe that superscripts cite it
_COUNTING = 6  # so many new numbers, each going on from those before, are as good
_REACH = 8  # how far a new number may lie above all before it: a few citations are always lost
_WIDEST_RANGE = 60
_OFTEN = 2  # so often a name stands with its own number
# A name before a number; all names of a line, those with a number of their own, too: "mDCs", "HIV-1"
_NAME = re.compile(r"(?<![\w.])[^\W\d_][^\W\d_-]*[^\W\d_]-?$")
_NUMBERED = re.compile(r"(?<![\w.-])[^\W\d_][^\W\d_-]+-?\d{1,3}$")
_NAMES = re.compile(r"(?<![\w.-])[^\W\d_][\w-]*(?![\w–-])")
# Where a number may be a citation only if it is the one that is missing: behind a name, alone or with a number of its own
# ("MYC22", "MAD263", "BLAST+60"), behind a year ("201142"), behind a number that ends a sentence ("Version 2.2.19 We").
_BEHIND_NAME = re.compile(r"(?<![\w.])(?:[^\W\d_][\w-]*)?[^\W\d_][+*)]?(?P<own>\d{0,2})[.,]?$")
_LABELLED = re.compile(
    r"(?i:\b(?:fig(?:ure)?s?|tab(?:le)?s?|text|movie|video|dataset|files?|s|nos?|vols?|pp?|eqs?|m|cm|mm|km|nm|µm))$"
)
_FIGURE = re.compile(r"(?i:(?<![^\W\d_])(?:fig(?:ure)?s?|tab(?:le)?s?|eqs?)\.?)$")
_AFTER_YEAR = re.compile(r"(?<![\w.,/–-])(?:1[6-9]|20)\d\d(?P<group>\d{1,3}(?:[,–-]\d{1,3})*)(?![\w–-])")
_ENDS_SENTENCE = re.compile(r"\s*$|\s+[^\W\d_a-z]")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|al|etc|y\.a)\.,?$")

Weigh = Callable[[Line, int, int], float]


class _Group(NamedTuple):
    lifted: Lifted
    numbers: tuple[int, ...]
    weight: float
    word: str  # with the number: "fineSTRUCTURE16"


def find_superscript_citations(
    drafts: Sequence[Draft], highest: int, weigh: Weigh, *, exact: bool = False
) -> list[Lifted]:
    """The superscript citations of a text whose reference list counts to ``highest``, in text order.

    ``weigh`` tells how much the number at a stretch of a line looks like a raised one, 0 to 1. With ``exact`` the lines
    carry hints of what is raised, and nothing else is.
    """
    if exact:
        weigh = _hinted
    names = Counter(name for draft in drafts for line in draft.lines for name in _NAMES.findall(line.text))
    groups = [group for draft in drafts for group in _groups(draft, highest, weigh, names)]
    groups.sort(key=lambda group: group.lifted.start)
    sure = [group for group in groups if group.weight >= _SURE]
    cited = {number for group in sure for number in group.numbers}
    brackets = sum(len(_BRACKET.findall(line.text)) for draft in drafts for line in draft.lines)
    steps, fits = _count_up(sure)
    counting = fits * 10 >= 6 * steps
    enough = len(cited) >= max(3, _CITED_SHARE * highest) or (counting and fits >= _COUNTING)
    if not enough or len(sure) <= brackets:
        return []
    return [group.lifted for group in (_in_order(groups) if counting else sure)]


def _groups(draft: Draft, highest: int, weigh: Weigh, names: Counter[str]) -> Iterator[_Group]:
    for line in draft.lines:
        for match in _AFTER_YEAR.finditer(line.text) if weigh is not _hinted else ():
            yield from _possible(line, *match.span("group"), highest)
        for match in _GROUP.finditer(line.text):
            start, end = match.span()
            if "0" <= line.text[start] <= "9":
                start, weight = _weight(line, start, end, weigh, names)
            else:
                is_power = _POWER.search(line.text, max(0, start - 8), end) is not None
                weight = 1.0 if start and not is_power else 0.0  # raised digits of Unicode
            label = line.text[start:end].translate(_RAISED)
            numbers = tuple(_numbers(label))
            if weight >= _LIKELY and min(numbers) >= 1 and max(numbers) <= highest:
                lifted = Lifted(line.start + start, line.start + end, label, citation=True)
                word = _NAME.search(line.text, max(0, start - 30), start)
                yield _Group(lifted, numbers, weight, word.group() + label if word else "")
            elif weigh is not _hinted:
                for cut in _cuts(line.text, *match.span(), names):
                    yield from _possible(line, cut, end, highest)


def _cuts(text: str, start: int, end: int, names: Counter[str]) -> Iterator[int]:
    """Where a citation may begin in a number that does not look like one."""
    before = text[max(0, start - 30) : start]
    if text[end : end + 1].isalnum() or text[end : end + 1] in tuple("–-/%°"):
        return
    if before[-1] == "." and before[-2:-1].isdigit():
        yield from (start,) if _ENDS_SENTENCE.match(text, end) else ()
        return
    name = _BEHIND_NAME.search(before)
    if name is None:
        return
    if not name["own"] and not _LABELLED.search(before) and names[name.group() + text[start:end]] < _OFTEN:
        yield start
    if before[-1] not in ".,":
        yield from (cut for cut in range(start + 1, min(end, start + 3)) if text[cut].isdigit())


def _possible(line: Line, start: int, end: int, highest: int) -> Iterator[_Group]:
    label = line.text[start:end].translate(SUPERSCRIPTS)
    numbers = tuple(_numbers(label))
    if label[0] != "0" and min(numbers) >= 1 and max(numbers) <= highest:
        yield _Group(Lifted(line.start + start, line.start + end, label, citation=True), numbers, _POSSIBLE, "")


def _weight(line: Line, start: int, end: int, weigh: Weigh, names: Counter[str]) -> tuple[int, float]:
    """Where a group begins and its weight: that of a marker, but for what only a citation is.

    That is "(1,2)" around superscripts, "(e.g.24,26)", a name that stands elsewhere without the number ("mDCs29"), and
    one that has a number of its own ("HIV-141,42", where HIV-1 stands elsewhere).
    """
    text = line.text
    if weigh is _hinted:
        return start, weigh(line, start, end)
    before, behind = text[start - 1 : start], text[end : end + 1]
    if _FIGURE.search(text, max(0, start - 12), start):  # "Fig3"
        return start, 0.0
    if before == "," and (named := _NUMBERED.search(text, max(0, start - 30), start - 1)):
        return start, 0.3 if names[named.group()] >= _OFTEN else 0.0  # "TPX2,53"
    if before in ".," and text[start - 2 : start - 1] in tuple("−–-=<>~≈±+ "):  # "β = −.13"
        return start, 0.0
    weight = weigh(line, start, end)
    if weight or behind.isalnum() or behind in ("-", "–", "/"):
        return start, weight
    if before == "(" and behind == ")":  # "(14)." at a phrase's end; "(14) good" counts points
        several = "," in text[start:end]
        ends = text[end + 1 : end + 2] in tuple(".,;:") or end + 1 == len(text)
        return start, 0.3 if several else 0.2 if ends else 0.0
    name = _NAME.search(text, max(0, start - 30), start)
    if name is None:
        return start, 0.25 if _ABBREVIATED.search(text, max(0, start - 10), start) else 0.0
    if names[name.group()] >= max(1, names[name.group() + text[start:end]]):
        return start, 0.3
    cuts = range(start + 1, min(end, start + 4))
    own = [cut for cut in cuts if text[cut] not in "–-" and names[name.group() + text[start:cut]] >= _OFTEN]
    return (own[-1] + (text[own[-1]] == ","), 0.3) if own else (start, 0.0)


def _hinted(line: Line, start: int, end: int) -> float:
    place = line.start + start
    return float(line.hint is not None and any(low <= place < high for low, high in line.hint.raised))


def _numbers(label: str) -> Iterator[int]:
    for part in _RANGE.finditer(label):
        first, last = int(part["first"]), int(part["last"] or part["first"])
        yield from range(first, last + 1) if 0 <= last - first <= _WIDEST_RANGE else (first, last)


def _count_up(groups: Sequence[_Group]) -> tuple[int, int]:
    """How many groups bring new numbers, and how many of these go on from the highest before them."""
    newest, steps, fits = 0, 0, 0
    for group in groups:
        if max(group.numbers) > newest:
            steps += 1
            fits += min(n for n in group.numbers if n > newest) <= newest + 3
            newest = max(group.numbers)
    return steps, fits


def _in_order(groups: Sequence[_Group]) -> Iterator[_Group]:
    newest = 0
    words = set()
    for at, group in enumerate(groups):
        if group.weight < _LIKELY:
            if _is_missing(groups, at, newest):
                newest = max(group.numbers)
                yield group
            continue
        fresh = [number for number in group.numbers if number > newest]
        goes_on = bool(fresh) and fresh[0] <= newest + (3 if group.weight >= _KNOWN else 1)
        if group.weight < (_SURE if fresh else _KNOWN) and not goes_on and group.word not in words:
            continue
        if fresh and fresh[0] > newest + _REACH and not _followed(groups[at + 1 : at + 6], fresh[0]):
            continue
        newest = max(newest, *group.numbers)
        words |= {group.word} - {""}
        yield group


def _is_missing(groups: Sequence[_Group], at: int, newest: int) -> bool:
    """Whether a possible group brings just the numbers between the citations before and behind, and no other place does."""
    wanted = tuple(range(newest + 1, newest + 1 + len(groups[at].numbers)))
    if groups[at].numbers != wanted:
        return False
    for group in reversed(groups[:at]):
        if group.weight >= _LIKELY and newest in group.numbers:
            break
        if group.weight < _LIKELY and group.numbers[0] == wanted[0] and group.lifted.end < groups[at].lifted.start:
            return False  # "p53" as well as "MAD253"
    for n, group in enumerate(groups[at + 1 :], at + 1):
        if group.weight < _LIKELY:
            if group.numbers[0] == wanted[0] and group.lifted.start > groups[at].lifted.end:
                return False
            if group.numbers[0] == wanted[-1] + 1 and _is_missing(groups, n, wanted[-1]):
                return True  # two are missing, and both have their only place
        elif max(group.numbers) > newest:
            first = min(number for number in group.numbers if number > newest)
            return first == wanted[-1] + 1 and group.weight >= _SURE
    return False


def _followed(behind: Sequence[_Group], number: int) -> bool:
    """Whether most of the next groups cite numbers near this one."""
    near = [group for group in behind if any(number - 2 <= n <= number + _REACH for n in group.numbers)]
    return len(near) >= 3
