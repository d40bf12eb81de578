"""Reference strings: the set written by hand, whole footnotes, five folds over AnyStyle's sets, and speed.

    python benchmarks/references.py SHARED_FOLDER [--folds]

Scored by the shared ``score_refs`` (soft: case, punctuation and white space dropped; name lists as bags of words). A fold's
model sees the other four fifths of AnyStyle's core and gold sets and nothing else; strings that are equal under soft
comparison are taken once. A book's own extent ("320 p.") counts as its pages there, as AnyStyle's labels have it.
"""

from __future__ import annotations

import argparse
import collections
import importlib
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bibliography.parse.fields import build_item
from bibliography.parse.footnote import parse_note
from bibliography.parse.labeller import MODEL, label_fields
from bibliography.parse.training.__main__ import train
from bibliography.parse.training.public import read_public

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "references"
FOLDS = 5


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", type=Path)
    parser.add_argument("--folds", action="store_true", help="train and score the five folds too (minutes)")
    given = parser.parse_args()
    sys.path.insert(0, str(given.shared / "bench"))
    scorer = importlib.import_module("score_refs")
    by_hand(scorer)
    notes(_rows(FIXTURES / "notes.jsonl"), "notes by hand")
    notes(_notes_of_articles(given.shared / "data" / "notes" / "dev"), "notes of the dev articles")
    speed(_rows(given.shared / "data" / "refs" / "grobid_dev.jsonl"))
    if given.folds:
        folds(scorer, given.shared / "data" / "refs")


def by_hand(scorer: Any) -> None:
    """The references by hand, whole and by style."""
    rows = _rows(FIXTURES / "hand.jsonl")
    predicted = {row["id"]: _fields(_item(row["raw"])) for row in rows}
    _report(scorer, "references by hand", rows, predicted)
    styles = collections.defaultdict(list)
    for row in rows:
        styles[row["style"]].append(row)
    for style, its in styles.items():
        _report(scorer, f"  {style}", its, predicted)


def notes(rows: list[dict[str, Any]], label: str) -> None:
    """Exact spans of references and back-references, and notes that are wholly right."""
    counts: collections.Counter[str] = collections.Counter()
    for row in rows:
        note = parse_note(row["raw"])
        for name, found, gold in (
            ("reference", {_end(row, r.start, r.end) for r in note.references}, {_end(row, r["start"], r["end"]) for r in row["references"]}),
            ("backref", {(*_end(row, b.start, b.end), b.kind) for b in note.backrefs}, {(*_end(row, b["start"], b["end"]), b["kind"]) for b in row["backrefs"]}),
        ):  # fmt: skip
            counts[name] += len(found & gold)
            counts[name + " found"] += len(found)
            counts[name + " gold"] += len(gold)
            counts["wrong"] += found != gold
            counts["whole " + name] += found == gold
        counts["right"] += counts.pop("wrong", 0) == 0
    score = {n: 200 * counts[n] / max(1, counts[n + " found"] + counts[n + " gold"]) for n in ("reference", "backref")}
    print(f"== {label}: {len(rows)} notes, reference span F {score['reference']:.1f}, back-reference F {score['backref']:.1f}, "
          f"wholly right {100 * counts['right'] / max(1, len(rows)):.1f} %")  # fmt: skip


def speed(rows: list[dict[str, Any]]) -> None:
    """CPU seconds for 1,000 references, the second time through."""
    for _ in range(2):
        began = time.process_time()
        for row in rows:
            _item(row["raw"])
        spent = time.process_time() - began
    print(f"== speed: {1000 * spent / len(rows):.2f} CPU seconds for 1,000 references")


def folds(scorer: Any, folder: Path) -> None:
    """Five folds over core and gold, each string once."""
    rows, references, seen = [], [], set()
    for name in ("anystyle_core", "anystyle_gold"):
        for row, reference in zip(_rows(folder / f"{name}.jsonl"), read_public(folder / f"{name}.jsonl"), strict=True):
            if (form := scorer.soft(row["raw"])) not in seen:
                seen.add(form)
                rows.append(row)
                references.append(reference)
    predicted: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as out:
        for fold in range(FOLDS):
            model = Path(out) / f"fold{fold}.crf"
            train([reference for n, reference in enumerate(references) if n % FOLDS != fold], model)
            for row in rows[fold::FOLDS]:
                predicted[row["id"]] = _fields(_item(row["raw"], model), extent_is_pages=True)
    _report(scorer, "five folds over AnyStyle core and gold", rows, predicted)


def _item(raw: str, model: Path = MODEL) -> dict[str, Any]:
    return build_item(raw, label_fields(raw, model))[0]


def _fields(item: dict[str, Any], *, extent_is_pages: bool = False) -> dict[str, Any]:
    issued = item.get("issued") or {}
    parts = issued.get("date-parts")
    found = {
        "author": [_name(person) for person in item.get("author", [])],
        "editor": [_name(person) for person in item.get("editor", [])],
        "title": item.get("title"),
        "container": item.get("container-title"),
        "series": item.get("collection-title"),
        "volume": item.get("volume"),
        "issue": item.get("issue"),
        "pages": item.get("page") or (item.get("number-of-pages") if extent_is_pages else None),
        "year": str(parts[0][0]) if parts else issued.get("literal"),
        "publisher": item.get("publisher"),
        "place": item.get("publisher-place"),
        "doi": item.get("DOI"),
        "url": item.get("URL"),
    }
    return {field: value for field, value in found.items() if value}


def _name(person: dict[str, str]) -> str:
    family = " ".join(filter(None, (person.get("non-dropping-particle"), person.get("family"))))
    return person.get("literal") or ", ".join(filter(None, (family, person.get("given"))))


def _report(scorer: Any, label: str, rows: list[dict[str, Any]], predicted: dict[str, dict[str, Any]]) -> None:
    gold = {row["id"]: row["fields"] for row in rows}
    result = scorer.score(gold, {ident: predicted[ident] for ident in gold}, scorer.FIELDS)
    print(f"== {label}: {len(rows)} references, micro-F1 strict {100 * result['strict']['micro'][2]:.1f}, "
          f"soft {100 * result['soft']['micro'][2]:.1f}; whole references (soft) {100 * result['soft']['instance']:.1f} %", flush=True)  # fmt: skip


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _notes_of_articles(folder: Path) -> list[dict[str, Any]]:
    """The notes of the articles in Chicago style, with the citations that the gold data mark in them."""
    found = []
    for path in sorted(folder.glob("*.chicago-*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        for note in article["notes"]:
            row: dict[str, Any] = {"raw": note["text"], "references": [], "backrefs": []}
            at = 0
            for cite in sorted(
                (c for c in article["citations"] if c.get("note") == note["id"]), key=lambda c: c["start"]
            ):
                at = note["text"].find(cite["surface"], at)
                if at < 0:
                    break
                kind = {"ibid": "ibid", "opcit": "op-cit"}.get(cite["form"])
                span = {"start": at, "end": at + len(cite["surface"])}
                row["backrefs" if kind else "references"].append({**span, "kind": kind} if kind else span)
                at = span["end"]
            else:
                found.append(row)
    return found


def _end(row: dict[str, Any], start: int, end: int) -> tuple[int, int]:
    """The span without the punctuation at its end, which belongs to the sentence."""
    return start, start + len(row["raw"][start:end].rstrip(" .,;"))


if __name__ == "__main__":
    main()
