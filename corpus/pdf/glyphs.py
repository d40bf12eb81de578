"""Characters, rules and pictures of a PDF through pdfium: the only module that calls it.

pdfium gives each character its origin on the baseline, its box and its text object; spaces and line ends that it makes
up itself are passed over, since rows and words are found from the positions (corpus.pdf.rows).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.pdf.page import Answer, Extracted, Page, Refused, Rule, Run, turned

MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000
_MOST_OBJECTS = 20_000  # of one page, looked through for rules and pictures
_SMALLEST = 1.0  # points: what is set smaller is not meant to be read
_BOLD = re.compile(r"bold|black|heavy|demi|[-,]b[di]?$|cmbx|[-_]bx", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|slant|cmti|cmsl|[-,]it?$", re.IGNORECASE)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_SPACES = frozenset(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\n\f\v"
)
_NOTHING = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_SPACE = 0.05  # of the size: where pdfium sees a space it may be as narrow as this
_FAR = 1e5  # points: nothing so far away is on a page
_WHITE = frozenset({9, 10, 13, 32})
_HYPHEN = 2  # pdfium's sign for a hyphen at the end of a line
_INVISIBLE = (3, 7)  # text render modes: neither filled nor stroked
_STROKED = 2


class _Style(NamedTuple):
    """What the characters of one text object share: size on the page, look, and the matrix that says its direction."""

    size: float
    bold: bool
    italic: bool
    hidden: bool
    direction: int | None  # quarter turns clockwise on the displayed page; None: askew
    along: tuple[float, float, float]  # factors of x and y and a constant: the place along the line
    across: tuple[float, float, float]
    room: tuple[float, float]  # width and height of the page, upright


class _Frame(NamedTuple):
    """The visible box of a page and its rotation: turns pdfium's coordinates into those of the displayed page."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation % 2 else (width, height)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space as it is displayed: from the top left, y down."""
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 1:
            return y - self.bottom, x - self.left
        if self.rotation == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


@dataclass(slots=True)
class _Traced:
    """A run with its style, while it grows."""

    style: _Style
    y: float
    letters: list[str] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)

    @property
    def marks(self) -> int:
        """How many of its characters are no spaces."""
        return len(self.letters) - self.letters.count(" ")

    def add(self, character: str, left: float, right: float) -> None:
        """Put one character at the end."""
        self.letters.append(character)
        self.lefts.append(left)
        self.rights.append(right)

    def as_run(self) -> Run:
        """The record that leaves this process."""
        style = self.style
        return Run("".join(self.letters), self.lefts, self.rights, self.y, style.size, style.bold, style.italic)


