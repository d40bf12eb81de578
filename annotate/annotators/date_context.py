"""What stands around a number or a month tells whether it is a date: "in 1850", "1850 tons", "p. 1850", "May I".

Every test looks at a window of a few dozen characters, so that it costs the same in a text of any length.
"""

from __future__ import annotations

import re

from annotate.annotators.units import starts_with_unit

WINDOW = 32

# "p. 1850", "No. 1914", "fond 1613", "Ser. 1877": the number of a page, a file, a law
LABEL_BEFORE = re.compile(
    r"""(?:\b(?:pp?|pgs?|pages?|nos?|№|numbers?|vols?|volumes?|ch|chap|chapters?|sect?|sections?|art|articles?|rpt|folders?|cartons?|bundles?|dossiers?|para?
      |paragraphs?|ser|series|box|boxes|file|files|fond|f|ff|fol|folios?|op|opis|d|delo|l|ll|roll|reel|doc|docs|documents?
      |items?|rooms?|flight|boeing|rule|lot|case|docket|bill|decree|act|order|resolution|regulation|fig|figs|figures?|tables?
      |plates?|lines?|column|cols?|rept?|report|ms|mss|cod|isbn|issn|doi|http|www|stat|model|type|highway|route
      |legajos?|ramo|tomo|caja|expediente|busta|filza|registro|liasse|cote|inventory|shelfmark|footnotes?|endnotes?|nn?(?=\.)
      |(?<=under\s)ss?(?=\.)|(?<=see\s)ss?(?=\.)|(?<=by\s)ss?(?=\.)
      |(?:leg|exp|reg|inv|rep|bd|bde|bl|nr|add|cap|lib|tit|can|t|fasc|ep|hss?|eds?)(?=\.))
      \.?[\s:]{0,3}|[#№§¶@]\s?)\Z""",
    re.VERBOSE | re.IGNORECASE,
)
PAGES_BEFORE = re.compile(r"\bpp?\.\s?(?:\d{1,5}\s?[,–—-]\s?){1,6}\Z")  # the second number of "p. 1136, 1139"
CLOSED_AFTER = re.compile(r"[.,;:)\]](?!\d)|\Z")
NAME_BEFORE = re.compile(r"(?:\b[A-Z][a-z]{3,}|\b(?:term|roll|feast|eyre|session|synod|council))\s\Z")
# "in 1929 dollars", "at 1913 prices": what money was worth then
PRICES_BEFORE = re.compile(r"\b(?:in|at|constant)\s\Z")
PRICES_AFTER = re.compile(
    r"\s(?:gold\s|US\s|constant\s)?(?:dollars|pounds|roubles|rubles|francs|marks|lire|yen|pesos|rupees|prices|money)\b"
)
LIFE_BEFORE = re.compile(  # (d. 1990), (fl. c. 1310), b. 1847, d. 1910: no file of an archive
    r"(?:[(\[]\s?(?:b|d|r|m|fl|bapt)\.|\bb\.\s\d{4}[,;]\s(?:and\s)?d\.)\s?\Z"
)
DATE_BEFORE = re.compile(
    r"""\b(?:in|since|by|until|till|from|before|after|during|between|circa|ca?\.|year|years|early|late|mid|about|around
      |to|through|and|or|of|the|for|born|died|d\.|b\.|spring|summer|autumn|fall|winter|into|throughout|as\sof|around
      |this|that|on|at|[^\W\d_]{2,}[’']s|as\slate\sas|as\searly\sas|prior\sto)[\s,]{1,3}\Z""",
    re.VERBOSE | re.IGNORECASE,
)
STRONG_BEFORE = re.compile(
    r"\b(?:in|since|until|till|during|circa|ca?\.|years?|early|late|mid|born|died|spring|summer|autumn|fall|winter)\s{1,2}\Z",
    re.IGNORECASE,
)
# "1850 men", "1200 power looms": a count; but "1917 revolutions" after "the"
COUNTED_AFTER = re.compile(
    r"[\s\u00a0]{1,2}(?:[a-z]{2,12}(?:men|women|children|people|folk)|million|thousand|hundred|billion|milliard|percent|per\scent|people|men|women|soldiers|workers|troops"
    r"|prisoners|persons|inhabitants|families|houses|children|times|copies|others|of\s(?:them|these|those|whom|which|the)"
    r"|dead|killed|wounded|guns|ships|tanks|aircraft|planes|cars|cattle|sheep|horses|slaves)\b(?![’'])",
    re.IGNORECASE,
)
PLURAL_AFTER = re.compile(r"[\s\u00a0\u2060]{1,3}(?P<noun>[a-z]{3,24}s)(?![\w’'])")
NOT_PLURAL = frozenset(
    "was is has does this as its his hers ours theirs yes various previous numerous famous others serious obvious less"
    " unless across perhaps always sometimes besides towards afterwards upwards downwards forwards onwards inwards outwards whereas thus plus minus"
    " versus religious precious continuous enormous times was goes says gives makes takes remains amounts pass per us"
    " his saw sees becomes begins brings marks shows witnesses press crisis".split()
)
# what a bare year may stand before: "1988 sales", "1848 revolutions"
YEARLY_NOUNS = frozenset(
    "sales earnings results elections profits revenues taxes prices revolutions negotiations reforms events riots agreements"
    " talks estimates statistics levels exports imports harvests crops uprisings treaties strikes laws operations"
    " conditions accounts losses purges trials famines hostilities protests reports wages censuses editions budgets campaigns seasons"
    " expeditions crises epidemics floods rebellions championships".split()
)
# what the report or law of a year does: "the report of 1911 lists 37 trades"
YEAR_VERBS = frozenset(
    "lists records reports notes names mentions counts states contains includes describes indicates suggests puts sets reads"
    " stands lays tells speaks refers claims demands provides orders grants allows forbids requires confirms proves permits".split()
)
NUMBER_AFTER = re.compile(r"\s?[%°‰]|\s?[$£€](?!\s?\d)|[-–—][$£€]|,\d|\.\d(?!\d{0,2}(?:\s{1,3}[A-Z“\"(]|\s?\Z))")
MONTH_BEFORE = re.compile(
    r"\b(?:in|by|since|until|till|of|from|to|during|late|early|mid|before|after|between|and|or|last|next|this|that|through"
    r"|throughout|the\ssame|following|previous|for|around|on|beginning|into|every|each)[\s-]{1,2}\Z",
    re.IGNORECASE,
)
SURE_MONTH_BEFORE = re.compile(r"\b(?:in|since|until|till|during|late|early|mid)[\s-]{1,2}\Z", re.IGNORECASE)
MONTH_RANGE = re.compile(r"\s?[-–—/]\s?[A-Z]")  # "(August-September 1950"
NAMED = re.compile(r"\s(?!(?:of|on|to|in|and|by|was|is)\b)[A-Za-z]{4,}")  # "the August decrees"
SEASON_BEFORE = re.compile(
    r"\b(?:in|by|during|until|till|since|over|throughout|that|this|next|last|following|previous|same|late|early|mid|for"
    r"|through|into)[\s-]{1,2}(?:the\s(?:late\s|early\s|next\s|following\s|same\s|previous\s)?)?(?:and\s)?\Z"
    r"|\b(?:summer|spring|winter|autumn|fall)\sand\s\Z",
    re.IGNORECASE,
)
OWNER_BEFORE = re.compile(
    r"\b(?:his|her|their|its|my|our|your|one[’']s)\s(?:early\s|late\s|mid[-\s])?\Z", re.IGNORECASE
)
DECADE_BEFORE = re.compile(
    r"\b(?:the|of|in|early|late|mid|since|by|and|to|until|from|during)[\s-]{1,2}[’'‘]?\Z|[-–—]\Z", re.IGNORECASE
)
EARLY_DECADE_BEFORE = re.compile(r"\b(?:in\sthe|(?:the|of\sthe|in)\s(?:early|late|mid)|the)[\s-]\Z", re.IGNORECASE)
AMBIGUOUS_MONTHS = frozenset({"may", "march", "august", "april", "june"})
SHORT_MONTH = 4
EARLIEST_PLAIN = 1500  # an earlier year needs "in" or the like before it


