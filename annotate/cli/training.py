"""``adfontes eval`` and ``adfontes train``: how well names are found in your texts, and a model that learns from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from annotate.evaluation.differences import Difference
    from annotate.evaluation.gold_files import GoldFile

_GOLD = (
    'Gold names: .jsonl with "text" and "entities" (lists of start, end, label), spaCy\'s .spacy, '
    "or paper.decisions.jsonl."
)
Gold = Annotated[list[Path], typer.Argument(metavar="GOLD...", help=_GOLD)]


def evaluate(
    gold: Gold,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="NAME", help="A spaCy pipeline or model folder instead of the built-in one."),
    ] = None,
    errors: Annotated[
        Path | None, typer.Option("--errors", metavar="F", help="Write what was wrong to F, one JSON object a line.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Score the names that adfontes finds against names that a person has marked.

    P, R, F: precision, recall and their mean with bounds and label right; "norm" after articles and titles are taken
    off; "fuzzy" where the label is right and the bounds overlap. Only labels that a file annotates are counted.

    Example: adfontes eval letters.jsonl --errors wrong.jsonl
    """
    from annotate.engine import load_model, model_identity
    from annotate.evaluation.report import as_json as json_of
    from annotate.evaluation.report import as_table, score_files

    files = _read(gold)
    nlp = load_model(model)
    scored = score_files(files, nlp)
    if errors is not None:
        _write_errors(errors, [wrong for part in scored for wrong in part.wrong], gold)
    if as_json:
        _print_json({"model": model_identity(nlp), "files": json_of(scored)})
        return
    typer.echo(f"model {model_identity(nlp)}")
    for line in as_table(scored):
        typer.echo(line)


def _read(paths: list[Path]) -> list[GoldFile]:
    from annotate.evaluation.gold_files import read_gold_file

    files = [read_gold_file(path) for path in paths]
    for file in files:
        for told in file.left_out:
            typer.echo(f"warning: {file.path}: left out: {told}", err=True)
    return files


def _write_errors(path: Path, wrong: list[Difference], gold: list[Path]) -> None:
    import msgspec

    from corpus.store import write_atomic
    from schemas.errors import UsageError

    if path.resolve() in {file.resolve() for file in gold}:
        raise UsageError(f"--errors {path} would overwrite a gold file; give another name")
    write_atomic(path, b"".join(msgspec.json.encode(one) + b"\n" for one in wrong))
    typer.echo(f"wrote {len(wrong)} differences to {path}", err=True)


def _print_json(value: object) -> None:
    import msgspec

    typer.echo(msgspec.json.format(msgspec.json.encode(value), indent=1).decode())


def train(
    gold: Gold,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder of the new model.")],
    licence: Annotated[
        str,
        typer.Option(
            "--licence", metavar="TEXT", help="Licence of your texts, for the model's card: CC-BY-4.0, a URL."
        ),
    ],
    dev: Annotated[
        list[Path] | None,
        typer.Option("--dev", metavar="F", help="Score on these instead of on every fifth text, which is kept apart."),
    ] = None,
    base: Annotated[
        str | None, typer.Option("--from", metavar="DIR", help="Go on from a model that you trained before.")
    ] = None,
    epochs: Annotated[int, typer.Option("--epochs", min=0, help="Times through the texts; 0: by their number.")] = 0,
    seed: Annotated[int, typer.Option("--seed", help="Begins the dice; the same seed, the same model.")] = 7,
    threads: Annotated[
        int, typer.Option("--threads", min=1, help="More are faster; only one gives the same bytes again.")
    ] = 1,
    force: Annotated[bool, typer.Option("--force", help="Replace a model of other texts or options at -o.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Train the built-in model on with your names; write a model folder for --model and spacy.load, with its scores.

    A run that was stopped goes on when it is called again. Needs the extra "train".

    Example: adfontes train paper.decisions.jsonl -o my-model --licence CC-BY-4.0
    """
    _need_torch()
    from annotate.evaluation.report import as_json as json_of
    from annotate.evaluation.report import as_table
    from annotate.training.own import Settings
    from annotate.training.user_model import train_model
    from schemas.errors import UsageError

    if not licence.strip():
        raise UsageError(
            "--licence is empty; say under which licence your texts are, as CC-BY-4.0 or 'all rights reserved'"
        )
    made = train_model(
        _read(gold),
        _read(dev or []),
        output,
        licence=licence.strip(),
        base=base,
        settings=Settings(seed, epochs, threads),
        force=force,
        say=lambda line: typer.echo(line, err=True),
    )
    scored = [scores for scores in (made.before, made.after) if scores is not None]
    if as_json:
        _print_json({"model": str(made.folder), "unchanged": made.unchanged, "scores": json_of(scored)})
        return
    for line in as_table(scored):
        typer.echo(line)
    _tell_folder(made.folder, unchanged=made.unchanged, scored=bool(scored))


def _tell_folder(folder: Path, *, unchanged: bool, scored: bool) -> None:
    if not scored and not unchanged:
        typer.echo("no scores: too few texts to keep some apart; give others with --dev", err=True)
    typer.echo(f"{folder}: {'unchanged, skipped (--force trains again)' if unchanged else 'written'}", err=True)


def _need_torch() -> None:
    from importlib.util import find_spec

    from schemas.errors import MissingPartError

    missing = [name for name in ("torch", "onnx", "safetensors") if find_spec(name) is None]
    if missing:
        raise MissingPartError(f"training needs {', '.join(missing)}; install with: pip install 'adfontes[train]'")
