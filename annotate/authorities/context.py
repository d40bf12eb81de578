"""What the article says around a name, and how far it speaks for an authority record: its place, kind, words and company."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from annotate.authorities.names import WORD, fold_word, same_name
from annotate.authorities.years import Evidence, stated_life, weigh_stated_life, weigh_years, years_of
from corpus.authorities.kinds import KINDS
from schemas.authorities import Authority
from schemas.offsets import SpanIndex
from schemas.records import Annotation, Article
from schemas.values import EntityValue

_BRACKET = re.compile(r"\s*\((?:in\s+|now\s+in\s+)?(?P<place>[^()]{2,60})\)")
_COMMA = re.compile(r",\s+(?P<place>[A-Z][^,.;:()]{1,60})(?=[,.;:)]|\s+(?:and|in|on|was|were|is)\b|\Z)")
_NEAR = 60  # code points around a name whose words count most
# Words of descriptions that tell nobody apart, by their first six letters.
_STOP = frozenset(
    "about also after among and author became been before being best born called city country dead death did early english"
    " famous first for from great had has have her his into its known late later life lived many member most name native"
    " near one only other part people person place several she some state that the their them there these they this time"
    " was were when which who whose with work worked would year years".split()
)
_STEM = 6


class Surroundings:
    """The article around the mentions of one cluster."""

    def __init__(self, article: Article, mentions: Sequence[Annotation], frame: Frame) -> None:
        self._article, self._mentions, self._frame = article, mentions, frame

    @cached_property
    def years(self) -> tuple[list[int], str]:
        """The years of the blocks that name it; where they have none, those of the article."""
        near = [year for ann in self._mentions for year in self._frame.years_near(ann)]
        return (near, "near it") if near else (self._frame.all_years, "in the article")

    @cached_property
    def lives(self) -> list[tuple[int | None, int | None]]:
        """Dates of life in brackets behind a mention."""
        found = (stated_life(self._article.text, ann.end) for ann in self._mentions)
        return [life for life in found if life is not None]

    @cached_property
    def stated_places(self) -> list[tuple[str, bool]]:
        """What stands in brackets or behind a comma right behind a mention; whether in brackets."""
        text = self._article.text
        found = [
            (_BRACKET.match(text, ann.end, ann.end + 70), _COMMA.match(text, ann.end, ann.end + 70))
            for ann in self._mentions
        ]
        return [(one["place"].strip(), one is bracket) for bracket, comma in found for one in (bracket, comma) if one]

    @cached_property
    def stems(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The word beginnings right around the mentions, in their blocks, and in the article."""
        text = self._article.text
        close = [text[max(0, a.start - _NEAR) : a.start] + " " + text[a.end : a.end + _NEAR] for a in self._mentions]
        blocks = [text[start:end] for ann in self._mentions for start, end in self._frame.block_of(ann)]
        return stems(" ".join(close)), stems(" ".join(blocks)), self._frame.all_stems

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Words for sorts of things that stand right before or behind a mention: "the river Volga", "Perm province"."""
        text = self._article.text
        found: set[str] = set()
        for ann in self._mentions:
            before = WORD.findall(text[max(0, ann.start - 30) : ann.start])[-3:]
            apposed = before[-2:-1] if before[-1:] == ["of"] else before[-1:]
            behind = re.match(r"\s+([^\W\d_]+)", text[ann.end : ann.end + 30])
            found.update(word.casefold() for word in (*apposed, *([behind[1]] if behind else [])))
        return frozenset(found & KINDS)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Word beginnings of the offices that the cluster's mentions have."""
        return stems(
            " ".join(a.value.role for a in self._mentions if isinstance(a.value, EntityValue) and a.value.role)
        )


