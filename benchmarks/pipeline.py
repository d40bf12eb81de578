"""The whole job on one paper: from nothing, beside the bare entity model, and what a citation style adds.

    python benchmarks/pipeline.py [PAPER]

Without a paper, the example of the README. Speeds are ratios within one run.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from annotate.engine import load_model
from annotate.pipeline import annotate_articles
from bibliography.plain import format_plain
from bibliography.styles import format_sources
from corpus.store import read_articles

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "gold-standard.txt"
CLI = shutil.which("adfontes", path=str(Path(sys.executable).parent)) or "adfontes"


def main() -> None:
    paper = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE
    cold(paper)
    ratio(paper)
    styles(paper)


def cold(paper: Path) -> None:
    """Whole-process time and peak memory of ``adfontes annotate``, from nothing; three runs, the middle one."""
    times = []
    with tempfile.TemporaryDirectory() as out:
        for _ in range(3):
            begin = time.perf_counter()
            subprocess.run([CLI, "annotate", str(paper), "-o", out, "--force"], check=True, capture_output=True)
            times.append(time.perf_counter() - begin)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"cold: adfontes annotate {paper.name}: {sorted(times)[1]:.2f} s, peak {peak:.0f} MB")


def ratio(paper: Path) -> None:
    """The pipeline beside the bare entity model on the same blocks, in turns within one process."""
    nlp = load_model()
    articles = list(read_articles(paper)) * 10
    texts = [article.quote(block) for article in articles for block in article.blocks]
    words = sum(len(text.split()) for text in texts)
    whole, bare, reading = [], [], []
    for _ in range(3):
        begin = time.perf_counter()
        assert sum(1 for _ in annotate_articles(articles, nlp)) == len(articles)
        whole.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        assert sum(1 for _ in nlp.pipe(texts)) == len(texts)
        bare.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        for _ in articles:
            read_articles(paper)
        reading.append(time.perf_counter() - begin)
    print(
        f"speed: pipeline {words / min(whole):,.0f} words/s, bare entity model {words / min(bare):,.0f} words/s "
        f"(ratio {min(bare) / min(whole):.2f}); reading alone {min(bare) / min(reading):.1f} times as fast as the model"
    )


def styles(paper: Path) -> None:
    """What a citation style costs: one call of pandoc for a list of sources, beside the annotation of a short paper."""
    item = {"type": "book", "title": "Western Technology", "issued": {"date-parts": [[1968]]}}
    items = {f"k{n}": item | {"author": [{"family": f"Sutton{n}", "given": "A."}]} for n in range(30)}
    nlp, articles = load_model(), list(read_articles(paper))
    styled, plain, whole = [], [], []
    for _ in range(3):
        for times, work in (
            (styled, lambda: format_sources(items)),
            (plain, lambda: [format_plain(item) for item in items.values()]),
            (whole, lambda: list(annotate_articles(articles, nlp))),
        ):
            begin = time.perf_counter()
            work()
            times.append(time.perf_counter() - begin)
    print(
        f"30 sources in a style: {min(styled):.2f} s, by hand {min(plain) * 1000:.1f} ms; annotating {paper.name} "
        f"takes {min(whole):.2f} s"
    )


if __name__ == "__main__":
    main()
