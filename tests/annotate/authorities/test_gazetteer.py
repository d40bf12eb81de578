"""Listed names in a text: ways to write them, what they take the place of, and what hostile lists do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.authorities.gazetteer import Gazetteer
from annotate.authorities.tagging import tag_listed
from schemas.authorities import Authority, EntityLabel
from schemas.records import Annotation, Article, Block, Metadata, Source
from schemas.values import DateValue, EntityValue


def found(text: str, label: EntityLabel, *names: str) -> list[str]:
    """The words found in a text with one record of these names."""
    gazetteer = Gazetteer([Authority(label, names[0], aliases=names[1:])])
    return [text[listed.start : listed.end] for listed in gazetteer.find(text)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Joseph Stalin", "Joseph Stalin's men", ["Joseph Stalin"]),
        ("Stalin, Joseph", "met J. Stalin, who", ["J. Stalin"]),
        ("Joseph Vissarionovich Stalin", "by J. V. Stalin and J.V. Stalin.", ["J. V. Stalin", "J.V. Stalin"]),
        ("Joseph Stalin", "Stalin, Joseph, Works", ["Stalin, Joseph"]),
        ("Joseph Stalin", "Stalin J.V. Works", ["Stalin J.V."]),
        ("Joseph Stalin", "JOSEPH STALIN", ["JOSEPH STALIN"]),
        ("Joseph Stalin", "Joseph\nStalin", ["Joseph\nStalin"]),
        ("Joseph Stalin", "Joseph\n\nStalin", []),
        ("Joseph Stalin", "V. J. Stalin", []),
        ("Joseph Stalin", "the joseph stalin", []),
        ("Joseph Stalin", "Stalin spoke", []),
        ("Joseph Stalin", "Vasily Stalin", []),
        ("Розенгольц, Аркадий", "Arkady Rozengol’ts wrote", ["Arkady Rozengol’ts"]),
        ("Arkady Rozengolts", "Arkady Rozen-\ngolts wrote", ["Arkady Rozen-\ngolts"]),
        ("Reichenau, Walter von", "Walter von Reichenau fell", ["Walter von Reichenau"]),
        ("Сталин", "Сталин сказал", ["Сталин"]),
    ],
)
def test_persons(name: str, text: str, expected: list[str]) -> None:
    assert found(text, "PERSON", name) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Nizhny Novgorod", "in Nizhnii Novgorod, Nizhny-Novgorod", ["Nizhnii Novgorod", "Nizhny-Novgorod"]),
        ("Reading", "Reading is near; reading is good", ["Reading"]),
        ("Marx", "two Marks", []),
        ("US", "us and the US", ["US"]),
        ("Lloyd's Bank", "at Lloyd’s Bank", ["Lloyd’s Bank"]),
        ("kolkhoz", "each Kolkhoz and kolkhoz", ["Kolkhoz", "kolkhoz"]),
        ("St. Petersburg", "St Petersburg, St. Petersburg", ["St Petersburg", "St. Petersburg"]),
        ("Paris (France)", "Paris fell", ["Paris"]),
        ("New York", "I was new. York fell.", []),
        ("Dneproges", "Dneproges", ["Dneproges"]),
    ],
)
def test_other_names(name: str, text: str, expected: list[str]) -> None:
    assert found(text, "LOC", name) == expected


def test_of_two_listed_names_the_longer_wins() -> None:
    gazetteer = Gazetteer([Authority("LOC", "New York"), Authority("ORG", "New York Times"), Authority("LOC", "York")])
    text = "the New York Times of New York"
    assert [text[f.start : f.end] for f in gazetteer.find(text)] == ["New York Times", "New York"]


def tagged(
    text: str, names: list[tuple[str, str]], *records: Authority, cut: int | None = None
) -> list[tuple[str, str, str]]:
    """Words, label and maker of the names of a text in which a recogniser found ``names``."""
    annotations = []
    for number, (words, label) in enumerate(names):
        start = text.index(words)
        if label == "DATE":
            day = DateValue("MONTH", "1931-05-01", "1931-05-31", "1931-05")
            annotations.append(Annotation(f"d-{number}", "date", "MONTH", start, start + len(words), day, "dates"))
        else:
            value = EntityValue(words, words)
            annotations.append(Annotation(f"e-{number}", "entity", label, start, start + len(words), value, "ner"))
    ends = [0, len(text)] if cut is None else [0, cut, len(text)]
    article = Article(
        id="a",
        source=Source("a.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(),
        text=text,
        blocks=tuple(Block(f"b-{n}", "paragraph", *ends[n : n + 2]) for n in range(len(ends) - 1)),
        annotations=tuple(annotations),
    )
    made = tag_listed(article, Gazetteer(records))
    return sorted((text[a.start : a.end], a.label, a.made_by) for a in made.annotations if a.layer == "entity")


def test_a_listed_name_takes_the_place_of_what_the_recogniser_found() -> None:
    ford = Authority("ORG", "Ford")
    assert tagged("Ford built it.", [("Ford", "PERSON")], ford) == [("Ford", "ORG", "gazetteer")]
    assert tagged("New Deal men", [("Deal men", "PERSON")], Authority("EVENT", "New Deal")) == [
        ("New Deal", "EVENT", "gazetteer")
    ]


def test_a_longer_name_of_the_recogniser_stays() -> None:
    assert tagged("Henry Ford built it.", [("Henry Ford", "PERSON")], Authority("ORG", "Ford")) == [
        ("Henry Ford", "PERSON", "ner")
    ]


def test_no_name_crosses_a_block_or_stands_in_a_date() -> None:
    york = Authority("LOC", "New York")
    assert tagged("New York", [], york, cut=4) == []
    may = Authority("PERSON", "May")
    assert tagged("In May 1931 it rained.", [("May 1931", "DATE")], may) == []


def test_records_of_one_name_and_several_labels_take_the_recognisers() -> None:
    records = [Authority("PERSON", "Washington"), Authority("LOC", "Washington")]
    for label in ("PERSON", "LOC"):
        assert tagged("Washington spoke.", [("Washington", label)], *records) == [("Washington", label, "gazetteer")]
        assert tagged("Washington spoke.", [("Washington", label)], *records[::-1])[0][1] == label


HOSTILE = st.text(
    st.sampled_from("Aaб.,-'’\n ́\u202e\x00\ud800(){}[]*+?\\|^$\u200b𝔊ß0‘;") | st.characters(), min_size=1, max_size=12
)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(HOSTILE, min_size=1, max_size=6), st.sampled_from(["PERSON", "LOC"]))
def test_hostile_names_are_found_or_not_and_never_crash(names: list[str], label: EntityLabel) -> None:
    records = [Authority(label, name, aliases=(name[::-1],)) for name in names]
    text = " ".join([*names, "and then", *names])
    forward = Gazetteer(records).find(text)
    spans = [(listed.start, listed.end) for listed in forward]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert [(f.start, f.end) for f in Gazetteer(records[::-1]).find(text)] == spans


def test_time_does_not_grow_with_what_a_name_repeats() -> None:
    gazetteer = Gazetteer([Authority("LOC", " ".join(["A"] * n)) for n in range(1, 40)])
    assert len(gazetteer.find("A " * 4000)) == 103  # 39 words at a time


@pytest.mark.fuzz
@settings(max_examples=10_000, derandomize=True, deadline=None)
@given(st.lists(HOSTILE, min_size=1, max_size=6))
def test_fuzz_hostile_names(names: list[str]) -> None:
    Gazetteer([Authority("PERSON", name) for name in names]).find(" ".join(names))
