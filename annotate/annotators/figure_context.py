"""What stands around a numeral: labels that make it no figure, words that bound it, what it is per, what it counts.

Each test looks at a window of a few dozen characters beside the numeral.
"""

from __future__ import annotations

import re
from fractions import Fraction

from annotate.annotators.date_context import LABEL_BEFORE, NOT_PLURAL
from annotate.annotators.number_words import fold
from schemas.values import Modifier

WINDOW = 40
_S = r"[\s\u00a0\u2060]{1,3}"

MODIFIER = re.compile(
    rf"""(?:\b(?:
      (?P<max>up{_S}to|at{_S}(?:the{_S})?most
        |(?:not|no){_S}(?:more|greater|longer|later|higher){_S}than|as{_S}(?:many|much|high){_S}as|not{_S}exceeding|maximum{_S}of|within)
    | (?P<min>at{_S}(?:the{_S})?least
        |(?:not|no){_S}(?:less|fewer){_S}than|upwards?{_S}of|minimum{_S}of|as{_S}(?:few|little|low){_S}as)
    | (?P<more_than>more{_S}than|over|above
        |exceed(?:ing|ed|s)?|greater{_S}than|in{_S}excess{_S}of|better{_S}than|beyond|well{_S}over)
    | (?P<less_than>less{_S}than|fewer{_S}than|under|below|short{_S}of)
    | (?P<approx>about|around|approximately|approx\.?|some|roughly|nearly|almost|circa|ca\.|c\.|close{_S}to
        |an?{_S}estimated|estimated{_S}at|estimated|in{_S}round{_S}numbers|perhaps|probably|in{_S}the{_S}order{_S}of|in{_S}the{_S}region{_S}of)
    ){_S}(?:the{_S}|a{_S}total{_S}of{_S}|only{_S})?|(?P<sign_approx>[~≈])[\s]?|(?P<sign_more>>)[\s]?|(?P<sign_less><)[\s]?)\Z""",
    re.VERBOSE | re.IGNORECASE,
)
SIGN_MODIFIERS: dict[str, Modifier] = {"sign_approx": "approx", "sign_more": "more_than", "sign_less": "less_than"}
MODIFIERS: tuple[Modifier, ...] = ("max", "min", "more_than", "less_than", "approx")

