"""One monotone alignment: numbers found in the text against the numbers that are expected there.

Note numbers, note labels and page numbers all count upwards; a plain figure does not. So candidates are never judged
alone: the best chain through all of them decides.

>>> align([(1, 1.0), (58, 0.2), (2, 1.0), (1929, 0.3), (3, 1.0)], [1, 2, 3])
[(0, 0), (2, 1), (4, 2)]
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
_MOST_PAIRS = 2_000_000  # keeps the work bounded where one label comes thousands of times


def align(
    candidates: Sequence[tuple[K, float]], slots: Sequence[K], *, reach: int = 4, gap_cost: float = 0.5
) -> list[tuple[int, int]]:
    """The best chain of (candidate, slot) pairs, both increasing.

    A candidate is a number (or a number with its page) and a weight: how much it looks the part. ``slots`` are the
    expected numbers in order.
    A chain may skip up to ``reach - 1`` slots at ``gap_cost`` each; it may begin anywhere.
    """
    places: dict[K, list[int]] = {}
    for slot, number in enumerate(slots):
        places.setdefault(number, []).append(slot)
    most = max((len(found) for found in places.values()), default=0)
    if most * len(candidates) > _MOST_PAIRS:
        places = {number: found[:1] for number, found in places.items()}
    best: list[tuple[float, int]] = [(float("-inf"), -1)] * len(slots)
    nodes: list[tuple[int, int, int]] = []
    for index, (number, weight) in enumerate(candidates):
        found = [(slot, *_best_before(best, slot, reach, gap_cost)) for slot in places.get(number, ())]
        for slot, score, parent in found:
            if score + weight > best[slot][0]:
                best[slot] = (score + weight, len(nodes))
                nodes.append((index, slot, parent))
    return _walk_back(nodes, max(best, default=(0.0, -1))[1])


def counted_up(numbers: Sequence[int], *, reach: int = 2) -> list[int]:
    """The indices of the longest chain that counts upwards by one (or skips a few)."""
    expected = range(min(numbers), max(numbers) + 1) if numbers else range(0)
    if len(expected) > 100_000:
        return []
    return [index for index, _ in align([(number, 1.0) for number in numbers], expected, reach=reach)]


def _best_before(best: Sequence[tuple[float, int]], slot: int, reach: int, gap_cost: float) -> tuple[float, int]:
    score, parent = 0.0, -1
    for back in range(1, min(reach, slot) + 1):
        earlier, node = best[slot - back]
        if earlier - gap_cost * (back - 1) > score:
            score, parent = earlier - gap_cost * (back - 1), node
    return score, parent


def _walk_back(nodes: Sequence[tuple[int, int, int]], node: int) -> list[tuple[int, int]]:
    chain: list[tuple[int, int]] = []
    while node >= 0:
        index, slot, node = nodes[node]
        chain.append((index, slot))
    return chain[::-1]
