"""Which digits are note markers: the sequence decides."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus import read
from corpus.layout.candidates import weigh
from corpus.layout.sequence import counted_up
from schemas.records import Article

BODY = (
    "Grain exports in the thirties\n\n"
    "Exports grew from 58,7 to 84,7 percent in 1929-1933, or 5 millions{0}. The CO2 of the mills and the 30 m2 of each "
    "hut were 19,4% of it{1}. So (1931-1935){2} it went, in 25 times!{3}. A U-2 flew over the H2O works, "
    "said the ministry of Germany{4}. Later it fell.\n"
)


def one(text: str) -> Article:
    (article,) = read(text.encode(), "x.txt")
    return article


def labels(article: Article) -> list[str]:
    return [marker.label for marker in article.markers]


def test_glued_numbers_that_count_up_are_markers() -> None:
    article = one(BODY.format(1, 2, 3, 4, 5))
    assert labels(article) == ["1", "2", "3", "4", "5"]
    assert "5 millions. The CO2" in article.text
    assert "58,7 to 84,7 percent in 1929-1933" in article.text
    source = BODY.format(1, 2, 3, 4, 5)
    assert [source[m.source_start : m.source_end] for m in article.markers] == ["1", "2", "3", "4", "5"]
    assert all(article.text[: m.offset][-1] in "sit)!y" for m in article.markers)


def test_superscripts_are_markers() -> None:
    article = one(BODY.format("¹", "²", "³", "⁴", "⁵"))
    assert [(m.label, m.surface) for m in article.markers][:2] == [("1", "¹"), ("2", "²")]


def test_without_a_sequence_nothing_is_lifted() -> None:
    article = one(BODY.format("", "", "", "", ""))
    assert labels(article) == []
    assert article.text.count("CO2") == 1


def test_a_missing_note_is_a_note_and_a_problem() -> None:
    article = one(BODY.format(1, 2, 3, 4, 5))
    assert {note.place for note in article.notes} == {"missing"}
    problems = [problem for problem in article.problems if problem.code == "note-missing"]
    assert len(problems) == 5
    assert problems[0].about == (article.markers[0].id, article.notes[0].id)


def test_listed_notes_are_tied_to_markers() -> None:
    notes = "\nNotes\n\n1. See Nove.\n\n2. Ibid., p. 12.\n\n3 Davies, The harvest.\n\n4. Allen.\n\n5. Gregory.\n\n6. Lost.\n"
    article = one(BODY.format(1, 2, 3, 4, 5) + notes)
    blocks = {block.id: block for block in article.blocks}
    bodies = {note.id: article.quote(blocks[note.blocks[0]]) for note in article.notes}
    assert [bodies[m.note or ""] for m in article.markers][:2] == ["See Nove.", "Ibid., p. 12."]
    assert [problem.code for problem in article.problems] == ["note-unmarked"]


def test_two_markers_that_touch() -> None:
    body = "A title\n\nThe first claim.12 The third claim.3 And the fourth one.4 It ends.\n"
    article = one(body + "\nNotes\n\n1. One.\n\n2. Two.\n\n3. Three.\n\n4. Four.\n")
    assert labels(article) == ["1", "2", "3", "4"]
    assert article.text.startswith("A title\n\nThe first claim. The third claim.")


def test_numbered_references_make_superscript_citations() -> None:
    body = "A title\n\nRats fear cats1. Cats fear dogs2,3. Dogs fear nothing4. As said before1, rats lose.\n\nReferences\n\n"
    entries = "".join(f"[{n}] Author A (19{n}0) A study of fear. Journal {n}: 1–9.\n\n" for n in range(1, 5))
    article = one(body + entries)
    assert labels(article) == []
    assert [citation.label for citation in article.citations] == ["1", "2,3", "4", "1"]
    assert all(c.start == c.end and c.kind == "superscript" for c in article.citations)
    assert [block.n for block in article.blocks if block.kind == "reference"] == ["1", "2", "3", "4"]


def test_bracketed_markers_need_notes() -> None:
    body = "A title\n\nThe first claim [1]. The second claim.[2] It ends.\n"
    assert labels(one(body)) == []
    assert labels(one(body + "\nNotes\n\n[1] One.\n\n[2] Two.\n")) == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "digits", "good"),
    [
        ("per month1. It", "1", True),
        ("in 25 times!2. ", "2", True),
        ("(1931-1935)6 with", "6", True),
        ("Germany8. It", "8", True),
        ("civil war.2In that", "2", True),
        ("from 58,7 to", "7", False),
        ("the CO2 in", "2", False),
        ("30 m2 of", "2", False),
        ("only 19,4% of", "4", False),
        ("a U-2 flew", "2", False),
        ("see p.5 of", "5", False),
        ("Lodge (2013):277.", "277", False),
        ("the 1990s and", "1990", False),
    ],
)
def test_surroundings(text: str, digits: str, good: bool) -> None:
    words = Counter(["month", "times", "germany", "war", "the"])
    start = text.rindex(digits)
    assert (weigh(text, start, start + len(digits), words) > 0.3) is good


def test_counting_up() -> None:
    assert counted_up([376, 12, 377, 378]) == [0, 2, 3]
    assert counted_up([]) == []


def test_the_first_seed(seeds: object, shared_data: object) -> None:
    import json
    from pathlib import Path

    gold = json.loads((Path(str(shared_data)) / "notes" / "seed0_markers.json").read_text("utf-8"))
    (article,) = read((Path(str(seeds)) / gold["file"]).read_bytes(), gold["file"])
    found = {(m.source_start, m.source_end, int(m.label)) for m in article.markers}
    assert found == {(m["start"], m["end"], m["n"]) for m in gold["markers"]}
    assert len([p for p in article.problems if p.code == "note-missing"]) == 20
