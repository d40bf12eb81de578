"""HTML pages to Articles: the article found, its notes kept whatever their markup, the site dropped and told."""

from __future__ import annotations

import pytest

from corpus.readers import NotMine, read
from corpus.readers.html import read_html
from schemas.offsets import restore_source
from schemas.records import Article, Citation

SENTENCE = "The price of rye rose in the river ports before the harvest, and the stores were opened"


def article_of(page: str | bytes, name: str = "paper.html") -> Article:
    (article,) = read(page.encode() if isinstance(page, str) else page, name)
    assert article.source.media_type == "text/html"
    assert restore_source(article.text, article.offsets, article.edits)
    return article


def of(article: Article, kind: str) -> list[str]:
    return [article.quote(block) for block in article.blocks if block.kind == kind]


def tied(article: Article) -> list[tuple[str, str]]:
    """Each marker as (label, words of its note)."""
    blocks = {block.id: article.quote(block) for block in article.blocks}
    notes = {note.id: " / ".join(blocks[b] for b in note.blocks) for note in article.notes}
    return [(marker.label, notes[marker.note or ""]) for marker in article.markers]


def cited(article: Article, cite: Citation) -> list[str | None]:
    labels = {ref.id: ref.label for ref in article.references}
    return [labels[target.reference or ""] for target in cite.targets]


def dropped(article: Article) -> str:
    return " | ".join(edit.source_text for edit in article.edits if edit.kind == "boilerplate")


