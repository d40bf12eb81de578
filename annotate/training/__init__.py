"""Recipes that train the models this package ships; nothing here runs while articles are annotated."""
