"""Writes the JSON Schemas beside the records: ``python -m schemas.generate``. A test fails when they are stale."""

from __future__ import annotations

from pathlib import Path

import msgspec

from schemas.decisions import Decision
from schemas.facts import FactList
from schemas.records import Article

HERE = Path(__file__).parent
FILES: dict[str, type[msgspec.Struct]] = {
    "article.schema.json": Article,
    "facts.schema.json": FactList,
    "decision.schema.json": Decision,
}


def json_schema(record: type[msgspec.Struct]) -> bytes:
    """The JSON Schema (2020-12) of a record, indented, keys in a stable order."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(record)}
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=1) + b"\n"


def main() -> None:
    """Write all schema files."""
    for name, record in FILES.items():
        (HERE / name).write_bytes(json_schema(record))


if __name__ == "__main__":
    main()