A, B = "Account book, fol. 12.", "Minutes of 1772."
NOTE_MARKUPS = {
    "pandoc": (
        '<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>',
        '<a href="#fn2" class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a>',
        f'<section class="footnotes" role="doc-endnotes"><hr/><ol><li id="fn1"><p>{A}<a href="#fnref1" class="footnote-back"'
        f'>↩︎</a></p></li><li id="fn2"><p>{B}<a href="#fnref2" class="footnote-back">↩︎</a></p></li></ol></section>',
    ),
    "plain links": (
        '<sup><a href="#fn1" name="r1">1</a></sup>',
        '<sup><a href="#fn2" name="r2">2</a></sup>',
        f'<h2>Notes</h2><p><a name="fn1" href="#r1">1</a>. {A}</p><p><a name="fn2" href="#r2">2</a>. {B}</p>',
    ),
    "word": (
        '<a href="#_ftn1" name="_ftnref1"><span class="MsoFootnoteReference">[1]</span></a>',
        '<a href="#_ftn2" name="_ftnref2"><span class="MsoFootnoteReference">[2]</span></a>',
        f'<div><br clear="all"><hr size="1"><div id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1">[1]</a> {A}'
        f'</p></div><div id="ftn2"><p class="MsoFootnoteText"><a href="#_ftnref2" name="_ftn2">[2]</a> {B}</p></div></div>',
    ),
    "openedition": (
        '<a class="footnotecall" id="bodyftn1" href="#ftn1">1</a>',
        '<a class="footnotecall" id="bodyftn2" href="#ftn2">2</a>',
        f'<div id="notes"><h2>Notes</h2><p class="notebidbas"><a class="FootnoteSymbol" id="ftn1" href="#bodyftn1">1</a> {A}</p>'
        f'<p class="notebidbas"><a class="FootnoteSymbol" id="ftn2" href="#bodyftn2">2</a> {B}</p></div>',
    ),
    "mediawiki": (
        '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup>',
        '<sup id="cite_ref-B_2-0" class="reference"><a href="#cite_note-B-2">[2]</a></sup>',
        f'<h2>References</h2><ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-1">^</a>'
        f'</b></span> <span class="reference-text">{A}</span></li><li id="cite_note-B-2"><span class="mw-cite-backlink">^ <a '
        f'href="#cite_ref-B_2-0">a</a> <a href="#cite_ref-B_2-1">b</a></span> <span class="reference-text">{B}</span></li></ol>',
    ),
    "asides": (
        '<a epub:type="noteref" role="doc-noteref" href="#n1">1</a>',
        '<a epub:type="noteref" role="doc-noteref" href="#n2">2</a>',
        f'<aside epub:type="footnote" role="doc-footnote" id="n1"><p>1. {A}</p></aside><aside role="doc-footnote" id="n2"><p>2. {B}</p></aside>',
    ),
    "github": (
        '<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref>1</a></sup>',
        '<sup><a href="#user-content-fn-b" id="user-content-fnref-b" data-footnote-ref>2</a></sup>',
        f'<section data-footnotes class="footnotes"><h2 class="sr-only">Footnotes</h2><ol><li id="user-content-fn-1"><p>{A} <a href='
        f'"#user-content-fnref-1" data-footnote-backref aria-label="Back to reference 1">↩</a></p></li><li id="user-content-fn-b"><p>{B} '
        '<a href="#user-content-fnref-b" data-footnote-backref>↩</a></p></li></ol></section>',
    ),
    "springer": (
        '<sup><a href="#Fn1"><span class="u-visually-hidden">Footnote </span>1</a></sup>',
        '<sup><a href="#Fn2"><span class="u-visually-hidden">Footnote </span>2</a></sup>',
        f'<section><h2>Notes</h2><ol class="c-article-footnote--listed"><li id="Fn1" data-counter="1."><div><p>{A}</p></div></li>'
        f'<li id="Fn2" data-counter="2."><div><p>{B}</p></div></li></ol></section>',
    ),
    "brackets round the link": (
        '[<a href="#note-1" id="ref-1">1</a>]',
        '[<a href="#note-2" id="ref-2">2</a>]',
        f'<h3>Endnotes</h3><p id="note-1">[<a href="#ref-1">1</a>] {A}</p><p id="note-2">[<a href="#ref-2">2</a>] {B}</p>',
    ),
    "one paragraph with breaks": (
        '<sup><a href="#n1">1</a></sup>',
        '<sup><a href="#n2">2</a></sup>',
        f'<h2>Notes</h2><p><a name="n1"></a>1. {A}<br><a name="n2"></a>2. {B}</p>',
    ),
    "a table": (
        '<sup><a href="#n1">1</a></sup>',
        '<sup><a href="#n2">2</a></sup>',
        f'<h2>Notes</h2><table><tr><td id="n1">1</td><td>{A}</td></tr><tr><td id="n2">2</td><td>{B}</td></tr></table>',
    ),
    "definitions": (
        '<sup><a href="#n1">1</a></sup>',
        '<sup><a href="#n2">2</a></sup>',
        f'<div class="notes"><dl><dt id="n1">1</dt><dd>{A}</dd><dt id="n2">2</dt><dd>{B}</dd></dl></div>',
    ),
    "side notes": (
        f'<label for="s1" class="margin-toggle sidenote-number"></label><input type="checkbox" id="s1"/><span class="sidenote">{A}</span>',
        f'<span class="sidenote">{B}</span>',
        "",
    ),
    "latexml": (
        f'<span id="f1" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span '
        f'class="ltx_note_content"><sup class="ltx_note_mark">1</sup>{A}</span></span></span>',
        f'<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">2</sup><span class="ltx_note_content">{B}</span></span>',
        "",
    ),
    "word, its numbers left to the browser": (
        '<a href="#_ftn1" name="_ftnref1"><span class="MsoFootnoteReference"><span style="mso-special-character:footnote"></span></span></a>',
        '<a href="#_ftn2" name="_ftnref2"><span class="MsoFootnoteReference"><span style="mso-special-character:footnote"></span></span></a>',
        f'<div><div id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1"></a> {A}</p></div><div id="ftn2"><p '
        f'class="MsoFootnoteText"><a href="#_ftnref2" name="_ftn2"></a> {B}</p></div></div>',
    ),
    "libreoffice": (
        '<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>',
        '<a class="sdfootnoteanc" name="sdfootnote2anc" href="#sdfootnote2sym"><sup>2</sup></a>',
        f'<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>{A}</p></div>'
        f'<div id="sdfootnote2"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote2sym" href="#sdfootnote2anc">2</a>{B}</p></div>',
    ),
    "nothing linked": ("<sup>1</sup>", "<sup>2</sup>", f"<h2>Notes</h2><p>1. {A}</p><p>2. {B}</p>"),
    "nothing linked, a list": ("<sup>1</sup>", "<sup>2</sup>", f"<h2>Notes</h2><ol><li>{A}</li><li>{B}</li></ol>"),
}  # fmt: skip


