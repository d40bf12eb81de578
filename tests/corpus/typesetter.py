"""A small typesetter for tests and benchmarks: paragraphs with notes onto PDF pages, as a journal would set them.

A paper is a list of (kind, text); "^{1}" in a text is a raised note number, whose note is set at the foot of the page
(and spills over to the next where it is too long) or at the end. Justified lines, broken words, running heads, page
numbers, one column or two.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

_RAISED = re.compile(r"\^\{([^}]*)\}")


class Style(NamedTuple):
    """How one kind of block is set: font, size, space above it, and whether its lines are justified."""

    font: str
    size: float
    above: float = 0.0
    justified: bool = False
    indent: float = 0.0  # of the first line
    inset: float = 0.0  # of all lines, on both sides
    hanging: float = 0.0
    centred: bool = False


@dataclass
class Design:
    """The design of a paper; lengths in points."""

    font: str = "Times"
    size: float = 10.5
    columns: int = 1
    gutter: float = 16.0
    width: float = 420.0
    height: float = 640.0
    margin: float = 54.0
    indent: float = 14.0
    skip: float = 0.0  # between paragraphs
    heads: tuple[str, str] = ("", "")  # even, odd pages
    numbered: bool = True
    first_number: int = 1
    rule: bool = True
    hyphens: bool = True
    label_raised: bool = True
    fonts: dict[str, str] = field(default_factory=dict)  # roman, bold, italic of a registered family

    def named(self, face: str) -> str:
        """The font of a face: roman, bold, italic."""
        standard = {"roman": f"{self.font}-Roman", "bold": f"{self.font}-Bold", "italic": f"{self.font}-Italic"}
        return self.fonts.get(face, standard[face])

    def style(self, kind: str) -> Style:
        """The style of a kind of block."""
        size = self.size
        return {
            "title": Style(self.named("bold"), size * 1.6, 6, centred=True),
            "author": Style(self.named("roman"), size * 1.1, 8, centred=True),
            "abstract": Style(self.named("roman"), size * 0.9, 12, True, inset=20),
            "heading": Style(self.named("bold"), size * 1.15, size * 1.3),
            "subheading": Style(self.named("italic"), size, size),
            "paragraph": Style(self.named("roman"), size, self.skip, True, self.indent),
            "first": Style(self.named("roman"), size, size * 0.5, True),
            "quote": Style(self.named("roman"), size * 0.92, size * 0.5, True, inset=18),
            "reference": Style(self.named("roman"), size * 0.92, 0, True, hanging=16),
            "note": Style(self.named("roman"), size * 0.8, 0, True),
        }[kind]


class Word(NamedTuple):
    """A word in fragments, each raised or not, and the notes that it calls."""

    fragments: tuple[tuple[str, bool], ...]
    calls: tuple[str, ...] = ()


class Set(NamedTuple):
    """A line ready to be drawn."""

    words: list[Word]
    style: Style
    last: bool
    first: bool
    above: float


def typeset(
    paper: Sequence[tuple[str, str]],
    notes: dict[str, str] | None = None,
    design: Design | None = None,
    *,
    packed: bool = True,
    **information: str,
) -> bytes:
    """The PDF of a paper. ``notes`` (label to text) go to the page feet; ``information`` into the document's own; ``packed`` content is compressed."""
    press = _Press(design or Design(), notes or {}, information, packed)
    for kind, text in paper:
        press.block(kind, text)
    return press.finish()


