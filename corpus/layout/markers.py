"""Note markers and superscript citations among the digits of a text.

A candidate is a number glued to a word, a stop, a quotation mark or a bracket ("month1", "times!2.", "(1931-1935)6").
Its surroundings give it a weight; what it aligns to decides what it is: the notes of the document, else its numbered
reference list, else the sequence 1, 2, 3 of the candidates themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.layout.draft import Draft, Lifted, NoteDraft
from corpus.layout.lines import Line
from corpus.layout.notes import SUPERSCRIPTS
from corpus.layout.sequence import align
from corpus.layout.superscripts import find_superscript_citations

_GLUED = re.compile(r"(?<=[^\s\d])\d{1,6}(?!\d)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_RAISED = re.compile(r"[(\[]?(?P<n>\d{1,4})[)\]]?(?:[,;]\s?(?=\d))?")
_AFTER_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?P<n>[1-9]\d{0,2})(?!\d)")  # "1909–19135. At"
_NUMBER = re.compile(r"\d{1,4}(?!\d)")
_BRACKET = re.compile(r"\[(\d{1,4})\]")
_STOPS, _CLOSERS = ".,;:!?…", "”’\"'»)]}›"
_UNITS = frozenset("m km cm mm dm ft in h s co ch no nh so po u b c p k x n r f e t log ln".split())
_ABBREVIATED = frozenset("p pp vol vols no nos fig figs ch chap n nr bd t s f ff v c ca tab eq".split())
_LONGEST_WORD = 40
_FLOOR = 0.15
_KINDS = ("paragraph", "quote", "list-item", "heading", "title", "abstract", "other")


class Candidate(NamedTuple):
    """A number that may be a marker: where it stands and how much it looks like one (0 to 1)."""

    number: int
    start: int
    end: int
    weight: float


def find_lifted(
    body: Sequence[Draft],
    notes: Sequence[NoteDraft],
    references: Sequence[Draft],
    words: Counter[str],
    pages: Sequence[int],
) -> list[Lifted]:
    """The markers (or superscript citations) of a document, in order; ``pages`` are the source offsets of page starts."""
    drafts = [draft for draft in body if draft.kind in _KINDS]
    exact = any(True for draft in drafts for line in draft.lines for _ in _raised(line))
    numbered = [int(draft.n) for draft in references if draft.n]
    real = [note for note in notes if note.number]
    if real:
        bracketed = not numbered
        return _by_notes(_candidates(drafts, words, bracketed=bracketed, exact=exact), notes, pages)
    if len(numbered) >= 3:

        def weigh_in(line: Line, start: int, end: int) -> float:
            return weigh(line.text, start, end, words)

        citations = find_superscript_citations(drafts, max(numbered), weigh_in, exact=exact)
        if citations or not references:
            return citations
        return []
    return _by_sequence(_candidates(drafts, words, bracketed=False, exact=exact))


def weigh(text: str, start: int, end: int, words: Counter[str]) -> float:
    """How much the number at ``text[start:end]`` looks like a note marker, by its surroundings; 0: not at all.

    >>> known = Counter(["month", "carbon"])
    >>> weigh("per month1. It", 9, 10, known) > 0.5, weigh("the CO2 in", 6, 7, known), weigh("from 58,7 to", 8, 9, known)
    (True, 0.0, 0.0)
    """
    if start == 0:
        return 0.0
    before, after = text[start - 1], text[end : end + 1]
    follows = _follows(text, before, after, end, int(re.split(r"\D", text[start:end])[-1]))
    if not follows:
        return 0.0
    if before.isalpha():
        return follows * _after_word(text, start, end, words)
    if before in _STOPS:
        return follows * _after_stop(text, start)
    if before in _CLOSERS:
        return follows * (0.95 if start > 1 and not text[start - 2].isspace() else 0.0)
    return 0.3 * follows if before in "—%" else 0.0


def _follows(text: str, before: str, after: str, end: int, number: int) -> float:
    """What may stand behind a marker: white space, a stop, a closing mark; hardly a letter, never part of a figure."""
    if not after or after.isspace():
        return 1.0
    if after.isalpha():
        return 0.5 if after.isupper() and before in ".!?”)" else 0.0
    if after in "%°‰$€£/=+×^_@#":
        return 0.0
    if after in ".,:-–" and text[end + 1 : end + 2].isdigit():
        next_number = _NUMBER.match(text, end + 1)
        neighbour = next_number is not None and int(next_number.group()) == number + 1  # "Woo13.14 She"
        return 0.6 if neighbour and after in ".,:" else 0.0
    return 0.9 if after in _STOPS + _CLOSERS + "—–-([" else 0.4


def _after_word(text: str, start: int, end: int, words: Counter[str]) -> float:
    first = start
    while first and start - first < _LONGEST_WORD and (text[first - 1].isalnum() or text[first - 1] in "’'-_/"):
        first -= 1
    whole = text[first:start]
    base = re.split(r"[-_/]", whole)[-1]
    if len(base) < 2 or (base.casefold() in _UNITS and not (base == "in" and words["in"])):
        return 0.0
    if any(character.isdigit() for character in base):
        return 0.0
    if base[1:] != base[1:].lower():  # "McCarthy18" perhaps, "CO2" never
        name = len(base) > 4 or (
            base.isupper() and ((len(base) > 2 and not base.isascii()) or set(base) <= set("IVXL"))
        )
        return 0.25 if name else 0.0
    known = words[base.casefold().split("’")[0].split("'")[0]]
    return 0.9 if known else 0.45


def _after_stop(text: str, start: int) -> float:
    tail = text[max(0, start - _LONGEST_WORD) : start - 1]
    if not tail or tail[-1].isspace() or tail[-1] in "([":
        return 0.0
    if tail[-1].isdigit():
        year = re.search(r"(?<!\d)(?:1\d|20)\d\d$", tail)
        long = re.search(r"\d,\d{3}$", tail)  # "$2,100,000,000.11 There"
        return 0.0 if text[start - 1] not in ".,;" else 0.35 if year else 0.2 if long else 0.0
    if text[start - 1] == ":" and not tail[-1].isalpha():  # "2015 [1960]:277"
        return 0.0
    word = re.search(r"(?<![^\W_])[^\W\d_]+$", tail)
    if word and text[start - 1] == "." and (word.group().casefold() in _ABBREVIATED or len(word.group()) == 1):
        return 0.0
    return 1.0


def _raised(line: Line) -> Iterator[re.Match[str]]:
    """The numbers that a reader of typeset pages saw above the baseline, at the beginning of a line none."""
    for start, end in line.hint.raised if line.hint is not None else ():
        if start > line.start:
            yield from _RAISED.finditer(line.text, start - line.start, end - line.start)


def _candidates(
    drafts: Sequence[Draft], words: Counter[str], *, bracketed: bool, exact: bool = False
) -> list[Candidate]:
    """``exact``: the raised numbers are known, so no other number can be a marker."""
    if exact:
        numbers = [(match, line.start) for draft in drafts for line in draft.lines for match in _raised(line)]
        return [candidate for match, at in numbers for candidate in _raised_readings(match, at)]
    found = [candidate for draft in drafts for candidate in _of_draft(draft, words, bracketed=bracketed)]
    return sorted(found, key=lambda candidate: (candidate.start, candidate.end, candidate.number))


def _of_draft(draft: Draft, words: Counter[str], *, bracketed: bool) -> Iterator[Candidate]:
    for line in draft.lines:
        for match in _GLUED.finditer(line.text):
            raised = not match.group().isascii()
            weight = 1.0 if raised and match.start() else weigh(line.text, match.start(), match.end(), words)
            if weight > _FLOOR:
                yield from _readings(match.group().translate(SUPERSCRIPTS), line.start + match.start(), weight)
        for match in _AFTER_YEAR.finditer(line.text):
            if _follows(line.text, "0", line.text[match.end() : match.end() + 1], match.end(), int(match["n"])) >= 0.9:
                yield Candidate(int(match["n"]), line.start + match.start("n"), line.start + match.end(), 0.2)
        if bracketed:
            for match in _BRACKET.finditer(line.text):
                yield Candidate(int(match[1]), line.start + match.start(), line.start + match.end(), 0.8)


def _readings(digits: str, start: int, weight: float) -> Iterator[Candidate]:
    """One number, or two neighbours that stand together: "12" is 12, or 1 and 2."""
    if len(digits) <= 4 and digits[0] != "0":
        yield Candidate(int(digits), start, start + len(digits), weight)
    cut = len(digits) // 2
    if len(digits) > 1 and int(digits[:cut]) + 1 == int(digits[cut:]) and digits[0] != "0":
        yield Candidate(int(digits[:cut]), start, start + cut, 0.6 * weight)
        yield Candidate(int(digits[cut:]), start + cut, start + len(digits), 0.6 * weight)


def _raised_readings(match: re.Match[str], at: int) -> Iterator[Candidate]:
    """The number of a raised span, with its brackets and the comma behind it; or two that stand together."""
    first, last = at + match.start("n"), at + match.end("n")
    for one in _readings(match["n"], first, 1.0):
        start = at + match.start() if one.start == first else one.start
        yield one._replace(start=start, end=at + match.end() if one.end == last else one.end)


def _by_notes(candidates: Sequence[Candidate], notes: Sequence[NoteDraft], pages: Sequence[int]) -> list[Lifted]:
    """Candidates against note labels: both count upwards, and a footnote's marker stands on its own page."""
    on_page = _restart(notes)
    slots, owners = _slots(notes, pages if on_page else ())
    keyed = [((bisect_right(pages, c.start) if on_page else 0, c.number), c.weight + 0.2) for c in candidates]
    chain = align(keyed, slots, reach=8, gap_cost=0.3)
    return _lift([(candidates[i], owners[slot]) for i, slot in chain])


