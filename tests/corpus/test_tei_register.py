"""Changes by hand in the register of our TEI: each is a change of the mentions, by a person, and nothing is lost silently."""

from __future__ import annotations

import msgspec
import pytest

from corpus.readers import read
from corpus.validate import validate_tei
from corpus.writers.tei import write_tei
from schemas.authorities import Authority
from schemas.records import Annotation, Article, Block, Metadata, Source
from schemas.values import EntityValue

TEXT = "Anna Berg wrote. Berg left. A. Berg died. Torun stood."
KNOWN = "https://sws.geonames.org/3083271/"


def mention(identifier: str, label: str, words: str, cluster: str, **fields: object) -> Annotation:
    start = TEXT.index(words)
    return Annotation(
        identifier, "entity", label, start, start + len(words), EntityValue(words, cluster, **fields), "ner", 0.5
    )  # type: ignore[arg-type]


def paper() -> Article:
    return Article(
        id="a-1",
        source=Source("paper.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(),
        text=TEXT,
        blocks=(Block("b-1", "paragraph", 0, len(TEXT)),),
        annotations=(
            mention("e-1", "PERSON", "Anna Berg", "thing-1"),
            msgspec.structs.replace(mention("e-2", "PERSON", "Berg left", "thing-1"), end=21, value=EntityValue("Berg", "thing-1")),
            mention("e-3", "PERSON", "A. Berg", "thing-2"),
            mention("e-4", "LOC", "Torun", "thing-3", ref=(KNOWN,), ref_why="same name"),
        ),
        authorities=(Authority("LOC", "Toruń", refs=(KNOWN,)),),
    )  # fmt: skip


def edited(*changes: tuple[str, str]) -> Article:
    written = write_tei(paper()).decode()
    for old, new in changes:
        assert written.count(old) == 1, old
        written = written.replace(old, new)
    (article,) = read(written.encode(), "paper.tei.xml")
    again = write_tei(article)
    assert validate_tei(again, name="a.xml") == ()
    assert list(read(again, "paper.tei.xml")) == [article]
    return article


def values(article: Article) -> dict[str, EntityValue]:
    return {ann.id: ann.value for ann in article.annotations if isinstance(ann.value, EntityValue)}


def by_hand(article: Article) -> set[str]:
    return {ann.id for ann in article.annotations if ann.made_by == "source"}


def test_what_nobody_touched_stays_the_machines() -> None:
    assert edited() == paper()


def test_a_name_corrected() -> None:
    article = edited(("<persName>Anna Berg</persName>", "<persName>Berg, Anna</persName>"))
    assert values(article)["e-1"].name == "Berg, Anna" and values(article)["e-2"].name == "Berg"
    assert by_hand(article) == {"e-1"} and article.problems == ()


@pytest.mark.parametrize(
    "idno",
    [
        '<idno type="URI">https://d-nb.info/gnd/118607170</idno>',
        "<idno>https://d-nb.info/gnd/118607170</idno>",
        '<idno type="GND">118607170</idno>',
    ],
)
def test_an_identifier_added(idno: str) -> None:
    article = edited(('<persName type="variant">Berg</persName>', f'<persName type="variant">Berg</persName>{idno}'))
    ref = ("https://d-nb.info/gnd/118607170",)
    assert (values(article)["e-1"].ref, values(article)["e-2"].ref, values(article)["e-3"].ref) == (ref, ref, ())
    assert by_hand(article) == {"e-1", "e-2"}


def test_an_identifier_corrected_or_taken_out() -> None:
    article = edited((f">{KNOWN}</idno>", ">https://www.wikidata.org/wiki/Q47554</idno>"))
    assert values(article)["e-4"].ref == ("https://www.wikidata.org/wiki/Q47554",) and by_hand(article) == {"e-4"}
    article = edited((f'<idno type="URI" subtype="GeoNames">{KNOWN}</idno>', ""))
    assert values(article)["e-4"].ref == () and by_hand(article) == {"e-4"}


def test_two_entries_that_are_one() -> None:
    same = edited(('<person xml:id="thing-2">', '<person xml:id="thing-2" sameAs="#thing-1">'))
    entry = '\n   <person xml:id="thing-2">\n    <persName>A. Berg</persName>\n   </person>'
    variant = '<persName type="variant">Berg</persName>'
    joined = edited((entry, ""), (variant, f'{variant}<persName type="variant">A. Berg</persName>'))
    for article in (same, joined):
        assert values(article)["e-3"] == EntityValue("A. Berg", "thing-1")
        assert by_hand(article) == {"e-3"} and article.problems == ()


def test_what_cannot_be_kept_is_told() -> None:
    entry = '\n   <person xml:id="thing-2">\n    <persName>A. Berg</persName>\n   </person>'
    article = edited(
        (entry, "\n   <person><persName>Ida Roth</persName></person>"),
        ("<placeName>Torun</placeName>", "<placeName>Torun</placeName><placeName>Thorn</placeName>"),
    )
    assert values(article) == values(paper()) and by_hand(article) == set()
    assert sorted(problem.code for problem in article.problems) == [
        "register-entry-gone", "register-entry-unused", "register-name-unused",
    ]  # fmt: skip
