"""The words of back-references, language by language, in one place: what cuts notes and what reads them share it.

Alternatives of regular expressions that hold in verbose mode as well; all are meant for IGNORECASE. To add a language, add
its words here, its signals in bibliography.parse.signals, and a line to the tests of both.
"""

from __future__ import annotations

# Ibid. and its sisters: the one source cited just before
IBID = (
    r"ibid(?:em)?(?!\w) | ib(?:\.|(?=\s*$)) | ibíd(?:em)?(?!\w) | ibídem(?!\w) | ebda?(?!\w)\.? | ebenda(?!\w) | ebendort(?!\w) | ivi(?!\w)"
    r" | там\s+же(?!\w) | там\s+само(?!\w) | тамсама(?!\w) | тамо\s+же(?!\w) | tam\s+zhe(?!\w) | tam\s+samo(?!\w)"
    r" | tamże(?!\w) | tamtéž(?!\w)"
)
# At a note's beginning only: behind pages, "aldaar 50" is Dutch for the page that is meant
IBID_FIRST = r"aldaar(?!\w)"
# The same place, alone in a note
SAME_PLACE = r"loc\.?\s*cit\.? | l\.\s?c(?!\w)\.? | a\.\s?a\.\s?O(?!\w)\.?(?=\s*$|,?\s*(?:S\.\s*)?\d)"
# Op. cit. and its sisters behind an author: the work of that author cited before
OP_CIT = (
    r"op\.?\s*cit(?!\w)\.? | ob\.?\s*cit(?!\w)\.? | (?:ouvr\.?|ouvrage|op\.)\s*cit(?:(?!\w)\.?|é(?!\w)) | loc\.?\s*cit(?!\w)\.? | o\.\s?c(?!\w)\.? | (?-i:c\.\s?d\. | a\.\s?w(?!\w)\.? | a\.\s?a(?!\w|\.?\s?O)\.?)"
    r" | a\.\s?a\.\s?O(?!\w)\.? | am\s+angegebenen\s+Ort(?:e)? | op\.?\s*cyt(?!\w)\.? | dz\.?\s*cyt(?!\w)\.? | aang(?:ehaald|\.)\s*w(?:erk|\.)"
    r" | указ(?:\.|анн?(?:ое|ая))\s*(?:соч|раб|изд)\w*\.? | цит\.\s*(?:соч|раб)\w*\.? | uk(?:az)?\.?\s*soch\.?"
    r" | (?:вказ|зазнач|назв)(?:\.|[ае]н[аеи]й?)\s*(?:праця|прац|твір|тв|пр)(?!\w)\.? | тв\.?\s*зг\.?"
)
# The same of an article: a work with a container
ART_CIT = r"art(?:\.|icle)?\s*cit(?:(?!\w)\.?|é(?!\w)) | art\.?\s*cyt(?!\w)\.? | указ(?:\.|анная)\s*ст(?:атья|\.) | (?:вказ|зазнач)(?:\.|[ае]на)\s*ст(?:аття|\.)"
# Idem: the author only; a title follows
IDEM = (
    r"idem | id\. | eadem | ead\. | iidem | ders(?:elbe|\.) | dies(?:elben?|\.) | le\s+même | la\s+même | týž | táž | tíž | tentýž | tenże | tegoż | taż | tejże | ciż"
    r" | он\s+же | она\s+же | его\s+же | е[её]\s+же | их\s+же | він\s+же | вона\s+ж(?:е)? | його\s+ж(?:е)? | її\s+ж(?:е)? | ён\s+жа | on\s+zhe | ona\s+zhe"
)
NOTE = (
    r"(?:foot|end)?notes?(?!\w) | fn?n\. | nn?\. | Anm(?:erkung(?:en)?(?!\w)|\.) | Fn\. | Fu(?:ß|ss)noten?(?!\w) | nota[s]?(?!\w) | not[ae](?!\w) | noot(?!\w)"
    r" | przyp(?:is(?!\w)|\.) | pozn\. | прим(?:ечани[еяю](?!\w)|\.) | приміт(?:к[аиу](?!\w)|\.) | сноск[аеиу](?!\w) | виноск[аиу](?!\w)"
)
# OSCOLA and AGLC write no stop: "n 5". Elsewhere that is a sample's size, so who uses it asks for more than these letters.
BARE_NOTE = r"nn?(?=\s\d{1,3}(?!\d|\s?[=%]|[.,:]\d))"
ABOVE = (
    r"above | below | supra | infra | oben | unten | ci-dessus | ci-dessous | plus\s+haut | plus\s+bas | sopra | sotto | más\s+arriba | arriba"
    r" | hierboven | hieronder | wyżej | niżej | выше | ниже | вище | нижче"
)
SEE = (
    r"see | cf\.? | compare | vgl\. | jfr\.? | siehe | s\.(?=\s(?:oben|unten|Anm|Fn|auch)) | voir | cfr\.? | si\s+veda | vedi | véase | véanse | ver | veja(?:-se)? | viz | vide | zie | zob\. | por\."
    r" | см\. | ср\. | див\. | пор\."
)
ALSO = r"also | auch | aussi | anche | também | také | též | también | ook | też | także | также | також"


def compact(words: str) -> str:
    """The same alternatives for a pattern that is not verbose."""
    return words.replace(" | ", "|").strip()
