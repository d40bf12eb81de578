"""Finders of citations: pure functions over the text of one block, one file for each form. Linking is annotate.links'.

A finder says where a citation stands and how it calls its source; it knows no library. To add a form: one file here
with one ``find_...`` function, one file in annotate/links that takes what it finds, one test module.
"""
