"""The spaCy component ``adfontes_ner``: names by the encoder, run by onnxruntime, written to ``doc.ents``.

>>> nlp = spacy.load(DEFAULT_MODEL)                                       # doctest: +SKIP
>>> [(ent.text, ent.label_) for ent in nlp("Ford met Stalin.").ents]       # doctest: +SKIP
[('Ford', 'PERSON'), ('Stalin', 'PERSON')]
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from annotate.ner.pieces import WordPieces
from annotate.ner.tags import TagScheme
from annotate.ner.windows import Arrays, Word, cut_windows, pack, read_words

if TYPE_CHECKING:
    import onnxruntime

    from annotate.ner.tags import Floats

ARRAYS = Arrays._fields
_BATCH_PIECES = 512  # larger batches are no faster and need more memory
_NO_MODEL = "the component adfontes_ner has no model: load a pipeline that holds one"
_MODEL, _VOCABULARY = "model.onnx", "pieces.txt"


class _Batch(NamedTuple):
    """Windows that run together: the number of each one's Doc and its words; ``logits`` waits for the model's answer."""

    windows: list[tuple[int, list[Word]]]
    logits: Callable[[], Floats]


class EncoderNer:
    """Finds names; ``labels`` in the order of the model's tags; ``threads`` of the model (0: one for each core).

    Each batch runs on one thread, several batches beside each other while the next Docs are cut: the network's matrices are
    too small to be shared among threads well. A text's names depend neither on the threads nor on the texts beside it.
    """

    def __init__(self, labels: Sequence[str], threads: int) -> None:
        self.labels = tuple(labels)
        self._threads = threads or _cores()
        self._scheme = TagScheme(labels)
        self._model = b""
        self._vocabulary: list[str] = []
        self._cut: WordPieces | None = None
        self._session: onnxruntime.InferenceSession | None = None
        self._pool: ThreadPoolExecutor | None = None

    def set_model(self, model: bytes, vocabulary: Sequence[str]) -> None:
        """Take the ONNX file's bytes and the vocabulary of word pieces."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # The arena keeps the memory of the largest batch of every shape; without it the peak is half.
        options.enable_cpu_mem_arena = False
        self._model, self._vocabulary = model, list(vocabulary)
        self._cut = WordPieces(vocabulary)
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    @property
    def model(self) -> bytes:
        """The ONNX file."""
        return self._model

    @property
    def vocabulary(self) -> Sequence[str]:
        """The pieces of words in the order of their numbers."""
        return self._vocabulary

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its names."""
        self._finish([doc], self._start([doc]))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Docs with their names; the windows of a batch of Docs run together, sorted by length.

        The next batch of Docs is read, tokenized and cut while the model works on this one.
        """
        waiting = iter(stream)
        docs = list(islice(waiting, batch_size))
        batches = self._start(docs)
        while docs:
            next_docs = list(islice(waiting, batch_size))
            next_batches = self._start(next_docs)
            self._finish(docs, batches)
            yield from docs
            docs, batches = next_docs, next_batches

    def _start(self, docs: Sequence[Doc]) -> list[_Batch]:
        """Cut Docs into batches and set the model to work on them, where there are threads for it."""
        if self._cut is None:
            raise ValueError(_NO_MODEL)
        windows: list[tuple[int, list[Word]]] = []
        for number, doc in enumerate(docs):
            words = read_words(doc, self._cut)
            windows += [(number, words[start:end]) for start, end in cut_windows(words)]
        windows.sort(key=lambda window: _length(window[1]))
        return [_Batch(batch, self._set_to_work(batch)) for batch in _batches(windows)]

    def _set_to_work(self, batch: Sequence[tuple[int, list[Word]]]) -> Callable[[], Floats]:
        task = partial(self.logits, [words for _, words in batch])
        if self._threads == 1:
            return task
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="adfontes-ner")
        return self._pool.submit(task).result

    def logits(self, windows: Sequence[Sequence[Word]]) -> Floats:
        """The model's scores: windows by words by tags, before any decision. Raises ValueError without a model."""
        if self._cut is None or self._session is None:
            raise ValueError(_NO_MODEL)
        arrays = pack(windows, self._cut.start, self._cut.end)
        logits: Floats = self._session.run(None, dict(zip(ARRAYS, arrays, strict=True)))[0]
        return logits

    def _finish(self, docs: Sequence[Doc], batches: Iterable[_Batch]) -> None:
        """Write the names into the Docs."""
        found: list[list[Span]] = [[] for _ in docs]
        for batch in batches:
            logits = batch.logits()
            for row, (number, words) in enumerate(batch.windows):
                for start, end, label in self._scheme.decode(logits[row, : len(words)]):
                    first, last = words[start].token, words[end - 1].token
                    found[number].append(Span(docs[number], first, last + 1, label=label))
        for doc, spans in zip(docs, found, strict=True):
            doc.set_ents(spans)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model and its vocabulary into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MODEL).write_bytes(self._model)
        (folder / _VOCABULARY).write_text("\n".join(self._vocabulary) + "\n", encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> EncoderNer:
        """Read what ``to_disk`` wrote."""
        folder = Path(path)
        vocabulary = (folder / _VOCABULARY).read_text(encoding="utf-8").removesuffix("\n").split("\n")
        self.set_model((folder / _MODEL).read_bytes(), vocabulary)
        return self


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _length(words: Sequence[Word]) -> int:
    return sum(len(word.pieces) for word in words)


def _batches(windows: Sequence[tuple[int, list[Word]]]) -> Iterator[list[tuple[int, list[Word]]]]:
    """Windows of about one length, as many as _BATCH_PIECES allows; they come sorted by length."""
    batch: list[tuple[int, list[Word]]] = []
    for window in windows:
        if batch and (_length(window[1]) + 2) * (len(batch) + 1) > _BATCH_PIECES:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


@Language.factory("adfontes_ner", default_config={"labels": [], "threads": 0}, assigns=["doc.ents"])
def make_encoder_ner(nlp: Language, name: str, labels: list[str], threads: int) -> Any:
    """The factory behind ``nlp.add_pipe("adfontes_ner")``."""
    return EncoderNer(labels, threads)
