"""The fact list of an article: every claim with its figures, dates, names and sources, as Markdown, CSV and JSON."""

from corpus.writers.facts.make import make_facts
from corpus.writers.facts.markdown import write_markdown
from corpus.writers.facts.styled import style_facts
from corpus.writers.facts.table import write_csv, write_json

__all__ = ["make_facts", "style_facts", "write_csv", "write_json", "write_markdown"]