class _Press:
    def __init__(self, design: Design, notes: dict[str, str], information: dict[str, str], packed: bool) -> None:
        self.design, self.notes = design, notes
        self.buffer = io.BytesIO()
        self.canvas = Canvas(
            self.buffer, pagesize=(design.width, design.height), invariant=1, pageCompression=int(packed)
        )
        for key, value in information.items():
            getattr(self.canvas, f"set{key.title()}")(value)
        self.page, self.column = 0, -1
        self.carried: list[Set] = []
        self.foot: list[Set] = []
        self.y = 0.0
        self.column_top = design.height - design.margin
        self.after_heading = False
        self._next_column()

    def block(self, kind: str, text: str) -> None:
        if kind == "paragraph" and self.after_heading:
            kind = "first"
        style = self.design.style(kind)
        lines = list(self._lines(text, style))
        keep = kind in ("heading", "subheading")
        for number, line in enumerate(lines):
            self._place(line, keep_with=3 if keep and number == 0 else 1)
        self.after_heading = keep or kind == "title"

    def finish(self) -> bytes:
        self._end_column()
        while self.carried:  # no text is left: the rest of a note takes a page of its own
            self._next_column()
            self._end_column()
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()

    @property
    def measure(self) -> float:
        """The width of a column."""
        design = self.design
        return (design.width - 2 * design.margin - (design.columns - 1) * design.gutter) / design.columns

    def _lines(self, text: str, style: Style) -> Iterator[Set]:
        words = [_word(token) for token in text.split()]
        line: list[Word] = []
        first = True
        while words:
            word = words.pop(0)
            room = self.measure - 2 * style.inset - (style.indent if first else style.hanging)
            if line and self._width([*line, word], style) > room:
                halves = self._broken(line, word, style, room) if self.design.hyphens else None
                if halves:
                    line.append(halves[0])
                    word = halves[1]
                yield Set(line, style, False, first, style.above if first else 0.0)
                line, first = [], False
            line.append(word)
        yield Set(line, style, True, first, style.above if first else 0.0)

    def _broken(self, line: list[Word], word: Word, style: Style, room: float) -> tuple[Word, Word] | None:
        text = word.fragments[0][0]
        for cut in range(len(text) - 3, 3, -1):
            if not text[: cut + 2].isalpha() or text[cut - 1] not in "aeiouаеиоу" or text[cut] in "aeiouаеиоу":
                continue
            left = Word(((text[:cut] + "-", False),))
            if self._width([*line, left], style) <= room:
                return left, Word(((text[cut:], False), *word.fragments[1:]), word.calls)
        return None

    def _width(self, words: Sequence[Word], style: Style) -> float:
        space = stringWidth(" ", style.font, style.size)
        return sum(self._word_width(word, style) for word in words) + space * (len(words) - 1)

    def _word_width(self, word: Word, style: Style) -> float:
        return sum(stringWidth(t, style.font, style.size * (0.62 if up else 1)) for t, up in word.fragments)

    def _place(self, line: Set, keep_with: int = 1) -> None:
        called = [self._note(label) for word in line.words for label in word.calls if label in self.notes]
        lead = 1.2 * line.style.size
        top = self.y == self.column_top
        above = 0.0 if top else line.above
        need = above + lead * keep_with + sum(self._height(note[:1]) for note in called)
        if self.y - need < self.design.margin + self._foot_height(called):
            self._end_column()
            self._next_column()
            above = 0.0
        self.y -= above + lead
        self._draw(line, self.y, self.measure, self._left())
        for note in called:
            for number, note_line in enumerate(note):
                fits = self.y - self.design.margin - self._foot_height([[note_line]]) >= self._height([note_line])
                if self.carried or not fits:
                    self.carried += note[number:]
                    break
                self.foot.append(note_line)

    def _note(self, label: str) -> list[Set]:
        style = self.design.style("note")
        lines = list(self._lines(self.notes[label], style))
        head = Word(((label, True),) if self.design.label_raised else ((label + ".", False),))
        lines[0] = lines[0]._replace(words=[head, *lines[0].words])
        return lines

    def _height(self, lines: Sequence[Set]) -> float:
        return sum(1.2 * line.style.size for line in lines)

    def _foot_height(self, coming: Sequence[Sequence[Set]] = ()) -> float:
        height = self._height(self.foot)
        return height + 10 if height or coming else 0.0

    def _left(self) -> float:
        return self.design.margin + max(self.column, 0) * (self.measure + self.design.gutter)

    def _next_column(self) -> None:
        self.column += 1
        if self.column == 0 or self.column == self.design.columns:
            if self.page:
                self.canvas.showPage()
            self.page += 1
            self.column = 0
            self._edges()
        self._start_column()

    def _start_column(self) -> None:
        self.y = self.column_top
        room = self.column_top - self.design.margin - 120
        while self.carried and self._height(self.foot) < room:
            self.foot.append(self.carried.pop(0))

    def _end_column(self) -> None:
        y = self.design.margin + self._height(self.foot)
        if self.foot and self.design.rule:
            self.canvas.setLineWidth(0.5)
            self.canvas.line(self._left(), y + 4, self._left() + 0.3 * self.measure, y + 4)
        for line in self.foot:
            y -= 1.2 * line.style.size
            self._draw(line, y + 2, self.measure, self._left())
        self.foot = []

    def _edges(self) -> None:
        design = self.design
        number = str(design.first_number + self.page - 1)
        font, size = design.named("italic"), design.size * 0.9
        self.canvas.setFont(font, size)
        head = design.heads[self.page % 2]
        top = design.height - design.margin + 16
        if head and self.page > 1:
            self.canvas.drawString(design.margin, top, head)
            if design.numbered:
                self.canvas.drawRightString(design.width - design.margin, top, number)
        elif design.numbered:
            self.canvas.drawCentredString(design.width / 2, design.margin - 26, number)

    def _draw(self, line: Set, y: float, measure: float, left: float) -> None:
        style = line.style
        indent = style.indent if line.first else style.hanging
        x = left + style.inset + indent
        room = measure - 2 * style.inset - indent
        width = self._width(line.words, style)
        space = stringWidth(" ", style.font, style.size)
        if style.centred:
            x += (room - width) / 2
        elif style.justified and not line.last and len(line.words) > 1:
            space += (room - width) / (len(line.words) - 1)
        for word in line.words:
            for text, up in word.fragments:
                size = style.size * (0.62 if up else 1)
                self.canvas.setFont(style.font, size)
                self.canvas.drawString(x, y + (0.35 * style.size if up else 0), text)
                x += stringWidth(text, style.font, size)
            x += space


def _word(token: str) -> Word:
    fragments: list[tuple[str, bool]] = []
    calls: list[str] = []
    position = 0
    for match in _RAISED.finditer(token):
        if match.start() > position:
            fragments.append((token[position : match.start()], False))
        fragments.append((match[1], True))
        calls += re.split(r"[,\s]+", match[1])
        position = match.end()
    if position < len(token):
        fragments.append((token[position:], False))
    return Word(tuple(fragments), tuple(calls))
