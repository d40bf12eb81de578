"""What dumps put around a text: notices, covers, margins, numbers of lines, columns, running heads without page breaks."""

from __future__ import annotations

import pytest

from corpus.layout.columns import unroll
from corpus.layout.lines import split_lines
from corpus.layout.margins import trim_margins
from corpus.layout.notices import find_notices, is_navigation, is_notice
from corpus.layout.pages import find_pages
from corpus.readers.text import read_text
from schemas.offsets import restore_source
from schemas.records import Article

PROSE = """\
Forced industrialization stimulated the growth of
the city population, and streams of migrants moved
from rural areas to building sites, where they hoped
to earn money and to find food for their families.
"""
COVER = """\
The Salt Pans
Author(s): Helen Marsh
Source: The Review, Vol. 14, No. 3 (1951), pp. 1-9
Published by: A Society
Stable URL: http://www.archive.example/stable/1

This content downloaded from 192.0.2.1 on Mon, 3 Nov 2014
"""
LEFT = [
    "The river was never clean. In the",
    "year 1577 the doctors asked that",
    "the dyers be sent away from it,",
    "and they were.",
]
RIGHT = [
    "Nobody went far. The suburb was",
    "outside of the walls and it had",
    "the water that they needed, so",
    "there they stayed for ever.",
]


def read(text: str) -> Article:
    found = read_text(text.encode(), "a.txt")
    assert isinstance(found, tuple)
    assert restore_source(found[0].text, found[0].offsets, found[0].edits) == text
    return found[0]


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("This content downloaded from 192.0.2.1 on Mon, 3 Nov 2014", True),
        ("All use subject to Terms and Conditions", True),
        ("[ Access provided at 14 Apr 2021 18:02 GMT from University ]", True),
        ("Downloaded by [A Library] at 10:11 03 May 2012", True),
        ("https://www.jstor.org/terms", True),
        ("Licensed to A Library", True),
        ("licensed to sell ale in the town, and forty", False),
        ("descargado de los barcos en el puerto viejo", False),
        ("This content was unknown to the clerks.", False),
        ("Access to the archive was refused.", False),
    ],
)
def test_notices(text: str, notice: bool) -> None:
    assert is_notice(text) is notice


def test_a_cover_is_no_text() -> None:
    lines = split_lines(COVER + "\fTHE SALT PANS\n\n" + PROSE * 3)
    assert find_notices(lines) == set(range(6))
    assert read(COVER + "\fTHE SALT PANS\n\n" + PROSE * 3).metadata.title == "THE SALT PANS"


def test_a_page_without_its_fields_is_no_cover() -> None:
    assert find_notices(split_lines("The Salt Pans\nSource: the sea\n\n\f" + PROSE * 3)) == set()


def test_navigation_only_where_there_is_more_of_it() -> None:
    assert is_navigation("Haut de page")
    assert not is_navigation("The top of the page")
    assert find_notices(split_lines("Pdf\n\n" + PROSE * 3)) == set()


def test_rows_of_a_table_are_no_navigation() -> None:
    table = "Year | Wheat | Rye\n1700 | 12 | 14\n1701 | 13 | 15\n\n"
    assert find_notices(split_lines(PROSE + "\n" + table + PROSE * 3)) == set()
    menus = "Abstract | Index | Outline\n\n" + PROSE + "\nText | Notes | Author\n\n" + PROSE * 2
    assert find_notices(split_lines(menus)) == {0, 5}


def test_every_line_numbered() -> None:
    source = "".join(f"{n:>3}  {line}\n" for n, line in enumerate((PROSE * 4).splitlines(), 1))
    lines, numbers = trim_margins(split_lines(source))
    assert [line.text for line in lines] == (PROSE * 4).splitlines()
    assert [source[piece.start : piece.end].strip() for piece in numbers] == [str(n) for n in range(1, 17)]
    assert {line.indent for line in lines} == {0}


def test_every_fifth_line_numbered() -> None:
    rows = [f"{line:<60}{n if n % 5 == 0 else ''}".rstrip() for n, line in enumerate((PROSE * 6).splitlines(), 1)]
    lines, numbers = trim_margins(split_lines("\n".join(rows)))
    assert [line.text for line in lines] == (PROSE * 6).splitlines()
    assert len(numbers) == 4


