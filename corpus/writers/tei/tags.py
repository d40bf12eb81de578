"""Elements written as text: twenty thousand spans as element objects would cost more than all the rest of the file.

>>> tag("f", text("Coal & Gold"), name="title")
'<f name="title">Coal &amp; Gold</f>'
>>> exact("a\\x00b"), exact("\\ufffd")
('a\\ufffd0000;b', '\\ufffdfffd;')
"""

from __future__ import annotations

import re

from corpus.writers.tei.elements import FORBIDDEN

_MARKUP = re.compile("[&<>\r]")
_IN_ATTRIBUTE = re.compile('[&<>"\t\n\r]')
_NOT_PLAIN = re.compile(f"\ufffd|{FORBIDDEN.pattern}")
_NAMES = {"id": "xml:id", "lang": "xml:lang"}


def tag(name: str, content: str = "", /, **attributes: str | None) -> str:
    """An element; ``content`` is markup, attributes that are None are left out, ``id`` means ``xml:id``."""
    said = "".join(
        [f' {_NAMES.get(key, key)}="{_attribute(value)}"' for key, value in attributes.items() if value is not None]
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def text(given: str) -> str:
    """Character data as markup, with U+FFFD for what XML cannot hold."""
    if not given.isprintable():
        given = FORBIDDEN.sub("\ufffd", given)
    return _MARKUP.sub(_reference, given) if _MARKUP.search(given) else given


def exact(given: str) -> str:
    """The text so that it can be read back: U+FFFD, the code point in hexadecimal and ";" for what XML cannot hold.

    U+FFFD itself is written in the same way, so the way back has one meaning.
    """
    if given.isascii() and given.isprintable():
        return given
    return _NOT_PLAIN.sub(lambda found: f"\ufffd{ord(found.group()):04x};", given)


def _attribute(given: str) -> str:
    if not given.isprintable():
        given = FORBIDDEN.sub("\ufffd", given)
    return _IN_ATTRIBUTE.sub(_reference, given) if _IN_ATTRIBUTE.search(given) else given


def _reference(found: re.Match[str]) -> str:
    return _ENTITIES.get(found.group()) or f"&#{ord(found.group())};"


_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
