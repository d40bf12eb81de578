"""Signal words: how a note announces a source, and how that source then stands to the claim.

>>> found = find_signal("For the negotiations, see also Nevins and Hill, Ford, 673")
>>> found.start, found.end, found.relation
(22, 30, 'see-also')
"""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.records import Relation


class Signal(NamedTuple):
    """A signal phrase: its span and the relation that it states."""

    start: int
    end: int
    relation: Relation


# In order: what contradicts and what is second-hand is asked before the plain "see" that such phrases may hold.
_PHRASES: tuple[tuple[Relation, str], ...] = (
    (
        "contrast",
        r"but\s+(?:see|cf\.?)(?:\s+also)?|(?:but\s+)?contra(?:st)?(?:\s+with)?|pace|anders|dagegen|contre|aber\s+(?:siehe|vgl\.?)|pero\s+véase|inaczej|ale\s+(?:zob|por)\.|але\s+див\.|інакше|иначе|mais\s+voir|ma\s+cfr\.?|но\s+(?:см|ср)\.?",
    ),
    (
        "second-hand",
        r"(?:as\s+)?(?:quoted|cited|reprinted)\s+(?:in|by|after|from)|qtd\.?\s+in|zit(?:iert|\.)?\s+(?:nach|bei|n\.)|cité\s+(?:par|dans|in)"
        r"|citato\s+in|cit\.\s+in|цит(?:ир)?\.?\s+(?:по|за)|citado\s+(?:en|por)|cit\.\s+(?:en|por)|cyt\.\s+(?:za|wg)|geciteerd\s+(?:in|bij|naar)|cit(?:erat|eret)\s+(?:efter|i)|sitert\s+(?:etter|i)|apud",
    ),
    (
        "see-also",
        r"see\s+also|see\s+further|cf\.?|compare|vgl\.?(?:\s+auch|\s+dazu)?|siehe\s+auch|s\.\s+auch|voir\s+aussi|cfr\.?(?:\s+anche)?|si\s+veda\s+anche|vedi\s+anche|véa(?:n)?se\s+también|ver\s+tamb(?:ém|ién)|veja(?:-se)?\s+também|srov\.?|viz\s+(?:též|také|rovněž)|porov\.?|usp\.?|jfr\.?|jf\.|se\s+(?:även|også)|vö\.?|zie\s+ook|zob\.?\s+(?:też|także)|por\.?(?:\s+(?:też|także))?(?=\s+[A-ZŁŚŻŹĆ])|див\.?\s+також|пор\."
        r"|ср\.?|см\.?\s+(?:также|тж\.?)|см\.?,?\s+напр(?:имер|\.)?|гл\.?\s+таксама|sr\.|sm\.\s+takzhe",
    ),
    (
        "supports",
        r"see(?:,?\s+(?:for\s+(?:example|instance|an?\s+\w+)|e\.\s?g\.|in\s+particular|especially|inter\s+alia|generally|further))?|e\.\s?g\.|in|thus|so\s+(?:auch|schon|bereits|too)|so|ebenso|dazu|hierzu"
        r"|siehe(?:\s+(?:dazu|hierzu|z\.\s?B\.))?|voir(?:\s+(?:notamment|par\s+exemple))?|si\s+veda|vedi|v\.|(?:под?робнее|подр\.?)\s+(?:об\s+этом\s+)?см\.?|см\.?|гл\.|sm\.|zob\.|zie|viz|vide|vezi|véa(?:n)?se|ver|veja(?:-se)?|див\.|s\.(?=\s[A-ZÄÖÜ][a-zäöü])",
    ),
)
_SEE = "|".join(f"(?P<r{n}>{phrase})" for n, (_, phrase) in enumerate(_PHRASES))
_AT_START = re.compile(
    rf"(?:(?:and|also|und|et|e|и|und\s+auch)\s+)?(?:{_SEE})(?P<colon>\s*[,:])?\s+(?=\S)", re.IGNORECASE
)
_SURE = "|".join(  # inside a sentence only phrases that say nothing else count
    (
        r"(?P<r0>but\s+see|but\s+cf\.|contrast|но\s+(?:см|ср)\.)",
        _PHRASES[1][1].join(("(?P<r1>", ")")),
        r"(?P<r2>see\s+also|cf\.|compare|vgl\.(?:\s+auch)?|siehe\s+auch|voir\s+aussi|cfr\.|ср\.|см\.\s+также|véa(?:n)?se\s+también|ver\s+tamb(?:ém|ién)|srov\.|jfr\.?|se\s+(?:även|også)|so\s+too|viz\s+(?:též|také)|zie\s+ook|zob\.\s+(?:też|także)|por\.(?=\s+[A-ZŁŚŻŹĆ])|див\.\s+також|пор\.)",
        r"(?P<r3>see(?:,?\s+(?:for\s+example|for\s+instance|e\.\s?g\.|in\s+particular|especially|inter\s+alia|generally))?|siehe(?:\s+(?:dazu|hierzu))?|voir|si\s+veda|см\.|véa(?:n)?se|zie|zob\.|див\.)",
    )
)
_INSIDE = re.compile(rf"(?<!\w)(?i:{_SURE})(?P<colon>\s*[,:])?\s+(?=[^\W\d_a-zа-яёà-ÿ]|[“\"«„‘'(\[]|ibid)")
_AT_END = re.compile(rf"(?<!\w)(?:{_SEE})(?:,?\s*e\.\s?g\.|\s*z\.\s?B\.)?[\s,:(\[]*$", re.IGNORECASE)
_SOURCE_NEXT = re.compile(r"[\W_]*(?:(?:ibid|ebd|ebenda|там же|ders|dies|id|the|de|von|van)\b|[^\W\d_a-zа-яёß-ÿ])")


def read_signal(text: str, start: int) -> Signal | None:
    """The signal phrase that begins at ``start``; None without one."""
    found = _AT_START.match(text, start)
    if found is None or not _begins_source(text, found.end()):
        return None
    return _signal(found)


def find_signal(text: str, start: int = 0, end: int | None = None) -> Signal | None:
    """The first signal phrase inside a stretch, one that a source follows; None without one."""
    for found in _INSIDE.finditer(text, start, len(text) if end is None else end):
        if _begins_source(text, found.end()):
            return _signal(found)
    return None


def relation_before(text: str) -> Relation | None:
    """The relation that the signal phrase at the end of a text states; None where it ends in none.

    >>> relation_before("It fell; but see "), relation_before("(цит. по: "), relation_before("as Nove says (")
    ('contrast', 'second-hand', None)
    """
    found = _AT_END.search(text[-60:])
    if found is None:
        return None
    return next(relation for n, (relation, _) in enumerate(_PHRASES) if found[f"r{n}"] is not None)


def _signal(found: re.Match[str]) -> Signal:
    relation = next(relation for n, (relation, _) in enumerate(_PHRASES) if found[f"r{n}"] is not None)
    start = found.start()
    end = found.end("colon") if found["colon"] else max(found.end(f"r{n}") for n in range(len(_PHRASES)))
    return Signal(start, end, relation)


def _begins_source(text: str, at: int) -> bool:
    """Whether a name, a quoted title or a back-reference begins here: "see below" announces no source."""
    return _SOURCE_NEXT.match(text, at) is not None
