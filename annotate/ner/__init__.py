"""Names by a small pretrained encoder: word pieces with casing as shapes, windows, tags, and the spaCy component."""
