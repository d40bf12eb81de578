"""The configuration of a run: one frozen record, from the command line and from ``adfontes.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from annotate.annotators.entity_layers import EntityLayers
from bibliography.keys import DEFAULT_PATTERN, Keys
from corpus.writers.tei.profiles import Form
from schemas.errors import UsageError

FILE = "adfontes.toml"
FILES = ("bib", "authority", "gazetteer")  # the fields that name files of the user's


class Config(msgspec.Struct, frozen=True):
    """What a run can be told; the command line overrides the file."""

    format: str = "tei,json,facts,bib"  # forms to write
    model: str | None = None  # an installed spaCy pipeline; None: the built-in model
    licence: str | None = None  # URL of the article's licence, for the TEI header
    bib: tuple[str, ...] = ()  # bibliography files (BibTeX, CSL-JSON, RIS), relative to the file's folder
    authority: tuple[str, ...] = ()  # authority files (CSV, TSV, JSON Lines, TEI lists) that names are tied to
    gazetteer: tuple[str, ...] = ()  # files of the same forms whose names are always tagged
    keys: str = DEFAULT_PATTERN  # pattern of the citation keys of new sources, as "{Author}{year}"
    tei: Form = Form()  # how the TEI is written: [tei], profile = "hybrid", notes = "back"
    entities: EntityLayers = EntityLayers()  # which rules run around the entity model: [entities], vote = false


def read_config(folder: Path) -> Config:
    """The configuration of a folder; the defaults where it has no ``adfontes.toml``.

    Raises UsageError for broken TOML, an unknown key (the known ones are listed) or a wrong type.
    """
    path = folder / FILE
    if not path.is_file():
        return Config()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not valid TOML ({error}); mend the file or remove it") from error
    _refuse_unknown(found, Config, str(path))
    for table, record in (("entities", EntityLayers), ("tei", Form)):
        if isinstance(found.get(table), dict):
            _refuse_unknown(found[table], record, f"{path}, [{table}]")
    try:
        config = msgspec.convert(found, Config)
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: {error}") from error
    Keys(config.keys)  # a wrong pattern is told now, not after the work
    paths = {field: tuple(str(folder / name) for name in getattr(config, field)) for field in FILES}
    return msgspec.structs.replace(config, **paths)


def _refuse_unknown(found: Mapping[str, object], record: type[msgspec.Struct], where: str) -> None:
    known = record.__struct_fields__
    unknown = [key for key in found if key not in known]
    if unknown:
        raise UsageError(f"{where}: unknown key {unknown[0]!r}; the known keys are {', '.join(known)}")


def as_strings(config: Config) -> dict[str, str]:
    """The configuration as it is recorded in the article and the TEI header; paths are left to the library's hash."""
    shown = {"model": config.model, "licence": config.licence}
    shown |= {"keys": config.keys} if config.keys != DEFAULT_PATTERN else {}
    off = [name for name, on in msgspec.structs.asdict(config.entities).items() if not on]
    shown |= {"entities": f"without {', '.join(off)}"} if off else {}
    shown |= {f"tei.{key}": value for key, value in msgspec.structs.asdict(config.tei).items() if config.tei != Form()}
    return {key: value for key, value in shown.items() if value is not None}
