"""The analytical store: built whole from ``raw/``, checked, named by a hash of all that went into it, read-only."""
