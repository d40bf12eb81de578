"""Citations of classical works: what is believed, on which signs, and what is left alone."""

from __future__ import annotations

import pytest

from annotate.annotators.classics import find_classics


def cited(text: str) -> list[str]:
    return [f"{name.label[0]} {text[name.start : name.end]} = {name.name}" for name in find_classics(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("as Hom. Il. 2.14 has it", ["P Hom. = Homer", "W Il. = Iliad"]),
        ("(Cic. Att. 1.16.5)", ["P Cic. = Cicero", "W Att. = Letters to Atticus"]),
        ("cp. Plat. Rep. 1. p. 335 D", ["P Plat. = Plato", "W Rep. = Republic"]),
        ("Arist. Eth. Nic. 1094a1", ["P Arist. = Aristotle", "W Eth. Nic. = Nicomachean Ethics"]),
        ("Thuc. 1.22 and Hdt. iii 5", ["P Thuc. = Thucydides", "P Hdt. = Herodotus"]),
        ("Thuc 1.22", ["P Thuc = Thucydides"]),
        ("Homer, Iliad 2.14", ["P Homer = Homer", "W Iliad = Iliad"]),
        ("Plin. HN 35.2; Plin. Ep. 6.16", ["P Plin. = Pliny the Elder", "W HN = Natural History", "P Plin. = Pliny the Younger", "W Ep. = Letters"]),
        ("Anth. Pal. 7.12 praises her", ["W Anth. Pal. = Palatine Anthology"]),
        # the manner of Liddell and Scott
        ("S.OT 134, E.Hipp.32, Hdt.1.5", ["P S. = Sophocles", "W OT = Oedipus Tyrannus", "P E. = Euripides", "W Hipp. = Hippolytus", "P Hdt. = Herodotus"]),
        # a work goes on from its author, also a title that never stands alone
        ("Cic. Att. 1.16; Fam. 3.2", ["P Cic. = Cicero", "W Att. = Letters to Atticus", "W Fam. = Letters to Friends"]),
        # a work alone, by the author elsewhere, by his full name, by Greek
        ("Soph. Aj. 55. The king dies. Cf. Ant. 450", ["P Soph. = Sophocles", "W Aj. = Ajax", "W Ant. = Antigone"]),
        ("So Sophocles says (O. T. 134)", ["W O. T. = Oedipus Tyrannus"]),
        ("πολλὰ μὲν ἔδωκας, ὦ Ζεῦ, Trach. 1", ["W Trach. = Trachiniae"]),
        # two poets wrote an Electra: no name is made up
        ("πᾶσα γῆ, ὧδε πάλιν ἔρως, El. 864", ["W El. = El."]),
    ],
)  # fmt: skip
def test_citations(text: str, names: list[str]) -> None:
    assert cited(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Sen. Ben Cardin and Rep. John Lewis met Gen. Lee.",
        "See fig. 2, Cat. 12 and Ill. 4; Inv. 3.",
        "cf. Ant. 450 in the ant catalogue",  # no sign of a classical text
        "The fund paid Eur. 1200 million, or Eur. 5%.",
        "1 Tim. 2 and Phil. 2 are letters of Paul.",
        "Peace 1919 and Ion 5 are ships.",
        "Liv. 3 and Dem. 2020",
        "Livy wrote history, and Plato wrote the Republic.",
        "in Dec. 1931, the A. and B. 5 lines, Act. 3",
        "",
    ],
)
def test_modern_prose_is_left_alone(text: str) -> None:
    assert cited(text) == []


def test_books_of_the_bible_are_not_plutarch() -> None:
    assert cited("Thuc. 1.22, then 1 Tim. 2 and 2 Tim. 4") == ["P Thuc. = Thucydides"]


def test_spans_are_exact_over_line_breaks() -> None:
    text = "see Soph.\nO. T. 15"
    assert [(name.start, name.end) for name in find_classics(text)] == [(4, 9), (10, 15)]


def test_nothing_runs_over_a_blank_line() -> None:
    assert cited("Hom.\n\nIl. 2.14") == []
