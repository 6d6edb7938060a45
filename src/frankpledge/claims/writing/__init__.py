"""The report of a check: as a page, as JSON, as comments in a copy of the Word file."""
