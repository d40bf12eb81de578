"""Characters, rules and pictures of a PDF through pdfium: the only module that calls it.

pdfium gives each character its origin on the baseline, its box and its text object; spaces and line ends that it makes
up itself are passed over, since rows and words are found from the positions (corpus.pdf.rows).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
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


class _Glyph(NamedTuple):
    """One character: where it begins and ends along its line, the line's position, and its style."""

    text: str
    start: float
    end: float
    across: float
    style: _Style


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
    width, height = frame.size
    text_page = page.get_textpage()
    unmapped: list[bool] = []
    glyphs = list(_glyphs(text_page, frame, unmapped))
    text_page.close()
    glyphs, hidden, recognized = _seen(glyphs, width, height)
    turns = Counter(glyph.style.direction for glyph in glyphs if glyph.style.direction is not None)
    turn = turns.most_common(1)[0][0] if turns else 0
    rules, pictured = _drawn(page, frame, turn)
    upright = [glyph for glyph in glyphs if glyph.style.direction == turn]
    aside = [glyph for glyph in glyphs if glyph.style.direction != turn]
    if turn % 2:
        width, height = height, width
    return Page(
        index + 1,
        round(width, 2),
        round(height, 2),
        list(_runs(upright)),
        rules,
        turn=turn,
        pictured=round(pictured, 2),
        aside=[run.text.strip() for run in _runs(aside) if run.text.strip()],
        hidden=hidden,
        unmapped=sum(unmapped),
        recognized=recognized,
    )


def _seen(glyphs: list[_Glyph], width: float, height: float) -> tuple[list[_Glyph], int, bool]:
    """The glyphs that a reader sees, how many are hidden, and whether all are an invisible layer of recognised text."""
    marks = sum(not glyph.text.isspace() for glyph in glyphs)
    visible = [glyph for glyph in glyphs if not glyph.style.hidden]
    shown = sum(not glyph.text.isspace() for glyph in visible)
    if marks and shown * 20 < marks:  # a picture with its recognised text below, perhaps with a stamp upon it
        return glyphs, 0, True
    return visible, marks - shown, False


def _glyphs(text_page: Any, frame: _Frame, unmapped: list[bool]) -> Iterator[_Glyph]:
    """All characters that the file itself has, in the order of its content."""
    handle = text_page.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    styles: dict[int, _Style] = {}
    for index in range(text_page.count_chars()):
        if pdfium.FPDFText_IsGenerated(handle, index) == 1:
            continue
        text_object = pdfium.FPDFText_GetTextObject(handle, index)
        if not text_object:
            continue
        address = ctypes.addressof(text_object.contents)
        style = styles.get(address)
        if style is None:
            style = styles[address] = _style(handle, index, text_object, frame)
        code = pdfium.FPDFText_GetUnicode(handle, index)
        broken = pdfium.FPDFText_HasUnicodeMapError(handle, index) == 1
        text = _text(code, broken)
        if not text:
            continue
        if text == "\ufffd":
            unmapped.append(True)
        pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(handle, index, box)
        yield from _placed(text, style, frame, (x.value, y.value), (box.left, box.bottom, box.right, box.top))


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


def _placed(
    text: str, style: _Style, frame: _Frame, origin: tuple[float, float], box: tuple[float, float, float, float]
) -> Iterator[_Glyph]:
    if not all(math.isfinite(value) for value in (*origin, *box)):
        return
    width, height = frame.size
    turn = style.direction or 0
    corners = [frame.shown(box[0], box[1]), frame.shown(box[2], box[3])]
    along = sorted(turned(*corner, width, height, turn)[0] for corner in corners)
    across = turned(*frame.shown(*origin), width, height, turn)[1]
    if max(abs(along[0]), abs(along[1]), abs(across)) > 1e5:
        return
    outside = not (-5 <= corners[0][0] <= width + 5 and -5 <= corners[0][1] <= height + 5)
    if outside and not style.hidden:
        style = style._replace(hidden=True)
    step = (along[1] - along[0]) / len(text)
    for number, character in enumerate(text):
        start = along[0] + number * step
        yield _Glyph(character, start, start + step, across, style)


def _style(handle: Any, index: int, text_object: Any, frame: _Frame) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(handle, index, matrix)
    scale = math.hypot(matrix.c, matrix.d)
    size = pdfium.FPDFText_GetFontSize(handle, index) * scale
    size = abs(size) if math.isfinite(size) else 0.0
    buffer = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(handle, index, buffer, 200, flags)
    name = buffer.value.decode("utf-8", "replace") if 0 < length <= 200 else ""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
    weight = pdfium.FPDFText_GetFontWeight(handle, index)
    bold = _BOLD.search(name) is not None or weight >= 600 or bool(flags.value & 1 << 18) or mode == _STROKED
    italic = _ITALIC.search(name) is not None or bool(flags.value & 1 << 6)
    return _Style(round(size, 2), bold, italic, mode in _INVISIBLE or size < _SMALLEST, _direction(matrix, frame))


def _direction(matrix: Any, frame: _Frame) -> int | None:
    """Where a line of text runs on the displayed page: 0 to the right, 1 down, 2 to the left, 3 up."""
    if not (math.isfinite(matrix.a) and math.isfinite(matrix.b)) or not (matrix.a or matrix.b):
        return None
    degrees = -math.degrees(math.atan2(matrix.b, matrix.a)) + 90 * frame.rotation
    turns = round(degrees / 90)
    return turns % 4 if abs(degrees - 90 * turns) < 8 else None


def _runs(glyphs: list[_Glyph]) -> Iterator[Run]:
    """Neighbours of one style on one baseline as one run; a jump backwards begins another."""
    run: Run | None = None
    last: _Style | None = None
    for glyph in glyphs:
        style = glyph.style
        here, start = round(glyph.across, 2), round(glyph.start, 2)
        if run is None or style is not last or abs(run.y - here) > 0.05 or start < run.rights[-1] - 0.6 * style.size:
            if run is not None:
                yield run
            run, last = Run("", [], [], here, style.size, style.bold, style.italic), style
        run.text += glyph.text
        run.lefts.append(start)
        run.rights.append(round(glyph.end, 2))
    if run is not None:
        yield run


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
