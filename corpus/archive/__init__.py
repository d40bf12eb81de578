"""The deposit: one BagIt bag with RO-Crate metadata, made of articles and checked when it is read again.

``payload`` says what lies in it, ``crate``, ``dublin_core`` and ``readme`` describe it to machines and people, ``bag`` adds
the manifests and writes it whole or not at all, ``check`` finds what is missing or changed.

The bag is written by ``bag``, not by the library ``bagit``: that one writes BagIt 0.97, asks the clock, and changes the
working directory; it is what ``check`` reads bags with. The metadata are written by ``crate``, not by ``rocrate``: that one
asks the clock, and importing it opens a socket; the tests read every bag with it.
"""

from __future__ import annotations

from corpus.archive.bag import bag_files, refuse_target, write_bag
from corpus.archive.check import check_bag, is_bag
from corpus.archive.payload import Deposit, Entry, Part, payload_files

__all__ = [
    "Deposit",
    "Entry",
    "Part",
    "bag_files",
    "check_bag",
    "is_bag",
    "payload_files",
    "refuse_target",
    "write_bag",
]
