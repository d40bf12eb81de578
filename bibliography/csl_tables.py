"""Which entry type is which CSL type, and which field is which CSL variable. Tables only; bibliography.csl works with them."""

from __future__ import annotations

# Entry types to CSL types; the first entry type of a CSL type is the one written.
TYPES = {
    "article": "article-journal",
    "book": "book",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "thesis": "thesis",
    "techreport": "report",
    "online": "webpage",
    "unpublished": "manuscript",
    "misc": "document",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "inreference": "entry-encyclopedia",
    "periodical": "periodical",
    "audio": "song",
    "movie": "motion_picture",
    "image": "graphic",
    "letter": "personal_communication",
    "performance": "performance",
    "standard": "standard",
    "legal": "treaty",
    "review": "review",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "conference": "paper-conference",
    "inbook": "chapter",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "bookinbook": "chapter",
    "suppperiodical": "article-journal",
    "collection": "book",
    "mvbook": "book",
    "mvcollection": "book",
    "reference": "book",
    "mvreference": "book",
    "manual": "book",
    "booklet": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "electronic": "webpage",
    "www": "webpage",
    "archival": "manuscript",
    "music": "song",
    "video": "motion_picture",
    "artwork": "graphic",
    "commentary": "book",
}
WRITTEN_TYPES = {csl: kind for kind, csl in reversed(TYPES.items())}
# CSL types without an entry type of their own are written as @misc with the type as ``entrysubtype``.
SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"} | {
    kind: kind
    for kind in (
        "article bill broadcast classic collection entry entry-dictionary event figure hearing interview map musical_score"
        " pamphlet post post-weblog regulation review-book speech"
    ).split()
}
THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
GENRES = THESES | {
    "mathesis": "Master’s thesis", "bathesis": "Bachelor’s thesis", "candthesis": "Candidate thesis",
    "techreport": "Technical report", "resreport": "Research report",
}  # fmt: skip

# CSL variable -> the fields it is read from, the first of them also written. Types can say otherwise (bibliography.csl).
TEXTS = {
    "title": ("title",),
    "title-short": ("shorttitle",),
    "container-title": ("booktitle", "journal", "journaltitle", "maintitle"),
    "container-title-short": ("shortjournal",),
    "collection-title": ("series",),
    "volume": ("volume",),
    "part-number": ("part",),
    "edition": ("edition",),
    "version": ("version",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("address", "location"),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "original-title": ("origtitle",),
    "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
    "genre": ("type",),
    "chapter-number": ("chapter",),
    "number-of-pages": ("pagetotal",),
    "number-of-volumes": ("volumes",),
    "archive": ("library",),
    "archive_location": ("shelfmark",),
    "call-number": ("lccn",),
    "status": ("pubstate",),
    "abstract": ("abstract",),
    "keyword": ("keywords",),
    "annote": ("annotation", "annote"),
    "note": ("note", "howpublished", "addendum"),
}
# Variables whose markup is kept, and whose subtitles are fields of their own.
SUBTITLES = {"title": ("subtitle",), "container-title": ("booksubtitle", "journalsubtitle", "mainsubtitle")}
CODES = {"DOI": "doi", "URL": "url", "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "PMCID": "pmcid"}
ROLES = {
    "author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor",
    "illustrator": "illustrator", "reviewed-author": "reviewedauthor",
}  # fmt: skip
DATES = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
LANGUAGES = {
    "english": "en", "russian": "ru", "german": "de", "french": "fr", "italian": "it", "spanish": "es", "polish": "pl",
    "ukrainian": "uk", "belarusian": "be", "dutch": "nl", "portuguese": "pt", "czech": "cs", "latin": "la", "greek": "el",
    "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "hungarian": "hu", "turkish": "tr",
    "japanese": "ja", "chinese": "zh", "hebrew": "he", "arabic": "ar", "serbian": "sr", "croatian": "hr",
    "bulgarian": "bg", "romanian": "ro", "slovak": "sk", "slovene": "sl", "slovenian": "sl", "estonian": "et",
    "latvian": "lv", "lithuanian": "lt", "catalan": "ca", "galician": "gl", "basque": "eu", "icelandic": "is",
    "irish": "ga", "welsh": "cy", "armenian": "hy", "georgian": "ka", "persian": "fa", "farsi": "fa", "korean": "ko",
    "ngerman": "de", "germanb": "de", "naustrian": "de", "austrian": "de", "nswissgerman": "de", "american": "en",
    "british": "en", "usenglish": "en", "ukenglish": "en", "canadian": "en", "australian": "en", "francais": "fr",
    "frenchb": "fr", "brazilian": "pt", "brazil": "pt", "nynorsk": "nn", "norsk": "no", "polutonikogreek": "el", "castilian": "es",
}  # fmt: skip
BABEL = {code: name for name, code in reversed(LANGUAGES.items())}

NAME_VARIABLES = frozenset(
    "author editor translator container-author collection-editor composer contributor curator director editorial-director"
    " executive-producer guest host illustrator interviewer narrator organizer original-author performer producer recipient"
    " reviewed-author script-writer series-creator chair compiler editor-translator".split()
)
DATE_VARIABLES = frozenset("issued accessed available-date event-date original-date submitted".split())