def _restart(notes: Sequence[NoteDraft]) -> bool:
    """Whether footnotes begin anew with 1 on their pages; then a marker belongs to the foot of its own page."""
    numbers = [note.number for note in notes if note.page is not None and note.number]
    return numbers.count(1) > 1


def _slots(notes: Sequence[NoteDraft], pages: Sequence[int]) -> tuple[list[tuple[int, int]], list[int | None]]:
    """The expected numbers in order, each with its note; numbers between two labels whose note is lost have none."""
    slots: list[tuple[int, int]] = []
    owners: list[int | None] = []
    for index, note in enumerate(notes):
        if not note.number:
            continue
        page = bisect_right(pages, note.blocks[0].lines[0].start) if note.page is not None and pages else 0
        if slots and slots[-1][1] + 1 < note.number <= slots[-1][1] + 4:
            for number in range(slots[-1][1] + 1, note.number):
                slots.append((page, number))
                owners.append(None)
        slots.append((page, note.number))
        owners.append(index)
    return slots, owners


def _by_sequence(candidates: Sequence[Candidate]) -> list[Lifted]:
    """No notes and no numbered references: the candidates' own sequence must carry them."""
    numbers = [candidate.number for candidate in candidates]
    if not numbers:
        return []
    chain = align(
        [(c.number, c.weight - 0.2) for c in candidates], range(min(numbers), max(numbers) + 1), reach=4, gap_cost=0.6
    )
    chosen = [candidates[i] for i, _ in chain]
    enough = 3 if chosen and chosen[0].number <= 2 else 6
    if len(chosen) < enough or len(chosen) * 2 < chosen[-1].number - chosen[0].number + 1:
        return []
    if sum(c.weight for c in chosen) < 0.5 * len(chosen):
        return []
    return _lift([(candidate, None) for candidate in chosen])


def _lift(chosen: Sequence[tuple[Candidate, int | None]]) -> list[Lifted]:
    lifted: list[Lifted] = []
    for candidate, note in chosen:
        if not lifted or candidate.start >= lifted[-1].end:
            lifted.append(Lifted(candidate.start, candidate.end, str(candidate.number), note))
    return lifted
