"""A bag read again: is all there, unchanged, described and valid.

BagIt is checked with ``bagit``; the RO-Crate is read here (its root, and every file named), the TEI by corpus.validate.
"""

from __future__ import annotations

import json
import logging
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from corpus.archive.names import is_archive_name
from corpus.archive.payload import METADATA
from corpus.pandoc.archive import members_of
from corpus.store import read_bytes
from schemas.errors import InputError
from schemas.ids import Ids
from schemas.records import Problem, Severity

_DECLARED = "bagit.txt"
AGENT = "Bag-Software-Agent"


class _Finding(NamedTuple):
    code: str
    path: str
    message: str
    hint: str
    severity: Severity = "error"


def is_bag(path: Path) -> bool:
    """Whether this is a folder with ``bagit.txt``, or a ZIP file that holds one such folder."""
    if path.is_dir():
        return (path / _DECLARED).is_file()
    try:
        with zipfile.ZipFile(path) as archive:
            return _top(archive.namelist()) is not None
    except (OSError, zipfile.BadZipFile, ValueError):
        return False


def made_by_us(path: Path) -> bool:
    """Whether a bag says that this program wrote it."""
    with _opened(path) as folder:
        info = folder / "bag-info.txt"
        return info.is_file() and f"{AGENT}: adfontes ".encode() in info.read_bytes()


def check_bag(path: Path, *, payload_only: bool = False) -> tuple[Problem, ...]:
    """What is wrong with a bag: files missing, added or changed, metadata that leave files out, TEI that is not valid.

    ``payload_only`` compares the manifests and no more. ``where`` of a Problem names the file in the bag. Raises InputError
    where a ZIP file cannot be opened.
    """
    ids = Ids("bag")
    problems = []
    with _opened(path) as folder:
        found = list(_manifests(folder))
        if not payload_only:
            found += [*_crate(folder / "data"), *_names(folder / "data")]
        for finding in found:
            where = f"{path}/{finding.path}" if finding.path else str(path)
            made = ids.make(f"{finding.code}|{finding.path}|{finding.message}")
            problems.append(
                Problem(made, finding.code, finding.severity, finding.message, hint=finding.hint, where=where)
            )
        if not payload_only:
            problems += _tei(folder, path)
    return tuple(problems)


@contextmanager
def _opened(path: Path) -> Iterator[Path]:
    """The folder of a bag; a ZIP file is unpacked into a temporary one, once its members were looked at."""
    if path.is_dir():
        yield path
        return
    data = read_bytes(path)
    members = members_of(data, str(path))
    top = _top(list(members or {}))
    if members is None or top is None:
        raise InputError(f"{path}: is no BagIt bag; a bag holds a file {_DECLARED}")
    with tempfile.TemporaryDirectory(prefix="adfontes-") as temporary:
        try:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(temporary)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise InputError(f"{path}: cannot be unpacked ({error}); make or download it again") from error
        yield Path(temporary) / top


def _top(names: list[str]) -> str | None:
    """The one folder that a ZIP file of a bag holds."""
    declared = [PurePosixPath(name) for name in names if PurePosixPath(name).name == _DECLARED]
    tops = [path.parts[0] for path in declared if len(path.parts) == 2 and path.parts[0] not in ("/", "..")]
    return tops[0] if len(tops) == 1 else None


def _manifests(folder: Path) -> Iterator[_Finding]:
    """What the manifests say: first what is missing or too much, then, where all is there, what was changed."""
    import bagit

    advice = "restore it from another copy, or make the bag again"
    logging.getLogger("bagit").setLevel(logging.CRITICAL + 1)  # it would print what is told here
    try:
        bag = bagit.Bag(str(folder))
        size = str(bag.info.pop("Payload-Oxum", ""))  # compared last: it names no file
        bag.validate()
        held = [file for file in (folder / "data").rglob("*") if file.is_file()]
        counted = f"{sum(file.stat().st_size for file in held)}.{len(held)}"
        if size and size != counted:
            yield _Finding("bag-size", "bag-info.txt", f"Payload-Oxum is {size} and should be {counted}", advice)
    except bagit.BagValidationError as error:
        changed: dict[str, list[str]] = {}
        for detail in error.details:
            if isinstance(detail, bagit.FileMissing):
                yield _Finding("bag-file-missing", detail.path, f"{detail.path} is missing", advice)
            elif isinstance(detail, bagit.UnexpectedFile):
                said = f"{detail.path} is in no manifest"
                yield _Finding("bag-file-unlisted", detail.path, said, "take it out, or make the bag again")
            elif isinstance(detail, bagit.ChecksumMismatch):
                changed.setdefault(detail.path, []).append(detail.algorithm)
        for path, algorithms in changed.items():
            said = f"{path} was changed: its checksum ({', '.join(algorithms)}) is another"
            yield _Finding("bag-checksum", path, said, advice)
        if not error.details:
            yield _Finding("bag-broken", "", f"{error.message}", advice)
    except (bagit.BagError, OSError, ValueError, TypeError, zlib.error) as error:  # its encoding may be any of Python's
        yield _Finding("bag-broken", "", " ".join(str(error).split()), advice)


