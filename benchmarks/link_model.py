"""Trains bibliography/match.json and measures it out of fold.

    python benchmarks/link_model.py LINK_FOLDER            five folds by work: precision, recall, calibration
    python benchmarks/link_model.py LINK_FOLDER --write    trains on everything and writes the weights

LINK_FOLDER holds library.bib and queries_dev.jsonl (the shared gold data, kept outside this repository). Training pairs are

- the queries with all their candidates;
- the same queries with the right entry taken out of the library, so that its neighbours must not be linked;
- the same queries with the right entry replaced by what must not be taken for it: another edition, the book for the part
  and the part for the book, a review, another volume;
- short notes made from entries of the library (surname, the title's first words, a page), with and without their entry.

A fold holds all queries, and all notes made from the library, of one work. Needs numpy (which spaCy brings).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from bibliography.compare import Features, compare, is_brief, is_same_work
from bibliography.csl import library_items
from bibliography.files import read_library
from bibliography.library_index import LibraryIndex
from bibliography.match_model import UNDECIDED, Decision, Ranked, Weights, decision, is_undecided
from bibliography.parse import parse_reference
from bibliography.work import Statement, Work, statement_of, work_of

ROOT = Path(__file__).resolve().parent.parent
FOLDS = 5
THRESHOLD = 0.91  # the lowest of a grid in steps of 0.01 that reached the wanted precision out of fold
RIDGE_RANK, RIDGE_DECISION = 0.3, 1.0
WEIGHT_MADE, WEIGHT_WITHHELD = 0.1, 0.5  # beside 1 for a query as it is
CANDIDATES, CANDIDATES_MADE = 8, 5  # of each, for the first step
NOTES = 2500
_ARTICLES = frozenset("the a an der die das le la les el il".split())

Array = np.ndarray[Any, np.dtype[np.float64]]


class Query(NamedTuple):
    """A reference with its candidates, their features, and which of them are right."""

    record: dict[str, Any]
    works: list[Work]
    features: Array
    right: list[bool]
    fold: int
    made: bool


class Model(NamedTuple):
    """Weights of both steps, the bias first, and intercept and slope of the calibration."""

    rank: Array
    decision: Array
    calibration: Array


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    queries = read_queries(given.folder)
    if given.write:
        write(train(queries))
    else:
        report(out_of_fold(queries))


def read_queries(folder: Path) -> list[Query]:
    """The queries of the shared data and the notes made from its library."""
    items = library_items(read_library(folder / "library.bib"))
    library = LibraryIndex(items.items())
    with (folder / "queries_dev.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    folds = {}
    queries = []
    for record in records:
        fold = zlib.crc32((record.get("truth") or record["id"]).encode()) % FOLDS
        for key in (record["target"], *record.get("ambiguous", ())):
            if key:
                folds[key] = fold
        # "also_ok" of the biblatex-gost records names other works of the same year as well: not for training
        others = () if record["id"].startswith("gost") else record.get("also_ok", ())
        right = {record["target"], *others} if record["target"] else set()
        queries.append(_query(library, record, right, fold, made=False))
    queries += _with_doubles(queries, items)
    for key, note in made_notes(items):
        fold = folds.get(key, zlib.crc32(key.encode()) % FOLDS)
        queries.append(_query(library, {"raw": note, "target": key, "form": "made"}, {key}, fold, made=True))
    return [query for query in queries if query.works]


def _query(library: LibraryIndex, record: dict[str, Any], right: set[str], fold: int, *, made: bool) -> Query:
    raw = " ".join(record["raw"].split())
    stated = statement_of(parse_reference(raw).csl, raw)
    works = library.near(stated)
    same = [work for work in works if made and work.key in right]
    labels = [work.key in right or any(is_same_work(work, other) for other in same) for work in works]
    features = np.array([compare(stated, work) for work in works]).reshape(len(works), len(Features._fields))
    return Query(record, works, features, labels, fold, made)


def _with_doubles(queries: Sequence[Query], items: dict[str, dict[str, Any]]) -> list[Query]:
    """For each query with a target a second one whose right entries are replaced by a double; nothing in it is right."""
    chosen = random.Random(11)
    pool = [items[key] for key in sorted(items) if items[key].get("container-title")]
    made = []
    for query in queries:
        item = items.get(query.record["target"] or "")
        if item is None:
            continue
        raw = " ".join(query.record["raw"].split())
        stated = statement_of(parse_reference(raw).csl, raw)
        double = _double(item, chosen.choice(pool), stated, chosen)
        if double is None:
            continue
        left = [n for n, is_right in enumerate(query.right) if not is_right]
        works = [work_of(double, "double"), *(query.works[n] for n in left)]
        features = np.vstack([np.array(compare(stated, works[0])), query.features[left]])
        made.append(Query({**query.record, "target": None}, works, features, [False] * len(works), query.fold, True))
    return made


def _double(
    item: dict[str, Any], other: dict[str, Any], stated: Statement, chosen: random.Random
) -> dict[str, Any] | None:
    """Another work much like the item; None where a short form could mean that one too."""
    bare = {name: value for name, value in item.items() if name not in ("container-title", "volume", "issue", "page")}
    year = (item.get("issued", {}).get("date-parts") or [[None]])[0][0]
    page = chosen.randint(1, 400)
    kinds = []
    if year and stated.years:
        kinds += ["edition"] * 2
    if not is_brief(stated):
        kinds += ["book" if item.get("container-title") else "part", "review"]
    if not kinds:
        return None
    match chosen.choice(kinds):
        case "edition":
            return {**item, "issued": {"date-parts": [[year + chosen.choice([-12, -7, -4, -2, 2, 3, 5, 9, 14])]]}}
        case "book":
            return {**bare, "type": "book", "publisher": item.get("publisher") or "Hoover Institution Press"}
        case "part":
            host = {name: other[name] for name in ("container-title", "volume", "issue") if name in other}
            return {**bare, **host, "type": other.get("type"), "page": f"{page}–{page + chosen.randint(5, 40)}"}
        case _:
            host = {name: other[name] for name in ("container-title", "volume", "author") if name in other}
            title = chosen.choice(["Review of {}", "{} (review)", "{}", "Review: {}"]).format(item.get("title", ""))
            return {**bare, **host, "type": "article-journal", "title": title, "page": f"{page}–{page + 3}"}


def made_notes(items: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """Short notes from entries: "Hulk and Müller, “Bilingual first language,” pp. 223–227." The same ones every time."""
    chosen = random.Random(7)
    notes = []
    for key in chosen.sample(sorted(items), len(items)):
        if note := _short_note(items[key], chosen):
            notes.append((key, note))
        if len(notes) == NOTES:
            break
    return notes


def _short_note(item: dict[str, Any], chosen: random.Random) -> str | None:
    people = item.get("author") or item.get("editor") or []
    names = [" ".join(p[n] for n in ("non-dropping-particle", "family", "literal") if p.get(n)) for p in people]
    words = re.split(r"[:.?!] ", str(item.get("title") or ""))[0].split()
    if not names or not words:
        return None
    if len(words) > 4 and chosen.random() < 0.75:
        words = words[: chosen.randint(4, 6)]
    if words[0].lower() in _ARTICLES and chosen.random() < 0.3 and len(words) > 1:
        words = words[1:]
    who = names[0] if len(names) == 1 else " and ".join(names) if len(names) == 2 else f"{names[0]} et al."
    page = chosen.randint(2, 400)
    where = chosen.choice([f"{page}", f"p. {page}", f"pp. {page}–{page + chosen.randint(1, 9)}", f"S. {page} f."])
    title = " ".join(words).rstrip(" ,:")
    year = (item.get("issued", {}).get("date-parts") or [[None]])[0][0]
    if year and chosen.random() < 0.3:
        return f"{who}, {title} ({year}), {where}."
    in_part = item.get("type") in ("article-journal", "chapter", "paper-conference")
    return f"{who}, “{title},” {where}." if in_part else f"{who}, {title}, {where}."


def train(queries: Sequence[Query]) -> Model:
    """Both steps and the calibration; the second step learns from ranks that its queries had no part in."""
    rows: list[tuple[Decision, bool, float, bool]] = []
    for part in range(3):
        held = [query for n, query in enumerate(queries) if n % 3 == part]
        ranker = _train_rank([query for n, query in enumerate(queries) if n % 3 != part])
        for query in held:
            rows += _decisions(query, ranker)
    values = np.array([row[0] for row in rows])
    right = np.array([row[1] for row in rows], dtype=float)
    weight = np.array([row[2] for row in rows])
    real = np.array([row[3] for row in rows])
    odds = np.zeros(len(rows))
    for part in range(4):
        inside = np.arange(len(rows)) % 4 == part
        odds[inside] = _odds(_fit(values[~inside], right[~inside], weight[~inside], RIDGE_DECISION), values[inside])
    calibration = _fit(odds[real][:, None], right[real], np.ones(int(real.sum())), 0.01)
    return Model(_train_rank(queries), _fit(values, right, weight, RIDGE_DECISION), calibration)


def _train_rank(queries: Sequence[Query]) -> Array:
    values, right, weight = [], [], []
    for query in queries:
        most = CANDIDATES_MADE if query.made else CANDIDATES
        taken = [n for n, is_right in enumerate(query.right) if n < most or is_right]
        values.append(query.features[taken])
        right += [query.right[n] for n in taken]
        weight += [WEIGHT_MADE if query.made else 1.0] * len(taken)
    return _fit(np.concatenate(values), np.array(right, dtype=float), np.array(weight), RIDGE_RANK)


def _decisions(query: Query, ranker: Array) -> Iterable[tuple[Decision, bool, float, bool]]:
    """The query as it is, and with its right entries withheld: features, label, weight, whether it is a real one."""
    ranked = _ranked(query, ranker)
    right = {work.key for work, is_right in zip(query.works, query.right, strict=True) if is_right}
    yield decision(ranked), ranked[0].work.key in right, WEIGHT_MADE if query.made else 1.0, not query.made
    left = [found for found in ranked if found.work.key not in right]
    if right and left:
        yield decision(left), False, WEIGHT_MADE if query.made else WEIGHT_WITHHELD, False


def _ranked(query: Query, ranker: Array) -> list[Ranked]:
    ranks = _odds(ranker, query.features)
    rows = zip(query.works, query.features.tolist(), ranks, strict=True)
    found = [Ranked(work, Features(*features), float(rank)) for work, features, rank in rows]
    return sorted(found, key=lambda one: (-one.rank, one.work.key))


def _fit(values: Array, right: Array, weight: Array, ridge: float) -> Array:
    """Logistic regression by Newton's method; the bias, which comes first, is not shrunk."""
    columns = np.c_[np.ones(len(values)), values]
    found = np.zeros(columns.shape[1])
    shrink = np.full(columns.shape[1], ridge)
    shrink[0] = 1e-6
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(columns @ found, -30, 30)))
        slope = columns.T @ (weight * (chance - right)) + shrink * found
        curve = (columns.T * (weight * chance * (1 - chance))) @ columns + np.diag(shrink)
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return found


