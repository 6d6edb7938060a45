"""The command line: parsing, and showing what the library answers. Nothing is worked out here."""
