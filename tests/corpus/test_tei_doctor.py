"""``adfontes tei doctor``: what is repaired, that each repair is told, and that no word is touched."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from corpus.markup.xml import local, parse_xml, plain_xml
from corpus.readers import read
from corpus.tei.doctor import mend
from corpus.validate import validate_tei
from schemas.errors import InputError

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def whole(inside: str, root: str = f"TEI {NS}") -> bytes:
    return f"<{root}><teiHeader/><text><body>{inside}</body></text></{root.split()[0]}>".encode()


def doctored(inside: str, root: str = f"TEI {NS}") -> tuple[etree._Element, list[str]]:
    data = whole(inside, root)
    mended = mend(data, "a.xml")
    tree = plain_xml(mended.data)
    assert tree is not None
    assert words(tree) == words(parse_xml(data, "a.xml").root)
    assert mend(mended.data, "a.xml").repairs == ()  # nothing is left to do, and nothing is done twice
    return tree, [repair.code for repair in mended.repairs]


def words(tree: etree._Element) -> Counter[str]:
    return Counter("".join(str(part) for part in tree.itertext()))


def ids(tree: etree._Element) -> list[str | None]:
    return [each.get(XML_ID) for each in tree.iter(etree.Element) if each.get(XML_ID) is not None]


def test_a_sound_file_stays_byte_for_byte() -> None:
    data = whole('<p xml:id="a">Rye <ref target="#a">rose</ref>.</p>')
    assert mend(data, "a.xml") == (data, ())


def test_ids_that_are_no_names_with_their_pointers() -> None:
    tree, codes = doctored(
        '<p xml:id="1st note">x</p><p xml:id="ü/2" n="7">y</p><ptr target="#1st note"/><ptr target="#ü/2 #ü%2F2"/>'
    )
    assert codes == ["id-no-name", "id-no-name", "pointer-renamed", "pointer-renamed"]
    assert ids(tree) == ["id.1st-note", "ü-2"]
    assert [each.get("n") for each in tree.iter("{*}p")] == ["1st note", "7"]
    assert [each.get("target") for each in tree.iter("{*}ptr")] == ["#id.1st-note", "#ü-2 #ü-2"]


def test_ids_that_stand_twice_and_ids_of_p4() -> None:
    tree, codes = doctored('<p xml:id="a">x</p><p xml:id="a">y</p><p id="b">z</p><ptr target="#a #b"/>')
    assert codes == ["id-twice", "id-attribute"]
    assert ids(tree) == ["a", "a.2", "b"]


def test_pointers_without_their_sign() -> None:
    tree, codes = doctored(
        '<p>x<ref target="ftn1">1</ref><ref target="ftn2">2</ref><ref target="chapter.xml"/></p><note xml:id="ftn1">A</note><note '
        'xml:id="berg-ftn2">B</note>'
    )
    assert codes == ["bare-pointer", "pointer-tail"]
    assert [each.get("target") for each in tree.iter("{*}ref")] == ["#ftn1", "#berg-ftn2", "chapter.xml"]


def test_addresses() -> None:
    given = [
        "https://https://x.org/",
        "www.x.org/a",
        "https://doi:10.1177/0952|a",
        "10.5555/r",
        "http://x.org/a%zz",
        "https://x.org/ok#a",
    ]
    tree, codes = doctored("<p>" + "".join(f'<ref target="{each}"/>' for each in given) + "</p>")
    assert codes == ["address"] * 5
    assert [each.get("target") for each in tree.iter("{*}ref")] == [
        "https://x.org/", "http://www.x.org/a", "https://doi.org/10.1177/0952%7Ca", "https://doi.org/10.5555/r", "http://x.org/a%25zz",
        "https://x.org/ok#a",
    ]  # fmt: skip


def test_no_namespace_and_a_wrong_root() -> None:
    tree, codes = doctored("<p>Rye</p>", root="tei")
    assert codes == ["root", "namespace"]
    assert {each.tag.rpartition("}")[0] for each in tree.iter(etree.Element)} == {"{http://www.tei-c.org/ns/1.0"}
    assert {each.prefix for each in tree.iter(etree.Element)} == {None}
    tree, _ = doctored('<p>Rye<m:math xmlns:m="urn:m"><m:mi>x</m:mi></m:math></p>', root="TEI")
    assert [each.tag for each in tree.iter("{urn:m}mi")] == ["{urn:m}mi"]


def test_a_misplaced_idno() -> None:
    tree, codes = doctored(
        "<listBibl><biblStruct><monogr><title>T</title><imprint><date/></imprint></monogr><idno>1</idno></biblStruct><biblStruct><analytic>"
        "<title>A</title></analytic><monogr><imprint><date/></imprint><idno>2</idno></monogr> <idno>3</idno> </biblStruct></listBibl>"
    )
    assert codes == ["idno"] * 3
    first, second = tree.iter("{*}biblStruct")
    assert [local(each) for each in first[0]] == ["title", "idno", "imprint"]
    assert [[local(inner) for inner in each] for each in second] == [["title", "idno"], ["idno", "imprint"]]


def test_what_is_not_well_formed() -> None:
    tree, codes = doctored("<p>R & D rose to 5 < 6 &nbsp; <hi>x</p>")
    assert "not-well-formed" in codes
    assert "R & D rose to 5 < 6" in "".join(str(part) for part in tree.itertext())


@pytest.mark.parametrize(
    "data", [b"Rye", b"<html><body/></html>", b'<TEI><a b="<p>x</p></TEI>', b"<TEI.2><text/></TEI.2>"]
)
def test_what_no_doctor_can_help_is_told(data: bytes) -> None:
    with pytest.raises(InputError) as told:
        mend(data, "a.xml")
    assert str(told.value).startswith("a.xml")


def test_a_bomb_is_refused() -> None:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "lol"}">' for i in range(12))
    with pytest.raises(InputError, match="entities"):
        mend(f"<!DOCTYPE TEI [{entities}]>".encode() + whole("<p>&a11;</p>"), "a.xml")


def test_published_files(shared_data: Path) -> None:
    """After the doctor no file has an id that is no name, or one twice, and all say the same as before."""
    for path in sorted((shared_data / "tei" / "real").glob("*.xml")):
        data = path.read_bytes()
        mended = mend(data, path.name)
        left = {problem.code for problem in validate_tei(mended.data, name=path.name)}
        assert not left & {"tei-bad-id", "tei-duplicate-id", "tei-not-well-formed"}, path.name
        before, after = read(data, path.name), read(mended.data, path.name)
        assert [article.text for article in before] == [article.text for article in after], path.name
