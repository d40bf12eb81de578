"""A BagIt 1.0 bag (RFC 8493) of files in memory, written as a folder or as one ZIP file, whole or not at all.

Two checksums for every file; no date that was not given; in the ZIP all times are those of 1 January 1980 and nothing is
compressed, so that the bytes are the same on every machine.
"""

from __future__ import annotations

import hashlib
import io
import textwrap
import zipfile
from collections.abc import Mapping
from pathlib import Path

from corpus.store import write_atomic, write_folder
from schemas.errors import UsageError

_ALGORITHMS = ("sha256", "sha512")
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LONGEST_LINE = 79  # of bag-info.txt, as the standard recommends
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP file can say


def bag_files(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a bag by their paths: the payload below ``data``, the declaration, ``bag-info.txt`` and the manifests.

    >>> files = bag_files({"a.txt": b"Rye"}, {"External-Description": "Rye"})
    >>> sorted(files)[:3], files["bag-info.txt"]
    (['bag-info.txt', 'bagit.txt', 'data/a.txt'], b'External-Description: Rye\\nPayload-Oxum: 3.1\\n')
    """
    files = {f"data/{path}": payload[path] for path in sorted(payload)}
    tags = {"bagit.txt": DECLARATION, "bag-info.txt": _write_info(payload, info)}
    for algorithm in _ALGORITHMS:
        tags[f"manifest-{algorithm}.txt"] = _write_manifest(files, algorithm)
    manifests = {f"tagmanifest-{algorithm}.txt": _write_manifest(tags, algorithm) for algorithm in _ALGORITHMS}
    return files | tags | manifests


def write_bag(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a bag to a folder, or to a ZIP file with one folder of its name where the name ends in ".zip".

    A bag of ours that stands there unchanged is replaced. Raises UsageError where anything else is in the way, InputError
    where the place cannot be written.
    """
    refuse_target(target)
    if target.suffix.lower() == ".zip":
        write_atomic(target, _zip(target.stem, files))
    else:
        write_folder(target, files)


def refuse_target(target: Path) -> None:
    """Raise UsageError where writing there would destroy what is not a bag of ours, unchanged."""
    from corpus.archive.check import check_bag, is_bag, made_by_us

    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not is_bag(target) or not made_by_us(target):
        raise UsageError(f"{target} exists and is no bag of ours; move it or choose another place with -o")
    changed = check_bag(target, payload_only=True)
    if changed:
        raise UsageError(
            f"{target} was changed since it was written ({changed[0].message}); move it or choose another place with -o"
        )


def _write_info(payload: Mapping[str, bytes], info: Mapping[str, str]) -> bytes:
    tags = {**info, "Payload-Oxum": f"{sum(map(len, payload.values()))}.{len(payload)}"}
    lines = []
    for name, value in tags.items():
        wrapped = textwrap.wrap(
            f"{name}: {' '.join(value.split())}", _LONGEST_LINE, subsequent_indent="  ", break_on_hyphens=False,
            break_long_words=False,
        )  # fmt: skip
        lines += wrapped
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _write_manifest(files: Mapping[str, bytes], algorithm: str) -> bytes:
    lines = [f"{hashlib.new(algorithm, files[path]).hexdigest()}  {path}\n" for path in sorted(files)]
    return "".join(lines).encode("ascii")


def _zip(folder: str, files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            member = zipfile.ZipInfo(f"{folder}/{path}", _EPOCH)
            member.create_system = 3  # Unix, on every system
            member.external_attr = 0o644 << 16
            archive.writestr(member, files[path])
    return made.getvalue()
