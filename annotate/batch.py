"""Many inputs: which files, where their results go, what is unchanged, and what happens when some fail."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from annotate.config import Config, as_strings
from annotate.decisions.files import NOTHING_DECIDED, Decided, load_decisions
from annotate.decisions.files import SUFFIX as DECISIONS
from annotate.decisions.tei import holds_corrections
from annotate.outputs import SOURCE_TEXT, is_foreign_bib, parse_formats, suffixes, write_source_text, writers
from annotate.version import __version__
from corpus.store import STDIN, file_name, load_articles, read_bytes, write_atomic
from schemas.errors import AdfontesError, BatchError, InputError, UsageError
from schemas.records import Article, Made

if TYPE_CHECKING:
    from spacy.language import Language

    from annotate.authorities import UserAuthorities
    from annotate.libraries import UserLibrary


# What a folder is searched for; a file that is named is read whatever its suffix.
SUFFIXES = frozenset(
    ".txt .text .jsonl .pdf .md .markdown .mdown .mkd .qmd .rmd .rst .rest .tex .latex .ltx .docx .odt .epub .rtf"
    " .xml .nxml .html .htm .xhtml .mht .mhtml".split()
)


class Job(NamedTuple):
    """One input, and the path of its results without a suffix (``out/paper``)."""

    path: str
    stem: Path


class Done(NamedTuple):
    """What became of one job: the articles and files written, or skipped as unchanged, or an error."""

    job: Job
    articles: tuple[Article, ...] = ()
    files: tuple[Path, ...] = ()
    skipped: bool = False
    error: AdfontesError | None = None


_FACTS = ".facts.md"


def plan_jobs(inputs: Sequence[str], out: Path | None, *, formats: str, kept: Sequence[str] = ()) -> list[Job]:
    """The jobs of files, folders and globs. A folder's files keep their relative path below ``out``.

    Raises UsageError where two inputs would write the same file or one would write over an input, a file in ``kept`` or
    one that is not ours; InputError where a folder holds nothing we read.
    """
    if out is None and STDIN in inputs:
        raise UsageError("text from standard input needs a place for its results: add -o FOLDER or --json")
    _refuse_no_folder(out)
    jobs = list_inputs(inputs, out)
    _refuse_clashes(jobs, (*suffixes(parse_formats(formats)), SOURCE_TEXT), kept)
    return jobs


def list_inputs(inputs: Sequence[str], out: Path | None = None) -> list[Job]:
    """The files that the inputs name, each once, in order. Raises InputError where a folder or glob holds none."""
    jobs = [job for given in inputs for job in _jobs_of(given, out)]
    return list({job.path: job for job in jobs}.values())


def run_jobs(
    jobs: Sequence[Job],
    config: Config,
    nlp: Callable[[], Language],
    library: UserLibrary | None,
    *,
    authorities: UserAuthorities | None = None,
    force: bool = False,
) -> Iterator[Done]:
    """Run the jobs in order, each on its own: a failure is reported in its Done and the next one goes on."""
    for job in jobs:
        try:
            yield _run(job, config, nlp, library, authorities, force)
        except AdfontesError as error:
            yield Done(job, error=error)


def raise_failures(results: Sequence[Done]) -> None:
    """Raise the only failure as it is, or a BatchError where some files were written and others not."""
    failed = [done for done in results if done.error is not None]
    if not failed:
        return
    if len(failed) == len(results):
        first = failed[0].error
        if first is not None and len(results) == 1:
            raise first
        raise InputError(f"none of {len(results)} inputs could be read; the reason of each stands above")
    raise BatchError(f"{len(failed)} of {len(results)} inputs failed, the others were written; the reasons stand above")


def annotate_input(
    path: str,
    config: Config,
    nlp: Language,
    library: UserLibrary | None,
    authorities: UserAuthorities | None = None,
    *,
    key: str = "",
    data: bytes | None = None,
    decided: Decided = NOTHING_DECIDED,
) -> Iterator[Article]:
    """The annotated articles of one input, with the run recorded in each; ``decided`` is honoured."""
    from annotate.pipeline import annotate_articles
    from corpus.readers import read

    articles = read(read_bytes(path) if data is None else data, "stdin" if path == STDIN else Path(path).name)
    if config.licence is not None:
        licence = config.licence
        articles = [
            msgspec.structs.replace(a, metadata=msgspec.structs.replace(a.metadata, licence=licence)) for a in articles
        ]
    for article in annotate_articles(
        articles,
        nlp,
        library=library,
        keys=config.keys,
        layers=config.entities,
        authorities=authorities,
        decisions=decided.decisions,
    ):
        article = msgspec.structs.replace(article, problems=article.problems + decided.problems)
        made = article.made or Made(version=__version__, model="")
        yield msgspec.structs.replace(
            article, made=msgspec.structs.replace(made, configuration=as_strings(config), key=key)
        )


def _run(
    job: Job,
    config: Config,
    nlp: Callable[[], Language],
    library: UserLibrary | None,
    authorities: UserAuthorities | None,
    force: bool,
) -> Done:
    data = read_bytes(job.path)
    decided = load_decisions(_with(job.stem, DECISIONS))
    key = work_key(data + decided.data, config, library, authorities)
    formats = parse_formats(config.format)
    if not force and _unchanged(job, formats, key):
        return Done(job, skipped=True)
    tei = _with(job.stem, ".tei.xml")
    if not force and "tei" in formats and holds_corrections(tei, _with(job.stem, ".json")):
        raise UsageError(
            f"{tei} was corrected by hand; run 'adfontes import {tei}' first, which keeps the corrections as decisions, "
            "or write over it with --force"
        )
    articles, files = [], []
    annotated: Iterable[Article] = annotate_input(
        job.path, config, nlp(), library, authorities, key=key, data=data, decided=decided
    )
    many = Path(job.path).suffix == ".jsonl"
    if not many:  # an XML file may hold a whole corpus
        annotated = list(annotated)
        many = len(annotated) > 1
    stems: dict[Path, str] = {}
    for article in annotated:
        stem = job.stem / file_name(article.id) if many else job.stem
        if stem in stems:
            raise InputError(f"{job.path}: the ids {stems[stem]!r} and {article.id!r} give the same file name")
        stems[stem] = article.id
        # Everything is made before anything is written: a fault in one form leaves no half set behind.
        forms = writers(formats, config.tei, decided.decisions)
        made = [(_with(stem, suffix), write(article, library)) for suffix, write in forms.items()]
        if "json" in formats and article.source.coordinates == "extract":
            made.append((_with(stem, SOURCE_TEXT), write_source_text(article)))
        for path, content in made:
            write_atomic(path, content)
            files.append(path)
        articles.append(article)
    return Done(job, tuple(articles), tuple(files))


def work_key(
    data: bytes, config: Config, library: UserLibrary | None, authorities: UserAuthorities | None = None
) -> str:
    """What decides the result: input, version, configuration, library, authorities. Equal keys give equal bytes."""
    digest = hashlib.sha256(data)
    library_hash = library.sha256 if library is not None else ""
    authority_hash = authorities.sha256 if authorities is not None else ""
    rules = "".join("01"[on] for on in msgspec.structs.astuple(config.entities))
    options = (config.model or "", config.licence or "", config.keys, rules, config.tei.profile, config.tei.notes)
    for part in (__version__, *options, library_hash, authority_hash):
        digest.update(b"\0" + part.encode("utf-8", "surrogatepass"))
    meta = Path(config.model or "") / "meta.json"
    if config.model and meta.is_file():  # a model folder may be trained anew under its old name
        digest.update(b"\0" + meta.read_bytes())
    return digest.hexdigest()[:32]


def _unchanged(job: Job, formats: tuple[str, ...], key: str) -> bool:
    if not all(_with(job.stem, suffix).is_file() for suffix in (*suffixes(formats), ".json")):
        return False
    try:
        articles = load_articles(_with(job.stem, ".json"))
    except InputError:
        return False
    if any(article.made is None or article.made.key != key for article in articles):
        return False
    extracted = any(article.source.coordinates == "extract" for article in articles)
    return not extracted or "json" not in formats or _with(job.stem, SOURCE_TEXT).is_file()


def _jobs_of(given: str, out: Path | None) -> list[Job]:
    if given == STDIN:
        return [Job(STDIN, (out or Path()) / "stdin")]
    path = Path(given)
    if path.is_dir():
        return _folder_jobs(path, out)
    if not path.exists() and glob.has_magic(given):
        # Path.glob takes no absolute pattern, and a user may give one.
        found = [Path(match) for match in sorted(glob.glob(given, recursive=True)) if Path(match).is_file()]  # noqa: PTH207
        if not found:
            raise InputError(f"{given}: no file has such a name")
        return [_job(file, out) for file in found]
    return [_job(path, out)]


def _folder_jobs(folder: Path, out: Path | None) -> list[Job]:
    files = [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix.lower() in SUFFIXES and not _is_result(file)
    ]
    if not files:
        raise InputError(f"{folder}: holds no file that can be read; the suffixes are {', '.join(sorted(SUFFIXES))}")
    root = out or folder
    return [Job(str(file), (root / file.relative_to(folder)).with_suffix("")) for file in files]


def _job(path: Path, out: Path | None) -> Job:
    return Job(str(path), (out or path.parent) / path.with_suffix("").name)


def _refuse_no_folder(out: Path | None) -> None:
    """A place for results that is, or would lie in, a file: said before any work."""
    for place in (out, *out.parents) if out is not None else ():
        if place.exists() and not place.is_dir():
            raise UsageError(f"{place} is a file, no folder; give -o another name")


def _refuse_clashes(jobs: Sequence[Job], written: Sequence[str], libraries: Sequence[str]) -> None:
    stems: dict[Path, str] = {}
    kept = {Path(path).resolve() for path in [*libraries, *(job.path for job in jobs if job.path != STDIN)]}
    for job in jobs:
        stem = job.stem.resolve()
        if stem in stems:
            raise UsageError(
                f"{stems[stem]} and {job.path} would both write {job.stem}{written[0]}; rename one or run them with "
                "different -o folders"
            )
        stems[stem] = job.path
        for path in (_with(job.stem, suffix) for suffix in written):
            if path.resolve() in kept:
                raise UsageError(f"the result would overwrite your file {path}; choose another folder with -o")
            if path.is_file() and not _is_ours(path):
                raise UsageError(
                    f"{path} exists and was not written by adfontes; move it or choose another folder with -o"
                )


def _is_result(path: Path) -> bool:
    """Whether a file with a suffix that we read is our own result or a record of decisions, by name or by mark."""
    if path.name.endswith(DECISIONS):
        return True
    if path.name.endswith(SOURCE_TEXT):
        return _is_ours(path)
    if path.name.endswith(_FACTS):  # has no room for a mark either
        beside = path.with_name(path.name.removesuffix(_FACTS) + ".json")
        return beside.is_file() and _is_ours(beside)
    return path.name.endswith(".tei.xml") and _is_ours(path)


def _is_ours(path: Path) -> bool:
    if path.name.endswith(SOURCE_TEXT):  # has no room for a mark: the article beside it speaks for it
        beside = path.with_name(path.name.removesuffix(SOURCE_TEXT) + ".json")
        return beside.is_file() and _is_ours(beside)
    if path.suffix == ".bib":
        return not is_foreign_bib(path)
    with path.open("rb") as file:
        head = file.read(20_000)
    return path.suffix in (".csv", ".md") or b"adfontes" in head


def _with(stem: Path, suffix: str) -> Path:
    return stem.with_name(stem.name + suffix)
