"""The TEI writer: a small article written by hand, the attributes of dates and figures, what stands inline and where."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from corpus.validate import block_text, validate_tei
from corpus.writers.tei import write_tei
from corpus.writers.tei.dates import date_attributes
from corpus.writers.tei.elements import TEI, XML_ID, web_address, word
from corpus.writers.tei.figures import figure_element
from corpus.writers.tei.ids import XmlIds
from corpus.writers.tei.nesting import DEEPEST, Wish, choose
from corpus.writers.tei.taxonomies import EDITS
from schemas.authorities import Authority
from schemas.decisions import Decision, DecisionTarget, PositionSelector, QuoteSelector, Was
from schemas.records import (
    Annotation,
    Article,
    Block,
    Citation,
    Claim,
    ClaimSource,
    Edit,
    Made,
    Marker,
    Metadata,
    Note,
    Page,
    Person,
    Problem,
    Reference,
    Source,
    Target,
)
from schemas.values import DateValue, EntityValue, FigureValue, MarkupValue

GOLDEN = Path(__file__).parent.parent / "golden"
NS = {"t": TEI}

PARTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("title", "Coal & Gold, 1925–1931", {}),
    ("author", "Miriam Ashdown", {}),
    ("affiliation", "Leeds", {}),
    ("heading", "Abstract", {"level": 1}),
    ("abstract", "The return to gold and the coal fields.", {}),
    ("heading", "1. The parity", {"level": 1}),
    ("paragraph", "In April 1925 the Bank of England paid over £40 million. Keynes (1925) objected.", {}),
    ("heading", "1.1 The price", {"level": 2}),
    ("list-item", "wages fell by 10 per cent", {"level": 1, "n": "(a)"}),
    ("quote", "We are a nation of shopkeepers.", {"lang": "en-GB"}),
    ("verse-line", "Gold! gold! gold! gold!", {}),
    ("verse-line", "Bright and yellow, hard and cold", {}),
    ("table", "1913\t73\n1933\t39", {}),
    ("figure", "", {"id": "b-fig"}),
    ("caption", "Figure 1. Coal exports", {"parent": "b-fig"}),
    ("note", "Moggridge, p. 12.", {}),
    ("heading", "References", {"level": 1}),
    ("reference", "Keynes JM. The Economic Consequences of Mr Churchill. London: Hogarth; 1925.", {}),
)


def coal() -> Article:
    """An article with one of each: blocks of most kinds, crossing and nested names, a missing note, a lifted number."""
    text, blocks = "", []
    for i, (kind, words, more) in enumerate(PARTS):
        fields: dict[str, Any] = {"id": f"b-{i}", "kind": kind, "start": len(text), "end": len(text) + len(words)}
        blocks.append(Block(**{**fields, **more}))
        text += words + "\n\n"
    text = text[:-2]

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    table = at("1913\t73\n1933\t39")[0]
    blocks += [
        Block(f"ce-{i}", "cell", table + start, table + end, parent="b-12", row=i // 2, col=i % 2)
        for i, (start, end) in enumerate(((0, 4), (5, 7), (8, 12), (13, 15)))
    ]
    pounds = FigureValue("MONEY", "40000000", modifier="more_than", unit="GBP", currency="GBP")
    april = DateValue("MONTH", "1925-04-01", "1925-04-30", "1925-04")
    bank = EntityValue("Bank of England", "org-1", "bank", ("https://www.wikidata.org/wiki/Q183231",))
    book = {"type": "book", "title": "The Economic Consequences of Mr Churchill", "publisher": "Hogarth",
            "publisher-place": "London", "author": [{"family": "Keynes", "given": "J. M."}],
            "issued": {"date-parts": [[1925]]}, "number-of-pages": "32"}  # fmt: skip
    sentence = "In April 1925 the Bank of England paid over £40 million."
    return Article(
        id="coal",
        source=Source("coal.txt", "text/plain", "0" * 64, "utf-8"),
        metadata=Metadata(
            title="Coal & Gold", authors=(Person("Ashdown", "Miriam", affiliation="Leeds"),), language="en",
            keywords=("coal",), licence="https://creativecommons.org/licenses/by/4.0/",
        ),
        text=text,
        edits=(Edit("marker", 9, 9, 9, 10, "1"), Edit("join", 20, 21, 21, 22, "\n"), Edit("join", 30, 31, 32, 33, "\n")),
        blocks=tuple(blocks),
        pages=(Page("pg-1", 1, "i", 0, 0), Page("pg-2", 2, "12", at("the Bank")[0], 0)),
        markers=(
            Marker("m-1", "1", "1", at("million.")[1], 200, 201, "n-1"),
            Marker("m-2", "2", "²", at("objected.")[1], 220, 221, "n-2"),
            Marker("m-3", "3", "3", at("objected.")[1], 221, 222),
        ),
        notes=(Note("n-1", "1", "foot", ("b-15",)), Note("n-2", "2", "missing")),
        annotations=(
            Annotation("e-1", "entity", "ORG", *at("Bank of England"), bank, "ner", 0.95),
            Annotation("e-2", "entity", "LOC", *at("England"), EntityValue("England", "loc-1"), "ner", 0.7),
            Annotation("e-3", "entity", "GROUP", *at("England paid"), EntityValue("English", "grp-1"), "ner", 0.1),
            Annotation("d-1", "date", "MONTH", *at("April 1925"), april, "dates"),
            Annotation("f-1", "figure", "MONEY", *at("over £40 million"), pounds, "figures"),
            Annotation("mk-1", "markup", "hi", *at("nation"), MarkupValue("hi", {"rend": "italic"}), "source"),
        ),
        references=(Reference("r-1", "1", "b-17", *at(PARTS[-1][1]), csl=book, key="keynes25", status="linked"),),
        citations=(
            Citation("ci-1", "author-year", "Keynes (1925)", *at("Keynes (1925)"), locator="vol. 9, pp. 207–30", status="linked",
                     targets=(Target("r-1", "keynes25", 0.97, "author and year"),)),
            Citation("ci-2", "superscript", "4", *(at("wages fell")[1],) * 2),
        ),
        claims=(
            Claim("cl-1", *at(sentence), markers=("m-1",), figures=("f-1",), dates=("d-1",), entities=("e-1",),
                  sources=(ClaimSource("r-1", "keynes25", marker="m-1", locator="12"),)),
            Claim("cl-2", *at("Keynes (1925) objected."), markers=("m-2",)),
        ),
        problems=(Problem("p-1", "note-missing", "warning", "note 2 is not in the source", ("m-2",), hint="add it"),),
        made=Made("0.1.0", "none", {"format": "tei"}),
    )  # fmt: skip


@pytest.fixture(scope="module")
def tei() -> etree._Element:
    return etree.fromstring(write_tei(coal()))


def found(tei: etree._Element, path: str) -> list[Any]:
    """The nodes of an XPath in which ``t:`` is TEI."""
    nodes = tei.xpath(path, namespaces=NS)
    assert isinstance(nodes, list)
    return nodes


def test_golden() -> None:
    """The whole file. After a meant change, look at coal.actual.xml and put it in the place of coal.tei.xml."""
    written, golden = write_tei(coal()), GOLDEN / "coal.tei.xml"
    actual = GOLDEN / "coal.actual.xml"
    actual.unlink(missing_ok=True)
    if not golden.exists() or golden.read_bytes() != written:
        actual.write_bytes(written)
        pytest.fail(f"the TEI is not {golden.name}: compare it with {actual.name} beside it")


def test_golden_is_valid(shared_data: Path) -> None:
    schema = shared_data / "tei" / "schema" / "tei_all-4.8.0.simplified.rng"
    assert validate_tei((GOLDEN / "coal.tei.xml").read_bytes(), schema=schema, name="coal.tei.xml") == ()


def test_every_block_has_its_text(tei: etree._Element) -> None:
    article = coal()
    by_id = {made.get(XML_ID): made for made in tei.iter()}
    for block in article.blocks:
        assert block_text(by_id[block.id]) == article.quote(block), block.kind


def test_nested_names_stand_inline_and_crossing_ones_in_stand_off(tei: etree._Element) -> None:
    (bank,) = found(tei, "//t:text//t:orgName[@xml:id='e-1']")
    assert "".join(bank.itertext()) == "Bank of England"
    assert bank.get("ref") == "#org-1" and bank.get("cert") == "high" and bank.get("resp") == "#by.ner"
    assert bank[0].get(XML_ID) == "e-2"
    assert not found(tei, "//t:text//*[@xml:id='e-3']")
    spans = found(tei, "//t:spanGrp[@type='annotation']/t:span[@type='entity']")
    assert [span.get("corresp") for span in spans] == ["#e-1", "#e-2", None]
    assert spans[2].get(XML_ID) == "e-3" and spans[2].get("target") == "#string-range(b-6,26,12)"


def test_values_are_attributes(tei: etree._Element) -> None:
    assert dict(found(tei, "//t:text//t:date")[0].attrib)["when"] == "1925-04"
    (money,) = found(tei, "//t:text//t:measure")
    assert (money.get("atLeast"), money.get("unit"), money.get("quantity")) == ("40000000", "GBP", None)


def test_markers_lead_to_notes_or_to_what_is_said_of_them(tei: etree._Element) -> None:
    targets = [ptr.get("target") for ptr in found(tei, "//t:text//t:ptr[@type='noteAnchor']")]
    assert targets == ["#n-1", "#n-2", "#note.unknown"]
    assert found(tei, "//t:back//t:note[@xml:id='n-1']/@target") == ["#m-1"]
    assert found(tei, "//t:standOff/t:note[@xml:id='n-2']/@place") == ["missing"]
    (problem,) = found(tei, "//t:standOff/t:note[@type='problem']")
    assert problem.get("target") == "#m-2"


def test_a_claim_is_a_chain_to_its_source(tei: etree._Element) -> None:
    (chain,) = found(tei, "//t:linkGrp[@type='support']/t:link[@type='support']")
    assert chain.get("target") == "#cl-1 #m-1 #n-1 #r-1"
    assert chain.get("ana") == "#relation.supports" and chain.get("n") == "12"
    assert found(tei, "//t:biblStruct[@xml:id='r-1']//t:idno[@type='BibTeX-key']/text()") == ["keynes25"]
    assert found(tei, "//t:bibl[@corresp='#r-1']/@xml:id") == ["b-17"]


def test_the_header_says_what_was_done(tei: etree._Element) -> None:
    assert found(tei, "//t:normalization/t:p/@ana") == ["#edit.join", "#edit.marker"]
    digest = hashlib.sha256(coal().text.encode()).hexdigest()
    assert found(tei, "//t:publicationStmt/t:idno[@type='sha256']/text()") == [digest]
    assert found(tei, "//t:licence/@target") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert found(tei, "//t:tagUsage[@gi='placeName']/@occurs") == ["1"]
    assert found(tei, "//t:interpretation/t:p[@ana='#layer.entity']/@resp") == ["#by.ner"]


def test_the_header_names_what_made_the_annotations() -> None:
    made = Made("0.1.0", "en_names-0.2.0", {"licence": "CC0"})
    tei = etree.fromstring(write_tei(msgspec.structs.replace(coal(), made=made)))
    named = [
        (each.get("type"), each.get("ident"), each.get("version"), each.get(XML_ID))
        for each in found(tei, "//t:application")
    ]
    assert named == [
        (None, "adfontes", "0.1.0", None), ("model", "en_names", "0.2.0", None), ("annotator", "dates", "0.1.0", "by.dates"),
        ("annotator", "figures", "0.1.0", "by.figures"), ("annotator", "ner", "0.1.0", "by.ner"),
    ]  # fmt: skip
    assert found(tei, "//t:application/t:p[@n='licence']/text()") == ["licence = CC0"]


def test_every_kind_of_edit_has_its_declaration() -> None:
    edits = tuple(Edit(kind, 0, 0, i, i + 1, "x") for i, kind in enumerate(EDITS))
    tei = etree.fromstring(write_tei(msgspec.structs.replace(coal(), edits=edits)))
    declared = {
        (each.getparent().tag.rpartition("}")[2], each.get("n")) for each in found(tei, "//t:editorialDecl/*/t:p[@ana]")
    }
    assert {("correction", "repair"), ("hyphenation", "dehyphenate"), ("normalization", "move")} <= declared
    assert {kind for _, kind in declared} >= set(EDITS)


def test_a_passage_can_be_cited_as_the_header_says(tei: etree._Element) -> None:
    """Each citeStructure finds something, with an identifier for each, as a DTS server would ask."""
    for structure in found(tei, "//t:citeStructure"):
        above = structure.getparent()
        steps = [structure.get("match")] + ([above.get("match")] if above.tag == structure.tag else [])
        nodes: list[Any] = [tei]
        for step in reversed(steps):
            path = re.sub(r"(?<![@\w:])(TEI|text|div|head|note|pb)\b", r"t:\1", step or "")
            nodes = [each for node in nodes for each in found(node, path)]
        use = re.sub(r"^head", "t:head", structure.get("use"))
        assert nodes and all(found(node, use) for node in nodes), structure.get("unit")


def test_the_header_tells_what_people_decided(shared_data: Path) -> None:
    selectors = (PositionSelector(113, 118), QuoteSelector("Keynes (1925)"))
    target = DecisionTarget("coal.txt", selectors)
    decisions = [
        Decision("x-1", "linking", target, {"key": "keynes25"}, "Ann <Lee>", "2026-03-01T10:00:00Z", Was("ci-1", None)),
        Decision("x-2", "commenting", target, "sure?", "Ann <Lee>", "last Tuesday"),
    ]
    data = write_tei(coal(), decisions=decisions)
    schema = shared_data / "tei" / "schema" / "tei_all-4.8.0.simplified.rng"
    assert validate_tei(data, schema=schema, name="coal.xml") == ()
    tei = etree.fromstring(data)
    _, first, second = found(tei, "//t:revisionDesc//t:change")
    assert (first.get("when"), first.get("target"), second.get("when")) == ("2026-03-01T10:00:00Z", "#ci-1", None)
    assert first.text == 'linking “Keynes (1925)”: {"key":"keynes25"}'
    assert found(tei, f"//t:respStmt[@xml:id='{first.get('who')[1:]}']/t:name/text()") == ["Ann <Lee>"]


def test_no_licence_is_said_not_guessed() -> None:
    article = msgspec.structs.replace(coal(), metadata=Metadata())
    assert b"No licence is stated" in write_tei(article)


def test_characters_that_xml_cannot_hold_are_replaced_and_listed() -> None:
    article = Article(
        id="1 x", source=Source("a", "", "", None), metadata=Metadata(title="a\x00b"), text="a\x0cb\ud800",
        blocks=(Block("1", "paragraph", 0, 4),),
    )  # fmt: skip
    tei = etree.fromstring(write_tei(article))
    assert found(tei, "//t:note[@type='replaced-characters']/text()") == ["1:U+000C 3:U+D800"]
    assert found(tei, "//t:note[@type='original-id']/text()") == ["1 x", "1"]


def test_text_outside_blocks_is_kept() -> None:
    article = Article(id="a", source=Source("a", "", "", None), metadata=Metadata(), text="lost? no", blocks=())
    assert b'type="other">lost? no</ab>' in write_tei(article)


@pytest.mark.parametrize(
    ("value", "attributes"),
    [
        (DateValue("DATE", "1929-10-29", "1929-10-29", "1929-10-29"), {"when": "1929-10-29"}),
        (DateValue("YEAR", "1929-01-01", "1929-12-31", "1929"), {"when": "1929"}),
        (DateValue("YEAR", "1929-01-01", "1929-12-31", "1929~", "approx"),
         {"notBefore": "1929-01-01", "notAfter": "1929-12-31", "precision": "medium"}),
        (DateValue("PERIOD", "1929-01-01", "1933-12-31", "1929/1933"), {"from": "1929-01-01", "to": "1933-12-31"}),
        (DateValue("DECADE", "1930-01-01", "1939-12-31", "193X"), {"notBefore": "1930-01-01", "notAfter": "1939-12-31"}),
        (DateValue("YEAR", "1929-01-01", "1929-12-31", "1929", "since"), {"from": "1929"}),
        (DateValue("YEAR", "1929-01-01", "1929-12-31", "1929", "before"), {"notAfter": "1929-01-01"}),
        (DateValue("YEAR", "1929-01-01", "1929-12-31", "1929", "by"), {"notAfter": "1929-12-31"}),
        (DateValue("DATE", None, None, "XXXX-03-04"), {"when": "--03-04"}),
        (DateValue("MONTH", None, None, "XXXX-03"), {"when": "--03"}),
        (DateValue("DATE", None, None, "XXXX-02-30"), {}),
        (DateValue("YEAR", "-0299-01-01", "-0299-12-31", "-0299"), {"when": "-0299"}),
        (DateValue("YEAR", "0000-01-01", "0000-12-31", "0000"), {}),
        (DateValue("REL", None, None, None), {}),
    ],
)  # fmt: skip
def test_dates(value: DateValue, attributes: dict[str, str]) -> None:
    assert date_attributes(value) == attributes


@pytest.mark.parametrize(
    ("value", "tag", "attributes"),
    [
        (FigureValue("PERCENT", "58.7", unit="%"), "num", {"type": "percentage", "value": "58.7"}),
        (FigureValue("RATIO", "1/3"), "num", {"type": "fraction", "value": "1/3"}),
        (FigureValue("COUNT", "20"), "num", {"type": "cardinal", "value": "20"}),
        (FigureValue("COUNT", "20", commodity="steam engines"), "measure",
         {"type": "count", "commodity": "steam-engines", "quantity": "20"}),
        (FigureValue("QUANTITY", "20", "30", unit="metric ton"), "measure",
         {"type": "quantity", "unit": "metric-ton", "atLeast": "20", "atMost": "30"}),
        (FigureValue("RATE", "8", unit="ton", per="hectare"), "measure",
         {"type": "rate", "unit": "ton/hectare", "quantity": "8"}),
        (FigureValue("QUANTITY", "a few", modifier="vague", unit="ton"), "measure",
         {"type": "quantity", "unit": "ton", "ana": "#modifier.vague"}),
        (FigureValue("ORDINAL", "3"), "num", {"type": "ordinal", "value": "3"}),
    ],
)  # fmt: skip
def test_figures(value: FigureValue, tag: str, attributes: dict[str, str]) -> None:
    assert figure_element(value) == (tag, attributes)


@pytest.mark.parametrize(
    ("wishes", "kept"),
    [
        ([(0, 5, 3), (5, 9, 3)], [0, 1]),  # touching
        ([(0, 9, 3), (2, 4, 4)], [0, 1]),  # nested
        ([(2, 4, 3), (0, 9, 4)], [1, 0]),  # the outer one comes first
        ([(0, 5, 4), (3, 9, 3)], [1]),  # crossing: the better rank stays
        ([(0, 5, 3), (3, 9, 3), (6, 12, 3)], [0, 2]),  # the first and the last do not cross
        ([(0, 5, 3), (0, 5, 4), (0, 5, 2)], [2, 0, 1]),  # equal bounds: by rank
        ([(0, 5, 3), (3, 5, 4), (3, 6, 4)], [0, 1]),
    ],
)
def test_choice_of_what_nests(wishes: list[tuple[int, int, int]], kept: list[int]) -> None:
    assert choose([Wish(*wish) for wish in wishes]) == kept


def test_elements_are_not_nested_without_end() -> None:
    assert len(choose([Wish(i, 1000 - i, 3) for i in range(400)])) == DEEPEST


def test_ids_are_names_and_given_once() -> None:
    ids = XmlIds()
    given = [ids.add("block", each) for each in ("b-1", "1", "1", "été", "b-1", "")] + [ids.take("b-1")]
    assert given == ["b-1", "id.1", "id.1.2", "id.t", "b-1.2", "id.", "b-1.3"]
    assert ids.get("block", "1") == "id.1" and ids.find("nothing") is None


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://doi:10.1177/0952", None),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("CC BY 4.0", None),
        ("https://example.org/100%", "https://example.org/100%25"),
    ],
)
def test_web_addresses(given: str, clean: str | None) -> None:
    assert web_address(given) == clean


def test_words() -> None:
    assert [word(each) for each in ("metric ton", "%", " ", "a\x00b", None)] == ["metric-ton", "%", None, "a-b", None]


def test_the_register_says_what_authorities_know(shared_data: Path) -> None:
    people = Authority(
        "PERSON", "Keynes, John Maynard", refs=("http://www.wikidata.org/entity/Q9317",), begin="1883-06-05", end="1946"
    )
    place = Authority(
        "LOC", "England", refs=("https://sws.geonames.org/6269131/",), latitude="52.16", longitude="-0.70", place="UK"
    )
    keynes = EntityValue("Keynes", "per-1", ref=people.refs)
    england = EntityValue("England", "loc-1", ref=place.refs)
    article = msgspec.structs.replace(
        coal(),
        annotations=(
            Annotation("e-1", "entity", "PERSON", 170, 176, keynes, "ner"),
            Annotation("e-2", "entity", "LOC", 139, 146, england, "ner"),
        ),
        claims=(),
        authorities=(people, place),
    )
    data = write_tei(article)
    schema = shared_data / "tei" / "schema" / "tei_all-4.8.0.simplified.rng"
    assert (
        validate_tei(data, schema=schema, name="a.xml") == () and validate_tei(data, schema="own", name="a.xml") == ()
    )
    tei = etree.fromstring(data)
    assert found(tei, "//t:person/t:birth/@when | //t:person/t:death/@when") == ["1883-06-05", "1946"]
    assert found(tei, "//t:person/t:persName/text()") == ["Keynes", "Keynes, John Maynard"]
    assert found(tei, "//t:place/t:location/t:geo/text()") == ["52.16 -0.70"]
    assert found(tei, "//t:idno[@type='URI']/@subtype") == ["Wikidata", "GeoNames"]
