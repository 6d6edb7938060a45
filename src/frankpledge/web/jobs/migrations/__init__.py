"""The table of work behind the pages."""
