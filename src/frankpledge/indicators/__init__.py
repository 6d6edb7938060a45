"""Indicators: a definition, asked of a warehouse, gives estimates.

Engines count, and count whole numbers only; every rate and interval is made from the counts in
`frankpledge.statistics`.
"""
