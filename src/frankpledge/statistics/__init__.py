"""What may honestly be said of a count: its rate and interval, its change, its rank, its trend.

Pure functions of numbers: integers and exposures in, frozen dataclasses or arrays out. They know nothing of
areas, indicators or publishers, read nothing, write nothing, and keep no random state of their own. Missing
is never zero here: a caller passes `None` where a function takes it, and otherwise leaves the row out.
"""
