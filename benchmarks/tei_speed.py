"""Speed and memory of the TEI export, as ratios within one run: no wall time is a result.

    python benchmarks/tei_speed.py [--words 100000] [--annotations 20000] [--profile hybrid]

Speed: the time of ``write_tei`` over the time of building the very same elements, attributes and text with bare lxml
and serialising them. Memory: the peak of a process that exports twice the size over that of one that exports the size,
both less what the process had before the export.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from lxml import etree

from corpus.validate import validate_tei
from corpus.writers.tei import Form, choose_form, write_tei
from schemas.records import Annotation, Article, Block, Claim, Edit, Marker, Metadata, Note, Run, Source
from schemas.values import DateValue, EntityValue, FigureValue

WORDS_A_PARAGRAPH = 100
ROUNDS = 7
Step = tuple[int, str, dict[str, str], str | None, str | None]


def make_article(words: int, annotations: int) -> Article:
    """Paragraphs of a hundred words, each with names, dates and figures that touch, nest and cross, a note and a claim."""
    made = _Made()
    paragraphs = words // WORDS_A_PARAGRAPH
    for number in range(paragraphs):
        made.paragraph(number, annotations * (number + 1) // paragraphs - annotations * number // paragraphs)
    for number in range(paragraphs):
        made.note(number)
    return msgspec.structs.replace(made.article(), id="bench")


class _Made:
    """The parts of the article so far."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.markers: list[Marker] = []
        self.claims: list[Claim] = []
        self.annotations: list[Annotation] = []

    def paragraph(self, number: int, annotations: int) -> None:
        text = " ".join(
            f"{word}{number % 7}" for word in ("bank", "of", "England", "paid", "1925") * (WORDS_A_PARAGRAPH // 5)
        )
        start = self._block(text, "paragraph", f"b-{number}")
        held = []
        for i in range(annotations):
            at = start + (i * 23) % (len(text) - 20)
            held.append(self._annotate(i, at, at + (3, 11, 17)[i % 3]).id)
        self.markers.append(Marker(f"m-{number}", "1", "1", start + len(text), 0, 0, f"n-{number}"))
        self.claims.append(
            Claim(f"cl-{number}", start, start + len(text), markers=(f"m-{number}",), entities=tuple(held))
        )

    def note(self, number: int) -> None:
        self._block("Sayers, The Bank of England, p. 12.", "note", f"nb-{number}")
        self.notes.append(Note(f"n-{number}", "1", "foot", (f"nb-{number}",)))

    def article(self) -> Article:
        text = "".join(self.parts)
        lines = range(0, len(text), 80)
        return Article(
            id="", source=Source("bench.txt", "text/plain", "0", "utf-8"), metadata=Metadata(title="Bench"), text=text,
            offsets=tuple(Run(at, at, min(79, len(text) - at)) for at in lines),
            edits=tuple(Edit("join", at + 79, at + 80, at + 79, at + 80, "\n") for at in lines[:-1]),
            blocks=tuple(self.blocks), markers=tuple(self.markers), notes=tuple(self.notes),
            annotations=tuple(self.annotations), claims=tuple(self.claims),
        )  # fmt: skip

    def _block(self, text: str, kind: str, name: str) -> int:
        start = self.length
        self.blocks.append(Block(name, kind, start, start + len(text)))  # type: ignore[arg-type]
        self.parts.append(text + "\n\n")
        self.length += len(text) + 2
        return start

    def _annotate(self, i: int, start: int, end: int) -> Annotation:
        name = f"a-{len(self.annotations)}"
        match i % 3:
            case 0:
                value = EntityValue(f"bank {i}", f"thing-{len(self.annotations) % 400}")
                made = Annotation(name, "entity", "ORG", start, end, value, "ner")
            case 1:
                day = DateValue("YEAR", "1925-01-01", "1925-12-31", "1925")
                made = Annotation(name, "date", "YEAR", start, end, day, "dates", 0.9)
            case _:
                money = FigureValue("MONEY", "40000000", unit="GBP", currency="GBP", precision=0)
                made = Annotation(name, "figure", "MONEY", start, end, money, "figures")
        self.annotations.append(made)
        return made


def steps_of(data: bytes) -> list[Step]:
    """What has to be built: depth, tag, attributes, text and tail of each element, in document order."""
    steps: list[Step] = []
    depth = 0
    for event, each in etree.iterwalk(etree.fromstring(data), events=("start", "end")):
        if event == "start":
            steps.append((depth, str(each.tag), dict(each.attrib), each.text, each.tail))  # type: ignore[arg-type]
            depth += 1
        else:
            depth -= 1
    return steps


def build(steps: list[Step]) -> bytes:
    """The same document with nothing but lxml."""
    way: list[etree._Element] = []
    for depth, tag, attributes, text, tail in steps:
        made = (
            etree.SubElement(way[depth - 1], tag, attributes) if depth else etree.Element(tag, attributes, _NAMESPACES)
        )
        made.text, made.tail = text, tail
        del way[depth:]
        way.append(made)
    return etree.tostring(way[0], xml_declaration=True, encoding="UTF-8")


_NAMESPACES = {None: "http://www.tei-c.org/ns/1.0"}


def _canonical(data: bytes) -> str:
    return etree.canonicalize(etree.fromstring(data))


def fastest(*works: Callable[[], object]) -> list[float]:
    """The shortest of some rounds for each, in seconds of this process; they take turns, so a busy machine hits both."""
    gc.collect()
    gc.freeze()  # what stands already is no work of theirs
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, found in zip(works, times, strict=True):
            began = time.process_time()
            work()
            found.append(time.process_time() - began)
    return [min(found) for found in times]


def peak(words: int, annotations: int, form: Form) -> int:
    """Kilobytes that the export takes at its peak, above what the article itself takes (Linux)."""
    article = make_article(words, annotations)
    before = _high_water()
    write_tei(article, form)
    return _high_water() - before


def _high_water() -> int:
    """The most memory that this process has had, in kilobytes; getrusage would tell its parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0])


def _peak_in_process(words: int, annotations: int, form: Form) -> int:
    given = json.dumps([words, annotations, form.profile, form.notes])
    done = subprocess.run([sys.executable, __file__, "--peak", given], capture_output=True, text=True, check=True)
    return int(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--annotations", type=int, default=20_000)
    parser.add_argument("--profile", default="hybrid")
    parser.add_argument("--peak", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peak:
        words, annotations, profile, notes = json.loads(given.peak)
        print(peak(words, annotations, choose_form(profile, notes, Form())))
        return
    form = choose_form(given.profile, None, Form())
    article = make_article(given.words, given.annotations)
    data = write_tei(article, form)
    found = validate_tei(data, name="bench.xml")
    assert not found, found[:3]
    steps = steps_of(data)
    assert _canonical(build(steps)) == _canonical(data), "the bare elements are not the same document"
    ours, bare = fastest(lambda: write_tei(article, form), lambda: build(steps))
    once, twice = (_peak_in_process(n * given.words, n * given.annotations, form) for n in (1, 2))
    print(f"{len(article.annotations)} annotations, {len(steps)} elements, {len(data) / 1e6:.1f} MB ({given.profile})")
    print(f"time: write_tei / bare lxml = {ours / bare:.2f}")
    print(f"memory: twice the size / the size = {twice / max(once, 1):.2f} ({once // 1024} MB for the size)")


if __name__ == "__main__":
    main()
