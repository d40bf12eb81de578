"""Authors named in running text as the source of what is said: "A.C. Sutton enumerated ...", "according to Mark Harrison".

>>> from bibliography.headings import HeadIndex, head_of
>>> sutton = {"author": [{"family": "Sutton", "given": "Antony C."}], "title": "Western Technology"}
>>> text = "Here A.C. Sutton enumerated 218 concessions; A. C. Sutton was born in London, and Sutton wrote no more."
>>> [(text[m.start:m.end], m.keys) for m in find_mentions(text, HeadIndex([head_of("s", sutton)]))]
[('A.C. Sutton', ('s',))]

A person is named for many reasons. It is a citation where the name has initials or forename, as the entry has them, and a
word of saying, counting or showing beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bibliography.headings import Head, HeadIndex
from bibliography.names import PARTICLES, initials_agree, without_case
from bibliography.parse.letters import UP

_WORD = re.compile(r"[^\W\d_](?:[\w]|['’‘ʹ‐-](?=\w))*")
_INITIALS = re.compile(rf"(?<![\w.])(?:{UP}{{1,2}}\.[\s‐-]?){{1,4}}$")
_FORENAMES = re.compile(rf"(?<!\w){UP}[^\W\d_]+\s+(?:{UP}{{1,2}}\.\s?){{0,3}}$")
_WIDEST = 4  # words of a family name: "van der Wurff"
_POSSESSIVE = re.compile(r"[’'‘]s?$")
_SAYS = re.compile(
    r"""[\s,]* (?: \([^()]{1,40}\)\s* )? (?: (?:has|have|had|also|himself|herself|too|rightly|likewise|even|once|later|first|already|\w+ly|hat|hatte|auch|a|aussi|ha|также|тоже)\s+ ){0,3}
    (?: argue[sd]? | claim(?:s|ed)? | assert(?:s|ed)? | state[sd]? | note[sd]? | observe[sd]? | point(?:s|ed)\s+out | show(?:s|ed|n)? | suggest(?:s|ed)? | estimate[sd]?
      | enumerate[sd]? | calculate[sd]? | compute[sd]? | write[s]? | wrote | written | describe[sd]? | demonstrate[sd]? | conclude[sd]? | maintain(?:s|ed)? | contend(?:s|ed)?
      | report(?:s|ed)? | finds? | found | believe[sd]? | consider(?:s|ed)? | emphasi[sz]e[sd]? | stress(?:es|ed)? | remark(?:s|ed)? | explain(?:s|ed)? | insist(?:s|ed)? | list(?:s|ed)
      | count(?:s|ed)? | quote[sd]? | cite[sd]? | mention(?:s|ed)? | discuss(?:es|ed)? | document(?:s|ed)? | record(?:s|ed)? | reckon(?:s|ed)? | h[eo]ld(?:s)?\s+that | think[s]? | thought
      | propose[sd]? | den(?:y|ies|ied) | admit(?:s|ted)? | affirm(?:s|ed)? | recall(?:s|ed)? | underline[sd]? | highlight(?:s|ed)? | reveal(?:s|ed)? | characteri[sz]e[sd]? | trace[sd]? | date[sd]?
      | schreibt | schrieb | meint[e]? | behauptet[e]? | argumentiert[e]? | betont[e]? | zeigt[e]? | stellt[e]?\s | nennt | zählt[e]? | weist\s | bemerkt[e]? | schätzt[e]? | berichtet[e]? | vertritt
      | écrit | écrivait | affirme | soutient | remarque | montre | estime | souligne | constate | démontre | signale | considère | énumère | observe | rappelle
      | scrive | afferma | sostiene | osserva | mostra | stima | sottolinea | ricorda | escribe | afirma | señala | muestra | subraya
      | пиш(?:ет|ут) | писал[аи]? | отме(?:чает|чал|тил)а? | указ(?:ывает|ывал|ал)а? | счита(?:ет|л)а? | утвержда(?:ет|л)а? | полага(?:ет|л)а? | показ(?:ывает|ал)а? | (?:под|на)счит(?:ал|ывает)а?
      | перечисл(?:ил|яет)а? | приводит | доказ(?:ывает|ал)а? | подч[её]ркива(?:ет|л)а? | замеча(?:ет|л)а? | сообща(?:ет|л)а? ) (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_BY = re.compile(
    r"""(?: according\s+to | in\s+the\s+(?:view|opinion|words|estimate|account)\s+of | (?:noted|shown|argued|pointed\s+out|estimated|calculated|demonstrated|described|reported|observed|suggested|documented|enumerated)\s+by
      | nach\s+(?:Ansicht|Auffassung|Meinung|Angaben|Schätzung)\s+(?:von)? | laut | zufolge | selon | d[’']après | secondo | según | (?:по|согласно)\s+(?:мнению|данным|подсч[её]там|словам|оценке|оценкам|утверждению) | согласно
      | как\s+(?:отмечает|пишет|показал|указывает|писал) ) \s+ $""",
    re.VERBOSE | re.IGNORECASE,
)


class Mention(NamedTuple):
    """A mention: its span with the given name, and the works by that person."""

    start: int
    end: int
    keys: tuple[str, ...]


def find_mentions(text: str, heads: HeadIndex) -> Iterator[Mention]:
    """The mentions of authors of the entries, in text order; time grows with the text only."""
    end = 0
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        first = word.group()
        if word.start() < end or not (first[0].isupper() or first in PARTICLES):
            continue
        for width in range(min(_WIDEST, len(words) - at), 0, -1):
            last = words[at + width - 1]
            if not last.group()[0].isupper():
                continue
            found = _known(text[word.start() : last.end()], heads)
            mention = _mention(text, word.start(), last.end(), found, end) if found else None
            if mention is not None:
                end = mention.end
                yield mention
                break


def says(text: str, at: int) -> bool:
    """Whether a word of saying, counting or showing follows a name that ends at an offset.

    >>> says("Sutton argues", 6), says("Sutton was born", 6)
    (True, False)
    """
    return _SAYS.match(text, at) is not None


def _known(written: str, heads: HeadIndex) -> list[Head]:
    """The entries under a name as written, without its genitive, or, if Russian, without its case."""
    name = _POSSESSIVE.sub("", written)
    forms = [name, *without_case(name)]
    return next((list(found) for form in forms if (found := heads.alike(form))), [])


def _mention(text: str, start: int, end: int, heads: list[Head], floor: int) -> Mention | None:
    before = max(floor, start - 50)
    for pattern in (_FORENAMES, _INITIALS):
        given = pattern.search(text, before, start)
        if given is None:
            continue
        keys = sorted({head.key for head in heads if head.given and initials_agree(given.group(), head.given)})
        if keys and (_SAYS.match(text, end) or _BY.search(text, max(0, given.start() - 60), given.start())):
            written = _POSSESSIVE.search(text, start, end)
            return Mention(given.start(), written.start() if written else end, tuple(keys))
    return None
