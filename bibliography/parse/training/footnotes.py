"""Whole footnotes put together from rendered references, short forms, back-references, signals and comments.

>>> compose(1, seed=3, comments=("It was so.",))[0].raw == compose(1, seed=3, comments=("It was so.",))[0].raw
True
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from bibliography.parse.training import archival, cyrillic, latin
from bibliography.parse.training.noise import add_noise
from bibliography.parse.training.public import Labelled
from bibliography.parse.training.records import Record, draw_record, romanise, stock
from bibliography.parse.training.render import Style
from bibliography.parse.training.writer import Writer, full, initials

_SIGNALS = {
    "en": ("See", "see", "See also", "see also", "Cf.", "cf.", "But see", "but see", "See, for example,", "see e.g.", "Compare", "compare", "Quoted in", "quoted in", "Cited in", "See especially", "See further", "In", "E.g.,", "as quoted in", "Contrast", "see in particular", "As cited in"),
    "de": ("Vgl.", "vgl.", "Siehe", "siehe", "Vgl. auch", "vgl. dazu", "Siehe dazu", "Zit. nach", "zit. nach", "Dazu", "dazu", "So", "Anders", "Siehe auch", "S."),
    "fr": ("Voir", "voir", "Voir aussi", "Cf.", "cf.", "Cité par", "cité dans", "Voir notamment"),
    "it": ("Cfr.", "cfr.", "Si veda", "si veda", "Vedi", "Cfr. anche", "cit. in", "Si vedano"),
    "ru": ("См.:", "см.:", "См. также:", "Ср.:", "ср.", "Подробнее см.:", "Цит. по:", "См.", "см., напр.:", "Подробнее об этом см.:"),
}  # fmt: skip
_IBID = {
    "en": ("Ibid.", "Ibid", "ibid.", "Ibid.,", "Ibid.:", "Ibidem", "Idem,"),
    "de": ("Ebd.", "Ebenda", "ebd.", "Ebd.,"),
    "fr": ("Ibid.", "ibid.,", "Ibid.,"),
    "it": ("Ivi,", "Ibid.,", "ivi,", "Ibidem"),
    "ru": ("Там же", "Там же.", "там же."),
}
_OP_CIT = {"en": "op. cit.", "de": "a.a.O.", "fr": "op. cit.", "it": "op. cit.", "ru": "Указ. соч."}
_CROSS = {
    "en": ("See note {} above", "see note {}", "See n. {}", "See above, n. {}", "Cf. note {} below", "See above"),
    "de": ("Siehe Anm. {}", "Wie Anm. {}", "Vgl. Anm. {}", "Siehe oben, Anm. {}"),
    "fr": ("Voir note {}", "Voir supra, note {}"),
    "it": ("Vedi nota {}", "Cfr. supra, nota {}"),
    "ru": ("См. прим. {}", "См. примечание {}", "См. сноску {}"),
}
_LEADS = {
    "en": ("For {}, ", "On {}, ", "For a discussion of {} ", "On the question of {} ", "For an overview of {}, "),
    "de": ("Zu {} ", "Zur Frage {} ", "Über {} "),
    "fr": ("Sur {}, ", "À propos {}, "),
    "it": ("Su {}, ", "Sul tema {} "),
    "ru": ("О роли {} ", "Об истории {} "),
}
_FOLLOWS = (
    " for a different interpretation",
    " for the background",
    " argues that the reform failed",
    ", who gives other figures",
    " on the early years",
    ", which remains the standard account",
    " for a summary of the debate",
    ", with further literature",
)
_STYLES: dict[str, tuple[Style, ...]] = {
    "en": (latin.chicago_note, latin.chicago_note, latin.chicago_note, latin.mhra, latin.mhra, archival.western_archive, archival.russian_archive),
    "de": (latin.german, latin.german, latin.german, archival.western_archive),
    "fr": (latin.french, latin.french, archival.western_archive),
    "it": (latin.italian, latin.italian, archival.western_archive),
    "ru": (cyrillic.gost_reference, cyrillic.gost_reference, archival.russian_archive),
}  # fmt: skip


def compose(count: int, *, seed: int, comments: Sequence[str]) -> list[Labelled]:
    """As many footnotes; ``comments`` are English sentences of prose, to stand among those of the word stock."""
    rng = random.Random(seed)
    return [add_noise(_note(rng, comments), rng, 0.1) for _ in range(count)]


def _note(rng: random.Random, comments: Sequence[str]) -> Labelled:
    language = rng.choices(("en", "de", "fr", "it", "ru"), (46, 16, 8, 8, 22))[0]
    out = Writer()
    if rng.random() < 0.2:
        out.put(str(rng.randint(1, 200)), "note-number").put(rng.choice((" ", ". ", ") ")))
    if rng.random() < 0.07:
        out.put(" ".join(_comment(rng, language, comments) for _ in range(rng.choice((1, 1, 2)))), "comment")
        return out.done()
    if rng.random() < 0.12:
        out.put(_comment(rng, language, comments), "comment").put(" ")
    count = rng.choices((1, 2, 3, 4), (52, 28, 13, 7))[0]
    for at in range(count):
        if at:
            last = at == count - 1
            parting = rng.choices(
                ("; ", ". ", ", ", "; and ", " and "),
                (80, 8, 3, 7 if last else 0, 2 if last and language == "en" else 0),
            )[0]
            if out.text.endswith("."):
                parting = (
                    " " if parting == ". " else rng.choice((" ", "")) + parting.lstrip() if parting == ". " else parting
                )
            out.put(parting)
        _statement(out, rng, language, comments)
    if rng.random() < 0.8 and not out.text.endswith("."):
        out.put(".")
    if rng.random() < 0.15:
        out.put(" ").put(_comment(rng, language, comments), "comment")
    return out.done()


def _statement(out: Writer, rng: random.Random, language: str, comments: Sequence[str]) -> None:
    if rng.random() < 0.1:
        topic = rng.choice(
            stock(
                {"ru": "topics_ru", "de": "topics_de", "fr": "topics_fr", "it": "topics_it"}.get(language, "topics_en")
            )
        ).split("|")[0]
        lead = rng.choice(_LEADS[language]).format(topic)
        out.put(lead.rstrip(), "comment").put(lead[len(lead.rstrip()) :])
        out.put(rng.choice([signal for signal in _SIGNALS[language] if signal[0].islower()]), "signal").put(" ")
    elif rng.random() < 0.06 and language == "en" and comments:
        words = rng.choice(comments).rstrip(".").split()[: rng.randint(4, 14)]
        out.put(
            " ".join(words) + rng.choice((", as", " (see", ", following", " according to", " by", " in")), "comment"
        ).put(" ")
    elif rng.random() < 0.4:
        out.put(rng.choice(_SIGNALS[language]), "signal").put(" ")
    kind = rng.choices(("full", "short", "ibid", "op-cit", "cross"), (58, 17, 12, 9, 4))[0]
    if kind == "ibid":
        back = Writer().put(rng.choice(_IBID[language]))
        _locator(back, rng, language)
        out.put(back.text, "ibid")
    elif kind == "cross":
        out.put(rng.choice(_CROSS[language]).format(rng.randint(1, 90)), "cross-reference")
    elif kind == "op-cit":
        record = draw_record(rng, "book", language)
        back = Writer().put(_surname(record, rng, language)).put(" " if language == "ru" else ", ")
        back.put(_OP_CIT[language])
        _locator(back, rng, language)
        out.put(back.text, "op-cit")
    else:
        text = _short(rng, language) if kind == "short" else _full(rng, language)
        out.put(text, "reference")
        if rng.random() < 0.07 and language == "en":
            out.put(rng.choice(_FOLLOWS), "comment")


def _full(rng: random.Random, language: str) -> str:
    style = rng.choice(_STYLES[language])
    kind = rng.choices(("article", "book", "chapter", "works", "thesis", "newspaper", "web"), (28, 40, 14, 5, 4, 7, 2))[
        0
    ]
    if kind == "web" and language == "ru":
        kind = "article"
    record = draw_record(
        rng, kind, language if language != "en" or rng.random() < 0.85 else rng.choice(("ru", "fr", "de"))
    )
    if record.language == "ru" and language != "ru" and style is not archival.russian_archive:
        record = romanise(record)
    if style is archival.western_archive and record.language == "ru":
        record = draw_record(rng, kind, "en")
    reference = style(record, rng).done()
    skipped = [
        end for start, end, label in reference.spans if label in ("note-number", "citation-number") and start < 2
    ]
    text = reference.raw[skipped[0] if skipped else 0 :].lstrip(" .)]")
    return text.rstrip(".") if rng.random() < 0.9 else text


def _short(rng: random.Random, language: str) -> str:
    record = draw_record(rng, "book", language)
    words = record.title.split()
    cut = " ".join(words[: rng.randint(2, max(2, min(6, len(words))))]).rstrip(",:.")
    title = f"“{cut},”" if rng.random() < 0.3 and language == "en" else cut
    out = Writer().put(_surname(record, rng, language)).put(" " if language == "ru" else ", ").put(title)
    if language == "de" and rng.random() < 0.3:
        out.put(f" (wie Anm. {rng.randint(1, 90)})")
    _locator(out, rng, language)
    return out.text


def _surname(record: Record, rng: random.Random, language: str) -> str:
    person = record.authors[0]
    if language == "ru":
        return f"{person.family} {initials(person)}"
    chance = rng.random()
    if chance < 0.75:
        return (
            person.family
            if len(record.authors) == 1 or rng.random() < 0.5
            else f"{person.family} and {record.authors[1].family}"
        )
    return f"{full(person)} {person.family}" if chance < 0.9 else f"{initials(person)} {person.family}"


def _locator(out: Writer, rng: random.Random, language: str) -> None:
    if rng.random() < 0.2:
        return
    first = rng.randint(1, 600)
    pages = rng.choice((str(first), str(first), f"{first}–{first + rng.randint(1, 30)}", f"{first}, {first + 5}"))
    word = {"en": rng.choice(("", "", "p. ", "pp. ")), "de": "S. ", "fr": "p. ", "it": "p. ", "ru": "С. "}[language]
    if rng.random() < 0.08:
        word, pages = (
            rng.choice((("l. ", pages), ("f. ", str(first)), ("box ", str(first)), ("n. ", str(first))))
            if language != "ru"
            else ("Л. ", pages)
        )
    joint = (
        " "
        if out.text.endswith((",", ".”", ",”"))
        else ". "
        if language == "ru" and not out.text.endswith(".")
        else " "
        if language == "ru"
        else ", "
    )
    out.put(joint + word + pages)


def _comment(rng: random.Random, language: str, comments: Sequence[str]) -> str:
    if language == "en" and comments and rng.random() < 0.8:
        return rng.choice(comments)
    return rng.choice([line[3:] for line in stock("comments") if line.startswith(language + "|")])
