"""Findings: comparisons of estimates that have been judged, and the sentences written from them."""
