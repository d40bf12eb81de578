"""Units and currencies: reads units.toml and finds the unit that follows or precedes a number.

>>> unit, end = unit_after("roubles a year", 0, digits=True)
>>> unit.id, end
('RUB', 7)
"""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import NamedTuple

from annotate.annotators.number_words import fold
from schemas.values import FigureKind

KINDS: dict[str, FigureKind] = {
    "currency": "MONEY",
    "percent": "PERCENT",
    "duration": "DURATION",
    "quantity": "QUANTITY",
    "ratio": "RATIO",
}
# Words that may stand between a number and its unit: "six million gold roubles", "40 metric tons", "5 U.S. dollars"
ADJECTIVES = (
    "gold silver paper new old current constant gross net metric long short full whole good standard register"
    " English French Prussian Austrian Rhenish Venetian Russian Soviet Polish Flemish Scots convertible additional more extra further calendar consecutive successive long-term big"
).split()
SI_BASES = ("g", "m", "s", "K", "Hz", "eV", "Pa", "W", "V", "A", "J", "N", "T", "L", "l", "M", "mol", "bar", "Da", "Oe")


# "/s", "/mm2", " s −1" after a symbol
COMPOUND = re.compile(
    r"/(?P<over>[A-Za-zµμ]{1,3})(?P<power>[23²³])?(?!\w)|[\s·](?P<raised>[A-Za-zµμ]{1,3})\s?[-−](?P<minus>[123])(?!\w)"
)
OLD_POUNDS = re.compile(r"l\.(?!\w)")  # 14,000,000l.
POUND_OF_SIZE = re.compile(r"-pound(?!s|er|\s(?:note|bill|coin|debt|fine|loan|tax|stamp))", re.IGNORECASE)
SUPERSCRIPTS = {"²": "2", "³": "3"}


class Unit(NamedTuple):
    """A unit with its id, the kind of figure that it makes, and what one of it is in ``id``."""

    id: str
    kind: FigureKind
    factor: Fraction = Fraction(1)


class UnitTable(NamedTuple):
    """The units by name and by symbol, and the patterns that find them."""

    names: dict[str, Unit]
    symbols: dict[str, Unit]
    money: dict[str, Unit]
    name_after: re.Pattern[str]
    symbol_after: re.Pattern[str]
    symbol_before: re.Pattern[str]


@cache
def load_units() -> UnitTable:
    """The table of the package, read once."""
    raw = tomllib.loads(resources.files("annotate.annotators").joinpath("units.toml").read_text(encoding="utf-8"))
    names: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    money: dict[str, Unit] = {}
    for section, entries in raw.items():
        for unit_id, entry in entries.items():
            unit = Unit(entry.get("of", unit_id), KINDS[section], Fraction(entry.get("factor", "1")))
            for name in entry["names"]:
                names |= dict.fromkeys((fold(name), plural(fold(name))), unit)
            symbols |= dict.fromkeys(entry["symbols"], unit)
            if section == "currency":
                money |= {fold(symbol): unit for symbol in entry["symbols"]}
                codes = [symbol for symbol in entry["symbols"] if len(symbol) == 3 and symbol.isalpha()]
                symbols |= {f"M{code}": unit._replace(factor=Fraction(10**6)) for code in codes}  # 30 MUSD
    for prefix in "pnµμmckMGT":
        for base in SI_BASES:
            symbols.setdefault(prefix + base, Unit(prefix + base, "QUANTITY"))
    del symbols["pm"]  # "7 pm" is an hour
    names |= {form: Unit("GBP", "MONEY") for form in ("pound", "pounds", "l. sterling")}
    return UnitTable(names, symbols, money, *_patterns(names, symbols, money))


