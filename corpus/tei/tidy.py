"""The words of a block element as a person meant them: white space that an editor's indenting put there is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from corpus.emendation.words import WHITE, changes_between, offsets_of, split_words
from corpus.markup.xml import local
from corpus.tei.spots import NOT_TEXT
from corpus.validate import block_text
from corpus.writers.tei.elements import clean

_Node = tuple[etree._Element, str]  # an element, and "text" or "tail"


def tidy(element: etree._Element, old: str) -> str:
    """Set the white space of an element as it was before, in the tree, and give its text.

    ``old`` is the block's text before, "" for a new block. Where a word was put in, the space beside it is one space.
    Characters that XML cannot hold, U+FFFD in the file, are those of ``old`` again in the text given.
    """
    raw = block_text(element)
    if raw == clean(old):
        return old
    words, old_words = split_words(raw), split_words(clean(old))
    put, real = _words(words, old_words, old)
    if put != words:
        _rewrite(element, words, put)
    return "".join(real)


def _words(words: Sequence[str], old_words: Sequence[str], old: str) -> tuple[list[str], list[str]]:
    """Each word as it shall stand in the tree, and in the text."""
    offsets = offsets_of(old_words)
    ends, old_ends = (0, len(words) - 1), (0, len(old_words) - 1)
    put = list(words)
    real = list(words)
    word = new_word = 0
    for change in [*changes_between(old_words, words), None]:
        until = change.start if change else len(old_words)
        for i in range(until - word):
            place = word + i
            put[new_word + i] = old_words[place]
            real[new_word + i] = old[offsets[place] : offsets[place + 1]]
            if words[new_word + i][0] in WHITE and new_word + i in ends and place not in old_ends:
                put[new_word + i] = real[new_word + i] = ""  # it stood between words that are parted now
        if change is not None:
            for i in range(change.new_start, change.new_end):
                put[i] = real[i] = _space(words[i], is_outermost=i in ends)
            word, new_word = change.end, change.new_end
    return put, real


def _space(word: str, *, is_outermost: bool) -> str:
    if word[0] not in WHITE:
        return word
    return "" if is_outermost else " "


def _rewrite(element: etree._Element, words: Sequence[str], put: Sequence[str]) -> None:
    """Give the text nodes their parts of the new words; a space that several nodes share goes to the first."""
    offsets = offsets_of(words)
    position, word = 0, 0
    for node, where in list(_text_nodes(element)):
        text = getattr(node, where) or ""
        end = position + len(text)
        parts = []
        while word < len(words) and offsets[word] < end:
            low, high = max(offsets[word], position), min(offsets[word + 1], end)
            if put[word] == words[word]:
                parts.append(words[word][low - offsets[word] : high - offsets[word]])
            elif low == offsets[word]:
                parts.append(put[word])
            if offsets[word + 1] > end:
                break
            word += 1
        position = end
        if parts or text:
            setattr(node, where, "".join(parts) or None)


def _text_nodes(element: etree._Element) -> Iterator[_Node]:
    """The text nodes of a block in order (law 3)."""
    yield element, "text"
    skipped = 0
    for event, each in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if each is element:
            continue
        left_out = event in ("start", "end") and local(each) in NOT_TEXT
        if event == "start":
            skipped += left_out
            if not skipped:
                yield each, "text"
        else:
            skipped -= left_out
            if not skipped:
                yield each, "tail"
