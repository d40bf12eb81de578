"""Back-references in notes: which words repeat the source of the note before, and the locator at a note's end.

>>> is_ibid("Ibid., p. 12."), is_ibid("Ibidem is a Latin word for the same place, as scholars know.")
(True, False)
>>> split_locator("Sutton, Western Technology (Stanford, 1968), p. 347.")
('Sutton, Western Technology (Stanford, 1968)', 'p. 347')
"""

from __future__ import annotations

import re

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


def is_ibid(note: str) -> bool:
    """Whether a whole note says nothing but ibid. and a page."""
    return len(note) < 80 and _IBID.fullmatch(note) is not None


def split_locator(statement: str) -> tuple[str, str | None]:
    """A reference statement without its trailing page locator, and the locator as printed; (statement, None) without."""
    found = _LOCATOR.search(statement[-60:])
    if found is None:
        return statement, None
    return statement[: max(0, len(statement) - 60) + found.start()].rstrip(), " ".join(found["locator"].split())
