"""The process that opens PDFs: frames of bytes on standard input, frames of answers on standard output.

A frame is its length in eight bytes (big-endian) and its content. It ends with its input. Started by corpus.pdf.process,
never imported by it: pdfium is written in C++, and a broken file may end the process that reads it.
"""

from __future__ import annotations

import contextlib
import sys

import msgspec

from corpus.pdf.glyphs import read_pdf
from corpus.pdf.page import Answer, Refused

MOST_MEMORY = 6 << 30  # bytes of address space


def main() -> None:
    """Answer until the input ends."""
    _bound_memory()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(8)) == 8:
        data = source.read(int.from_bytes(head))
        answer = msgspec.msgpack.encode(_answer(data))
        sink.write(len(answer).to_bytes(8) + answer)
        sink.flush()


def _answer(data: bytes) -> Answer:
    try:
        return read_pdf(data)
    except MemoryError:
        return Refused("reading it takes more memory than a paper should; split it into papers")


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    main()
