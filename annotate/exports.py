"""The other forms of an annotated article, one line of a table each, and the way back into an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from annotate.outputs import FORMATS
from corpus.store import load_articles, read_articles
from schemas.records import Article


def write_text(article: Article) -> bytes:
    """The clean reading text."""
    return (article.text + "\n").encode("utf-8", "replace")


def write_csl_json(article: Article) -> bytes:
    """The article's references as a CSL-JSON array, ids being their BibTeX keys."""
    items = [{**ref.csl, "id": ref.key or ref.id} for ref in article.references if ref.csl]
    return msgspec.json.format(msgspec.json.encode(items, order="sorted"), indent=1) + b"\n"


def _as_annotated(form: str, suffix: str) -> Callable[[Article], bytes]:
    return lambda article: FORMATS[form][suffix](article, None)


EXPORTS: dict[str, tuple[str, Callable[[Article], bytes]]] = {
    "tei": (".tei.xml", _as_annotated("tei", ".tei.xml")),
    "facts-md": (".facts.md", _as_annotated("facts", ".facts.md")),
    "facts-csv": (".facts.csv", _as_annotated("facts", ".facts.csv")),
    "facts-json": (".facts.json", _as_annotated("facts", ".facts.json")),
    "bibtex": (".bib", _as_annotated("bib", ".bib")),
    "csl-json": (".csl.json", write_csl_json),
    "text": (".text", write_text),
}


def import_articles(path: str) -> Sequence[Article]:
    """The articles of a source file or of a ``.json`` of ours. Raises InputError where it is neither."""
    return load_articles(path) if Path(path).suffix == ".json" else read_articles(path)
