"""The inside of a block: its text, the elements around parts of it, and the points between its characters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree

from corpus.writers.tei.elements import sub
from corpus.writers.tei.places import Node
from corpus.writers.tei.wishes import Inline

WriteNote = Callable[[etree._Element, tuple[Node, ...]], None]


def fill(
    made: etree._Element,
    text: str,
    bounds: tuple[int, int],
    spans: Iterable[Inline],
    points: Iterable[Inline],
    write_note: WriteNote,
) -> None:
    """Write a stretch of the text into its element, with spans that nest, outer first, and points in their order.

    At one offset elements end first, then points stand, then elements begin.
    """
    position, end = bounds
    way = [_Open(made, end)]
    spans, points = iter(spans), iter(points)
    span, point = next(spans, None), next(points, None)
    while True:
        opening = span.start if span else end + 1
        standing = point.start if point else end + 1
        stop = min(way[-1].end, opening, standing)
        way[-1].write(text[position:stop])
        position = stop
        if way[-1].end == stop and len(way) > 1:
            way.pop()
        elif point and standing == stop:
            standing_here = way[-1].begin(point)
            if point.note:
                write_note(standing_here, point.note)
            point = next(points, None)
        elif span and opening == stop:
            way.append(_Open(way[-1].begin(span), span.end))
            span = next(spans, None)
        else:
            return


@dataclass
class _Open:
    """An element that is being written, where it ends, and its last child so far."""

    made: etree._Element
    end: int
    last: etree._Element | None = None

    def write(self, text: str) -> None:
        if not text:
            return
        if self.last is None:
            self.made.text = (self.made.text or "") + text
        else:
            self.last.tail = (self.last.tail or "") + text

    def begin(self, inline: Inline) -> etree._Element:
        self.last = sub(self.made, inline.tag, **inline.attributes)
        return self.last
