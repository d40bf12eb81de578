"""All measurements by one command: quality by the shared scorers, then our own; speed and memory as ratios within a run.

    python benchmarks/run.py [SHARED_FOLDER]

Each part is a command that can be run by itself and is printed before its result. What needs the shared folder (gold data
and scorers) is left out with a word where it is absent. Exit code 1 where a part failed; the last lines say which.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "benchmarks"
FIGURE_SETS = ("figures_currency", "figures_grobid_eval", "dates_wikiwars_dev", "dates_gum_tei")


def main() -> None:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ADFONTES_SHARED", ROOT.parent / "shared"))
    failed = []
    with tempfile.TemporaryDirectory() as out:
        commands = list(own())
        if (shared / "bench").is_dir():
            commands = [*scorers(shared, Path(out)), *with_gold(shared), *commands]
        else:
            print(f"skipped: all that needs gold data (no scorers in {shared.name}/bench)")
        for command in commands:
            shown = shlex.join(str(word).removeprefix(f"{ROOT}/") for word in command)
            print(f"\n== {shown}", flush=True)
            if subprocess.run([sys.executable, *command], env=environment(shared), check=False).returncode:
                failed.append(shown)
    for shown in failed:
        print(f"failed: {shown}")
    sys.exit(bool(failed))


def environment(shared: Path) -> dict[str, str]:
    """The scorers call the command that is installed beside this Python; ours look for gold data in the folder given."""
    cli = shutil.which("adfontes", path=str(Path(sys.executable).parent)) or "adfontes"
    return {**os.environ, "ADFONTES": cli, "ADFONTES_SHARED": str(shared)}


def scorers(shared: Path, out: Path) -> Iterator[list[str | Path]]:
    """The shared scorers on the development sets."""
    data, bench = shared / "data", shared / "bench"
    seed = next((shared / "seeds").glob("000*.txt"))
    yield [bench / "notes.py", data / "notes" / "dev", out]
    yield [bench / "figures.py", "--seed", data / "figures" / "seed0_gold.json", seed]
    yield [bench / "figures.py", *(data / "figures" / f"{name}.jsonl" for name in FIGURE_SETS)]
    yield [bench / "entities.py", *sorted((data / "ner" / "dev").glob("*.jsonl"))]
    yield [bench / "refs.py", data / "refs" / "grobid_dev.jsonl", out / "refs.jsonl"]
    yield [bench / "link.py", data / "link" / "library.bib", data / "link" / "queries_dev.jsonl", out / "link.jsonl"]


def with_gold(shared: Path) -> Iterator[list[str | Path]]:
    """Our own measurements on the shared gold data."""
    link = shared / "data" / "link"
    yield [HERE / "disturbed.py", shared]
    yield [HERE / "references.py", shared, "--folds"]
    yield [HERE / "link_model.py", link]
    yield [HERE / "surnames.py", link]
    yield [HERE / "link_speed.py", link]
    yield [HERE / "bibtex.py", link / "library.bib"]
    yield [HERE / "wikiwars.py", shared]
    yield [HERE / "entity_layers.py"]
    yield [HERE / "names.py", shared]
    yield [HERE / "pdf_pages.py", shared / "data" / "notes" / "dev"]
    yield [HERE / "tei_valid.py", shared]


def own() -> Iterator[list[str | Path]]:
    """What needs nothing but this repository."""
    yield [HERE / "folding.py"]
    yield [HERE / "figures.py", "--speed"]
    yield [HERE / "arithmetic.py"]
    yield [HERE / "gazetteer.py"]
    yield [HERE / "tei_speed.py"]
    yield [HERE / "pipeline.py"]


if __name__ == "__main__":
    main()
