"""Plain text of every shape: generated and mutated papers give an Article that keeps the laws, or a one-line error."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import read
from corpus.readers.decode import Decoded, decode
from schemas.errors import InputError
from schemas.offsets import restore_source
from schemas.records import Article

FIXTURES = Path(__file__).parent.parent / "fixtures" / "articles"
PIECES = [
    "\n", "\n\n", "\n \n", "\r\n", "\r", "\f", "    ", "  ", "\t", " ", "\u2028", "\x0b", "\x00", "\x1b", "\ufeff", "\u00ad\n", "-\n", "‐\n", "and\n",
    "1", "2", "3", "12", "1O", "l", "°", "¹", "²", "¹²", "[1]", "[2]", "(1)", "(2)", " 3", "*", "**", "†", "‡", "§", "‖", "*\n",
    "1. ", "2. ", "1) ", "[1] ", "(2) ", "¹ ", "* ", "† ", "l. ", "• ", "— ", "Notes\n", "\n\nNotes\n\n", "References\n\n", "Литература\n", "Fußnoten\n",
    "Abstract\n", "Keywords: ", "Chapter Two\n\n", "Table 1. ", "Fig. 2: ", "a    b    12\n", "1900   34.5   x\n", "________\n", "____", "word", "Word", "Straße", "слово",
    ". ", ".", ",", "!", "”", "»", "«", "Ibid.", "Smith, John. 1990. ", "Calvo V (2011) ", "doi:10.1/2", "CO2", "m²", "1929–1933", "58,7", "\U0001f600", "e\u0301", "\ud7ff",
]  # fmt: skip


def laws(data: bytes) -> None:
    """Read; where an Article comes back, it keeps the laws."""
    try:
        (article,) = read(data, "paper.txt")
    except InputError as error:
        assert "\n" not in str(error)
        return
    decoded = decode(data)
    assert isinstance(decoded, Decoded)
    assert restore_source(article.text, article.offsets, article.edits) == decoded.text
    _spans(article, decoded.text)


def _spans(article: Article, source: str) -> None:
    blocks = {block.id: block for block in article.blocks}
    assert len(blocks) == len(article.blocks)
    for block in article.blocks:
        assert 0 <= block.start <= block.end <= len(article.text)
        assert block.parent is None or blocks[block.parent].kind == "table"
    notes = {note.id: note for note in article.notes}
    told = {about for problem in article.problems for about in problem.about}
    for marker in article.markers:
        assert source[marker.source_start : marker.source_end] == marker.surface
        assert marker.note in notes
        assert notes[marker.note].blocks or marker.id in told
    for note in article.notes:
        assert all(blocks[block].kind == "note" for block in note.blocks)
        assert note.id in told or any(marker.note == note.id for marker in article.markers)


def papers(count: int, seed: int) -> Iterator[bytes]:
    """Papers put together from pieces, and the fixtures cut, doubled, shuffled and damaged."""
    rng = random.Random(seed)
    real = [path.read_bytes() for path in sorted(FIXTURES.glob("*.txt"))]
    for number in range(count):
        if number % 3 == 0:
            yield "".join(rng.choices(PIECES, k=rng.randint(0, 120))).encode("utf-8", "surrogatepass")
        else:
            yield _damaged(bytearray(rng.choice(real)), rng)


def _damaged(data: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.randint(0, 200))
        match rng.randrange(6):
            case 0:
                del data[at:to]
            case 1:
                data[at:at] = data[at:to]
            case 2:
                data[at:at] = rng.choice(PIECES).encode("utf-8", "surrogatepass")
            case 3:
                data[at:to] = data[at:to].replace(b"\n", rng.choice((b"\r\n", b"\n\n", b" ", b"\f")))
            case 4:
                data[at:to] = bytes(rng.randrange(256) for _ in range(rng.randint(0, 9)))
            case _:
                data[at:to] = data[at:to][::-1]
    return bytes(data)


def test_three_hundred_papers() -> None:
    for data in papers(300, seed=3):
        laws(data)


@pytest.mark.fuzz
def test_ten_thousand_papers() -> None:
    for data in papers(10_000, seed=4):
        laws(data)


@pytest.mark.parametrize("piece", ["word1 ", "a1.\n", "1. a\n", "*\n", "a* \n", "[1] ", "x (1) ", "a  b\n", "1  2\n", "A, B. 1990.\n", "war. 3 The ", "Ibid. ", "— a\n", ".", "____\n", "a      \n\n", "l1. ", "a°\n", "Notes\n", "References\n", "a-\n", "12\n\n", "a\n\n1 b.\n\n", "Word,\nWord,\n"])  # fmt: skip
def test_time_grows_with_the_length_only(piece: str, grows_linearly: Callable[..., bool]) -> None:
    def paper(length: int) -> bytes:
        return (piece * (length // len(piece)) + "end").encode()

    assert grows_linearly(lambda data: read(data, "paper.txt"), paper, 10_000, 8)


@pytest.mark.fuzz
def test_ten_megabytes_cost_as_much_as_their_parts(grows_linearly: Callable[..., bool]) -> None:
    paper = "\n\n".join(path.read_text("utf-8") for path in sorted(FIXTURES.glob("*.txt")))
    part = (paper * (1_000_000 // len(paper.encode()) + 1)).encode()
    assert grows_linearly(lambda data: read(data, "paper.txt"), lambda times: part * times, 1, 10)


def test_the_way_back_on_all_dev_articles(shared_data: Path) -> None:
    for path in sorted((shared_data / "notes" / "dev").glob("*.txt")):
        laws(path.read_bytes())
