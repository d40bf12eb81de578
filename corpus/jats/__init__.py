"""JATS (and NLM) XML to outlines: front matter, body and back, reference list.

``corpus.readers.jats`` is the reader; here stands what the elements of JATS mean.
"""

from corpus.jats.article import outline_of

__all__ = ["outline_of"]
