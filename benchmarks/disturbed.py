"""The gold articles made messier, one way at a time, read again and scored against their truth moved along.

    python benchmarks/disturbed.py [SHARED_FOLDER] [NAME...] [--each]

NAME is one of DISTURBANCES (all, where none is named); --each prints a line for each article as well. Every disturbance
is a list of replacements in the source, so the truth keeps its places by arithmetic. "Asked" counts the articles that a
disturbance can touch: those with notes in the file, with form feeds, and so on. The table is one row a disturbance:
marker precision and recall, marker to note, note bodies, claims, paragraph starts, headings, entries, and the markers
read where no marker is.
"""

from __future__ import annotations

import json
import os
import re
import sys
import zlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
Gold = dict[str, Any]


class Change(NamedTuple):
    """A stretch of the source and what stands there instead."""

    start: int
    end: int
    text: str


Disturb = Callable[[str, Gold], "list[Change]"]

_LABEL = re.compile(r"(?:(?<=\n)|(?<=\f)|^)\s*(?P<all>\[?(?P<n>\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)[\].)]*)\s*$")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_NOTICE = "This content downloaded from 192.0.2.44 on Tue, 4 Mar 2014 10:15:31 AM\nAll use subject to the archive's Terms and Conditions"


def list_names(text: str, gold: Gold) -> Iterator[tuple[int, int]]:
    """The lines that name the list of notes and of references."""
    from corpus.layout.zones import zone_of

    for match in re.finditer(r"[^\n\r\f]+", text):
        line = match.group().strip()
        if line and zone_of(line) in ("notes", "references"):
            start = match.start() + match.group().index(line)
            yield start, start + len(line)


def note_labels(text: str, gold: Gold) -> Iterator[tuple[int, int, int]]:
    """The label of each note before its text: start, end, number."""
    for note in gold["notes"]:
        low = max(0, note["start"] - 40)
        if match := _LABEL.search(text[low : note["start"]]):
            yield low + match.start("all"), low + match.end("all"), note["n"]


def unnamed(text: str, gold: Gold) -> list[Change]:
    return [Change(a, b, "") for a, b in list_names(text, gold)]


def strangely_named(text: str, gold: Gold) -> list[Change]:
    return [Change(a, b, "Cited Works and Sources") for a, b in list_names(text, gold)]


def no_blank_lines(text: str, gold: Gold) -> list[Change]:
    return [Change(match.start(), match.end(), "") for match in _BLANK.finditer(text)]


def from_seven(text: str, gold: Gold) -> list[Change]:
    return _renumber(text, gold, lambda n, _: n + 6)


def each_page(text: str, gold: Gold) -> list[Change]:
    """Numbers that begin anew on every page; only where the notes stand at page feet."""
    pages = gold["pages"]
    firsts: dict[int, int] = {}
    for marker in gold["markers"]:
        page = bisect_right(pages, marker["start"])
        firsts[page] = min(firsts.get(page, marker["n"]), marker["n"])
    place = {marker["n"]: bisect_right(pages, marker["start"]) for marker in gold["markers"]}
    return _renumber(text, gold, lambda n, _: n - firsts.get(place.get(n, -1), 1) + 1)


def square(text: str, gold: Gold) -> list[Change]:
    return _renumber(text, gold, lambda n, _: n, "[{}]")


def rounded(text: str, gold: Gold) -> list[Change]:
    return _renumber(text, gold, lambda n, _: n, "({})")


def spaced(text: str, gold: Gold) -> list[Change]:
    return [Change(marker["start"], marker["start"], " ") for marker in gold["markers"]]


def feeds_lost(text: str, gold: Gold) -> list[Change]:
    return [Change(match.start(), match.end(), "") for match in re.finditer("\f", text)]


def noise(text: str, gold: Gold) -> list[Change]:
    """Twelve of a hundred markers as a scanner misreads them."""
    made = []
    for marker in gold["markers"]:
        digits = str(marker["n"])
        if zlib.crc32(f"{gold['id']}|{digits}".encode()) % 100 >= 12:
            continue
        misread = digits.replace("1", "l").replace("0", "O")
        made.append(Change(marker["start"], marker["end"], misread if misread != digits else "°"))
    return made


def crlf(text: str, gold: Gold) -> list[Change]:
    return [Change(match.start(), match.start(), "\r") for match in re.finditer("\n", text)]


