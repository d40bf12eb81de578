"""Speed of a gazetteer and an authority file of 1,000 and of 100,000 names on the same text, and the gold of linking.

    python benchmarks/gazetteer.py

Names are made of syllables, the same every time, half persons and half places, and one name in a hundred of the smaller list
is put into the text. The whole pipeline runs with either list in turns in one process; reading and indexing are told apart.
spaCy's PhraseMatcher stands beside our index: the same names, each tokenised once.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

from annotate.authorities import UserAuthorities
from annotate.authorities.gazetteer import Gazetteer
from annotate.authorities.linking import link_authorities
from annotate.authorities.shelf import Shelf
from annotate.engine import load_model
from annotate.pipeline import annotate_articles
from corpus.authorities import read_authority
from corpus.readers import read
from schemas.records import Article

ROOT = Path(__file__).resolve().parent.parent
SMALL, LARGE, ROUNDS = 1_000, 100_000, 5
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ia", "en", "or")]


def main() -> None:
    rows = list(made_rows())
    listed: dict[int, UserAuthorities] = {}
    for size in (SMALL, LARGE):
        table = "name,type,id\n" + "\n".join(rows[:size]) + "\n"
        reading, (records, _) = timed(lambda table=table: read_authority(table.encode(), "made.csv"))
        building, gazetteer = timed(lambda records=records: Gazetteer(records))
        shelving, shelf = timed(lambda records=records: Shelf(records))
        listed[size] = UserAuthorities(gazetteer, shelf, (), "")
        print(
            f"{size:,} names: read in {reading:.2f} s, gazetteer built in {building:.2f} s, shelf in {shelving:.2f} s"
        )
    article = text_with([row.split(",")[0] for row in rows[:SMALL:100]])
    words = len(article.text.split())
    scanning = {size: best(lambda one=one: one.gazetteer.find(article.text)) for size, one in listed.items()}
    print(f"scan of {words:,} words: {ratio(scanning)}; {words / scanning[LARGE]:,.0f} words/s with {LARGE:,} names")
    whole = pipeline_times(article, listed)
    print(f"whole pipeline: {ratio(whole)}; {words / whole[LARGE]:,.0f} words/s")
    (annotated,) = annotate_articles([article], load_model(), authorities=listed[SMALL])
    linking = {size: best(lambda one=one: link_authorities(annotated, one.shelf)) for size, one in listed.items()}
    print(f"linking: {ratio(linking)}")
    print(f"PhraseMatcher: {LARGE:,} names built in {phrase_matcher([row.split(',')[0] for row in rows]):.2f} s")
    gold()


def made_rows() -> Iterator[str]:
    """Rows of a table: "Given Family,person,id" and "Place,place,id" in turns."""
    chosen = random.Random(7)

    def word() -> str:
        return "".join(chosen.choice(SYLLABLES) for _ in range(chosen.randint(2, 4))).capitalize()

    families, givens = [word() for _ in range(40_000)], [word() for _ in range(2_000)]
    for number in range(LARGE):
        if number % 2:
            yield f"{chosen.choice(givens)} {chosen.choice(families)},person,p{number}"
        else:
            yield f"{word()} {word()},place,l{number}"


def text_with(names: list[str]) -> Article:
    """The example article five times over, with the names in it."""
    example = (ROOT / "examples" / "gold-standard.txt").read_text(encoding="utf-8").split("\n\n")
    paragraphs = [part for part in example if len(part.split()) > 40] * 5
    parts = [f"{part} It was {names[n % len(names)]} who said so." for n, part in enumerate(paragraphs)]
    (article,) = read("\n\n".join(parts).encode(), "made.txt")
    return article


def pipeline_times(article: Article, listed: dict[int, UserAuthorities]) -> dict[int, float]:
    """Median seconds of the whole pipeline with each list, in turns."""
    nlp = load_model()
    times: dict[int, list[float]] = {size: [] for size in listed}
    for _ in range(ROUNDS):
        for size, one in listed.items():
            spent, (annotated,) = timed(lambda one=one: list(annotate_articles([article], nlp, authorities=one)))
            times[size].append(spent)
            found = sum(ann.made_by == "gazetteer" for ann in annotated.annotations)
            assert found >= 5, f"only {found} listed names were found"
    return {size: statistics.median(spent) for size, spent in times.items()}


def phrase_matcher(names: list[str]) -> float:
    """Seconds to make a PhraseMatcher of the names."""
    nlp = spacy.blank("en")
    nlp.tokenizer.max_cache_size = 1_000_000
    matcher = PhraseMatcher(nlp.vocab)
    return timed(lambda: matcher.add("NAME", list(nlp.tokenizer.pipe(names))))[0]


def gold() -> None:
    """Precision and recall on our own ambiguous names, odd and even cases apart."""
    sys.path.insert(0, str(ROOT / "tests" / "annotate" / "authorities"))
    import test_linking

    cases = test_linking.gold()
    for name, part in (("odd (weights were set on them)", cases[::2]), ("even", cases[1::2])):
        precision, recall, wrong = test_linking.score(part)
        print(f"linking, {len(part)} {name} cases: precision {precision:.3f}, recall {recall:.3f}")
        for line in wrong:
            print(f"   {line[:200]}")


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """CPU seconds of this process, and the result."""
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result


def best(work: Callable[[], object]) -> float:
    """The least CPU seconds of several rounds."""
    return min(timed(work)[0] for _ in range(ROUNDS))


def ratio(times: dict[int, float]) -> str:
    """The times of both lists and their ratio."""
    return f"{times[SMALL]:.3f} s and {times[LARGE]:.3f} s, ratio {times[LARGE] / times[SMALL]:.2f}"


if __name__ == "__main__":
    main()
