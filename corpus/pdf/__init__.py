"""PDF to lines: what stands where on its pages, in reading order, with what the geometry says of each line.

    bytes -> worker (a process of its own) -> Page of Runs -> rows -> columns -> styles -> zones -> Lines with Hints

``page`` shapes of what pdfium tells; ``glyphs`` reads them (the only module that calls pdfium); ``worker`` and
``process`` keep a crash, a hang or a memory bomb in a process of its own; ``rows`` characters to rows of text,
``accents`` on their letters; ``columns`` rows to reading order; ``measure`` the sizes and margins of the whole document;
``furniture`` running heads and page numbers; ``feet`` the notes at page feet; ``blocks`` where paragraphs begin;
``kinds`` titles, headings, quotations; ``extract`` drives them in this order and writes the linear text with regions.
"""
