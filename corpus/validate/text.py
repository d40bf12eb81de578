"""The text of a block in TEI (law 3): what offsets in pointers count."""

from __future__ import annotations

from lxml import etree

from corpus.validate.findings import local_name

_NOT_TEXT = frozenset({"note", "label", "fw"})  # law 3: left out of a block's string value


def block_text(element: etree._Element) -> str:
    """The string value of an element, leaving out ``note``, ``label`` and ``fw`` below it (law 3)."""
    parts: list[str] = [element.text or ""]
    skipped = 0
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, each in walk:
        if each is element:
            continue
        if event in ("comment", "pi"):
            parts.append("" if skipped else each.tail or "")
            continue
        left_out = local_name(each) in _NOT_TEXT
        if event == "start":
            skipped += left_out
            parts.append("" if skipped else each.text or "")
        else:
            skipped -= left_out
            parts.append("" if skipped else each.tail or "")
    return "".join(parts)
