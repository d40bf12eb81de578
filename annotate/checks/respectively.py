""" "Respectively": as many values as there are things they belong to.

"Machine building, steel and coal grew by 86, 70 and 60 percent respectively" has three of each. Where the things are
named in words, "iron and steel, coal and oil" may be two, three or four: only a number of values that no reading of the
list allows is a mismatch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.checks.passages import ABOUT, DATE, FIGURE, Item, Passage
from annotate.checks.results import Result

_JOIN = r"(?:, and |, (?!or )| and |; and |; )"
VALUES = re.compile(rf"{FIGURE}(?:{_JOIN}(?:by |to |at |of |from |in )?{ABOUT}{FIGURE}){{1,9}}")
BRACKETS = re.compile(r" ?\([^()]{0,80}\)")
DATES = re.compile(rf"{DATE}(?:{_JOIN}(?:in |on |by |at )?{DATE}){{1,9}}")
RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
# the words before the verb: "machine building, iron and steel making grew"
VERBLIKE = re.compile(
    r"\b(?:w(?:as|ere)|had|have|has|is|are|rose|fell|grew|went|produced|reached|received|paid|cost|yielded|employed|earned"
    r"|amounted|came|stood|increased|decreased|declined|dropped|lost|gained|sold|bought|took|made|gave|brought|exported|imported"
    r"|accounted|measured|numbered|covered|contributed|held|owned|got|obtained|spent|averaged|climbed|sank|advanced|delivered|raised|supplied|counted)\b|[—–:]| - "
)
LEAD_IN = re.compile(
    r"\A(?:.*\b(?:investments? (?:in|into|on)|between|among|both|in|of|for|from|to|by|at|that|while|and while|when|where|into|on) )",
    re.DOTALL,
)
NAMES = re.compile(r"^[^.;:]*$")
MAX_NAMES = 12


def check_respectively(passage: Passage) -> Iterator[Result]:
    """The number of values before each "respectively" against the things that they belong to."""
    for word in RESPECTIVELY.finditer(passage.text):
        rows = _rows(passage, word.start(), word.end())
        if not rows:
            continue
        values = rows[-1]
        others = {len(row) for row in rows[:-1]}
        if others:
            yield _result(values, others, f"{len(values)} values beside {_or(others)}")
            continue
        names = _names(passage, rows)
        if names:
            yield _result(values, names, f"{len(values)} values for {_or(names)} things named")


def _rows(passage: Passage, start: int, end: int) -> list[list[Item]]:
    """The rows of values and of dates in the sentence up to "respectively", in order; after it where none stand before."""
    text = BRACKETS.sub(lambda match: " " * len(match[0]), passage.text)
    reach = text[:start] if re.search(FIGURE, text[max(0, start - 40) : start]) else text
    rows = [match for pattern in (VALUES, DATES) for match in pattern.finditer(reach)]
    rows.sort(key=lambda match: match.start())
    return [passage.all(match[0]) for match in rows]


def _names(passage: Passage, rows: list[list[Item]]) -> set[int]:
    """How many things the words before the values can be read to name; empty where they are no list."""
    first = next((char for char, item in passage.items.items() if item == rows[-1][0]), None)
    if first is None:
        return set()
    before = passage.text[: passage.text.index(first)]
    verbs = list(VERBLIKE.finditer(before))
    subject = before[: verbs[0].start()] if verbs else before
    for piece in ([subject] if verbs else []) + [before]:
        counts = _list_sizes(LEAD_IN.sub("", piece, count=1))
        if counts:
            return counts
    return set()


def _list_sizes(words: str) -> set[int]:
    """The numbers of things in "a, b and c" (3), "a and b" (2), "iron and steel, coal and oil" (2, 3 or 4)."""
    words = re.sub(r"\([^()]*\)", "", words).strip(" ,")
    commas = [part for part in words.split(", ") if part.strip()]
    ands = len(re.findall(r"\band\b", words))
    if not NAMES.match(words) or not (len(commas) > 1 or ands) or len(commas) > MAX_NAMES:
        return set()
    last = commas[-1]
    if last.startswith("and ") or len(commas) == 1:
        low = len(commas) if len(commas) > 1 else 2
        return set(range(low, low + max(0, ands - 1) + 1))
    if " and " not in last:
        return set()  # "in the tables, the temperature": commas alone make no list
    inner = ands - last.count(" and ")
    if inner == 0:
        whole = len(commas) + 1  # "coal, iron and oil"
        return {whole - 1, whole} if _leads_in(commas[0]) else {whole}
    return set(range(len(commas), len(commas) + ands + 1))


def _leads_in(first: str) -> bool:
    """True where the words before the first comma may stand outside the list: "Of all the giants, Uranus and Neptune"."""
    return len(first.split()) > 2 or first.endswith("ly")


def _result(values: list[Item], counts: set[int], words: str) -> Result:
    holds = len(values) in counts
    return Result("respectively", "ok" if holds else "mismatch", tuple(values), words, str(len(values)), _or(counts))


def _or(counts: set[int]) -> str:
    return " or ".join(map(str, sorted(counts)))
