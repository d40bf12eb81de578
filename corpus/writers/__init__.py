"""Writers: an Article to bytes, one folder or file for each form.

To add one: one public function ``(Article) -> bytes``, one line in the table of annotate.outputs, one test module.
"""
