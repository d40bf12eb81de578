"""What a citation cites of its source: the parts of a locator, and the list in ``standOff`` that can be asked for pages."""

from __future__ import annotations

import msgspec
import pytest
from lxml import etree

from corpus.readers import read
from corpus.validate import validate_tei
from corpus.writers.tei import Form, write_tei
from corpus.writers.tei.cited import read_ranges
from corpus.writers.tei.elements import TEI
from schemas.records import Article, Block, Citation, Metadata, Reference, Source, Target

TEXT = "Rye rose (Kula 1976: 53–57). So did oats (ibid., 60; Berg 1980)."


@pytest.mark.parametrize(
    ("locator", "parts"),
    [
        ("53–57", [("53–57", "page", "53", "57")]),
        ("p. 12", [("p. 12", "page", "12", "12")]),
        ("S. 155–90.", [("S. 155–90.", "page", "155", "190")]),
        ("pp. iv-x", [("pp. iv-x", "page", "iv", "x")]),
        ("pp. 12-15, 19 and 23", [("pp. 12-15, 19 and 23", "page", None, None)]),
        ("53ff.", [("53ff.", "page", None, None)]),
        ("50v", [("50v", "folio", None, None)]),
        ("Т. 36. С. 5", [("Т. 36.", "volume", "36", "36"), ("С. 5", "page", "5", "5")]),
        ("45, and n. 3", [("45", "page", "45", "45"), ("n. 3", "note", "3", "3")]),
        ("see Bl. 7", [("Bl. 7", "folio", "7", "7")]),
        ("II, 45", [("II, 45", None, None, None)]),
        ("2.14", [("2.14", None, None, None)]),
        ("f. 4372, op. 9, d. 12, l. 5", [("f. 4372, op. 9, d. 12, l. 5", None, None, None)]),
        ("passim", [("passim", None, None, None)]),
        ("\t...", []),
    ],
)
def test_the_parts_of_a_locator(locator: str, parts: list[tuple[str | None, ...]]) -> None:
    assert list(map(tuple, read_ranges(locator))) == parts


def paper() -> Article:
    def at(words: str) -> tuple[int, int]:
        return TEXT.index(words), TEXT.index(words) + len(words)

    kula, berg = Target("r-1", "kula76", 0.95, "author and year"), Target(None, "berg80", 0.7, "author and year")
    return Article(
        id="a", source=Source("rye.txt", "text/plain", "00", "utf-8"), metadata=Metadata(title="Rye"), text=TEXT,
        blocks=(Block("b-1", "paragraph", 0, len(TEXT)),),
        references=(Reference("r-1", None, None, None, None, csl={"type": "book", "title": "Rye"}, key="kula76"),),
        citations=(
            Citation("ci-1", "author-year", "Kula 1976", *at("Kula 1976: 53–57"), locator="53–57", targets=(kula,)),
            Citation("ci-2", "ibid", "ibid.", *at("ibid., 60"), locator="60 & <61>", targets=(kula, berg)),
            Citation("ci-3", "author-year", "Berg 1980", *at("Berg 1980"), targets=(berg,)),
            Citation("ci-4", "short", "oats", *at("oats"), locator="7"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("profile", ["hybrid", "inline", "standoff"])
def test_pages_of_a_source_can_be_asked_for(profile: str) -> None:
    data = write_tei(paper(), Form(profile))  # type: ignore[arg-type]
    assert validate_tei(data, name="rye.tei.xml") == ()
    (cited,) = etree.fromstring(data).iterfind(f".//{{{TEI}}}listBibl[@type='cited']")
    said = [
        (bibl.get("corresp"), bibl.get("type"), bibl[0].get("target"), bibl[0].get("cert"), "".join(bibl.itertext()))
        for bibl in cited
    ]
    assert said == [
        ("#ci-1", "author-year", "#r-1", "high", "53–57"),
        ("#ci-2", "ibid", "#r-1", "high", "60 & <61>"),
        ("#ci-2", "ibid", "#key.berg80", "medium", "60 & <61>"),
    ]
    (on_55,) = cited.xpath(
        "t:bibl[t:ptr/@target='#r-1']/t:citedRange[@unit='page'][@from <= 55 and @to >= 55]", namespaces={"t": TEI}
    )
    assert on_55.text == "53–57"


def test_the_list_is_made_of_the_records_and_read_from_them() -> None:
    data = write_tei(paper())
    (again,) = read(data, "rye.tei.xml")
    assert again == paper() and write_tei(again) == data
    (spoilt,) = read(data.replace(b'to="57"', b'to="99"'), "rye.tei.xml")
    assert spoilt == paper()


def test_without_pages_there_is_no_list() -> None:
    bare = [msgspec.structs.replace(cite, locator=None) for cite in paper().citations]
    assert b"listBibl type" not in write_tei(msgspec.structs.replace(paper(), citations=tuple(bare)))
