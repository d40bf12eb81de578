"""The same article as text, Markdown, HTML, JATS, TEI, DOCX, ODT, EPUB and LaTeX gives the same Article.

Equal are title, authors, blocks with their words, markers with their places, notes, reference entries and metadata. What a
format cannot say is left out of the comparison and named beside it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

import pypandoc
import pytest

from corpus.readers import read
from schemas.offsets import restore_source
from schemas.records import Article


class Note(NamedTuple):
    """A note marker."""

    label: int


class Cite(NamedTuple):
    """A citation of entries by their numbers, in brackets."""

    labels: tuple[int, ...]


class Italic(NamedTuple):
    """Words in italics."""

    words: str


Paragraph = tuple["str | Note | Cite | Italic", ...]


@dataclass(frozen=True)
class Paper:
    """A paper: ``body`` holds headings (level, words) and paragraphs."""

    title: str
    author: str
    place: str
    abstract: str
    keywords: str
    body: Sequence[tuple[int, str] | Paragraph]
    notes: Sequence[str]
    references: Sequence[str]


RYE = Paper(
    "Rye, Barges and a Broken Bridge",
    "Johanna Feldmann",
    "University of Torun",
    "Rye grew dear and barges few in the years of the stores, and what the chronicle says of the causes does not agree with the "
    "books of the customs house, which have been read here for the first time since they were brought back to the town.",
    "rye, prices, river trade",
    (
        (1, "Prices and Stores"),
        (
            "The price of rye in the river ports rose from 12 marks in the spring to 31 marks before the next harvest",
            Note(1),
            ". The merchants, who had bought early, sold nothing until the council opened its stores, as ",
            Italic("Kula"),
            " has shown for other towns ",
            Cite((1,)),
            ". Nobody was punished.",
            Note(2),
        ),
        (
            "The bakers took what they needed at the price of the year before, and the council paid the rest from the toll.",
        ),
        (1, "The Trade on the River"),
        (
            "Of the forty barges that the customs book names, eleven never came back; their owners turned to the court, whose answer "
            "has been lost",
            Note(3),
            ". The toll fell by a third in the decade that followed ",
            Cite((1, 2)),
            ".",
        ),
    ),
    (
        "City archive, account book of the stores, 1771, fol. 12.",
        "Minutes of the council, 4 May 1772.",
        "Customs book, vol. 3, p. 88.",
    ),
    (
        "Kula, Witold. An Economic Theory of the Feudal System. London: NLB, 1976.",
        "Abel, Wilhelm. Agricultural Fluctuations in Europe. London: Methuen, 1980.",
    ),
)
CYRILLIC = Paper(
    "Хлеб и баржи",
    "Иван Петров",
    "Белорусский государственный университет",
    "Рожь дорожала, барж становилось меньше, и то, что говорит о причинах хроника, не согласуется с книгами таможни, которые здесь "
    "прочитаны впервые с тех пор, как их вернули в город.",
    "рожь, цены",
    (
        (1, "Цены и склады"),
        (
            "Цена ржи выросла с 12 до 31 марки за один год",
            Note(1),
            ". Купцы ничего не продавали до самой осени.",
            Note(2),
        ),
        (1, "Торговля на реке"),
        ("Из сорока барж одиннадцать не вернулись, и пошлина упала на треть", Note(3), "."),
    ),
    (
        "Городской архив, книга складов, 1771, л. 12.",
        "Протоколы совета, 4 мая 1772 г.",
        "Таможенная книга, т. 3, с. 88.",
    ),
    ("Кула В. Экономическая теория. М., 1976.", "Абель В. Аграрные кризисы. М., 1980."),
)


def _join(paragraph: Paragraph, of: Callable[[Note | Cite | Italic], str], text: Callable[[str], str] = str) -> str:
    return "".join(text(piece) if isinstance(piece, str) else of(piece) for piece in paragraph)


def _numbers(cite: Cite) -> str:
    return ", ".join(map(str, cite.labels))


def as_text(paper: Paper) -> bytes:
    def of(piece: Note | Cite | Italic) -> str:
        return (
            piece.words
            if isinstance(piece, Italic)
            else str(piece.label)
            if isinstance(piece, Note)
            else f"[{_numbers(piece)}]"
        )

    body = [part[1] if isinstance(part[0], int) else _join(part, of) for part in paper.body]  # type: ignore[arg-type]
    notes = [f"{i}. {note}" for i, note in enumerate(paper.notes, start=1)]
    entries = [f"{i}. {entry}" for i, entry in enumerate(paper.references, start=1)]
    parts = [paper.title, paper.author, paper.place, "Abstract", paper.abstract, f"Keywords: {paper.keywords}", *body]
    return "\n\n".join([*parts, "Notes", *notes, "References", *entries]).encode()


def as_markdown(paper: Paper) -> bytes:
    def of(piece: Note | Cite | Italic) -> str:
        return (
            f"*{piece.words}*"
            if isinstance(piece, Italic)
            else f"[^{piece.label}]"
            if isinstance(piece, Note)
            else f"\\[{_numbers(piece)}\\]"
        )

    body = [f"{'#' * (part[0] + 1)} {part[1]}" if isinstance(part[0], int) else _join(part, of) for part in paper.body]  # type: ignore[arg-type,operator]
    notes = [f"[^{i}]: {note}" for i, note in enumerate(paper.notes, start=1)]
    entries = [f"{i}. {entry}" for i, entry in enumerate(paper.references, start=1)]
    head = [f"# {paper.title}", paper.author, paper.place, "## Abstract", paper.abstract, f"Keywords: {paper.keywords}"]
    return "\n\n".join([*head, *body, *notes, "## References", "\n".join(entries)]).encode()


def as_html(paper: Paper) -> bytes:
    def of(piece: Note | Cite | Italic) -> str:
        if isinstance(piece, Italic):
            return f"<i>{escape(piece.words)}</i>"
        if isinstance(piece, Note):
            return f'<sup><a href="#n{piece.label}" id="r{piece.label}">{piece.label}</a></sup>'
        return "[" + ", ".join(f'<a href="#b{n}">{n}</a>' for n in piece.labels) + "]"

    body = [
        f"<h{part[0] + 1}>{escape(str(part[1]))}</h{part[0] + 1}>"
        if isinstance(part[0], int)
        else f"<p>{_join(part, of, escape)}</p>"  # type: ignore[arg-type,operator]
        for part in paper.body
    ]
    notes = [f'<li id="n{i}">{escape(note)} <a href="#r{i}">↩</a></li>' for i, note in enumerate(paper.notes, start=1)]
    entries = [f'<li id="b{i}">{escape(entry)}</li>' for i, entry in enumerate(paper.references, start=1)]
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(paper.title)} | Annals</title></head><body><nav><a href="/">Home</a>'
        f"</nav><main><h1>{escape(paper.title)}</h1><p>{paper.author}</p><p>{paper.place}</p><h2>Abstract</h2><p>{escape(paper.abstract)}</p>"
        f"<p><b>Keywords:</b> {paper.keywords}</p>{''.join(body)}<h2>Notes</h2><ol>{''.join(notes)}</ol><h2>References</h2><ol>"
        f"{''.join(entries)}</ol></main><footer>Copyright by the Annals of everything</footer></body></html>"
    ).encode()


def as_jats(paper: Paper) -> bytes:
    def of(piece: Note | Cite | Italic) -> str:
        if isinstance(piece, Italic):
            return f"<italic>{piece.words}</italic>"
        if isinstance(piece, Note):
            return f'<xref ref-type="fn" rid="n{piece.label}"><sup>{piece.label}</sup></xref>'
        return "[" + ", ".join(f'<xref ref-type="bibr" rid="b{n}">{n}</xref>' for n in piece.labels) + "]"

    sections: list[str] = []
    for part in paper.body:
        if isinstance(part[0], int):
            sections += ["</sec>" if sections else "", f"<sec><title>{part[1]}</title>"]
        else:
            sections.append(f"<p>{_join(part, of, escape)}</p>")  # type: ignore[arg-type]
    given, family = paper.author.split()
    notes = [f'<fn id="n{i}"><label>{i}</label><p>{note}</p></fn>' for i, note in enumerate(paper.notes, start=1)]
    entries = [
        f'<ref id="b{i}"><label>{i}</label><mixed-citation>{e}</mixed-citation></ref>'
        for i, e in enumerate(paper.references, start=1)
    ]
    keywords = "".join(f"<kwd>{word}</kwd>" for word in paper.keywords.split(", "))
    return (
        f"<article><front><article-meta><title-group><article-title>{paper.title}</article-title></title-group><contrib-group><contrib "
        f'contrib-type="author"><name><surname>{family}</surname><given-names>{given}</given-names></name><aff>{paper.place}</aff></contrib>'
        f"</contrib-group><abstract><title>Abstract</title><p>{paper.abstract}</p></abstract><kwd-group>{keywords}</kwd-group></article-meta>"
        f"</front><body>{''.join(sections)}</sec></body><back><fn-group>{''.join(notes)}</fn-group><ref-list><title>References</title>"
        f"{''.join(entries)}</ref-list></back></article>"
    ).encode()


def as_tei(paper: Paper) -> bytes:
    def of(piece: Note | Cite | Italic) -> str:
        if isinstance(piece, Italic):
            return f'<hi rend="italic">{piece.words}</hi>'
        if isinstance(piece, Note):
            return f'<ref target="#n{piece.label}">{piece.label}</ref>'
        return "[" + ", ".join(f'<ref type="bibr" target="#b{n}">{n}</ref>' for n in piece.labels) + "]"

    divs: list[str] = []
    for part in paper.body:
        if isinstance(part[0], int):
            divs += ["</div>" if divs else "", f"<div><head>{part[1]}</head>"]
        else:
            divs.append(f"<p>{_join(part, of, escape)}</p>")  # type: ignore[arg-type]
    notes = [f'<note xml:id="n{i}" n="{i}" place="end">{note}</note>' for i, note in enumerate(paper.notes, start=1)]
    entries = [f'<bibl xml:id="b{i}" n="{i}">{entry}</bibl>' for i, entry in enumerate(paper.references, start=1)]
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><front><titlePage><docTitle><titlePart>{paper.title}</titlePart></docTitle>'
        f'<docAuthor>{paper.author}</docAuthor><byline><affiliation>{paper.place}</affiliation></byline></titlePage><div type="abstract"><p>'
        f'{paper.abstract}</p></div><div type="keywords"><p>{paper.keywords}</p></div></front><body>{"".join(divs)}</div></body><back>'
        f'<div type="notes">{"".join(notes)}</div><div type="bibliography"><head>References</head><listBibl>{"".join(entries)}</listBibl></div>'
        "</back></text></TEI>"
    ).encode()


def converted(form: str) -> Callable[[Paper], bytes]:
    """The article as pandoc writes it in another format, from the Markdown."""

    def convert(paper: Paper) -> bytes:
        command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", form, "-s", "-o", "-"]
        return subprocess.run(command, input=as_markdown(paper), capture_output=True, check=True).stdout

    return convert


FORMS: dict[str, Callable[[Paper], bytes]] = {
    "paper.md": as_markdown,
    "paper.html": as_html,
    "paper.jats.xml": as_jats,
    "paper.tei.xml": as_tei,
    "paper.docx": converted("docx"),
    "paper.odt": converted("odt"),
    "paper.epub": converted("epub"),
    "paper.tex": converted("latex"),
}


def told(article: Article) -> dict[str, object]:
    """What every format can say. Not compared: the place of notes (Markdown and Word know only feet), links of citations and
    markup (a plain text has none)."""
    labels = {note.id: note.label for note in article.notes}
    quotes = {block.id: article.quote(block) for block in article.blocks}
    return {
        "blocks": [(block.kind, article.quote(block)) for block in article.blocks],
        "levels": [block.level for block in article.blocks if block.kind == "heading"],
        "markers": [(marker.label, marker.offset, labels[marker.note or ""]) for marker in article.markers],
        "notes": [(note.label, [quotes[block] for block in note.blocks]) for note in article.notes],
        "entries": [(block.n, article.quote(block)) for block in article.blocks if block.kind == "reference"],
        "title": article.metadata.title,
        "authors": [(p.family, p.given, p.affiliation) for p in article.metadata.authors],
        "abstract": article.metadata.abstract,
        "keywords": article.metadata.keywords,
        "text": article.text,
        "problems": [problem.code for problem in article.problems],
    }


@pytest.mark.parametrize("paper", [RYE, CYRILLIC], ids=["rye", "cyrillic"])
@pytest.mark.parametrize("name", FORMS)
def test_the_same_article_in_every_format(name: str, paper: Paper) -> None:
    (plain,) = read(as_text(paper), "paper.txt")
    (article,) = read(FORMS[name](paper), name)
    assert restore_source(article.text, article.offsets, article.edits)
    assert len(plain.markers) == 3
    expected, found = told(plain), told(article)
    for what in expected:
        assert found[what] == expected[what], what


@pytest.mark.parametrize("name", ["paper.html", "paper.jats.xml", "paper.tei.xml"])
def test_what_links_say_is_kept(name: str) -> None:
    (article,) = read(FORMS[name](RYE), name)
    labels = {ref.id: ref.label for ref in article.references}
    assert [
        (article.quote(c), [labels[t.reference or ""] for t in c.targets], c.status) for c in article.citations
    ] == [
        ("[1]", ["1"], "linked"),
        ("[1, 2]", ["1", "2"], "linked"),
    ]
    assert [(ann.label, article.quote(ann)) for ann in article.annotations] == [("hi", "Kula")]
