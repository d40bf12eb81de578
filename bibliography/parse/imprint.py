"""Place and publisher, and what a thesis or report calls itself.

>>> from bibliography.parse.marks import Marks
>>> marks = Marks("Hillsdale, NJ: Erlbaum."); read_imprint(marks, 0, 23)
>>> marks.text("place"), marks.text("publisher")
('Hillsdale, NJ', 'Erlbaum')
"""

from __future__ import annotations

import re

from bibliography.parse.letters import UP
from bibliography.parse.marks import Marks

PLACE_PUBLISHER = re.compile(
    rf"(?<![\w:])(?P<place>{UP}(?:[^.:;()\[\]\"“”\d]|(?<=[A-Z])\.|(?<=St)\.|(?<=Mass)\.){{0,60}}?)\s?:\s?(?P<publisher>[^\s:;()\[\]][^:;()\[\]]{{1,100}}?)(?=\s*[;()\[\]]|\s*,\s*(?=\s\s|$)|\s{{3,}}|\.\s|[.,\s]*$)"
)
_PUBLISHER = re.compile(
    r"\b(?:press|presses|verlag|publish\w*|pub\.?|books?|springer|wiley|elsevier|kluwer|routledge|benjamins|mouton|gruyter"
    r"|academic|addison|mcgraw|prentice|harper|penguin|erlbaum|blackwell|sage|macmillan|norton|freeman|oldenbourg|niemeyer"
    r"|univ(?:ersity|ersität|\.)?|usenix|acm|ieee|siam|company|inc|ltd|sons|éditions?|editor[ei]|edizioni|hachette|gallimard"
    r"|seuil|puf|издательство|изд-во|наука|siglo|knopf|holt|doubleday|random|houghton|birkhäuser|kaufmann|dekker)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:new york|london|paris|berlin|oxford|cambridge|boston|chicago|amsterdam|moscow|москва|м\.|спб|л\.|leiden|wien|vienna"
    r"|münchen|munich|frankfurt|leipzig|hamburg|stuttgart|heidelberg|tübingen|göttingen|zürich|basel|roma|rome|milano|torino"
    r"|bologna|firenze|venezia|madrid|barcelona|lisboa|stanford|princeton|toronto|tokyo|philadelphia|washington|san \w+"
    r"|los angeles|berkeley|ithaca|amherst|dordrecht|the hague|edinburgh|dublin|sydney|melbourne|warszawa|kraków|praha|minsk"
    r"|kiev|kyiv|usa|uk|u\.s\.a|[A-Z]{2}|france|germany|italy|canada|england|netherlands|switzerland|austria|spain|japan)\b\.?",
    re.IGNORECASE,
)
GENRE = re.compile(
    r"\b(?P<value>(?:unpublished\s+)?(?:ph\.?\s?d\.?|doctoral|master[’']?s|m\.?\s?(?:sc|a|s)\.?|habilitation|diploma)\s*"
    r"(?:thesis|dissertation|diss\.)|dissertation|thèse|diss\.|techn?(?:ical|\.)\s+rep(?:ort|\.)|tech\.?\s?rep\.|working paper|research report|report)"
    r"(?:\s+(?P<number>(?:no\.?\s*)?[A-Z]{0,6}[-\s]?[A-Z/]{0,6}-?\d[\w./-]*))?",
    re.IGNORECASE,
)


def read_imprint(marks: Marks, start: int, end: int, *, place_first: bool = False) -> None:
    """Mark place and publisher in the stretch: "Place: Publisher", "Publisher, Place", or one of the two."""
    text = marks.masked
    if found := PLACE_PUBLISHER.search(text, start, end):
        marks.add("place", *found.span("place"))
        marks.add("publisher", *found.span("publisher"), keep_stop=found["publisher"].endswith(("Co.", "Inc.")))
        return
    parts = [m.span() for m in re.finditer(r"[^,;()\[\]\s](?:[^,;()\[\]\s]|(?!\s{3})\s(?=\S))*", text[start:end])]
    spans = [
        (start + low, start + high)
        for low, high in parts
        if sum(map(str.isalpha, text[start + low : start + high])) > 1
    ]
    if not spans or len(spans) > 6:
        return
    publishers = [span for span in spans if _PUBLISHER.search(text[slice(*span)])]
    places = [span for span in spans if _PLACE.search(text[slice(*span)]) and span not in publishers]
    if publishers:
        _mark_around(marks, spans, publishers, places)
    elif places or (place_first and len(spans) <= 3):
        chosen = places or spans
        first = spans[max(0, spans.index(chosen[0]) - (chosen[0] != spans[0] and len(text[slice(*chosen[0])]) < 4))]
        if first != spans[0] and not marks.has("publisher") and len(spans) > 1:
            marks.add("publisher", *spans[0])
        marks.add("place", first[0], chosen[-1][1])
    elif len(spans) == 1 and text[spans[0][0]].isupper():
        marks.add("publisher", *spans[0])


def _mark_around(
    marks: Marks, spans: list[tuple[int, int]], publishers: list[tuple[int, int]], places: list[tuple[int, int]]
) -> None:
    first = publishers[0]
    marks.add("publisher", first[0], publishers[-1][1])
    after = [span for span in spans if span[0] >= publishers[-1][1]]
    before = [span for span in places if span[1] <= first[0]]
    if after:
        marks.add("place", after[0][0], after[-1][1])
    elif before:
        marks.add("place", before[0][0], before[-1][1])
