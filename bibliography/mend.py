r"""What can still be read of broken BibTeX: where entries begin in a text, and the fields of an entry that does not parse.

>>> broken = "@book{a,\n title = {One,\n year = {1968}\n}\n@ book{b, title = {Two}},"
>>> [broken[at : at + 8] for at in entry_starts(broken)]
['@book{a,', '@ book{b']
>>> read_broken(broken[: entry_starts(broken)[1]]).fields
[('title', '{One}'), ('year', '{1968}')]

A field whose braces or quotes hold is taken as it stands, any other as far as the next "name = ". What is neither is given
back as ``left``, so that a Problem can say what no field holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bibliography.latex import balance

# "@book{sutton1968," followed by a field, the end or a line's end; "@book{title =" where the key is missing.
_HEAD = re.compile(
    r"@[ \t\r\n]*(?P<type>[^\s\"#%'(),={}@\\]+)[ \t\r\n]*[{(]\s*"
    r"(?:(?P<key>[^\s,={}\"#%()\\]*)\s*,(?=\s*(?:[A-Za-z][\w:+./-]*\s*=|[)}]|$|%))|(?=[A-Za-z][\w:-]*\s*=))"
)
# the same at the beginning of a line, where what follows the key may be damaged too
_LINE_HEAD = re.compile(
    r"(?:^|(?<=\n))[ \t]*@[ \t]*(?P<type>[^\s\"#%'(),={}@\\]+)\s*[{(]\s*(?P<key>[^\s,={}\"()]*)(?P<then>\s*=)?"
)
_NO_ENTRY = frozenset({"string", "preamble", "comment"})
_NAME = re.compile(r"(?:^|[,\n{(]|(?<=[}\"\d]))[ \t]*(?P<name>[A-Za-z][\w:+./-]{0,40})[ \t]*=[ \t\r\n]*")
_NEXT = re.compile(r"\n[ \t]*[A-Za-z][\w:-]{0,40}[ \t]*=|,[ \t]*[A-Za-z][\w:-]{0,40}[ \t]*=[ \t]*[{\"\d]")
_PATIENCE = 64  # broken values of one entry, after which no brace is trusted: each may be scanned to the entry's end
_FOLLOWS = re.compile(r"\s*(?:[,)}%]|$|(?=[A-Za-z][\w:-]*\s*=))")
_BARE = re.compile(r"[^\s,{}\"#=]+")
_JOIN = re.compile(r"\s*#\s*")
_MARKS = re.compile(r"(?<!\\)[{}\"]")


class Broken(NamedTuple):
    """Type, key (may be empty), fields with their values as written, and the text that is in no field."""

    type: str
    key: str
    fields: list[tuple[str, str]]
    left: str


def entry_starts(text: str) -> list[int]:
    """The offsets at which an entry seems to begin, wherever it stands: in a line, a comment, or another's value."""
    found = {m.start() for m in _HEAD.finditer(text) if m["type"].lower() not in _NO_ENTRY}
    found |= {text.index("@", m.start()) for m in _LINE_HEAD.finditer(text) if m["type"].lower() not in _NO_ENTRY}
    return sorted(found)


def read_broken(text: str) -> Broken | None:
    """The entry that begins with the text; None where none does."""
    head = _LINE_HEAD.match(text)
    if head is None or head["type"].lower() in _NO_ENTRY:
        return None
    body = text[head.start("key") if head["then"] else head.end() :]
    fields, left = read_fields(body)
    return Broken(head["type"], "" if head["then"] else head["key"], fields, left)


def read_fields(body: str) -> tuple[list[tuple[str, str]], str]:
    """(name, value as written) for each field that can be made out, and the text left over."""
    fields: list[tuple[str, str]] = []
    left: list[str] = []
    at = broken = 0
    while found := _NAME.search(body, at):
        left.append(body[at : found.start()])
        begin = found.end()
        end = value_end(body, begin) if broken < _PATIENCE else None
        if end is None or not _FOLLOWS.match(body, end) or _NEXT.search(body, begin, end):
            broken += 1
            following = _NEXT.search(body, begin)
            end = following.start() if following else len(body)
            value, tail = _loose(body[begin:end])
            fields.append((found["name"], value))
            left.append(tail)
        else:
            fields.append((found["name"], body[begin:end]))
        at = end
    left.append(body[at:])
    kept = (" ".join(part.split()).strip('{}()," ') for part in left)
    return fields, " … ".join(filter(None, kept))


def is_field(text: str) -> bool:
    """Whether the text goes on with a field, as what stands behind a brace that closes an entry too early.

    >>> is_field(", year = {1968}}"), is_field("Papers of 1968, sorted = no")
    (True, False)
    """
    return _NAME.match(text.lstrip(", }\t\r\n")) is not None


def value_end(text: str, at: int = 0) -> int | None:
    """Where the value that begins at ``at`` ends ('{a}', '"a" # b', 'jan'); None where it never does."""
    while True:
        end = _piece_end(text, at)
        if end is None:
            return None
        joined = _JOIN.match(text, end)
        if joined is None:
            return end
        at = joined.end()


def pieces(written: str) -> Iterator[tuple[bool, str]]:
    """The parts of 'a # "b" # {c}': whether delimited, and the text without its delimiters."""
    at = len(written) - len(written.lstrip())
    while at < len(written):
        end = _piece_end(written, at)
        if end is None:
            yield True, written[at:].strip()
            return
        delimited = written[at] in '{"'
        yield delimited, written[at + 1 : end - 1] if delimited else written[at:end]
        joined = _JOIN.match(written, end)
        at = joined.end() if joined else end + len(written[end:]) - len(written[end:].lstrip())


def _piece_end(text: str, at: int) -> int | None:
    opened = text[at : at + 1]
    if opened not in ("{", '"'):
        bare = _BARE.match(text, at)
        return bare.end() if bare else None
    depth = 0
    for mark in _MARKS.finditer(text, at + 1):
        if mark[0] == '"':
            if opened == '"' and depth == 0:
                return mark.end()
        elif mark[0] == "{":
            depth += 1
        elif depth == 0:
            if opened == "{":
                return mark.end()
            return None
        else:
            depth -= 1
    return None


def _loose(written: str) -> tuple[str, str]:
    """The value in braces that balance, whatever stood around it; and what stood behind its end."""
    text, tail = written.strip().rstrip(",").rstrip(), ""
    if text[:1] == '"':
        text = text[1:].rstrip("}) \t\r\n").removesuffix('"')
    elif text[:1] == "{":
        text, tail = _cut_at_close(text[1:])
    return f"{{{balance(text).strip()}}}", tail


def _cut_at_close(text: str) -> tuple[str, str]:
    """The text before and behind the brace that closes it; all of it before where none does."""
    depth = 0
    for mark in _MARKS.finditer(text):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if depth < 0:
            return text[: mark.start()], text[mark.end() :]
    return text, ""
