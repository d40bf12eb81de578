"""All measurements by one command: quality by the shared scorers, speed and memory of the whole command.

    python benchmarks/run.py [SHARED_FOLDER]

Quality needs the shared folder (gold data and scorers) and is skipped with a word where it is absent. Speed is a ratio
within one run: the words a second of the whole pipeline beside those of the bare entity model on the same text.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIGURE_SETS = ("figures_currency", "figures_grobid_eval", "dates_wikiwars_dev", "dates_gum_tei")
CLI = shutil.which("adfontes", path=str(Path(sys.executable).parent)) or "adfontes"


def main() -> None:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ADFONTES_SHARED", ROOT.parent / "shared"))
    if not (shared / "bench").is_dir():
        print(f"skipped: quality (no scorers in {shared.name}/bench)")
        paper = ROOT / "examples" / "gold-standard.txt"
    else:
        quality(shared)
        subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / "references.py"), str(shared), "--folds"], check=False
        )
        for script in ("link_model.py", "link_speed.py"):
            command = [sys.executable, str(ROOT / "benchmarks" / script), str(shared / "data" / "link")]
            subprocess.run(command, check=False)
        subprocess.run([sys.executable, str(ROOT / "benchmarks" / "folding.py")], check=False)
        tei(shared)
        bibtex(shared)
        paper = next((shared / "seeds").glob("000*.txt"))
    styles(paper)
    numbers(shared)
    cold(paper)
    ratio(paper)
    subprocess.run([sys.executable, str(ROOT / "benchmarks" / "names.py"), str(shared)], check=False)


def quality(shared: Path) -> None:
    """The scorers, each with the command that repeats it."""
    data, bench = shared / "data", shared / "bench"
    seed = next((shared / "seeds").glob("000*.txt"))
    with tempfile.TemporaryDirectory() as out:
        for script, *arguments in (
            ("notes.py", data / "notes" / "dev", out),
            ("figures.py", "--seed", data / "figures" / "seed0_gold.json", seed),
            ("figures.py", *(data / "figures" / f"{name}.jsonl" for name in FIGURE_SETS)),
            ("entities.py", *sorted((data / "ner" / "dev").glob("*.jsonl"))),
            ("refs.py", data / "refs" / "grobid_dev.jsonl", Path(out) / "refs.jsonl"),
            ("link.py", data / "link" / "library.bib", data / "link" / "queries_dev.jsonl", Path(out) / "link.jsonl"),
        ):
            print(f"\n== {script} {' '.join(Path(str(a)).name for a in arguments)}", flush=True)
            subprocess.run(
                [sys.executable, bench / script, *map(str, arguments)], env={**os.environ, "ADFONTES": CLI}, check=False
            )


def numbers(shared: Path) -> None:
    """Figures and dates on our own sentences, their speed beside a CNN, and the checks on made statements."""
    scripts = [("figures.py", "--speed"), ("arithmetic.py",)]
    if (shared / "bench").is_dir():
        scripts.append(("wikiwars.py", str(shared)))
    for script, *arguments in scripts:
        print(f"\n== {script}", flush=True)
        subprocess.run([sys.executable, ROOT / "benchmarks" / script, *arguments], check=False)


def tei(shared: Path) -> None:
    """Every export of the dev articles and the seeds against tei_all."""
    schema = shared / "data" / "tei" / "schema" / "tei_all-4.8.0.simplified.rng"
    with tempfile.TemporaryDirectory() as out:
        folders = [str(shared / "data" / "notes" / "dev"), str(shared / "seeds")]
        subprocess.run([CLI, "annotate", *folders, "-o", out, "--format", "tei"], check=True, capture_output=True)
        files = sorted(map(str, Path(out).glob("*.tei.xml")))
        done = subprocess.run(
            [CLI, "validate", "--schema", str(schema), *files], capture_output=True, text=True, check=False
        )
    print(f"\n== TEI against tei_all: {done.stderr.strip()}")


def bibtex(shared: Path) -> None:
    """Reading a large real .bib beside bibtexparser alone on the same text, in turns within one process; and what follows."""
    import logging

    import bibtexparser

    from bibliography.bibtex import read_bibtex
    from bibliography.check import check_library
    from bibliography.csl import library_items

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    text = (shared / "data" / "link" / "library.bib").read_text(encoding="utf-8")
    library = read_bibtex(text, "library.bib")
    alone, ours, items, checks = [], [], [], []
    for _ in range(3):
        for times, work in (
            (alone, lambda: bibtexparser.parse_string(text)),
            (ours, lambda: read_bibtex(text, "library.bib")),
            (items, lambda: library_items(library)),
            (checks, lambda: check_library(library)),
        ):
            begin = time.process_time()
            work()
            times.append(time.process_time() - begin)
    assert len(library.entries) > 10_000
    print(
        f"\n== .bib of {len(library.entries):,} entries: bibtexparser alone {min(alone):.2f} CPU-s, read_bibtex {min(ours):.2f} "
        f"(ratio {min(ours) / min(alone):.2f}), to CSL {min(items):.2f}, bib check {min(checks):.2f}"
    )


def styles(paper: Path) -> None:
    """What a citation style costs: one call of pandoc for a list of sources, beside the annotation of a short paper."""
    from annotate.engine import load_model
    from annotate.pipeline import annotate_articles
    from bibliography.plain import format_plain
    from bibliography.styles import format_sources
    from corpus.store import read_articles

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
        f"== 30 sources in a style: {min(styled):.2f} s, by hand {min(plain) * 1000:.1f} ms; annotating {paper.name} "
        f"takes {min(whole):.2f} s"
    )


def cold(paper: Path) -> None:
    """Whole-process time and peak memory of ``adfontes annotate``, from nothing; three runs, the middle one."""
    times = []
    with tempfile.TemporaryDirectory() as out:
        for _ in range(3):
            begin = time.perf_counter()
            subprocess.run([CLI, "annotate", str(paper), "-o", out, "--force"], check=True, capture_output=True)
            times.append(time.perf_counter() - begin)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\n== cold: adfontes annotate {paper.name}: {sorted(times)[1]:.2f} s, peak {peak:.0f} MB")


def ratio(paper: Path) -> None:
    """The pipeline beside the bare entity model on the same blocks, in turns within one process."""
    from annotate.engine import load_model
    from annotate.pipeline import annotate_articles
    from corpus.store import read_articles

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
        f"== speed: pipeline {words / min(whole):,.0f} words/s, bare entity model {words / min(bare):,.0f} words/s "
        f"(ratio {min(bare) / min(whole):.2f}); reading alone {min(bare) / min(reading):.1f} times as fast as the model"
    )


if __name__ == "__main__":
    main()
