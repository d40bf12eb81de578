"""Citations and note markers as formats mark them up, gathered into those that a reader sees.

"[1]–[3]" is one citation of three works though the file links two numbers; a superscript "3,5–7" is lifted once, with
all its targets; the brackets of a note marker belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.markup.walk import raised
from corpus.structure import Cited, NoteRef, OutlineBlock, OutlineNote, Piece, Styled, plain
from schemas.records import CitationKind

_NUMERIC = re.compile(r"[\[(]?\s*[A-Z]?\d{1,4}[a-z]?(?:\s*[,;–—−‐-]\s*\d{1,4})*\s*[\])]?[.,;]?")
_BETWEEN = re.compile(r"[\s,;–—−‐-]*")
_DASHES = re.compile(r"[–—−‐-]")
_RANGE = re.compile(r"(\d{1,4})\s*[–—−‐-]\s*(\d{1,4})")
_LOCATOR = r"(?:(?:pp?|S|с|С|ss?|ch|chap|fols?|ff?|§)\.?\s?)?\d(?:[\d–—,\s-]{0,24}\d)?"
_CLOSING = re.compile(rf"\s*(?:[,:;]\s*(?P<locator>{_LOCATOR}))?\s*(?P<close>[\])])")
_BEHIND = re.compile(rf"\s?[,:]\s?(?P<locator>{_LOCATOR})(?=\s?[).;\]])")
_YEAR_ONLY = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
_BARE = re.compile(r"\d{1,3}(?:[,–—−‐-]\d{1,3})*")
# A word or a year and its stop, a figure that ends the sentence, a closing mark: "ruled in 1410.1" has no figure 1410.1.
_WORD_END = re.compile(r"(?:[^\W\d_]|[^\W\d_][.,;:]|\d\.|(?<![\d.,])(?:1\d|20)\d\d[,;:]?|[)\]”»’\"%][.,;]?)$")
_WIDEST = 60
_OPEN = {"[": "]", "(": ")"}


def is_raised(piece: Styled) -> bool:
    """Whether markup sets its words above the line."""
    rend = piece.attributes.get("rend", "").casefold()
    return piece.name == "hi" and any(word in rend for word in ("sup", "hoch"))


def citation_kind(text: str, *, superscript: bool = False) -> CitationKind:
    """The kind of a linked citation by its words.

    >>> citation_kind("12"), citation_kind("3–5", superscript=True), citation_kind("Sutton 1968"), citation_kind("1968a")
    ('numeric', 'superscript', 'author-year', 'author-year')
    """
    text = text.strip()
    if superscript and not any(char.isalpha() for char in text):
        return "superscript"
    if _NUMERIC.fullmatch(text) and not _YEAR_ONLY.fullmatch(text.strip("()")):
        return "numeric"
    return "author-year"


class Gathering:
    """Gathers the citations of an article; ``order`` holds the keys of its reference list.

    ``exact`` leaves markers and citations where they stand and as they are: our own files need no gathering.
    """

    def __init__(self, order: Sequence[str], *, exact: bool = False) -> None:
        self._exact = exact
        self._order = list(dict.fromkeys(order))
        self._place: Mapping[str, int] = {key: i for i, key in enumerate(self._order)}

    def block(self, block: OutlineBlock) -> OutlineBlock:
        """A block with its citations and markers gathered."""
        if self._exact or all(isinstance(piece, str) for piece in block.pieces):
            return block
        return replace(block, pieces=self.pieces(block.pieces))

    def note(self, note: OutlineNote) -> OutlineNote:
        """A note with its citations gathered."""
        return replace(note, blocks=tuple(self.block(block) for block in note.blocks))

    def pieces(self, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """Pieces of one level, and those inside markup."""
        flat: list[Piece] = []
        for piece in pieces:
            flat += self._unraised(piece) if isinstance(piece, Styled) else [piece]
        return tuple(self._joined(_glued(_merge_words(flat))))

    def _unraised(self, piece: Styled) -> list[Piece]:
        """Superscript that holds only markers or citations is no markup of words: they stand alone."""
        if not is_raised(piece) or not raised(piece.pieces):
            return [replace(piece, pieces=self.pieces(piece.pieces))]
        inner = list(_flat(piece.pieces))
        if any(isinstance(each, Cited) for each in inner):
            raised_ones = [replace(each, kind="superscript") if isinstance(each, Cited) else each for each in inner]
            return self._joined(raised_ones, all_in=True)
        return _markers(inner)

    def _joined(self, pieces: Sequence[Piece], *, all_in: bool = False) -> list[Piece]:
        made: list[Piece] = []
        position = 0
        while position < len(pieces):
            piece = pieces[position]
            if isinstance(piece, NoteRef):
                position = self._bracketed_marker(pieces, position, made)
            elif isinstance(piece, Cited) and piece.kind in ("numeric", "superscript"):
                position = self._group(pieces, position, made, all_in=all_in)
            elif isinstance(piece, Cited):
                made.append(_located(piece, pieces[position + 1] if position + 1 < len(pieces) else None))
                position += 1
            else:
                made.append(piece)
                position += 1
        if all_in:  # what stood beside the numbers inside the superscript: brackets and spaces
            made = [piece for piece in made if not isinstance(piece, str)]
        return made

    def _bracketed_marker(self, pieces: Sequence[Piece], position: int, made: list[Piece]) -> int:
        marker = pieces[position]
        assert isinstance(marker, NoteRef)
        before, after = (made[-1] if made else None), (pieces[position + 1] if position + 1 < len(pieces) else None)
        if isinstance(before, str) and isinstance(after, str) and before[-1:] in _OPEN and before:
            close = _OPEN[before[-1]]
            if after.startswith(close):
                made[-1] = before[:-1]
                _raise(made, NoteRef(marker.note, f"{before[-1]}{marker.label}{close}" if marker.label else ""))
                made.append(after[1:])
                return position + 2
        _raise(made, marker)
        return position + 1

    def _group(self, pieces: Sequence[Piece], position: int, made: list[Piece], *, all_in: bool) -> int:
        """The run of linked numbers that begins here, as one citation. Gives the position behind it."""
        first = pieces[position]
        assert isinstance(first, Cited)
        run, between, end = [first], [""], position + 1
        while (step := _next_in_run(pieces, end, first, between)) is not None:
            following = pieces[step]
            assert isinstance(following, Cited)
            run.append(following)
            end = step + 1
        keys = self._keys(run, between)
        surface = "".join(sep + plain(each.pieces) for each, sep in zip(run, between, strict=True))
        if first.kind == "superscript":
            _raise(made, Cited(("".join(surface.split()),), keys, "superscript"))
            return end
        group = Cited((surface,), keys, "numeric", first.locator)
        before, after = (made[-1] if made else None), (pieces[end] if end < len(pieces) else None)
        if isinstance(before, str) and isinstance(after, str) and before.endswith(("[", "(")):
            closing = _CLOSING.match(after)
            if closing and _OPEN[before[-1]] == closing["close"]:
                made[-1] = before[:-1]
                whole = f"{before[-1]}{surface}{closing.group()}"
                made += [replace(group, pieces=(whole,), locator=closing["locator"]), after[closing.end() :]]
                return end + 1
        made.append(group)
        return end

    def _keys(self, run: Sequence[Cited], between: Sequence[str]) -> tuple[str, ...]:
        keys: list[str] = []
        for cited, separator in zip(run, between, strict=True):
            if keys and cited.keys and _DASHES.search(separator):
                keys += self._from_to(keys[-1], cited.keys[0])
            keys += cited.keys
            spelled = _RANGE.search(plain(cited.pieces))
            if spelled and len(cited.keys) == 1:
                keys += self._onwards(cited.keys[0], int(spelled[2]) - int(spelled[1]))
        return tuple(dict.fromkeys(keys))

    def _from_to(self, first: str, last: str) -> list[str]:
        low, high = self._place.get(first, 0), self._place.get(last, 0)
        return self._order[low + 1 : high] if 0 < high - low <= _WIDEST else []

    def _onwards(self, first: str, count: int) -> list[str]:
        low = self._place.get(first)
        if low is None or not 0 < count <= _WIDEST:
            return []
        return self._order[low + 1 : low + 1 + count]


def _glued(pieces: Sequence[Piece]) -> list[Piece]:
    """Bare numbers that stand at a word without a space are superscript, which the file does not say: "war1,2"."""
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Cited) and piece.kind == "numeric" and _BARE.fullmatch(plain(piece.pieces)):
            before = made[-1] if made else None
            earlier = made[-2] if len(made) > 1 else None
            if isinstance(before, str) and _BETWEEN.fullmatch(before) and isinstance(earlier, Cited):
                piece = replace(piece, kind=earlier.kind) if earlier.kind == "superscript" else piece
            elif isinstance(before, str) and _WORD_END.search(before):
                piece = replace(piece, kind="superscript")
        made.append(piece)
    return made


def _raise(made: list[Piece], mark: Piece) -> None:
    """A marker stands at the word before it; white space that a file has between them goes behind it."""
    before = made[-1] if made else None
    if not isinstance(before, str) or before == before.rstrip() or (len(made) == 1 and not before.strip()):
        made.append(mark)
        return
    made[-1:] = [before.rstrip(), mark, " "] if before.strip() else [mark, " "]


def _next_in_run(pieces: Sequence[Piece], end: int, first: Cited, between: list[str]) -> int | None:
    """The position of the next linked number that belongs to the run; what parts it from the last goes to ``between``."""
    separator, step = "", end
    while step < len(pieces) and (words := _separating(pieces[step], first)) is not None:
        separator += words
        step += 1
    if step >= len(pieces):
        return None
    following = pieces[step]
    if not isinstance(following, Cited) or following.kind != first.kind:
        return None
    last = next(piece for piece in reversed(pieces[:end]) if isinstance(piece, Cited))
    if first.kind == "numeric" and not _is_open(last):
        bracketed = plain(last.pieces).rstrip().endswith(("]", ")"))
        if not separator.strip() or (bracketed and not _DASHES.search(separator)):
            return None
    between.append(separator)
    return step


def _is_open(cited: Cited) -> bool:
    """Whether a bracket opens in the words of a citation and closes in the next: GROBID cuts "[1, 2]" in two."""
    text = plain(cited.pieces)
    return text.count("[") > text.count("]") or text.count("(") > text.count(")") or text.rstrip().endswith((",", ";"))


def _separating(piece: Piece, first: Cited) -> str | None:
    """The marks between two linked numbers, also where they are superscript themselves; None for anything else."""
    if isinstance(piece, Styled) and is_raised(piece) and first.kind == "superscript":
        piece = plain(piece.pieces)
    return piece if isinstance(piece, str) and _BETWEEN.fullmatch(piece) else None


def _located(cited: Cited, after: Piece | None) -> Cited:
    found = _BEHIND.match(after) if isinstance(after, str) and cited.locator is None else None
    return replace(cited, locator=" ".join(found["locator"].split())) if found else cited


def _markers(pieces: Sequence[Piece]) -> list[Piece]:
    """Note markers with the marks between them, which are lifted with the first of two."""
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str):
            last = made[-1] if made else None
            if isinstance(last, NoteRef) and last.label and (marks := "".join(piece.split())):
                made[-1] = NoteRef(last.note, last.label + marks)
        else:
            made.append(piece)
    return made


def _flat(pieces: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        found += _flat(piece.pieces) if isinstance(piece, Styled) else [piece]
    return found


def _merge_words(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbouring strings made one, so that brackets and links meet."""
    made: list[Piece] = []
    run: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            run.append(piece)
            continue
        if run:
            made.append("".join(run))
            run = []
        made.append(piece)
    if run:
        made.append("".join(run))
    return made
