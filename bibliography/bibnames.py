r"""Name lists as BibTeX writes them: "von Last, Jr, First and {A Body} and others", to CSL names and back.

>>> read_names("van der Wurff, Wim and Antony C. Sutton")
[{'non-dropping-particle': 'van der', 'family': 'Wurff', 'given': 'Wim'}, {'family': 'Sutton', 'given': 'Antony C.'}]
>>> read_names("{Ministry of Trade and Industry} and others")
[{'literal': 'Ministry of Trade and Industry'}, {'literal': 'others'}]
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bibliography.latex import decode_latex, encode_latex
from bibliography.names import CslName

_KEYED = re.compile(r"(?:family|given|prefix|suffix|useprefix|id|hash|\w+-i)\s*=")
_TOKEN = re.compile(r"\\.|[{}]|\s+|,|[^\\{}\s,]+|\\")


def read_names(value: str) -> list[CslName]:
    """Every name of the list; "others" stays as the literal "others"."""
    return [name for written in _split(value, " and ") if (name := _read_name(written))]


def write_names(names: list[CslName]) -> str:
    """The list with family names first; what BibTeX would cut apart wrongly is braced."""
    return " and ".join(filter(None, map(_write_name, names)))


def _read_name(written: str) -> CslName:
    if _braced(written):
        return {"literal": decode_latex(written)}
    parts = [part.strip() for part in _split(written, ",")]
    if "=" in written and all(_KEYED.match(part) for part in parts):
        return _read_keyed(parts)
    if len(parts) == 1:
        words = _split(parts[0], " ")
        if words == ["others"]:
            return {"literal": "others"}
        first, von, last = _cut_words(words)
        return _name(von, last, " ".join(first), "")
    if len(parts) == 2:
        von, last = _cut_von(_split(parts[0], " "))
        return _name(von, last, parts[1], "")
    von, last = _cut_von(_split(parts[0], " "))
    return _name(von, last, ", ".join(parts[2:]), parts[1])


def _read_keyed(parts: list[str]) -> CslName:
    """biber's own form: "family=Sutton, given=Antony C., prefix=van"."""
    values = {part.partition("=")[0].strip(): part.partition("=")[2].strip().strip('"') for part in parts}
    return _name(
        [values.get("prefix", "")], [values.get("family", "")], values.get("given", ""), values.get("suffix", "")
    )


def _name(von: list[str], last: list[str], first: str, suffix: str) -> CslName:
    parts = {
        "non-dropping-particle": " ".join(von),
        "family": " ".join(last),
        "given": first,
        "suffix": suffix,
    }
    return {part: text for part, value in parts.items() if (text := decode_latex(value))}


def _cut_words(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """First, von and last words of a name without a comma: the lower-case words in the middle are the particle."""
    small = [at for at, word in enumerate(words[:-1]) if _is_small(word)]
    if not small:
        return words[:-1], [], words[-1:]
    return words[: small[0]], words[small[0] : small[-1] + 1], words[small[-1] + 1 :]


def _cut_von(words: list[str]) -> tuple[list[str], list[str]]:
    small = [at for at, word in enumerate(words[:-1]) if _is_small(word)]
    cut = small[-1] + 1 if small and small[0] == 0 else 0
    return words[:cut], words[cut:]


def _is_small(word: str) -> bool:
    """Whether BibTeX takes the word for a particle: its first letter outside braces is in lower case."""
    letter = next((char for char in decode_latex(word) if char.isalpha()), "")
    return letter.islower() and not word.startswith("{")


def _split(value: str, at: str) -> list[str]:
    """Cut at top-level " and ", commas or white space, never inside braces."""
    pieces: list[str] = [""]
    depth = 0
    tokens = _TOKEN.findall(value)
    cuts: dict[str, Callable[[int], bool]] = {
        " and ": lambda i: tokens[i].lower() == "and" and 0 < i < len(tokens) - 1 and _spaced(tokens, i),
        ",": lambda i: tokens[i] == ",",
        " ": lambda i: tokens[i].isspace() or tokens[i] == "~",
    }
    for i, token in enumerate(tokens):
        depth = max(0, depth + (token == "{") - (token == "}"))
        if depth == 0 and cuts[at](i):
            pieces.append("")
        else:
            pieces[-1] += token
    stripped = [piece.strip() for piece in pieces]
    return stripped if at == "," else [piece for piece in stripped if piece]


def _spaced(tokens: list[str], i: int) -> bool:
    return tokens[i - 1].isspace() and tokens[i + 1].isspace()


def _braced(written: str) -> bool:
    if not (written.startswith("{") and written.endswith("}")):
        return False
    depth = 0
    for at, char in enumerate(written):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return at == len(written) - 1
    return False


def _write_name(name: CslName) -> str:
    if name.get("literal"):
        literal = name["literal"]
        return "others" if literal == "others" else f"{{{encode_latex(literal)}}}"
    von = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
    family = name.get("family", "")
    if not (name.get("given") or name.get("suffix") or von):
        return f"{{{encode_latex(family)}}}" if " " in family or _needs_braces(family) else encode_latex(family)
    words = family.split(" ")
    braced = _needs_braces(family) or (words[0][:1].islower() and not von) or any(w[:1].islower() for w in words[:-1])
    last = f"{{{encode_latex(family)}}}" if braced else encode_latex(family)
    parts = [" ".join(filter(None, (encode_latex(von), last)))]
    parts += [_guard(name[part]) for part in ("suffix", "given") if name.get(part)]
    if name.get("suffix") and not name.get("given"):
        parts.append("")
    return ", ".join(parts)


def _guard(text: str) -> str:
    return f"{{{encode_latex(text)}}}" if _needs_braces(text) else encode_latex(text)


def _needs_braces(text: str) -> bool:
    return "," in text or re.search(r"(?:^|\s)and(?:\s|$)", text, re.IGNORECASE) is not None
