"""The deposit of annotated articles: every form of each, its source file where it is still there, and the schemas."""

from __future__ import annotations

import datetime
import glob
import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files as package_files
from pathlib import Path

import msgspec

from annotate.decisions.files import SUFFIX, decisions_file, load_decisions_on
from annotate.exports import EXPORTS
from annotate.outputs import FORMATS, SOURCE_TEXT, TEI, tei_writer, write_source_text
from annotate.version import __version__
from corpus.archive import Deposit, Entry, Part, bag_files, payload_files
from corpus.archive.check import AGENT
from corpus.archive.dublin_core import write_oai_dc
from corpus.archive.names import Names
from corpus.archive.payload import LICENCE, METADATA, README, SCHEMAS
from corpus.store import Document
from corpus.writers.tei.profiles import Form
from schemas.errors import UsageError

_TEI = "http://www.tei-c.org/release/doc/tei-p5-doc/en/html/"
_RFC4180 = "https://www.rfc-editor.org/rfc/rfc4180"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_TEI_FILE = "the article as TEI P5, with all annotations inline and in standOff"
# The other forms of every article: the name of the export, what it is, its media type, the standard it keeps.
_FORMS = (
    ("facts-md", "the fact list, to read: every claim with its figures, names and sources", "text/markdown", None),
    ("facts-csv", "the fact list, for spreadsheets", "text/csv", _RFC4180),
    ("facts-json", "the fact list, for programs (schemas/facts.schema.json)", "application/json", None),
    ("bibtex", "the works referred to, as BibTeX", "application/x-bibtex", None),
    ("csl-json", "the works referred to, as CSL-JSON", "application/vnd.citationstyles.csl+json", None),
)  # fmt: skip
_SCHEMA_FILES = {
    ".odd": ("the formal customisation of TEI that these files follow (ODD)", "application/tei+xml"),
    ".rng": ("the schema of the TEI files (RELAX NG)", "application/xml"),
    ".sch": ("the rules of the TEI files that RELAX NG cannot say (Schematron)", "application/xml"),
    ".json": ("the schema of the JSON files (JSON Schema)", "application/schema+json"),
}


def make_deposit(
    documents: Sequence[Document], *, licence: str | None, date: str | None, sources: Path | None = None
) -> dict[str, bytes]:
    """The files of a bag of all articles; those of ``licence`` None are under the one that each states.

    The source files are looked for beside the articles, one folder above, and below ``sources``. Raises UsageError where an
    article has no licence, or where ``date`` is no ISO day.
    """
    if date is not None and not _is_day(date):
        raise UsageError(f"--date {date}: is no day; write it as 2026-11-25")
    if licence is not None and not licence.strip():
        raise UsageError("--licence is empty; give its web address")
    _refuse_without_licence(documents, licence)
    if sources is not None and not sources.is_dir():
        raise UsageError(f"--sources {sources}: no such folder; name the one that holds the source files")
    names = Names(README, LICENCE, SCHEMAS, METADATA)
    entries = [_entry(document, names.make(document.name), licence, sources) for document in documents]
    deposit = Deposit(tuple(entries), tuple(_schemas()), f"adfontes {__version__}", date)
    info = {"External-Description": deposit.title, AGENT: deposit.agent}
    if date is not None:
        info["Bagging-Date"] = date
    return bag_files(payload_files(deposit), info)


def _is_day(date: str) -> bool:
    try:
        return datetime.date.fromisoformat(date).isoformat() == date
    except ValueError:
        return False


def _refuse_without_licence(documents: Sequence[Document], licence: str | None) -> None:
    bare = [document.path for document in documents if not (document.article.metadata.licence or "").strip()]
    if licence is None and bare:
        which = bare[0] if len(bare) == 1 else f"{bare[0]} and {len(bare) - 1} more"
        raise UsageError(
            f"{which}: no licence is stated, and archives take nothing without one; add for example "
            "--licence https://creativecommons.org/licenses/by/4.0/"
        )


def _entry(document: Document, folder: str, licence: str | None, sources: Path | None) -> Entry:
    article = document.article
    if licence is not None:
        metadata = msgspec.structs.replace(article.metadata, licence=" ".join(licence.split()))
        article = msgspec.structs.replace(article, metadata=metadata)
    names = Names()
    source, said = _source_parts(document, folder, names, sources)
    write_tei = tei_writer(Form(), load_decisions_on(document.path).decisions)
    parts = [
        Part(names.make(f"{folder}.json"), FORMATS["json"][".json"](article, None),
             "everything, with the place of every character in the source (schemas/article.schema.json)", "application/json"),
        Part(names.make(folder + TEI), write_tei(article, None), _TEI_FILE, "application/tei+xml", _TEI),
        *(
            Part(names.make(folder + EXPORTS[form][0]), EXPORTS[form][1](article), what, media_type, standard)
            for form, what, media_type, standard in _FORMS
        ),
        Part(names.make(f"{folder}.oai-dc.xml"), write_oai_dc(article), "the article in Dublin Core (oai_dc)", "application/xml", _OAI_DC),
        *_decisions(document, folder, names),
        *source,
    ]  # fmt: skip
    return Entry(article, folder, document.name, tuple(parts), said)


def _source_parts(document: Document, folder: str, names: Names, sources: Path | None) -> tuple[list[Part], str]:
    """The source file where it is found unchanged, and the text that the article's ``source_*`` offsets count."""
    article, parts = document.article, []
    found = next(_unchanged(document, sources), None)
    if found is not None:
        name = names.make(found.name)
        parts.append(Part(name, found.read_bytes(), "the source file", article.source.media_type, is_source=True))
        said = f"{found.name}, kept as {name}" if name != found.name else name
    else:
        said = f"{article.source.name} (sha256 {article.source.sha256}) is not in this deposit: it was not found, or was changed"
    if found is None or article.source.coordinates == "extract":
        what = "the text of the source, as it was read; places in the source are counted in it"
        text = write_source_text(article)
        parts.append(Part(names.make(folder + SOURCE_TEXT), text, what, "text/plain", is_source=found is None))
    return parts, said


def _unchanged(document: Document, sources: Path | None) -> Iterator[Path]:
    """The files of the source's name and checksum: beside the article, one folder above, below ``sources``."""
    source = document.article.source
    if not source.name or Path(source.name).name != source.name:
        return
    folder = Path(document.path).resolve().parent
    places = [folder / source.name, folder.parent / source.name]
    for place in [*places, *(sorted(sources.rglob(glob.escape(source.name))) if sources is not None else ())]:
        try:
            if place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == source.sha256:
                yield place
        except OSError:
            continue


def _decisions(document: Document, folder: str, names: Names) -> Iterator[Part]:
    """What people decided about the article, where such a record lies beside it."""
    record = decisions_file(document.path)
    if record.is_file():
        what = "what people decided about the annotations (schemas/decision.schema.json)"
        yield Part(names.make(folder + SUFFIX), record.read_bytes(), what, "application/jsonl")


def _schemas() -> Iterator[Part]:
    """The schema files that this version was made with."""
    names, root = Names(), package_files("schemas")
    for place in (root, root / "tei"):
        for file in sorted(place.iterdir() if place.is_dir() else (), key=lambda file: file.name):
            suffix = Path(file.name).suffix
            if suffix in _SCHEMA_FILES:
                what, media_type = _SCHEMA_FILES[suffix]
                yield Part(names.make(file.name), file.read_bytes(), what, media_type)
