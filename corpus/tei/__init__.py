"""TEI XML as people really publish it, to outlines: with and without a namespace, GROBID's dialect, our own."""

from corpus.tei.article import outline_of

__all__ = ["outline_of"]
