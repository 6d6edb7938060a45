"""Who did what, from which seat, when and from where: rows that are only ever added, each chained to the one before."""
