"""Lines to an Article: the whole order of the layout stands in ``lay_out``; every reader of flat text drives it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from corpus.layout.assemble import Assembler
from corpus.layout.blocks import cut_blocks, mark_zones
from corpus.layout.join import vocabulary
from corpus.layout.kinds import name_blocks
from corpus.layout.lines import Line
from corpus.layout.margins import trim_margins
from corpus.layout.markers import find_lifted
from corpus.layout.metadata import read_front
from corpus.layout.notes import take_notes
from corpus.layout.pages import Furniture, Paged, find_pages
from corpus.layout.parts import part_zones
from corpus.layout.references import cut_references
from corpus.layout.regime import find_regime, unspace
from corpus.layout.unnamed import find_unnamed_list
from schemas.records import Article, Source


def lay_out(
    text: str,
    lines: Sequence[Line],
    source: Source,
    complaints: Iterable[tuple[str, str, str]] = (),
    *,
    paged: Paged | None = None,
    breaks: Sequence[int] = (),
) -> Article:
    """The article of a text that is known by its lines; ``lines`` are its own, by ``split_lines`` or a reader's.

    ``paged`` holds the lines with what a reader of typeset pages knows of them, furniture taken out; ``breaks`` are
    the offsets where a column begins, which breaks a sentence as a page does. ``source`` says where the text is from;
    ``complaints`` are (code, message, hint) of Problems that the reader met.
    The steps: pages and their furniture; notes; the line regime; blocks; front matter and zones; markers; and the text
    written out with the map back to the source.
    """
    spaced = False
    margin: list[Furniture] = []
    if paged is None:
        lines, margin = trim_margins(lines)
        lines, spaced = unspace(lines)
        paged = find_pages(lines)
        paged = paged._replace(lines=_broken(paged.lines, breaks))
    words = vocabulary(text)
    listed = find_unnamed_list(paged.lines)
    taken = take_notes(paged.lines, words, listed)
    regime = find_regime(taken.body, spaced=spaced)
    drafts = cut_blocks(taken.body, regime)
    mark_zones(drafts)
    drafts = read_front(drafts)
    plan, labels = part_zones(drafts, taken.notes, regime)
    plan.references += cut_references(taken.listed, regime)
    plan.body = name_blocks(plan.body, regime)
    plan.lifted = find_lifted(plan.body, plan.notes, plan.references, words)
    furniture = [*margin, *paged.furniture, *taken.furniture, *labels, *_page_breaks(text, lines)]
    return Assembler(text, plan, furniture, paged.pages, words).write(source, complaints)


def _broken(lines: list[Line], breaks: Sequence[int]) -> list[Line]:
    """The lines, each first one behind a break marked as the first of a page."""
    made: list[Line] = []
    passed = 0
    for line in lines:
        begins = bisect_right(breaks, line.start)
        made.append(line._replace(page=True) if begins > passed and made else line)
        passed = begins
    return made


def _page_breaks(text: str, lines: Sequence[Line]) -> list[Furniture]:
    """Form feeds, and the single space that begins a page where lines are set apart by blank ones."""
    found: list[Furniture] = []
    position = text.find("\f")
    while position >= 0:
        found.append(Furniture(position, position + 1, "page-break"))
        position = text.find("\f", position + 1)
    for line in lines:
        if line.page and line.indent == 1 and text[line.start - 2 : line.start - 1] in ("\n", "\r"):
            found.append(Furniture(line.start - 1, line.start, "page-break"))
    return found
