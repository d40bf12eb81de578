"""Honorifics and offices that stand with a person's name, kept as its ``role``.

The rule: a role is the run of words of the list right before the name or at its beginning ("Prime Minister Ramsay
MacDonald", "Sir Montagu Norman", "Secretary of State Hull"), or else an office right behind it between commas ("Arkady
Rozengolts, People's Commissar of Foreign Trade,"). It is kept as written; the span of the name stays as it was found.

>>> leading_titles("Marshal of the Soviet Union"), leading_titles("Sir Montagu Norman"), leading_titles("Norman")
('', 'Sir', '')
>>> role_of("For Commissar Rozengolts it was late.", 14, 24)
'Commissar'
>>> role_of("Montagu Norman, then Governor of the Bank of England, was ill.", 0, 14)
'Governor of the Bank of England'
"""

from __future__ import annotations

import re

# Longest first where one begins another. "Miss" and "Don" only with a capital; all are compared as they are written.
_HONORIFICS = (
    r"Mr|Mrs|Ms|Miss|Mx|Messrs|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baron|Baroness|Count|Countess|Viscount|Viscountess|Earl"
    r"|Duke|Duchess|Marquis|Marquess|Prince|Princess|King|Queen|Emperor|Empress|Tsar|Tsarina|Czar|Kaiser|Sultan|Shah|Pope|Saint|St"
    r"|Bishop|Archbishop|Cardinal|Patriarch|Father|Fr|Brother|Sister|Rabbi|Rev|Reverend|Canon|Dean|Abbot|Comrade|Citizen"
    r"|Herr|Frau|Fräulein|Madame|Mme|Mlle|Monsieur|Don|Doña|Signor|Signora|Hon|Right\ Honou?rable|Rt\.?\ Hon"
)
_OFFICES = (
    r"(?:Vice[-\ ]|Deputy\ |Acting\ |Former\ |former\ |Foreign\ |First\ |Prime\ |Under-?\ ?|People['’]s\ |Chief\ |Lord\ |General\ |Attorney\ |State\ )*"
    r"(?:President|Premier|Chancellor|Minister|Secretary(?:[-\ ]General)?|Commissar|Commissioner|Governor(?:[-\ ]General)?|Senator|Congressman"
    r"|Congresswoman|Representative|Deputy|Ambassador|Consul|Envoy|Judge|Justice|Mayor|Chairman|Chairwoman|Chair|Director|Treasurer"
    r"|Commander|Inspector|Superintendent|Speaker|Marshal|Field[-\ ]Marshal|General|Gen|Lieutenant|Lt|Colonel|Col|Major|Maj|Captain"
    r"|Capt|Sergeant|Sgt|Corporal|Admiral|Brigadier|Commodore|Officer|Engineer)"
)
_WORD = rf"(?:{_OFFICES}|{_HONORIFICS})"
_LEADING = re.compile(rf"(?P<role>{_WORD}\b\.?(?:[\s-]+{_WORD}\b\.?)*)\s+(?=\S)")
_OF = r"of\s+(?:the\s+)?[A-Z][\w'’-]*(?:\s+(?:(?:of|for|and|the|&)\s+)*[A-Z][\w'’-]*){0,4}"
_BEFORE = re.compile(rf"(?<![\w-])(?P<role>{_WORD}\.?(?:[\s-]+{_WORD}\.?)*(?:\s+{_OF})?)\s+\Z")
# "Governor of the Bank of England": what follows "of" runs to the next comma or stop, and is short.
_BEHIND = re.compile(
    r",\s+(?:(?:the|a|an|then|now|later|formerly|his|her|its|their|former|acting|deputy)\s+){0,3}"
    rf"(?P<role>(?i:{_OFFICES})(?:\s+(?:of|for|at|to)(?:\s+[\w'’&-]+){{1,7}})?)(?=[,.;:)]|\s+(?:\(|since\b|from\b|until\b))"
)
_REACH = 80  # code points before and behind a name that a role may take


def leading_titles(name: str) -> str:
    """The titles that a name begins with, where a name is left behind them; empty without."""
    found = _LEADING.match(name)
    return found["role"] if found and not name[found.end() :].startswith(("of ", "for ")) else ""


def without_titles(name: str) -> str:
    """The name without the titles that it begins with; empty where it is nothing else.

    >>> without_titles("General Walter von Reichenau"), without_titles("Saint"), without_titles("prime minister Blair")
    ('Walter von Reichenau', '', 'Blair')
    """
    raised = name if name[:1].isupper() else " ".join(w[:1].upper() + w[1:] for w in name.split())
    if re.fullmatch(rf"{_WORD}\.?(?:[\s-]+{_WORD}\.?)*", raised):
        return ""
    found = _LEADING.match(raised)
    return name[found.end() :].strip() if found else name


def role_of(text: str, start: int, end: int) -> str | None:
    """The honorific or office of the person named at ``text[start:end]``, as written with single spaces."""
    inside = leading_titles(text[start:end])
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    parts = [before["role"] if before else "", inside]
    if not any(parts) and (behind := _BEHIND.match(text, end, end + _REACH)) is not None:
        parts = [behind["role"]]
    return " ".join(" ".join(parts).split()) or None
