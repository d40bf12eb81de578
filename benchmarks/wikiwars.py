"""WikiWars and GUM with each period as its two ends, as these corpora annotate it; our annotation has one date for a range.

    python benchmarks/wikiwars.py SHARED_FOLDER

Prints overlap and value P, R, F1 as they are and with periods split, for the first ten WikiWars articles (looked at while
the rules were written), the other six (totals only) and GUM. Needs the shared gold data and scorer.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from annotate.annotators.date_values import Moment, date_value
from annotate.annotators.dates import find_dates

BETWEEN_ENDS = re.compile(r"[\s\u2060]*(?:[-–—/]|\b(?:to|and|until|till|through)\b)[\s\u2060]*")


def as_item(moment: Moment) -> dict[str, Any]:
    """A date in the shape that the scorer reads."""
    value = date_value(moment)
    return {
        "start": moment.start,
        "end": moment.end,
        "earliest": value.earliest,
        "latest": value.latest,
        "edtf": value.edtf,
    }


def with_ends(text: str, moments: list[Moment]) -> list[dict[str, Any]]:
    """The dates of a text, each period split where its dash or "to" stands."""
    items = []
    for moment in moments:
        found = BETWEEN_ENDS.search(text, moment.start, moment.end) if moment.kind == "PERIOD" else None
        if found is None:
            items.append(as_item(moment))
            continue
        items.append(as_item(moment._replace(end=found.start(), kind="DATE", last=moment.first)))
        items.append(as_item(moment._replace(start=found.end(), kind="DATE", first=moment.last)))
    return items


def main() -> None:
    shared = Path(sys.argv[1])
    sys.path.insert(0, str(shared / "bench"))
    from score_figures import score_dates  # type: ignore[import-not-found]

    data = {
        name: [
            json.loads(line)
            for line in (shared / "data" / "figures" / f"{name}.jsonl").read_text("utf-8").split("\n")
            if line
        ]
        for name in ("dates_wikiwars_dev", "dates_gum_tei")
    }
    war, gum = data["dates_wikiwars_dev"], data["dates_gum_tei"]
    for name, docs in (("WikiWars, first ten", war[:10]), ("WikiWars, other six", war[10:]), ("GUM", gum)):
        found = {doc["id"]: find_dates(doc["text"]) for doc in docs}
        for how, make in (
            ("as they are", lambda _, moments: [*map(as_item, moments)]),
            ("periods as two dates", with_ends),
        ):
            result = score_dates(docs, {doc["id"]: make(doc["text"], found[doc["id"]]) for doc in docs})
            print(f"{name}, {how}: overlap {result['overlap']}, value {result['e2e_value']}")


if __name__ == "__main__":
    main()
