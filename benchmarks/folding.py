"""How many romanised surnames meet their Cyrillic form, and how many different surnames fall together.

    pip install iuliia pymorphy3 pymorphy3-dicts-ru
    python benchmarks/folding.py

The surnames are those of OpenCorpora (as pymorphy3 ships them), romanised by the 27 systems of iuliia.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict


def main() -> None:
    try:
        import iuliia
        import pymorphy3
    except ImportError as error:
        print(f"skipped: folding ({error.name} is not installed)")
        return
    from bibliography.transliterate import name_keys, same_spelling

    words = pymorphy3.MorphAnalyzer().dictionary.iter_known_words()
    names = sorted({word.capitalize() for word, tag, norm, *_ in words if _is_surname(word, str(tag), norm)})
    by_key: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for key in name_keys(name):
            by_key[key].add(name)
    merged = {name for group in by_key.values() if len(group) > 1 for name in group}
    met: Counter[str] = Counter()
    strange = 0
    systems = {name: getattr(iuliia, name) for name in dir(iuliia) if name.isupper() and name != "UZ"}
    for system, schema in systems.items():
        for name in names:
            written = schema.translate(name)
            met[system] += same_spelling(written, name)
            strange += any(by_key.get(key, set()) - {name} for key in name_keys(written))
    pairs = len(names) * len(systems)
    print(f"== folding: {len(names)} surnames in {len(systems)} systems")
    print(f"meet their Cyrillic form: {sum(met.values()) / pairs:.2%} (lowest: {_lowest(met, len(names))})")
    print(f"surnames that share a code with another: {len(merged) / len(names):.2%}")
    print(f"romanised forms that fit another surname too: {strange / pairs:.2%}")
    assert sum(met.values()) >= 0.99 * pairs and len(merged) <= 0.01 * len(names)


def _is_surname(word: str, tag: str, norm: str) -> bool:
    fits = "Surn" in tag and "nomn" in tag and ("masc" in tag or "ms-f" in tag or "Fixd" in tag)
    return fits and word == norm and re.fullmatch("[а-яё-]+", word) is not None


def _lowest(met: Counter[str], names: int) -> str:
    system, count = min(met.items(), key=lambda found: (found[1], found[0]))
    return f"{system} {count / names:.2%}"


if __name__ == "__main__":
    sys.exit(main())