def _odds(weights: Array, values: Array) -> Array:
    return np.asarray(weights[0] + values @ weights[1:])


def out_of_fold(queries: Sequence[Query]) -> list[tuple[dict[str, Any], str, float]]:
    """Each real query with its best key and the chance that the model of the other folds gives it."""
    answers = []
    for fold in range(FOLDS):
        model = train([query for query in queries if query.fold != fold])
        for query in queries:
            if query.fold != fold or query.made:
                continue
            ranked = _ranked(query, model.rank)
            odds = _odds(model.decision, np.array(decision(ranked)))
            chance = float(1 / (1 + np.exp(-(model.calibration[0] + model.calibration[1] * odds))))
            if is_undecided(ranked):
                chance = min(chance, UNDECIDED)
            answers.append((query.record, ranked[0].work.key, chance))
    return answers


def report(answers: Sequence[tuple[dict[str, Any], str, float]]) -> None:
    """Precision and recall at the threshold, by form and by kind of negative; calibration in ten bins."""
    print(f"== links out of fold ({FOLDS} folds by work), {len(answers)} queries")
    for threshold in (0.85, 0.9, 0.92, 0.93, THRESHOLD, 0.95, 0.96):
        shown = [f"{name} {_score(answers, threshold, test)}" for name, test in _GROUPS.items()]
        print(f"threshold {threshold:.2f}: " + "; ".join(shown))
    wrong = [record for record, key, chance in answers if chance >= THRESHOLD and not _is_right(record, key)]
    for kind in ("absent", "withheld", "ambiguous"):
        there = sum(record["neg"] == kind for record, _, _ in answers)
        print(f"{kind}: {sum(record['neg'] == kind for record in wrong)} of {there} linked")
    chances = np.array([chance for _, _, chance in answers])
    right = np.array([_is_right(record, key) for record, key, _ in answers], dtype=float)
    bins = np.minimum(9, (chances * 10).astype(int))
    parts = [(bins == n) for n in range(10) if (bins == n).any()]
    error = sum(part.mean() * abs(chances[part].mean() - right[part].mean()) for part in parts)
    print(f"calibration error {error:.4f}")


