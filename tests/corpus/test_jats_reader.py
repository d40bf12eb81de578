"""JATS XML to Articles: front matter, blocks, notes, citations with their targets, tables, entries with their fields."""

from __future__ import annotations

from corpus.readers import NotMine, read
from corpus.readers.jats import read_jats
from schemas.offsets import restore_source
from schemas.records import Article, Block, Citation

FRONT = """<front>
<journal-meta><journal-title-group><journal-title>Annals of River Trade</journal-title></journal-title-group></journal-meta>
<article-meta>
  <article-id pub-id-type="doi">10.5555/art.7</article-id>
  <title-group><article-title>Rye and <italic>Barges</italic></article-title><subtitle>Prices, 1770–1773</subtitle></title-group>
  <contrib-group>
    <contrib contrib-type="author"><name><surname>Feldmann</surname><given-names>Johanna</given-names></name>
      <xref ref-type="aff" rid="aff1"><sup>1</sup></xref></contrib>
    <contrib contrib-type="author"><name><surname>Berg</surname><given-names>Nils</given-names><prefix>van den</prefix></name>
      <xref ref-type="aff" rid="aff1"><sup>1</sup></xref></contrib>
    <contrib contrib-type="editor"><name><surname>Editor</surname><given-names>Some</given-names></name></contrib>
    <aff id="aff1"><label>1</label><institution>University of Torun</institution><country>Poland</country></aff>
  </contrib-group>
  <pub-date pub-type="ppub"><year>2020</year></pub-date>
  <pub-date pub-type="epub"><day>4</day><month>5</month><year>2019</year></pub-date>
  <permissions><license xmlns:xlink="http://www.w3.org/1999/xlink"
    xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>CC BY.</license-p></license></permissions>
  <abstract><title>Abstract</title><p>Rye grew dear &amp; barges few.</p></abstract>
  <kwd-group><kwd>rye</kwd><kwd>prices, local</kwd></kwd-group>
</article-meta></front>"""
BACK = """<back>
<ack><title>Acknowledgements</title><p>To the archivists.</p></ack>
<fn-group><title>Notes</title><fn id="fn1"><label>1</label><p>Account book, fol. 12.</p></fn>
<fn fn-type="conflict"><p>The authors declare none.</p></fn></fn-group>
<ref-list><title>References</title>
<ref id="B1"><label>1</label><mixed-citation publication-type="book"><person-group person-group-type="author"><name><surname>Kula</surname>
 <given-names>W</given-names></name></person-group>. <source>An Economic Theory</source>. <publisher-loc>London</publisher-loc>:
 <publisher-name>NLB</publisher-name>; <year>1976</year>.</mixed-citation></ref>
<ref id="B2"><label>2</label><element-citation publication-type="journal"><person-group person-group-type="author"><name>
<surname>Abel</surname><given-names>W</given-names></name><etal/></person-group><article-title>Hunger</article-title><source>Past Times</source>
<year>1966</year><volume>3</volume><issue>2</issue><fpage>12</fpage><lpage>15</lpage><pub-id pub-id-type="doi">10.5555/h</pub-id>
</element-citation></ref>
<ref id="B3"><label>3</label><mixed-citation>Post, J. The Last Crisis. 1977.</mixed-citation></ref>
<ref id="B4"><label>4</label><mixed-citation>Ulbricht, H. Rivers. 1980.</mixed-citation></ref>
</ref-list></back>"""


def jats(body: str, *, front: str = "", back: str = BACK) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS.dtd">\n'
    return f'{head}<article xml:lang="en">{front}<body>{body}</body>{back}</article>'.encode()


def article_of(body: str, **more: str) -> Article:
    (article,) = read(jats(body, **more), "paper.xml")
    assert restore_source(article.text, article.offsets, article.edits)
    assert article.source.media_type == "application/jats+xml"
    return article


def of(article: Article, kind: str) -> list[str]:
    return [article.quote(block) for block in article.blocks if block.kind == kind]


def cited(article: Article, cite: Citation) -> list[str | None]:
    labels = {ref.id: ref.label for ref in article.references}
    return [labels[target.reference or ""] for target in cite.targets]


