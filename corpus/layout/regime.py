"""How a document sets its lines: the one thing that everything else depends on.

"spaced": a blank line after every line (text copied out of a PDF); "blank": blank lines between paragraphs;
"indented": paragraphs begin with an indent; "lines": one line is one paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from corpus.layout.lines import Line, ends_sentence, first_word
from corpus.layout.zones import zone_of

Form = Literal["spaced", "blank", "indented", "lines"]
_LEAST_INDENT = 2  # a single space is an accident
_ENOUGH = 4  # pairs of lines that must agree before a regime is believed


class Regime(NamedTuple):
    """``width``: a line that would have had room for the next word below this was ended on purpose.

    ``indent`` is the paragraph indent of the "indented" form; ``marks``: two spaces after a line end a paragraph;
    ``first``: how far first lines are set in, where blank lines set paragraphs apart as well.
    """

    form: Form
    width: int = 0
    indent: int = 0
    marks: bool = False
    first: int = 0


def unspace(lines: Sequence[Line]) -> tuple[list[Line], bool]:
    """Where every line is followed by a blank one, the lines as if it were not so; and whether it was so.

    In such texts a line that follows without a blank one and with a space before it begins a page.
    """
    pairs = list(pairwise(lines))
    single = sum(1 for _, line in pairs if line.gap == 1)
    lower = sum(1 for _, line in pairs if line.gap == 1 and line.text[0].islower())
    if len(pairs) < _ENOUGH or single < 0.6 * len(pairs) or lower < 0.2 * single:
        return list(lines), False
    tight = [line for _, line in pairs if line.gap == 0]
    pages = bool(tight) and sum(line.indent == 1 for line in tight) >= 0.8 * len(tight) and len(tight) * 8 < len(lines)
    made = []
    for number, line in enumerate(lines):
        begins_page = line.page or (pages and number > 0 and line.gap == 0 and line.indent == 1)
        made.append(line._replace(gap=max(line.gap - 1, 0), page=begins_page))
    return made, True


def find_regime(lines: Sequence[Line], *, spaced: bool = False) -> Regime:
    """The regime of a document whose page furniture is already taken out."""
    pairs = [pair for pair in pairwise(lines) if pair[1].gap == 0 and not pair[1].page]
    wraps = [pair for pair in pairs if pair[1].text[0].islower()]
    if len(wraps) < 0.12 * len(pairs) or not wraps:
        return Regime("lines")
    room = sorted(room_needed(above, line) for above, line in wraps)
    # The narrowest wraps tell the width of the page; a wrapped title in a short text must not.
    width = max(room[len(room) * 3 // 100], room[len(room) // 2] - 12)
    doubled = 0 < sum(above.trailing >= 2 for above, _ in pairs) < 0.4 * len(pairs)
    if spaced:
        return Regime("spaced", width, _typed_indent(lines), doubled)
    indent = _paragraph_indent(_without_references(lines))
    if not indent and sum(line.gap > 0 for line in lines) * 50 < len(lines):
        # Nothing sets paragraphs apart but the room at the ends of their last lines.
        return Regime("spaced", width, marks=doubled)
    return Regime("indented" if indent else "blank", width, indent, first=_first_indent(lines))


def room_needed(above: Line, line: Line) -> int:
    """How wide the line above would be with the first word of this line."""
    return above.indent + len(above.text) + 1 + len(first_word(line.text))


def ended_early(above: Line, line: Line, regime: Regime) -> bool:
    """Whether the line above was ended on purpose: the next word would have fitted."""
    if not regime.width or line.text[0].islower():
        return False
    if ends_sentence(above.text):
        return room_needed(above, line) < regime.width
    if above.text[-1] in ",;:–-" or line.text[0].isdigit():
        return False
    limit = 0.75 * regime.width
    return room_needed(above, line) < limit


def _typed_indent(lines: Sequence[Line]) -> int:
    """The first-line indent of a typescript in double spacing: single lines set in between lines that are not."""
    single = Counter(
        line.indent
        for above, line, below in zip(lines, lines[1:], lines[2:], strict=False)
        if line.indent > max(above.indent, below.indent) and ends_sentence(above.text)
    )
    indent, count = single.most_common(1)[0] if single else (0, 0)
    deep = sum(line.indent >= indent for line in lines)
    return indent if count >= 2 and count * 2 >= deep else 0


def _first_indent(lines: Sequence[Line]) -> int:
    """How far the first lines of paragraphs of several lines are set in."""
    begun = [(line.indent, below.indent) for line, below in pairwise(lines) if line.gap and not below.gap]
    deep = Counter(indent for indent, below in begun if indent >= below + 2)
    indent, count = deep.most_common(1)[0] if deep else (0, 0)
    return indent if count >= 2 and count * 3 >= len(begun) else 0


def _without_references(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the reference list, whose entries hang; all where that is not most of the text."""
    end = next((i for i, line in enumerate(lines) if i and zone_of(line.text) == "references"), len(lines))
    return lines[:end] if end * 3 > len(lines) else lines


def _paragraph_indent(lines: Sequence[Line]) -> int:
    """The indent that begins paragraphs without a blank line before them; 0 where blank lines do."""
    pairs = [pair for pair in pairwise(lines) if pair[1].gap == 0 and not pair[1].page]
    starts: Counter[int] = Counter(
        line.indent
        for above, line in pairs
        if line.indent >= above.indent + _LEAST_INDENT and ends_sentence(above.text) and not line.text[0].islower()
    )
    if not starts:
        return 0
    indent, count = starts.most_common(1)[0]
    flush = sum(
        1
        for above, line in pairwise(lines)
        if line.gap and not line.page and line.indent == 0 and ends_sentence(above.text)
    )
    return indent if count >= 3 and count > 0.5 * flush else 0
