"""Where a title ends: quotation marks, sentence breaks that are no abbreviations, the last comma before a journal.

>>> text = "Spin diffusion in Europe. Phys. Rev. Lett. 57"
>>> text[last_break(text, 0, 43):]
'Phys. Rev. Lett. 57'
"""

from __future__ import annotations

import re

from bibliography.parse.letters import OPEN_QUOTES, UP

_SHORT_NEXT = re.compile(rf"{UP}\w{{0,8}}\s?\.")
_BREAK = re.compile(
    rf"(?P<word>[^\s.?!]*[^\s.?!])?\s?[.?!]+[”’\"»)\]]?\s*(?<=[\s.])(?<!\S\.)(?=[{UP[1:-1]}\d“‘«\"(\[„À-ÿ]|van |von |de )"
)
_ABBREVIATIONS = frozenset(  # after these a stop ends no sentence: the usual ones, and words of shortened journal titles
    "phys rev lett am nat med biol chem sci math acad soc trans ann bull res eur euro commun comput comp appl theor mod nucl"
    " astron astrophys rep lab inst eng electr mech struct stat psychol hist econ polit zh vopr mon roy clin exp pharm"
    " amer assoc natl neurosci mol gen quant ling philos sociol stud arch technol syst softw inf mem"
    " vs no nos vol st dr mr mrs prof ed eds cf al etc jr sr proc int conf univ dept inc u.s u.k e.g i.e вып изд ред rev"
    " т с cap ch fig ser".split()
)


def breaks(text: str, start: int, end: int) -> list[int]:
    """Offsets of the sentences that begin inside the stretch; initials and abbreviations end no sentence."""
    found = (m for m in _BREAK.finditer(text, start, end) if m.end() < end and _ends_sentence(m))
    return [match.end() for match in found]


def first_break(text: str, start: int, end: int) -> int | None:
    """Where the second sentence begins, None where there is one only."""
    return next(iter(breaks(text, start, end)), None)


def last_break(text: str, start: int, end: int) -> int | None:
    """Where the last sentence of at least four letters begins."""
    found = [at for at in breaks(text, start, end) if sum(c.isalpha() for c in text[at:end]) >= 3]
    while len(found) > 1 and _is_abbreviation(text[found[-2] : found[-1]]):
        found.pop()
    return found[-1] if found else None


def last_comma(text: str, start: int, end: int, *, most_words: int = 10) -> int | None:
    """Behind the last comma that leaves a name of a journal, not a half sentence; None without one."""
    for found in reversed(list(re.finditer(r"\s*,\s*", text[start:end]))):
        at = start + found.end()
        words = text[at:end].split()
        if words and len(words) <= most_words and words[0][:1].isupper() and sum(map(str.isalpha, text[at:end])) > 1:
            return at
    return None


def quoted(text: str, start: int) -> tuple[int, int, int] | None:
    """The inner span of the quotation that begins here, and where it ends with its mark; None without one."""
    opened = text[start : start + 1]
    closers = OPEN_QUOTES.get(opened) or ("''" if text.startswith("``", start) else "")
    if not closers:
        return None
    if closers == "''":
        end = text.find("''", start + 2)
        return None if end < 0 else (start + 2, end, end + 2)
    for at in range(start + 2, min(len(text), start + 600)):
        after = text[at + 1 : at + 2]
        if text[at] in closers and not after.isalnum() and not (after == "-" and text[at] in "’'"):
            return start + 1, at, at + 1
    return None


def skip(text: str, at: int, chars: str = " \t\u00a0.,;:–—-") -> int:
    """The first offset from ``at`` on that holds none of the characters."""
    while at < len(text) and text[at] in chars:
        at += 1
    return at


def _is_abbreviation(sentence: str) -> bool:
    """Whether a "sentence" is a word or two of a shortened name of a journal: "Astron .Soc ." """
    words = re.findall(r"[^\W\d_]+", sentence)
    return 0 < len(words) <= 3 and all(word[0].isupper() for word in words) and len(words[-1]) <= 9


def _ends_sentence(found: re.Match[str]) -> bool:
    word = found["word"] or ""
    core = word.strip("“‘«\"'([„”’)]»")
    if not core:
        return bool(word)
    if core.lower() in _ABBREVIATIONS or (len(core) == 1 and core.isupper()):
        return False
    mark = found[0].rstrip()[-1]
    if mark in '?!”"»)]' or not core[0].isupper() or len(core) > 4 or core.isupper():
        return True
    return _SHORT_NEXT.match(found.string, found.end()) is None  # "Opt. Spec. 12"