def test_front_matter() -> None:
    article = article_of("<p>Text.</p>", front=FRONT, back="")
    meta = article.metadata
    assert meta.title == "Rye and Barges: Prices, 1770–1773"
    assert [(p.family, p.given, p.affiliation) for p in meta.authors] == [
        ("Feldmann", "Johanna", "University of Torun, Poland"),
        ("van den Berg", "Nils", "University of Torun, Poland"),
    ]
    assert (meta.DOI, meta.issued, meta.language) == ("10.5555/art.7", "2019-05-04", "en")
    assert (meta.container_title, meta.licence) == (
        "Annals of River Trade",
        "https://creativecommons.org/licenses/by/4.0/",
    )
    assert (meta.abstract, meta.keywords) == ("Rye grew dear & barges few.", ("rye", "prices, local"))
    assert [block.kind for block in article.blocks] == [
        "title", "title", "author", "author", "affiliation", "abstract", "keywords", "paragraph",
    ]  # fmt: skip
    assert of(article, "author") == ["Johanna Feldmann", "Nils van den Berg"]


def test_what_a_title_page_may_hold() -> None:
    front = """<front><article-meta><title-group><article-title>Rye<xref ref-type="fn" rid="t1">*</xref></article-title></title-group>
    <contrib-group><contrib><name name-style="eastern"><surname>李</surname><given-names>明</given-names></name><xref ref-type="aff" rid="a1"/>
    </contrib><contrib><collab>The Rye Group</collab></contrib></contrib-group><aff id="a1"><label>1</label>Torun</aff><author-notes>
    <fn id="t1"><label>*</label><p>Thanks.</p></fn><corresp>x@y.org</corresp></author-notes><abstract><sec><title>Aim</title><p>One.</p></sec>
    </abstract><trans-abstract xml:lang="pl"><p>Dwa.</p></trans-abstract></article-meta></front>"""
    article = article_of(
        "<sec><title>A</title><boxed-text><label>Box 1</label><caption><title>Boxed</title></caption><p>In it.</p></boxed-text></sec>",
        front=front,
        back="",
    )
    assert [(b.kind, b.level, b.lang, article.quote(b)) for b in article.blocks] == [
        ("title", None, None, "Rye"),
        ("author", None, None, "李明"),
        ("affiliation", None, None, "Torun"),
        ("author", None, None, "The Rye Group"),
        ("other", None, None, "x@y.org"),
        ("abstract", None, None, "Aim"),
        ("abstract", None, None, "One."),
        ("abstract", None, "pl", "Dwa."),
        ("heading", 1, None, "A"),
        ("heading", 2, None, "Box 1 Boxed"),
        ("paragraph", None, None, "In it."),
        ("note", None, None, "Thanks."),
    ]
    assert (article.metadata.title, article.metadata.abstract) == ("Rye", "Aim\n\nOne.")
    assert [(p.family, p.affiliation) for p in article.metadata.authors] == [("李", "Torun"), (None, None)]


def test_sections_lists_quotations_and_verse() -> None:
    article = article_of(
        "<sec id='s1'><label>1</label><title>Prices</title><p>Before<list list-type='order'><list-item><p>one</p><p>more"
        "</p></list-item><list-item><p>two</p><list list-type='bullet'><list-item><p>deep</p></list-item></list>"
        "</list-item></list> after.</p><sec><title>Stores</title><disp-quote><p>The river keeps.</p><attrib>A hand"
        "</attrib></disp-quote><verse-group><verse-line>Rye, rye,</verse-line><verse-line>no more</verse-line>"
        "</verse-group></sec></sec>",
        back="",
    )
    assert [(b.kind, b.level, b.n, article.quote(b)) for b in article.blocks] == [
        ("heading", 1, None, "1 Prices"),
        ("paragraph", None, None, "Before"),
        ("list-item", None, "1", "one"),
        ("list-item", None, None, "more"),
        ("list-item", None, "2", "two"),
        ("list-item", 2, None, "deep"),
        ("paragraph", None, None, "after."),
        ("heading", 2, None, "Stores"),
        ("quote", None, None, "The river keeps."),
        ("quote", None, None, "A hand"),
        ("verse-line", None, None, "Rye, rye,"),
        ("verse-line", None, None, "no more"),
    ]
    assert article.source.pointers[article.blocks[1].id] == "/*/*[1]/*[1]/*[3]"


def test_notes_and_their_markers() -> None:
    article = article_of(
        '<p>It rose<xref ref-type="fn" rid="fn1"><sup>1</sup></xref>, they say<fn><p>A rumour.</p></fn>. '
        'See <xref ref-type="fn" rid="fn1">the first of the notes</xref>.</p>'
    )
    assert of(article, "paragraph")[0] == "It rose, they say. See the first of the notes."
    by_id = {note.id: note for note in article.notes}
    blocks = {block.id: article.quote(block) for block in article.blocks}
    assert [(m.label, blocks[by_id[m.note or ""].blocks[0]]) for m in article.markers] == [
        ("1", "Account book, fol. 12."),
        ("2", "A rumour."),
    ]
    assert of(article, "other") == ["The authors declare none."]
    assert of(article, "heading") == ["Acknowledgements"]
    assert not article.problems


