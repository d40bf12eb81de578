"""Back-references in notes: which words repeat the source of the note before, and the locator at a note's end.

>>> is_ibid("Ibid., p. 12."), is_ibid("Ibidem is a Latin word for the same place, as scholars know.")
(True, False)
>>> split_locator("Sutton, Western Technology (Stanford, 1968), p. 347.")
('Sutton, Western Technology (Stanford, 1968)', 'p. 347')
"""

from __future__ import annotations

import re

from schemas.records import Relation

_IBID = re.compile(
    r"""\s* (?: see\s+ | vgl\.\s+ | см\.\s+ )?
        (?: ibid(?:em|\.)? | ib\. | ebd\. | ebenda | там\s+же )
        [\s.,;:]* (?: (?:pp?\.|S\.|с\.|С\.|vol\.|n\.|no\.|f\.|ff\.|at|note) [\s.]* )*
        [\divxlcIVXLC\s.,;:–—-]* \s* """,
    re.VERBOSE | re.IGNORECASE,
)
# ", 347." and ", pp. 12-15" at the end of a footnote's reference; a year in brackets before it is no locator.
_LOCATOR = re.compile(
    r"""(?: [,:;] | \.(?=\s*[pPSсС]) ) \s* (?P<locator>
        (?: (?:pp?|S|с|С|fols?|ff?|col|cols)\.?\s* )? \d{1,4} (?:\s*[–—-]\s*\d{1,4})?
        (?: ,\s*\d{1,4}(?:\s*[–—-]\s*\d{1,4})? ){0,5} ) \s*\.?\s*$""",
    re.VERBOSE,
)


# What announces a source inside a bracket or a note, without saying anything about it.
SIGNAL = re.compile(
    r"""(?: but\s+see | see\s+also | see | cf\. | cf | compare | e\.\s?g\.,? | also | and | esp\. | especially | quoted\s+in | cited\s+in
          | after | vgl\. | siehe | s\.\s?a\. | s\. | zit\.\s+n(?:ach|\.) | nach | voir | cité\s+dans | si\s+veda | см\. | ср\. | напр\.
          | цит\.\s+по | также )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)

_YEARS = re.compile(r"(?P<years>1[4-9]\d\d\s*[–—-]\s*(?:\d\d){1,2}),\s*(?=\d)")


def is_ibid(note: str) -> bool:
    """Whether a whole note says nothing but ibid. and a page."""
    return len(note) < 80 and _IBID.fullmatch(note) is not None


def split_locator(statement: str) -> tuple[str, str | None]:
    """A reference statement without its trailing page locator, and the locator as printed; (statement, None) without."""
    found = _LOCATOR.search(statement[-60:])
    if found is None:
        return statement, None
    start = max(0, len(statement) - 60) + found.start()
    locator = " ".join(found["locator"].split())
    years = _YEARS.match(locator)
    if years:  # "The Bank of England, 1891-1944, 390-415": the years are the title's
        return statement[: start + statement[start:].index(years["years"]) + len(years["years"])], locator[
            years.end() :
        ]
    return statement[:start].rstrip(), locator


_SHORT = re.compile(
    r"(?:(?:see(?: also)?|cf\.)\s+)?(?P<names>[^,\d]{2,60}),\s+(?P<title>\S.{2,200})", re.IGNORECASE | re.DOTALL
)


def read_short(note: str) -> tuple[str, str, str | None] | None:
    """Surname, short title and locator of a note that may be a short form; None where it cannot be one.

    >>> read_short("Sayers, The Bank of England, 390-415.")
    ('Sayers', 'The Bank of England', '390-415')
    """
    statement, locator = split_locator(note.strip())
    found = _SHORT.fullmatch(statement.rstrip(" ."))
    if found is None:
        return None
    family = re.split(r"\s+(?:and|und|et|и)\s+", found["names"].strip())[0].split()[-1]
    if not family[:1].isupper():
        return None
    return family, found["title"].strip(" .“”\"'"), locator


def is_short_title(short: str, title: str) -> bool:
    """Whether a short title stands for a full one: its words open the full title, or the part before the colon is it.

    >>> is_short_title("Golden Fetters", "Golden Fetters: The Gold Standard and the Great Depression, 1919-1939")
    True
    >>> is_short_title("Bank of England", "The Bank of England, 1891-1944"), is_short_title("Bank", "The Banker")
    (True, False)
    """
    words, full = _title_words(short), _title_words(title)
    return bool(words) and full[: len(words)] == words


def _title_words(title: str) -> list[str]:
    words = re.findall(r"\w+", title.casefold())
    return words[1:] if words[:1] in (["the"], ["a"], ["an"], ["der"], ["die"], ["das"], ["le"], ["la"]) else words


# "; see also R. W. Davies, ...": the next reference of a note. What follows a semicolon within one ("; 1969.") is no such thing.
_NEXT = re.compile(r";\s+(?=(?:but\s+|see\s+|cf\.\s+|also\s+|vgl\.\s+|см\.\s+)*[^\W\d_a-z][^;]{11})")
_OPENING, _CLOSING = "([{“«", ")]}”»"
_SIGNALS: dict[Relation, re.Pattern[str]] = {
    "contrast": re.compile(r"\s*(?:but\s+(?:see|cf)|contrast|pace|anders|но\s+ср)\b", re.IGNORECASE),
    "see-also": re.compile(r"\s*(?:see\s+also|cf\b|compare|vgl\b|ср\.|см\.\s+также)", re.IGNORECASE),
    "second-hand": re.compile(
        r".*\b(?:quoted|cited)\s+(?:in|after|from)\b|.*\bцит\.\s+по\b", re.IGNORECASE | re.DOTALL
    ),
}


def split_note(note: str) -> list[tuple[int, int]]:
    """The spans of a note's references, cut at semicolons outside brackets that another reference follows.

    >>> note = "Nove, History (London: Lane; 1969), 12; but see R. W. Davies, Offensive (London, 1980)."
    >>> [note[start:end] for start, end in split_note(note)]
    ['Nove, History (London: Lane; 1969), 12', 'but see R. W. Davies, Offensive (London, 1980).']
    """
    spans, start, depth, position = [], 0, 0, 0
    for found in _NEXT.finditer(note):
        between = note[position : found.start()]
        depth += sum(between.count(char) for char in _OPENING) - sum(between.count(char) for char in _CLOSING)
        position = found.start()
        if depth <= 0:
            spans.append((start, found.start()))
            start, depth = found.end(), 0
    return [*spans, (start, len(note))]


def read_relation(statement: str) -> Relation:
    """How a statement says that its source stands to the claim: "supports" unless a signal word says otherwise.

    >>> read_relation("But see Davies, 12"), read_relation("Cf. Nove, 3"), read_relation("Nove, 3")
    ('contrast', 'see-also', 'supports')
    """
    return next((relation for relation, signal in _SIGNALS.items() if signal.match(statement)), "supports")
