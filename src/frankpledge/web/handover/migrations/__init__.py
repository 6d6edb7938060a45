"""The table of offers."""
