"""Reads anybody's published document, and tests its figures against each other."""
