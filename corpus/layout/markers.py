"""What the numbers of a text are: markers of notes, superscript citations, or plain numbers.

The notes are known by now, with their labels; the alignment (layout.alignment) ties the markers to them. Where the
document has no notes, the numbers' own sequence must carry them; where it has a numbered reference list whose numbers
come again and again, they are citations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.layout.alignment import Alignment, Mark, Tag, align
from corpus.layout.candidates import families, find_marks, weigh
from corpus.layout.draft import Draft, Lifted, NoteDraft
from corpus.layout.lines import Line
from corpus.layout.notes import fits
from corpus.layout.repair import find_damaged
from corpus.layout.superscripts import find_superscript_citations

_KINDS = (
    "paragraph",
    "quote",
    "list-item",
    "heading",
    "title",
    "abstract",
    "other",
    "author",
    "verse-line",
    "epigraph",
    "caption",
)
_FEWEST_BRACKETS = 5
_FRONT = ("author",)


def find_lifted(
    body: Sequence[Draft], notes: Sequence[NoteDraft], references: Sequence[Draft], words: Counter[str]
) -> list[Lifted]:
    """The markers (and superscript citations) of a document, in order; ``words`` is its vocabulary."""
    lines = [line for draft in body if draft.kind in (*_KINDS, *_FRONT) for line in draft.lines]
    drafts = [draft for draft in body if draft.kind in _KINDS]
    prose = [line for draft in drafts for line in draft.lines]
    numbered = [int(draft.n) for draft in references if draft.n and draft.n.isdecimal()]
    signs = _tied(lines, notes, words, signs=True)
    by_number = _tied(prose, notes, words, signs=False)
    citations = _citations(drafts, words, max(numbered)) if len(numbered) >= 3 else []
    if citations and len(citations) > 2 * len(by_number):
        by_number = citations
    elif not by_number and not numbered and not any(note.label.isdecimal() for note in notes):
        by_number = _by_sequence(prose, words) or _by_brackets(prose, words)
    return _without_overlaps([*signs, *by_number])


def _tied(lines: Sequence[Line], notes: Sequence[NoteDraft], words: Counter[str], *, signs: bool) -> list[Lifted]:
    """The markers of the notes that are labelled with numbers, or with signs."""
    owners = [i for i, note in enumerate(notes) if note.number and note.label.isdecimal() is not signs]
    if not owners:
        return []
    tags = [Tag(notes[i].number, notes[i].blocks[0].lines[0].start, 1.0) for i in owners]
    order = sorted(range(len(tags)), key=lambda i: tags[i].start)
    owners, tags = [owners[i] for i in order], [tags[i] for i in order]
    breaks = [line.start for line in lines if line.gap and len(line.text) < 70]
    best: tuple[list[Mark], Alignment] | None = None
    for family in ("sign",) if signs else families(lines):
        marks = find_marks(lines, words, family)
        found = align(marks, tags, breaks)
        if best is None or (fits(found, marks) and len(found.pairs) > 1.5 * len(best[1].pairs)):
            best = marks, found
        if len(best[1].pairs) >= 0.8 * len(tags):
            break
    assert best is not None
    marks, found = best
    if signs:
        found = found._replace(marks=[mark for mark in found.marks if mark in found.pairs])
    lifted = [
        Lifted(
            marks[i].start,
            marks[i].end,
            _label(notes, owners, marks[i], found.pairs.get(i)),
            _owner(owners, found.pairs.get(i)),
        )
        for i in _without_tail(marks, tags, found)
    ]
    if not signs:
        damaged = find_damaged(lines, words, marks, tags, found)
        lifted += [
            Lifted(mark.start, mark.end, str(mark.number), owners[tag], damaged=True) for tag, mark in damaged.items()
        ]
    return lifted


def _label(notes: Sequence[NoteDraft], owners: Sequence[int], mark: Mark, tag: int | None) -> str:
    return str(mark.number) if tag is None else notes[owners[tag]].label


def _owner(owners: Sequence[int], tag: int | None) -> int | None:
    return None if tag is None else owners[tag]


def _without_tail(marks: Sequence[Mark], tags: Sequence[Tag], found: Alignment) -> list[int]:
    """Marks beyond the last note of their series are plain numbers unless they look the part in every way."""
    last = {found.series[mark]: tags[tag].number for mark, tag in found.pairs.items()}
    return [
        mark
        for mark in found.marks
        if mark in found.pairs or marks[mark].number < last.get(found.series[mark], 0) or marks[mark].weight >= 0.9
    ]


def _by_sequence(lines: Sequence[Line], words: Counter[str]) -> list[Lifted]:
    """No notes and no numbered references: the candidates' own sequence must carry them."""
    marks = find_marks(lines, words, families(lines)[0])
    found = align(marks, ())
    chosen = [marks[i] for i in found.marks]
    enough = 3 if chosen and chosen[0].number <= 2 else 6
    if len(chosen) < enough or len(chosen) * 2 < chosen[-1].number - chosen[0].number + 1:
        return []
    if sum(mark.weight for mark in chosen) < 0.5 * len(chosen):
        return []
    return [Lifted(mark.start, mark.end, str(mark.number)) for mark in chosen]


def _by_brackets(lines: Sequence[Line], words: Counter[str]) -> list[Lifted]:
    """Numbers in square brackets that count from 1 and come once each: a list that is not in the file."""
    if "square" not in families(lines):
        return []
    marks = find_marks(lines, words, "square")
    if len(marks) < _FEWEST_BRACKETS or [mark.number for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    return [Lifted(mark.start, mark.end, str(mark.number)) for mark in marks]


def _citations(drafts: Sequence[Draft], words: Counter[str], highest: int) -> list[Lifted]:
    def weigh_in(line: Line, start: int, end: int) -> float:
        return weigh(line.text, start, end, words)

    typeset = families(line for draft in drafts for line in draft.lines) == ("raised",)
    return find_superscript_citations(drafts, highest, weigh_in, exact=typeset)


def _without_overlaps(found: Sequence[Lifted]) -> list[Lifted]:
    lifted: list[Lifted] = []
    for piece in sorted(found, key=lambda piece: piece.start):
        if not lifted or piece.start >= lifted[-1].end:
            lifted.append(piece)
    return lifted