def test_superscript_citations_are_lifted_once_for_each_group() -> None:
    x = '<xref ref-type="bibr" rid="B{0}">{0}</xref>'.format
    raised = '<xref ref-type="bibr" rid="B{0}"><sup>{0}</sup></xref>'.format
    article = article_of(
        f"<p>One<sup>{x(1)},{x(3)}</sup> two{raised(1)}<sup>–</sup>{raised(4)} three<sup>{x(2)}–{x(4)}</sup>.</p>"
    )
    assert of(article, "paragraph")[0] == "One two three."
    assert [(c.kind, c.label, cited(article, c), c.status) for c in article.citations] == [
        ("superscript", "1,3", ["1", "3"], "linked"),
        ("superscript", "1–4", ["1", "2", "3", "4"], "linked"),
        ("superscript", "2–4", ["2", "3", "4"], "linked"),
    ]
    assert not article.markers


def test_bare_numbers_at_a_word_are_superscript() -> None:
    x = '<xref ref-type="bibr" rid="B{0}">{0}</xref>'.format
    article = article_of(f"<p>Rye rose{x(1)},{x(2)} and fell.{x(3)}–{x(4)} See {x(1)} and (ref. {x(2)}).</p>")
    assert of(article, "paragraph")[0] == "Rye rose and fell. See 1 and (ref. 2)."
    assert [(c.kind, c.label, cited(article, c)) for c in article.citations] == [
        ("superscript", "1,2", ["1", "2"]),
        ("superscript", "3–4", ["3", "4"]),
        ("numeric", "1", ["1"]),
        ("numeric", "2", ["2"]),
    ]


def test_bare_numbers_behind_a_figure_are_no_decimals() -> None:
    x = '<xref ref-type="bibr" rid="B{0}">{0}</xref>'.format
    article = article_of(f"<p>He died in 1410.{x(1)} It rose in 1411{x(2)} by 4%{x(3)} (refs 3, {x(4)}; 3,{x(4)}).</p>")
    assert of(article, "paragraph")[0] == "He died in 1410. It rose in 1411 by 4% (refs 3, 4; 3,4)."
    assert [c.kind for c in article.citations] == ["superscript"] * 3 + ["numeric"] * 2


def test_bracketed_and_author_year_citations() -> None:
    x = '<xref ref-type="bibr" rid="B{0}">{1}</xref>'.format
    article = article_of(
        f"<p>One [{x(1, 1)}, {x(3, 3)}] two [{x(1, 1)}–{x(3, 3)}, p. 12] three {x(1, '[1]')}–{x(3, '[3]')} and "
        f"{x(2, 'Abel (1966)')}, 14; also ({x(1, 'Kula 1976')}: 20) and m<sup>2</sup>.</p>"
    )
    assert [(c.kind, article.quote(c), c.locator, cited(article, c)) for c in article.citations] == [
        ("numeric", "[1, 3]", None, ["1", "3"]),
        ("numeric", "[1–3, p. 12]", "p. 12", ["1", "2", "3"]),
        ("numeric", "[1]–[3]", None, ["1", "2", "3"]),
        ("author-year", "Abel (1966)", "14", ["2"]),
        ("author-year", "Kula 1976", "20", ["1"]),
    ]
    assert [(a.label, article.quote(a)) for a in article.annotations if a.start < 200] == [("hi", "2")]


def test_entries_keep_their_words_and_give_their_fields() -> None:
    article = article_of("<p>Text.</p>")
    assert of(article, "reference") == [
        "Kula W. An Economic Theory. London: NLB; 1976.",
        "Abel W, et al. Hunger. Past Times. 1966; 3(2): 12–15. doi:10.5555/h.",
        "Post, J. The Last Crisis. 1977.",
        "Ulbricht, H. Rivers. 1980.",
    ]
    book, paper, *plain = [ref.csl for ref in article.references]
    assert book == {
        "type": "book",
        "author": [{"family": "Kula", "given": "W"}],
        "title": "An Economic Theory",
        "publisher": "NLB",
        "publisher-place": "London",
        "issued": {"date-parts": [[1976]]},
    }
    assert (paper["title"], paper["container-title"], paper["page"], paper["DOI"]) == (
        "Hunger",
        "Past Times",
        "12–15",
        "10.5555/h",
    )
    assert plain == [{}, {}]


