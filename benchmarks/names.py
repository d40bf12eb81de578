"""Speed, load time and memory of the entity model, beside spaCy's CNN of width 96 and depth 4 on the same text.

    python benchmarks/names.py [SHARED_FOLDER]

Both run in turns within one process, on one thread and on as many as there are cores; the CNN's weights are fresh, which
changes nothing of its speed. Quality is measured by the shared scorer (benchmarks/run.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from cnn import make_cnn

ROOT = Path(__file__).resolve().parent.parent
WORDS = 20_000


def main() -> None:
    print(_load())  # first: a process begins with the peak memory of the one that started it
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ADFONTES_SHARED", ROOT.parent / "shared"))
    papers = sorted((shared / "data" / "notes" / "dev").glob("*.txt")) or [ROOT / "examples" / "gold-standard.txt"]
    texts = _paragraphs(papers)
    words = sum(len(text.split()) for text in texts)
    for threads in dict.fromkeys((1, os.cpu_count() or 1)):
        ours, cnn = _times(texts, threads)
        print(
            f"entity model, {threads} thread(s): {words / ours:,.0f} words/s; CNN on one thread: {words / cnn:,.0f}; "
            f"ratio {cnn / ours:.2f}",
            flush=True,
        )


def _paragraphs(papers: list[Path]) -> list[str]:
    texts: list[str] = []
    count = 0
    for paper in papers:
        for part in paper.read_text(encoding="utf-8").split("\n\n"):
            if len(part.split()) > 20 and count < WORDS:
                texts.append(" ".join(part.split()))
                count += len(part.split())
    return texts


def _times(texts: list[str], threads: int) -> tuple[float, float]:
    """The best of three runs of each, in turns."""
    import spacy

    from annotate.model import DEFAULT_MODEL

    nlp = spacy.load(DEFAULT_MODEL, config={"components": {"adfontes_ner": {"threads": threads}}})
    cnn = make_cnn()
    ours, theirs = [], []
    for _ in range(3):
        for pipeline, times in ((nlp, ours), (cnn, theirs)):
            begin = time.perf_counter()
            assert sum(1 for _ in pipeline.pipe(texts)) == len(texts)
            times.append(time.perf_counter() - begin)
    return min(ours), min(theirs)


def _load() -> str:
    """Load time and peak memory in a process of its own, import of spaCy told apart."""
    code = (
        "import time, resource, spacy, annotate.engine\n"
        "begin, busy = time.perf_counter(), time.process_time()\n"
        "nlp = annotate.engine.load_model()\n"
        "spent, busy = time.perf_counter() - begin, time.process_time() - busy\n"
        "nlp('Ford met Stalin in Moscow. ' * 2000)\n"
        "print(f'{spent:.2f} s ({busy:.2f} s of the processor), peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return f"entity model: loads in {done.stdout.strip()}"


if __name__ == "__main__":
    main()
