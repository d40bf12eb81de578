"""The table of verbs."""

from __future__ import annotations

from typing import Annotated

import typer

from annotate.cli import annotate, bib, doctor, documents, reconcile, tei, training, validate

app = typer.Typer(
    name="adfontes",
    help=(
        "Ad fontes: from the text of a paper, however messy, to its claims, figures, names and sources, "
        "as TEI, fact lists and BibTeX. Nothing leaves this computer but what you send with 'reconcile'."
    ),
    epilog="Start with: adfontes annotate paper.txt --bib sources.bib",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(show: bool) -> None:
    if show:
        from annotate.version import __version__

        typer.echo(f"adfontes {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


app.command("annotate")(annotate.annotate)
app.command("facts")(documents.facts)
app.add_typer(bib.app, name="bib")
app.command("check")(documents.check)
app.command("reconcile")(reconcile.reconcile)
app.command("validate")(validate.validate)
app.command("export")(documents.export)
app.command("import")(documents.import_files)
app.command("eval")(training.evaluate)
app.command("train")(training.train)
app.add_typer(tei.app, name="tei")
app.command("doctor")(doctor.doctor)
