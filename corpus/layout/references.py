"""The reference zone: its entries, by label, hanging indent or blank lines. What an entry says is read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.layout.blocks import cut_blocks
from corpus.layout.draft import Draft
from corpus.layout.labels import Label, lift_label, read_label
from corpus.layout.lines import Line, ends_sentence
from corpus.layout.notes import labelled
from corpus.layout.regime import Regime, ended_early

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d")
_PUBLISHED = re.compile(
    r"\bp\. |\bpp\. |;\d|: [^\W\d_]|\d:\d|\bed\.|\beds\.|University|Press|Journal|Verlag|\bДис|\bС\. |– \d"
)

_MOST_LINES = 6  # of the usual entry
# Names, then the year, then the title: "Abe, K., Mori, T., & Sato, H. (2004). Rice", "FAO. 2001. State of", "van Berg, P. (in press). Canals"
_HEAD = re.compile(
    r"""(?:[^\W\d_a-z]|(?:van|von|de|der|di|da|du|le|la)\s)[^()\[\]\d:;“”"«»]{1,160}?
        (?: \( (?:(?:1[5-9]|20)\d\d[a-z]?|n\.\s?d\.|in\spress|forthcoming) [^()]{0,12} \) | [.,]\s (?:1[5-9]|20)\d\d[a-z]?(?=[.,]) ) [.,]? \s+ \S.{8}""",
    re.VERBOSE,
)


def cut_references(lines: Sequence[Line], regime: Regime) -> list[Draft]:
    """One block for each entry, with its label ready to be lifted."""
    headed = read_label(lines[0]) is None and len(lines) > 1 and _names_part(lines, 0) if lines else False
    first = 1 if headed else 0
    if len(lines) > first and read_label(lines[first]) is not None:
        labels = labelled(lines)
        if first in labels:
            return [*_part_name(lines[:first]), *_by_labels(lines, labels)]
    return _by_shape(lines, regime)


def _names_part(lines: Sequence[Line], i: int) -> bool:
    """Whether a line of a numbered list names a part of it: "Sources in English", set apart, before the next entry."""
    line = lines[i]
    below = lines[i + 1] if i + 1 < len(lines) else None
    plain = (
        len(line.text) < 60 and not line.text[-1].isdigit() and line.text[-1] not in ".,;:" and line.text[0].isupper()
    )
    apart = i == 0 or line.gap > 0
    return below is not None and plain and apart and below.gap > 0 and read_label(below) is not None


def _part_name(lines: Sequence[Line]) -> list[Draft]:
    return [Draft("heading", list(lines), level=2)] if lines else []


def looks_like_references(drafts: Sequence[Draft]) -> bool:
    """Whether numbered paragraphs are a reference list: most name a year and where the work was published."""
    hits = sum(1 for draft in drafts if _YEAR.search(text := draft.text[:600]) and _PUBLISHED.search(text))
    return hits * 10 >= 6 * len(drafts)


def _by_labels(lines: Sequence[Line], labels: dict[int, Label]) -> list[Draft]:
    starts = sorted(labels)
    entries = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        label = labels[start]
        headed = end - start > 1 and _names_part(lines, end - 1)
        span, kept = lift_label(lines[start : end - headed], label)
        entries.append(Draft("reference", list(kept), n=str(label.number), label=span))
        entries += _part_name(lines[end - 1 : end] if headed else ())
    return entries


def _by_shape(lines: Sequence[Line], regime: Regime) -> list[Draft]:
    if not lines:
        return []
    if lines[0].hint is not None:
        return [Draft("reference", draft.lines) for draft in cut_blocks(lines, regime)]
    flush = min(line.indent for line in lines)
    hanging = sum(line.indent > flush for line in lines)
    if regime.form != "lines" and lines[0].indent == flush and hanging * 5 >= len(lines):
        groups: list[list[Line]] = []
        for line in lines:
            if groups and line.indent > flush:
                groups[-1].append(line)
            else:
                groups.append([line])
        return [Draft("reference", group) for group in groups]
    if not regime.marks and (heads := _heads_of_tight_list(lines)):
        return [Draft("reference", list(lines[a:b])) for a, b in pairwise([*heads, len(lines)])]
    if regime.form == "indented":
        regime = regime._replace(form="blank")
    drafts = cut_blocks(lines, regime)
    return [Draft("reference", part) for draft in _split_at_pages(drafts, regime) for part in _by_heads(draft.lines)]


def _heads_of_tight_list(lines: Sequence[Line]) -> list[int]:
    """Where the entries begin in a list whose lines stand one below the other: with names and a year, behind a stop."""
    if sum(line.gap > 0 for line in lines) * 10 > len(lines):
        return []
    texts = [line.text for line in lines] + [""]
    heads = [
        i
        for i in range(len(lines))
        if (i == 0 or ends_sentence(texts[i - 1])) and _HEAD.match(f"{texts[i]} {texts[i + 1]}")
    ]
    enough = len(heads) >= 3 and len(heads) * _MOST_LINES >= len(lines)
    return heads if enough and heads[0] == 0 else []


def _by_heads(lines: Sequence[Line]) -> list[list[Line]]:
    """An entry whose further lines begin as entries do: a list with one entry a line and no blank lines between."""
    groups: list[list[Line]] = []
    for line in lines:
        begins = groups and ends_sentence(groups[-1][-1].text) and _HEAD.match(line.text) and _HEAD.match(lines[0].text)
        if groups and not begins:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _split_at_pages(drafts: Sequence[Draft], regime: Regime) -> list[Draft]:
    """Part an entry that ended at a page foot from the first of the next page."""
    made: list[Draft] = []
    for draft in drafts:
        group: list[Line] = []
        for line in draft.lines:
            if group and line.page and ends_sentence(group[-1].text) and _begins_entry(group[-1], line, regime):
                made.append(Draft("reference", group))
                group = []
            group.append(line)
        made.append(Draft("reference", group))
    return made


def _begins_entry(above: Line, line: Line, regime: Regime) -> bool:
    return ended_early(above, line, regime) or re.match(r"[^\W\d_][\w’'-]+,? [^\W\d_]", line.text) is not None
