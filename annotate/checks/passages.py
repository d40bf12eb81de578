"""A sentence with its figures and dates as single placeholders, so that a pattern can speak of numbers of any wording.

"rose from 200,000 tons to 5 millions" becomes "rose from Q to Q" with two placeholder characters of the private-use area,
one range for each kind; ``Passage.items`` leads from a placeholder back to the annotation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from annotate.sentences import Sentence, split_sentences
from schemas.offsets import SpanIndex
from schemas.records import Annotation, Article
from schemas.values import DateValue, FigureValue

_KINDS = ("MONEY", "PERCENT", "QUANTITY", "COUNT", "RATIO", "DURATION", "RATE", "ORDINAL", "DATE")
_WIDTH = 0x200  # placeholders of one kind in one sentence; what is beyond stays text
_BASES = {kind: 0xE000 + number * _WIDTH for number, kind in enumerate(_KINDS)}


def _range(*kinds: str) -> str:
    return "".join(f"{chr(_BASES[kind])}-{chr(_BASES[kind] + _WIDTH - 1)}" for kind in kinds)


FIGURES = _range("MONEY", "PERCENT", "QUANTITY", "COUNT", "RATIO", "DURATION", "RATE", "ORDINAL")
FIGURE = f"[{FIGURES}]"
AMOUNT = f"[{_range('MONEY', 'QUANTITY', 'COUNT', 'DURATION')}]"
LEVEL = f"[{_range('MONEY', 'PERCENT', 'QUANTITY', 'COUNT', 'DURATION')}]"
COUNT = f"[{_range('COUNT')}]"
MONEY = f"[{_range('MONEY')}]"
PERCENT = f"[{_range('PERCENT')}]"
SHARE = f"[{_range('PERCENT', 'RATIO')}]"
DURATION = f"[{_range('DURATION')}]"
DATE = f"[{_range('DATE')}]"
ABOUT = (  # what may stand before a number and belongs to it
    r"(?:(?:about|some|nearly|almost|over|only|just|roughly|around|approximately|more than|less than|fewer than|under"
    r"|at least|at most|up to|no more than|no fewer than|no less than|not less than|as many as|fully|all of|a mere|barely|exactly|precisely|a|an|the|its|their|these|those) ){0,3}"
)
LOOSE_DATES = frozenset({"REL", "NAMED", "TIME"})
SKIPPED_BLOCKS = frozenset({"reference", "author", "affiliation"})
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SPACE = re.compile(r"[\s\u2060]+")


class Item(NamedTuple):
    """A figure or date of a passage."""

    ann: Annotation
    quote: str

    @property
    def figure(self) -> FigureValue:
        """Its value as a figure. Raises TypeError for a date."""
        if not isinstance(self.ann.value, FigureValue):
            raise TypeError(f"{self.ann.id} is no figure")
        return self.ann.value

    @property
    def date(self) -> DateValue:
        """Its value as a date. Raises TypeError for a figure."""
        if not isinstance(self.ann.value, DateValue):
            raise TypeError(f"{self.ann.id} is no date")
        return self.ann.value


class Passage(NamedTuple):
    """A sentence: its span, its text with placeholders and single spaces, and the items by placeholder."""

    start: int
    end: int
    text: str
    items: dict[str, Item]
    block: str

    def all(self, characters: str) -> list[Item]:
        """The items behind the placeholders of a piece of the text, in order."""
        return [self.items[char] for char in characters if char in self.items]


def passages(article: Article) -> Iterator[Passage]:
    """The sentences of the running text and the notes that hold a figure or a date, in order."""
    spans = SpanIndex([ann for ann in article.annotations if ann.layer in ("figure", "date") and _is_firm(ann)])
    for block in article.blocks:
        if block.kind in SKIPPED_BLOCKS:
            continue
        anns = list(spans.inside(block.start, block.end))
        if not anns:
            continue
        for start, end in _whole(split_sentences(article.quote(block), offset=block.start), anns):
            inside = [ann for ann in anns if start <= ann.start and ann.end <= end]
            if inside:
                yield _passage(article.text, start, end, inside, block.id)


def _whole(sentences: list[Sentence], anns: list[Annotation]) -> Iterator[Sentence]:
    """The sentences, joined where one was cut inside a figure: "£38 6s. 7d." holds no end of a sentence."""
    ends = sorted(ann.end for ann in anns)
    starts = {ann.end: ann.start for ann in anns}
    open_from: int | None = None
    for start, end in sentences:
        begin = start if open_from is None else open_from
        place = bisect_right(ends, end)
        cut = place < len(ends) and starts[ends[place]] < end
        open_from = begin if cut else None
        if not cut:
            yield Sentence(begin, end)
    if open_from is not None:
        yield Sentence(open_from, sentences[-1].end)


def _is_firm(ann: Annotation) -> bool:
    return ann.value is not None and ann.label not in LOOSE_DATES


def _passage(text: str, start: int, end: int, anns: list[Annotation], block: str) -> Passage:
    parts: list[str] = []
    items: dict[str, Item] = {}
    used = dict.fromkeys(_KINDS, 0)
    done = start
    for ann in sorted(anns, key=lambda ann: (ann.start, -ann.end)):
        kind = "DATE" if ann.layer == "date" else ann.label
        if ann.start < done or used.get(kind, _WIDTH) == _WIDTH:
            continue
        char = chr(_BASES[kind] + used[kind])
        used[kind] += 1
        parts += [_PRIVATE.sub(" ", text[done : ann.start]), char]
        items[char] = Item(ann, _SPACE.sub(" ", text[ann.start : ann.end]))
        done = ann.end
    parts.append(_PRIVATE.sub(" ", text[done:end]))
    return Passage(start, end, _SPACE.sub(" ", "".join(parts)), items, block)
