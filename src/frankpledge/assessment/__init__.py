"""The family of documents: which blocks, in what order, made from findings."""
