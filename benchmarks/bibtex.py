"""Reading a large real .bib beside bibtexparser alone on the same text, in turns within one process; and what follows.

python benchmarks/bibtex.py LIBRARY.bib
"""

from __future__ import annotations

import logging
import sys
import time
from pathlib import Path

import bibtexparser

from bibliography.bibtex import read_bibtex
from bibliography.check import check_library
from bibliography.csl import library_items


def main() -> None:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    library = read_bibtex(text, "library.bib")
    works = {
        "bibtexparser alone": lambda: bibtexparser.parse_string(text),
        "read_bibtex": lambda: read_bibtex(text, "library.bib"),
        "to CSL": lambda: library_items(library),
        "bib check": lambda: check_library(library),
    }
    best = dict.fromkeys(works, float("inf"))
    for _ in range(3):
        for name, work in works.items():
            begin = time.process_time()
            work()
            best[name] = min(best[name], time.process_time() - begin)
    ratio = best["read_bibtex"] / best["bibtexparser alone"]
    costs = ", ".join(f"{name} {seconds:.2f} CPU-s" for name, seconds in best.items())
    print(f".bib of {len(library.entries):,} entries: {costs}; read_bibtex is {ratio:.2f} times bibtexparser alone")


if __name__ == "__main__":
    main()
