"""What a pipeline got wrong, one line for each: missed, false, the wrong span, the wrong label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from annotate.evaluation.scores import Span

_CONTEXT = 40


class Difference(msgspec.Struct, frozen=True, omit_defaults=True):
    """``kind``: missed, false, span (right label), label (right span), both; ``gold`` and ``found`` as [start, end, label]."""

    file: str
    text: str
    kind: str
    gold: tuple[int, int, str] | None
    found: tuple[int, int, str] | None
    words: str
    context: str


def differences(file: str, name: str, text: str, gold: Sequence[Span], found: Sequence[Span]) -> Iterator[Difference]:
    """The differences of one text, in its order; a found name is held against the gold name that it shares most with."""
    wrong = [span for span in found if span not in gold]
    left = [span for span in gold if span not in found]
    made: list[tuple[Span | None, Span | None]] = []
    for span in wrong:
        rival = max(left, key=lambda g: (_shared(g, span), g.label == span.label), default=None)
        if rival is not None and _shared(rival, span) > 0:
            left.remove(rival)
            made.append((rival, span))
        else:
            made.append((None, span))
    made += [(span, None) for span in left]
    for was, has in sorted(made, key=lambda pair: min(span.start for span in pair if span is not None)):
        start = min(span.start for span in (was, has) if span is not None)
        end = max(span.end for span in (was, has) if span is not None)
        context = " ".join(text[max(0, start - _CONTEXT) : end + _CONTEXT].split())
        yield Difference(file, name, _kind(was, has), was, has, text[start:end], context)


def _kind(gold: Span | None, found: Span | None) -> str:
    if found is None:
        return "missed"
    if gold is None:
        return "false"
    if gold.label == found.label:
        return "span"
    return "label" if gold[:2] == found[:2] else "both"


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
