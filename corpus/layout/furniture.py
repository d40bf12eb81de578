"""Running heads and feet and page numbers: told by repetition and by counting up, peeled off from the edges of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.layout.labels import read_label
from corpus.layout.lines import Line, ends_sentence
from corpus.layout.sequence import counted_up
from schemas.records import EditKind

NUMBER_ALONE = re.compile(r"\W{0,3}(?P<n>\d{1,4})\W{0,3}$")  # "– 12 –"
_NUMBER_AT_END = re.compile(r"^(?P<left>\d{1,4})(?=\s{2})|(?<=\s\s)(?P<right>\d{1,4})$")  # "378   Ada van Dam"
# "378 Ada van Dam"
_NUMBER_NEAR = re.compile(r"^(?P<left>\d{1,4})(?=\s+[^\s\d])|(?<=[^\s\d.,:])\s(?P<right>\d{1,4})$")
_WORD = re.compile(r"[^\W_]{3,}")
_BACK = frozenset(("ibid", "ibidem", "там", "ebd", "ebenda", "idem"))
_MISREAD = str.maketrans("l10", "iio")  # what scanners take for each other
_LONGEST_HEAD = 120
_DEEPEST = 4  # lines of furniture at one edge
_TITLE_LINES = 6  # so far down the title may stand
_PAGE_LINES, _HEADED_LINES = 12, 5  # lines between page numbers; where heads stand beside them, fewer prove it


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """What stays the same in a running head from page to page: its words, as scanners may have misread them.

    >>> key_of("1923]  THE MILLERS OF ELBING  303") == key_of("1923l THE MlLLERS OF ELBING 305")
    True
    """
    words = (word.casefold().translate(_MISREAD) for word in _WORD.findall(text[:_LONGEST_HEAD]))
    kept = [word for word in words if sum(c.isalpha() for c in word) >= 3 and not any(c.isdigit() for c in word)]
    return "" if not kept or _BACK & set(kept) or sum(map(len, kept)) < 4 else " ".join(kept)


def numbers_of(text: str) -> list[int]:
    """The numbers of a line that may be its page: alone, or at one end of it with room between."""
    alone = NUMBER_ALONE.match(text)
    if alone:
        return [int(alone["n"])]
    return [int(match.group()) for match in _NUMBER_AT_END.finditer(text)]


def at_edges(lines: Sequence[Line], pages: Sequence[range]) -> tuple[dict[int, EditKind], list[str | None]]:
    """The furniture of pages that are known, by index of its line, and the pages' numbers as printed."""
    tops = [_near(lines, page) for page in pages]
    feet = [_near(lines, page[::-1]) for page in pages]
    both = [dict.fromkeys([*top[:2], *foot[:2]]) for top, foot in zip(tops, feet, strict=True)]
    offset = _offset(lines, both)
    above, below = _repeated(lines, tops), _repeated(lines, feet)
    front = _front_words(lines, pages[0])
    often = max(3, 0.4 * len(pages))  # at the foot it must repeat often, for notes do
    kinds: dict[int, EditKind] = {}
    labels: list[str | None] = [None] * len(pages)
    for number in range(len(pages)):
        for index in both[number]:
            if offset is not None and number + offset in numbers_of(lines[index].text):
                labels[number] = str(number + offset)
                kinds[index] = "page-number" if NUMBER_ALONE.match(lines[index].text) else "running-head"
        for edge, counts, times in ((tops[number], above, 2), (feet[number], below, often)):
            for index in edge:
                text = lines[index].text
                titles = number == 0 and edge is tops[0] and not numbers_of(text)  # heads repeat the title
                seen = counts[key_of(text)] >= times or (edge is tops[number] and _names_article(text, front))
                if index not in kinds and (titles or not seen):
                    break
                kinds.setdefault(index, "running-head")
    return kinds, labels


def _front_words(lines: Sequence[Line], page: Sequence[int]) -> set[str]:
    """The words of the title and the authors: of the short lines with which the first page begins."""
    found: set[str] = set()
    for index in page[:_TITLE_LINES]:
        if len(lines[index].text) > _LONGEST_HEAD or ends_sentence(lines[index].text):
            break
        found.update(key_of(lines[index].text).split())
    return found


