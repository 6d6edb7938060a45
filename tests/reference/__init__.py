"""Second implementations, and the real files they are run on."""
