"""The one way to call pandoc: as a process with ``--sandbox``, so that it opens no file and no connection of its own.

The program comes in the package ``pypandoc_binary``; one that the system has is never taken instead, since styles and
its JSON differ between versions.

>>> run_pandoc(b"*grain*", ["--from", "commonmark", "--to", "html"]).strip()
b'<p><em>grain</em></p>'
"""

from __future__ import annotations

import functools
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from schemas.errors import InputError, MissingPartError

# Pandoc is Haskell: a bound on its heap makes an archive bomb end as an error, not as a machine without memory.
_HEAP = "1500m"
_SECONDS = 300
_HEAP_EXHAUSTED = 251  # the exit code of GHC's run time when the heap's bound is reached


class PandocError(InputError):
    """Pandoc could not read what it was given; the message is pandoc's own first line."""


def run_pandoc(
    data: bytes,
    arguments: Sequence[str],
    *,
    seconds: int = _SECONDS,
    warn: Callable[[str], object] | None = None,
) -> bytes:
    """What pandoc prints for ``data`` on its standard input; ``warn`` is called with each of its warnings.

    Raises PandocError where pandoc refuses the input, runs out of its memory (1.5 GB) or its time; MissingPartError
    where pandoc is not installed.
    """
    command = [str(pandoc_path()), "+RTS", f"-M{_HEAP}", "-RTS", "--sandbox", *arguments]
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": os.devnull}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, env=environment)
    except subprocess.TimeoutExpired:
        raise PandocError(f"pandoc gave up after {seconds} seconds; split the file or save it as plain text") from None
    except OSError as error:
        raise MissingPartError(f"pandoc cannot be started ({error.strerror}); {_INSTALL}") from error
    if done.returncode == _HEAP_EXHAUSTED:
        raise PandocError("the file needs more than 1.5 GB to be read; split it or save it as plain text")
    if done.returncode != 0:
        raise PandocError(_first_line(done.stderr) or f"pandoc ended with status {done.returncode}")
    if warn is not None:
        for warning in _warnings(done.stderr):
            warn(warning)
    return done.stdout


@functools.cache
def pandoc_path() -> Path:
    """Where the pandoc of ``pypandoc_binary`` lies. Raises MissingPartError where the package is absent or broken."""
    try:
        import pypandoc
    except ImportError:
        raise MissingPartError(f"pandoc is not installed; {_INSTALL}") from None
    path = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    if not path.is_file():
        raise MissingPartError(f"the installed pypandoc has no pandoc of its own; {_INSTALL}")
    return path


@functools.cache
def pandoc_version() -> str:
    """The version of pandoc, such as "3.9.0.2"."""
    first = run_pandoc(b"", ["--version"]).decode("utf-8", "replace").splitlines()[0]
    return first.split()[-1]


_INSTALL = "install it with: pip install pypandoc_binary"


def _warnings(stderr: bytes) -> Iterator[str]:
    for part in stderr.decode("utf-8", "replace").split("[WARNING] ")[1:]:
        yield " ".join(part.split())[:300]


def _first_line(stderr: bytes) -> str:
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    return " ".join(lines)[:300]


__all__ = ["PandocError", "pandoc_path", "pandoc_version", "run_pandoc"]
