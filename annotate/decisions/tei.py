"""A TEI file of ours that a person corrected, against the article that the machine wrote: what was changed is decided."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from annotate.decisions.differences import decisions_between
from annotate.decisions.files import append_decisions, decisions_file, undecided
from annotate.decisions.texts import text_decisions
from annotate.version import __version__
from corpus.store import STDIN, load_articles, read_bytes
from corpus.tei.corrected import read_corrected
from corpus.tei.ours import Ours
from schemas.decisions import Decision
from schemas.errors import InputError

_NOBODY = "whoever corrected the TEI file"


def is_correction_of(path: str, document: Path) -> bool:
    """Whether a TEI file of ours lies beside the article that it was written from: paper.tei.xml beside paper.json."""
    if not document.is_file() or path == STDIN:
        return False
    return read_corrected(read_bytes(path), path, load_articles(document)) is not None


def import_corrections(path: str, document: Path) -> tuple[Path, list[Decision]]:
    """Append what a corrected TEI file changed to the decisions beside the article; the file and the new decisions.

    Who decided is who the file's last ``change`` names, and when is its date, else when the file was saved. Raises
    InputError where the file is not of this article, or its records were broken.
    """
    found = read_corrected(read_bytes(path), path, load_articles(document))
    if found is None:
        raise InputError(
            f"{path}: is no TEI file of the article in {document}; name the .json that it was written with"
        )
    if found.ours is None:
        raise InputError(
            f"{path}: its records in standOff cannot be read any more; take standOff from an older copy of the file, "
            "or annotate the source again"
        )
    decisions = _decisions(found.ours, found.who, found.when or _saved(path))
    target = decisions_file(document)
    return target, append_decisions(target, decisions)


def holds_corrections(path: Path, document: Path) -> bool:
    """Whether a TEI file that a run would write over was changed by hand and not imported since.

    Only where this version wrote it: another one writes other bytes without any hand.
    """
    if not (path.is_file() and document.is_file()):
        return False
    data, machine = path.read_bytes(), load_articles(document)
    found = read_corrected(data, path.name, machine)
    if found is None or found.machine.made is None or found.machine.made.version != __version__:
        return False
    return found.ours is None or bool(undecided(decisions_file(document), _decisions(found.ours, found.who, "")))


def _decisions(ours: Ours, who: str, when: str) -> list[Decision]:
    """What leads from the machine's article to the one of the file: its words first, then what is said of them."""
    creator = who or _NOBODY
    return [
        *text_decisions(ours.machine, ours.emendations, creator=creator, created=when),
        *decisions_between(ours.moved, ours.article, creator=creator, created=when),
    ]


def _saved(path: str) -> str:
    """When a file was saved, in UTC: a property of the file, not of this run."""
    if path == STDIN:
        return ""
    return datetime.fromtimestamp(Path(path).stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
