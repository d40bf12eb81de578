"""Handing a PDF to the worker process and taking its pages back, whatever becomes of the worker.

One worker serves many files, one after the other; it is started when the first PDF comes and started anew when a file
has brought it down.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import msgspec

from corpus.pdf.page import Answer, Refused

SECONDS = 180.0
_ROOT = Path(__file__).parents[2]
_DECODER = msgspec.msgpack.Decoder(Answer)
_BROKEN = "the PDF library gave up on it, so it is damaged; repair it, for example with: qpdf in.pdf out.pdf"
_SLOW = "reading it took longer than {seconds:.0f} seconds; split it, or print it to a new PDF"


class Worker:
    """A process that reads PDFs for us. Not for several threads at once."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, data: bytes) -> Answer:
        """The pages of a PDF, or why they cannot be had: refused, crashed or too slow."""
        process = self._start()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.start()
        try:
            answer = _exchange(process, data)
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            return Refused(_SLOW.format(seconds=self._seconds) if late.is_set() else _BROKEN)
        return answer

    def close(self) -> None:
        """End the process, if one runs."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "corpus.pdf.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        return self._process


def _exchange(process: subprocess.Popen[bytes], data: bytes) -> Answer | None:
    """Send one file and take its answer; None where the worker did not live to give one."""
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(len(data).to_bytes(8) + data)
        process.stdin.flush()
        head = process.stdout.read(8)
        size = int.from_bytes(head)
        body = process.stdout.read(size) if len(head) == 8 else b""
    except OSError:
        return None
    return _DECODER.decode(body) if body and len(body) == size else None


_WORKER = Worker()
atexit.register(_WORKER.close)


def read_in_process(data: bytes) -> Answer:
    """What corpus.pdf.glyphs.read_pdf says of a PDF, read in another process."""
    return _WORKER.read(data)
