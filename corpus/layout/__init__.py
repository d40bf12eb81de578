"""From lines to blocks, notes and references: how a page of plain text is understood. Driven by corpus.readers.text."""
