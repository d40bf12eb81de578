"""The measures of a typeset document: the size of its text, its leading, the edges of its columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.pdf.columns import Row

_COMMON = 0.25  # share of the characters that makes a size the text's rather than the notes'
_ENOUGH = 6  # rows that tell the edges of a column
_NEAR = 3.0  # points


class Column(NamedTuple):
    """The edges between which the rows of a region are set."""

    left: float
    right: float


class Measures(NamedTuple):
    """``size`` of the running text; ``leading`` from size to the distance of its baselines; columns by (page, region)."""

    size: float
    leading: dict[float, float]
    columns: dict[tuple[int, int], Column]
    justified: bool

    def lead(self, size: float) -> float:
        """The distance of two baselines of this size."""
        known = self.leading.get(_rounded(size))
        if known is not None:
            return known
        return size * self.leading.get(_rounded(self.size), 1.2 * self.size) / max(self.size, 1.0)


def measure(pages: Sequence[Sequence[Row]]) -> Measures:
    """Measures of all pages; rows of one page in reading order, without its furniture."""
    size = _text_size(row for page in pages for row in page)
    columns = _columns(pages)
    return Measures(size, _leading(pages), columns, _justified(pages, columns, size))


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _text_size(rows: Iterable[Row]) -> float:
    """The largest size that a good part of the text is set in: notes may be longer than the text, never larger."""
    counts: Counter[float] = Counter()
    for row in rows:
        counts[_rounded(row.size)] += len(row.glyphs)
    total = sum(counts.values())
    if not total:
        return 10.0
    near = {size: counts[size] + counts[size - 0.5] + counts[size + 0.5] for size in counts}
    common = [size for size, count in near.items() if count >= _COMMON * total and counts[size] >= 0.12 * total]
    return max(common) if common else counts.most_common(1)[0][0]


def _leading(pages: Sequence[Sequence[Row]]) -> dict[float, float]:
    steps: dict[float, Counter[float]] = defaultdict(Counter)
    for page in pages:
        for above, row in pairwise(page):
            if above.column == row.column and abs(above.size - row.size) < 0.3 and row.y > above.y:
                steps[_rounded(row.size)][round((row.y - above.y) * 4) / 4] += 1
    return {
        size: counts.most_common(1)[0][0]
        for size, counts in steps.items()
        if counts.most_common(1)[0][1] >= 2 and counts.most_common(1)[0][0] < 3 * size
    }


def _columns(pages: Sequence[Sequence[Row]]) -> dict[tuple[int, int], Column]:
    """The edges of each region; a region of a few rows takes them from the narrowest known column that holds it."""
    regions: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for number, page in enumerate(pages):
        for row in page:
            regions[number, row.column].append(row)
    known = {place: _edges(rows) for place, rows in regions.items() if len(rows) >= _ENOUGH}
    lefts = Counter(round(column.left) for column in known.values())
    for place, column in known.items():  # a page of nothing but set-in lines: its few outermost rows show the edge
        outermost = round(min(row.x0 for row in regions[place]))
        if outermost < column.left - 2 and any(lefts[outermost + step] >= 2 for step in (-1, 0, 1)):
            known[place] = column._replace(left=float(outermost))
    columns = dict(known)
    for place, rows in regions.items():
        if place in columns:
            continue
        left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
        near = [known[other] for other in known if abs(other[0] - place[0]) <= 2] + list(known.values())
        holding = [c for c in near if c.left <= left + _NEAR and c.right >= right - _NEAR]
        columns[place] = min(holding, key=lambda c: c.right - c.left) if holding else Column(left, right)
    return columns


def _edges(rows: Sequence[Row]) -> Column:
    lefts = Counter(round(row.x0) for row in rows)
    rights = Counter(round(row.x1) for row in rows)
    left = next((x for x in sorted(lefts) if lefts[x] + lefts[x + 1] >= 0.15 * len(rows)), min(lefts))
    right = next(
        (x for x in sorted(rights, reverse=True) if rights[x] + rights[x - 1] >= 0.08 * len(rows)), max(rights)
    )
    ordered = sorted(row.x1 for row in rows)
    return Column(float(left), max(float(right), ordered[len(ordered) * 8 // 10]))


def _justified(pages: Sequence[Sequence[Row]], columns: dict[tuple[int, int], Column], size: float) -> bool:
    """Whether most rows of the text end at the right edge of their column."""
    full, total = 0, 0
    for number, page in enumerate(pages):
        for row in page:
            if abs(row.size - size) < 0.6:
                total += 1
                full += row.x1 > columns[number, row.column].right - 0.35 * size
    return full * 10 >= 5 * total
