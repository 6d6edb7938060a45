"""The same person or place in two records, with the error of saying so.

Where records share a code, persons are counted exactly, and only the records without a code leave a doubt. Where
there is none, Splink gives each pair of records a probability of being one person's, and every count made of
those carries an interval. Nothing here reads or writes a file, and no name is needed: codes do.
"""

from frankpledge.linkage.by_code import overlap_by_code, repeats_by_code
from frankpledge.linkage.by_link import overlap_by_link, repeats_by_link
from frankpledge.linkage.counts import Overlap, Repeats, Uncertain
from frankpledge.linkage.linking import link_records
from frankpledge.linkage.pairs import Linkage, Pair
from frankpledge.linkage.records import Field, Kind

__all__ = [
    "Field",
    "Kind",
    "Linkage",
    "Overlap",
    "Pair",
    "Repeats",
    "Uncertain",
    "link_records",
    "overlap_by_code",
    "overlap_by_link",
    "repeats_by_code",
    "repeats_by_link",
]
