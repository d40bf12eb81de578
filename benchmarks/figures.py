"""Score figures and dates against sentences annotated by hand, and time them beside a CNN entity model.

    python benchmarks/figures.py [GOLD.jsonl ...] [--misses] [--speed]

Without a file: the test set in tests/fixtures/figures. A figure is right where its span overlaps the gold's and value and
unit are equal (an interval counts as its two ends, a vague number as any value in its band, and the noun of a count is
free); a date where its span overlaps and its days are equal, half-open intervals of "since" and "by" included. Optional
items are neither right nor wrong.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
from cnn import make_cnn

from annotate.annotators.dates import annotate_dates
from annotate.annotators.figures import annotate_figures
from schemas.records import Annotation, Article, Block, Metadata, Source
from schemas.values import DateValue, FigureValue

TEST_SET = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "figures" / "economic_history.jsonl"
SMALL_WORDS = frozenset("one two both first second third a an half few several single once twice".split())
WHOLE = {"shilling": ("GBP", 20), "penny": ("GBP", 240), "cent": ("USD", 100), "kopek": ("RUB", 100)}
Item = dict[str, Any]


def article_of(text: str) -> Article:
    """One block of clean text, its dates and figures annotated."""
    source = Source(name="text", media_type="text/plain", sha256="", encoding="utf-8")
    article = Article(
        id="a", source=source, metadata=Metadata(), text=text, blocks=(Block("b-1", "paragraph", 0, len(text)),)
    )
    article = msgspec.structs.replace(article, annotations=tuple(annotate_dates(article, {})))
    return msgspec.structs.replace(article, annotations=(*article.annotations, *annotate_figures(article, {})))


def as_item(ann: Annotation) -> Item:
    """An annotation in the shape of the gold."""
    assert isinstance(ann.value, FigureValue | DateValue)
    return {"start": ann.start, "end": ann.end, **msgspec.to_builtins(ann.value)}


def ends(items: Iterable[Item]) -> list[Item]:
    """An interval becomes its two ends, so that one figure or two of it score alike."""
    out = []
    for item in items:
        low, high = item.get("value"), item.get("value_max")
        both = high is not None and high != low and item.get("modifier") != "vague"
        out += [item | {"value": v, "value_max": None} for v in (low, high)] if both else [item]
    return out


def same_figure(gold: Item, found: Item) -> bool:
    """True where value and unit agree."""
    if gold["value"] is None or found["value"] is None:
        return False
    (want, unit), (value, other) = _normal(gold), _normal(found)
    if gold.get("modifier") == "vague":
        return want <= value <= Fraction(str(gold["value_max"]))
    if abs(want - value) > Fraction(5, 1000 if gold["kind"] == "RATIO" else 10**6) * abs(want):
        return False
    free = gold.get("unit_unstated") or gold["kind"] in ("COUNT", "RATIO", "RATE")
    return bool(unit == other or (free and (gold.get("unit_unstated") or found["kind"] in ("COUNT", "RATIO", "RATE"))))


def _normal(item: Item) -> tuple[Fraction, str | None]:
    unit, per = WHOLE.get(item.get("unit") or "", (item.get("unit"), 1))
    return Fraction(str(item["value"])) / per, unit


def same_date(gold: Item, found: Item) -> bool:
    """True where the days agree: the phrase's own, the half-open ones of its modifier, or narrower ones of "early"."""
    if gold["earliest"] is None:
        return bool(found["edtf"] == gold["edtf"])
    want, have = (gold["earliest"], gold["latest"]), (found["earliest"], found["latest"])
    if want == have or (gold.get("edtf_alt") and found["earliest"] == found["latest"] == gold["edtf_alt"]):
        return True
    modifier = gold.get("modifier")
    if modifier in ("since", "after") and have[1] is None:
        return bool(have[0] == want[0])
    if modifier in ("by", "before", "until") and have[0] is None:
        return bool(have[1] == want[1])
    if None in have:
        return False
    if modifier in ("start", "mid", "end"):
        return bool(want[0] <= have[0] <= have[1] <= want[1])
    if gold["kind"] in ("CENTURY", "REGNAL"):
        return all(abs(int(a[:4]) - int(b[:4])) <= 1 for a, b in zip(want, have, strict=True))
    return False