def is_date_year(text: str, start: int, end: int, *, ranged: bool) -> bool:
    """True where four digits (or a range of years) are years and not pages, prices or counts."""
    before, after = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
    lived = LIFE_BEFORE.search(before)
    if PAGES_BEFORE.search(before):
        return False
    if (LABEL_BEFORE.search(before) and not lived) or NUMBER_AFTER.match(after):
        return False
    first = int(text[start : start + 4])
    if first > 2100 or first < 1000:
        return False
    if lived:
        return True
    if PRICES_BEFORE.search(before) and PRICES_AFTER.match(after):
        return True
    if STRONG_BEFORE.search(before) and not starts_with_unit(after):
        return True
    if starts_with_unit(after) or COUNTED_AFTER.match(after):
        return False
    defined = first >= EARLIEST_PLAIN and before.lower().endswith(("the ", "these ", "those "))
    if not ranged and is_counted(text, end) and not defined:
        return False
    if ranged:
        return first >= 1000
    if first >= EARLIEST_PLAIN or DATE_BEFORE.search(before) or before.rstrip().endswith(("(", ",", "[")):
        return True
    return bool(CLOSED_AFTER.match(after) and NAME_BEFORE.search(before))  # "Magna Carta 1215.", "Easter term 1221;"


def is_counted(text: str, end: int) -> bool:
    """True where a plain plural noun stands right after a number: "about 2000 words"."""
    match = PLURAL_AFTER.match(text, end)
    return bool(match and match["noun"] not in NOT_PLURAL | YEARLY_NOUNS | YEAR_VERBS)


