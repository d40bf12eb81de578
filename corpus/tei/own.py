"""What only TEI written by this project says: the kinds of blocks by their own names, in ``standOff``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast, get_args

from lxml import etree

from corpus.markup.walk import XML_ID, text_of
from corpus.structure import OutlineBlock
from schemas.records import BlockKind, Metadata

_KINDS = frozenset(get_args(BlockKind))
_OWN_ELEMENTS = {"title", "heading", "list-item", "verse-line", "cell", "reference"}  # kinds that TEI tells by itself
_NUMBERS = ("level", "row", "col", "rows", "cols")


@dataclass(frozen=True)
class _Said:
    """What a span says of a block: its kind and its other fields."""

    kind: BlockKind
    fields: Mapping[str, str]


class Own:
    """The marks of our writer in a file; in other people's files there are none."""

    def __init__(self, tei: etree._Element) -> None:
        self._said: dict[str, _Said] = {}
        self._unlabelled: set[str] = set()
        self._file = ""
        if not any(each.get("ident") == "adfontes" for each in tei.iter("application")):
            return
        named = tei.find(".//sourceDesc/bibl[@type='file']/title")
        self._file = text_of(named)
        for group in tei.iter("spanGrp"):
            for span in group.iter("span"):
                target = (span.get("target") or "").lstrip("#")
                fields = {f.get("name") or "": text_of(f) for f in span.iter("f")}
                if group.get("type") == "block" and (kind := span.get("type") or "") in _KINDS:
                    self._said[target] = _Said(cast(BlockKind, kind), fields)
                elif group.get("type") == "page" and "label" not in fields:
                    self._unlabelled.add(target)

    @property
    def is_ours(self) -> bool:
        """Whether our writer made the file."""
        return bool(self._said)

    def has_label(self, page_break: etree._Element) -> bool:
        """Whether the number of a page is printed, not only counted."""
        return page_break.get(XML_ID) not in self._unlabelled

    def kind(self, element: etree._Element) -> BlockKind | None:
        """The kind of the block that an element of our own is; None for any other."""
        said = self._said.get(element.get(XML_ID) or "")
        return said.kind if said is not None else None

    def block(self, block: OutlineBlock) -> OutlineBlock:
        """A block with its kind, level and number as they were; a kind that somebody changed since is theirs."""
        said = self._said.get(block.pointer or "")
        if said is None or (said.kind != block.kind and {said.kind, block.kind} & _OWN_ELEMENTS):
            return block
        numbers = {name: int(text) for name in _NUMBERS if (text := said.fields.get(name, "")).isdecimal()}
        fields = dict.fromkeys(_NUMBERS) | {"n": said.fields.get("n"), "lang": said.fields.get("lang")}
        return replace(block, kind=said.kind, **{**fields, **numbers})  # type: ignore[arg-type]

    def metadata(self, metadata: Metadata) -> Metadata:
        """The metadata of the header; a file's name that only stands for a title is none."""
        if not self.is_ours or metadata.title != self._file:
            return metadata
        fields = {name: getattr(metadata, name) for name in Metadata.__struct_fields__}
        return Metadata(**{**fields, "title": None})
