"""Frankpledge: what a community safety partnership runs its year on.

These are the names an analyst imports; the command line is a thin skin over them.

    from frankpledge import find_workspace, open_warehouse, find_indicator, compute, parse_period
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frankpledge.errors import UserError
    from frankpledge.geography import AreaKind
    from frankpledge.indicators.compute import compute
    from frankpledge.indicators.definition import find_indicator, read_indicators
    from frankpledge.model.estimate import Estimate, Status
    from frankpledge.periods import Period, parse_period
    from frankpledge.warehouse.build import build
    from frankpledge.warehouse.connection import open_warehouse
    from frankpledge.workspace import find_workspace, init_workspace

# Each is imported when it is asked for: a command that counts nothing need not wait for what counts.
_MODULES = {
    "AreaKind": "geography",
    "Estimate": "model.estimate",
    "Period": "periods",
    "Status": "model.estimate",
    "UserError": "errors",
    "build": "warehouse.build",
    "compute": "indicators.compute",
    "find_indicator": "indicators.definition",
    "find_workspace": "workspace",
    "init_workspace": "workspace",
    "open_warehouse": "warehouse.connection",
    "parse_period": "periods",
    "read_indicators": "indicators.definition",
}

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
# When this version was made ready, with the newest of its libraries; SECURITY.md says for how long that will do.
__released__ = "2026-11-29"


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module “frankpledge” has no name “{name}”")
    return getattr(import_module(f"frankpledge.{_MODULES[name]}"), name)
