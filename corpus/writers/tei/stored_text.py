"""The article's text once more, packed, beside the text in which people work.

When somebody corrects words by hand, this says what stood there: so every record finds its place again, and the way
back to the source holds. It is packed (bzip2, then base64) for two reasons: a search in the file finds a word once, and a
search-and-replace over the file cannot change it. bzip2 has one encoder, so the bytes are the same everywhere.
"""

from __future__ import annotations

import base64
import bz2

from corpus.writers.tei.tags import tag

MEDIA_TYPE = "application/x-bzip2"
_LEVEL = 1  # blocks of 100 kB: as small as the others for one article, and no slower on text that repeats itself


def pack_text(text: str) -> str:
    """The content of the note that holds the text.

    >>> unpack_text("QlpoMTFBWSZTWZiDr58AAAGVgAABAGAYAiAAIZpoM00R4XckU4UJCYg6+fA="), pack_text("").startswith("<binaryObject")
    ('barley', True)
    """
    packed = base64.b64encode(bz2.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)).decode("ascii")
    return tag("binaryObject", packed, mimeType=MEDIA_TYPE, encoding="base64")


def unpack_text(packed: str) -> str | None:
    """The text again; None where somebody damaged it."""
    try:
        data = base64.b64decode("".join(packed.split()), validate=True)
        return bz2.decompress(data).decode("utf-8", "surrogatepass")
    except (ValueError, OSError, EOFError):
        return None
