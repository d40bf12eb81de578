"""How far a surname alone may be trusted: is the only entry of a library under it the work that is meant?

    python benchmarks/surnames.py LINK_FOLDER

LINK_FOLDER holds library.bib and queries_dev.jsonl. Libraries of several sizes are drawn from library.bib, always the same
ones. For the queries whose work is in a library, ``meant`` is the share whose author's surname only that entry has; for
those whose work is not in it, ``namesake`` is the share whose surname one entry has all the same. Their ratio is how much a
lone entry speaks for being the one; annotate.links.surname_alone takes the least.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path

from bibliography.csl import library_items
from bibliography.files import read_library
from bibliography.names import fold_name
from schemas.records import CslItem

SIZES = (30, 100, 300, 1000, 3000)
DRAWN = 40


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("folder", type=Path)
    folder = options.parse_args().folder
    items = library_items(read_library(folder / "library.bib"))
    names = {key: _surnames(item) for key, item in items.items()}
    queries = _queries(folder / "queries_dev.jsonl")
    print(f"{'entries':>8} {'meant':>7} {'namesake':>9} {'ratio':>6}")
    for size in (*SIZES, len(items)):
        meant, namesake = _measure(names, queries, size)
        print(f"{size:8} {meant:7.3f} {namesake:9.4f} {meant / namesake:6.2f}")


def _queries(path: Path) -> list[tuple[str, frozenset[str]]]:
    """The first author's surname and the right keys of each query by a single author."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        authors = (record.get("fields") or {}).get("author") or []
        if len(authors) == 1:
            right = frozenset(key for key in (record["target"], *record.get("also_ok", ())) if key)
            found.append((fold_name(authors[0].split(",")[0]), right))
    return found


def _measure(names: dict[str, set[str]], queries: list[tuple[str, frozenset[str]]], size: int) -> tuple[float, float]:
    chosen = random.Random(1)
    inside = meant = outside = namesake = 0
    for _ in range(DRAWN if size < len(names) else 1):
        drawn = set(chosen.sample(sorted(names), size))
        by_name: dict[str, set[str]] = defaultdict(set)
        for key in drawn:
            for name in names[key]:
                by_name[name].add(key)
        for surname, right in queries:
            under = by_name.get(surname, set())
            if right & drawn:
                inside += 1
                meant += len(under) == 1 and under <= right
            else:
                outside += 1
                namesake += len(under) == 1
    return meant / inside, namesake / outside


def _surnames(item: CslItem) -> set[str]:
    people = item.get("author") or item.get("editor") or []
    return {fold_name(str(person.get("family") or person.get("literal") or "")) for person in people}


if __name__ == "__main__":
    main()
