"""TEI XML as people publish it to Articles: dialects, notes of every kind, choices, line breaks, entries, our own files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree

from corpus.markup.xml import parse_xml, without_namespaces
from corpus.readers import NotMine, read
from corpus.readers.tei import read_tei
from corpus.readers.text import read_text
from corpus.tei.ids import Ids
from corpus.writers.tei import write_tei
from schemas.offsets import restore_source
from schemas.records import Annotation, Article, Citation
from schemas.values import MarkupValue

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
HEADER = """<teiHeader><fileDesc><titleStmt><title type="main">Rye</title><title type="sub">Prices and Barges</title>
<author><persName><surname>Berg</surname><forename>Nils</forename><nameLink>van den</nameLink></persName>
<affiliation>University of Torun</affiliation></author></titleStmt>
<publicationStmt><date when="2019-05-04"/><idno type="DOI">10.5555/r</idno><availability><licence
target="https://creativecommons.org/licenses/by/4.0/"/></availability></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>
<profileDesc><abstract><p>Rye grew dear.</p></abstract><textClass><keywords scheme="author"><term>rye</term><term>prices</term></keywords>
</textClass></profileDesc></teiHeader>"""


def article_of(text: str, *, header: str = "<teiHeader/>", root: str = f"TEI {NS}") -> Article:
    (article,) = read(f"<{root}>{header}<text>{text}</text></{root.split()[0]}>".encode(), "paper.xml")
    assert article.source.media_type == "application/tei+xml"
    assert restore_source(article.text, article.offsets, article.edits)
    return article


def of(article: Article, kind: str) -> list[str]:
    return [article.quote(block) for block in article.blocks if block.kind == kind]


def tied(article: Article) -> list[tuple[str, str, str]]:
    """Each marker as (label, words of its note, place of the note)."""
    blocks = {block.id: article.quote(block) for block in article.blocks}
    notes = {note.id: (" / ".join(blocks[b] for b in note.blocks), note.place) for note in article.notes}
    return [(marker.label, *notes[marker.note or ""]) for marker in article.markers]


def marked(article: Article) -> list[tuple[str, dict[str, str], str]]:
    def value(ann: Annotation) -> dict[str, str]:
        assert isinstance(ann.value, MarkupValue)
        return dict(ann.value.attributes)

    return [(ann.label, value(ann), article.quote(ann)) for ann in article.annotations if ann.layer == "markup"]


def cited(article: Article, cite: Citation) -> list[str]:
    quotes = {ref.id: article.text[ref.start or 0 : ref.end] for ref in article.references}
    return [quotes[target.reference or ""].split(",")[0] for target in cite.targets]


def test_the_header_stands_for_a_title_page_where_there_is_none() -> None:
    article = article_of("<body><p>Text.</p></body>", header=HEADER)
    assert [(block.kind, article.quote(block)) for block in article.blocks] == [
        ("title", "Rye: Prices and Barges"),
        ("author", "Nils van den Berg"),
        ("affiliation", "University of Torun"),
        ("abstract", "Rye grew dear."),
        ("keywords", "rye, prices"),
        ("paragraph", "Text."),
    ]
    meta = article.metadata
    assert (meta.title, meta.DOI, meta.issued) == ("Rye: Prices and Barges", "10.5555/r", "2019-05-04")
    assert [(p.family, p.given) for p in meta.authors] == [("van den Berg", "Nils")]
    printed = article_of(
        "<front><titlePage><docTitle><titlePart>RYE</titlePart></docTitle><docAuthor>N. v. d. Berg</docAuthor></titlePage></front>"
        "<body><p>Text.</p></body>",
        header=HEADER,
    )
    assert [block.kind for block in printed.blocks] == ["title", "author", "paragraph"]
    assert printed.metadata.title == "Rye: Prices and Barges"


NOTES = {
    "inline": '<p>It rose<note n="1" place="foot">Book.</note>.</p>',
    "a bare target": '<p>It rose<ref n="1" target="ftn1"/>.</p><note xml:id="ftn1" place="foot" n="1"><p>Book.</p></note>',
    "a shown number": '<p>It rose<ref type="note" target="#n1">1</ref>.</p><div type="notes"><note xml:id="n1" place="foot">Book.</note></div>',
    "the paper's name before the id": '<p>It rose<ref target="#ftn1">1</ref>.</p><note xml:id="berg-ftn1" place="foot">Book.</note>',
    "an id that is no name": '<p>It rose<ref target="#1 n">1</ref>.</p><note xml:id="1 n" place="foot">Book.</note>',
    "the note points": '<p>It rose<anchor xml:id="a1"/>.</p><div><note target="#a1" place="foot" n="1">Book.</note></div>',
    "a superscript reference": '<p>It rose<hi rend="superscript"><ref target="#n1">1</ref></hi>.</p><note xml:id="n1" place="foot">Book.</note>',
    "a pretty-printed file": '<p>It rose\n   <ref target="#n1" n="1"/>.\n</p><note xml:id="n1" place="foot" n="1">\n <p>Book.</p>\n</note>',
    "a label inside": '<p>It rose<ptr target="#n1"/>.</p><note xml:id="n1" place="bottom"><label>1</label> <p>Book.</p></note>',
    "nothing numbered": '<p>It rose<note place="foot"><p>Book.</p></note>.</p>',
}  # fmt: skip


@pytest.mark.parametrize("markup", NOTES)
def test_notes_in_every_markup(markup: str) -> None:
    article = article_of(f"<body><div>{NOTES[markup]}</div></body>")
    assert of(article, "paragraph")[0] in ("It rose.", "It rose .")
    assert tied(article) == [("1", "Book.", "foot")]
    assert article.markers[0].offset == len("It rose")
    assert {problem.code for problem in article.problems} <= {"xml-id-invalid"}


def test_a_note_that_nothing_names_and_one_that_is_missing() -> None:
    article = article_of(
        '<body><p>It rose<ptr type="noteAnchor" n="2" target="#gone"/>.</p></body><back><div type="notes"><head>Notes</head><note n="1">'
        "Book.</note></div></back>"
    )
    assert tied(article) == [("2", "", "missing")]
    assert sorted(problem.code for problem in article.problems) == ["note-missing", "note-unmarked"]
    assert not of(article, "heading")


def test_names_and_dates_are_kept_with_their_attributes() -> None:
    article = article_of(
        '<body><p><persName ref="#p1" xml:id="x">Anna <surname>Berg</surname></persName> left <placeName>Torun</placeName> on <date '
        'when="1772-05-04" cert="high">4 May</date> with <hi rend="italic">rye</hi>.</p></body>'
    )
    assert marked(article) == [
        ("persName", {"ref": "#p1", "xml:id": "x"}, "Anna Berg"),
        ("surname", {}, "Berg"),
        ("placeName", {}, "Torun"),
        ("date", {"when": "1772-05-04", "cert": "high"}, "4 May"),
        ("hi", {"rend": "italic"}, "rye"),
    ]
    assert {ann.made_by for ann in article.annotations} == {"source"}


def test_of_two_readings_one_is_text_and_the_other_kept() -> None:
    article = article_of(
        "<body><p>The <choice><sic>rey</sic><corr>rye</corr></choice> of <choice><abbr>Mr</abbr><expan>Mister</expan></choice> Berg, <app>"
        '<lem>old</lem><rdg wit="#B">odd</rdg></app>, <subst><del>one</del><add>two</add></subst> <gap reason="ink"/> <unclear>bags'
        "</unclear>.</p></body>"
    )
    assert of(article, "paragraph") == ["The rye of Mister Berg, old, two […] bags."]
    assert marked(article) == [
        ("corr", {"sic": "rey"}, "rye"),
        ("expan", {"abbr": "Mr"}, "Mister"),
        ("app", {"rdg": "odd #B"}, "old"),
        ("add", {"del": "one"}, "two"),
        ("gap", {"reason": "ink"}, "[…]"),
        ("unclear", {}, "bags"),
    ]


def test_lines_and_pages_of_a_print() -> None:
    article = article_of(
        '<body><pb n="1"/><p>The mer-<lb/>chants of the mar<lb break="no"/>ket sold know-<lb/>how and <hi>bar-</hi><lb/><fw type="sig">A</fw>'
        '<pb n="2"/><fw type="header">RYE</fw><lb/><hi>ges</hi> to mer¬<lb/>chants; know-how<lb/>too.</p><p>More.</p></body>'
    )
    assert of(article, "paragraph") == [
        "The merchants of the market sold know-how and barges to merchants; know-how too.",
        "More.",
    ]
    assert [(page.label, article.text[page.offset :][:3]) for page in article.pages] == [("1", "The"), ("2", "ges")]
    assert [(edit.kind, edit.source_text) for edit in article.edits if edit.kind == "running-head"] == [
        ("running-head", "A"),
        ("running-head", "RYE"),
    ]


def test_blocks_of_every_kind() -> None:
    article = article_of(
        '<body><div1><head>One</head><epigraph><p>Motto</p></epigraph><p>Before <list type="ordered"><item>a</item><item><p>b</p><list>'
        "<label>x</label><item>deep</item></list></item></list> after <q>said</q>.</p><div2><head>Two</head><quote>Quoted.</quote><cit><quote>"
        "<p>Again.</p></quote><bibl>Kula</bibl></cit><lg><l>Rye, rye,</l><l>no more</l></lg><sp><speaker>ANNA</speaker><p>So.</p><stage>Exit."
        '</stage></sp></div2></div1><div1><table><head>Table 1</head><row><cell rows="2">Year</cell><cell>in</cell></row><row><cell>5</cell>'
        "</row></table><figure><head>Figure 1</head><figDesc>A barge.</figDesc><graphic url='x'/></figure></div1></body>"
    )
    assert [(b.kind, b.level, b.n, article.quote(b)) for b in article.blocks if b.kind != "table"] == [
        ("heading", 1, None, "One"),
        ("epigraph", None, None, "Motto"),
        ("paragraph", None, None, "Before"),
        ("list-item", None, "1", "a"),
        ("list-item", None, "2", "b"),
        ("list-item", 2, None, "x deep"),
        ("paragraph", None, None, "after said."),
        ("heading", 2, None, "Two"),
        ("quote", None, None, "Quoted."),
        ("quote", None, None, "Again."),
        ("quote", None, None, "Kula"),
        ("verse-line", None, None, "Rye, rye,"),
        ("verse-line", None, None, "no more"),
        ("paragraph", None, None, "ANNA"),
        ("paragraph", None, None, "So."),
        ("paragraph", None, None, "Exit."),
        ("caption", None, None, "Table 1"),
        ("cell", None, None, "Year"),
        ("cell", None, None, "in"),
        ("cell", None, None, "5"),
        ("caption", None, None, "Figure 1 A barge."),
    ]
    year, _, five = [block for block in article.blocks if block.kind == "cell"]
    assert ((year.row, year.col, year.rows), (five.row, five.col)) == ((1, 1, 2), (2, 2))


GROBID = """<body><div><head n="1">Prices</head><p>Rye <ref type="bibr" target="#b0">[1,</ref><ref type="bibr" target="#b1">2]</ref> and
<ref type="bibr" target="#b0">(Kula, 1976)</ref>, not <ref type="bibr">[9]</ref><ref type="foot" target="#foot_0">1</ref>.</p>
<note place="foot" n="1" xml:id="foot_0" coords="1,2,3">Book.</note></div>
<figure type="table" xml:id="tab_0"><head>Table 1.</head><label>1</label><figDesc>Rye.</figDesc><table><row><cell>x</cell></row></table></figure></body>
<back><div type="references"><listBibl><biblStruct xml:id="b0" coords="1"><monogr><title level="m">An Economic Theory</title><author>
<persName><forename type="first">Witold</forename><surname>Kula</surname></persName></author><imprint><publisher>NLB</publisher>
<date when="1976"/></imprint></monogr></biblStruct><biblStruct xml:id="b1"><analytic><title level="a" type="main">Hunger</title><author>
<persName><forename type="first">W</forename><surname>Abel</surname></persName></author><idno type="DOI">10.5555/h</idno></analytic><monogr>
<title level="j">Past Times</title><imprint><biblScope unit="volume">3</biblScope><biblScope unit="page" from="12" to="15"/><date
when="1966-05"/></imprint></monogr><note type="raw_reference">Abel, W. Hunger, Past Times 3 (1966), 12-15.</note></biblStruct></listBibl></div></back>"""


def test_grobid() -> None:
    article = article_of(GROBID)
    assert [(c.kind, article.quote(c), cited(article, c), c.status) for c in article.citations] == [
        ("numeric", "[1,2]", ["Kula", "Abel"], "linked"),
        ("author-year", "(Kula, 1976)", ["Kula"], "linked"),
        ("numeric", "[9]", [], "unresolved"),
    ]
    assert tied(article) == [("1", "Book.", "foot")]
    assert of(article, "reference") == [
        "Kula, Witold. An Economic Theory. NLB. 1976.",
        "Abel, W. Hunger, Past Times 3 (1966), 12-15.",
    ]
    book, paper = [ref.csl for ref in article.references]
    assert (book["type"], book["title"], book["issued"]) == ("book", "An Economic Theory", {"date-parts": [[1976]]})
    assert (paper["container-title"], paper["page"], paper["DOI"]) == ("Past Times", "12–15", "10.5555/h")
    assert of(article, "caption") == ["Table 1. Rye."]


def test_entries_of_a_list_and_pointers_to_them() -> None:
    article = article_of(
        '<body><p>As <ref type="bibl" target="#kula">Kula 1976</ref>, 20) and <ptr target="#abel" loc="14"/> say.</p></body><back><div type='
        '"bibliography"><head>Bibliography</head><listBibl><bibl xml:id="kula"><author>Kula, W.</author>, <title level="m">Theory</title>, '
        '<date>1976</date>.</bibl><bibl xml:id="abel" label="Abel 1966">Abel, W., Hunger, 1966.</bibl></listBibl></div></back>'
    )
    assert of(article, "reference") == ["Kula, W., Theory, 1976.", "Abel, W., Hunger, 1966."]
    assert not of(article, "heading")
    assert [(article.quote(c), c.locator, cited(article, c)) for c in article.citations] == [
        ("Kula 1976", "20", ["Kula"]),
        ("[Abel 1966, 14]", "14", ["Abel"]),
    ]
    assert article.references[0].csl["author"] == [{"family": "Kula", "given": "W."}]


def test_any_namespace_prefix_or_root() -> None:
    plain = "<TEI><teiHeader/><text><body><p>Rye <hi>rose</hi>.</p></body></text></TEI>"
    prefixed = (
        plain.replace("</", "</t:")
        .replace("<", "<t:")
        .replace("<t:/t:", "</t:")
        .replace("<t:TEI>", '<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0">')
    )
    for data in (
        plain,
        plain.replace("<TEI>", f"<TEI {NS}>"),
        prefixed,
        plain.replace("TEI>", "TEI.2>"),
        plain.replace("TEI>", "tei>"),
    ):
        assert read(data.encode(), "a.xml")[0].text == "Rye rose."


def test_a_corpus_gives_an_article_for_each_text() -> None:
    one = "<TEI><teiHeader/><text><body><p>{}</p></body></text></TEI>"
    found = read(
        f"<teiCorpus {NS}><teiHeader/>{one.format('First.')}{one.format('Second.')}</teiCorpus>".encode(), "a.xml"
    )
    assert [article.text for article in found] == ["First.", "Second."]
    assert len({article.id for article in found}) == 2


def test_a_document_type_with_entities_of_its_own() -> None:
    head = '<!DOCTYPE TEI SYSTEM "tei.dtd" [<!ENTITY city "K&#246;ln"><!ENTITY far SYSTEM "http://127.0.0.1:9/x">]>'
    (article,) = read(f"{head}<TEI><text><body><p>&city; &mdash; &far; stays</p></body></text></TEI>".encode(), "a.xml")
    assert article.text == "Köln — &far; stays"
    assert "xml-entity-unknown" in {problem.code for problem in article.problems}


def test_what_is_no_tei_is_declined() -> None:
    for data in (b"Grain rose.", b"<article><body><p>x</p></body></article>", b"<html><body><p>x</p></body></html>"):
        assert isinstance(read_tei(data, "a.xml"), NotMine)


PAPER = """Rye and Barges

