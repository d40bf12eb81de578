"""What blocks are: captions, verse, numbered lists, tables, epigraphs; and what only looks like them."""

from __future__ import annotations

import pytest

from corpus import read
from schemas.records import Article

PROSE = (
    "The yards of the river paid by the piece until the law of that year\n"
    "made an end of it, and the men were glad of the change in all of the\n"
    "towns along the river where the ships were built and mended by them.\n"
)


def one(text: str) -> Article:
    (article,) = read(text.encode(), "x.txt")
    return article


def kinds(article: Article) -> list[str]:
    return [block.kind for block in article.blocks]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Table 1. Weekly wages in shillings", "caption"),
        ("Fig. 2: A squad at work", "caption"),
        ("Рис. 3. План верфи", "caption"),
        ("Abbildung 4 – Die Werft", "caption"),
        ("Table 1 shows the wages of the men in that year, and of the boys.", "paragraph"),
        ("The map of the yards", "heading"),
    ],
)
def test_captions(line: str, kind: str) -> None:
    assert kinds(one(f"A title\n\n{PROSE}\n{line}\n\n{PROSE}"))[2] == kind


def test_a_table_keeps_its_rows_and_columns() -> None:
    table = "Trade       1890    1900\nRiveters    34.5    38.0\nCaulkers    31.0    35.5\n"
    article = one(f"A title\n\n{PROSE}\n{table}\n{PROSE}")
    cells = [block for block in article.blocks if block.kind == "cell"]
    assert [(cell.row, cell.col, article.quote(cell)) for cell in cells][3:5] == [(1, 0, "Riveters"), (1, 1, "34.5")]
    (whole,) = [block for block in article.blocks if block.kind == "table"]
    assert {cell.parent for cell in cells} == {whole.id}
    assert (whole.start, whole.end) == (cells[0].start, cells[-1].end)


def test_prose_with_a_wide_gap_is_no_table() -> None:
    text = PROSE.replace("until the", "until  the").replace("made an", "made  an")
    assert "cell" not in kinds(one(f"A title\n\n{text}\n{PROSE}"))


def test_verse_in_short_lines() -> None:
    verse = "They came by night, they came by day,\nThey took my only lad away,\nAnd none would tell me why.\n"
    assert kinds(one(f"A title\n\n{PROSE}\n{verse}\n{PROSE}"))[2:5] == ["verse-line"] * 3


def test_numbered_paragraphs_are_a_list() -> None:
    items = "1. A lock at each mill.\n\n2. A path of stone.\n\n3. No tolls for the poor.\n"
    assert kinds(one(f"A title\n\n{PROSE}\n{items}\n{PROSE}"))[2:5] == ["list-item"] * 3


def test_a_quotation_before_the_text_is_an_epigraph() -> None:
    quote = "      The river remembers\n      what men forget.\n"
    assert kinds(one(f"A title\n\n{quote}\n{PROSE}\n{quote}\n{PROSE}"))[1:4] == ["epigraph", "paragraph", "quote"]


def test_the_language_of_an_article_is_said_where_it_is_sure() -> None:
    german = (
        "Die Mühlen wurden nach dem Krieg neu verpachtet, und die Pächter kamen aus der Stadt; sie zahlten mit Korn."
    )
    assert one(f"Die Mühlen\n\n{german}\n").metadata.language == "de"
    assert one("A word\n\nAnother word.\n").metadata.language is None


def test_a_quotation_in_another_language_says_so() -> None:
    german = "      Die Mühlen wurden nach dem Krieg neu verpachtet, und die Pächter\n      kamen aus der Stadt; sie zahlten mit Korn und mit dem Geld der Zunft.\n"
    article = one(f"A title\n\n{PROSE * 3}\n{german}\n{PROSE * 3}")
    assert [(block.kind, block.lang) for block in article.blocks[2:]] == [("quote", "de"), ("paragraph", None)]