def _patterns(
    names: dict[str, Unit], symbols: dict[str, Unit], money: dict[str, Unit]
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What finds a name after a number, a symbol after it, and a currency sign before it."""
    adjectives = "|".join(ADJECTIVES)
    return (
        re.compile(
            rf"(?:-odd)?[-\s\u00a0\u2060]{{0,4}}(?:of[\s]{{1,3}})?(?P<adjectives>(?:(?:{adjectives})[-\s]{{1,3}}){{0,2}})"
            rf"(?P<unit>{_either(names)})(?![^\W\d_])(?!\w*[^\W\d_])",
            re.IGNORECASE,
        ),
        re.compile(rf"[\s\u00a0\u2060-]{{0,2}}(?P<unit>{_either(symbols)})(?:(?<=[%°‰€¢$£元′″])|(?!\w|[-‐][^\W\d_]))"),
        re.compile(rf"(?<![^\W\d_])(?P<unit>{_either(money)})[\s\u00a0\u2060]{{0,2}}\Z", re.IGNORECASE),
    )


def plural(name: str) -> str:
    """The regular plural of an English name: "penny" is in the table, "century" -> "centuries"."""
    if name.endswith(("s", "x", "ch")):
        return name
    return name[:-1] + "ies" if name.endswith("y") and name[-2:-1] not in "aeou" else name + "s"


def unit_after(text: str, position: int, *, digits: bool) -> tuple[Unit, int] | None:
    """The unit that stands right after a number, with its end; symbols ("t", "°C") only after digits."""
    table = load_units()
    if digits:
        if OLD_POUNDS.match(text, position):
            return Unit("GBP", "MONEY"), position + 2
        found = _symbol_after(table, text, position)
        if found:
            return found
    match = table.name_after.match(text, position)
    if not match:
        return None
    name = fold(match["unit"])
    unit, end = table.names[name], match.end("unit")
    if name in ("pound", "pounds") and (_is_weight(text, end) or POUND_OF_SIZE.match(text, position)):
        unit = Unit("lb", "QUANTITY")
    return unit, end


def _symbol_after(table: UnitTable, text: str, position: int) -> tuple[Unit, int] | None:
    match = table.symbol_after.match(text, position)
    if not match or (match["unit"] in ("M.", "A") and match.start("unit") == position + 1):
        return None  # "5 A" and "5 M." begin something else
    unit = table.symbols[" ".join(match["unit"].split())]
    if unit.kind == "MONEY" and text[match.end() : match.end() + 1].isdecimal():
        return None  # the sign of the next number: "1 $10 bill"
    return _compound(table, text, unit, match.end("unit"))


def _compound(table: UnitTable, text: str, unit: Unit, end: int) -> tuple[Unit, int]:
    """ "m/s", "kg/mm2", "km s −1": a symbol over symbols, as written but for the powers ("kg/mm^2", "km s^-1")."""
    while unit.kind in ("QUANTITY", "DURATION") and (match := COMPOUND.match(text, end)):
        under = match["over"] or match["raised"]
        if under not in table.symbols or table.symbols[under].kind == "MONEY":
            break
        if match["over"]:
            power = SUPERSCRIPTS.get(match["power"] or "", match["power"] or "")
            name = f"{unit.id}/{under}" + (f"^{power}" if power else "")
        else:
            name = f"{unit.id} {under}^-{match['minus']}"
        unit, end = Unit(name, "QUANTITY"), match.end()
    return unit, end


def currency_before(text: str, position: int) -> tuple[Unit, int] | None:
    """The currency sign that stands right before a number, with its start."""
    table = load_units()
    start = max(0, position - 8)
    match = table.symbol_before.search(text[start:position])
    return (table.money[fold(match["unit"])], start + match.start("unit")) if match else None


def starts_with_unit(after: str) -> bool:
    """True where a text begins with white space and a unit: "1850 tons" is no year."""
    if after.startswith(("%", "°", "‰")):
        return True
    return after[:1].isspace() and not after.startswith(" of ") and bool(load_units().name_after.match(after))


# "pounds of wool", "pounds in weight", "a pound of butter": weight; "pounds of debt" stays money
_WEIGHT = re.compile(
    r"\s(?:in\sweight|avoirdupois|troy)|\sof\s(?:(?:raw|fine|cotton|wool|wheat|rye|good|white|brown|dry)\s)?"
    r"(?:wool|cotton|butter|bread|flour|meat|beef|pork|sugar|tea|coffee|tobacco|silk|gold|silver|copper|iron|steel|tin"
    r"|lead|yarn|flax|hemp|rice|salt|cheese|fish|potatoes|grain|wheat|powder|gunpowder|candles|soap|rubber|paper|water"
    r"|cloth|rags|explosives|dynamite|coal|food|pepper|spices|indigo|opium|bacon|lard|tallow|hops|honey|wax)\b"
)


def _is_weight(text: str, end: int) -> bool:
    return bool(_WEIGHT.match(text, end, end + 40))


def _either(words: dict[str, Unit] | list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in sorted(words, key=len, reverse=True))
