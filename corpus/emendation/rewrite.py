"""Emendations laid on a text: the new text, its blocks and notes, and the way back to the source.

>>> from schemas.records import Article, Metadata, Source
>>> from schemas.offsets import identity, restore_source
>>> old = Article(id="a", source=Source("a.txt", "text/plain", "", "utf-8"), metadata=Metadata(), text="The barley wsa sold.",
...               offsets=identity("The barley wsa sold."))
>>> new = rewrite(old, [Emendation(11, 14, "was")])
>>> new.text, restore_source(new.text, new.runs, new.edits)
('The barley was sold.', 'The barley wsa sold.')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from corpus.emendation.mapping import Kept, Mapping, Replaced
from corpus.emendation.moves import find_moves
from corpus.emendation.shape import Emendation
from corpus.emendation.words import changes_between, offsets_of, split_words
from schemas.offsets import OffsetMap
from schemas.records import Article, Block, Edit, EditKind, Note, Run

CORRECTION: EditKind = "correction"


class Rewritten(NamedTuple):
    """The new text with its blocks, notes, runs and edits, and where all that stood in the old one is now."""

    text: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    runs: tuple[Run, ...]
    edits: tuple[Edit, ...]
    mapping: Mapping
    borders: dict[tuple[int, int], tuple[int, int]]  # of the blocks that stay: where they stood and where they stand
    places: int  # in how many places the text was changed


def rewrite(article: Article, emendations: Iterable[Emendation]) -> Rewritten:
    """The article's text with the emendations. Raises ValueError where two of them overlap or one lies outside."""
    ordered = sorted(emendations, key=lambda each: (each.start, each.end))
    kept: list[Kept] = []
    replaced: list[Replaced] = []
    inner: list[Kept] = []  # what stays inside of emendations
    whole: list[Replaced] = []  # each emendation
    parts: list[str] = []
    position = length = 0
    for each in ordered:
        if not position <= each.start <= each.end <= len(article.text):
            raise ValueError(f"two changes of the text at {each.start}, or one outside of it")
        kept.append(Kept(position, length, each.start - position))
        length += each.start - position
        whole.append(Replaced(each.start, each.end, length, length + len(each.text)))
        for piece in _inside(article.text, each, length):
            if isinstance(piece, Kept):
                inner.append(piece)
            else:
                replaced.append(piece)
        parts += [article.text[position : each.start], each.text]
        length += len(each.text)
        position = each.end
    kept.append(Kept(position, length, len(article.text) - position))
    text = "".join([*parts, article.text[position:]])
    moved, replaced = find_moves(article.text, text, replaced)
    mapping = Mapping([*kept, *inner, *moved], replaced)
    runs, edits = _way_back(article, mapping)
    coarse = Mapping(kept, whole)
    new = [block for each, place in zip(ordered, whole, strict=True) for block in _new_blocks(each, place.new_start)]
    staying = _staying(article, ordered, {block.id for block in new})
    borders = {(block.start, block.end): coarse.bounds(block.start, block.end) for block in staying}
    blocks = _blocks(staying, new, borders)
    return Rewritten(text, blocks, _notes(article, ordered, blocks), runs, edits, mapping, borders, len(ordered))


def _inside(text: str, emendation: Emendation, at: int) -> Iterator[Kept | Replaced]:
    """What stays inside a change: its words that are the same before and after."""
    start = emendation.start
    old, new = split_words(text[start : emendation.end]), split_words(emendation.text)
    offsets, new_offsets = offsets_of(old), offsets_of(new)
    word = 0
    for change in [*changes_between(old, new), None]:
        until = change.start if change else len(old)
        shift = (change.new_start - change.start) if change else len(new) - len(old)
        yield from _same(old, new, (word, until, shift), (start, at), (offsets, new_offsets))
        if change is not None:
            low, high, new_low, new_high = change
            yield Replaced(
                start + offsets[low], start + offsets[high], at + new_offsets[new_low], at + new_offsets[new_high]
            )
            word = high


def _same(
    old: Sequence[str],
    new: Sequence[str],
    words: tuple[int, int, int],
    begin: tuple[int, int],
    offsets: tuple[Sequence[int], Sequence[int]],
) -> Iterator[Kept | Replaced]:
    """Aligned words: kept, but for white space that is another now."""
    low, until, shift = words
    start = low
    for i in range(low, until + 1):
        if i < until and old[i] == new[i + shift]:
            continue
        yield Kept(
            begin[0] + offsets[0][start], begin[1] + offsets[1][start + shift], offsets[0][i] - offsets[0][start]
        )
        if i < until:
            ends = offsets[0][i + 1], offsets[1][i + shift + 1]
            yield Replaced(
                begin[0] + offsets[0][i], begin[0] + ends[0], begin[1] + offsets[1][i + shift], begin[1] + ends[1]
            )
        start = i + 1


