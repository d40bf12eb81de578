"""Running heads and page numbers of typeset pages: what stands at the edge of page after page.

The rows at the top and the foot are looked at over all pages: the same text once digits are left out, a number that
grows with the pages, or the same place set apart from the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from corpus.pdf.rows import Piece

Kind = Literal["running-head", "page-number"]
_DIGITS = re.compile(r"\d+")
_ALONE = re.compile(r"\W{0,3}(?:p\.|page|seite|с\.)?\s?(?P<n>\d{1,4})\W{0,3}$", re.IGNORECASE)
_OF = re.compile(r"(?:page\s)?(?P<n>\d{1,4})\s?(?:/|of|von|из)\s?\d{1,4}$", re.IGNORECASE)  # "3 of 12"
_ENDS = re.compile(r"^(?P<left>\d{1,4})(?=\s)|(?<=\s)(?P<right>\d{1,4})$")  # "378  Ada Van Dam"
_ROMAN = re.compile(r"[ivxl]{1,7}$")
_NOTE = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡])[\])]?[.)]?\s?[^\W\d]")
_LONGEST = 160
_LEVELS = 2  # rows from the edge that may be furniture
_NEAR = 4.0  # points


class Level(NamedTuple):
    """The pieces of one height at the edge of a page; ``gap`` is the distance to the text, in sizes of the level."""

    pieces: list[Piece]
    text: str
    y: float
    top: bool
    gap: float


class PageEdges(NamedTuple):
    """What became of the edges of one page: its furniture with its kinds, and the page's printed number."""

    furniture: list[tuple[Level, Kind]]
    label: str | None


def find_furniture(pages: Sequence[Sequence[Piece]]) -> list[PageEdges]:
    """The furniture of each page, outermost first."""
    edges = [_edge_levels(pieces) for pieces in pages]
    offset = _offset(edges)
    size = _text_size(pages)
    keys = Counter(key for page in edges for key in {_key(level) for level in page})
    places = Counter(
        place
        for page in edges
        for place in {_place(level) for level in page if level.gap >= 1.9 and _largest(level) <= size}
    )
    found = []
    for number, page in enumerate(edges):
        printed = number + offset if offset is not None else None
        kinds = [_kind(level, printed, keys, places, size) for level in page]
        taken = [(level, kind) for level, kind in zip(page, kinds, strict=True) if kind is not None]
        found.append(PageEdges(_outermost(page, taken), _label(taken, number, offset)))
    return found


def text_of(pieces: Sequence[Piece]) -> str:
    """The pieces of one height as one line, two spaces between them."""
    ordered = sorted(pieces, key=lambda piece: piece.x0)
    return "  ".join("".join(" " * glyph.spaces + glyph.text for glyph in piece.glyphs) for piece in ordered)


def _text_size(pages: Sequence[Sequence[Piece]]) -> float:
    """The largest size that is still the text's."""
    sizes: Counter[float] = Counter()
    for pieces in pages:
        for piece in pieces:
            sizes[piece.size] += len(piece.glyphs)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0) * 1.06


def _largest(level: Level) -> float:
    return max(piece.size for piece in level.pieces)


def _edge_levels(pieces: Sequence[Piece]) -> list[Level]:
    """The outermost levels of a page, from the edge inwards, first at its top and then at its foot."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows and piece.y - rows[-1][0].y <= 0.35 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    levels: list[Level] = []
    for top in (True, False):
        ordered = rows if top else rows[::-1]
        for row, inner in zip(ordered[:_LEVELS], [*ordered[1 : _LEVELS + 1], None], strict=False):
            text = text_of(row)
            distance = abs(inner[0].y - row[0].y) if inner else 1e3
            if len(text) <= _LONGEST:
                levels.append(Level(row, text, row[0].y, top, distance / max(row[0].size, 1.0)))
    if len(rows) <= _LEVELS:
        return levels[:1]
    return levels


def _numbers(level: Level) -> list[int]:
    alone = _ALONE.match(level.text) or _OF.match(level.text)
    if alone:
        return [int(alone["n"])]
    return [int(match.group()) for match in _ENDS.finditer(level.text)]


def _offset(edges: Sequence[Sequence[Level]]) -> int | None:
    """Printed number minus index of the page, where enough pages agree on it."""
    votes: Counter[int] = Counter()
    for number, page in enumerate(edges):
        votes.update({n - number for level in page for n in _numbers(level)})
    if not votes:
        return None
    offset, support = votes.most_common(1)[0]
    return offset if support >= max(2, 0.4 * len(edges)) else None


def _key(level: Level) -> tuple[bool, str]:
    return level.top, _DIGITS.sub("#", " ".join(level.text.casefold().split()))


def _place(level: Level) -> tuple[bool, int]:
    return level.top, round(level.y / _NEAR)


def _kind(
    level: Level,
    number: int | None,
    keys: Counter[tuple[bool, str]],
    places: Counter[tuple[bool, int]],
    size: float,
) -> Kind | None:
    counted = number is not None and number in _numbers(level)
    if level.pieces[0].glyphs[0].shift > 0:  # a note at the foot
        return None
    bare = (_ALONE.match(level.text) or _OF.match(level.text)) is not None
    if bare and (counted or level.gap >= 1.6):
        return "page-number"
    if _ROMAN.match(level.text) and level.gap >= 1.6:
        return "page-number"
    key = _key(level)
    repeated = keys[key] >= 2 and any(character.isalpha() for character in key[1])
    noted = not level.top and _NOTE.match(level.text) is not None  # "24 Ibid., 119." stands at many feet
    if level.gap >= 1.4 and (counted or (repeated and not noted)):
        return "running-head"
    if _largest(level) > size:  # a heading at the top of its page
        return None
    near = sum(places[(level.top, round(level.y / _NEAR) + step)] for step in (-1, 0, 1))
    if level.top and near >= 3 and level.gap >= 1.9 and len(level.text) < 90:
        return "running-head"
    return None


def _outermost(page: Iterable[Level], taken: Sequence[tuple[Level, Kind]]) -> list[tuple[Level, Kind]]:
    """Only what no text stands outside of: an inner level counts where the outer one is furniture too."""
    kinds = {id(level): kind for level, kind in taken}
    kept: list[tuple[Level, Kind]] = []
    open_edge = {True: True, False: True}
    for level in page:
        if not open_edge[level.top]:
            continue
        kind = kinds.get(id(level))
        if kind is None:
            open_edge[level.top] = False
        else:
            kept.append((level, kind))
    return kept


def _label(taken: Sequence[tuple[Level, Kind]], index: int, offset: int | None) -> str | None:
    for level, kind in taken:
        numbers = _numbers(level)
        if offset is not None and index + offset in numbers:
            return str(index + offset)
        if kind == "page-number" and not numbers:
            return level.text.strip()
    return next((str(_numbers(level)[0]) for level, kind in taken if kind == "page-number" and _numbers(level)), None)