def is_date_month(text: str, start: int, end: int) -> bool:
    """True where a month's name without day and year is that month: not "May I", not "Jan Smuts"."""
    name = text[start:end].rstrip(".").lower()
    if end - start < SHORT_MONTH and re.match(r"\s[A-Z][a-z]+", text[end : end + 12]):
        return False  # Jan Smuts
    before, after = text[max(0, start - WINDOW) : start], text[end : end + 12]
    if SURE_MONTH_BEFORE.search(before):
        return not re.match(r"\s\d", after)
    if name in AMBIGUOUS_MONTHS and (
        MONTH_RANGE.match(after) or (before.endswith(("the ", "The ")) and NAMED.match(after))
    ):
        return True
    if MONTH_BEFORE.search(before):
        return not re.match(r"\s\d", after) and not (name in AMBIGUOUS_MONTHS and re.match(r"\s[A-Z][a-z]+", after))
    return not (name in AMBIGUOUS_MONTHS or len(name) < SHORT_MONTH or name == "sept")


def is_date_season(text: str, start: int, end: int) -> bool:
    """True for "the following winter", "during the summer"; not for "the fall of Rome" or a spring of water."""
    after = text[end : end + 8]
    if re.match(r"\s(?:of|on)\b|\sfrom", after):
        return False
    if text[start].isupper() and re.match(r"\s[A-Z][a-z]", after):
        return False  # Fall Out Boy, the Winter Palace
    return bool(SEASON_BEFORE.search(text[max(0, start - WINDOW) : start]))


def is_decade(text: str, start: int, end: int, *, full: bool) -> bool:
    """True for "1930s" and for "the 30s"; not for a person "in his thirties"."""
    before = text[max(0, start - WINDOW) : start]
    if full:
        return not LABEL_BEFORE.search(before)
    if text[start].isdecimal() and text[start + 2].isdecimal():
        return bool(EARLY_DECADE_BEFORE.search(before))  # "the 980s"
    return not OWNER_BEFORE.search(before) and bool(DECADE_BEFORE.search(before))
