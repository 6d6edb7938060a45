"""What partners send by hand: written templates, mappings, and personal records that never stay readable."""
