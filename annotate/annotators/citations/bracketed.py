"""Back-references in brackets of running text: "(ibid., 5)", "(ebd.: 17; vgl. Müller 2001)", "[там же, с. 11]", "(Martin, op. cit., 34)".

>>> text = "It stopped (ibid., 5), it was bought (see ebd.: 17; Ord 1961) and sold (Martin, op. cit., p. 34). Ibid is Latin (ibidem)."
>>> [(text[start:end], back.kind, back.names, back.locator) for start, end, back in find_bracketed_backrefs(text)]
[('ibid., 5', 'ibid', '', '5'), ('ebd.: 17', 'ibid', '', '17'), ('Martin, op. cit., p. 34', 'op-cit', 'Martin', 'p. 34'), ('ibidem', 'ibid', '', None)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.annotators.citations.author_page import bracketed_items
from bibliography.backrefs import Backref, read_backref

_BRACKET = re.compile(r"[(\[](?P<inside>[^()\[\]\n]{3,200})[)\]]")


def find_bracketed_backrefs(text: str) -> Iterator[tuple[int, int, Backref]]:
    """The back-references of a text, in order, each with its span; one fills its bracket or its part between semicolons."""
    for start, end in bracketed_items(text, _BRACKET):
        back = read_backref(text[start:end])
        if back is not None and back.kind in ("ibid", "op-cit") and not text[start + back.end : end].strip(" .,"):
            yield start, end, back
