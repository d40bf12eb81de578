"""Imports run down the floors, and heavy libraries stay where the plan puts them. Read from the source with ast."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("schemas", "bibliography", "corpus", "annotate")  # bottom to top

# Each library, and the only places that may import it.
HOMES = {
    "spacy": ("annotate/engine.py", "annotate/ner/", "annotate/annotators/", "annotate/training/"),
    "onnxruntime": ("annotate/ner/", "annotate/training/"),
    "torch": ("annotate/training/",),
    "bibtexparser": ("bibliography/bibtex.py",),
    "typer": ("annotate/cli/",),
    "rich": ("annotate/cli/",),
    "lxml": ("corpus/",),
    "saxonche": ("corpus/validate/schematron.py",),
    "bagit": ("corpus/archive/check.py",),
}
TYPES_ONLY = {"spacy"}  # may be imported anywhere in annotate/ under TYPE_CHECKING


def _modules() -> list[Path]:
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


def _imports(path: Path, *, typing_too: bool = True) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    if not typing_too:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                skipped |= set(ast.walk(node))
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_down(path: Path) -> None:
    floor = FLOORS.index(path.relative_to(ROOT).parts[0])
    above = [name for name in _imports(path) if name.split(".")[0] in FLOORS[floor + 1 :]]
    assert not above, f"imports from a floor above: {above}"


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_heavy_libraries_stay_at_home(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for name in _imports(path, typing_too=False):
        library = name.split(".")[0]
        if library in HOMES:
            assert place.startswith(HOMES[library]), f"{place} imports {library}"


def test_floors_form_no_cycle_of_modules() -> None:
    edges = {}
    for path in _modules():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        edges[name] = {n for n in _top_level_imports(path) if n.split(".")[0] in FLOORS}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"import cycle: {' -> '.join((*way, name))}"
        if name in done or name not in edges:
            return
        for other in edges[name]:
            visit(other, (*way, name))
        done.add(name)

    for name in edges:
        visit(name, ())


def _top_level_imports(path: Path) -> Iterator[str]:
    package = ".".join(path.relative_to(ROOT).parent.parts)
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            submodules = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [name for name in submodules if (ROOT / Path(*name.split("."))).with_suffix(".py").exists()]
            yield from found or ([node.module] if node.module != package else [])


def test_help_is_light() -> None:
    code = (
        "import sys\nfrom annotate.cli import run\nassert run(['--help']) == 0\n"
        "heavy = {'spacy', 'lxml', 'bibtexparser', 'numpy'} & set(sys.modules)\nassert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "annotate" in done.stdout
