"""The other forms of an annotated article, one line of a table each, and the way back into an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotate.outputs import FORMATS
from corpus.store import load_articles, read_articles, read_bytes
from schemas.decisions import Decision
from schemas.errors import InputError
from schemas.records import Article, Claim, Problem

if TYPE_CHECKING:
    from corpus.writers.web_annotation import Found


def write_text(article: Article) -> bytes:
    """The clean reading text."""
    return (article.text + "\n").encode("utf-8", "replace")


def write_csl_json(article: Article) -> bytes:
    """The article's references as a CSL-JSON array, ids being their BibTeX keys."""
    items = [{**ref.csl, "id": ref.key or ref.id} for ref in article.references if ref.csl]
    return msgspec.json.format(msgspec.json.encode(items, order="sorted"), indent=1) + b"\n"


def _docbin(article: Article) -> bytes:
    from annotate.training.tokens import write_docbin

    return write_docbin(article)


def _conllu(article: Article) -> bytes:
    from annotate.training.tokens import write_conllu

    return write_conllu(article)


def _web_annotation(article: Article) -> bytes:
    from corpus.writers.web_annotation import write_web_annotation

    return write_web_annotation(article)


def _annotation_table(article: Article) -> bytes:
    from corpus.writers.annotation_table import write_annotation_table

    return write_annotation_table(article)


def _gexf(article: Article) -> bytes:
    from corpus.writers.gexf import write_gexf

    return write_gexf(article)


def _geojson(article: Article) -> bytes:
    from corpus.writers.geojson import write_geojson

    return write_geojson(article)


def _as_annotated(form: str, suffix: str) -> Callable[[Article], bytes]:
    return lambda article: FORMATS[form][suffix](article, None)


_ZLIB = b"\x78"  # how a DocBin begins: it is packed by zlib
_CONLLU_TABS = 9


def tei_export(profile: str | None, notes: str | None) -> Callable[[Article, Sequence[Decision]], bytes]:
    """The writer of TEI with these options, else as ``adfontes.toml`` has it; the file tells the decisions.

    Raises UsageError for an option that is unknown.
    """
    from annotate.config import read_config
    from corpus.writers.tei import choose_form, write_tei

    form = choose_form(profile, notes, read_config(Path.cwd()).tei)
    return lambda article, decisions: write_tei(article, form, decisions)


EXPORTS: dict[str, tuple[str, Callable[[Article], bytes]]] = {
    "tei": (".tei.xml", _as_annotated("tei", ".tei.xml")),
    "facts-md": (".facts.md", _as_annotated("facts", ".facts.md")),
    "facts-csv": (".facts.csv", _as_annotated("facts", ".facts.csv")),
    "facts-json": (".facts.json", _as_annotated("facts", ".facts.json")),
    "bibtex": (".bib", _as_annotated("bib", ".bib")),
    "csl-json": (".csl.json", write_csl_json),
    "text": (".text", write_text),
    "web-annotation": (".annotations.jsonld", _web_annotation),
    "csv": (".annotations.csv", _annotation_table),
    "conllu": (".conllu", _conllu),
    "docbin": (".spacy", _docbin),
    "gexf": (".gexf", _gexf),
    "geojson": (".geojson", _geojson),
}
SYNONYMS = {"bib": "bibtex"}  # the name that "annotate --format" has for it


def import_articles(path: str) -> Sequence[Article]:
    """The articles of a source file or of a ``.json`` of ours. Raises InputError where it is neither."""
    return load_articles(path) if Path(path).suffix == ".json" else read_articles(path)


def correction_base(path: str, onto: str | None, output: Path | None) -> Path | None:
    """The article that a TEI file may be a correction of: the one given, else the .json beside it with its id."""
    from annotate.decisions import is_correction_of

    if not path.endswith(".xml"):
        return None
    if onto is not None:
        return Path(onto)
    beside = Path(path.removesuffix(".xml").removesuffix(".tei") + ".json")
    return beside if output is None and is_correction_of(path, beside) else None


def import_annotations(path: str, onto: str) -> Article:
    """The article of ``onto`` with the annotations of a Web Annotation, CSV, GeoJSON, CoNLL-U or DocBin file laid on it.

    One with the id of an annotation that is there replaces it; so do the claims of a Web Annotation file. Raises InputError where the file holds no annotations.
    """
    from corpus.writers.geojson import is_geojson, read_geojson

    articles = load_articles(onto)
    if len(articles) > 1:
        raise InputError(f"{onto}: holds {len(articles)} articles; give the .json of one")
    (article,) = articles
    data = read_bytes(path)
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
    if is_geojson(data):
        found, authorities = read_geojson(data, article, path)
        article = msgspec.structs.replace(article, authorities=authorities)
    else:
        found, claims, problems = _read_annotations(data, path, article)
    outside = [ann for ann in found if not 0 <= ann.start <= ann.end <= len(article.text)]
    if outside:
        raise InputError(
            f"{path}: annotation {outside[0].id} lies outside the text of {onto}; is it of another article?"
        )
    replaced = {ann.id for ann in found}
    kept = [ann for ann in article.annotations if ann.id not in replaced]
    merged = sorted([*kept, *found], key=lambda ann: (ann.start, -ann.end, ann.layer, ann.id))
    stated = {claim.id for claim in claims}
    all_claims = [*(claim for claim in article.claims if claim.id not in stated), *claims]
    return msgspec.structs.replace(
        article,
        annotations=tuple(merged),
        claims=tuple(sorted(all_claims, key=lambda claim: (claim.start, claim.end))) if claims else article.claims,
        problems=article.problems + problems,
    )


def _read_annotations(data: bytes, path: str, article: Article) -> Found:
    """The annotations and claims of a file in the form that its first bytes show."""
    from annotate.training.read_tokens import lay_conllu, lay_docbin
    from corpus.writers.annotation_table import read_annotation_table
    from corpus.writers.web_annotation import Found, read_web_annotation

    if data.lstrip().startswith((b"{", b"[")):
        try:
            return read_web_annotation(data, article)
        except msgspec.MsgspecError as error:
            raise InputError(f"{path}: is no Web Annotation document ({error})") from error
    problems: tuple[Problem, ...] = ()
    if data[:1] == _ZLIB:
        found, problems = lay_docbin(data, article, path)
    elif data.startswith(b"#") or data.split(b"\n", 1)[0].count(b"\t") == _CONLLU_TABS:
        found, problems = lay_conllu(data, article, path)
    else:
        found = read_annotation_table(data, path)
    return Found(found, (), problems)
