"""TEI XML as people really publish it, to outlines: with and without a namespace, GROBID's dialect, our own."""

from corpus.tei.article import outline_of
from corpus.tei.layers import read_layers
from corpus.tei.ours import read_ours

__all__ = ["outline_of", "read_layers", "read_ours"]
