"""What validate_tei finds in broken files, and that hostile ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.validate import block_text, validate_tei
from schemas.errors import UsageError

SMALL_SCHEMA = b"""<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start>
<element name="TEI"><zeroOrMore><element name="p"><text/></element></zeroOrMore></element></start></grammar>"""


@pytest.mark.parametrize(
    ("xml", "codes"),
    [
        ('<TEI xml:id="a"><ptr target="#a"/></TEI>', []),
        ('<TEI><ptr target="#b"/></TEI>', ["tei-dangling-pointer"]),
        ('<TEI><ptr target="http://x.org/#b page.html"/></TEI>', []),
        ('<TEI xml:id="a"><p xml:id="a"/></TEI>', ["tei-duplicate-id"]),
        ('<TEI xml:id="1a"/>', ["tei-bad-id"]),
        ('<TEI><date when="1929" notBefore="1928"/></TEI>', ["tei-dates"]),
        ('<TEI><date from="1929" notBefore="1928"/></TEI>', ["tei-dates"]),
        ('<TEI><date to="1929" notAfter="1928"/></TEI>', ["tei-dates"]),
        ('<TEI><ref target="x" cRef="y"/></TEI>', ["tei-pointer"]),
        ('<TEI xml:id="a"><link target="#a"/></TEI>', ["tei-pointer"]),
        ('<TEI><p xml:id="a">abc</p><span target="#string-range(a,0,3)"/></TEI>', []),
        ('<TEI><p xml:id="a">abc</p><span target="#string-range(a,1,3)"/></TEI>', ["tei-string-range"]),
        ('<TEI><p xml:id="a">a<note>bc</note></p><span target="#string-range(a,0,2)"/></TEI>', ["tei-string-range"]),
        ('<TEI><p xml:id="a">a</p><span target="#range(string-index(a,0),string-index(a,1))"/></TEI>', []),
        ('<TEI><p xml:id="a">a</p><span target="#range(string-index(a,0),string-index(b,1))"/></TEI>',
         ["tei-dangling-pointer"]),
        ('<TEI xml:id="a"><span target="#match(a,b)"/></TEI>', ["tei-pointer-scheme"]),
        ("<TEI><idno subtype='x'/></TEI>", ["tei-type"]),
        ("<TEI><p></TEI>", ["tei-not-well-formed"]),
        ("", ["tei-not-well-formed"]),
        ("\x00\x01", ["tei-not-well-formed"]),
    ],
)  # fmt: skip
def test_findings(xml: str, codes: list[str]) -> None:
    assert [problem.code for problem in validate_tei(xml.encode(), name="a.xml")] == codes


def test_where_is_file_and_line() -> None:
    (problem,) = validate_tei(b'<TEI>\n<p>\n<ptr target="#b"/></p></TEI>', name="dir/a.xml")
    assert problem.where == "dir/a.xml:3" and '"#b"' in problem.message


def test_entities_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    laughs = f'<!DOCTYPE TEI [<!ENTITY l0 "lol">{entities}]><TEI>&l11;</TEI>'
    for attack in (laughs, laughs.replace("<TEI>&l11;", '<TEI n="&l11;">')):
        (problem,) = validate_tei(attack.encode(), name="a.xml")
        assert problem.code == "tei-not-well-formed" and "amplification" in problem.message
    harmless = '<!DOCTYPE TEI [<!ENTITY x "lol">]><TEI>&x;</TEI>'
    assert [problem.code for problem in validate_tei(harmless.encode(), name="a.xml")] == ["tei-entities"]


def test_files_are_not_read_through_entities(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    xml = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]><TEI>&x;</TEI>'
    problems = validate_tei(xml.encode(), name="a.xml")
    assert [problem.code for problem in problems] == ["tei-entities"]


@pytest.mark.parametrize("xml", [b"<a>" * 300 + b"</a>" * 300, b"<a>" + b"x" * 11_000_000 + b"</a>"])
def test_monsters_are_refused(xml: bytes) -> None:
    assert [problem.code for problem in validate_tei(xml, name="a.xml")] == ["tei-not-well-formed"]


def test_schema(tmp_path: Path) -> None:
    schema = tmp_path / "small.rng"
    schema.write_bytes(SMALL_SCHEMA)
    assert validate_tei(b"<TEI><p>a</p></TEI>", schema=schema, name="a.xml") == ()
    problems = validate_tei(b"<TEI>\n<q/></TEI>", schema=schema, name="a.xml")
    assert {problem.code for problem in problems} == {"tei-schema"}


def test_a_schema_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        validate_tei(b"<TEI/>", schema=tmp_path / "absent.rng", name="a.xml")
    wrong = tmp_path / "wrong.rng"
    for content in (b"start = text", b"<a/>"):
        wrong.write_bytes(content)
        with pytest.raises(UsageError, match="RELAX NG"):
            validate_tei(b"<TEI/>", schema=wrong, name="a.xml")


def test_block_text_leaves_out_notes_labels_and_forme_work() -> None:
    from lxml import etree

    made = etree.fromstring(
        '<p xmlns="http://www.tei-c.org/ns/1.0">a<note>x<hi>y</hi></note>b<!-- c --><hi>d</hi><fw>z</fw>e</p>'
    )
    assert block_text(made) == "abde"
