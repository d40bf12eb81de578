"""Patterns of RELAX NG: put together, written as a grammar, read back, and followed from child to child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree

RNG = "http://relaxng.org/ns/structure/1.0"
TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
SOME_TEXT = "#text"  # stands for text where the children of an element are followed


class Pattern(NamedTuple):
    """A pattern: its name in RELAX NG, what it says of itself (its text under ""), and the patterns in it."""

    kind: str
    said: tuple[tuple[str, str], ...] = ()
    parts: tuple[Pattern, ...] = ()

    @property
    def name(self) -> str:
        """The name that an element, attribute or reference bears."""
        return dict(self.said).get("name", "")


Grammar = dict[str, Pattern]
TEXT = Pattern("text")
EMPTY = Pattern("empty")


def reference(name: str) -> Pattern:
    """A reference to a pattern by its name."""
    return Pattern("ref", (("name", name),))


def group(parts: Iterable[Pattern | None]) -> Pattern | None:
    """Patterns one after another; None where none is left."""
    return _joined("group", parts)


def choice(parts: Iterable[Pattern | None]) -> Pattern | None:
    """One of several patterns; None where none is left."""
    return _joined("choice", parts)


def _joined(kind: str, parts: Iterable[Pattern | None]) -> Pattern | None:
    flat: list[Pattern] = []
    for part in parts:
        if part is None or (kind == "group" and part == EMPTY):
            continue
        found = part.parts if part.kind == kind else (part,)
        flat.extend(each for each in found if kind == "group" or each not in flat)
    if len(flat) > 1:
        return Pattern(kind, (), tuple(flat))
    return flat[0] if flat else None


def repeated(part: Pattern | None, least: int, most: int | None) -> Pattern | None:
    """A pattern so many times; None for ``most`` is without end."""
    if part is None or part == EMPTY or (part == TEXT and least <= 1):
        return part  # text is text again and again, and may be nothing
    if (least, most) == (1, 1):
        return part
    if least == 0 and most == 1:
        return part if part.kind in ("optional", "zeroOrMore") else Pattern("optional", (), (part,))
    if most is None and least <= 1:
        inner = part.parts[0] if part.kind in ("optional", "zeroOrMore", "oneOrMore") else part
        kind = "zeroOrMore" if least == 0 or part.kind in ("optional", "zeroOrMore") else "oneOrMore"
        return Pattern(kind, (), (inner,))
    rest = repeated(part, 0, None) if most is None else None
    optional = [Pattern("optional", (), (part,))] * (0 if most is None else most - least)
    return group([*[part] * least, rest, *optional])


def write_grammar(grammar: Grammar, start: Iterable[str], *, notice: str = "") -> etree._Element:
    """A grammar of patterns in XML syntax, with a comment that says whose it is."""
    names: Any = {None: RNG}  # lxml-stubs know no default namespace
    made = etree.Element(f"{{{RNG}}}grammar", nsmap=names)
    made.set("ns", TEI_NAMESPACE)
    made.set("datatypeLibrary", _DATATYPES)
    if notice:
        made.append(etree.Comment(notice))
    _write(etree.SubElement(made, f"{{{RNG}}}start"), choice(map(reference, start)) or EMPTY)
    for name in sorted(grammar):
        _write(etree.SubElement(made, f"{{{RNG}}}define", name=name), grammar[name])
    return made


def _write(parent: etree._Element, pattern: Pattern) -> None:
    made = etree.SubElement(parent, f"{{{RNG}}}{pattern.kind}")
    for name, value in pattern.said:
        if name:
            made.set(name, value)
        else:
            made.text = value
    for part in pattern.parts:
        _write(made, part)


def read_grammar(root: etree._Element) -> Grammar:
    """The patterns of a grammar that ``write_grammar`` wrote, by name."""
    found: Grammar = {}
    for define in root.iter(f"{{{RNG}}}define"):
        found[define.get("name", "")] = group(map(_read, define)) or EMPTY
    return found


def _read(made: etree._Element) -> Pattern:
    said = [(str(name), str(value)) for name, value in made.attrib.items()]
    kind = str(made.tag).rpartition("}")[2]
    if kind in ("value", "param"):
        said.append(("", made.text or ""))
    return Pattern(kind, tuple(said), tuple(_read(part) for part in made if isinstance(part.tag, str)))


class Follower:
    """Follows the content of elements through a grammar that has one pattern for each element.

    A state is the set of patterns of what may still come: the partial derivatives of V. Antimirov, "Partial derivatives
    of regular expressions and finite automaton constructions", Theoretical Computer Science 155 (1996).
    """

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._steps: dict[tuple[Pattern, str], frozenset[Pattern]] = {}

    def content(self, name: str) -> frozenset[Pattern]:
        """The state at the start of an element."""
        parts = (part for part in self.grammar[name].parts if not is_attribute(part))
        return frozenset({group(parts) or EMPTY})

    def attributes(self, name: str) -> dict[str, tuple[Pattern, bool]]:
        """The attributes of an element: the pattern of each, and whether it must be there."""
        found: dict[str, tuple[Pattern, bool]] = {}
        for part in filter(is_attribute, self.grammar[name].parts):
            for attribute in _attributes(part):
                found[attribute.name] = (attribute, part.kind == "attribute")
        return found

    def step(self, state: frozenset[Pattern], symbol: str) -> frozenset[Pattern]:
        """The state behind a child element, or behind text; empty where it may not stand there."""
        return frozenset(after for pattern in state for after in self._after(pattern, symbol))

    def may_end(self, state: frozenset[Pattern]) -> bool:
        """Whether the element may end here."""
        return any(map(self._nullable, state))

    def expected(self, state: frozenset[Pattern]) -> frozenset[str]:
        """The elements that may come next, and SOME_TEXT."""
        return frozenset(name for pattern in state for name in self._first(pattern))

    def _named(self, pattern: Pattern) -> Pattern | None:
        """What a reference stands for, None where it is an element."""
        found = self.grammar[pattern.name]
        return None if found.kind == "element" else found

    def _nullable(self, pattern: Pattern) -> bool:
        match pattern.kind:
            case "text" | "empty" | "optional" | "zeroOrMore":
                return True
            case "group" | "oneOrMore":
                return all(map(self._nullable, pattern.parts))
            case "choice":
                return any(map(self._nullable, pattern.parts))
            case "ref":
                named = self._named(pattern)
                return named is not None and self._nullable(named)
            case _:
                return False

    def _first(self, pattern: Pattern) -> Iterator[str]:
        match pattern.kind:
            case "text":
                yield SOME_TEXT
            case "ref":
                named = self._named(pattern)
                yield from (pattern.name,) if named is None else self._first(named)
            case "group":
                for part in pattern.parts:
                    yield from self._first(part)
                    if not self._nullable(part):
                        return
            case _:
                for part in pattern.parts:
                    yield from self._first(part)

    def _after(self, pattern: Pattern, symbol: str) -> frozenset[Pattern]:
        key = (pattern, symbol)
        if key not in self._steps:
            self._steps[key] = frozenset(self._derive(pattern, symbol))
        return self._steps[key]

    def _derive(self, pattern: Pattern, symbol: str) -> Iterator[Pattern]:
        match pattern.kind:
            case "text" if symbol == SOME_TEXT:
                yield TEXT
            case "ref":
                named = self._named(pattern)
                if named is not None:
                    yield from self._after(named, symbol)
                elif pattern.name == symbol:
                    yield EMPTY
            case "group":
                for i, part in enumerate(pattern.parts):
                    rest = pattern.parts[i + 1 :]
                    yield from (group([after, *rest]) or EMPTY for after in self._after(part, symbol))
                    if not self._nullable(part):
                        return
            case "zeroOrMore" | "oneOrMore":
                again = Pattern("zeroOrMore", (), pattern.parts)
                inner = group(pattern.parts) or EMPTY
                yield from (group([after, again]) or EMPTY for after in self._after(inner, symbol))
            case "choice" | "optional":
                for part in pattern.parts:
                    yield from self._after(part, symbol)


def is_attribute(pattern: Pattern) -> bool:
    """Whether a pattern is about attributes."""
    if pattern.kind in ("optional", "choice"):
        return all(map(is_attribute, pattern.parts))
    return pattern.kind == "attribute"


def _attributes(pattern: Pattern) -> Iterator[Pattern]:
    if pattern.kind == "attribute":
        yield pattern
    else:
        for part in pattern.parts:
            yield from _attributes(part)
