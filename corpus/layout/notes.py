"""Notes: where they stand and how far they go.

Notes stand at the feet of pages, in a list under a name of its own ("Notes", "Примечания"), in a list without one, or
between the paragraphs of a web page. Each line that begins with a number or a sign may begin a note; the alignment of
all such lines with all numbers of the text says which do (layout.alignment).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.layout.alignment import HIGHEST, Alignment, Mark, Tag, align
from corpus.layout.beginnings import (
    RULE,
    Beginnings,
    chapter_breaks,
    find_beginnings,
    line_zones,
    opens,
    page_ranges,
    settled,
)
from corpus.layout.candidates import families, find_marks
from corpus.layout.draft import Draft, NoteDraft
from corpus.layout.labels import Label, lift_label, read_label
from corpus.layout.lines import Line, ends_sentence
from corpus.layout.pages import Furniture
from corpus.layout.unnamed import Listed
from corpus.layout.zones import zone_of

_FEW_PAIRS = 4  # so few must look the part
_MOST_SPILLED = 16  # lines of a note that goes on on the next page
_CITES = re.compile(r"(?:(?<=[^\W\d_])|(?<=[^\W\d_][.,)”]))\d{1,3}(?:[,–-]\d{1,3})+(?!\w)")  # "dogs2,3": several works


class Taken(NamedTuple):
    """A document without its notes: the body lines, the notes, and what stood around them (rules, names of lists).

    ``listed`` are the lines of a reference list that nothing names.
    """

    body: list[Line]
    notes: list[NoteDraft]
    furniture: list[Furniture]
    listed: list[Line]


def take_notes(lines: Sequence[Line], words: Counter[str], listed: Listed | None = None) -> Taken:
    """Take the notes out of a document's lines; ``words`` is its vocabulary, ``listed`` its unnamed reference list."""
    zones = line_zones(lines)
    if listed is not None:
        zones[listed.start :] = ["references"] * (len(lines) - listed.start)
    pages = page_ranges(lines)
    begin = find_beginnings(lines, zones, pages)
    text = [line for line, zone in zip(lines, zones, strict=True) if zone != "references"]
    chosen: dict[int, Label] = {}
    marked: list[int] = []  # where markers stand in the source
    for signs in (False, True):
        indices, tags = begin.tags(signs=signs)
        if not tags:
            continue
        marks, found = _best_family(text, words, tags, chapter_breaks(lines), signs=signs)
        if _credible(text, lines, begin, indices, marks, found):
            chosen.update({indices[tag]: begin.labels[indices[tag]] for tag in found.tags})
            marked += [marks[mark].start for mark in found.marks]
    taken = _cut(lines, zones, pages, begin, chosen, sorted(marked))
    return taken if listed is None else _without_list(taken, lines, listed)


def _without_list(taken: Taken, lines: Sequence[Line], listed: Listed) -> Taken:
    """Part the lines of an unnamed reference list from the body; the line above that names it is lifted."""
    start = lines[listed.start].start
    body = [line for line in taken.body if line.start < start]
    furniture = list(taken.furniture)
    if listed.name is not None and body and body[-1].start == lines[listed.name].start:
        furniture.append(Furniture(body[-1].start, body.pop().end, "label"))
    return Taken(body, taken.notes, furniture, [line for line in taken.body if line.start >= start])


def _best_family(
    text: Sequence[Line], words: Counter[str], tags: Sequence[Tag], breaks: Sequence[int], *, signs: bool
) -> tuple[list[Mark], Alignment]:
    """The family of markers that fits the tags best; another than glued numbers only where those fit badly."""
    best: tuple[list[Mark], Alignment] | None = None
    for family in ("sign",) if signs else families(text):
        marks = find_marks(text, words, family)
        found = align(marks, tags, breaks)
        if best is None or (
            found.score > best[1].score + 1 and fits(found, marks) and len(found.pairs) > 1.5 * len(best[1].pairs)
        ):
            best = marks, found
        if len(best[1].pairs) >= 0.8 * sum(not tag.local for tag in tags) and len(best[1].pairs) >= 0.5 * len(tags):
            break
    assert best is not None
    return best


def fits(found: Alignment, marks: Sequence[Mark]) -> bool:
    """Whether most of what was taken stands on both sides: no family but glued numbers is believed without that."""
    begun = len(set(found.series.values()))
    if len(found.pairs) < _FEW_PAIRS and sum(marks[i].weight for i in found.pairs) < 0.5 * len(found.pairs):
        return False
    return len(found.pairs) >= max(2, 1.5 * begun) and len(found.pairs) * 10 >= 6 * max(
        len(found.tags), len(found.marks)
    )


