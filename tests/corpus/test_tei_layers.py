"""A scholar's markup as layers: what it means, with its values, beside the markup that is written back in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from corpus.readers import read
from corpus.tei.meaning import meaning_of
from corpus.validate import validate_tei
from corpus.writers.tei import write_tei
from schemas.records import Annotation, Article
from schemas.values import DateValue, EntityValue, FigureValue

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
PAPER = f"""<TEI {NS}><teiHeader><fileDesc><titleStmt><title>Rye</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>
</sourceDesc></fileDesc><encodingDesc><listPrefixDef><prefixDef ident="gnd" matchPattern="(.+)" replacementPattern="https://d-nb.info/gnd/$1"/>
</listPrefixDef></encodingDesc></teiHeader><standOff><listPerson><person xml:id="p1"><persName>Berg</persName><idno type="VIAF">
https://viaf.org/viaf/1</idno></person></listPerson></standOff><text><body><p>On <date when="1772-05-04">4 May</date> <persName ref="#p1"
role="author">Anna <surname>Berg</surname></persName> of <placeName><settlement>Torun</settlement></placeName> and <name type="person"
ref="gnd:11">Kula</name>, the <rs type="organisation" key="mill-1">millers</rs>, sold <measure quantity="40" unit="last" commodity="rye">forty
lasts</measure> for <measure type="currency" quantity="2.5e3" unit="PLN">2,500</measure> zloty, <num type="percentage" value="7.5">7½</num>
per cent more, <choice><sic>rey</sic><corr>rye</corr></choice> from <date notBefore="1770" notAfter="1771-06">the year before</date>.</p></body>
</text></TEI>"""


def article_of(data: str) -> Article:
    (article,) = read(data.encode(), "paper.xml")
    return article


def layer(article: Article, name: str) -> list[Annotation]:
    return [ann for ann in article.annotations if ann.layer == name]


def test_names_with_their_authorities() -> None:
    article = article_of(PAPER)
    found = [
        (ann.label, article.quote(ann), ann.value.ref)
        for ann in layer(article, "entity")
        if isinstance(ann.value, EntityValue)
    ]
    assert found == [
        ("PERSON", "Anna Berg", ("https://viaf.org/viaf/1",)),
        ("LOC", "Torun", ()),
        ("PERSON", "Kula", ("https://d-nb.info/gnd/11",)),
        ("ORG", "millers", ("mill-1",)),
    ]
    assert {ann.made_by for ann in article.annotations} == {"source"}


def test_dates_and_numbers_with_their_values() -> None:
    article = article_of(PAPER)
    assert [ann.value for ann in layer(article, "date")] == [
        DateValue("DATE", "1772-05-04", "1772-05-04", "1772-05-04"),
        DateValue("DATE", "1770-01-01", "1771-06-30", None),
    ]
    assert [ann.value for ann in layer(article, "figure")] == [
        FigureValue("QUANTITY", "40", unit="last", commodity="rye"),
        FigureValue("MONEY", "2500", unit="PLN", currency="PLN"),
        FigureValue("PERCENT", "7.5", unit="%"),
    ]


def test_the_elements_go_back_to_their_places() -> None:
    article = article_of(PAPER)
    written = write_tei(article)
    tei = etree.fromstring(written)
    person = tei.find(".//{*}text//{*}p/{*}persName")
    assert person is not None and person.get("role") == "author"
    assert next(
        ("".join(map(str, each.itertext())), each.get("when")) for each in tei.findall(".//{*}text//{*}p/{*}date")
    ) == ("4 May", "1772-05-04")
    assert [each.get("quantity") for each in tei.findall(".//{*}text//{*}measure")] == [
        "40",
        None,
    ]  # "2.5e3" is in the features
    assert len(tei.findall(".//{*}text//{*}persName")) == 1  # not doubled by what the name means
    assert validate_tei(written, name="a.xml") == ()
    (again,) = read(written, "paper.tei.xml")
    assert again == article and write_tei(again) == written


@pytest.mark.parametrize(
    ("name", "attributes", "words", "expected"),
    [
        ("num", {"atLeast": "3", "atMost": "5"}, "3 to 5", FigureValue("COUNT", "3", "5")),
        ("num", {"atLeast": "3"}, "three or more", FigureValue("COUNT", "3", modifier="min")),
        ("num", {}, "12", FigureValue("COUNT", "12")),
        ("num", {}, "a dozen", None),
        ("measure", {"unit": "km"}, "3 or so", FigureValue("QUANTITY", None, unit="km")),
        ("date", {"from": "1929"}, "since 1929", DateValue("PERIOD", "1929-01-01", None, "1929/..", "since")),
        ("date", {"when": "1900-02-29"}, "x", None),
        ("date", {"when": "2000-02"}, "x", DateValue("MONTH", "2000-02-01", "2000-02-29", "2000-02")),
        ("date", {"when": "-0044-03-15", "calendar": "#julian"}, "Ides", DateValue("DATE", "-0044-03-15", "-0044-03-15", "-0044-03-15", calendar="julian")),
        ("date", {}, "long ago", None),
    ],
)  # fmt: skip
def test_values(name: str, attributes: dict[str, str], words: str, expected: object) -> None:
    found = meaning_of(name, attributes, words)
    assert found is not None and found.value == expected


def test_markup_that_we_do_not_model_means_nothing() -> None:
    for name in ("hi", "surname", "name", "rs", "corr", "seg", "bibl"):
        assert meaning_of(name, {}, "Rye") is None


def test_published_files_go_out_valid_and_come_back_the_same(shared_data: Path) -> None:
    schema = shared_data / "tei" / "schema" / "tei_all-4.8.0.simplified.rng"
    files = sorted((shared_data / "tei" / "real").glob("*.xml"))[::4]
    valid = 0
    for path in files:
        articles = read(path.read_bytes(), path.name)
        written = [write_tei(article) for article in articles]
        valid += not any(validate_tei(data, schema=schema, name=path.name) for data in written)
        for article, data in zip(articles, written, strict=True):
            (again,) = read(data, "paper.tei.xml")
            assert again == article, path.name
    assert valid >= 0.95 * len(files)
