"""Gold named entities (JSON Lines) to spaCy training documents.

The gold comes from corpora that do not agree on what to annotate, so most of this module is about not
teaching the model a silence: wherever a source says nothing, the tokens are marked *missing* (the model is
neither rewarded nor punished there) instead of *outside*.

    {"text": "Stalin met Ford in 1929.", "entities": [[0, 6, "PERSON"], [11, 15, "PERSON"], [19, 23, "DATE"]],
     "unknown": [], "labels": ["PERSON", "ORG", "LOC", "DATE"]}
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span, Token

LABELS = ("PERSON", "ORG", "LOC", "EVENT", "WORK")
"""What the model learns. Dates are the date layer's: a grammar reads them better and gives their value."""

GOLD_LABELS: Mapping[str, str] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "LOC": "LOC",
    "EVENT": "EVENT",
    "WORK_OF_ART": "WORK",
}

EXCLUDED = frozenset({"ajmc"})
"""Sets whose licence is stated in two ways that contradict each other: weights from them cannot ship."""

WORD_BUDGET: Mapping[str, int] = {"litbank": 60_000}
"""Novels are long and hold few names: whole, they are a third of the words and a fourteenth of the names."""

WRAPPED_SHARE = 0.1
"""Share of training texts broken into lines, so that a line break inside a name is nothing unusual."""

SENTENCE_END = frozenset(".!?:…")
QUOTES_AND_BRACKETS = frozenset("\"'“”‘’«»()[]*-–—`")


class GoldRecord(msgspec.Struct, frozen=True):
    """One gold text; `unknown` are spans the source cannot decide, `labels` what it annotates at all."""

    text: str
    entities: tuple[tuple[int, int, str], ...]
    unknown: tuple[tuple[int, int], ...] = ()
    labels: tuple[str, ...] = tuple(GOLD_LABELS)


def read_gold(path: Path) -> Iterator[GoldRecord]:
    r"""Yield the records of a JSON Lines file, split at \n only (U+2028 may stand inside a text)."""
    decoder = msgspec.json.Decoder(GoldRecord)
    for line in path.read_bytes().split(b"\n"):
        if line.strip():
            yield decoder.decode(line)


def sample_words(records: Iterable[GoldRecord], limit: int, *, seed: int) -> list[GoldRecord]:
    """Return a random choice of the records that holds about `limit` words, in the order given."""
    numbered = list(enumerate(records))
    random.Random(seed).shuffle(numbered)
    chosen: list[tuple[int, GoldRecord]] = []
    words = 0
    for position, record in numbered:
        if words >= limit:
            break
        chosen.append((position, record))
        words += len(record.text.split())
    return [record for _, record in sorted(chosen, key=lambda pair: pair[0])]


def hard_wrap(text: str, width: int) -> str:
    """Break the text into lines of about `width` characters, space for line feed, so that offsets stay.

    >>> hard_wrap("the Ford Motor Company", 10)
    'the Ford\\nMotor\\nCompany'
    """
    characters = list(text)
    line_start, last_space = 0, -1
    for position, character in enumerate(text):
        if character == "\n":
            line_start, last_space = position + 1, -1
        elif character == " ":
            last_space = position
        if position - line_start >= width and last_space >= line_start:
            characters[last_space] = "\n"
            line_start, last_space = last_space + 1, -1
    return "".join(characters)


def wrap_some(records: Iterable[GoldRecord], *, share: float, seed: int) -> Iterator[GoldRecord]:
    """Hard-wrap a random share of the records at the line lengths that books and web pages have."""
    chance = random.Random(seed)
    for record in records:
        if chance.random() < share:
            yield msgspec.structs.replace(record, text=hard_wrap(record.text, chance.randint(45, 85)))
        else:
            yield record


def make_doc(record: GoldRecord, nlp: Language) -> Doc:
    """Build the training Doc: names as entities, what the source leaves open as missing, the rest outside."""
    doc = nlp.make_doc(record.text)
    names: list[Span] = []
    taken: set[int] = set()
    open_tokens: set[int] = set()
    for start, end, gold_label in record.entities:
        label = GOLD_LABELS.get(gold_label)
        if label is None:
            continue
        span = doc.char_span(start, end, label=label)
        if span is None or taken.intersection(range(span.start, span.end)):
            # The name ends within a token of ours: nothing true can be said about the tokens it touches.
            open_tokens.update(_touched(doc, start, end))
        else:
            names.append(span)
            taken.update(range(span.start, span.end))
    for start, end in record.unknown:
        open_tokens.update(_touched(doc, start, end))
    if not set(GOLD_LABELS) <= set(record.labels):
        open_tokens.update(token.i for token in doc if _may_be_name(token))
    missing = [doc[index : index + 1] for index in sorted(open_tokens - taken)]
    doc.set_ents(names, missing=missing, default="outside")
    return doc


def convert_folder(source: Path, target: Path, nlp: Language, *, training: bool, seed: int) -> list[Path]:
    """Write one DocBin per gold file; sampling and wrapping are for training, never for what we score on."""
    target.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for path in sorted(source.glob("*.jsonl")):
        if path.stem in EXCLUDED:
            continue
        records: Iterable[GoldRecord] = read_gold(path)
        if training and path.stem in WORD_BUDGET:
            records = sample_words(records, WORD_BUDGET[path.stem], seed=seed)
        if training:
            records = wrap_some(records, share=WRAPPED_SHARE, seed=seed)
        written.append(target / f"{path.stem}.spacy")
        DocBin(docs=(make_doc(record, nlp) for record in records)).to_disk(written[-1])
    return written


def _touched(doc: Doc, start: int, end: int) -> range:
    span = doc.char_span(start, end, alignment_mode="expand")
    return range(span.start, span.end) if span is not None else range(0)


def _may_be_name(token: Token) -> bool:
    """Tell whether the token could belong to a title or event that a source with fewer labels passed over."""
    if not token.text[:1].isupper() or token.text == "I":
        return False
    position = token.i - 1
    while position >= 0 and (token.doc[position].is_space or token.doc[position].text in QUOTES_AND_BRACKETS):
        position -= 1
    return position >= 0 and token.doc[position].text[-1] not in SENTENCE_END