def _credible(
    text: Sequence[Line],
    lines: Sequence[Line],
    begin: Beginnings,
    indices: Sequence[int],
    marks: Sequence[Mark],
    found: Alignment,
) -> bool:
    """Whether what was taken are notes at all, not a numbered list with a few numbers that happen to fit."""
    if not found.tags:
        return False
    if any(begin.places[indices[tag]] == "list" for tag in found.tags):
        return True
    if len(found.pairs) < 2:
        mark = marks[next(iter(found.pairs))] if found.pairs else None
        last = indices[found.tags[-1]] if found.tags else 0
        ended = begin.places[last] == "foot" or not any(line.gap for line in lines[last + 1 :])
        first_or_foot = mark is not None and (mark.number == 1 or (mark.weight == 1 and begin.places[last] == "foot"))
        return mark is not None and mark.weight >= 0.8 and first_or_foot and ended and len(found.marks) <= 3
    if sum(marks[i].weight for i in found.pairs) < 0.5 * len(found.pairs) and len(found.pairs) < 4:
        return False
    first = begin.labels[indices[found.tags[0]]]
    if first.form == "*" or first.start < max(marks[i].start for i in found.pairs):  # notes and text take turns
        return True
    # Numbers of a reference list come again and again in the text, and several at once; those of notes come once.
    strong = [mark for mark in marks if mark.weight >= 0.8 and mark.number <= max(marks[i].number for i in found.marks)]
    taken = sum(marks[i].weight >= 0.8 for i in found.marks)
    several = sum(len(_CITES.findall(line.text)) for line in text)
    return len(strong) <= 1.3 * taken + 2 and several * 4 <= len(found.pairs) + 3


def _cut(
    lines: Sequence[Line],
    zones: Sequence[str | None],
    pages: Sequence[range],
    begin: Beginnings,
    chosen: dict[int, Label],
    marked: Sequence[int],
) -> Taken:
    """The notes with all their lines, and the body without them."""
    taken, found = _feet(lines, pages, {i: label for i, label in chosen.items() if begin.places[i] == "foot"})
    notes = [(note.blocks[0].lines[0].start, note) for note in found]
    texts: set[int] = set()
    for i, following in pairwise([*sorted(i for i in chosen if i not in taken), len(lines)]):
        after = following
        if lines[i].hint is None:  # on typeset pages it is known what a foot is: the note goes on behind it
            after = next((k for k in range(i + 1, following) if k in taken), following)
        end = _end_of_note(lines, zones, i, after, marked, listed=begin.places[i] == "list")
        # Below a label alone on its line stands the text, whatever it looks like.
        texts |= {i + 1} if chosen[i].end >= lines[i].end and i + 1 < end else set()
        kept = [k for k in range(i, end) if k not in taken and (k in texts or not RULE.match(lines[k].text))]
        notes.append((lines[i].start, _note([lines[k] for k in kept], chosen[i], None)))
        taken.update(range(i, end))
    taken |= {i for i, line in enumerate(lines) if i + 1 in taken and RULE.match(line.text)}
    names: set[int] = set()
    for i in range(len(lines) - 2, -1, -1):  # "Notes", "Chapter One": what names a list of notes or a part of it
        part = i + 1 in taken and zones[i] is None and zones[i + 1] == "notes"
        if i not in taken and (part or ((i + 1 in taken or i + 1 in names) and zone_of(lines[i].text) == "notes")):
            names.add(i)
    rules = {i for i in taken - texts if RULE.match(lines[i].text)}
    furniture = [Furniture(lines[i].start, lines[i].end, "note-rule") for i in sorted(rules)]
    furniture += [Furniture(lines[i].start, lines[i].end, "label") for i in sorted(names)]
    return Taken(_body(lines, taken | names), [note for _, note in sorted(notes, key=lambda n: n[0])], furniture, [])


def _body(lines: Sequence[Line], taken: set[int]) -> list[Line]:
    """The lines that are left; where notes stood in the middle of a sentence, it goes on as if over a page break."""
    body: list[Line] = []
    for i, line in enumerate(lines):
        if i in taken:
            continue
        if i - 1 in taken and body and not line.page and zone_of(line.text) is None:
            open_end = line.text[0].islower() or not ends_sentence(body[-1].text)
            line = line._replace(page=open_end, gap=0 if open_end else max(line.gap, 1))
        body.append(line)
    return body


