"""Dates, pages, numbers and identifiers of an entry: what they should look like, and whether their check digits hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bibliography.bibtex import Entry
from bibliography.check.finding import Finding
from bibliography.dates import month_number, read_date

_RANGE = re.compile(r"(?<![\d.])(?P<first>\d+)(?P<gap>\s*(?P<dash>-+|–|—|−)\s*)(?P<last>\d+)(?![\d.])")
_YEAR = re.compile(
    r"\d{4}|n\.\s?d\.|no date|forthcoming|in press|to appear|submitted|accepted|im druck|im erscheinen|s\.\s?[ad]\.|o\.\s?j\.|б\.\s?г\.|в печати",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_URL = re.compile(r"(?:https?|ftp)://[^\s/]+\.\S+|(?:urn|doi|hdl|mailto):\S+", re.IGNORECASE)
_ISBN = re.compile(r"(?<![\dXx])(?:97[89](?:[\s‐‑–-]?\d){10}|(?:\d[\s‐‑–-]?){9}[\dXx])(?![\dXx])")


def check_dates(entry: Entry) -> Iterator[Finding]:
    """Years that are none, dates that are no EDTF, months that do not exist, two dates that differ."""
    year, date = _bare(entry, "year"), _bare(entry, "date")
    if year and not _YEAR.search(year):
        yield Finding("bib-year", "warning", f"{year[:40]} is no year", "write four digits", "year")
    for name in ("date", "urldate", "origdate", "eventdate"):
        written = _bare(entry, name)
        if written and "literal" in read_date(written) and "edtf" not in read_date(written):
            hint = "write YYYY-MM-DD, or a range as 1933/1936"
            yield Finding("bib-date", "warning", f"{name} {written[:40]} is no date that BibLaTeX reads", hint, name)
        yield from _check_calendar(name, written)
    found = re.search(r"\d{4}", date)
    if year and found and re.search(r"\d{4}", year) and found[0] not in year:
        yield Finding("bib-two-dates", "warning", f"year {year[:20]} and date {date[:20]} differ", "keep one", "date")
    month = _bare(entry, "month")
    if month and month_number(month) is None and not re.search(r"[A-Za-z]{3}", month):
        yield Finding("bib-month", "warning", f"{month[:40]} is no month", "write jan, feb ... or 1 to 12", "month")


def _check_calendar(name: str, written: str) -> Iterator[Finding]:
    for found in re.finditer(r"(?<!\d)\d{4}-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?!\d)", written):
        month, day = int(found["month"]), int(found["day"] or 1)
        longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
        if not (1 <= month <= 12 or (21 <= month <= 24 and not found["day"])) or not 1 <= day <= longest:
            yield Finding("bib-date", "warning", f"{name}: {found[0]} is no day of the calendar", "check it", name)


def check_pages(entry: Entry) -> Iterator[Finding]:
    """Ranges that run backwards, or whose dash is a hyphen or a character that LaTeX may not have."""
    pages = entry.fields.get("pages", "")
    fixed = _RANGE.sub(lambda m: f"{m['first']}--{m['last']}", pages)
    for found in _RANGE.finditer(pages):
        first, last = found["first"], found["last"]
        full = int(first[: max(0, len(first) - len(last))] + last)
        if int(first) > full:
            message = f"pages {found[0]} run backwards"
            yield Finding("bib-pages-reversed", "warning", message, "check the numbers", "pages")
            fixed = pages
        elif found["gap"] != "--":
            hint = f"write {first}--{last}"
            message = f"pages {found[0]} should have two hyphens between them"
            yield Finding("bib-pages-dash", "info", message, hint, "pages", fixed if fixed != pages else None)
    if re.match(r"\s*(?:pp?|S|s|с)\.\s*\d", pages):
        bare = re.sub(r"^\s*(?:pp?|S|s|с)\.\s*", "", fixed)
        yield Finding(
            "bib-pages-label",
            "info",
            f"pages {pages[:30]} have a label, which styles add",
            f"write {bare[:30]}",
            "pages",
            bare,
        )


def check_codes(entry: Entry) -> Iterator[Finding]:
    """DOI, ISBN, ISSN, URL: their form and their check digits."""
    doi = entry.fields.get("doi", "").strip()
    bare = doi.replace("\\", "").strip("{}")
    if doi and not _DOI.fullmatch(bare):
        found = _DOI.search(bare)
        fix = (
            found[0]
            if found and re.match(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)10\.", bare, re.IGNORECASE)
            else None
        )
        hint = f"write {found[0]}" if found else "a DOI looks like 10.1000/182"
        yield Finding("bib-doi", "warning", f"{doi[:60]} is not a bare DOI", hint, "doi", fix)
    isbns = re.sub(r"\([^)]*\)|[{}]|ISBN(?:-1[03])?:?|pbk\.?|hbk\.?", "", entry.fields.get("isbn", ""))
    for isbn in [*_ISBN.findall(isbns), _ISBN.sub("", isbns).strip(" ,;./\r\n\t")]:
        yield from _check_isbn(isbn.strip())
    issn = _bare(entry, "issn")
    for code in re.findall(r"[\dXx][\dXx\s-]{5,10}[\dXx]", issn) or ([issn] if issn else []):
        digits = re.sub(r"[\s-]", "", code).upper()
        if not re.fullmatch(r"\d{7}[\dX]", digits):
            yield Finding("bib-issn", "warning", f"ISSN {code[:30]} is not eight digits", "write 1234-5679", "issn")
        elif sum((10 if d == "X" else int(d)) * (8 - n) for n, d in enumerate(digits)) % 11:
            yield Finding(
                "bib-issn", "warning", f"ISSN {code}: its check digit is wrong", "compare it with the journal", "issn"
            )
    url = _bare(entry, "url")
    if url and not _URL.match(url.removeprefix("\\url{")):
        yield Finding("bib-url", "warning", f"{url[:60]} is no URL", "write https:// before it", "url")


def _check_isbn(isbn: str) -> Iterator[Finding]:
    digits = re.sub(r"[\s‐‑–-]", "", isbn).upper()
    if not re.search(r"\w", digits):
        return
    if not re.fullmatch(r"\d{13}|\d{9}[\dX]", digits):
        yield Finding(
            "bib-isbn", "warning", f"ISBN {isbn[:30]} is not 10 or 13 digits", "compare it with the book", "isbn"
        )
    elif not _isbn_holds(digits):
        message = f"ISBN {isbn}: its check digit is wrong"
        yield Finding("bib-isbn", "warning", message, "compare it with the book", "isbn")


def _isbn_holds(digits: str) -> bool:
    if len(digits) == 13:
        return sum(int(d) * (1 if n % 2 == 0 else 3) for n, d in enumerate(digits)) % 10 == 0
    return sum((10 if d == "X" else int(d)) * (10 - n) for n, d in enumerate(digits)) % 11 == 0


def check_numbers(entry: Entry) -> Iterator[Finding]:
    """Volumes and numbers with a label that the style adds, and editions in words where BibLaTeX wants a number."""
    for name in ("volume", "number"):
        value = _bare(entry, name)
        if found := re.match(
            r"(?:vol(?:ume)?|bd|band|tome?|no|nr|issue|heft|т|вып|№)\.?\s*(?P<rest>\d.*)", value, re.IGNORECASE
        ):
            message = f"{name} {value[:30]} has a label, which styles add"
            yield Finding("bib-number-label", "info", message, f"write {found['rest'][:30]}", name, found["rest"])


def _bare(entry: Entry, name: str) -> str:
    return unicodedata.normalize("NFC", entry.fields.get(name, "").strip("{} \t\r\n"))
