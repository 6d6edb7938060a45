"""A whole strategic assessment in all formats, the warehouse built: the example's."""

from pathlib import Path

from frankpledge.assessment.assess import assess
from frankpledge.periods import parse_period
from frankpledge.workspace import Workspace


def all_formats(folder: str) -> int:
    """Write every format of the 2018 assessment."""
    made = assess(
        Workspace(Path(folder)), parse_period("2018"), prepared="2019-06-01", pins={}, tell=lambda words: None
    )
    return len(made.files)
