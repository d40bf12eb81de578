"""What a person changed in the words and blocks of an article, laid on the article and on all that was read from it.

An Emendation is one change; ``rewrite`` makes the new text, its blocks and its way back to the source (law 2), ``carry``
moves the records and tells by a Problem which of them the change touched. Corrected TEI and decisions both come this way.
"""

from corpus.emendation.records import carry, without_the_gone
from corpus.emendation.rewrite import Rewritten, rewrite
from corpus.emendation.shape import Emendation, NewBlock

__all__ = ["Emendation", "NewBlock", "Rewritten", "carry", "rewrite", "without_the_gone"]
