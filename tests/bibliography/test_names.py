"""One name to its parts, folded names, initials that agree, keys."""

from __future__ import annotations

import pytest

from bibliography.headings import Call, HeadIndex, head_of
from bibliography.keys import Keys
from bibliography.names import fold_name, initials_agree, join_name, parse_name


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        ("Lenin VI", "Lenin", "VI"),
        ("Petrov YuA", "Petrov", "YuA"),
        ("Simkhovich M", "Simkhovich", "M"),
        ("A. C. Sutton", "Sutton", "A. C."),
        ("A.C. Sutton", "Sutton", "A.C."),
        ("Sutton, Antony C.", "Sutton", "Antony C."),
        ("Stump G. T.", "Stump", "G. T."),
        ("Wolfgang Klein and Clive Perdue", "Klein", "Wolfgang"),
        ("Wen Li", "Li", "Wen"),
        ("Plato", "Plato", ""),
        ("Шпотов Б. М.", "Шпотов", "Б. М."),
        ("Juárez C. R.", "Juárez", "C. R."),
        ("", "", ""),
    ],
)
def test_parse_name(written: str, family: str, given: str) -> None:
    name = parse_name(written)
    assert (name.get("family", ""), name.get("given", "")) == (family, given)


@pytest.mark.parametrize("written", ["van der Wurff, W.", "W. van der Wurff"])
def test_particles(written: str) -> None:
    assert parse_name(written) == {"non-dropping-particle": "van der", "family": "Wurff", "given": "W."}
    assert join_name(parse_name(written)) == "van der Wurff, W."


def test_bodies_and_suffixes() -> None:
    assert parse_name("ATLAS Collaboration") == {"literal": "ATLAS Collaboration"}
    assert parse_name("{Ministry of Trade}") == {"literal": "Ministry of Trade"}
    assert parse_name("Sprague GF Jr.") == {"family": "Sprague", "given": "GF", "suffix": "Jr."}
    assert parse_name("King, Martin Luther, Jr.") == {"family": "King", "given": "Martin Luther", "suffix": "Jr."}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller", "Muller"), ("O’Brien", "O'Brien"), ("Шпотов", "Shpotov"), ("Łódź", "lodz"), ("Jean-Paul", "Jean‐Paul")],
)
def test_folded_names_meet(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("A.C.", "Antony C.", True),
        ("A.", "Antony C.", True),
        ("YuA", "Yuri A.", True),
        ("VI", "Vladimir Ilyich", True),
        ("J.-P.", "Jean-Pierre", True),
        (None, "Antony", True),
        ("A.", "B.", False),
        ("Antony", "Anna", False),
        ("A.B.", "A.C.", False),
    ],
)
def test_initials(one: str | None, other: str | None, agree: bool) -> None:
    assert initials_agree(one, other) is agree
    assert initials_agree(other, one) is agree


def test_keys() -> None:
    item = {"author": [{"family": "Шпотов"}], "title": "Американский бизнес", "issued": {"date-parts": [[2013]]}}
    assert Keys().make(item) == "shpotov2013amerikanskii"
    taken = {"shpotov2013amerikanskii", "shpotov2013amerikanskiia"}
    assert Keys(taken=taken).make(item) == "shpotov2013amerikanskiib"
    assert Keys().make({}) == "source"
    assert Keys().make({"archive": "BOA", "archive_location": "HAT 204/10602"}) == "boahat20410602"
    assert parse_name("Statistics Finland") == {"literal": "Statistics Finland"}
    assert Keys().make({"title": "The 5 % rule", "issued": {"literal": "c. 1931?"}}) == "19315"
    assert Keys().make({"title": "The Of"}) == "the"


def test_heads_meet_across_romanisations_but_plain_names_stay_apart() -> None:
    entries = {
        "shpotov": "Шпотов, Б. М. 2013. Американский бизнес. М.: ЛКИ.",
        "goessmann": "Gößmann, Anna. 2013. Wege. Berlin: Hain.",
        "marsh": "Marsh, A. 2013. Fens. London: Dent.",
        "shcherbakov": "Shcherbakov, I. 2013. Notes. London: Dent.",
    }
    heads = HeadIndex(head_of(key, {}, raw) for key, raw in entries.items())
    found = {
        name: heads.find(Call((name,), years=(2013,))).key
        for name in ("Schpotow", "Špotov", "Goessmann", "Щербаков", "March")
    }
    assert found == {
        "Schpotow": "shpotov",
        "Špotov": "shpotov",
        "Goessmann": "goessmann",
        "Щербаков": "shcherbakov",
        "March": None,
    }