def set_in(text: str, gold: Gold) -> list[Change]:
    """Every line four spaces from the margin, as a dump that keeps the layout has it."""
    return [
        Change(match.start(), match.start(), "    ")
        for match in re.finditer(r"(?:^|(?<=\f))(?=[^\n\f])", text, re.MULTILINE)
    ]


def downloaded(text: str, gold: Gold) -> list[Change]:
    """A notice of two lines at the foot of each page, as an archive prints it."""
    return [Change(match.start(), match.start(), f"\n{_NOTICE}\n") for match in re.finditer("\f", text)]


def counted_lines(text: str, gold: Gold) -> list[Change]:
    """Each line with its number in the margin, through the whole text, as manuscripts under review have it."""
    places = [match.start() for match in re.finditer(r"^(?=[^\n]*\S)", text, re.MULTILINE)]
    return [Change(at + (text[at] == "\f"), at + (text[at] == "\f"), f"{n:<4} ") for n, at in enumerate(places, 1)]


def ligatures(text: str, gold: Gold) -> list[Change]:
    """ "fi", "fl" and "ff" as one sign each, and hyphens at line ends as soft hyphens."""
    signs = {"ffi": "ﬃ", "ffl": "ﬄ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}
    made = [Change(*match.span(), signs[match.group()]) for match in re.finditer("ff[il]|f[ilf]", text)]
    made += [Change(*match.span(), "\u00ad") for match in re.finditer(r"(?<=[a-z])-(?=\n[a-z])", text)]
    return sorted(made)


def _renumber(text: str, gold: Gold, number: Callable[[int, str], int], form: str = "{}") -> list[Change]:
    made = [
        Change(marker["start"], marker["end"], form.format(number(marker["n"], "marker"))) for marker in gold["markers"]
    ]
    for start, end, n in note_labels(text, gold):
        label = text[start:end]
        digits = re.search(r"\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+", label)
        assert digits is not None
        new = str(number(n, "note"))
        made.append(Change(start, end, form.format(new) if form != "{}" else label.replace(digits.group(), new, 1)))
    renamed = {n["id"]: number(n["n"], "note") for n in gold["notes"]}
    gold["notes"] = [{**n, "n": renamed[n["id"]]} for n in gold["notes"]]
    gold["markers"] = [{**m, "n": number(m["n"], "marker")} for m in gold["markers"]]
    return sorted(made)


def _has_notes(text: str, gold: Gold) -> bool:
    return bool(gold["notes"])


def _has_feeds(text: str, gold: Gold) -> bool:
    return "\f" in text


def _tells_brackets(text: str, gold: Gold) -> bool:
    """Notes in the file, and sources that are not cited as [n]: else nobody can tell one bracket from the other."""
    return bool(gold["notes"]) and gold["style"] != "bracket"


def _always(text: str, gold: Gold) -> bool:
    return True


DISTURBANCES: dict[str, tuple[Disturb, Callable[[str, Gold], bool]]] = {
    "as-it-is": (lambda text, gold: [], _always),
    "lists-unnamed": (unnamed, _always),
    "lists-strangely-named": (strangely_named, _always),
    "no-blank-lines": (no_blank_lines, _always),
    "from-seven": (from_seven, _has_notes),
    "each-page": (each_page, lambda text, gold: bool(gold["pages"]) and gold["style"] in ("foot", "chicago-foot")),
    "square": (square, _tells_brackets),
    "square-all": (square, _always),
    "round": (rounded, _tells_brackets),
    "round-all": (rounded, _always),
    "spaced": (spaced, _has_notes),
    "spaced-all": (spaced, _always),
    "feeds-lost": (feeds_lost, _has_feeds),
    "noise": (noise, _always),
    "crlf": (crlf, _always),
    "set-in": (set_in, _always),
    "downloaded": (downloaded, _has_feeds),
    "counted-lines": (counted_lines, _always),
    "ligatures": (ligatures, _always),
}


def apply(text: str, gold: Gold, changes: list[Change]) -> str:
    """The changed source; every place in ``gold`` is moved along."""
    ends = [change.end for change in changes]
    starts = [change.start for change in changes]
    shifts = [0]
    for change in changes:
        shifts.append(shifts[-1] + len(change.text) - (change.end - change.start))
    pieces, position = [], 0
    for change in changes:
        pieces += [text[position : change.start], change.text]
        position = change.end
    moved: dict[str, Callable[[int], int]] = {
        "start": lambda at: at + shifts[bisect_right(ends, at)],
        "end": lambda at: at + shifts[min(bisect_right(ends, at), bisect_left(starts, at))],
    }
    for field in ("headings", "paragraphs", "markers", "notes", "citations", "bibliography"):
        gold[field] = [{k: moved[k](v) if k in moved else v for k, v in item.items()} for item in gold[field]]
    return "".join([*pieces, text[position:]])


def read_one(task: tuple[str, str]) -> tuple[str, Gold, str, Gold] | None:
    """The disturbed article: its name, its moved truth, its text, and what is read of it."""
    name, path = task
    gold = json.loads(Path(path).with_suffix(".json").read_text("utf-8"))
    text = Path(path).read_bytes().decode()  # line ends as they are
    disturb, asked = DISTURBANCES[name]
    if not asked(text, gold):
        return None
    text = apply(text, gold, disturb(text, gold))
    return Path(path).stem, gold, text, _prediction(text)


def _prediction(text: str) -> Gold:
    import msgspec
    from notes import prediction  # the scorer's own view of an article

    from annotate.claims import find_claims
    from corpus.readers.text import read_text
    from schemas.records import Article

    found = read_text(text.encode("utf-8", "surrogatepass"), "article.txt")
    assert isinstance(found, tuple)
    article: Article = find_claims(found[0])
    plain: Any = msgspec.to_builtins(article)
    plain["references"] = [
        {"id": block.id, "block": block.id, "start": block.start, "end": block.end}
        for block in article.blocks
        if block.kind == "reference"
    ]
    made: Gold = prediction(plain)
    return made


def rows(name: str, results: list[tuple[str, Gold, str, Gold]], *, each: bool) -> Iterator[str]:
    """The line of a disturbance, after those of its articles where they are asked for."""
    from score_notes import ACC, PRF, score

    exact = {"dehyphen_exact", "title", "note_body_exact", "note_body_90", "marker_to_note", "claim_exact"}

    class Scores(defaultdict[str, Any]):
        def __missing__(self, key: str) -> Any:
            counts = key in exact or key.startswith(("cite_link", "false"))
            return self.setdefault(key, ACC() if counts else PRF())

    whole, false = Scores(), 0
    for stem, gold, text, made in results:
        wanted = {(m["start"], m["end"], m["n"]) for m in gold["markers"]}
        wrong = sum((m["start"], m["end"], m["n"]) not in wanted for m in made["markers"])
        false += wrong
        score(gold, made, text, whole)
        if each:
            own = Scores()
            score(gold, made, text, own)
            yield f"  {stem:<34}{_line(own, wrong)}"
    yield f"{name:<22}{len(results):>4} {_line(whole, false)}"


HEAD = f"{'':<22}{'n':>4} {'marker P':>9}{'R':>7}{'F':>7}{'linked':>8}{'body':>7}{'claim':>7}{'para':>7}{'head':>7}{'entry':>7}{'title':>7}{'false':>7}"


def _line(scores: Any, false: int) -> str:
    marker = scores["marker"].row()
    shown = [marker["P"], marker["R"], marker["F"]]
    shown += [scores[key].row()["acc"] for key in ("marker_to_note", "note_body_exact", "claim_exact")]
    shown += [scores[key].row()["F"] for key in ("para_start", "heading", "bib_entry")]
    shown.append(scores["title"].row()["acc"])
    widths = (9, 7, 7, 8, 7, 7, 7, 7, 7, 7)
    cells = "".join(f"{'-' if v is None else v:>{w}}" for v, w in zip(shown, widths, strict=True))
    return f"{cells}{false:>7}"


def main() -> None:
    words = [word for word in sys.argv[1:] if word != "--each"]
    names = [word for word in words if word in DISTURBANCES]
    folders = [word for word in words if word not in DISTURBANCES]
    shared = Path(folders[0] if folders else os.environ.get("ADFONTES_SHARED", ROOT.parent / "shared"))
    if not (shared / "bench").is_dir():
        print(f"skipped: disturbed articles (no scorers in {shared.name}/bench)")
        return
    sys.path.insert(0, str(shared / "bench"))
    paths = sorted(map(str, (shared / "data" / "notes" / "dev").glob("*.txt")))
    print(HEAD, flush=True)
    with Pool(2) as pool:
        for name in names or DISTURBANCES:
            found = pool.imap(read_one, [(name, path) for path in paths], chunksize=4)
            for line in rows(name, [one for one in found if one is not None], each="--each" in sys.argv):
                print(line, flush=True)


if __name__ == "__main__":
    main()
