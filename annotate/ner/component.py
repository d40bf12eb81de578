"""The spaCy component ``adfontes_ner``: names by the encoder, run by onnxruntime, written to ``doc.ents``.

>>> nlp = spacy.load(DEFAULT_MODEL)                                       # doctest: +SKIP
>>> [(ent.text, ent.label_) for ent in nlp("Ford met Stalin.").ents]       # doctest: +SKIP
[('Ford', 'PERSON'), ('Stalin', 'PERSON')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from annotate.ner.pieces import WordPieces
from annotate.ner.tags import TagScheme
from annotate.ner.windows import Arrays, Word, cut_windows, pack, read_words

if TYPE_CHECKING:
    import onnxruntime

ARRAYS = Arrays._fields
_BATCH_PIECES = 2048  # larger batches are no faster on one core and need more memory
_MODEL, _VOCABULARY = "model.onnx", "pieces.txt"


class EncoderNer:
    """Finds names; ``labels`` in the order of the model's tags, ``threads`` for onnxruntime (0: one for each core)."""

    def __init__(self, labels: Sequence[str], threads: int) -> None:
        self.labels = tuple(labels)
        self._threads = threads
        self._scheme = TagScheme(labels)
        self._model = b""
        self._vocabulary: list[str] = []
        self._cut: WordPieces | None = None
        self._session: onnxruntime.InferenceSession | None = None

    def set_model(self, model: bytes, vocabulary: Sequence[str]) -> None:
        """Take the ONNX file's bytes and the vocabulary of word pieces."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # The arena keeps the memory of the largest batch of every shape; without it the peak is half.
        options.enable_cpu_mem_arena = False
        # Threads that wait by spinning would take the cores from everything else that runs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._model, self._vocabulary = model, list(vocabulary)
        self._cut = WordPieces(vocabulary)
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its names."""
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Docs with their names; the windows of a batch of Docs run together, sorted by length."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            self._annotate(docs)
            yield from docs

    def _annotate(self, docs: Sequence[Doc]) -> None:
        if self._cut is None or self._session is None:
            raise ValueError("the component adfontes_ner has no model: load a pipeline that holds one")
        windows: list[tuple[int, list[Word]]] = []
        for number, doc in enumerate(docs):
            words = read_words(doc, self._cut)
            windows += [(number, words[start:end]) for start, end in cut_windows(words)]
        windows.sort(key=lambda window: _length(window[1]))
        found: list[list[Span]] = [[] for _ in docs]
        for batch in _batches(windows):
            arrays = pack([words for _, words in batch], self._cut.start, self._cut.end)
            logits = self._session.run(None, dict(zip(ARRAYS, arrays, strict=True)))[0]
            for row, (number, words) in enumerate(batch):
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
