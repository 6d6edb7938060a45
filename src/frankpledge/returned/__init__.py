"""A Word draft that comes back: compared with its edition, and what is accepted of it taken into the texts."""