PER = re.compile(
    rf"""(?:[\s,\u00a0\u2060]{{1,3}}|[-‐‑])(?:
      (?:per|each|every|an?|the)(?:{_S}|[-‐‑])(?P<noun>year|month|week|day|hour|minute|second|annum|acre|hectare|desyatina|head|person
        |capita|family|household|share|bushel|ton|tonne|pound|lb|yard|mile|barrel|piece|quarter(?!{_S}of\b)|worker|man|inhabitant|unit|pood
        |hundredweight|gallon|dozen|ounce|kilogram|kg|litre|square{_S}mile|square{_S}kilometre|copy|volume|bale|cwt|diem
        |soul|voyage|ship|soldier|pupil|child|cow|horse|plough|loom|spindle|pud|verst|league|sack|cask|tun|mark|case|patient)
    | (?P<adverb>annually|yearly|monthly|weekly|daily|hourly)
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
PER_ADVERBS = {
    "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour",
    "annum": "year", "capita": "head", "diem": "day",
}  # fmt: skip

# The counted noun: a plural right after the number, or one of the few plurals without -s
COUNTED = re.compile(
    rf"(?:-odd)?{_S}(?P<noun>men|women|people|children|persons?|sheep|cattle|oxen|feet|geese|mice|[a-z]{{3,24}}s)(?![\w’'])"
)
OF_WHAT = re.compile(rf"{_S}of{_S}(?P<noun>[a-z]{{3,24}})(?![\w’'-])")
DETERMINERS = frozenset(
    "the this that these those its his her their our all such which whom what them it each any".split()
)

SINGULARS = {
    "men": "man",
    "women": "woman",
    "people": "people",
    "children": "child",
    "persons": "person",
    "oxen": "ox",
    "geese": "goose",
    "mice": "mouse",
    "sheep": "sheep",
    "cattle": "cattle",
    "lives": "life",
    "wives": "wife",
    "series": "series",
    "species": "species",
}
TITLE_BEFORE = re.compile(r"(?P<word>[A-Z][\w.]*[\w.])[\s\u00a0]\Z")
# Words in capitals at the head of a sentence that are no names: "About 500 men", "In 25 years"
SENTENCE_WORDS = frozenset(
    "about above after all almost although among an and another approximately around as at because before below"
    " besides between both but by during each early even every few for from further hence here however if in including"
    " initially into it its just last less like many more moreover most nearly no not now of on once one only or other"
    " our out over overall perhaps several since so some still such than that the their then there these they this those"
    " though thus to today total under until up upon we well were what when where whereas which while who with within without you"
    " monday tuesday wednesday thursday friday saturday sunday"
    " us usd eur gbp rub inr rs rmb nearly roughly he she have had has was is are my his her".split()
)
SHELF_MARK = re.compile(  # T 70/1484, CAB 24/97; nobody writes a fraction in 109ths
    r"(?:\b[A-Z]{2,5}\s\d{1,4}|\b[A-Z]\s\d{2,4})/\d{1,4}\Z|(?<![\d,.])\d{1,4}/(?:[1-9]\d{3}|[2-9]\d\d|1[1-9]\d|10[1-9])\Z"
)
OTHER_MONTH = re.compile(  # 9 Thermidor, 17 Rajab
    r"(?:er)?\s(?:vend[ée]miaire|brumaire|frimaire|niv[ôo]se|pluvi[ôo]se|vent[ôo]se|germinal|flor[ée]al|prairial|messidor"
    r"|thermidor|fructidor|muharram|safar|rabi[‘’']?|jumada|rajab|sha[‘’']?ban|ramadan|shawwal|dhu[‘’']?l|nisan|sivan|tammuz"
    r"|tishri|heshvan|kislev|tevet|shevat|adar)\b",
    re.IGNORECASE,
)
GLUED_LETTER = re.compile(r"[A-Z](?![\w])")  # Fig. 1A is no ampere
CITED_BEFORE = re.compile(  # "(Vossius, 1673: 56", "Crusius (1584: 99, 216", "(Hall 1990, 59", "ibid., 120", "op. cit., 35"
    r"\ue000{4}[a-z]?:\s?(?:\d{1,4}[a-z]?[,;–-]\s?){0,3}\Z|\([^()]{0,60}[A-Z][^()\ue000]{1,30}\ue000{4}[a-z]?,\s(?:\d{1,4}[–-])?\Z"
    r"|(?:\b[Ii]bid|\b(?:[Oo]p|[Ll]oc)\.\s?cit)\b\.?,?\s(?:\d{1,4}[,;–-]\s?){0,3}\Z"
)
BRACKET_BEFORE = re.compile(r"\[(?:\d{1,3}(?:\s?[,;–-]\s?|,\sp+\.\s?)){0,6}\Z")  # [8, 9], [40, p. 235]
BRACKET_AFTER = re.compile(r"(?:\s?[,;–-]\s?\d{1,4}){0,6}(?:\]|,\s?(?:p|pp|S|c|ch|n)\.)")
BRACKETED = re.compile(r"[(\[]\Z")
LIST_LABEL = re.compile(r"(?:\A\s{0,8}|\n\s{0,8}|\s{2,8})[(\[]?\Z")
LABEL_TAIL = re.compile(r"(?:\d{1,5}(?:\s?[-–—,&]\s?|\s(?:and|to|or)\s)){1,6}\Z")  # the "151–" of "p. 151–199"
PAGES_AFTER = re.compile(r"\s?(?:pp?|vols?|edn?)\.(?!\w|\s?c\.)")  # "320 p.", "3 vols."
PAGES_BEFORE = re.compile(r"\d[:;]\s?\Z")  # the pages of "2013;9:46–59"
MINUTES_BEFORE = re.compile(r"\b\d{1,2}:\Z|\bpp?\.\s[ivxlc]{1,7}\s?[+,]\s?\Z")  # the 30 of "08:30 am"; "pp. xii + 633"
CLOCK_BEFORE = re.compile(
    r"\b(?:began|begins?|started|starts?|opened|closed|left|arrived|ended|woke|rang|sailed|attacked)\sat\s\Z"
)
CLOCK = re.compile(r"(?:1?\d|2[0-4])\.[0-5]\d")
CLOCK_AFTER = re.compile(r"\s?(?:[ap]\.?\s?m\b|o[’']clock)|:\d\d", re.IGNORECASE)
# "after nine in the evening"
HOUR_BEFORE = re.compile(r"\b(?:at|after|before|until|till|by|from|to|past|about)\s\Z", re.IGNORECASE)
HOUR = re.compile(r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[1-9]|1[0-2]", re.IGNORECASE)
HOUR_AFTER = re.compile(r"\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight)\b")
ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th|d)(?!\w)")
STATUTE_BEFORE = re.compile(
    r"(?:[IVXL\d\ue000]|Will|Geo|Vict?|Edw|Eliz|Hen|Jac|Car)\.?,?\s{0,2}c{1,2}\.\s?\Z"
)  # Will. IV, c. 103
STATUTE_AFTER = re.compile(r"\s&\s\d|\s(?:Will|Geo|Vict?|Edw|Eliz|Hen|Jac|Car)\b\.?")  # 3 & 4 Will. IV
_NUMBER = r"(?:\d{1,3}|[a-z]{3,9}(?:-[a-z]{3,5})?)"
AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|age\sof|ages\sof)\s(?:about\s|only\s|over\s|under\s|at\sleast\s)?"
    rf"(?:(?:between|from)\s(?:{_NUMBER}\s(?:and|to)\s)?|{_NUMBER}\s(?:to|or)\s)?\Z",
    re.IGNORECASE,
)
# "died at 71", "married at nineteen": nothing but the end of the clause may follow
LIFE_BEFORE = re.compile(
    r"\b(?:died|dying|married|widowed|retired|crowned|ordained|enlisted|orphaned|apprenticed|dead|succeeded|matriculated"
    r"|graduated|emigrated|acceded|consecrated|knighted|elected|professed|bereaved)\sat\s"
    r"(?:about\s|only\s|the\sage\sof\s)?\Z"
)
# "children under nine", "everyone over 14"
UNDER_AGE = re.compile(
    r"\b(?:children|boys|girls|women|men|persons|people|those|everyone|anyone|workers|infants|adults|pupils|recruits|males|females)\s"
    r"(?:under|over|above|below)\s\Z",
    re.IGNORECASE,
)
UNDER_AGE_AFTER = re.compile(r"\s?(?:[,.;:)]|\Z)|\s(?:were|was|had|could|must|and|who|in|from|to|at|on|by)\b")
LIFE_AFTER = re.compile(r"\s?(?:[,.;:)]|\Z)|\s(?:and|in|of|on|but|after|leaving|while)\b")
OLDEST = 120
SHORT_YEAR = re.compile(r"(?:\A|[\s(])[’'‘]\Z")
GLUED_AFTER = re.compile(r"[^\W\d_]|[/_]\w|[-‐‑]\d{5}|\.\d|[:]\d")
QUOTED_TITLE = re.compile(r"[\s-][A-Z][a-z]+")
ROMAN_NAMES = re.compile(
    r"\b(?:Article|Section|Chapter|Part|Book|Room|Fort|Flight|Type|Model|Mark|Boeing|Airbus|Apollo|Psalm|Canto|Act|Scene"
    r"|Unit|Army|Corps|Division|Regiment|Brigade|Battalion|Squadron|Decree|Order|Resolution|Protocol|Fond|Opis|Delo|Table"
    r"|Figure|Fig|Plate|Map|Appendix|Note|Footnote|Page|Volume|Vol|Number|No|Nos|Box|File|Series|Ser|Rpt|Doc|Document"
    r"|Question|Route|Highway|Channel|Claims?|Example|Step|Level|Grade|Line|Stage|Phase|Factory|Plant|Camp|Stalag|School)"
    r"s?\.?[\s\u00a0]\Z"
)


def is_label(text: str, start: int, end: int, *, digits: bool, followed: bool, measured: bool) -> bool:
    """True where the numeral is a page, an article, a model, a list label or a note marker.

    ``measured`` says that a unit follows, ``followed`` a unit or a counted noun: neither stands after a label.
    """
    before, after = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
    if HOUR_AFTER.match(after) and HOUR_BEFORE.search(before) and HOUR.fullmatch(text, start, end):
        return True
    if digits:
        if _is_digit_label(before, text[start:end], after, followed=followed, measured=measured):
            return True
        head = LABEL_TAIL.sub("", before)  # "Studies 2 and 3"
        whole = text[start:end].isdecimal()  # labels after a name are whole: "Boeing 747", but "the British 22.6"
        counted = followed and not PAGES_AFTER.match(after)
        return whole and not measured and not counted and (_is_titled(before) or (head != before and _is_titled(head)))
    if CLOCK_AFTER.match(after):
        return True
    word = text[start:end]
    capital = word[:1].isupper()
    if capital and QUOTED_TITLE.match(after) and not _starts_sentence(before):
        return True  # the Three Emperors, Seven Years' War
    return capital and not followed and not _starts_sentence(before)


def is_age(text: str, start: int, end: int, value: Fraction) -> bool:
    """True right after "aged", "at the age of", and in "died at 71": the number is of years."""
    before = text[max(0, start - WINDOW) : start]
    if value > OLDEST:
        return False
    if UNDER_AGE.search(before) and UNDER_AGE_AFTER.match(text, end):
        return True
    return bool(AGE_BEFORE.search(before) or (LIFE_BEFORE.search(before) and LIFE_AFTER.match(text, end)))


def find_modifier(text: str, start: int) -> Modifier | None:
    """The bound or blur said just before: "about", "at least", "up to"."""
    match = MODIFIER.search(text[max(0, start - WINDOW) : start])
    if not match:
        return None
    for name, modifier in SIGN_MODIFIERS.items():
        if match[name]:
            return modifier
    return next(name for name in MODIFIERS if match[name])


def find_per(text: str, end: int) -> str | None:
    """What a figure is per: "a year", "per acre", "annually"."""
    match = PER.match(text, end)
    if not match:
        return None
    word = fold(match["noun"] or match["adverb"])
    return PER_ADVERBS.get(word, word)


def per_end(text: str, end: int) -> int:
    """Where the per-phrase after a figure ends; its own end where there is none."""
    match = PER.match(text, end)
    return match.end() if match else end


def counted_noun(text: str, end: int) -> re.Match[str] | None:
    """The plain plural noun that is the very next word."""
    match = COUNTED.match(text, end)
    return match if match and match["noun"] not in NOT_PLURAL else None


def measured_thing(text: str, end: int) -> str | None:
    """The plain noun after "of": "60 tons of iron"."""
    match = OF_WHAT.match(text, end)
    return match["noun"] if match and match["noun"] not in DETERMINERS else None


def singular(noun: str) -> str:
    """The singular of a plain plural: "companies" -> "company"."""
    if noun in SINGULARS:
        return SINGULARS[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _is_digit_label(before: str, number: str, after: str, *, followed: bool, measured: bool) -> bool:
    if measured:
        return bool(GLUED_LETTER.match(after) and (LABEL_BEFORE.search(before) or ROMAN_NAMES.search(before)))
    if (
        OTHER_MONTH.match(after)
        or CITED_BEFORE.search(before)
        or (BRACKET_BEFORE.search(before) and BRACKET_AFTER.match(after))
    ):
        return True
    if (
        STATUTE_AFTER.match(after)
        or (GLUED_AFTER.match(after) and not followed)
        or ORDINAL_AFTER.match(after)
        or CLOCK_AFTER.match(after)
    ):
        return True
    if SHORT_YEAR.search(before) and re.match(r"[\s.,;:)]|\Z", after):
        return True  # the panic of '73
    if before.endswith(("/", "_", "@", "#", "№", "§", "www.", "^")) or MINUTES_BEFORE.search(before):
        return True
    if CLOCK.fullmatch(number) and CLOCK_BEFORE.search(before):
        return True  # "began at 5.30"
    if SHELF_MARK.search(before + number):
        return True
    if BRACKETED.search(before) and after[:1] in (")", "]"):
        return True  # (2), [27]
    if not followed and LIST_LABEL.search(before) and re.match(r"[.)]\s", after):
        return True
    if LABEL_BEFORE.search(before) or STATUTE_BEFORE.search(before) or ROMAN_NAMES.search(before):
        return True
    if followed and not PAGES_AFTER.match(after):
        return False
    head = LABEL_TAIL.sub("", before)
    return bool(
        LABEL_BEFORE.search(head) or ROMAN_NAMES.search(head) or PAGES_BEFORE.search(head) or PAGES_AFTER.match(after)
    )


def _is_titled(before: str) -> bool:
    title = TITLE_BEFORE.search(before)
    return bool(title and title["word"].lower().rstrip(".") not in SENTENCE_WORDS)


def _starts_sentence(before: str) -> bool:
    return not before or bool(re.search(r"(?:[.!?:;]|\n|\A)[\s\u00a0\"“”‘’'(\[]*\Z", before))
