"""Mutated .bib files: no crash, no hang, no entry lost in silence. 300 in every run, 10,000 under ``-m fuzz``."""

from __future__ import annotations

import random
import re
import time

import pytest

from bibliography.bibtex import Library, read_bibtex, write_bibtex
from bibliography.csl import csl_to_entry, entry_to_csl

BASE = r"""% Encoding: UTF-8
@string{js = {Soviet Studies}}
@preamble{"\newcommand{\noopsort}[1]{}"}

@article{Zlatic:1968,
  author    = {Zlati\'{c}, Larisa and {Gosplan SSSR} and van der Wurff, Wim},
  title     = "A {B} # {C}ase @ home, 50\% of \textit{it}",
  journal   = js # " (new series)",
  year      = 1968,
  abstract  = {Line one, x = 5;
  line two, see smith@example.org (2014, p. 3).},
}

@Book(second_1969,
  title = {Second},
  year = {1969}
)
@comment{jabref-meta: databaseType:bibtex;}
@incollection{three-c, title = {Third}, pages = {1--2}, crossref = {second_1969}}
@online{four+d, title = {Fourth}, url = {https://example.org/a_b?c=d&e=f#g}, urldate = {2024-05-01}, note = {a\\b}}

@thesis{five.e,
	author = "M{\"u}ller, Jörg",
	title = {{Fifth}: Über {Ä}rger},
	month = jan,
	date = {1933/1936},
}
"""
_PIECES = [
    "{",
    "}",
    '"',
    ",",
    "=",
    "@",
    "#",
    "\\",
    "\n",
    "(",
    ")",
    "@book{",
    "\n@",
    "%",
    "\x00",
    "é",
    "$",
    " and ",
    "\r\n",
    "},",
    "}}",
    ",,",
]
_HEAD = re.compile(r"^[ \t]*@(?P<type>\w+)[ \t]*[{(][ \t]*(?P<key>[\w:.+-]+)[ \t]*,", re.MULTILINE)


def _mutate(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(5)
        if kind == 0:
            text = text[:at] + rng.choice(_PIECES) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + rng.randint(1, 12) :]
        elif kind == 2:
            text = text[:at] + rng.choice(_PIECES) + text[at + rng.randint(1, 3) :]
        elif kind == 3:  # a piece of the file stands somewhere else too
            begin = rng.randrange(len(text) + 1)
            text = text[:at] + text[begin : begin + rng.randint(1, 200)] + text[at:]
        elif rng.random() < 0.3:
            text = text[:at]
    return text


def _check(text: str) -> Library:
    library = read_bibtex(text, "f.bib")
    keys = [entry.key for entry in library.entries]
    assert len(keys) == len(set(keys))
    told = "\n".join(problem.message for problem in library.problems)
    for head in _HEAD.finditer(text):
        if head["type"].lower() in ("comment", "string", "preamble"):
            continue
        count = sum(found["key"] == head["key"] for found in _HEAD.finditer(text))
        held = sum(re.fullmatch(re.escape(head["key"]) + r"(-\d+)*", key) is not None for key in keys)
        assert held >= count or head["key"] in told, head[0]
    for entry in library.entries:
        assert 0 <= entry.start < entry.end <= len(text)
        written = write_bibtex([csl_to_entry(entry_to_csl(entry), "k")])
        again = read_bibtex(written, "g.bib")
        assert [problem.code for problem in again.problems] == []
        assert [other.key for other in again.entries] == ["k"]
        assert [e.key for e in read_bibtex(write_bibtex([entry]), "g.bib").entries] == [entry.key]
    return library


def _run(seed: int, count: int) -> None:
    rng = random.Random(seed)
    slowest = 0.0
    for _ in range(count):
        text = _mutate(BASE, rng)
        began = time.process_time()
        _check(text)
        slowest = max(slowest, time.process_time() - began)
    assert slowest < 5  # a hang, not a speed: each takes milliseconds


def test_the_base_is_sound() -> None:
    library = _check(BASE)
    assert library.problems == ()
    assert [entry.key for entry in library.entries] == ["Zlatic:1968", "second_1969", "three-c", "four+d", "five.e"]


def test_mutated_files() -> None:
    _run(1968, 300)


@pytest.mark.fuzz
def test_many_mutated_files() -> None:
    _run(1969, 10_000)