def _end_of_note(
    lines: Sequence[Line], zones: Sequence[str | None], i: int, after: int, marked: Sequence[int], *, listed: bool
) -> int:
    """Where a note ends: before the next one; but at the end of its block where text with markers lies between."""
    limit = next((k for k in range(i + 1, after) if zones[k] != zones[i] or zone_of(lines[k].text)), after)
    start, stop = lines[i].start, lines[after].start if after < len(lines) else lines[-1].end + 1
    if bisect_left(marked, stop) > bisect_left(marked, start) or (not listed and after == len(lines)):
        return min(limit, next((k for k in range(i + 1, after) if opens(lines[k])), after))
    return limit


def _feet(lines: Sequence[Line], pages: Sequence[range], chosen: dict[int, Label]) -> tuple[set[int], list[NoteDraft]]:
    """The lines that stand in the feet of pages, and the notes that they make; a note may go on in the next foot."""
    taken: set[int] = set()
    notes: list[NoteDraft] = []
    firsts = [min(found) for page in pages if (found := [i for i in page if i in chosen])]
    apart = sum(lines[i].gap > 0 or RULE.match(lines[i - 1].text) is not None for i in firsts) * 2 >= len(firsts)
    open_note = False
    for number, page in enumerate(pages):
        foot = [i for i in page if (hint := lines[i].hint) is not None and hint.foot]
        if not foot and chosen:
            labels = [i for i in page if i in chosen]
            start = _foot_start(lines, page, labels, open_note=open_note, apart=apart)
            foot = [*range(start, page[-1] + 1)] if start is not None else []
        for i in foot:
            if RULE.match(lines[i].text):
                continue
            if i in chosen:
                notes.append(_note([lines[i]], chosen[i], number))
            elif notes:
                notes[-1].blocks[-1].lines.append(lines[i])
            else:  # the foot begins in the middle of a note whose beginning is not in the source
                notes.append(NoteDraft(0, "", [Draft("note", [lines[i]])], number))
        open_note = bool(foot) and not ends_sentence(lines[foot[-1]].text)
        taken.update(foot)
    return taken, notes


def _foot_start(
    lines: Sequence[Line], page: range, labels: Sequence[int], *, open_note: bool, apart: bool
) -> int | None:
    """Where the foot of a page begins; ``apart``: the notes of this document are set apart from the text."""
    rule = next((i for i in page if i > page[0] and RULE.match(lines[i].text)), None)
    if rule is not None and (open_note or any(i > rule for i in labels)):
        return rule
    gaps = [i for i in page if lines[i].gap and i > page[0]]
    if labels:
        above = [i for i in gaps if i <= min(labels)]
        if above and apart:
            return above[-1]
        return _spilled(lines, page, min(labels)) if open_note else min(labels)
    if open_note and gaps and not lines[gaps[-1]].indent and not ends_sentence(lines[gaps[-1] - 1].text):
        return gaps[-1]
    return None


def _spilled(lines: Sequence[Line], page: range, first: int) -> int:
    """Where an open note goes on above the first label of a foot: in small letters behind the end of a sentence."""
    for i in range(first - 1, max(page[0], first - _MOST_SPILLED), -1):
        if lines[i].text[0].islower() and ends_sentence(lines[i - 1].text):
            return i
    return first


def _note(lines: Sequence[Line], label: Label, page: int | None) -> NoteDraft:
    """A note from its lines. A blank line inside a listed note begins a new block."""
    blocks: list[Draft] = []
    span, lines = lift_label(lines, label)
    for line in lines:
        if blocks and not (opens(line) and not line.page and ends_sentence(blocks[-1].lines[-1].text)):
            blocks[-1].lines.append(line)
        else:
            blocks.append(Draft("note", [line]))
    blocks[0].label = span
    blocks[0].n = label.text
    return NoteDraft(label.number, label.text, blocks, page)


def cut_notes(lines: Sequence[Line]) -> tuple[list[Line], list[NoteDraft]]:
    """A list of notes cut at its labels; lines before the first label come back as they are."""
    labels = labelled(lines)
    starts = sorted(labels)
    if not starts:
        return list(lines), []
    notes = [_note(lines[a:b], labels[a], None) for a, b in pairwise([*starts, len(lines)])]
    return list(lines[: starts[0]]), notes


def labelled(lines: Sequence[Line]) -> dict[int, Label]:
    """The labels of a list among the beginnings of its lines, by index: the best chain that counts upwards."""
    found = [(i, label) for i, line in enumerate(lines) if (label := read_label(line)) and label.number <= HIGHEST]
    tags = [Tag(label.number, label.start, _weigh(lines, i)) for i, label in found]
    return {found[tag][0]: found[tag][1] for tag in align((), tags).tags}


def _weigh(lines: Sequence[Line], i: int) -> float:
    hint = lines[i].hint
    return 0.1 if hint is not None and not hint.starts else 1.0 if settled(lines, i) else 0.3
