"""A file that pandoc reads, to an Article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import msgspec

from bibliography.pandoc import PandocError, pandoc_version, run_pandoc
from corpus.pandoc.anchors import entry_keys, tie_anchored_notes
from corpus.pandoc.blocks import Blocks, roman
from corpus.pandoc.meta import read_front, read_metadata, read_references
from corpus.structure import Outline, OutlineBlock, OutlineNote, build_article
from schemas.errors import InputError
from schemas.records import Article, Source

NotePlace = Literal["foot", "end"]


def read_with_pandoc(
    data: bytes,
    name: str,
    form: str,
    media_type: str,
    *,
    encoding: str | None = None,
    notes: Sequence[NotePlace] = ("foot",),
) -> Sequence[Article]:
    """The article of a file in one of pandoc's input formats, such as "docx+citations".

    ``notes`` says where the file prints each of its notes in order; one place is that of all. Raises InputError where
    pandoc cannot read the file or finds no text in it.
    """
    try:
        warnings: list[str] = []
        printed = run_pandoc(data, ["--from", form, "--to", "json", "--standalone"], warn=warnings.append)
        outline = _outline(msgspec.json.decode(printed), notes, warnings)
    except PandocError as error:
        raise InputError(f"{name}: cannot be read: {error}") from error
    except (RecursionError, msgspec.DecodeError) as error:
        raise InputError(f"{name}: is nested too deeply to be read; save it as plain text") from error
    if not any(isinstance(block, OutlineBlock) for block in outline.body):
        raise InputError(f"{name}: holds no text; a document of pictures must be recognised (OCR) first")
    digest = hashlib.sha256(data).hexdigest()
    source = Source(name, media_type, digest, encoding, "extract", extractor=f"pandoc {pandoc_version()}")
    return (build_article(outline, source),)


def _outline(tree: Mapping[str, Any], places: Sequence[NotePlace], warnings: Sequence[str]) -> Outline:
    reader = Blocks()
    reader.csl = read_references(tree["meta"], reader.inlines)
    reader.inlines.entries = frozenset([*reader.csl, *entry_keys(tree["blocks"])])
    nodes = tie_anchored_notes(tree["blocks"], reader)
    front = read_front(tree["meta"], reader)
    body = reader.read(nodes)
    return Outline(
        body=[*front, *body],
        notes=_placed(reader.notes, places),
        entries=reader.entries,
        metadata=read_metadata(tree["meta"], reader),
        complaints=list(_complaints(reader, warnings)),
        typed=True,
    )


def _placed(notes: Sequence[OutlineNote], places: Sequence[NotePlace]) -> list[OutlineNote]:
    """The notes with their places. Where a file has both kinds each is counted by itself, footnotes 1, 2 and endnotes
    i, ii, as word processors do, and "ibid." looks back among its own kind; pandoc puts all in one row.
    """
    if len(set(places)) == 1 or len(places) != len(notes):
        place = places[0] if len(set(places)) == 1 else "foot"
        return [replace(note, place=place) if note.place == "foot" else note for note in notes]
    each: dict[NotePlace, list[OutlineNote]] = {"foot": [], "end": []}
    for note, place in zip(notes, places, strict=True):
        number = len(each[place]) + 1
        each[place].append(replace(note, place=place, label=str(number) if place == "foot" else roman(number).lower()))
    return [*each["foot"], *each["end"]]


def _complaints(reader: Blocks, warnings: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for warning in warnings:
        yield "reader-warning", f"Pandoc says: {warning}", "Look at the file: something may be missing from the text."
    for what, count in sorted(reader.left_out.items()):
        if what == "image":
            text = f"{count} pictures of the file are not part of the text."
            yield "picture-left-out", text, "Pictures are not read; what they show must be looked up in the file."
        else:
            text = f"{count} pieces of {what} in the file were left out."
            yield "code-left-out", text, "Look at the file: what this code prints may be missing from the text."
