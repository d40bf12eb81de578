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
_NUMBERS = ("level", "row", "col", "rows", "cols")


@dataclass(frozen=True)
class _Said:
    """What a span says of a block: its kind and its other fields."""

    kind: BlockKind
    fields: Mapping[str, str]


class Own:
    """The marks of our writer in a file; in other people's files there are none."""

    def __init__(self, tei: etree._Element) -> None:
        self.is_ours = any(each.get("ident") == "adfontes" for each in tei.iter("application"))
        self._said: dict[str, _Said] = {}
        self._unlabelled: set[str] = set()
        self._file = ""
        if not self.is_ours:
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

    def has_label(self, page_break: etree._Element) -> bool:
        """Whether the number of a page is printed, not only counted."""
        return page_break.get(XML_ID) not in self._unlabelled

    def block(self, block: OutlineBlock) -> OutlineBlock:
        """A block with its kind, level and number as they were."""
        said = self._said.get(block.pointer or "")
        if said is None:
            return block
        numbers = {name: int(text) for name in _NUMBERS if (text := said.fields.get(name, "")).isdecimal()}
        block = replace(block, kind=said.kind, n=said.fields.get("n"), **dict.fromkeys(_NUMBERS))  # type: ignore[arg-type]
        return replace(block, **numbers)  # type: ignore[arg-type]

    def metadata(self, metadata: Metadata) -> Metadata:
        """The metadata of the header; a file's name that only stands for a title is none."""
        if not self.is_ours or metadata.title != self._file:
            return metadata
        fields = {name: getattr(metadata, name) for name in Metadata.__struct_fields__}
        return Metadata(**{**fields, "title": None})
