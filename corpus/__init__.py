"""Files to Articles and back: readers, layout, writers, store.

>>> article, = read("Grain\\n\\nIt rose from 58,7 to 84,7 percent.\\n".encode(), "grain.txt")
>>> article.metadata.title
'Grain'
"""

from corpus.readers import read

__all__ = ["read"]
