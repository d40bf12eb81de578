"""In which order of the text the blocks of a file stand, when somebody moved blocks, or put new ones in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from corpus.tei.standing import Standing


def stable_names(now: Sequence[Standing], before: Sequence[Standing]) -> set[str]:
    """The outermost blocks that were not moved: the longest sequence of them in the order in which they stood."""
    place = {top.name: i for i, top in enumerate(before)}
    names = [top.name for top in now if top.name in place]
    lowest: list[int] = []  # of the sequences of each length, the lowest place of a last block
    last: list[int] = []
    before_it: list[int] = []
    for i, name in enumerate(names):
        length = bisect_left(lowest, place[name])
        before_it.append(last[length - 1] if length else -1)
        lowest[length : length + 1] = [place[name]]
        last[length : length + 1] = [i]
    found: set[str] = set()
    at = last[-1] if last else -1
    while at >= 0:
        found.add(names[at])
        at = before_it[at]
    return found


def in_reading_order(now: Sequence[Standing], order: Sequence[str], last: str | None) -> list[Standing]:
    """The blocks in the order of the text: ``order``, and each of the others behind the one that it follows in the file.

    A file has its notes in another place than the text has; so a new block of a note follows one of a note, and where
    there is none it stands before ``last``, the first reference, or at the end.
    """
    by_name = {top.name: top for top in now}
    followers: dict[str, list[Standing]] = {}
    anchor = {True: "note", False: "text"}
    known = set(order)
    for top in now:
        if top.name in known:
            anchor[top.note is not None] = top.name
        else:
            followers.setdefault(anchor[top.note is not None], []).append(top)
    made = followers.get("text", [])[:]
    notes = followers.get("note", [])
    for name in order:
        if name == last:
            made += notes
            notes = []
        made += [by_name[name], *followers.get(name, [])]
    return [*made, *notes]
