"""Hostile and broken XML and HTML: refused or read safely, never a hang, never a file or a socket, nothing lost unsaid."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.markup.xml import parse_xml, root_name
from corpus.readers import READERS, NotMine, read
from schemas.errors import InputError
from schemas.offsets import restore_source
from schemas.records import Article

JATS = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS.dtd" [<!ENTITY city "K&#246;ln">]>
<article xml:lang="en"><front><article-meta><title-group><article-title>Rye</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Berg</surname><given-names>N</given-names></name>
<xref ref-type="aff" rid="a"/></contrib><aff id="a">University of &city;</aff></contrib-group>
<abstract><p>Rye grew dear.</p></abstract></article-meta></front><body><sec><title>Prices</title>
<p>It rose<xref ref-type="fn" rid="f1"><sup>1</sup></xref> and<sup><xref ref-type="bibr" rid="B1">1</xref>&#8211;<xref
ref-type="bibr" rid="B2">2</xref></sup> fell [<xref ref-type="bibr" rid="B2">2</xref>, p. 3].</p>
<table-wrap><label>Table 1</label><table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td></tr></table>
</table-wrap><list list-type="order"><list-item><p>x</p></list-item></list></sec></body><back><fn-group><fn id="f1">
<label>1</label><p>Book.</p></fn></fn-group><ref-list><ref id="B1"><mixed-citation><name><surname>Kula</surname></name>. <source>
Theory</source>. <year>1976</year>.</mixed-citation></ref><ref id="B2"><element-citation><name><surname>Abel</surname></name><source>
Hunger</source><year>1966</year></element-citation></ref></ref-list></back></article>"""