class Frame:
    """What all clusters of an article share: its years, its words, its blocks."""

    def __init__(self, article: Article) -> None:
        text_blocks = [block for block in article.blocks if block.kind not in ("reference", "affiliation", "author")]
        self._blocks = SpanIndex(text_blocks)
        self._dates = SpanIndex([ann for ann in article.annotations if ann.layer == "date"])
        self.all_years = [
            year for block in text_blocks for year in years_of(self._dates.inside(block.start, block.end))
        ]
        self.all_stems = stems(" ".join(article.text[block.start : block.end] for block in text_blocks))

    def block_of(self, ann: Annotation) -> list[tuple[int, int]]:
        """The span of the block that holds a name."""
        return [(block.start, block.end) for block in self._blocks.covering(ann.start)]

    def years_near(self, ann: Annotation) -> Iterator[int]:
        """The years of the dates in the block of a name."""
        for start, end in self.block_of(ann):
            yield from years_of(self._dates.inside(start, end))


def stems(text: str) -> frozenset[str]:
    """The beginnings of the telling words of a text.

    >>> sorted(stems("the economist and the economy of 1931"))
    ['econom']
    """
    words = (fold_word(word) for word in WORD.findall(text) if len(word) >= 4 and not word.isdigit())
    return frozenset(word[:_STEM] for word in words if word not in _STOP)


def weigh(record: Authority, around: Surroundings, shared: frozenset[str], places: Sequence[str]) -> Iterator[Evidence]:
    """Everything that the surroundings say for and against a record, in points with a reason.

    ``shared`` are word beginnings that all candidates' descriptions have, ``places`` the places its names are told by.
    """
    yield from filter(None, (_life(record, around), _place(record, around, places), _kind(record, around)))
    yield from _words(record, around, shared)


def _life(record: Authority, around: Surroundings) -> Evidence | None:
    years, where = around.years
    return weigh_stated_life(record, around.lives) or weigh_years(record, years, where)


def _place(record: Authority, around: Surroundings, places: Sequence[str]) -> Evidence | None:
    known = [place for place in (record.place, *places) if place]
    if not known or record.label == "PERSON":
        return None
    for stated, bracketed in around.stated_places:
        if any(same_name(stated, place) or _has(place, stated) for place in known):
            return 3.0, f"{stated} stands behind the name"
        if any(same_name(stated, name) for name in (record.name, *record.aliases)):
            return 1.5, f"its other name {stated} stands behind"
        if record.label == "LOC" and bracketed and stated[:1].isupper() and not any(map(str.isdigit, stated)):
            return -1.0, f"{stated} stands behind the name"
    words, block, article = (frozenset().union(*map(stems, known)) & held for held in around.stems)
    if words or block:
        return (1.5 if words else 1.2), f"{known[0]} is named near it"
    return (0.4, f"{known[0]} is named in the article") if article else None


def _has(whole: str, part: str) -> bool:
    return fold_word(part) in {fold_word(piece.strip()) for piece in whole.split(",")}


def _kind(record: Authority, around: Surroundings) -> Evidence | None:
    if record.type is None or not around.kinds:
        return None
    if record.type in around.kinds:
        return 1.5, f"called a {record.type}"
    return (-2.0, f"called a {min(around.kinds)}") if record.type in KINDS else None


def _words(record: Authority, around: Surroundings, shared: frozenset[str]) -> Iterator[Evidence]:
    """Words that the description and the text share: most near the name, least elsewhere in the article."""
    own = stems(record.description or "") - shared - stems(" ".join((record.name, *record.aliases)))
    if own & around.roles:
        yield 1.5, "the office that the text gives"
    close, block, article = around.stems
    told: set[str] = set(around.roles)
    points, seen = 0.0, []
    for held, weight in ((close, 1.2), (block, 0.6), (article, 0.25)):
        found = sorted((own & held) - told)
        told.update(found)
        points += weight * len(found)
        seen += found
    if seen:
        yield min(points, 3.0), f"its description and the text share {', '.join(f'{stem}-' for stem in seen[:4])}"
