"""Numbers that count upwards: page numbers, and the first mentions of a numbered reference list.

>>> counted_up([376, 12, 377, 378])
[0, 2, 3]
"""

from __future__ import annotations

from collections.abc import Sequence

_GAP = 0.5  # what a number that was left out costs; each one found earns 1


def counted_up(numbers: Sequence[int], *, reach: int = 2) -> list[int]:
    """The indices of the best chain that counts upwards by one, or leaves out up to ``reach - 1`` numbers."""
    best: dict[int, tuple[float, int]] = {}  # the best chain that ends with a number, and its last node
    nodes: list[tuple[int, int]] = []
    top = (0.0, -1)
    for index, number in enumerate(numbers):
        score, parent = 1.0, -1
        for back in range(1, reach + 1):
            earlier, node = best.get(number - back, (0.0, -1))
            if node >= 0 and earlier + 1 - _GAP * (back - 1) > score:
                score, parent = earlier + 1 - _GAP * (back - 1), node
        if score > best.get(number, (0.0, -1))[0]:
            best[number] = score, len(nodes)
            top = max(top, best[number], key=lambda found: found[0])
            nodes.append((index, parent))
    chain, node = [], top[1]
    while node >= 0:
        index, node = nodes[node]
        chain.append(index)
    return chain[::-1]
