"""Archives looked at before they are opened: DOCX, ODT and EPUB files are ZIP archives, and a ZIP can be a bomb.

Nothing is ever unpacked to the disk, so no path of a member can leave a folder; pandoc reads the members in memory.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from schemas.errors import InputError

_MOST_BYTES = 400_000_000  # of all members unpacked
_MOST_MEMBERS = 20_000
_MOST_TEXT = 60_000_000  # of one XML member: ten thousand pages
_WORST_RATIO = 200  # text packs 10 to 30 times; the smallest bombs a thousand times
_SMALL = 1_000_000  # below this a ratio says nothing


def members_of(data: bytes, name: str) -> dict[str, zipfile.ZipInfo] | None:
    """The members of an archive by their paths; None where the bytes are no archive.

    Raises InputError where the archive is broken, encrypted, or would unpack to more than a document can hold.
    """
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise InputError(f"{name}: is a broken ZIP archive ({error}); save or download it again") from error
    _refuse(infos, name)
    return {info.filename: info for info in infos}


def read_member(data: bytes, path: str, *, most: int = 1_000_000) -> bytes:
    """The first ``most`` bytes of a member; nothing where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as member:
            return member.read(most)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, KeyError, RuntimeError):
        return b""


def _refuse(infos: list[zipfile.ZipInfo], name: str) -> None:
    advice = "open it in the program that made it and save it again"
    if any(info.flag_bits & 0x1 for info in infos):
        raise InputError(f"{name}: is encrypted; save it without a password")
    if len(infos) > _MOST_MEMBERS:
        raise InputError(f"{name}: holds {len(infos)} files, more than {_MOST_MEMBERS}; {advice}")
    whole = sum(info.file_size for info in infos)
    if whole > _MOST_BYTES:
        raise InputError(f"{name}: would unpack to {whole:,} bytes, more than {_MOST_BYTES:,}; {advice}")
    for info in infos:
        ratio = info.file_size / max(info.compress_size, 1)
        text = info.filename.endswith((".xml", ".xhtml", ".html", ".htm", ".opf", ".ncx"))
        if (info.file_size > _SMALL and ratio > _WORST_RATIO) or (text and info.file_size > _MOST_TEXT):
            raise InputError(
                f"{name}: its part {info.filename[:80]} would unpack to {info.file_size:,} bytes; {advice}"
            )
