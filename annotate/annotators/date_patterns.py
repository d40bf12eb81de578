"""How dates look in prose: one pattern for the atoms, one for what joins two of them, some for what stands around.

An atom is the shortest phrase that is a date by itself: "August 25, 1931", "XX century", "1929-33", "the summer".
Every pattern is bounded or linear: no repetition stands inside another over the same characters.

>>> [match.lastgroup for match in ATOM.finditer("From May 1931 to the end of the XX century")]
['month', 'century']
"""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febr",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
TENS = {
    name: number * 10
    for number, name in enumerate(
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"], 2
    )
}
ORDINALS = {
    name: number
    for number, name in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {"twenty-first": 21, "twenty first": 21}
SMALL_NUMBERS = {
    name: number
    for number, name in enumerate(
        [
            "a",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50}

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Febr?(?:uary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![\w’'])"
)
_MONTH = rf"(?:{_MONTH}|(?:january|february|april|june|july|september|october|november|december)(?!\w))"
_DAY_MONTH = (  # beside a day, also in lower case
    r"(?:jan(?:uary|\.)?|febr?(?:uary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?![\w’'])"
)
_S = r"[\s\u2060]{1,4}"  # white space, a line break in a text that was not joined
_DASH = r"[\s\u2060]{0,3}(?:--|[-‐‑‒–—−])[\s\u2060]{0,3}"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d|[.,]\d)(?:st|nd|rd|th|d\b)?"
_YEAR = r"(?:[12]\d{3}|[3-9]\d{2})(?!\d|[.,]\d)(?:/\d{1,4}(?!\d))?"
_ERA = r"(?:BCE?|AD|CE|B\.\s?C(?:\.\s?E)?\b\.?|A\.\s?D\b\.?|C\.\s?E\b\.?|bce?|(?:ad|ce)(?=[),.;\]]))(?!\w)"  # small capitals come as small letters
_CENTURY_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|[XVI]{1,6}(?:st|nd|rd|th)?|twenty[-\s]first|"
    + "|".join(sorted(set(ORDINALS) - {"twenty-first", "twenty first"}, key=len, reverse=True))
    + ")"
)

ATOM = re.compile(
    rf"""
    (?<![\w$£€/&#])(?<![A-Z][-‐‑])(?<!\d[.,])(?:(?<!\.)|(?<=\b[Cc]\.)|(?<=\b[Cc]a\.)|(?<=[(\[][bdrm]\.))
    (?:
      (?P<iso>\d{{4}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)                  # 1931-08-25
    | (?P<numeric>(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.[12]\d{{3}})(?!\d)      # 25.8.1931
    | (?P<dashed>(?P<da_day>[12]\d|3[01]|0?[1-9])-(?P<da_month>{_MONTH})-(?P<da_year>[12]\d{{3}}))(?!\d)  # 8-May-2006
    | (?P<day_month>                                                                    # 25th of August, 1931
        (?P<dm_days>{_DAY}(?:(?:{_DASH}|/|,{_S}|,?{_S}and{_S}(?:the{_S})?|{_S}or{_S}|{_S}to{_S}(?:the{_S})?){_DAY}){{0,4}})
        (?:{_S}day)?(?:{_S}of)?{_S}
        (?P<dm_month>(?i:{_DAY_MONTH}))(?:{_S}\((?P<dm_style>[NO]\.\s?S\.|[Nn]ew{_S}[Ss]tyle|[Oo]ld{_S}[Ss]tyle)\)(?={_S}\d{{4}}))?
        (?:,?{_S}(?:of{_S})?(?P<dm_year>\d{{1,4}}(?={_S}{_ERA})|{_YEAR}|that{_S}year|the{_S}same{_S}year)(?:{_S}(?P<dm_era>{_ERA}))?)?)
    | (?P<month_day>                                                                    # August 25, 1931
        (?P<md_month>(?i:{_DAY_MONTH})){_S}(?:the{_S})?
        (?P<md_days>{_DAY}(?:(?:{_DASH}|/|,{_S}|,?{_S}\(?and{_S}|{_S}or{_S}|{_S}to{_S}){_DAY}\)?){{0,4}})
        (?:,?{_S}(?:of{_S})?(?P<md_year>\d{{1,4}}(?={_S}{_ERA})|{_YEAR}|that{_S}year|the{_S}same{_S}year)(?:{_S}(?P<md_era>{_ERA}))?)?)
    | (?P<month>                                                                        # October 1929; May, 1788
        (?P<m_month>{_MONTH})
        (?:,?{_S}(?:(?:of|in){_S})?(?:the{_S}year{_S})?
           (?P<m_year>\d{{1,4}}(?={_S}{_ERA})|{_YEAR}|that{_S}year|the{_S}same{_S}year)(?:{_S}(?P<m_era>{_ERA}))?)?)
    | (?P<season>                                                                       # winter of 1788-89
        (?P<s_name>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?!\w|[-‐‑’'])
        (?:,?{_S}(?:of{_S}|in{_S})?(?:the{_S}year{_S})?
           (?P<s_year>\d{{1,4}}{_S}(?P<s_era>{_ERA})|{_YEAR}(?:{_DASH}\d{{1,4}}(?!\d))?|that{_S}year|the{_S}same{_S}year))?)
    | (?P<decade>(?P<d_year>\d{{2,3}}0|[’']?\d0)[’']?s(?!\w)(?:{_S}(?P<d_era>{_ERA}))?)         # 1930s, '30s, 470s BC
    | (?P<decade_words>(?:(?P<dw_century>eighteen|nineteen|seventeen)[-\s])?            # the thirties
        (?P<dw_tens>(?i:{"|".join(TENS)}))(?!\w)
        (?:{_S}of{_S}the{_S}(?P<dw_of>{_CENTURY_ORDINAL}){_S}century)?)(?!\w)
    | (?P<century>                                                                      # XX century
        (?P<c_first>{_CENTURY_ORDINAL})
        (?:(?:{_DASH}|{_S}(?:to|and|or){_S}(?:the{_S})?)(?:(?:early|late|mid)[-\s])?(?P<c_last>{_CENTURY_ORDINAL}))?
        [-\s\u2060]{{1,4}}[Cc]entur(?:y|ies)(?!\w)(?:{_S}(?P<c_era>{_ERA}))?)
    | (?P<era_first>(?:A\.?[\s ]?D\.?|(?<=\bin\s)ad|(?<=\()ad){_S}(?P<ef_year>\d{{1,4}})(?!\d)                      # AD 312-337
        (?:{_DASH}(?P<ef_last>\d{{1,4}})(?!\d))?)
    | (?P<era_last>(?P<el_year>\d{{1,4}})                                               # 300–280 BCE
        (?:(?:{_DASH}|{_S}to{_S}(?:about{_S})?)(?P<el_last>\d{{1,4}}))?{_S}?(?P<el_era>{_ERA}))
    | (?:[Cc]irca{_S}|[Cc]a\.[\s ]?|(?<=[(\[])c\.[\s ]?|c\.[\s ]?(?=[12]\d{{3}}))                                                # c. 347
        (?P<circa>(?P<ci_year>[1-9]\d{{2,3}})(?!\d|[.,]\d)(?:{_DASH}(?P<ci_last>\d{{2,4}})(?![\d]))?(?!{_S}?{_ERA}))
    | (?P<year_words>year{_S}                                                           # year sixteen hundred
        (?P<yw_hundreds>ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)
        {_S}hundred(?:{_S}and{_S}(?P<yw_rest>[a-z]{{3,9}}(?:-[a-z]{{3,5}})?))?)(?!\w)
    | (?P<year_month_day>(?P<ymd_year>[12]\d{{3}}),?{_S}(?P<ymd_month>{_MONTH}){_S}(?P<ymd_day>{_DAY}))(?!\w)  # 2023 June 10
    | (?P<years>                                                                        # 1929-33, 1932/33, 1931
        (?P<y_first>[12]\d{{3}})(?!\d|,\d|\.\d(?!\d{{0,2}}(?:\s{{1,3}}[A-Z“"(]|\s?\Z)))
        (?:(?:{_DASH}|/)(?P<y_last>[12]\d{{3}}|\d{{2}}|\d)(?![\d%]|[.,]\d|[-‐‑]\w)
           (?P<y_plural>[’']?s(?!\w))?)?)
    )
    """,
    re.VERBOSE,
)

# "from 1928 to 1940", "between 1929 and 1931" (only after "between"), "14 August - 24 August", "1914 until 1918"
JOIN = re.compile(rf",?(?:{_DASH}|{_S}(?:to|until|till|through|up{_S}to){_S}(?:the{_S})?)")
BRACKET_OPENS, BRACKET_CLOSES = re.compile(r"\s?\("), re.compile(r"[^()\d]{0,24}\),?\s")
JOIN_AND = re.compile(rf"{_S}and{_S}(?:the{_S})?")
BETWEEN = re.compile(r"\b[Bb]etween\s+(?:the\s+)?\Z")

# What stands before an atom and belongs to its span: "end of the", "first half of", "mid-", "the early"
LEAD = re.compile(
    r"""\b(?:
      (?P<point>[Ee]arly|[Ll]ate|[Mm]id(?:dle)?)(?:\s+in(?:\s+the)?|[-\s]*of(?:\s+the)?)?[-\s]+
    | (?P<place>[Bb]eginning|[Ss]tart|[Oo]pening|[Ee]nd|[Cc]lose|[Mm]iddle|[Tt]urn)\s+of(?:\s+the)?(?:\s+year)?\s+
    | (?P<part>(?:first|second|third|fourth|last|latter|former|1st|2nd|3rd|4th)\s+(?:half|part|third|quarter))
      \s+of(?:\s+the)?\s+
    | (?P<stretch>(?P<side>[Ff]irst|[Ll]ast|final|opening|closing)\s+(?:(?P<count>\w{1,9})\s+)?(?P<stretch_unit>day|week|month|year)s?)
      \s+of(?:\s+the)?(?:\s+year)?\s+
    )\Z""",
    re.VERBOSE,
)

# What stands before an atom and only colours it: "since", "by", "before", "until", "c.", "about"
MODIFIER = re.compile(
    r"""(?:\b(?:
      (?P<since>[Ss]ince|[Ff]rom|[Ss]tarting\s+(?:in|from)|[Bb]eginning\s+in)
    | (?P<after>[Aa]fter|[Ff]ollowing) | (?P<by>[Bb]y) | (?P<before>[Bb]efore|[Pp]rior\s+to)
    | (?P<until>[Uu]ntil|[Tt]ill|[Uu]p\s+to)
    | (?P<approx>[Cc]irca|[Cc]a?|[Aa]bout|[Aa]round|[Aa]pproximately|[Rr]oughly|[Ss]ome\s+time\s+(?:around|about))
    )\.?\s*(?:the\s+)?(?:year\s+)?)\Z""",
    re.VERBOSE,
)
OLD_STYLE = re.compile(r"[\s,(]{1,3}(?:O\.\s?S\.|[Oo]ld\s+[Ss]tyle|Julian)")
ONWARDS = re.compile(  # "from 1825 onwards", "2013–present"
    rf"\sonwards?\b|(?:{_DASH}|{_S}to{_S}(?:the{_S})?)(?:present|date|this{_S}day|today|now)(?!\w)"
)
NEW_STYLE = re.compile(r"[\s,(]{1,3}(?:N\.\s?S\.|[Nn]ew\s+[Ss]tyle|Gregorian)")

_COUNTS = "|".join(sorted(SMALL_NUMBERS, key=len, reverse=True))
_COUNTS = rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:{_COUNTS})|{_COUNTS}|(?:a|one){_S}hundred"
# Phrases that name a date by another: "the next day", "the same year", "two days later", "the end of the year"
RELATIVE = re.compile(
    rf"""(?<![\w-])(?:
      (?P<anaphor>(?P<a_word>[Tt]he{_S}(?:same|next|following|previous|preceding)|[Tt]hat(?:{_S}same)?|[Nn]ext){_S}
        (?P<a_unit>day|month|year|spring|summer|autumn|fall|winter))(?!\w|[-‐‑])
    | (?P<later>(?P<l_count>(?i:{_COUNTS})|\d{{1,3}}){_S}
        (?P<l_unit>day|week|month|year|decade)s?{_S}(?P<l_side>later|earlier|before|previously))(?!\w)
    | (?P<within>(?P<w_lead>[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle|latter{_S}part|early{_S}part){_S}of{_S}(?:the|that){_S}(?:same{_S})?
        (?P<w_unit>year|month))(?!\w)
    | (?:(?:on|by|until|from|to|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?,?{_S})[Tt]he{_S}(?P<bare_day>(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th))
        (?!\w|[-‐‑]|{_S}(?:[Cc]entur|[A-Z]|day|floor|anniversary|parallel|meridian|of))
    )""",
    re.VERBOSE,
)
