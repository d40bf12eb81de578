"""The alignment of numbers in the text with note labels: what pairs, what is left out, where numbers begin anew."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from corpus.layout.alignment import Mark, Tag, align


def read(story: str, *, local: bool = False, breaks: tuple[int, ...] = ()) -> tuple[list[int], list[int], list[int]]:
    """A story of marks ("3"), weak marks ("~58") and tags ("#3"): indices taken, tags taken, and what marks pair with."""
    marks: list[Mark] = []
    tags: list[Tag] = []
    for place, piece in enumerate(story.split()):
        if piece[0] == "#":
            tags.append(Tag(int(piece[1:]), 10 * place, 1.0, local))
        else:
            weight = 0.3 if piece[0] == "~" else 0.9
            marks.append(Mark(int(piece.lstrip("~")), 10 * place, 10 * place + 1, weight))
    found = align(marks, tags, breaks)
    return (
        [marks[i].number for i in found.marks],
        [tags[i].number for i in found.tags],
        [found.pairs.get(i, -1) for i in found.marks],
    )


def test_plain_numbers_are_left_out() -> None:
    assert read("1 ~58 2 ~1929 3 #1 #2 #3") == ([1, 2, 3], [1, 2, 3], [0, 1, 2])


def test_the_chain_decides_between_equals() -> None:
    assert read("1 3 2 3 #1 #2 #3")[2] == [0, 1, 2]


def test_numbers_may_be_missing_on_either_side() -> None:
    assert read("1 2 4 5 #1 #3 #4 #5") == ([1, 2, 4, 5], [1, 3, 4, 5], [0, -1, 2, 3])


def test_a_piece_of_a_book_begins_with_any_number() -> None:
    assert read("~12 37 38 39 #37 #38 #39") == ([37, 38, 39], [37, 38, 39], [0, 1, 2])


def test_numbers_begin_anew_on_each_page() -> None:
    assert read("1 2 #1 #2 1 #1 1 2 3 #1 #2 #3", local=True)[2] == [0, 1, 2, 3, 4, 5]


def test_notes_of_several_chapters_in_one_list_at_the_end() -> None:
    numbers, labels, pairs = read("1 2 3 1 2 #1 #2 #3 #1 #2", breaks=(25,))
    assert (numbers, labels, pairs) == ([1, 2, 3, 1, 2], [1, 2, 3, 1, 2], [0, 1, 2, 3, 4])


def test_a_numbered_list_among_the_text_is_no_note() -> None:
    # "1." to "3." of a list follow marker 1; the notes are told at the end.
    marks = [Mark(1, 0, 1, 0.9), Mark(2, 50, 51, 0.9), Mark(3, 60, 61, 0.9)]
    listed = [Tag(n, 10 * n, 0.5, local=True) for n in (1, 2, 3)]
    notes = [Tag(n, 100 + 10 * n, 1.0) for n in (1, 2, 3)]
    assert align(marks, [*listed, *notes]).tags == [3, 4, 5]


def test_two_readings_of_one_place_exclude_each_other() -> None:
    marks = [Mark(1, 0, 1, 0.6), Mark(12, 0, 2, 0.9), Mark(2, 1, 2, 0.6), Mark(3, 9, 10, 0.9)]
    found = align(marks, [Tag(n, 20 + n, 1.0) for n in (1, 2, 3)])
    assert [marks[i].number for i in found.marks] == [1, 2, 3]


def test_nothing_gives_nothing() -> None:
    found = align((), ())
    assert (found.marks, found.tags, found.pairs) == ([], [], {})


@pytest.mark.parametrize("highest", [3, 40, 4000])
def test_time_grows_with_the_number_of_candidates(highest: int, grows_linearly: Callable[..., bool]) -> None:
    def candidates(length: int) -> tuple[list[Mark], list[Tag]]:
        rng = random.Random(7)
        marks = [Mark(rng.randint(1, highest), 10 * i, 10 * i + 1, rng.random()) for i in range(length)]
        return marks, [Tag(rng.randint(1, highest), 10 * i + 5, rng.random(), local=True) for i in range(0, length, 3)]

    assert grows_linearly(lambda found: align(*found), candidates, 1_000, 8)
