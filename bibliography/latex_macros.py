"""The LaTeX that bibliographies use: accents, letters, macros with an argument, and what would make TeX act.

Tables only; bibliography.latex works with them. What stands in no table is looked up in pylatexenc.
"""

from __future__ import annotations

import re

# \'{e}: the combining character that follows the letter. A control word takes white space after it, a sign does too.
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "h": "\u0309", "G": "\u030f", "U": "\u030e", "f": "\u0311",
}  # fmt: skip
LETTERS = {
    "i": "ı", "j": "ȷ", "l": "ł", "L": "Ł", "o": "ø", "O": "Ø", "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "aa": "å", "AA": "Å", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip
SIGNS = {
    " ": " ", "\n": " ", "\t": " ", "\\": " ", ",": "\u2009", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": "", "(": "", ")": "",
    "{": "{", "}": "}", "$": "$", "&": "&", "%": "%", "#": "#", "_": "_",
}  # fmt: skip
WORDS = {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textasciitilde": "~",
    "textquotedbl": '"', "lbrace": "{", "rbrace": "}", "textdollar": "$", "textunderscore": "_",
    "slash": "/", "newline": " ", "quad": " ", "qquad": " ", "enspace": " ", "thinspace": "\u2009",
    "textendash": "–", "textemdash": "—", "textellipsis": "…", "ldots": "…", "dots": "…", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "quotedblbase": "„", "glqq": "„",
    "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "guillemotleft": "«", "guillemotright": "»",
    "guillemetleft": "«", "guillemetright": "»", "textless": "<", "textgreater": ">", "textbar": "|", "textdegree": "°",
    "textordmasculine": "º", "textordfeminine": "ª", "textnumero": "№", "textsection": "§", "S": "§", "P": "¶",
    "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€", "copyright": "©", "textregistered": "®",
    "texttrademark": "™", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "relax": "", "bibinitdelim": " ",
    "bibinitperiod": ".", "bibnamedelima": " ", "addspace": " ", "addcomma": ",", "adddot": ".", "autocap": "",
    "protect": "", "noindent": "", "nobreak": "", "allowbreak": "", "hskip": "", "nobreakspace": "\u00a0",
    "nobreakdash": "", "bibrangedash": "–", "hyphen": "-", "textasciigrave": "`", "cprime": "ʹ", "cdprime": "ʺ",
}  # fmt: skip
# Macros whose argument is kept, with the CSL-JSON markup (HTML) that says the same; "" has none. {\em x} takes the same.
STYLES = {
    "emph": "i", "textit": "i", "textsl": "i", "mkbibemph": "i", "mkbibitalic": "i", "em": "i", "it": "i", "itshape": "i",
    "sl": "i", "slshape": "i", "textbf": "b", "mkbibbold": "b", "bf": "b", "bfseries": "b", "textsuperscript": "sup",
    "mkbibsuperscript": "sup", "textsubscript": "sub", "mkbibsubscript": "sub", "textsc": "sc", "sc": "sc", "scshape": "sc",
    "enquote": "q", "mkbibquote": "q", "textquote": "q", "mkbibparens": "p", "mkbibbrackets": "br", "textnormal": "",
    "textrm": "", "textsf": "", "texttt": "", "textup": "", "textmd": "", "text": "", "mbox": "", "hbox": "", "ensuremath": "",
    "uline": "", "underline": "", "url": "", "path": "", "nolinkurl": "", "nocite": "", "rm": "", "sf": "", "tt": "",
    "upshape": "", "mdseries": "", "rmfamily": "", "sffamily": "", "ttfamily": "", "normalfont": "", "small": "", "footnotesize": "",
    "MakeUppercase": "", "MakeLowercase": "", "uppercase": "", "lowercase": "", "selectlanguage": "",
}  # fmt: skip
DECLARATIONS = frozenset(
    "em it itshape sl slshape bf bfseries sc scshape rm sf tt upshape mdseries rmfamily sffamily ttfamily normalfont small"
    " footnotesize".split()
)
MARKUP = {
    "i": ("<i>", "</i>"), "b": ("<b>", "</b>"), "sup": ("<sup>", "</sup>"), "sub": ("<sub>", "</sub>"),
    "sc": ('<span style="font-variant:small-caps;">', "</span>"), "nocase": ('<span class="nocase">', "</span>"),
}  # fmt: skip
AROUND = {"q": ("“", "”"), "p": ("(", ")"), "br": ("[", "]")}  # these are text, not markup
# Macros whose first argument is no text: \href{URL}{words}, \foreignlanguage{german}{Wort}.
FIRST_DROPPED = frozenset(
    "href foreignlanguage textcolor color hspace vspace fontsize hyphenation textlang sortas noopsort".split()
)
# What reads or writes files, runs programs, or changes what other text means.
ACTING = re.compile(
    r"\\(?=@*(?:input|include|includeonly|InputIfFileExists|IfFileExists|verbatiminput|VerbatimInput|lstinputlisting|inputminted"
    r"|includegraphics|includepdf|openin|openout|closein|closeout|read|readline|write|immediate|newread|newwrite|special"
    r"|ShellEscape|directlua|latelua|luaexec|luadirect|luacode|pdfobj|pdfextension|pdffiledump|catcode|lccode|uccode|mathcode"
    r"|active|csname|expandafter|scantokens|def|edef|gdef|xdef|let|futurelet|newcommand|renewcommand|providecommand"
    r"|DeclareRobustCommand|newenvironment|renewenvironment|NewDocumentCommand|RenewDocumentCommand|afterassignment"
    r"|aftergroup|everypar|everyjob|output|shipout|usepackage|RequirePackage|documentclass|LoadClass|makeatletter"
    r"|bibliography|addbibresource|loop|repeat|noexpand|jobname|batchmode|errmessage|typeout|message|ExplSyntaxOn)(?![A-Za-z]))"
    r"|\\(?=write18)|\^\^"
)
