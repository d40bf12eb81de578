"""Pandoc's metadata: what an article says of itself, and the records of the works it cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.layout.metadata import parse_person
from corpus.pandoc.blocks import Blocks
from corpus.pandoc.inlines import Inlines
from corpus.structure import OutlineBlock, Piece, plain
from schemas.records import CslItem, Metadata, Person

_LICENCES = ("license", "licence", "rights", "copyright")


def read_front(meta: Mapping[str, Any], reader: Blocks) -> list[OutlineBlock]:
    """Title, authors and abstract as the blocks that print shows at the head of the article."""
    blocks = []
    for key in ("title", "subtitle"):
        if key in meta:
            blocks.append(OutlineBlock("title", _pieces(meta[key], reader.inlines)))
    blocks += [OutlineBlock("author", pieces) for pieces in _authors(meta, reader.inlines)]
    if meta.get("abstract", {}).get("t") == "MetaBlocks":
        blocks += reader.read(meta["abstract"]["c"], "abstract")
    elif "abstract" in meta:
        blocks.append(OutlineBlock("abstract", _pieces(meta["abstract"], reader.inlines)))
    return blocks


def read_metadata(meta: Mapping[str, Any], reader: Blocks) -> Metadata:
    """The metadata that the file's own header gives."""
    inlines = reader.inlines

    def words(*keys: str) -> str | None:
        found = (plain(_pieces(meta[key], inlines)).strip() for key in keys if key in meta)
        return next((" ".join(text.split()) for text in found if text), None)

    titles = [text for key in ("title", "subtitle") if (text := words(key))]
    return Metadata(
        title=titles[0] if titles else None,
        authors=tuple(_people(meta, inlines)),
        keywords=tuple(_keywords(meta, inlines)),
        language=words("lang", "language"),
        issued=words("date"),
        DOI=words("doi", "DOI"),
        licence=words(*_LICENCES),
    )


def read_references(meta: Mapping[str, Any], inlines: Inlines) -> dict[str, CslItem]:
    """The CSL items that citation managers leave in a document, by their keys."""
    listed = meta.get("references", {}).get("c", [])
    items = [_value(item, inlines) for item in listed] if isinstance(listed, list) else []
    return {str(item["id"]): item for item in items if isinstance(item, dict) and item.get("id")}


def _pieces(value: Mapping[str, Any], inlines: Inlines) -> tuple[Piece, ...]:
    kind: str = value["t"]
    content: Any = value.get("c")
    if kind == "MetaInlines":
        return inlines.read(content)
    if kind == "MetaString":
        return (content,)
    if kind == "MetaBlocks":
        found = [inlines.read(block["c"]) for block in content if block["t"] in ("Para", "Plain")]
        return tuple(piece for pieces in found for piece in (*pieces, " "))
    return ()


def _authors(meta: Mapping[str, Any], inlines: Inlines) -> Iterator[tuple[Piece, ...]]:
    for value in _listed(meta.get("author") or meta.get("authors")):
        if value["t"] == "MetaMap":
            named = value["c"].get("name")
            value = named if named is not None else {"t": "MetaString", "c": ""}
        pieces = _pieces(value, inlines)
        if plain(pieces).strip():
            yield pieces


def _people(meta: Mapping[str, Any], inlines: Inlines) -> Iterator[Person]:
    for value in _listed(meta.get("author") or meta.get("authors")):
        fields = value["c"] if value["t"] == "MetaMap" else {"name": value}
        words = {key: " ".join(plain(_pieces(field, inlines)).split()) for key, field in fields.items()}
        if words.get("family"):
            yield Person(words["family"], words.get("given"), affiliation=words.get("affiliation"))
        elif words.get("name"):
            yield parse_person(words["name"], words.get("affiliation") or None)


def _keywords(meta: Mapping[str, Any], inlines: Inlines) -> Iterator[str]:
    for value in _listed(meta.get("keywords") or meta.get("keyword")):
        for word in plain(_pieces(value, inlines)).replace(";", ",").split(","):
            if word.strip():
                yield word.strip()


def _listed(value: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    if value is None:
        return []
    return list(value["c"]) if value["t"] == "MetaList" else [value]


def _value(value: Mapping[str, Any], inlines: Inlines) -> Any:
    """Metadata as plain JSON."""
    kind: str = value["t"]
    content: Any = value.get("c")
    if kind == "MetaMap":
        return {key: _value(item, inlines) for key, item in content.items()}
    if kind == "MetaList":
        return [_value(item, inlines) for item in content]
    if kind == "MetaBool":
        return content
    return " ".join(plain(_pieces(value, inlines)).split())
