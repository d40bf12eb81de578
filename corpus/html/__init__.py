"""HTML pages as they are saved from a journal's site, to outlines: the article found, its notes kept, the site dropped."""

from corpus.html.page import outline_of
from corpus.html.parse import parse_page

__all__ = ["outline_of", "parse_page"]