def test_tables_with_spans_and_their_notes() -> None:
    article = article_of(
        '<table-wrap id="t1"><label>Table 1</label><caption><title>Rye</title><p>in tons</p></caption><table><tr>'
        '<th rowspan="2">Year</th><th colspan="2">Tons</th></tr><tr><th>in</th><th>out<xref ref-type="table-fn" '
        'rid="tf">a</xref></th></tr></table><table-wrap-foot><fn id="tf"><label>a</label><p>Estimate.</p></fn>'
        "<fn><p>Source: customs.</p></fn></table-wrap-foot></table-wrap>",
        back="",
    )
    table = next(block for block in article.blocks if block.kind == "table")

    def seen(block: Block) -> tuple[str, int | None, int | None, int | None, int | None]:
        assert block.parent == table.id
        return article.quote(block), block.row, block.col, block.rows, block.cols

    assert [seen(block) for block in article.blocks if block.kind == "cell"] == [
        ("Year", 1, 1, 2, None),
        ("Tons", 1, 2, None, 2),
        ("in", 2, 2, None, None),
        ("out", 2, 3, None, None),
    ]
    assert of(article, "caption") == ["Table 1 Rye in tons", "Source: customs."]
    assert [(m.label, of(article, "note")) for m in article.markers] == [("a", ["Estimate."])]


def test_figures_give_their_captions_once() -> None:
    article = article_of(
        "<fig-group><caption><p>Both</p></caption><fig id='f'><label>Figure 1</label><caption><title>A barge.</title><p>On the river.</p>"
        "<p>In May.</p></caption><graphic/></fig></fig-group>",
        back="",
    )
    assert of(article, "caption") == ["Both", "Figure 1 A barge. On the river.", "In May."]
    assert len(article.blocks) == 3


def test_formulas_are_text_or_a_problem() -> None:
    math = "<math><mi>E</mi><mo>=</mo><mi>m</mi></math>"
    article = article_of(
        f"<p>As <inline-formula>{math}</inline-formula>.</p><disp-formula><tex-math>\\documentclass{{a}}\\begin{{document}}"
        "$a^2$\\end{document}</tex-math><label>(1)</label></disp-formula><disp-formula><graphic/></disp-formula>",
        back="",
    )
    assert (of(article, "paragraph"), of(article, "other")) == (["As E=m."], ["a^2$ (1)".replace("$", "")])
    assert [problem.code for problem in article.problems] == ["formula-as-image"]


def test_articles_inside_an_article_are_articles() -> None:
    inner = '<sub-article xml:lang="pl"><front-stub><title-group><article-title>Żyto</article-title></title-group></front-stub><body><p>Tekst.</p></body></sub-article>'
    found = read(jats("<p>Text.</p>", back=f"{BACK}{inner}"), "paper.xml")
    assert [article.metadata.title for article in found] == [None, "Żyto"]
    assert [article.metadata.language for article in found] == ["en", "pl"]
    assert len({article.id for article in found}) == 2
    assert "Tekst" not in found[0].text


def test_letters_of_reviewers_are_left_out_and_told() -> None:
    letter = '<sub-article article-type="decision-letter"><body><p>We like it.</p></body></sub-article>'
    (article,) = read(jats("<p>Text.</p>", back=letter), "paper.xml")
    assert "like" not in article.text
    assert [(p.code, "decision-letter" in p.message) for p in article.problems] == [("part-left-out", True)]


def test_a_namespace_or_a_prefix_is_no_hindrance() -> None:
    plain = "<article><body><p>Text <italic>here</italic>.</p></body></article>"
    spaced = plain.replace("<article>", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/">')
    prefixed = (
        plain.replace("</", "</j:")
        .replace("<", "<j:")
        .replace("<j:/", "</")
        .replace("<j:article>", '<j:article xmlns:j="x">')
    )
    texts = {read(each.encode(), "a.xml")[0].text for each in (plain, spaced, prefixed)}
    assert texts == {"Text here."}


def test_what_is_no_jats_is_declined() -> None:
    for data in (b"Grain rose.", b"<rss><channel/></rss>", b"<article><title>DocBook</title><para>x</para></article>"):
        assert isinstance(read_jats(data, "a.xml"), NotMine)