HTML = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rye | Journal</title><meta name="citation_title" content="Rye">
<meta name="citation_author" content="Berg, N"><script type="application/ld+json">{"@type": "Article", "name": "Rye"}</script></head><body>
<nav><a href="/">Home</a></nav><div id="cookie-bar"><p>We use cookies, many of them.</p></div><main><h1>Rye</h1><p class="by">N Berg</p>
<h2>Prices</h2><p>The price rose<sup><a href="#fn1" id="r1">1</a></sup> in all the ports of the river [<a href="#b1">1</a>–<a href="#b2">2</a>].
<p>And again<a href="#_ftn2" name="_ftnref2">[2]</a> in the year that came.<div class="poem">a<br>b</div><table><tr><td rowspan=2>a<td>b<tr><td>c
</table><ol><li>x<ul><li>y</ul></ol><span class="sidenote">Aside.</span><h2>Notes</h2><ol class="footnotes"><li id="fn1"><p>Book. <a href="#r1">↩</a></p>
</li></ol><div id="ftn2"><p><a href="#_ftnref2" name="_ftn2">[2]</a> Minutes.</p></div><h2>References</h2><ol><li id="b1">Kula. 1976.</li>
<li id="b2">Abel. 1966.</li></ol></main><footer>Copyright</footer></body></html>""".encode()

TEI = b"""<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY city "K&#246;ln">]><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Rye</title><author><persName><surname>Berg</surname></persName></author></titleStmt><publicationStmt><p/></publicationStmt></fileDesc></teiHeader>
<text><body><pb n="1"/><div><head>Prices</head><p>It rose<note n="1" place="foot">Book.</note> in &city; and<ref target="ftn2" n="2"/> fell, mer-<lb/>chants
say <ref type="bibr" target="#b0">[1,</ref><ref target="#b1">2]</ref>.<fw type="header">RYE</fw><pb n="2"/> <choice><sic>a</sic><corr>b</corr></choice></p>
<list type="ordered"><item>x<list><item>y</item></list></item></list><table><row><cell rows="2">a</cell><cell>b</cell></row><row><cell>c</cell></row></table>
<lg><l>Rye</l></lg><figure><head>F</head><figDesc>d</figDesc></figure></div></body><back><note xml:id="ftn2">Minutes.</note><div type="bibliography">
<listBibl><bibl xml:id="b0">Kula, 1976.</bibl><biblStruct xml:id="b1"><monogr><author>Abel</author><title>Hunger</title><imprint><date when="1966"/></imprint>
</monogr></biblStruct></listBibl></div></back></text></TEI>"""

SAMPLES = {"JATS XML": JATS, "HTML": HTML, "TEI XML": TEI}
EXPANSION = (
    '<!DOCTYPE article [<!ENTITY a "lol lol lol lol">'
    + "".join(f'<!ENTITY a{i} "{("&a" + (str(i - 1) if i else "") + ";") * 10}">' for i in range(10))
    + "]>"
)
WRAPS: dict[str, Callable[[str], str]] = {
    "JATS XML": lambda inner: f"<article><body><p>Words {inner}</p></body></article>",
    "TEI XML": lambda inner: f"<TEI><text><body><p>Words {inner}</p></body></text></TEI>",
    "HTML": lambda inner: f"<html><body><p>Words {inner}</p></body></html>",
}
_PARTS = (b"<", b">", b"&", b"</", b"<p>", b"</p>", b"<sup>", b"<!--", b"]]>", b"\x00", b"\xff", b'"', b"&lt;", b"&#0;", b"<a b=",
          b"<note>", b"<table>", b"<tr>", b"<fn>", b"<ref>", b"<xref", b"\xe2\x80\x93", b" id='x'", b"<![CDATA[", b"<?xml ?>")  # fmt: skip


def laws(articles: Sequence[Article]) -> None:
    """What holds of every Article, whatever the bytes were."""
    for article in articles:
        length = len(article.text)
        restore_source(article.text, article.offsets, article.edits)
        ids = {ref.id for ref in article.references} | {note.id for note in article.notes}
        assert all(0 <= block.start <= block.end <= length for block in article.blocks)
        assert all(0 <= ann.start <= ann.end <= length for ann in article.annotations)
        assert all(0 <= marker.offset <= length and marker.note in ids for marker in article.markers)
        assert all(target.reference in ids for cite in article.citations for target in cite.targets)


def try_reading(kind: str, data: bytes, name: str) -> None:
    try:
        found = READERS[kind](data, name)
    except InputError as error:
        assert "\n" not in str(error)
        return
    if not isinstance(found, NotMine):
        laws(found)


def mutants(sample: bytes, count: int) -> Iterator[bytes]:
    """Samples with pieces cut out, doubled, swapped and put in, always the same ones."""
    chance = random.Random(len(sample))
    for _ in range(count):
        data = bytearray(sample)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data) + 1)
            length = chance.choice((0, 1, 3, 20, 200))
            piece = chance.choice((*_PARTS, bytes(data[at : at + 40]), chance.randbytes(3)))
            data[at : at + length] = piece
        yield bytes(data)


@pytest.mark.parametrize("kind", SAMPLES)
def test_three_hundred_mutants(kind: str) -> None:
    for data in mutants(SAMPLES[kind], 300):
        try_reading(kind, data, "a.xml")


@pytest.mark.fuzz
@pytest.mark.parametrize("kind", SAMPLES)
def test_ten_thousand_mutants(kind: str) -> None:
    for data in mutants(SAMPLES[kind], 10_000):
        try_reading(kind, data, "a.xml")


@contextmanager
def watched() -> Iterator[list[str]]:
    """The files opened and sockets made meanwhile, by Python; libxml2's own are forbidden by its options."""
    seen: list[str] = []
    live = True

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if live and (event == "open" or event.startswith("socket.")):
            seen.append(f"{event} {arguments[0]}")

    sys.addaudithook(hook)
    yield seen
    live = False


