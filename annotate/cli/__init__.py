"""The command line. Only this package prints: data on stdout, progress and one-line errors on stderr.

Verbs stand in one module each and import what they need when they run, so that ``adfontes --help`` loads neither spaCy
nor lxml nor bibtexparser.
"""

from __future__ import annotations

import signal
import socket
import sys

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the codes of schemas.errors; no error shows a traceback."""
    if hasattr(signal, "SIGPIPE"):
        # Whoever reads our output may go away (``| head``): end silently, as other Unix tools do.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    # spaCy loads an HTTP client that opens a socket at import to ask whether there is IPv6. Nothing here needs a network.
    socket.has_ipv6 = False
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    from annotate.cli.app import app
    from schemas.errors import AdfontesError

    try:
        code = app(args=arguments, prog_name="adfontes", standalone_mode=False)
        sys.stdout.flush()
    except AdfontesError as error:
        return _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _fail("interrupted; files already written are whole", INTERRUPTED)
    except Exception as error:
        # typer brings its own copy of click, whose usage errors are known by this method and need no import.
        explain = getattr(error, "format_message", None)
        if explain is None:
            raise
        said = explain()
        return _fail(f"{said} (see 'adfontes --help')", 2) if said else 2  # without a verb the help was the answer
    return code if isinstance(code, int) else 0


def _fail(message: str, code: int) -> int:
    print(f"adfontes: error: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201 - the one place that prints errors
    return code
