"""Names of the parts of a paper: "Abstract", "Notes", "References", in the languages that scholars write."""

from __future__ import annotations

import re

from corpus.layout.draft import ZoneKind

_NAMES: dict[ZoneKind, str] = {
    "abstract": "abstract|abstracts|summary|résumés|résumé|zusammenfassung|riassunto|resumen|аннотация|реферат",
    "keywords": "keywords|key words|mots-clés|mots clés|schlagwörter|schlüsselwörter|parole chiave|palabras clave"
    "|ключевые слова",
    "how-to-cite": "how to cite|how to cite this article|please cite as|please cite|to cite this article|cite this article as|zitiervorschlag|pour citer cet article|suggested citation|recommended citation|cite as"
    "|для цитирования",
    "notes": "notes|note|endnotes|end notes|footnotes|notes and references|fußnoten|anmerkungen|endnoten|notes de fin"
    "|note al testo|notas|примечания|сноски",
    "references": "references|reference list|list of references|literature|literature cited|works cited|bibliography"
    "|select bibliography|cited literature|sources|sources and literature|bibliographie|références"
    "|références bibliographiques|literatur|literaturverzeichnis|quellen und literatur"
    "|bibliografia|bibliografía|bibliografie|literatuur|bronnen|fuentes|fonti"
    "|riferimenti bibliografici|referencias|литература|список литературы|библиография|библиографические ссылки"
    "|источники и литература",
}
_BY_NAME: dict[str, ZoneKind] = {name.casefold(): kind for kind, names in _NAMES.items() for name in names.split("|")}
_NUMBERING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)]?\s+")  # "5. References"
_INLINE_ZONES: tuple[ZoneKind, ...] = ("abstract", "keywords", "how-to-cite")
_INLINE_NAMES = sorted((name for zone in _INLINE_ZONES for name in _NAMES[zone].split("|")), key=len, reverse=True)
_INLINE = re.compile(  # "Keywords: grain, export"; "Abstract. This paper"
    rf"(?P<name>{'|'.join(re.escape(name) for name in _INLINE_NAMES)})\s?(?P<mark>[:.—–])\s*(?=\S)", re.IGNORECASE
)
_LONGEST = 48
_AFTER_LISTS = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:acknowledg|appendi|abbreviations|author|about the author|funding|conflict|supporting"
    r"|danksagung|remerciements|anhang|annexe|приложени|благодарност|об автор|сведения об автор"
    r"|(?:chapter|part|book|kapitel|teil|chapitre|partie|глава|часть)\s+[\w.]+(?:\W|$))",
    re.IGNORECASE,
)


def zone_of(text: str) -> ZoneKind | None:
    """Which zone a line opens, if it is nothing but the name of one.

    >>> zone_of("REFERENCES"), zone_of("6. Список литературы"), zone_of("Notes on the grain trade")
    ('references', 'references', None)
    """
    if len(text) > _LONGEST or text[0].islower():
        return None
    bare = _NUMBERING.sub("", text).strip(" :.*#=—–-")
    return _BY_NAME.get(" ".join(bare.casefold().split()))


def ends_lists(text: str) -> bool:
    """Whether a line is the name of a part that cannot stand inside a list of notes or references.

    >>> ends_lists("Appendix: Bells by parish"), ends_lists("Chapter Two"), ends_lists("Chapter two was lost in the fire.")
    (True, True, False)
    """
    return len(text) < 60 and text[-1] not in ".;," and _AFTER_LISTS.match(text) is not None


def inline_zone(text: str) -> tuple[ZoneKind, int] | None:
    """The zone that a paragraph itself names at its beginning, and how long that name is.

    >>> inline_zone("Keywords: grain, export")
    ('keywords', 10)
    """
    match = _INLINE.match(text[:80])
    if match is None or text[0].islower():
        return None
    zone = _BY_NAME[match["name"].casefold()]
    if zone == "abstract" and match["mark"] not in ":." and match["name"] != match["name"].upper():
        return None
    return zone, match.end()
