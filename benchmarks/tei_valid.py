"""Every TEI form of every dev article and seed, against our schema and rules, tei_all and the Schematron.

    python benchmarks/tei_valid.py SHARED_FOLDER

Four profiles, notes in the back or at their markers: eight files an article. Each line says how many files are without a
finding; exit code 1 where one has any. The Schematron (extra "schematron") is asked for the default form only, as it is slow.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CLI = shutil.which("adfontes", path=str(Path(sys.executable).parent)) or "adfontes"
FORMS = [(profile, notes) for profile in ("hybrid", "inline", "standoff", "minimal") for notes in ("back", "inline")]


def main() -> None:
    shared = Path(sys.argv[1])
    schema = str(shared / "data" / "tei" / "schema" / "tei_all-4.8.0.simplified.rng")
    failed = False
    with tempfile.TemporaryDirectory() as out:
        folders = [str(shared / "data" / "notes" / "dev"), str(shared / "seeds")]
        run("annotate", *folders, "-o", f"{out}/json", "--format", "json")
        for profile, notes in FORMS:
            folder = Path(out) / f"{profile}-{notes}"
            run("export", f"{out}/json", "--to", "tei", "--profile", profile, "--notes", notes, "-o", str(folder))
            files = sorted(map(str, folder.glob("*.xml")))
            asked: dict[str, list[str]] = {"ours": [], "tei_all": ["--schema", schema]}
            if (profile, notes) == FORMS[0]:
                asked["Schematron"] = ["--schematron"]
            for name, options in asked.items():
                done = run("validate", *options, *files)
                failed |= done.returncode != 0
                print(f"{profile}, notes {notes}, {name}: exit {done.returncode}; {last_line(done)}", flush=True)
    sys.exit(failed)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([CLI, *arguments], capture_output=True, text=True, check=False)


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if lines else ""


if __name__ == "__main__":
    main()