def _way_back(article: Article, mapping: Mapping) -> tuple[tuple[Run, ...], tuple[Edit, ...]]:
    """Runs and edits of the new text: source whose copy is gone, and words that no source has, are corrections."""
    runs: list[Run] = []
    for run in article.offsets:
        for part in mapping.parts(run.start, run.start + run.length):
            runs.append(Run(part.new, run.source_start + part.old - run.start, part.length))
    edits = [moved for edit in article.edits for moved in _moved_edit(edit, mapping)]
    by_text = sorted(article.offsets, key=lambda run: run.start)
    offsets = OffsetMap(article.offsets)
    first = 0
    for change in mapping.replaced:
        while first < len(by_text) and by_text[first].start + by_text[first].length <= change.start:
            first += 1
        edits += _corrections(article, change, by_text, first, offsets)
    runs.sort(key=lambda run: run.source_start)
    edits.sort(key=lambda edit: (edit.source_start, edit.source_end))
    return tuple(_merged(runs)), tuple(edits)


def _moved_edit(edit: Edit, mapping: Mapping) -> Iterator[Edit]:
    parts = mapping.parts(edit.start, edit.end)
    if not parts:
        point = mapping.after(edit.start)
        yield msgspec.structs.replace(edit, start=point, end=point)
        return
    for number, part in enumerate(parts):
        place = {"start": part.new, "end": part.new + part.length}
        if number == 0:
            yield msgspec.structs.replace(edit, **place)
        else:  # what else it wrote, parted from it by a change
            yield Edit(edit.kind, part.new, part.new + part.length, edit.source_end, edit.source_end)


def _corrections(
    article: Article, change: Replaced, runs: Sequence[Run], first: int, offsets: OffsetMap
) -> Iterator[Edit]:
    """The source that a change took, and what it put there; what was put in before by an edit has no source of its own."""
    put = (change.new_start, change.new_end)
    for i in range(first, len(runs)):  # no copy: there are as many changes as runs
        run = runs[i]
        if run.start >= change.end:
            break
        low, high = max(run.start, change.start), min(run.start + run.length, change.end)
        if low < high:
            begin = run.source_start + low - run.start
            yield Edit(CORRECTION, *put, begin, begin + high - low, article.text[low:high])
            put = (change.new_end, change.new_end)
    if put[0] < put[1]:
        begin = offsets.to_source(change.start, end=True)
        yield Edit(CORRECTION, *put, begin, begin)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs that go on in text and source are one."""
    waiting: Run | None = None
    for run in runs:
        if waiting is not None and _goes_on(waiting, run):
            waiting = Run(waiting.start, waiting.source_start, waiting.length + run.length)
            continue
        if waiting is not None:
            yield waiting
        waiting = run
    if waiting is not None:
        yield waiting


def _goes_on(run: Run, other: Run) -> bool:
    return (run.start + run.length, run.source_start + run.length) == (other.start, other.source_start)


def _new_blocks(emendation: Emendation, start: int) -> Iterator[Block]:
    for made in emendation.blocks or ():
        yield msgspec.structs.replace(made.block, start=start + made.block.start, end=start + made.block.end)


def _staying(article: Article, ordered: Sequence[Emendation], new: set[str]) -> list[Block]:
    """The old blocks that no change takes away."""
    whole = [each for each in ordered if each.blocks is not None]
    return [block for block in article.blocks if not any(_takes(each, block, new) for each in whole)]


def _blocks(
    staying: Sequence[Block], new: Sequence[Block], borders: dict[tuple[int, int], tuple[int, int]]
) -> tuple[Block, ...]:
    made = []
    for block in staying:
        start, end = borders[block.start, block.end]
        made.append(msgspec.structs.replace(block, start=start, end=end))
    return tuple(sorted([*made, *new], key=lambda block: (block.start, -block.end)) if new else made)


def _takes(emendation: Emendation, block: Block, new: set[str]) -> bool:
    """Whether a change of whole blocks takes a block away; an empty one at its border only where it stands in it anew."""
    is_inside = emendation.start <= block.start and block.end <= emendation.end
    return is_inside and (block.start < block.end or block.id in new)


def _notes(article: Article, ordered: Sequence[Emendation], blocks: Sequence[Block]) -> tuple[Note, ...]:
    """The notes with their blocks as they are now; one that lost all its words is missing."""
    standing = {block.id for block in blocks}
    owner = {made.block.id: made.note for each in ordered for made in each.blocks or () if made.note is not None}
    known = {note.id for note in article.notes}
    notes = [*article.notes, *(note for each in ordered for note in each.notes if note.id not in known)]
    made = []
    for note in notes:
        has = {block for block in note.blocks if block in standing and owner.get(block, note.id) == note.id}
        has |= {block for block, note_id in owner.items() if note_id == note.id}
        now = tuple(block.id for block in blocks if block.id in has) if has != set(note.blocks) else note.blocks
        place = "missing" if note.blocks and not now else note.place
        made.append(msgspec.structs.replace(note, blocks=now, place=place))
    return tuple(made)
