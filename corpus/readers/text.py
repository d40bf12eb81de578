"""Plain text to an Article: the whole order of the reading stands in ``read_text``; the work in ``corpus.layout``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from corpus.layout.assemble import Assembler
from corpus.layout.blocks import cut_blocks, mark_zones, name_blocks
from corpus.layout.join import vocabulary
from corpus.layout.lines import Line, split_lines
from corpus.layout.markers import find_lifted
from corpus.layout.metadata import read_front
from corpus.layout.notes import split_feet
from corpus.layout.pages import Furniture, find_pages
from corpus.layout.parts import part_zones
from corpus.layout.regime import find_regime, unspace
from corpus.readers.decode import Decoded, Undecodable, decode
from corpus.readers.not_mine import NotMine
from schemas.records import Article

_MOST_LINES = 2_000_000


def read_text(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of a plain-text file.

    The steps: decode; lines; pages and their furniture; notes at page feet; the line regime; blocks; front matter and
    zones; markers; and the text written out with the map back to the source.
    """
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return NotMine(decoded.reason)
    lines, spaced = unspace(split_lines(decoded.text))
    if not lines or len(lines) > _MOST_LINES:
        return NotMine(
            "it holds no text" if not lines else f"it has more than {_MOST_LINES} lines; split it into papers"
        )
    paged = find_pages(lines)
    feet = split_feet(paged.lines)
    regime = find_regime(feet.body, spaced=spaced)
    drafts = cut_blocks(feet.body, regime)
    mark_zones(drafts)
    drafts = read_front(drafts)
    plan, labels = part_zones(drafts, feet.notes, regime)
    name_blocks(plan.body, regime)
    words = vocabulary(decoded.text)
    plan.lifted = find_lifted(plan.body, plan.notes, plan.references, words, [page.start for page in paged.pages])
    furniture = [*paged.furniture, *feet.rules, *labels, *_page_breaks(decoded.text, lines)]
    assembler = Assembler(decoded.text, plan, furniture, paged.pages, words)
    digest = hashlib.sha256(data).hexdigest()
    return (assembler.write(name, digest, decoded.encoding, _complaints(decoded)),)


def _complaints(decoded: Decoded) -> Iterator[tuple[str, str, str]]:
    """What the reader of the article must be told about its encoding: code, message, hint."""
    hint = "Save the file as UTF-8 and read it again."
    if decoded.guessed:
        yield "encoding-guessed", f"The file does not say its encoding; it was read as {decoded.encoding}.", hint
    if decoded.damaged:
        yield (
            "undecodable",
            f"{decoded.damaged} characters could not be read as {decoded.encoding}; they are U+FFFD.",
            hint,
        )


def _page_breaks(source: str, lines: Sequence[Line]) -> list[Furniture]:
    """Form feeds, and the single space that begins a page where lines are set apart by blank ones."""
    found: list[Furniture] = []
    position = source.find("\f")
    while position >= 0:
        found.append(Furniture(position, position + 1, "page-break"))
        position = source.find("\f", position + 1)
    for line in lines:
        if line.page and line.indent == 1 and source[line.start - 2 : line.start - 1] in ("\n", "\r"):
            found.append(Furniture(line.start - 1, line.start, "page-break"))
    return found