def read_pdf(data: bytes) -> Answer:
    """The pages of a PDF, or why they cannot be read. Raises nothing for any bytes."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return Refused(_why_closed(error))
    try:
        if len(document) > MOST_PAGES:
            return Refused(f"it has {len(document)} pages, more than {MOST_PAGES}; split it into papers")
        return _read_pages(document)
    finally:
        document.close()


def _why_closed(error: pypdfium2.PdfiumError) -> str:
    code = getattr(error, "err_code", None)
    if code == pdfium.FPDF_ERR_PASSWORD:
        return (
            "it is protected by a password; save a copy without one, "
            "for example with: qpdf --decrypt --password=PASSWORD in.pdf out.pdf"
        )
    if code == pdfium.FPDF_ERR_SECURITY:
        return "its encryption is of a kind that cannot be opened; save a copy without protection"
    return "it is no complete PDF; download it again, or repair it, for example with: qpdf in.pdf out.pdf"


def _read_pages(document: pypdfium2.PdfDocument) -> Answer:
    pages: list[Page] = []
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            pages.append(Page(index + 1, 0.0, 0.0, []))
            continue
        found = _read_page(page, index)
        found.label = _label(document, index)
        page.close()
        characters += sum(len(run.text) for run in found.runs)
        if characters > MOST_CHARACTERS:
            return Refused(f"it holds more than {MOST_CHARACTERS} characters; split it into papers")
        pages.append(found)
    if not pages:
        return Refused("it has no pages; download it again, or repair it, for example with: qpdf in.pdf out.pdf")
    info = {key: value for key, value in document.get_metadata_dict(skip_empty=True).items() if value.strip()}
    version = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO.version}, pdfium {pypdfium2.PDFIUM_INFO.build}"
    return Extracted(pages, info, version)


def _label(document: pypdfium2.PdfDocument, index: int) -> str:
    try:
        return "".join(character for character in document.get_page_label(index) if character.isprintable())[:40]
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return ""


def _read_page(page: pypdfium2.PdfPage, index: int) -> Page:
    left, bottom, right, top = page.get_cropbox()
    frame = _Frame(left, bottom, right, top, page.get_rotation() // 90)
    text_page = page.get_textpage()
    found, unmapped = _trace(text_page.raw, text_page.count_chars(), frame)
    text_page.close()
    runs, hidden, recognized = _seen(found)
    turns: Counter[int] = Counter()
    for run in runs:
        if run.style.direction is not None:
            turns[run.style.direction] += run.marks
    turn = turns.most_common(1)[0][0] if turns else 0
    rules, pictured = _drawn(page, frame, turn)
    width, height = frame.size if turn % 2 == 0 else frame.size[::-1]
    return Page(
        index + 1,
        round(width, 2),
        round(height, 2),
        [run.as_run() for run in runs if run.style.direction == turn],
        rules,
        turn=turn,
        pictured=round(pictured, 2),
        aside=[text for run in runs if run.style.direction != turn and (text := "".join(run.letters).strip())],
        hidden=hidden,
        unmapped=unmapped,
        recognized=recognized,
    )


def _seen(runs: list[_Traced]) -> tuple[list[_Traced], int, bool]:
    """The runs that a reader sees, how many characters are hidden, and whether the text is an invisible layer."""
    marks = sum(run.marks for run in runs)
    visible = [run for run in runs if not run.style.hidden]
    shown = sum(run.marks for run in visible)
    if marks and shown * 20 < marks:  # a picture with its recognised text below, perhaps with a stamp upon it
        return runs, 0, True
    return visible, marks - shown, False


def _trace(handle: Any, count: int, frame: _Frame) -> tuple[list[_Traced], int]:
    """All characters that the file itself has, in the order of its content; and how many have no Unicode value.

    Each call into pdfium costs more than all else here, so the text object is asked for only where it may change.
    """
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    styles: dict[int, _Style] = {}
    faces: dict[int, tuple[bool, bool]] = {}
    runs: list[_Traced] = []
    unmapped = 0
    style, spaced, made_up, baseline, height = None, True, False, 0.0, 0.0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if code in _WHITE and pdfium.FPDFText_IsGenerated(handle, index) == 1:
            spaced = True
            made_up = code == 32
            continue
        pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(handle, index, box)
        if style is None or spaced or y.value != baseline or box.top - box.bottom != height:
            style = _style_at(handle, index, frame, styles, faces)
            broken = pdfium.FPDFText_HasUnicodeMapError(handle, index) == 1
        baseline, height = y.value, box.top - box.bottom
        spaced = code == 32
        text = _text(code, broken or (code > 126 and pdfium.FPDFText_HasUnicodeMapError(handle, index) == 1))
        unmapped += text == "\ufffd"
        if style is not None and text:
            edges = (box.left, box.bottom, box.right, box.top)
            _extend(runs, text, style, (x.value, y.value), edges, after_space=made_up)
            made_up = False
    return runs, unmapped


def _style_at(
    handle: Any, index: int, frame: _Frame, styles: dict[int, _Style], faces: dict[int, tuple[bool, bool]]
) -> _Style | None:
    text_object = pdfium.FPDFText_GetTextObject(handle, index)
    if not text_object:
        return None
    address = ctypes.addressof(text_object.contents)
    if address not in styles:
        styles[address] = _style(handle, index, text_object, frame, faces)
    return styles[address]


def _extend(
    runs: list[_Traced],
    text: str,
    style: _Style,
    origin: tuple[float, float],
    box: tuple[float, float, float, float],
    *,
    after_space: bool,
) -> None:
    """Put a character at the end of the last run, or into a new one where style, baseline or direction change.

    A character begins at its origin, not at its box: an italic j reaches back over the space before it.
    """
    (ax, ay, a0), (cx, cy, c0) = style.along, style.across
    first, second = ax * box[0] + ay * box[1] + a0, ax * box[2] + ay * box[3] + a0
    start, end = ax * origin[0] + ay * origin[1] + a0, max(first, second)
    across = cx * origin[0] + cy * origin[1] + c0
    if not (start > -_FAR and end < _FAR and -_FAR < across < _FAR):  # also where one of them is no number
        return
    if not style.hidden and not (-5 <= start <= style.room[0] + 5 and -5 <= across <= style.room[1] + 5):
        style = style._replace(hidden=True)
    start, end, across = round(start, 2), round(end, 2), round(across, 2)
    run = runs[-1] if runs else None
    if (
        run is None
        or abs(run.y - across) > 0.05
        or run.style != style
        or not (-0.6 * style.size < start - run.rights[-1] < 3 * style.size or start == run.lefts[-1])  # a ligature
    ):
        run = _Traced(style, across)
        runs.append(run)
        if after_space:
            run.add(" ", start, start)
    elif after_space and start - run.rights[-1] > _SPACE * style.size:
        run.add(" ", run.rights[-1], start)
    step = (end - start) / len(text)
    for number, character in enumerate(text):
        run.add(character, round(start + number * step, 2), round(start + (number + 1) * step, 2))


def _text(code: int, broken: bool) -> str:
    """The character as text: "\\ufffd" where the font does not say which one it is."""
    if code == _HYPHEN:
        return "-"
    character = chr(code) if code < 0x110000 else "\ufffd"
    if character in _SPACES:
        return " "
    if character in _NOTHING:
        return ""
    private = 0xE000 <= code <= 0xF8FF or code >= 0xF0000
    if broken or code < 32 or private or 0xD800 <= code <= 0xDFFF or 0x7F <= code < 0xA0:
        return "\ufffd"
    return _LIGATURES.get(character, character)


def _style(handle: Any, index: int, text_object: Any, frame: _Frame, faces: dict[int, tuple[bool, bool]]) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(handle, index, matrix)
    size = pdfium.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
    size = abs(size) if math.isfinite(size) else 0.0
    font = pdfium.FPDFTextObj_GetFont(text_object)
    address = ctypes.addressof(font.contents) if font else 0
    if address not in faces:
        faces[address] = _face(handle, index)
    bold, italic = faces[address]
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
    hidden = mode in _INVISIBLE or size < _SMALLEST
    direction = _direction(matrix, frame)
    return _Style(round(size, 2), bold or mode == _STROKED, italic, hidden, direction, *_axes(frame, direction or 0))


def _face(handle: Any, index: int) -> tuple[bool, bool]:
    """Whether the font of a character is bold, and whether it is italic: by its name, else by its flags."""
    buffer = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(handle, index, buffer, 200, flags)
    name = buffer.value.decode("utf-8", "replace") if 0 < length <= 200 else ""
    bold = _BOLD.search(name) is not None or pdfium.FPDFText_GetFontWeight(handle, index) >= 600
    return bold or bool(flags.value & 1 << 18), _ITALIC.search(name) is not None or bool(flags.value & 1 << 6)


@lru_cache(maxsize=64)
def _axes(
    frame: _Frame, turn: int
) -> tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float]]:
    """How a point of the page's own space comes to stand along and across upright lines; and the upright page's size."""
    width, height = frame.size
    at = [turned(*frame.shown(x, y), width, height, turn) for x, y in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))]
    along, across = ((at[1][n] - at[0][n], at[2][n] - at[0][n], at[0][n]) for n in (0, 1))
    return along, across, (height, width) if turn % 2 else (width, height)


def _direction(matrix: Any, frame: _Frame) -> int | None:
    """Where a line of text runs on the displayed page: 0 to the right, 1 down, 2 to the left, 3 up."""
    if not (math.isfinite(matrix.a) and math.isfinite(matrix.b)) or not (matrix.a or matrix.b):
        return None
    degrees = -math.degrees(math.atan2(matrix.b, matrix.a)) + 90 * frame.rotation
    turns = round(degrees / 90)
    return turns % 4 if abs(degrees - 90 * turns) < 8 else None


def _drawn(page: pypdfium2.PdfPage, frame: _Frame, turn: int) -> tuple[list[Rule], float]:
    """The horizontal rules of a page, and the share of its area that the largest picture covers."""
    rules: list[Rule] = []
    largest = 0.0
    width, height = frame.size
    edges = [ctypes.c_float() for _ in range(4)]
    count = min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    for number in range(count):
        drawn = pdfium.FPDFPage_GetObject(page.raw, number)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if not pdfium.FPDFPageObj_GetBounds(drawn, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        if not all(math.isfinite(edge.value) for edge in edges):
            continue
        corners = (frame.shown(left, bottom), frame.shown(right, top))
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            area = abs((corners[0][0] - corners[1][0]) * (corners[0][1] - corners[1][1]))
            largest = max(largest, area / max(width * height, 1.0))
            continue
        (x0, y0), (x1, y1) = (turned(*corner, width, height, turn) for corner in corners)
        if abs(y1 - y0) < 3 and abs(x1 - x0) > 20:
            rules.append(Rule(round(min(x0, x1), 2), round(max(x0, x1), 2), round((y0 + y1) / 2, 2)))
    return rules, min(largest, 1.0)
