"""Frankpledge: what a community safety partnership runs its year on.

These are the names an analyst imports; the command line is a thin skin over them.

    from frankpledge import find_workspace, open_warehouse, find_indicator, compute, parse_period
"""

from frankpledge.errors import UserError
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import compute
from frankpledge.indicators.definition import find_indicator, read_indicators
from frankpledge.model.estimate import Estimate, Status
from frankpledge.periods import Period, parse_period
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.workspace import find_workspace, init_workspace

__all__ = [
    "AreaKind",
    "Estimate",
    "Period",
    "Status",
    "UserError",
    "build",
    "compute",
    "find_indicator",
    "find_workspace",
    "init_workspace",
    "open_warehouse",
    "parse_period",
    "read_indicators",
]
__version__ = "0.1.0"
