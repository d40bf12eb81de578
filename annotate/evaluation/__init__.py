"""Names found against names that a person has marked: gold files, the pipeline's answers, scores, and what went wrong."""
