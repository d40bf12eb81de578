"""The forms a TEI file can take: how annotations stand in it, and where the notes.

- hybrid: what nests stands inline, everything is in ``standOff`` besides, with its place in the text;
- inline: everything stands inline; what crosses is split into fragments joined by ``@next`` and ``@prev``;
- standoff: the text has blocks, page breaks and markers only;
- minimal: no automatic annotation; what the source itself marks stays.

In none of them an annotation is lost, but for ``minimal``, which is an edition of the text alone.
"""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from schemas.errors import UsageError
from schemas.records import Article, Problem

Profile = Literal["hybrid", "inline", "standoff", "minimal"]
NotePlace = Literal["back", "inline"]
SOURCE = "source"  # ``made_by`` of what the source itself marks
PERSON = "person"  # made_by of what a person decided


class Form(msgspec.Struct, frozen=True):
    """How a TEI file is written; the table ``[tei]`` of a configuration."""

    profile: Profile = "hybrid"  # hybrid, inline, standoff or minimal
    notes: NotePlace = "back"  # in back with pointers to them, or inline at their markers


def choose_form(profile: str | None, notes: str | None, default: Form) -> Form:
    """The form of two options; what is not given is the default's. Raises UsageError that names the known values."""
    given = {"profile": profile, "notes": notes}
    for option, known in (("profile", get_args(Profile)), ("notes", get_args(NotePlace))):
        if given[option] is not None and given[option] not in known:
            said = f"{', '.join(known[:-1])} or {known[-1]}"
            raise UsageError(f"unknown TEI {option} {given[option]!r}; give --{option} {said}")
    return msgspec.structs.replace(default, **{name: value for name, value in given.items() if value is not None})


def without_automatic(article: Article) -> Article:
    """The article with what its source says alone: text, blocks, notes, markers, and markup of the source.

    A citation that was lifted out of the text like a marker stays, without what it was linked to, since its number
    would be lost with it.
    """
    citations = [cite for cite in article.citations if cite.start == cite.end and cite.source_start is not None]
    annotations = [ann for ann in article.annotations if ann.made_by == SOURCE]
    kept = msgspec.structs.replace(
        article,
        annotations=tuple(annotations),
        citations=tuple(
            msgspec.structs.replace(cite, targets=(), candidates=(), status="unresolved") for cite in citations
        ),
        references=(),
        claims=(),
        checks=(),
        authorities=(),
    )
    dropped = _ids(article) - _ids(kept)
    return msgspec.structs.replace(kept, problems=tuple(p for p in article.problems if not _is_about(p, dropped)))


def _ids(article: Article) -> set[str]:
    groups = (article.annotations, article.citations, article.references, article.claims)
    return {record.id for records in groups for record in records}


def _is_about(problem: Problem, dropped: set[str]) -> bool:
    return not dropped.isdisjoint(problem.about)
