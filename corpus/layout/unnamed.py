"""A reference list without a name that we know: told by its entries, one below the other down to the end of the text.

An entry begins with an author as lists set them ("Chomsky, Noam.", "Calvo V,", "Лященко П. И."), has a year, and is
short. Five in a row, with hardly anything else between them, are a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.layout.beginnings import settled, stands_apart
from corpus.layout.headings import heading_shape
from corpus.layout.labels import Label, read_label
from corpus.layout.lines import Line, ends_sentence
from corpus.layout.zones import ends_lists, zone_of

_AUTHOR = re.compile(
    r"[“\"«]?(?:(?:van|von|de|di|da|der|den|la|le|al|el)\s){0,3}[^\W\d_a-zß-ÿа-я][\w’'‐-]+(?:[ ‐-][^\W\d_a-zß-ÿа-я][\w’'‐-]+){0,2}"
    r"(?:,\s(?:[^\W\d_a-zß-ÿа-я][\w’'‐-]*\.?|d’)|\s[A-ZÀ-Ý]{1,3}(?=[,.\s(])|\s[A-ZÀ-ÝА-Я]\.)|[—–_-]{2,}[.,\s]"
)
_YEAR = re.compile(
    r"(?<!\d)(?:1[4-9]|20)\d\d[a-z]?(?!\d)|\bn\.\s?d\.|\bforthcoming\b|\bin press\b|б\. ?г\.", re.IGNORECASE
)
_BACK = re.compile(r"(?:ibid|op\.\s?cit|loc\.\s?cit|ebd|ebenda|ders|там же|указ)\b", re.IGNORECASE)  # notes say so
_FEWEST = 5
_LONGEST = 900
_MOST_LINES = 12


class Listed(NamedTuple):
    """Where the list begins (index of a line), and the line of its name if there is one above it."""

    start: int
    name: int | None


def find_unnamed_list(lines: Sequence[Line]) -> Listed | None:
    """The reference list at the end of a text none of whose lines names one."""
    names = [i for i, line in enumerate(lines) if zone_of(line.text) and stands_apart(lines, i)]
    if any(zone_of(lines[i].text) == "references" for i in names):
        return None
    end = next((i for i in range(len(lines) - 1, 0, -1) if ends_lists(lines[i].text) and lines[i].gap), len(lines))
    for stop in dict.fromkeys((len(lines), end)):
        found = _from_end(lines, stop)
        in_notes = found and zone_of(lines[max((i for i in names if i < found.start), default=0)].text) == "notes"
        if found and not (in_notes and read_label(lines[found.start])):
            return found
    return None


def _from_end(lines: Sequence[Line], stop: int) -> Listed | None:
    start, last = stop, stop
    entries = bad = strange = 0
    for i in range(stop - 1, -1, -1):
        if last - i > _MOST_LINES:
            break
        if not _begins_entry(lines, i):
            continue
        if last < stop and (read_label(lines[i]) is None) != (read_label(lines[last]) is None):
            strange += 1
            if strange == 2:
                break  # labelled notes above the list
            continue
        strange = 0
        text = " ".join(line.text for line in lines[i:last])
        good = len(text) <= _LONGEST and _YEAR.search(text) is not None
        entries, bad = entries + good, bad + (not good)
        if bad * 5 > entries + 5:
            break
        last = i
        start = i if good else start
    if entries < _FEWEST or start == stop:
        return None
    start = _first_label(lines, start)
    labelled = list(_labelled(lines[start:stop]))
    back = sum(_BACK.match(text, label.end - label.start) is not None for text, label in labelled)
    if back and back * 20 >= len(labelled):
        return None
    above = lines[start - 1] if start else None
    named = (
        above is not None
        and start > 1
        and len(above.text) < 60
        and not ends_sentence(above.text)
        and heading_shape(above.text)
        and (above.gap > 0 or above.page or ends_sentence(lines[start - 2].text))
    )
    return Listed(start, start - 1 if named else None)


def _labelled(lines: Sequence[Line]) -> Iterator[tuple[str, Label]]:
    for line in lines:
        label = read_label(line)
        if label is not None:
            yield line.text, label


def _first_label(lines: Sequence[Line], start: int) -> int:
    """The beginning of a numbered list, entries that we could not tell from their authors included."""
    label = read_label(lines[start])
    while label is not None and label.number > 1:
        above = range(start - 1, max(-1, start - 1 - _MOST_LINES), -1)
        wanted = label.number - 1
        found = next((i for i in above if (lab := read_label(lines[i])) and lab.number == wanted), None)
        if found is None:
            break
        start, label = found, read_label(lines[found])
    return start


def _begins_entry(lines: Sequence[Line], i: int) -> bool:
    label = read_label(lines[i])
    if i == 0 or not (label or settled(lines, i)):
        return False
    text = lines[i].text[label.end - label.start :] if label else lines[i].text
    return _AUTHOR.match(text[:120]) is not None
