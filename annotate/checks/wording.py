"""The words of change: verbs and nouns that say which way a number went, and by how much without a number."""

from __future__ import annotations

import re

# "up from", "up by": never "pasted up inside"
UP = (
    r"r(?:ise|ose|isen|ising|ises)|gr(?:ow|ew|own|owing|ows|owth)|increas(?:e|ed|es|ing)|climb(?:ed|s|ing)?|advanc(?:e|ed|es|ing)"
    r"|soar(?:ed|s|ing)?|jump(?:ed|s|ing)?|swell(?:ed|s)?|swollen|expand(?:ed|s|ing)?|expansion|mount(?:ed|s|ing)?"
    r"|(?:go|goes|went|gone|going) (?:sharply |slowly |steadily )?up|gain(?:ed|s|ing)?|leap(?:ed|s|t)?|surg(?:e|ed|es|ing)|rocket(?:ed)?"
    r"|multipl(?:y|ied|ies)|accelerated|augment(?:ed|s)?|enlarge(?:d|s)?|raise(?:d|s)?|improve(?:d|s|ment)?|up(?=\s*(?:\Z|[,(]|from\b|by\b|to\b|some\b|about\b))|higher|more"
    r"|doubl(?:ed|ing|es)|trebl(?:ed|ing)|tripl(?:ed|ing)|quadrupl(?:ed|ing)"
)
DOWN = (
    r"f(?:all|ell|allen|alling|alls)|drop(?:ped|s|ping)?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|s(?:ink|ank|unk|inking)"
    r"|shr(?:ink|ank|unk|inking)|shrinkage|diminish(?:ed|es|ing)?|contract(?:ed|ion)|reduc(?:e|ed|es|ing|tion)|slump(?:ed|s)?"
    r"|plung(?:e|ed|es|ing)|(?:go|goes|went|gone|going) (?:sharply |slowly |steadily )?down|dwindl(?:e|ed|es|ing)|halv(?:ed|ing)"
    r"|tumbl(?:e|ed|ing)|collaps(?:e|ed|ing)|plummet(?:ed)?|slid|slide|sliding|reced(?:e|ed|ing)|lower(?:ed)?|cut|loss|los[et]"
    r"|slip(?:ped|s)?|down(?=\s*(?:\Z|[,(]|from\b|by\b|to\b|some\b|about\b))|less|fewer|weaken(?:ed)?"
)
DIRECTION = re.compile(rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b", re.IGNORECASE)
NOT = re.compile(
    r"\b(?:not|never|hardly|scarcely|failed to|without|neither|nor|instead of|rather than)\b[^,;:]{0,24}\Z", re.I
)
CHANGED = r"(?:rose|grew|grown|risen|increased|multiplied|climbed|jumped|swelled|soared|fell|dropped|declined|decreased|sank|shrank)"
CHANGE_NOUN = (
    r"(?:increase|rise|growth|gain|advance|jump|expansion|improvement|addition|fall|drop|decline|decrease|reduction|loss|cut"
    r"|saving|contraction|shrinkage|slump|change|difference)"
)
FACTORS = {"doubl": 2, "trebl": 3, "tripl": 3, "quadrupl": 4, "quintupl": 5, "halv": 2}
FACTOR = re.compile(
    r"(?P<more>more than |over )?(?P<near>nearly |almost |about |roughly |some |practically |virtually )?"
    r"\b(?P<word>doubl|trebl|tripl|quadrupl|quintupl|halv)(?:ed|ing|es|e|y)\b",
    re.IGNORECASE,
)
LAST_WINDOW = 110


def direction_before(text: str) -> tuple[int, str] | None:
    """The way that the last word of change in a piece of text goes, 1 or -1, with that word; None without one."""
    last = None
    for match in DIRECTION.finditer(text, max(0, len(text) - LAST_WINDOW)):
        if not NOT.search(text[: match.start()]):
            last = match
    return ((1 if last["up"] else -1), last[0]) if last else None
