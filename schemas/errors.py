"""The errors of the whole house, in one tree, each with the exit code of the command line.

    AdfontesError          1
    ├── UsageError         2   a wrong call: option, format, clash of names, a broken configuration
    ├── InputError         3   an input that cannot be read
    ├── MissingPartError   4   an optional part is not installed; the message gives the install line
    └── BatchError         5   some files of a batch failed, the others were written

A message is one line: what is wrong, where (file, line or offset), and what to do next. Faults inside a readable input
are not errors but Problems on the Article. 130 is the exit code of an interrupted run (the shell's convention).
"""

from __future__ import annotations


class AdfontesError(Exception):
    """The root: catch this to catch all of ours."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class UsageError(AdfontesError):
    """The call itself is wrong."""

    exit_code = 2


class InputError(AdfontesError):
    """An input cannot be read."""

    exit_code = 3


class MissingPartError(AdfontesError):
    """An optional part is missing."""

    exit_code = 4


class BatchError(AdfontesError):
    """Some files of a batch failed."""

    exit_code = 5