@pytest.mark.parametrize("markup", NOTE_MARKUPS)
def test_notes_in_every_markup(markup: str) -> None:
    first, second, notes = NOTE_MARKUPS[markup]
    article = article_of(
        f"<!DOCTYPE html><html><body><h1>Rye</h1><h2>Prices</h2><p>{SENTENCE}{first}. It fell again{second} later.</p>"
        f"<p>{SENTENCE}.</p>{notes}</body></html>"
    )
    assert of(article, "paragraph") == [f"{SENTENCE}. It fell again later.", f"{SENTENCE}."]
    assert tied(article) == [("1", A), ("2", B)]
    assert of(article, "heading") == ["Prices"]
    assert not article.citations and not article.references
    assert not article.problems


def test_notes_of_several_paragraphs_and_a_missing_one() -> None:
    article = article_of(
        f"<html><body><h1>Rye</h1><p>{SENTENCE}<sup><a href='#fn1'>1</a></sup>. So<sup><a href='#fn2'>2</a></sup>"
        f" and<sup><a href='#fn3'>3</a></sup>.</p><div class='footnotes'><p id='fn1'>1. {A}</p><p>More of it.</p><p id='fn2'>2. {B}"
        "</p></div></body></html>"
    )
    assert tied(article) == [("1", f"{A} / More of it."), ("2", B), ("3", "")]
    assert [problem.code for problem in article.problems] == ["note-missing"]


def test_a_note_of_the_list_that_nothing_links() -> None:
    article = article_of(
        f"<html><body><h1>Rye</h1><h2>Prices</h2><p>{SENTENCE}<sup><a href='#n1'>1</a></sup> and<sup><a href='#n3'>3</a></sup>.</p><div "
        f"class='footnotes'><p id='n1'>1. {A}</p><p>2. Lost.</p><p id='n3'>3. {B}</p></div></body></html>"
    )
    assert tied(article) == [("1", A), ("3", B)]
    assert [note.label for note in article.notes] == ["1", "2", "3"]
    assert [problem.code for problem in article.problems] == ["note-unmarked"]


def test_the_article_is_found_and_the_site_dropped() -> None:
    prose = f"{SENTENCE}. " * 4
    article = article_of(
        '<!DOCTYPE html><html lang="en"><head><title>Rye | A Journal</title><meta name="citation_title" content="Rye">'
        '<meta name="citation_author" content="Berg, Nils van den"><meta name="citation_author_institution" content="Torun">'
        '<meta name="citation_author" content="Feldmann, Johanna"><meta name="citation_publication_date" content="2019/05/04">'
        '<meta name="citation_journal_title" content="A Journal"><meta name="citation_doi" content="10.5555/x"><meta name="keywords" '
        'content="rye, prices"><link rel="license" href="https://creativecommons.org/licenses/by/4.0/"><style>p{}</style></head><body>'
        '<nav><ul><li><a href="/">Home</a></li></ul></nav><div id="cookie-consent"><p>We use cookies for everything and more.</p></div>'
        f'<div class="wrap"><div class="col"><h1>Rye</h1><p class="by">Nils van den Berg<sup>1</sup> and Johanna Feldmann</p><p>Torun</p>'
        f'<div class="share">Share this on everything</div><h2>Prices</h2><p>{prose}</p><aside><p>Advertisement: buy a barge</p></aside>'
        f'<h2>Stores</h2><p>{prose}</p></div><div class="side"><h3>Related articles</h3><ul><li><a href="/x">On wheat and barley</a></li>'
        "</ul></div></div><footer><p>Copyright by the Journal, all rights reserved.</p></footer><script>var a;</script></body></html>"
    )
    assert [block.kind for block in article.blocks] == [
        "title", "author", "affiliation", "heading", "paragraph", "heading", "paragraph",
    ]  # fmt: skip
    assert of(article, "author") == ["Nils van den Berg and Johanna Feldmann"]
    meta = article.metadata
    assert [(p.family, p.given, p.affiliation) for p in meta.authors] == [
        ("Berg", "Nils van den", "Torun"),
        ("Feldmann", "Johanna", None),
    ]
    assert (meta.title, meta.issued, meta.container_title, meta.DOI) == ("Rye", "2019-05-04", "A Journal", "10.5555/x")
    assert meta.licence == "https://creativecommons.org/licenses/by/4.0/"
    told = dropped(article)
    for words in ("Home", "cookies", "Share this", "buy a barge", "On wheat", "Copyright"):
        assert words in told and words not in article.text
    assert "var a" not in told


