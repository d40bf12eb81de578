"""The two files of a deposit that people read: what is what and how it was made, and the licence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.archive.payload import LICENCE, METADATA, SCHEMAS, Deposit, Entry, Part, printed_name
from schemas.facts import CAVEAT

_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")


def write_readme(deposit: Deposit) -> bytes:
    """README.md: the articles, the files, the way they were made, and how to check them."""
    return ("\n".join(_readme(deposit)) + "\n").encode("utf-8", "replace")


def write_licence(deposit: Deposit) -> bytes:
    """LICENCE.txt: each licence as stated, with its address, and the articles under it where there are several."""
    lines = [f"Licence of: {deposit.title}", ""]
    for licence in deposit.licences:
        lines += [licence.name] if licence.name in (licence.stated, licence.url) else [licence.name, licence.stated]
        if licence.url is not None:
            lines.append(f"Its text stands at {licence.url}")
        if len(deposit.licences) > 1:
            of = [
                e.folder
                for e in deposit.entries
                if " ".join((e.article.metadata.licence or "").split()) == licence.stated
            ]
            lines.append(f"For: {', '.join(of)}")
        lines.append("")
    return "\n".join(lines).encode("utf-8", "replace")


def _readme(deposit: Deposit) -> Iterator[str]:
    yield f"# {_plain(deposit.title)}"
    yield ""
    yield "Articles, and what was read from them: their claims with the sources behind them, names, figures and dates."
    yield "Persistent identifier: none yet; the archive gives one."
    yield ""
    yield f"**{CAVEAT}**"
    for entry in deposit.entries:
        yield ""
        yield from _article(entry)
    yield ""
    yield "## What is shared"
    yield ""
    yield from _table(SCHEMAS, deposit.schemas)
    yield f"- `{LICENCE}`: {'; '.join(_plain(licence.name) for licence in deposit.licences)}"
    yield f"- `{METADATA}`: all of this for machines (RO-Crate 1.1)"
    yield ""
    yield "## How it was made"
    yield ""
    yield f"By {deposit.agent}, from the source files named above, without any network."
    yield "The same source, version, model and settings give the same bytes; no file holds the time of a run."
    yield ""
    yield "## How to check it"
    yield ""
    yield "This folder is the payload of a BagIt bag: the checksums of all files stand in the manifests one folder above."
    yield "`adfontes validate BAG` compares them, reads the metadata and validates the TEI; `bagit.py --validate BAG` and any"
    yield "other BagIt program compare the checksums too."


def _article(entry: Entry) -> Iterator[str]:
    article = entry.article
    yield f"## `{entry.folder}/`: {_plain(entry.title)}"
    yield ""
    if article.metadata.authors:
        yield f"- by {_plain('; '.join(map(printed_name, article.metadata.authors)))}"
    if article.metadata.how_to_cite:
        yield f"- cite it as: {_plain(article.metadata.how_to_cite)}"
    if entry.folder != entry.given:
        yield f"- its name was {_plain(entry.given)}; archives ask for ASCII letters, digits, hyphens and periods"
    yield f"- source: {_plain(entry.source)}"
    if article.made is not None:
        yield f"- annotated by adfontes {article.made.version} with the model {article.made.model}"
        for name, value in sorted(article.made.configuration.items()):
            yield f"- setting {name}: {_plain(value)}"
    yield f"- {len(article.claims)} claims, {len(article.references)} references, {len(article.annotations)} annotations"
    yield ""
    yield from _table(entry.folder, entry.parts)


def _table(folder: str, parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        yield f"- `{folder}/{part.name}`: {part.what}"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
