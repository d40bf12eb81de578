"""``paper.decisions.jsonl``: one decision a line, appended by people's tools, never rewritten by a run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from corpus.store import STDIN
from schemas.decisions import Decision, decode_decision
from schemas.errors import InputError
from schemas.ids import Ids
from schemas.records import Problem

SUFFIX = ".decisions.jsonl"


class Decided(NamedTuple):
    """The decisions of a file in its order, the Problems of lines that are none, and the bytes they came from."""

    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()
    data: bytes = b""


NOTHING_DECIDED = Decided()


def decisions_file(document: Path | str) -> Path:
    """Where the decisions on an article lie: ``paper.decisions.jsonl`` beside ``paper.json``."""
    document = Path(document)
    return document.with_name(document.name.removesuffix(".json") + SUFFIX)


def load_decisions_on(document: str) -> Decided:
    """The decisions beside an article's file; none on what comes from standard input."""
    return NOTHING_DECIDED if document == STDIN else load_decisions(decisions_file(document))


def load_decisions(path: Path) -> Decided:
    """The decisions of a file; none where there is no such file. A line that is broken is a Problem with its number."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return NOTHING_DECIDED
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check its permissions") from error
    decisions: list[Decision] = []
    problems: list[Problem] = []
    ids = Ids("p")
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            decisions.append(decode_decision(line))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            problems.append(_unreadable(ids, f"{path.name}:{number}", error))
    return Decided(tuple(decisions), tuple(problems), data)


def _unreadable(ids: Ids, where: str, error: Exception) -> Problem:
    message = f"This line is no decision and was passed over: {error}."
    hint = "Mend the line, or delete it."
    return Problem(ids.make(f"{where}|{message}"), "decision-unreadable", "warning", message, hint=hint, where=where)


def append_decisions(path: Path, decisions: Sequence[Decision]) -> list[Decision]:
    """Append the decisions that the file does not end with already; returns those that were appended.

    One that stands in the file is appended again only where a later line decided otherwise on the same thing.
    """
    data = load_decisions(path).data
    new = undecided(path, decisions)
    if new:
        lead = b"\n" if data and not data.endswith(b"\n") else b""
        lines = lead + b"".join(msgspec.json.encode(decision) + b"\n" for decision in new)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror or error}); check its folder") from error
    return new


def undecided(path: Path, decisions: Sequence[Decision]) -> list[Decision]:
    """Those of the decisions that a file does not hold as its last word on their subject."""
    latest = {subject_of(decision): decision for decision in load_decisions(path).decisions}
    return [each for each in decisions if not _same(latest.get(subject_of(each)), each)]


def subject_of(decision: Decision) -> str:
    """What a decision is about: the machine's record, or for something new its place and kind."""
    if decision.was is not None and decision.was.id is not None:
        return decision.was.id
    body = decision.body if isinstance(decision.body, dict) else {}
    layer = body.get("layer", "text" if "text" in body else "link")
    return f"{layer}|{msgspec.json.encode(decision.target.selector).decode()}"


def _same(one: Decision | None, other: Decision) -> bool:
    return one is not None and (one.body, one.target.selector, one.creator) == (
        other.body, other.target.selector, other.creator,
    )  # fmt: skip
