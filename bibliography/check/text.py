"""The text of the fields: LaTeX that acts, characters that stop LaTeX, braces, capitals that styles would take away, names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bibliography.bibtex import Entry
from bibliography.check.finding import Finding
from bibliography.latex_macros import ACTING

_VERBATIM = frozenset(
    "url doi file eprint pdf verba verbb verbc local-url adsurl biburl keywords abstract ids crossref xdata xref related entryset"
    " options langidopts timestamp".split()
)
_VERBATIM_PREFIX = ("bdsk-", "user", "mendeley-", "date-")
_SPECIAL = re.compile(r"(?<!\\)[&%#]")
_UNDERSCORE = re.compile(r"(?<![\\{])[_^](?![^$]*\$)")
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-fA-F]+);|</?(?:i|b|em|sub|sup|scp|p|br)\s*/?>", re.IGNORECASE
)
_ET_AL = re.compile(r"(?:,|\band\b)?\s*\bet\.? al\b\.?\s*$|\bu\.\s?a\.\s*$|\bи др\.\s*$", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:committee|commission|university|universität|université|ministry|ministerium|institut|institute|department|council|association|society|organi[sz]ation"
    r"|museum|academy|foundation|office|bureau|agency|nations)\b",
    re.IGNORECASE,
)
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-z]")
NAMES = ("author", "editor", "translator", "bookauthor")


def check_latex(entry: Entry) -> Iterator[Finding]:
    """Macros that make LaTeX act, bare specials, and markup of other languages."""
    for name, value in entry.fields.items():
        if found := ACTING.search(value):
            what = re.split(r"[^\\A-Za-z@^]", value[found.start() : found.start() + 30])[0]
            yield Finding("bib-latex-acts", "error", f"{name} has {what}, which makes LaTeX act", "take it out", name)
            continue
        if name in _VERBATIM or name.startswith(_VERBATIM_PREFIX):
            continue
        if found := _ENTITY.search(value):
            fix = re.sub(r"&amp;", r"\\&", value) if "&amp;" in value else None
            message = f"{name} has {found[0]}, which is HTML"
            yield Finding("bib-html", "warning", message, "write it in LaTeX or Unicode", name, fix)
        elif found := _SPECIAL.search(value):
            fix = _SPECIAL.sub(lambda m: "\\" + m[0], value) if "$" not in value else None
            message = f"{name} has a bare {found[0]}, at which LaTeX stops"
            yield Finding("bib-special", "warning", message, f"write \\{found[0]}", name, fix)
        elif "$" not in value and (found := _UNDERSCORE.search(value)) and "\\" not in value:
            message = f"{name} has a bare {found[0]} outside of mathematics"
            yield Finding("bib-special", "warning", message, "write \\_ or \\^{}", name)
        if value.count("$") - value.count("\\$") == 1:
            yield Finding(
                "bib-special", "warning", f"{name} has one $ without its partner", "write \\$", name, _dollar(value)
            )


def check_braces(entry: Entry) -> Iterator[Finding]:
    """Braces that BibTeX counts and that do not balance: to BibTeX, unlike LaTeX, \\{ is a brace too."""
    for name, value in entry.fields.items():
        if value.count("{") != value.count("}"):
            message = f"the braces of {name} do not balance for BibTeX, which counts \\{{ and \\}} too"
            yield Finding("bib-braces", "error", message, "write \\textbraceleft or close the brace", name)


def check_characters(entry: Entry) -> Iterator[Finding]:
    """Keys and characters that programs of the TeX world stumble on."""
    if not entry.key.isascii():
        yield Finding(
            "bib-key", "warning", "the key has letters outside ASCII, which BibTeX cannot cite", "write it in ASCII"
        )
    elif re.search(r"[\s\"#%'(),={}~\\]", entry.key):
        yield Finding(
            "bib-key", "warning", "the key has a character that biber or BibTeX refuses", "take letters, digits, : - _"
        )
    for name, value in entry.fields.items():
        if value.isascii():
            continue
        if "\ufffd" in value:
            yield Finding(
                "bib-encoding", "error", f"{name} has characters that could not be read", "save the file as UTF-8", name
            )
        composed = unicodedata.normalize("NFC", value)
        if composed != value and any(unicodedata.combining(char) for char in value):
            message = f"{name} has letters with separate accents (no NFC)"
            yield Finding("bib-nfc", "info", message, "compose them", name, composed)
        if any(unicodedata.category(char) == "Cf" and char not in "\u200c\u200d" for char in value):
            bare = "".join(char for char in value if unicodedata.category(char) != "Cf" or char in "\u200c\u200d")
            yield Finding("bib-invisible", "warning", f"{name} has invisible characters", "take them out", name, bare)
        mixed = next(
            (word for word in re.findall(r"[^\W\d_]{2,}", value) if _CYRILLIC.search(word) and _LATIN.search(word)), ""
        )
        if mixed:
            message = f"{name}: “{mixed}” mixes Latin and Cyrillic letters that look alike"
            yield Finding("bib-mixed-script", "warning", message, "type the word again", name)


def check_case(entry: Entry) -> Iterator[Finding]:
    """Titles that BibTeX's styles would put into lower case: all in capitals, or abbreviations without braces."""
    title = entry.fields.get("title", "")
    plain = re.sub(r"\{[^{}]*\}|\\[A-Za-z]+", " ", title)
    words = re.findall(r"[^\W\d_]{2,}", plain)
    if len(words) > 2 and all(word.isupper() for word in words):
        yield Finding("bib-title-caps", "warning", "the title is all in capitals", "write it as a sentence", "title")
    elif found := _unprotected(title):
        message = f"the title has {', '.join(found[:3])}, which some styles put into lower case"
        yield Finding("bib-title-case", "info", message, f"write {{{found[0]}}}", "title", _protect(title))


def check_names(entry: Entry) -> Iterator[Finding]:
    """Lists of names that BibTeX would read otherwise than they are meant."""
    for role in NAMES:
        value = entry.fields.get(role, "")
        if not value:
            continue
        outside = re.sub(r"\{[^{}]*\}", "{}", value.replace("\\&", ""))
        if found := _ET_AL.search(outside):
            fix = (
                re.sub(r"(?:,|\s+and)?\s*$", "", value[: value.rfind(found[0].strip())]) + " and others"
                if found[0].strip() in value
                else None
            )
            message = f"{role} has “{found[0].strip(' ,')}”, which BibTeX takes for part of a name"
            yield Finding("bib-names", "warning", message, 'write "and others"', role, fix)
        elif ";" in outside:
            yield Finding(
                "bib-names",
                "warning",
                f"{role} has “;”, which BibTeX takes for part of a name",
                'part names by " and "',
                role,
            )
        names = re.split(r"\s+and(?=\s)", f" {outside} ", flags=re.IGNORECASE)
        if any(not name.strip() for name in names):
            message = f"{role} has an empty name: an “and” too many"
            yield Finding("bib-names", "warning", message, "take it out", role)
        for name in names:
            yield from _check_name(role, name.strip())


def _check_name(role: str, name: str) -> Iterator[Finding]:
    if name.count(",") > 2:
        message = f"{role}: “{name[:60]}” has more than two commas"
        yield Finding("bib-names", "warning", message, 'part names by " and "', role)
    elif " " in name and "," not in name and _BODY.search(name):
        message = f"{role}: “{name[:60]}” seems to be a body, of which BibTeX would make a person"
        yield Finding("bib-names-body", "info", message, "put it into braces", role)
    letters = [char for char in name if char.isalpha()]
    if len(name.split()) > 1 and len(letters) > 8 and all(char.isupper() for char in letters):
        yield Finding(
            "bib-names-caps", "info", f"{role}: “{name[:60]}” is all in capitals", "write Family, Given", role
        )


def _unprotected(title: str) -> list[str]:
    # a digit for what braces hold: a word that goes on behind it ("{W}hatsApp") is looked after already
    plain = re.sub(r"\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|\$[^$]*\$", "1", title)
    return [word for word in re.findall(r"(?<!\w)[^\W\d_]{2,}(?!\w)", plain) if _loses_case(word)]


def _loses_case(word: str) -> bool:
    """Whether lower case would spoil the word: "USSR", "iPhone", "McDonald"; not "Western"."""
    return any(char.isupper() for char in word[1:])


def _protect(title: str) -> str | None:
    """The title with its abbreviations in braces; None where it has other braces or macros to be careful with."""
    if re.search(r"[{}]|\\[A-Za-z]|(?<!\\)\$", title):
        return None
    return re.sub(r"[^\W\d_]{2,}", lambda m: f"{{{m[0]}}}" if _loses_case(m[0]) else m[0], title)


def _dollar(value: str) -> str:
    return re.sub(r"(?<!\\)\$", r"\\$", value)
