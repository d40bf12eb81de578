"""Short articles of our own for what collections of papers lack: each is read and held against its truth, aspect by aspect.

A truth (``NAME.json`` beside ``NAME.txt``) says: ``title``; ``blocks`` of the body, in order, as [kind, text]; ``markers``
with their offset in the source (code points), surface, label, the index of their note (null: its body is lost) and the
sentence they support (null: not judged); ``notes`` as [label, text]; ``citations`` (raised ones only); ``references``.
Texts are compared without white space and hyphens, for the truth keeps the line breaks of its source.

What an article falls short in today stands in SHORT, and the test fails as well when that list is out of date.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from annotate.claims import find_claims
from corpus import read
from schemas.offsets import restore_source
from schemas.records import Article

FOLDER = Path(__file__).parent.parent / "fixtures" / "articles"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
SOURCES = {"note", "reference", "table"}

SHORT: dict[str, set[str]] = {}


def squeeze(text: str | None) -> str:
    return re.sub(r"[\s\-\u00ad]+", "", text or "").casefold()


def load(name: str) -> tuple[Article, dict[str, Any], str]:
    data = (FOLDER / f"{name}.txt").read_bytes()
    truth = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    (article,) = read(data, f"{name}.txt")
    return find_claims(article), truth, data.decode()


def seen(article: Article) -> dict[str, Any]:
    """The article in the shape of a truth, aspect by aspect."""
    blocks = {block.id: squeeze(article.quote(block)) for block in article.blocks}
    bodies = {note.id: "".join(blocks[i] for i in note.blocks) for note in article.notes}
    claims = {marker: squeeze(article.quote(claim)) for claim in article.claims for marker in claim.markers}
    return {
        "title": squeeze(article.metadata.title),
        "blocks": [(block.kind, blocks[block.id]) for block in article.blocks if block.kind not in SOURCES],
        "markers": [(m.source_start, m.surface, m.label) for m in article.markers],
        "links": [(m.source_start, bodies.get(m.note or "", "")) for m in article.markers],
        "notes": [(note.label, bodies[note.id]) for note in article.notes if note.blocks],
        "claims": {m.source_start: claims.get(m.id, "") for m in article.markers},
        "citations": [(c.source_start, c.label) for c in article.citations if c.kind == "superscript"],
        "references": [blocks[block.id] for block in article.blocks if block.kind == "reference"],
    }


def expected(truth: dict[str, Any]) -> dict[str, Any]:
    notes = [(label, squeeze(text)) for label, text in truth["notes"]]
    return {
        "title": squeeze(truth["title"]),
        "blocks": [(kind, squeeze(text)) for kind, text in truth["blocks"]],
        "markers": [(m["at"], m["surface"], m["label"]) for m in truth["markers"]],
        "links": [(m["at"], "" if m["note"] is None else notes[m["note"]][1]) for m in truth["markers"]],
        "notes": notes,
        "claims": {m["at"]: squeeze(m["claim"]) for m in truth["markers"] if m["claim"]},
        "citations": [(c["at"], c["surface"]) for c in truth["citations"]],
        "references": [squeeze(text) for text in truth["references"]],
    }


def wrong_aspects(name: str) -> dict[str, tuple[Any, Any]]:
    """The aspects in which the reading differs from the truth, with what was read and what is true."""
    article, truth, source = load(name)
    got, want = seen(article), expected(truth)
    got["claims"] = {at: claim for at, claim in got["claims"].items() if at in want["claims"]}
    assert restore_source(article.text, article.offsets, article.edits) == source
    return {aspect: (got[aspect], want[aspect]) for aspect in want if got[aspect] != want[aspect]}


@pytest.mark.parametrize("name", NAMES)
def test_the_article_is_read_as_its_truth_says(name: str) -> None:
    wrong = wrong_aspects(name)
    report = "\n".join(f"{aspect}:\n  read  {got}\n  truth {want}" for aspect, (got, want) in wrong.items())
    assert set(wrong) == SHORT.get(name, set()), f"{name}\n{report}"


def test_there_are_enough_articles() -> None:
    assert len(NAMES) >= 20
    assert set(SHORT) <= set(NAMES)
