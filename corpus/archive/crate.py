"""RO-Crate 1.1 metadata (https://w3id.org/ro/crate/1.1): what every file of the deposit is, whose, and how it was made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.archive.licence import Licence, read_licence
from corpus.archive.payload import LICENCE, METADATA, SCHEMAS, Deposit, Entry, described, iso_date, printed_name
from schemas.facts import CAVEAT
from schemas.ids import short_hash
from schemas.records import Person

_VERSION = "https://w3id.org/ro/crate/1.1"
_TOOL = "#adfontes"
_Thing = dict[str, Any]  # a node of JSON-LD: its properties are not ours to close


def write_crate(deposit: Deposit, sizes: Mapping[str, int]) -> bytes:
    """The metadata file; ``sizes`` are the bytes of every other file by its path below ``data``."""
    graph = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _VERSION},
        },
        _root(deposit),
        *(_folder(entry) for entry in deposit.entries),
        *_schemas_folder(deposit),
        *_files(deposit, sizes),
        *_people(deposit),
        *_licences(deposit),
        {"@id": _TOOL, "@type": "SoftwareApplication", "name": deposit.agent, "version": deposit.agent.split()[-1]},
        *(_action(entry, number) for number, entry in enumerate(deposit.entries, 1)),
    ]
    made = {"@context": f"{_VERSION}/context", "@graph": graph}
    return json.dumps(made, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _refs(ids: list[str]) -> list[_Thing]:
    return [{"@id": each} for each in ids]


def _root(deposit: Deposit) -> _Thing:
    folders = [f"{entry.folder}/" for entry in deposit.entries] + ([f"{SCHEMAS}/"] if deposit.schemas else [])
    keywords = dict.fromkeys(word for entry in deposit.entries for word in entry.article.metadata.keywords)
    dois = [f"https://doi.org/{entry.article.metadata.DOI}" for entry in deposit.entries if entry.article.metadata.DOI]
    made = {
        "@id": "./",
        "@type": "Dataset",
        "name": deposit.title,
        "description": f"Articles with their names, figures, dates and the sources of their claims annotated. {CAVEAT}",
        "datePublished": deposit.published,
        "license": _licence_refs(deposit.licences),
        "author": _refs(
            list(dict.fromkeys(_id(p) for entry in deposit.entries for p in entry.article.metadata.authors))
        ),
        "keywords": ", ".join(keywords),
        "citation": dois,
        "hasPart": _refs([*folders, *(path for path, *_ in described(deposit))]),
        "mentions": _refs([f"#annotation-{number}" for number in range(1, len(deposit.entries) + 1)]),
    }
    return {name: value for name, value in made.items() if value}


def _folder(entry: Entry) -> _Thing:
    metadata = entry.article.metadata
    made = {
        "@id": f"{entry.folder}/",
        "@type": "Dataset",
        "name": entry.title,
        "alternateName": entry.given if entry.given != entry.folder else "",
        "identifier": entry.article.id,
        "author": _refs(list(dict.fromkeys(map(_id, metadata.authors)))),
        "inLanguage": metadata.language,
        "datePublished": iso_date(metadata.issued),
        "license": _licence_refs((read_licence(metadata.licence or ""),)),
        "isPartOf": metadata.container_title,
        "hasPart": _refs([f"{entry.folder}/{part.name}" for part in entry.parts]),
    }
    return {name: value for name, value in made.items() if value}


def _schemas_folder(deposit: Deposit) -> Iterator[_Thing]:
    if deposit.schemas:
        parts = _refs([f"{SCHEMAS}/{part.name}" for part in deposit.schemas])
        yield {"@id": f"{SCHEMAS}/", "@type": "Dataset", "name": "The schemas of the files", "hasPart": parts}


def _files(deposit: Deposit, sizes: Mapping[str, int]) -> Iterator[_Thing]:
    for path, what, media_type, standard in described(deposit):
        made: _Thing = {
            "@id": path,
            "@type": "File",
            "name": what,
            "encodingFormat": media_type,
            "contentSize": str(sizes[path]),
        }
        if standard is not None:
            made["conformsTo"] = {"@id": standard}
        yield made


def _people(deposit: Deposit) -> Iterator[_Thing]:
    seen: set[str] = set()
    for person in (person for entry in deposit.entries for person in entry.article.metadata.authors):
        if _id(person) not in seen:
            seen.add(_id(person))
            made = {
                "@id": _id(person),
                "@type": "Person",
                "name": " ".join(filter(None, (person.given, person.family))) or person.literal or "unnamed",
                "givenName": person.given,
                "familyName": person.family,
                "affiliation": person.affiliation,
            }
            yield {name: value for name, value in made.items() if value}


def _licence_refs(licences: tuple[Licence, ...]) -> _Thing | list[_Thing]:
    """Licences by their address, where they have one; the statement of any other stands in the file."""
    refs = _refs(list(dict.fromkeys(licence.url or LICENCE for licence in licences)))
    return refs[0] if len(refs) == 1 else refs


def _licences(deposit: Deposit) -> Iterator[_Thing]:
    for licence in {licence.url: licence for licence in deposit.licences if licence.url}.values():
        yield {"@id": licence.url, "@type": "CreativeWork", "name": licence.name, "description": licence.stated}


def _action(entry: Entry, number: int) -> _Thing:
    """How the results of one article came about."""
    made, article = entry.article.made, entry.article
    settings = "; ".join(f"{name} = {value}" for name, value in sorted(made.configuration.items())) if made else ""
    model = f"Model: {made.model}." if made else "It was read, not annotated."
    return {
        "@id": f"#annotation-{number}",
        "@type": "CreateAction",
        "name": f"Annotation of {article.source.name}",
        "description": f"{model} {f'Settings: {settings}. ' if settings else ''}{CAVEAT}",
        "instrument": {"@id": _TOOL},
        "object": _refs([f"{entry.folder}/{part.name}" for part in entry.parts if part.is_source]),
        "result": _refs([f"{entry.folder}/{part.name}" for part in entry.parts if not part.is_source]),
    }


def _id(person: Person) -> str:
    return f"#person-{short_hash(printed_name(person))}"
