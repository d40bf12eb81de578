"""What each layer around the entity model is worth: strict F with all of them, and with each one switched off.

    python benchmarks/entity_layers.py [GOLD...]

Without arguments, the gold sets of ``ner/dev`` in the shared folder and the small texts below, which hold what the sets do
not: reference lists, affiliations, dates that look like names. The model reads each text once; the layers run anew.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from annotate.annotators.entity_layers import ALL_LAYERS, EntityLayers
from annotate.engine import load_model, parse_blocks
from annotate.evaluation.answers import read_names
from annotate.evaluation.gold_files import GoldText, read_gold_file
from annotate.evaluation.scores import OVERALL, Counts, Span, comparable
from schemas.records import Article, Block, BlockKind, Metadata, Source

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures" / "names" / "layers.txt"
LABELS = ("PERSON", "ORG", "LOC", "EVENT", "WORK", "GROUP")


def main() -> None:
    shared = Path(os.environ.get("ADFONTES_SHARED", ROOT.parent / "shared"))
    paths = [Path(name) for name in sys.argv[1:]] or sorted((shared / "data" / "ner" / "dev").glob("*.jsonl"))
    sets = {path.stem: list(read_gold_file(path).texts) for path in paths}
    sets["own"] = read_fixtures(FIXTURES)
    nlp = load_model()
    read = {
        name: list(zip(texts, parse_blocks([text.article for text in texts], nlp), strict=True))
        for name, texts in sets.items()
    }
    variants = {"all layers": ALL_LAYERS}
    variants |= {f"without {name}": EntityLayers(**{name: False}) for name in EntityLayers.__struct_fields__}
    print(f"{'strict F':18}" + "".join(f"{name:>10}" for name in sets))
    whole: dict[str, float] = {}
    for variant, layers in variants.items():
        row = f"{variant:18}"
        for name, pairs in read.items():
            counts = Counts()
            for text, (_, docs) in pairs:
                found = read_names(text.article, docs, layers)
                counts.add(text.article.text, *comparable(text.names, found, text.labels, text.unknown, text.undecided))
            f = counts.tallies("strict")[OVERALL].f
            whole.setdefault(name, f)
            row += f"{f:>10.1f}" if variant == "all layers" else f"{f - whole[name]:>+10.1f}"
        print(row, flush=True)


def read_fixtures(path: Path) -> list[GoldText]:
    """Articles of ``kind: text`` lines with names as ``[LABEL words]``, parted by blank lines."""
    return [_article(part.split("\n"), number) for number, part in enumerate(path.read_text("utf-8").split("\n\n"))]


def _article(lines: list[str], number: int) -> GoldText:
    text, blocks, names = "", [], []
    for line in filter(None, lines):
        kind, _, marked = line.partition(": ")
        start = len(text)
        for place, part in enumerate(marked.replace("]", "[").split("[")):
            label, _, words = part.partition(" ") if place % 2 else ("", "", part)
            if label:
                names.append(Span(len(text), len(text) + len(words), label))
            text += words
        blocks.append(Block(f"b-{len(blocks)}", _kind(kind), start, len(text)))
        text += "\n\n"
    source = Source(name=FIXTURES.name, media_type="text/plain", sha256="", encoding="utf-8")
    article = Article(id=f"own-{number}", source=source, metadata=Metadata(), text=text, blocks=tuple(blocks))
    return GoldText(article, tuple(names), LABELS)


def _kind(word: str) -> BlockKind:
    return word  # type: ignore[return-value]


if __name__ == "__main__":
    main()