_GROUPS = {
    "all": lambda record: True,
    "short": lambda r: r["form"] == "short",
    "others": lambda r: r["form"] != "short",
}


def _score(answers: Sequence[tuple[dict[str, Any], str, float]], threshold: float, test: Any) -> str:
    ours = [(record, key, chance) for record, key, chance in answers if test(record)]
    made = [(record, key) for record, key, chance in ours if chance >= threshold]
    right = sum(_is_right(record, key) for record, key in made)
    wanted = sum(record["target"] is not None for record, _, _ in ours)
    return f"P {right / max(1, len(made)):.4f} R {right / wanted:.4f} ({len(made) - right} wrong)"


def _is_right(record: dict[str, Any], key: str) -> bool:
    return record["target"] is not None and key in (record["target"], *record.get("also_ok", ()))


def write(model: Model) -> None:
    """bibliography/match.json, with rounded weights so that it reads and compares well."""
    weights = Weights(
        features=Features._fields,
        rank=tuple(round(float(w), 4) for w in model.rank),
        decision_features=Decision._fields,
        decision=tuple(round(float(w), 4) for w in model.decision),
        calibration=(round(float(model.calibration[0]), 4), round(float(model.calibration[1]), 4)),
        threshold=THRESHOLD,
        trained_on="references from LangSci books (CC BY 4.0), biblio-glutton (Apache-2.0), biblatex-gost (LPPL)",
    )
    path = ROOT / "bibliography" / "match.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
