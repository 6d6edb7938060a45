"""Publishers' and partners' files: one module is everything known about one dataset.

A source module has three names: `SOURCE` (what it is), `recognises(sample)` (is this one of its
files, by what is in it) and `tidy(con, file)` (file → rows of the warehouse's tables, and the rows
refused with the reason). Adding a source is adding one file here; `registry` finds it.
"""