def _names_article(text: str, front: set[str]) -> bool:
    """Whether a line has hardly more than words of the title and the authors, as a head that is printed but once."""
    words = key_of(text).split()
    return len(words) >= 2 and front.issuperset(words) and not ends_sentence(text)


def _near(lines: Sequence[Line], page: Sequence[int]) -> list[int]:
    """The lines at one edge of a page that are short enough for furniture, from the edge inwards."""
    return [index for index in page[:_DEEPEST] if len(lines[index].text) <= _LONGEST_HEAD]


def _repeated(lines: Sequence[Line], edges: Sequence[Sequence[int]]) -> Counter[str]:
    counts = Counter(key for edge in edges for key in {key_of(lines[index].text) for index in edge})
    counts[""] = 0
    return counts


def _offset(lines: Sequence[Line], edges: Sequence[dict[int, None]]) -> int | None:
    """What is to be added to the place of a page to have its printed number."""
    offsets: Counter[int] = Counter()
    for number, page in enumerate(edges):
        offsets.update({n - number for index in page for n in numbers_of(lines[index].text)})
    offset, support = offsets.most_common(1)[0] if offsets else (0, 0)
    return offset if support >= max(2, 0.4 * len(edges)) else None


def by_numbers(lines: Sequence[Line]) -> tuple[dict[int, EditKind], list[tuple[int, int]]]:
    """Without form feeds: the lines with page numbers, by index, and (index, number) of each in order.

    Numbers alone on their lines, and those at one end of a running head, count up, far enough apart to be pages.
    """
    keys = Counter(key_of(line.text) for line in lines if len(line.text) <= _LONGEST_HEAD)
    keys[""] = 0
    found = list(_apart([pair for i, line in enumerate(lines) for pair in _candidates(line, i, keys)]))
    chain = [found[i] for i in counted_up([number for _, number in found], reach=3)]
    if len(chain) < 3:
        return _last_number(lines), []
    headed = sum(not lines[i].text.isdigit() or _is_headed(lines, i, keys) for i, _ in chain)
    least = _HEADED_LINES if headed * 2 >= len(chain) else _PAGE_LINES
    if chain[-1][0] - chain[0][0] < least * (len(chain) - 1):
        return {}, []
    kinds: dict[int, EditKind] = {}
    for i, _ in chain:
        kinds[i] = "page-number" if NUMBER_ALONE.match(lines[i].text) else "running-head"
        for step in (-1, 1):
            place = i + step
            while 0 <= place < len(lines) and place not in kinds and _heads(lines, place, keys):
                kinds[place] = "running-head"
                place += step
    return kinds, chain


def _last_number(lines: Sequence[Line]) -> dict[int, EditKind]:
    """The number below a text of one page."""
    alone = len(lines) > 1 and lines[-1].gap and NUMBER_ALONE.match(lines[-1].text)
    return {len(lines) - 1: "page-number"} if alone else {}


def _is_headed(lines: Sequence[Line], i: int, keys: Counter[str]) -> bool:
    return any(0 <= place < len(lines) and _heads(lines, place, keys) for place in (i - 1, i + 1))


def _candidates(line: Line, i: int, keys: Counter[str]) -> Iterator[tuple[int, int]]:
    text = line.text
    if len(text) > _LONGEST_HEAD:
        return
    if len(text) < 12 and (alone := NUMBER_ALONE.match(text)):
        yield i, int(alone["n"])
        return
    repeated = keys[key_of(text)] >= 2
    if repeated or _in_capitals(text):
        found = _NUMBER_AT_END.search(text) or (_NUMBER_NEAR.search(text) if repeated else None)
        if found:
            yield i, int(found.group())


def _in_capitals(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters > 10 and sum(map(str.isupper, text)) * 10 >= 8 * letters


def _apart(found: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Without the numbers of tables and lists, which count up from line to line."""
    crowded = {
        pair
        for above, below in pairwise(found)
        if below[0] - above[0] <= 2 and abs(below[1] - above[1]) <= 1
        for pair in (above, below)
    }
    yield from (pair for pair in found if pair not in crowded)


def _heads(lines: Sequence[Line], i: int, keys: Counter[str]) -> bool:
    """Whether a line beside a page number is a running head: short, seen elsewhere too, no sentence and no note."""
    text = lines[i].text
    if text[0].islower():
        return False
    return i >= _TITLE_LINES and keys[key_of(text)] >= 2 and not ends_sentence(text) and read_label(lines[i]) is None
