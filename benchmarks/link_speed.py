"""Speed, memory and reach of matching against large libraries.

    python benchmarks/link_speed.py LINK_FOLDER

The libraries of 10,000 and 100,000 entries are LINK_FOLDER's library.bib, filled up with works made of its parts: the
people of one entry, the two halves of the titles of two others, the container of a fourth. References are parsed
beforehand. All times are CPU seconds of this process. Exhaustive rapidfuzz (token_set_ratio of the string over all entries in one string each) stands beside it in
the same process.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process, utils

from bibliography.csl import library_items
from bibliography.files import read_library
from bibliography.library_index import LibraryIndex
from bibliography.match import match
from bibliography.parse import parse_reference
from bibliography.work import statement_of

QUERIES, EXHAUSTIVE = 100, 4  # references timed in either way
Item = dict[str, Any]


def main() -> None:
    folder = Path(sys.argv[1])
    items = library_items(read_library(folder / "library.bib"))
    with (folder / "queries_dev.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    wanted = [record for record in records if record["target"]]
    raws = [" ".join(record["raw"].split()) for record in wanted]
    parsed = [(parse_reference(raw).csl, raw) for raw in raws]
    seconds: dict[int, float] = {}
    for size in (10_000, 100_000):
        pairs = enlarged(items, max(size, len(items)))
        begin = time.process_time()
        library = LibraryIndex(pairs)
        loading = time.process_time() - begin
        reached = sum(
            any(work.key in (record["target"], *record.get("also_ok", ())) for work in library.near(statement_of(*one)))
            for record, one in zip(wanted, parsed, strict=True)
        )
        seconds[size] = timed(library, parsed)
        whole = exhaustive(pairs, raws)
        print(
            f"== {len(pairs):,} entries: indexed in {loading:.1f} s with {memory_of(pairs):.0f} MB, {1000 * seconds[size]:.2f} ms a reference, ",
            end="",
        )
        print(f"exhaustive rapidfuzz {1000 * whole:.1f} ms: {whole / seconds[size]:.0f} times as fast; ", end="")
        print(f"recall@25 {reached / len(wanted):.4f} ({len(wanted) - reached} of {len(wanted)} missed)")
    print(f"ten times the entries take {seconds[100_000] / seconds[10_000]:.2f} times as long")


def enlarged(items: dict[str, Item], size: int) -> list[tuple[str, Item]]:
    """The library filled up to a size with works made of its parts; the same ones every time."""
    chosen = random.Random(3)
    pool = [items[key] for key in sorted(items)]
    pairs = list(items.items())
    while len(pairs) < size:
        one, first, second, host = (chosen.choice(pool) for _ in range(4))
        begun, ended = str(first.get("title", "")).split(), str(second.get("title", "")).split()
        made = {
            **{
                name: value
                for name, value in host.items()
                if name not in ("id", "DOI", "title", "author", "editor", "issued")
            },
            **{role: one[role] for role in ("author", "editor") if role in one},
            "title": " ".join(begun[: (len(begun) + 1) // 2] + ended[len(ended) // 2 :]),
            "issued": {"date-parts": [[chosen.randint(1900, 2024)]]},
        }
        pairs.append((f"made{len(pairs)}", made))
    return pairs


def memory_of(pairs: list[tuple[str, Item]]) -> float:
    """Megabytes that the index takes beside its entries, measured in a process of its own (Linux)."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        before = _resident()
        library = LibraryIndex(pairs)
        os.write(writing, f"{_resident() - before if len(library) else 0:.0f}".encode())
        os._exit(0)
    os.wait()
    return float(os.read(reading, 20))


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def timed(library: LibraryIndex, parsed: list[tuple[Item, str]]) -> float:
    """Seconds a reference, the best of two rounds over the same references (the first one folds the entries)."""
    some = parsed[:: max(1, len(parsed) // QUERIES)]
    rounds = []
    for _ in range(2):
        begin = time.process_time()
        for item, raw in some:
            match(item, library, raw=raw)
        rounds.append((time.process_time() - begin) / len(some))
    return min(rounds)


def exhaustive(pairs: list[tuple[str, Item]], raws: list[str]) -> float:
    """Seconds a reference for rapidfuzz over all entries, each as one string prepared beforehand."""
    texts = [utils.default_process(" ".join(_said(item))) for _, item in pairs]
    some = [utils.default_process(raw) for raw in raws[:: max(1, len(raws) // EXHAUSTIVE)]]
    begin = time.process_time()
    for raw in some:
        process.extract(raw, texts, scorer=fuzz.token_set_ratio, limit=25)
    return (time.process_time() - begin) / len(some)


def _said(item: Item) -> list[str]:
    issued = item.get("issued", {}).get("date-parts") or [[""]]
    people = [str(person.get("family", "")) for person in item.get("author") or item.get("editor") or []]
    return [*people, str(item.get("title", "")), str(item.get("container-title", "")), str(issued[0][0])]


if __name__ == "__main__":
    main()