def pair(gold: list[Item], found: list[Item], same: Callable[[Item, Item], bool]) -> list[tuple[int, int]]:
    """One to one, pairs of equal value first, then the larger overlap."""
    options = sorted(
        (
            (not same(g, f), max(g["start"], f["start"]) - min(g["end"], f["end"]), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g["start"] < f["end"] and f["start"] < g["end"]
        ),
    )
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in options:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def score(docs: list[Item], found: dict[str, list[Item]], layer: str, *, misses: bool = False) -> str:
    """Precision, recall and F1 of value (and unit) in percent."""
    same = same_figure if layer == "figures" else same_date
    split = ends if layer == "figures" else list
    wanted = given = right = negatives = 0
    for doc in docs:
        items, out = split(doc[layer]), split(found[doc["id"]])
        required = [item for item in items if not item.get("optional")]
        tolerated = [item for item in items if item.get("optional")]
        tolerated += [item for item in doc["figures"] if item["kind"] == "DURATION"] if layer == "dates" else []
        pairs = pair(required, out, same)
        hits = [(i, j) for i, j in pairs if same(required[i], out[j])]
        used, hit = {j for _, j in pairs}, {i for i, _ in hits}
        free = [f for j, f in enumerate(out) if j not in used and not _tolerated(doc["text"], f, tolerated, required)]
        negatives += sum(any(_overlap(n, f) for n in doc["negatives"]) for f in out) if layer == "figures" else 0
        wanted, right, given = wanted + len(required), right + len(hits), given + len(pairs) + len(free)
        if misses:
            _show(doc, [g for i, g in enumerate(required) if i not in hit], free, out)
    precision, recall = right / max(1, given), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    line = f"{layer}: P {precision:.1%}, R {recall:.1%}, F1 {f1:.1%} ({right} of {wanted}, {given} given)"
    return line + (f", hard negatives taken: {negatives}" if layer == "figures" else "")


def _overlap(a: Item, b: Item) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def _tolerated(text: str, item: Item, optional: list[Item], required: list[Item]) -> bool:
    small = text[item["start"] : item["end"]].lower().split()[0] in SMALL_WORDS
    return any(_overlap(g, item) for g in optional) or (small and not any(_overlap(g, item) for g in required))


def _show(doc: Item, missed: list[Item], extra: list[Item], out: list[Item]) -> None:
    quote = lambda item: doc["text"][item["start"] : item["end"]]  # noqa: E731 - three words, used below only
    keys = ("value", "unit", "earliest", "latest")
    for item in missed:
        near = [(quote(f), [f[k] for k in keys if f.get(k)]) for f in out if _overlap(f, item)]
        print(f"  {doc['id']} missed {quote(item)!r} {[item[k] for k in keys if item.get(k)]}, given {near}")
    for item in extra:
        print(f"  {doc['id']} extra {quote(item)!r} {[item[k] for k in keys if item.get(k)]}")


def speed(docs: list[Item]) -> str:
    """How many times as fast as a CNN entity model (width 96, depth 4) dates and figures together are, in turns."""
    nlp = make_cnn()
    texts = [" ".join(doc["text"] for doc in docs[i : i + 5]) for i in range(0, len(docs), 5)] * 5
    model, ours = [], []
    for _ in range(3):
        begin = time.perf_counter()
        assert sum(1 for _ in nlp.pipe(texts)) == len(texts)
        model.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        assert sum(len(article_of(text).annotations) for text in texts) > len(texts)
        ours.append(time.perf_counter() - begin)
    words = sum(len(text.split()) for text in texts)
    return f"dates and figures {words / min(ours):,.0f} words/s, {min(model) / min(ours):.2f} times the CNN"


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:] if not name.startswith("--")] or [TEST_SET]
    for path in paths:
        docs = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        found = {doc["id"]: [as_item(ann) for ann in article_of(doc["text"]).annotations] for doc in docs}
        for layer in ("figures", "dates"):
            mine = {i: [item for item in items if item["record"] == layer[:-1]] for i, items in found.items()}
            print(path.name, score(docs, mine, layer, misses="--misses" in sys.argv), flush=True)
        if "--speed" in sys.argv:
            print(speed(docs))


if __name__ == "__main__":
    main()
