"""A sealed inbox between apps: one offers, another accepts, and neither imports the other."""
