"""The article's text once more, in base64, beside the text in which people work.

When somebody corrects words by hand, this says what stood there: so every record finds its place again, and the way
back to the source holds. It is no plain text for two reasons: a search in the file finds a word once, and a
search-and-replace over the file cannot change it. It is not compressed: compressors write other bytes in other versions.
"""

from __future__ import annotations

import base64

from corpus.writers.tei.tags import tag


def pack_text(text: str) -> str:
    """The content of the note that holds the text.

    >>> pack_text("Łódź")
    '<binaryObject mimeType="text/plain" encoding="base64">xYHDs2TFug==</binaryObject>'
    >>> unpack_text("xYHDs2TFug==")
    'Łódź'
    """
    packed = base64.b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii")
    return tag("binaryObject", packed, mimeType="text/plain", encoding="base64")


def unpack_text(packed: str) -> str | None:
    """The text again; None where somebody damaged it."""
    try:
        return base64.b64decode("".join(packed.split()), validate=True).decode("utf-8", "surrogatepass")
    except ValueError:
        return None