Johanna Feldmann
University of Torun

Abstract
Rye grew dear and barges few, and all that was said of it in the years of the stores was wrong.

Keywords: rye, prices

1. Prices

The price rose from 12 to 31 marks in the spring.1 It fell again in the summer, as W. Kula says [1].2

"Nobody was punished", he said.3

Notes

1. Account book, fol. 12.
2. Minutes of 1772.
3. Ibid.

References

1. Kula, W. An Economic Theory. London, 1976.
2. Abel, W. Hunger. Berlin, 1966.
"""


def told(article: Article) -> dict[str, object]:
    """What must survive the way to our TEI and back."""
    notes = {note.id: (note.label, note.place) for note in article.notes}
    return {
        "text": article.text,
        "blocks": [
            (b.kind, b.start, b.end, b.level, b.n, b.lang, b.row, b.col, b.rows, b.cols) for b in article.blocks
        ],
        "markers": [(m.label, m.offset, notes[m.note or ""]) for m in article.markers],
        "notes": [(*notes[note.id], len(note.blocks)) for note in article.notes],
        "citations": [(c.kind, c.label, c.start, c.end) for c in article.citations],
        "pages": [(page.label, page.offset) for page in article.pages],
        "metadata": article.metadata,
    }


def test_our_own_tei_comes_back() -> None:
    (article,) = read_text(PAPER.encode(), "paper.txt")
    assert len(article.markers) == 3
    (again,) = read(write_tei(article), "paper.tei.xml")
    assert told(again) == told(article)


def test_a_correction_by_hand_in_our_own_tei_stands() -> None:
    (article,) = read_text(PAPER.encode(), "paper.txt")
    written = write_tei(article).decode()
    block = next(block.id for block in article.blocks if "Nobody" in article.quote(block))
    changed = written.replace(f'<p xml:id="{block}">"Nobody', f'<head xml:id="{block}">"Nobody')
    changed = changed.replace("he said.<ptr", "she said.<ptr").replace(
        "/></p>\n\n</div></body>", "/></head>\n\n</div></body>"
    )
    (again,) = read(changed.encode(), "paper.tei.xml")
    assert of(again, "heading")[-1] == '"Nobody was punished", she said.'


def test_an_entry_and_its_fields_in_standoff_are_one() -> None:
    (article,) = read(
        f'<TEI {NS}><standOff><listBibl><biblStruct xml:id="s"><monogr><author>Kula, W.</author><title>Theory</title><imprint><date when='
        f'"1976"/></imprint></monogr></biblStruct></listBibl></standOff><text><body><p>As <ref type="bibr" target="#s">Kula 1976</ref>.</p>'
        f'</body><back><div type="bibliography"><listBibl><bibl corresp="#s">Kula, Theory.</bibl></listBibl></div></back></text></TEI>'.encode(),
        "a.xml",
    )
    assert of(article, "reference") == ["Kula, Theory."]
    assert article.references[0].csl["issued"] == {"date-parts": [[1976]]}
    assert [cited(article, cite) for cite in article.citations] == [["Kula"]]


def test_our_own_tei_of_real_articles_comes_back(shared_data: Path) -> None:
    for path in sorted((shared_data / "notes" / "dev").glob("*.txt"))[::12]:
        (article,) = read_text(path.read_bytes(), path.name)
        (again,) = read(write_tei(article), "paper.tei.xml")
        assert told(again) == told(article), path.name


def test_what_other_people_published_comes_back_from_our_tei(shared_data: Path) -> None:
    for path in sorted((shared_data / "tei" / "real").glob("*.xml"))[::4]:
        for article in read(path.read_bytes(), path.name):
            (again,) = read(write_tei(article), "paper.tei.xml")
            expected, found = told(article), told(again)
            for what in ("text", "blocks", "markers", "notes", "citations"):
                assert found[what] == expected[what], (path.name, what)


def test_tables_figures_and_citations_come_back_from_our_tei() -> None:
    article = article_of(
        "<body><table><head>Table 1</head><row><cell rows='2'>Year</cell><cell>in<note n='1'>Book.</note></cell></row><row><cell>5</cell></row>"
        "<trailer>Source: customs.</trailer></table><figure><head>Figure 1</head></figure><figure><head>Figure 2</head></figure><p>As <ref "
        "type='bibr' target='#a'>[1,</ref> <ref type='bibr' target='#b'>2]</ref>.</p></body><back><listBibl><bibl xml:id='a'>Kula.</bibl><bibl "
        "xml:id='b'>Abel.</bibl></listBibl></back>"
    )
    assert of(article, "caption") == ["Table 1", "Source: customs.", "Figure 1", "Figure 2"]
    written = write_tei(article)
    assert b"<trailer" in written and b"<table" in written
    (again,) = read(written, "paper.tei.xml")
    assert told(again) == told(article)
    assert [len(cite.targets) for cite in again.citations] == [2]


def test_real_files_keep_their_text_and_link_their_notes(shared_data: Path) -> None:
    """98 published files: every character of the text is in the extraction, or in an attribute of what stands for it."""
    files = sorted((shared_data / "tei" / "real").glob("*.xml"))
    assert len(files) == 98
    characters = missing = linked = pointing = 0
    for path in files:
        found = read_tei(path.read_bytes(), path.name)
        assert not isinstance(found, NotMine), path.name
        tree = without_namespaces(parse_xml(path.read_bytes(), path.name).root)
        lost = text_lost(tree, found)
        characters += lost[1]
        missing += lost[0]
        assert lost[0] <= max(40, 0.01 * lost[1]), (path.name, lost)
        ids = Ids(tree)
        notes = {note for note in tree.iter("note") if "".join(str(t) for t in note.itertext()).strip()}
        pointers = [
            each for each in tree.iter("ref", "ptr") if any(target in notes for target in ids.find(each.get("target")))
        ]
        pointing += len(pointers)
        in_text = sum(note.place != "missing" for article in found for note in article.notes)
        linked += sum(1 for article in found for marker in article.markers if tied_to_words(article, marker.note))
        assert in_text >= len({target for each in pointers for target in ids.find(each.get("target"))} & notes), (
            path.name
        )
    assert missing < 0.0005 * characters
    assert linked >= pointing > 40


def tied_to_words(article: Article, note: str | None) -> bool:
    return any(each.id == note and each.place != "missing" for each in article.notes)


def text_lost(tree: etree._Element, articles: Sequence[Article]) -> tuple[int, int]:
    """How many of the characters of ``text`` (or ``standOff``) are in no extraction and no attribute; and of how many."""
    texts = [each for each in tree.iter("text") if next(each.iterancestors("text", "teiHeader"), None) is None]
    texts = texts or list(tree.iter("standOff"))
    there: Counter[str] = Counter()
    for text in texts:
        there.update(str(text.xpath("string()")))
    kept: Counter[str] = Counter()
    for article in articles:
        kept.update(restore_source(article.text, article.offsets, article.edits))
        for ann in article.annotations:
            if isinstance(ann.value, MarkupValue):
                kept.update("".join(ann.value.attributes.values()))
    lost = {char: count - kept[char] for char, count in there.items() if not char.isspace() and count > kept[char]}
    return sum(lost.values()), sum(count for char, count in there.items() if not char.isspace())