@pytest.mark.parametrize("kind", WRAPS)
def test_no_entity_opens_a_file_or_a_socket(kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET")
    whole = WRAPS[kind]("here &x; stay")
    for declared in (
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE r SYSTEM "{secret.as_uri()}">',
        f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    ):
        read((declared + whole).encode(), "a.xml")  # once, so that all modules are imported
        with watched() as seen:
            (article,) = read((declared + whole).encode(), "a.xml")
        assert "TOPSECRET" not in article.text
        assert "here" in article.text and "stay" in article.text
        assert seen == []


@pytest.mark.parametrize("kind", WRAPS)
def test_xinclude_is_not_followed(kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET")
    inner = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{secret.as_uri()}"/>more'
    (article,) = read(WRAPS[kind](inner).encode(), "a.xml")
    assert "TOPSECRET" not in article.text and "more" in article.text


@pytest.mark.parametrize("kind", [kind for kind in WRAPS if kind != "HTML"])
def test_entity_expansion_is_refused(kind: str) -> None:
    with pytest.raises(InputError, match="entities expand"):
        read((EXPANSION + WRAPS[kind]("&a9;")).encode(), "a.xml")


@pytest.mark.parametrize("kind", [kind for kind in WRAPS if kind != "HTML"])
def test_absurd_depth_is_refused(kind: str) -> None:
    for depth in (190, 300, 5000):
        with pytest.raises(InputError, match="deep"):
            read(WRAPS[kind]("<hi>" * depth + "x" + "</hi>" * depth).encode(), "a.xml")


@pytest.mark.parametrize("kind", [kind for kind in WRAPS if kind != "HTML"])
def test_one_endless_text_is_read_or_refused(kind: str) -> None:
    (article,) = read(WRAPS[kind]("word " * 1_000_000).encode(), "a.xml")
    assert len(article.text) > 4_900_000
    with pytest.raises(InputError, match="10 million"):
        read(WRAPS[kind]("word " * 2_200_000).encode(), "a.xml")


@pytest.mark.parametrize("kind", WRAPS)
def test_time_grows_with_length_only(kind: str, grows_linearly: Callable[..., bool]) -> None:
    samples = (
        "<p>Rye<sup>1</sup> &amp; [<i>2</i>, 3] rose.</p>",
        "<i>",
        "&amp;",
        "<table><tr><td>1</td></tr></table>",
        "</p>",
        "< ",
    )
    for sample in samples:
        assert grows_linearly(
            lambda data: try_reading(kind, data, "a.xml"),
            lambda times, sample=sample: WRAPS[kind](sample * times).encode(),
            1000,
            4,
        ), sample


def test_broken_xml_is_mended_and_told() -> None:
    data = (
        b'<article><body><p xml:id="1st">R & D rose to 5 < 6&nbsp;% &mdash; &foo; &#xE9;</p><p xml:id="a"/><p xml:id="a">M&amp;S'
        b"<i>x</p></body></article> after"
    )
    parsed = parse_xml(data, "a.xml")
    text = "".join(str(part) for part in parsed.root.itertext())
    assert text == "R & D rose to 5 < 6\u00a0% — &foo; éM&Sx after"
    assert [complaint[0] for complaint in parsed.complaints] == [
        "xml-entity-unknown",
        "xml-id-invalid",
        "xml-id-duplicate",
        "xml-not-well-formed",
    ]
    assert "line 1: xml:id : attribute value 1st" in parsed.complaints[1][1]


def test_wrong_and_foreign_encodings() -> None:
    text = "<article><body><p>Köln und Łódź</p></body></article>"
    for encoding in ("utf-16", "iso-8859-2", "utf-8-sig", "windows-1250"):
        declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{text}'
        (article,) = read(declared.encode(encoding), "a.xml")
        assert (article.text, article.problems) == ("Köln und Łódź", ()), encoding
    (article,) = read(text.replace("Łódź", "Mérida").encode("cp1252"), "a.xml")  # says nothing, so it would be UTF-8
    assert article.text == "Köln und Mérida"
    assert root_name(text.encode("utf-16")) == ("", "article")


def test_other_xml_is_declined_with_the_reason() -> None:
    for data in (b"<svg><text>x</text></svg>", b'<?xml version="1.0"?><rss><channel/></rss>'):
        with pytest.raises(InputError, match="outermost element is"):
            read(data, "a.xml")


def test_a_page_without_text_is_no_text_file() -> None:
    for data in (
        b"<!DOCTYPE html>",
        b"<html></html>",
        b"<?xml version='1.0'?>",
        b"<html><frameset><frame src='x'></frameset></html>",
    ):
        with pytest.raises(InputError):
            read(data, "a.html")


def test_text_with_a_tag_in_it_is_text() -> None:
    (article,) = read(b"Grain and <b>rye</b>\n\nIt rose by < 5 & fell.\n", "a.txt")
    assert article.source.media_type == "text/plain"
    (article,) = read(b"<b>Rye</b> rose by 5 percent.\n", "a.txt")
    assert article.source.media_type == "text/plain"