def _crate(data: Path) -> Iterator[_Finding]:
    """The metadata: JSON-LD with a root that names every file, and no file named that is not there."""
    path, hint = f"data/{METADATA}", "export the bag again"
    try:
        nodes = _graph((data / METADATA).read_bytes())
    except FileNotFoundError:
        yield _Finding("crate-missing", path, "there are no RO-Crate metadata", hint)
        return
    except (OSError, ValueError, RecursionError) as error:
        yield _Finding("crate-broken", path, f"the RO-Crate metadata cannot be read: {error}", hint)
        return
    about = nodes.get(METADATA, {}).get("about")
    root = nodes.get(str(about.get("@id"))) if isinstance(about, dict) else None
    if root is None or "Dataset" not in _listed(root.get("@type")):
        yield _Finding("crate-no-root", path, "the RO-Crate metadata describe no root dataset", hint)
        return
    for name in ("name", "description", "license", "datePublished"):
        if not root.get(name):
            severity: Severity = "info" if name == "datePublished" else "error"
            said = f"the root dataset has no {name}, which RO-Crate asks for"
            yield _Finding("crate-incomplete", path, said, f"export the bag again{_OPTIONS.get(name, '')}", severity)
    reached = _reached(root, nodes)
    held = {file.relative_to(data).as_posix() for file in data.rglob("*") if file.is_file()} - {METADATA}
    for file in sorted(held - reached):
        yield _Finding("crate-undescribed", f"data/{file}", f"data/{file} is not described in the metadata", hint)
    named = {name for name, node in nodes.items() if "File" in _listed(node.get("@type")) and not urlsplit(name).scheme}
    for file in sorted({unquote(name) for name in named} - held - {METADATA}):
        yield _Finding("crate-dangling", path, f"{file} is described but not there", hint)


_OPTIONS = {"datePublished": " with --date YYYY-MM-DD", "license": " with --licence URL"}


def _graph(data: bytes) -> dict[str, dict[str, Any]]:
    """The nodes of flattened JSON-LD by their ids. Raises ValueError where it is none."""
    found = json.loads(data)
    graph = found.get("@graph") if isinstance(found, dict) else None
    if not isinstance(graph, list) or not all(isinstance(node, dict) for node in graph):
        raise ValueError("it has no @graph")
    return {str(node.get("@id")): node for node in graph}


def _reached(root: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> set[str]:
    """The paths of all that the root has as parts, and their parts."""
    reached: set[str] = set()
    waiting = [root]
    while waiting:
        for part in _listed(waiting.pop().get("hasPart")):
            name = part.get("@id") if isinstance(part, dict) else None
            if isinstance(name, str) and name in nodes and unquote(name) not in reached:
                reached.add(unquote(name))
                waiting.append(nodes[name])
    return reached


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _names(data: Path) -> Iterator[_Finding]:
    for file in sorted(data.rglob("*")):
        if not is_archive_name(file.name):
            path = f"data/{file.relative_to(data).as_posix()}"
            said = f"{path}: the name has characters that archives refuse"
            yield _Finding("bag-name", path, said, "use ASCII letters, digits, hyphens and periods", "warning")


def _tei(folder: Path, path: Path) -> list[Problem]:
    """The findings of every TEI file; the schema is ours, not one that the bag brings: that could include anything."""
    from corpus.validate import validate_tei

    found: list[Problem] = []
    for file in sorted((folder / "data").rglob("*.tei.xml")):
        name = f"{path}/{file.relative_to(folder).as_posix()}"
        found += validate_tei(file.read_bytes(), schema="own", name=name)
    return found
