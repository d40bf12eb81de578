"""Lines, regimes, pages, joins: each on a text of a few lines."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.layout.blocks import cut_blocks
from corpus.layout.headings import heading_level
from corpus.layout.join import breaks_word, kept_hyphen, vocabulary
from corpus.layout.labels import read_label
from corpus.layout.lines import ends_sentence, split_lines
from corpus.layout.metadata import is_name, parse_person
from corpus.layout.notes import cut_notes
from corpus.layout.pages import find_pages
from corpus.layout.regime import find_regime, unspace
from corpus.layout.zones import inline_zone, zone_of

PROSE = """\
Forced industrialization stimulated the growth of
the city population, and streams of migrants moved
from rural areas to building sites, where they hoped
to earn money and to find food for their families.
"""


def test_lines_know_where_they_stand() -> None:
    source = "\ufeffOne\r\n\r\n  Two  \rThree\u2028still\x0bthree\fFour"
    lines = split_lines(source)
    assert [source[line.start : line.end] for line in lines] == [
        "\ufeffOne",
        "Two",
        "Three\u2028still\x0bthree",
        "Four",
    ]
    assert [(line.gap, line.indent, line.trailing, line.page) for line in lines] == [
        (0, 0, 0, False),
        (1, 2, 2, False),
        (0, 0, 0, False),
        (0, 0, 0, True),
    ]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("in 25 times!2.", True),
        ("“use words like wax”.1", True),
        ("war.[12]", True),
        ("of the", False),
        ("1929", False),
    ],
)
def test_ends_sentence(text: str, ends: bool) -> None:
    assert ends_sentence(text) is ends


def test_blank_regime() -> None:
    lines = split_lines(PROSE + "\n" + PROSE)
    regime = find_regime(lines)
    assert regime.form == "blank"
    assert len(cut_blocks(lines, regime)) == 2


def test_indented_regime() -> None:
    lines = split_lines("".join("   " + PROSE for _ in range(5)))
    regime = find_regime(lines)
    assert (regime.form, regime.indent) == ("indented", 3)
    assert len(cut_blocks(lines, regime)) == 5


def test_one_line_a_paragraph() -> None:
    lines = split_lines("The first paragraph.\nThe second one.\nThe third one.\n")
    assert find_regime(lines).form == "lines"
    assert len(cut_blocks(lines, find_regime(lines))) == 3


def test_every_line_followed_by_a_blank_one() -> None:
    paragraph = PROSE.replace("\n", " \n\n")
    source = (paragraph[:-2] + " \n\n") * 2 + paragraph.replace("from rural", " from rural").replace(
        " \n\n from", " \n from"
    )
    lines, spaced = unspace(split_lines(source))
    assert spaced
    assert [line.text.split()[0] for line in lines if line.page] == ["from"]
    assert [draft.text.split()[0] for draft in cut_blocks(lines, find_regime(lines, spaced=True))] == ["Forced"] * 3


def test_page_furniture() -> None:
    words = ["iron", "coal", "grain", "timber", "oil", "manganese"]
    prose = [f"In the year {word} went up\nand brought in hard currency for {word}.\n" for word in words]
    heads = [f"{n}   Raf Van Rooy\n" if n % 2 else f"WORDS LIKE WAX   {n}\n" for n in range(377, 383)]
    pages = [head + text.replace("In", word) for head, text, word in zip(heads, prose, "ABCDEF", strict=False)]
    paged = find_pages(split_lines("376\n\nWords like wax\n\n" + PROSE + "\f" + "\f".join(pages)))
    assert {piece.kind for piece in paged.furniture} == {"page-number", "running-head"}
    assert len(paged.furniture) == 7
    assert [page.label for page in paged.pages] == [str(n) for n in range(376, 383)]
    assert all("Raf" not in line.text for line in paged.lines)


def test_page_numbers_without_form_feeds() -> None:
    source = "".join(f"{PROSE * 4}\n{n}\n\n" for n in range(12, 17))
    paged = find_pages(split_lines(source))
    assert [page.label for page in paged.pages] == ["12", "13", "14", "15", "16"]
    assert all(not line.text.isdigit() for line in paged.lines)


@pytest.mark.parametrize(
    ("above", "below", "kept"),
    [
        ("public-", "private", True),  # both are words, "publicprivate" is none
        ("cohe-", "sion", False),
        ("know-", "how", True),  # stands so elsewhere
        ("re-", "addressed", False),
        ("above-", "Marx", True),
        ("soft\u00ad", "ening", False),
    ],
)
def test_hyphens(above: str, below: str, kept: bool) -> None:
    words = Counter({"public": 1, "private": 1, "know-how": 1, "know": 1, "how": 2, "addressed": 1})
    assert breaks_word(above, below)
    assert kept_hyphen(above, below, words) is kept


def test_broken_words_are_no_words() -> None:
    words = vocabulary("the cohe-\nsion of cohesion")
    assert (words["the"], words["cohe"], words["sion"], words["cohesion"]) == (1, 0, 0, 1)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("a new anti-", "structural school", False),  # "anti-realist" elsewhere
        ("no sub-", "division of it", True),  # "subject", "submit" elsewhere
        ("it was self-", "evident", False),
        ("in a one-", "to-one fashion", False),
        ("the lower-", "case letters", False),
        ("les intellectuel-", "les sont", True),
    ],
)
def test_hyphens_by_the_habits_of_the_document(above: str, below: str, joined: bool) -> None:
    words = vocabulary(
        "An anti-realist met the subject; to submit lower-class case letters. Un intellectuel et les autres."
    )
    assert breaks_word(above, below)
    assert kept_hyphen(above, below, words) is not joined


def test_a_hyphen_that_waits_for_its_second_word_stays() -> None:
    assert not breaks_word("the lower-", "and higher castes")
    assert not breaks_word("Ein-", "und Ausfuhr")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("REFERENCES", "references"),
        ("5. Works cited", "references"),
        ("Список литературы", "references"),
        ("Fußnoten", "notes"),
        ("Abstract", "abstract"),
        ("Notes on grain", None),
        ("references", None),
    ],
)
def test_zone_names(text: str, zone: str | None) -> None:
    assert zone_of(text) == zone


def test_inline_zones() -> None:
    assert inline_zone("Keywords: grain, export") == ("keywords", 10)
    assert inline_zone("Summary justice was common") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("12 See", 12), ("12. See", 12), ("[12] See", 12), ("12See", 12), ("¹² See", 12), ("1 18 Geo. II", 1)],
)
def test_note_labels(text: str, number: int) -> None:
    label = read_label(split_lines(text)[0])
    assert label is not None
    assert label.number == number


@pytest.mark.parametrize("text", ["See 12", "1929–1933 was", "4.2.1 Basedow", "10.1038/nature", "[12 See", "12"])
def test_no_note_labels(text: str) -> None:
    assert read_label(split_lines(text)[0]) is None


def test_years_at_line_starts_are_no_labels() -> None:
    _, notes = cut_notes(split_lines("1. One.\n2. Two, of the year\n1914 and more.\n3. Three.\n"))
    assert [note.number for note in notes] == [1, 2, 3]


def test_names_and_levels() -> None:
    assert parse_person("Ludwig van Beethoven").family == "van Beethoven"
    assert not is_name("The Conclusion of 1931")
    assert heading_level("2.1.3 Classification") == 3


def test_one_compound_is_no_habit_of_a_beginning() -> None:
    assert not kept_hyphen("Norman had pre-", "pared it", vocabulary("The pre-war parity. Norman had."))
    assert kept_hyphen("its pre-", "war parity", vocabulary("The pre-1914 world, the pre-crisis years, the war."))