def test_reference_lists_and_linked_citations() -> None:
    article = article_of(
        f"<html><body><h1>Rye</h1><h2>Prices</h2><p>{SENTENCE} [<a href='#r1'>1</a>, <a href='#r3'>3</a>], so<sup><a href='#r1'>1</a>–"
        "<a href='#r3'>3</a></sup>. <a href='#r2'>Abel (1966)</a> agrees.</p><h2>References</h2><ol><li id='r1'>Kula W. Theory. London, 1976."
        " <a href='https://scholar.google.com/x'>Google Scholar</a></li><li id='r2'>Abel W. Hunger. 1966.</li><li><a id='r3'></a>Post J."
        " Crisis. 1977.</li></ol><h2>Appendix</h2><p>More words.</p></body></html>"
    )
    assert of(article, "reference") == [
        "Kula W. Theory. London, 1976.",
        "Abel W. Hunger. 1966.",
        "Post J. Crisis. 1977.",
    ]
    assert [(c.kind, c.label, cited(article, c)) for c in article.citations] == [
        ("numeric", "[1, 3]", ["1", "3"]),
        ("superscript", "1–3", ["1", "2", "3"]),
        ("author-year", "Abel (1966)", ["2"]),
    ]
    assert of(article, "heading") == ["Prices", "Appendix"]
    assert not article.markers


def test_blocks_of_every_kind() -> None:
    article = article_of(
        "<h1>Rye</h1><h2>Prices</h2><p>One<br>two</p><div>loose <b>words</b><p>inside</p></div><blockquote><p>Quoted.</p></blockquote><div class='poem'>"
        "Rye, rye,<br>no more</div><ul><li>a<ol start='3'><li>deep</li></ol></li></ul><dl><dt>Rye</dt><dd>a grain</dd></dl><table>"
        "<caption>Table 1</caption><tr><th rowspan=2>Year</th><th>in</th></tr><tr><td>5</td></tr></table><figure><img src=x alt=y>"
        "<figcaption>Figure 1. A barge.</figcaption></figure><div>old page<br><br>second part</div><p>He said <q>so</q>.</p>"
    )
    assert [(b.kind, b.level, b.n, article.quote(b)) for b in article.blocks if b.kind != "table"] == [
        ("title", None, None, "Rye"),
        ("heading", 1, None, "Prices"),
        ("paragraph", None, None, "One two"),
        ("paragraph", None, None, "loose words"),
        ("paragraph", None, None, "inside"),
        ("quote", None, None, "Quoted."),
        ("verse-line", None, None, "Rye, rye,"),
        ("verse-line", None, None, "no more"),
        ("list-item", None, None, "a"),
        ("list-item", 2, "3", "deep"),
        ("list-item", None, None, "Rye: a grain"),
        ("caption", None, None, "Table 1"),
        ("cell", None, None, "Year"),
        ("cell", None, None, "in"),
        ("cell", None, None, "5"),
        ("caption", None, None, "Figure 1. A barge."),
        ("paragraph", None, None, "old page"),
        ("paragraph", None, None, "second part"),
        ("paragraph", None, None, "He said “so”."),
    ]


