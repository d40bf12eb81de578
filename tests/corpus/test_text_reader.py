"""Plain text to an Article: small papers, the laws on any input, and the seeds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import read
from corpus.readers.decode import Decoded, decode
from schemas.errors import InputError
from schemas.offsets import restore_source
from schemas.records import Article

PAPER = """\
Grain exports and the
first plan

Anna B. Miller and Karl von Stein

Abstract

Exports of grain grew fast, and the villages paid for
it dearly.

Introduction

The plan was made in Moscow1 and it was ambi-
tious. So-called control figures were changed every
year, and even every month.

\x0cMiller and von Stein   12

Control figures were public-
private guesses.2 They fell.

\x0cGrain exports   13

Nobody believed in them for long, be it public men or
the private banks of the country.

    All quotations are set in, as this one is, and they
    go on for two lines.

Notes

1. See Nove, p. 3.

2. Ibid.

References

Nove, Alec. 1969. An economic history of the
    U.S.S.R. London: Allen Lane.
Davies, R. W. 1980. The socialist offensive. London:
    Macmillan.
"""

WORDS = "wheat rye barley oats maize millet rice hay flax hemp cotton beet hops wine oil wool".split()


def one(data: bytes | str, name: str = "paper.txt") -> Article:
    (article,) = read(data.encode() if isinstance(data, str) else data, name)
    return article


def check_laws(article: Article, data: bytes) -> None:
    decoded = decode(data)
    assert isinstance(decoded, Decoded)
    assert restore_source(article.text, article.offsets, article.edits) == decoded.text
    for block in article.blocks:
        assert 0 <= block.start <= block.end <= len(article.text)
    for run in article.offsets:
        copied = decoded.text[run.source_start : run.source_start + run.length]
        assert article.text[run.start : run.start + run.length] == copied
    for marker in article.markers:
        assert 0 <= marker.offset <= len(article.text)
        assert decoded.text[marker.source_start : marker.source_end] == marker.surface
        assert marker.note in {note.id for note in article.notes}
    article.text.encode()  # no lone surrogates
    assert not any(ord(character) < 32 and character not in "\t\n" for character in article.text)
    ids = [
        record.id for group in (article.blocks, article.notes, article.markers, article.problems) for record in group
    ]
    assert len(ids) == len(set(ids))


def test_a_whole_paper() -> None:
    article = one(PAPER)
    check_laws(article, PAPER.encode())
    assert [(block.kind, article.quote(block)) for block in article.blocks] == [
        ("title", "Grain exports and the first plan"),
        ("author", "Anna B. Miller and Karl von Stein"),
        ("abstract", "Exports of grain grew fast, and the villages paid for it dearly."),
        ("heading", "Introduction"),
        (
            "paragraph",
            "The plan was made in Moscow and it was ambitious. So-called control figures were changed every year, and "
            "even every month.",
        ),
        ("paragraph", "Control figures were public-private guesses. They fell."),
        ("paragraph", "Nobody believed in them for long, be it public men or the private banks of the country."),
        ("quote", "All quotations are set in, as this one is, and they go on for two lines."),
        ("note", "See Nove, p. 3."),
        ("note", "Ibid."),
        ("reference", "Nove, Alec. 1969. An economic history of the U.S.S.R. London: Allen Lane."),
        ("reference", "Davies, R. W. 1980. The socialist offensive. London: Macmillan."),
    ]
    assert [person.family for person in article.metadata.authors] == ["Miller", "von Stein"]
    assert article.metadata.abstract == "Exports of grain grew fast, and the villages paid for it dearly."
    assert [marker.label for marker in article.markers] == ["1", "2"]
    assert not article.problems


def test_a_page_break_does_not_end_a_paragraph() -> None:
    lines = [f"the {word} of the year was poor in all provinces where\n" for word in WORDS]
    first, second, third, fourth = ("".join(lines[n : n + 4]) for n in range(0, 16, 4))
    source = f"A title\n\n{first}\f12\nand {second}\f13\nand {third}\f14\nand {fourth}"
    article = one(source)
    check_laws(article, source.encode())
    assert [block.kind for block in article.blocks] == ["title", "paragraph"]
    assert [page.label for page in article.pages] == [None, "12", "13", "14"]
    assert sum(edit.kind == "page-break" for edit in article.edits) == 3


def test_notes_at_page_feet() -> None:
    page = (
        "The {word} harvest was poor in the province of {word}{n}\nof the country, and all {word} villages had to pay for"
        "\nit.\n____________\n{n} See Nove, who writes of {word} and goes on\nand on.\n"
    )
    source = "A title\n\n" + "\f".join(page.format(n=n, word=WORDS[n]) for n in (1, 2, 3))
    article = one(source)
    check_laws(article, source.encode())
    assert [(note.label, note.place) for note in article.notes] == [("1", "foot"), ("2", "foot"), ("3", "foot")]
    assert [marker.label for marker in article.markers] == ["1", "2", "3"]
    assert "____" not in article.text


def test_forbidden_characters_are_repaired_and_told() -> None:
    article = one("A title\n\nThe har\x02vest was poor\uffff this year.\n")
    assert article.text.endswith("The harvest was poor this year.")
    assert [problem.code for problem in article.problems] == ["forbidden-character"] * 2


def test_a_byte_order_mark_counts_but_is_not_read() -> None:
    article = one("\ufeffA title\n\nThe harvest was poor.\n")
    assert article.text.startswith("A title")
    assert article.offsets[0].source_start == 1


@pytest.mark.parametrize(
    ("data", "word"), [(b"", "empty"), (b" \n\n", "empty"), (b"%PDF-1.4", "PDF"), (b"a\x00b\x00\x00c", "NUL")]
)
def test_what_cannot_be_read_is_one_line(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        read(data, "folder/paper.txt")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("folder/paper.txt: ")


def test_equal_input_gives_equal_articles() -> None:
    assert one(PAPER) == one(PAPER)


PIECES = st.sampled_from(
    ["\n", "\n\n", " ", "\f", "\r\n", "1", "12", "1. ", "[1] ", "Notes", "References", "Abstract", "word", "Word", ".", "¹", "____", "• ", "   ", "month1.", "\x02", "\ufeff", "\u2028", "\u00ad\n", "a-\n", "Keywords: ", "»", ",2 ", "-"]
)  # fmt: skip


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_laws_hold_on_anything_like_a_paper(text: str) -> None:
    data = text.encode()
    try:
        article = one(data)
    except InputError:
        return
    check_laws(article, data)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.one_of(st.binary(max_size=120), st.text(max_size=120).map(lambda text: text.encode("utf-8", "ignore"))))
def test_any_bytes_give_an_article_or_an_error(data: bytes) -> None:
    try:
        article = one(data)
    except InputError:
        return
    check_laws(article, data)


def test_the_first_seed(seeds: Path) -> None:
    data = (seeds / "000_07d87c0271094cf7.txt").read_bytes()
    article = one(data)
    check_laws(article, data)
    assert article.metadata.title == (
        "Stalin’s Industrialization, Great Depression, and Western business: peculiarities of Russia’s international "
        "economic relations in the 1930s"
    )
    assert [article.quote(block) for block in article.blocks if block.kind == "heading"] == [
        "The Soviet crisis: peculiar features",
        "Technical Assistance in the time of troubles",
        "Conclusion",
    ]
    assert len(article.pages) >= 9
    assert "public-private partnership" in article.text


def test_the_second_seed(seeds: Path) -> None:
    data = (seeds / "001_e3c351f6afdef0f9.txt").read_bytes()
    article = one(data)
    check_laws(article, data)
    people = article.metadata.authors
    assert [(p.given, p.family) for p in people] == [("Ryhor A.", "Petachenka"), ("Maryna A.", "Shabasava")]
    assert all((p.affiliation or "").startswith("Belarusian State University") for p in people)
    assert [block.n for block in article.blocks if block.kind == "reference"] == [str(n) for n in range(1, 14)]
    assert (article.metadata.abstract or "").startswith("The aim of the article")
    assert len(article.metadata.keywords) == 6
    assert (article.metadata.issued, article.metadata.language) == ("2023", "en")


def test_a_guessed_encoding_is_told() -> None:
    text = "Der Zoll\n\nDie Preise für Getreide stiegen in Köln über das Maß der Löhne hinaus.\n"
    article = one(text.encode("cp1252"))
    assert "für Getreide" in article.text
    assert [problem.code for problem in article.problems] == ["encoding-guessed"]


def test_a_list_with_one_entry_a_line_and_no_blank_lines() -> None:
    entries = [
        "Abe, K., Mori, T., & Sato, H. (2004). Rice Yields and Groundwater. Field Crops, 88, 12–25.",
        "Canal Trust (n.d.). Guide to the Lower Canal. Leiden: Canal Trust.",
        "FAO (2001). State of Irrigation. Rome: FAO.",
        "van der Berg, P. (1987). Canal Dues in the Lowlands. Utrecht: Het Spectrum.",
    ]
    body = "A title\n\nYields rose (Abe et al. 2004), and so did the dues, as everybody knew.\n\nReferences\n\n"
    (article,) = read((body + "\n".join(entries) + "\n").encode(), "a.txt")
    assert [article.quote(block) for block in article.blocks if block.kind == "reference"] == entries
