"""Hard-wrapped lines joined again, and words that a hyphen broke over two lines.

Whether the hyphen belongs to the word is asked of the document itself: "know-how" elsewhere keeps it, "cohesion"
elsewhere drops it. Where the document does not have the word, its habits decide: "anti-realist" elsewhere keeps the
hyphen of "anti-/structural", two parts that are both words of it keep theirs; then what languages always set so
("self-", "one-to-one", "lower- and higher").

>>> kept_hyphen("public-", "private", vocabulary("Public debt. A private bank."))
True
"""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
_HYPHENS = "-‐\u00ad"
_BREAKS = frozenset(_HYPHENS)
_MOST = 5_000_000  # a book's worth of words is vocabulary enough
_LONGEST = 40
# Prefixes that some set solid and others with a hyphen: a document's own words tell its habit.
_PREFIXES = frozenset(
    """anti arch auto bi bio co contra counter cross de demi dis eco electro en ethno ex extra fore geo hyper il im in
    inter intra macro mal meta micro mid mini mis mono multi neo non out over para photo poly post pre pro proto pseudo
    psycho quasi re semi socio sopra sub super supra tele thermo trans tri ultra un under uni up vice
    анти пост контр меж сверх противо внутри вне пред пере""".split()
)
# Those among them that simply begin many words.
_BEGINNINGS = frozenset(
    "co contra counter de dis en ex extra fore im in inter intra mis out over pre pro re sub super trans un under".split()
)
# First and second parts that are set with a hyphen as a rule.
_HYPHENED = frozenset(
    """self all ever half well ill far long short high low full one two three four five six seven eight nine ten
    anglo franco sino russo austro indo afro graeco greco italo germano hispano luso judeo polono balto
    по кое во""".split()
)
_TAILS = frozenset(
    """based oriented born going speaking style type wide term scale century level led owned run free like to up down
    off out by in like même mêmes ci là to либо нибудь таки""".split()
)
_AND = frozenset("and or und oder et ou bzw y o e i и или och eller en".split())  # "lower- and higher"


def vocabulary(text: str) -> Counter[str]:
    """How often each word stands in a text, hyphenated compounds as one word; in lower case.

    The two parts of a word that is broken at a line end are not words. "anti-" counts the different compounds that
    begin so, "anti*" the different words that do without a hyphen.
    """
    words: Counter[str] = Counter()
    broken = False
    for match in _WORD.finditer(text, 0, _MOST):
        end = match.end()
        begins_broken = text[end : end + 1] in _BREAKS and text[end + 1 : end + 2].isspace()
        if not broken and not begins_broken:
            words[match.group().casefold()] += 1
        broken = begins_broken
    habits: Counter[str] = Counter()
    for word in words:
        first, hyphen, _ = word.partition("-")
        if hyphen:
            habits[first + "-"] += 1
        else:
            habits.update(word[:size] + "*" for size in range(2, min(8, len(word) - 2)) if word[:size] in _PREFIXES)
    words.update(habits)
    return words


def breaks_word(above: str, below: str) -> bool:
    """Whether a line ends in the middle of a word that the next line goes on with."""
    if not (len(above) > 1 and above[-1] in _HYPHENS and above[-2].isalpha() and below[:1].isalpha()):
        return False
    return above[-1] == "\u00ad" or first_letters(below) not in _AND


def first_letters(below: str) -> str:
    """The word, or end of a word, that a line begins with, in lower case; "" where it is longer than any."""
    match = _WORD.match(below[:_LONGEST])
    return match.group().casefold() if match else ""


def kept_hyphen(above: str, below: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of the line above is part of the word."""
    if above[-1] == "\u00ad":
        return False
    left, right = _tail(above[:-1]).casefold(), first_letters(below)
    joined, whole = words[left.replace("-", "") + right] + words[left + right], words[f"{left}-{right}"]
    if joined or whole:
        return whole > joined
    if below[0].isupper():
        return True
    last, second = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
    if last in _PREFIXES:
        # One compound ("pre-war") is no habit for a beginning of solid words, before what is no word ("pre-/pared").
        return words[last + "-"] > words[last + "*"] + (last in _BEGINNINGS and words[second] == 0)
    if last in _HYPHENED or second in _TAILS:
        return len(second) > 1
    if "-" in left and words[last] and words[second]:
        return True
    if words[last + "-"] and len(last) > 3:  # other compounds of this word have a hyphen
        return True
    return len(last) > 3 and len(second) > 3 and words[last] > 0 and words[second] > 0


def _tail(text: str) -> str:
    """The word that a text ends with."""
    tail = text[-_LONGEST:]
    start = len(tail)
    while start and (tail[start - 1].isalpha() or tail[start - 1] in "-‐'’"):
        start -= 1
    return tail[start:].lstrip("-‐'’")
