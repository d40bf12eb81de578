"""The PDF reader on pages whose text is known: gold articles set as PDF, read again, and compared.

usage: python benchmarks/pdf_pages.py DATA/notes/dev [--columns 1|2] [--styles foot,endnotes,chicago-foot]

Each article is set by tests/corpus/typesetter.py: justified, words broken at line ends, running heads, page numbers,
notes at the page feet (or at the end), raised markers. Figures are F1 over all articles; a paragraph, note, heading or
entry counts where its text is equal but for spaces and hyphens; a marker where its label and the text before it are; a
claim where its sentence is. The fonts are DejaVu Serif, for the letters of all these texts.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "corpus"))

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from typesetter import Design, typeset

from annotate.claims import find_claims
from corpus.readers import read
from schemas.records import Article

FONTS = {"roman": "DejaVuSerif", "bold": "DejaVuSerif-Bold", "italic": "DejaVuSerif-Italic"}
FOLDER = Path("/usr/share/fonts/truetype/dejavu")


def main() -> None:
    """Set, read, compare, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("--columns", type=int, choices=(1, 2), default=1)
    options.add_argument("--styles", default="foot,endnotes,chicago-foot")
    given = options.parse_args()
    for name in FONTS.values():
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / f"{name}.ttf")))
    hits: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    seconds, articles = 0.0, 0
    for file in sorted(given.data.glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        if gold["style"] not in given.styles.split(","):
            continue
        data = set_gold(gold, given.columns)
        began = time.process_time()
        (article,) = read(data, file.name)
        seconds += time.process_time() - began
        articles += 1
        for what, true, read_back in compare(gold, find_claims(article)):
            hits[what] += sum((Counter(true) & Counter(read_back)).values())
            wanted[what] += len(true)
            found[what] += len(read_back)
    print(f"{articles} articles in {given.columns} column(s), {seconds:.1f} s outside the process that opens PDFs")
    for what in wanted:
        score = 200 * hits[what] / max(wanted[what] + found[what], 1)
        print(f"{what:12} F {score:5.1f}   {hits[what]} of {wanted[what]}, {found[what]} read")


def set_gold(gold: dict, columns: int) -> bytes:
    """The PDF of a gold article."""
    foot = gold["style"].endswith("foot")
    notes = {str(note["n"]): note["text"] for note in gold["notes"]}
    paper = [("title", gold["title"])]
    if gold["authors"]:
        paper.append(("author", ", ".join(gold["authors"])))
    if gold["abstract"]:
        paper.append(("abstract", f"Abstract. {gold['abstract']}"))
    paper += body_of(gold)
    if not foot and notes:
        paper += [("heading", "Notes"), *(("note", f"{label}. {text}") for label, text in notes.items())]
    if gold["bibliography"]:
        paper += [("heading", "References"), *(("reference", entry["raw"]) for entry in gold["bibliography"])]
    heads = (", ".join(gold["authors"])[:60] or "Anonymous", gold["title"][:60])
    design = Design(fonts=FONTS, size=9.5, heads=heads, first_number=101)
    if columns == 2:
        design = Design(fonts=FONTS, size=8.5, heads=heads, first_number=7, columns=2, width=520, height=700)
    return typeset(paper, notes if foot else {}, design)


def body_of(gold: dict) -> Iterator[tuple[str, str]]:
    """Headings and paragraphs in their order, each marker at its point."""
    top = min((heading["level"] for heading in gold["headings"]), default=1)
    pieces = [(h["start"], "heading" if h["level"] == top else "subheading", h["text"]) for h in gold["headings"]]
    for number, paragraph in enumerate(gold["paragraphs"]):
        text = paragraph["text"]
        marks = [mark for mark in gold["markers"] if mark["para"] == number]
        for mark in sorted(marks, key=lambda mark: (-mark["clean_pos"], -mark["n"])):
            text = f"{text[: mark['clean_pos']]}^{{{mark['n']}}}{text[mark['clean_pos'] :]}"
        pieces.append((paragraph["start"], "paragraph", text))
    for _, kind, text in sorted(pieces, key=lambda piece: piece[0]):
        yield kind, text


def compare(gold: dict, article: Article) -> Iterator[tuple[str, list[str], list[str]]]:
    """What is compared: its name, the true texts, the texts read."""
    texts = {block.id: article.quote(block) for block in article.blocks}
    starts = [block.start for block in article.blocks]

    def of(*kinds: str) -> list[str]:
        return [bare(texts[block.id]) for block in article.blocks if block.kind in kinds]

    def mark(label: object, before: str) -> str:
        return f"{label}|{bare(before)[-15:]}"

    def before(offset: int) -> str:
        return article.text[max(start for start in starts if start <= offset) : offset]

    paragraphs = [bare(p["text"]) for p in gold["paragraphs"]]
    true_marks = [mark(m["n"], gold["paragraphs"][m["para"]]["text"][: m["clean_pos"]]) for m in gold["markers"]]
    marks = {m.id: mark(m.label, before(m.offset)) for m in article.markers}
    bodies = {note.id: bare(" ".join(texts[b] for b in note.blocks)) for note in article.notes}
    true_bodies = {note["id"]: bare(note["text"]) for note in gold["notes"]}
    yield "title", [bare(gold["title"])], [bare(article.metadata.title or "")]
    yield "heading", [bare(h["text"]) for h in gold["headings"]], of("heading")
    yield "paragraph", paragraphs, of("paragraph", "quote", "list-item")
    yield "marker", true_marks, list(marks.values())
    yield "note body", list(true_bodies.values()), [body for body in bodies.values() if body]
    yield (
        "marker-note",
        [f"{key}|{true_bodies[m['note']]}" for key, m in zip(true_marks, gold["markers"], strict=True) if m["note"]],
        [f"{marks[m.id]}|{bodies[m.note]}" for m in article.markers if m.note and bodies[m.note]],
    )
    sure = {c["marker"]: c["sentence"] for c in gold["claims"] if c["agree"] >= 3}
    read_back = {key: bare(article.quote(c)) for c in article.claims for m in c.markers if (key := marks.get(m))}
    yield (
        "claim",
        [f"{true_marks[n]}|{bare(sentence)}" for n, sentence in sure.items()],
        [f"{true_marks[n]}|{read_back[true_marks[n]]}" for n in sure if true_marks[n] in read_back],
    )
    yield "reference", [bare(entry["raw"]) for entry in gold["bibliography"]], of("reference")


def bare(text: str) -> str:
    """A text without spaces, hyphens and case."""
    return re.sub(r"[\s\-\u00ad‐]+", "", text).lower()


if __name__ == "__main__":
    main()