def test_a_title_page_by_its_classes() -> None:
    article = article_of(
        f"<html><body><header><h1>Rye</h1><p class='subtitle'>Prices</p><p>4 May 2019</p><p class='author'>Nils Berg</p></header>"
        f"<h2>One</h2><p>{SENTENCE}.</p><figure><img src='x'><figcaption aria-hidden='true'>A barge</figcaption></figure></body></html>"
    )
    assert [(block.kind, article.quote(block)) for block in article.blocks] == [
        ("title", "Rye"),
        ("title", "Prices"),
        ("paragraph", "4 May 2019"),
        ("author", "Nils Berg"),
        ("heading", "One"),
        ("paragraph", f"{SENTENCE}."),
        ("caption", "A barge"),
    ]


def test_a_layout_table_is_no_table() -> None:
    article = article_of(
        f"<html><body><table><tr><td><a href=x>menu</a></td><td><h1>Rye</h1><p>{SENTENCE}.</p><p>{SENTENCE}.</p></td></tr></table></body></html>"
    )
    assert of(article, "paragraph")[-2:] == [f"{SENTENCE}.", f"{SENTENCE}."]
    assert not of(article, "cell")


def test_json_ld_and_opengraph() -> None:
    article = article_of(
        '<html><head><script type="application/ld+json">{"@graph": [{"@type": "ScholarlyArticle", "headline": "Rye", "author": [{"name": '
        '"Nils Berg"}], "datePublished": "2020-01-02", "keywords": ["rye"], "isPartOf": {"name": "Annals"}}]}</script></head><body>'
        f"<h1>Rye</h1><p>Nils Berg</p><p>{SENTENCE}.</p></body></html>"
    )
    meta = article.metadata
    assert (meta.title, meta.issued, meta.container_title, meta.keywords) == ("Rye", "2020-01-02", "Annals", ("rye",))
    assert meta.authors[0].family == "Berg"
    assert of(article, "author") == ["Nils Berg"]


def test_encodings_by_declaration() -> None:
    page = (
        "<html><head><meta charset='{}'></head><body><p>Łódź und Köln, so heißt es seit langer Zeit.</p></body></html>"
    )
    for encoding in ("iso-8859-2", "windows-1250", "utf-8", "utf-16"):
        assert article_of(page.format(encoding).encode(encoding)).text.startswith("Łódź und Köln"), encoding


def test_xhtml_and_mhtml() -> None:
    xhtml = (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        f'<h1>Rye</h1><p><a id="x"/>{SENTENCE}<a epub:type="noteref" href="#n">1</a>.</p><aside epub:type="footnote" id="n"><p>{A}</p></aside>'
        "</body></html>"
    )
    article = article_of(xhtml, "paper.xml")
    assert (of(article, "paragraph"), tied(article)) == ([f"{SENTENCE}."], [("1", A)])
    mail = (
        'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; '
        f"charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>K=C3=B6ln. {SENTENCE}.</p></body></html>\r\n--b--\r\n"
    )
    assert article_of(mail, "paper.mht").text == f"Köln. {SENTENCE}."


def test_what_is_no_page_is_declined() -> None:
    for data, name in (
        (b"Grain <b>rose</b> by 5 percent.", "a.txt"),
        (b"# Rye\n\n<div>kept</div>\n", "a.md"),
        (b"<div>\n\n# Rye\n\n</div>\n", "a.md"),
        (b"<svg><text>x</text></svg>", "a.svg"),
        (b"<article><title>DocBook</title><para>Words.</para></article>", "a.xml"),
    ):
        assert isinstance(read_html(data, name), NotMine), data
    (article,) = read(b"Grain <b>rose</b> by 5 percent.", "a.txt")
    assert "<b>" in article.text


def test_unclosed_tags_without_an_end() -> None:
    article = article_of("<html><body><h1>Rye</h1><p>" + "<font><i>" * 600 + SENTENCE + "</body></html>")
    assert SENTENCE in article.text