def test_a_list_is_not_numbered_lines() -> None:
    source = "".join(f"{n} Smith, Grain and Trade, p. {n}.\n" for n in range(1, 20))
    assert trim_margins(split_lines(source))[1] == []


def test_numbers_of_paragraphs_on_the_web() -> None:
    prose = "A paragraph of a web page stands on one line, and its number stands above it, alone."
    source = "A Title\n\n" + "".join(f"{n}\n{prose}\n\n" for n in range(1, 5))
    assert [read(source).quote(block) for block in read(source).blocks] == ["A Title", prose, prose, prose, prose]


def test_numbers_of_notes_alone_on_their_lines_count_no_paragraphs() -> None:
    note = "A note of a file that has nothing but notes stands on one line, below its number."
    assert trim_margins(split_lines("Notes\n\n" + "".join(f"{n}\n{note}\n\n" for n in range(1, 5))))[1] == []


def test_two_columns_are_read_one_below_the_other() -> None:
    rows = "".join(f"{left:<40}{right}\n" for left, right in zip(LEFT * 2, RIGHT * 2, strict=True))
    unrolled = unroll(rows, split_lines(rows))
    assert unrolled is not None
    assert unrolled.text.split("\n")[:9] == [*LEFT, *LEFT, RIGHT[0]]
    article = read("Rivers\n\n" + rows)
    blocks = [article.quote(block).split(". ")[0] for block in article.blocks]
    assert blocks == ["Rivers", "The river was never clean", "The river was never clean", "Nobody went far"]


def test_a_table_is_no_columns() -> None:
    rows = "".join(f"Town number {n:<28}{n * 10} loaves\n" for n in range(10, 30))
    assert unroll(rows, split_lines(rows)) is None


def test_running_heads_without_form_feeds() -> None:
    heads = [f"{n}   The Salt Pans" if n % 2 else f"Helen Marsh   {n}" for n in range(211, 217)]
    prose = ["".join(PROSE.replace("r", letter).replace("t", other) for other in "tdb") for letter in "rlmnsv"]
    source = "The Salt Pans\n\nHelen Marsh\n\n" + "".join(map("{}\n{}\n\n".format, prose, heads))
    paged = find_pages(split_lines(source))
    assert [source[piece.start : piece.end] for piece in paged.furniture] == heads
    assert paged.lines[0].text == "The Salt Pans"


def test_ligatures_and_soft_hyphens_are_written_out() -> None:
    article = read("The \ufb01rst o\ufb03ce\n\nIt was a dif\u00ad\ufb01cult time for the co\u00adlony.\n")
    assert article.text == "The first office\n\nIt was a difficult time for the colony."
    assert {edit.kind for edit in article.edits if edit.source_text.strip()} == {"repair"}


def test_numbers_behind_a_space_are_markers_of_the_notes() -> None:
    body = "In 1913 they were 12 men. 1 Later came others 2 and in May 3 more did. 3 The rest stayed. 4\n\nNotes\n\n"
    article = read("A Title\n\n" + body + "".join(f"{n} Smith, Grain, p. {n}.\n\n" for n in range(1, 5)))
    assert [(marker.label, article.text[marker.offset - 4 : marker.offset]) for marker in article.markers] == [
        ("1", "men."),
        ("2", "hers"),
        ("3", "did."),
        ("4", "yed."),
    ]


def test_brackets_that_cite_sources_are_no_markers() -> None:
    body = "So says one [2]. Two more [1, 3] agree, with a page [2, p. 4], others [1,2] do not. A note ends it.1\n\n"
    article = read("A Title\n\n" + body + "Notes\n\n1 A note on it.\n\n2 One more note.\n")
    assert [marker.surface for marker in article.markers] == ["1"]


def test_brackets_that_count_up_lead_to_notes_that_are_missing() -> None:
    prose = "".join(f"It rose in the year of the flood number {word}.[{n}] " for n, word in enumerate("abcdef", 1))
    article = read("A Title\n\n" + prose + "\n\nThe end.\n")
    assert [marker.label for marker in article.markers] == ["1", "2", "3", "4", "5", "6"]
    assert {note.place for note in article.notes} == {"missing"}
