"""Validation against RELAX NG: by libxml2, which is fast, and where it finds faults in ours by a second look that is exact."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from lxml import etree

from corpus.odd.patterns import Follower, read_grammar
from corpus.validate.explain import explain
from corpus.validate.findings import XML_ID, Finding, elements
from schemas.errors import UsageError

FOLDER = Path(__file__).parent.parent.parent / "schemas" / "tei"
_MOST = 100  # schema errors that are reported of one file; one cause often has thousands


def own_schema() -> Path:
    """The RELAX NG of what adfontes writes."""
    return FOLDER / "adfontes.rng"


def check_schema(root: etree._Element, schema: Path) -> Iterator[Finding]:
    """What of a file does not fit the schema. Raises UsageError where the schema cannot be read."""
    relaxng = _load(schema)
    if relaxng.validate(root):
        return
    exact = explain(root, _follower(schema.stat().st_mtime_ns)) if schema == own_schema() else iter(())
    found = list(islice(exact, _MOST))
    if not found and not _has_doubled_ids(root):  # libxml2 counts those as faults of the content, the rules name them
        found = [Finding(entry.line, "tei-schema", entry.message) for entry in islice(relaxng.error_log, _MOST)]
    yield from found


def _has_doubled_ids(root: etree._Element) -> bool:
    names = [name for each in elements(root) if (name := each.get(XML_ID)) is not None]
    return len(names) > len(set(names))


def _load(path: Path) -> etree.RelaxNG:
    try:
        return _parse(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise UsageError(
            f"schema {path} cannot be read: {error.strerror or error}; give a RELAX NG file (.rng)"
        ) from error
    except (etree.XMLSyntaxError, etree.RelaxNGParseError) as error:
        raise UsageError(f"schema {path} is no RELAX NG in XML syntax: {error}; give an .rng file") from error


@lru_cache(maxsize=4)
def _parse(path: Path, changed: int) -> etree.RelaxNG:
    parser = etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True)
    return etree.RelaxNG(etree.parse(str(path), parser))


@lru_cache(maxsize=1)
def _follower(changed: int) -> Follower:
    return Follower(read_grammar(etree.parse(str(own_schema())).getroot()))
