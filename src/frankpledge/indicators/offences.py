"""Which kinds of offence an indicator counts, one by one."""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.indicators.definition import Indicator
from frankpledge.warehouse.connection import Warehouse


def offence_paths(warehouse: Warehouse, indicator: Indicator) -> list[str]:
    """Every offence the indicator counts, those below its own included, and without what it takes away."""
    return paths_under(warehouse, indicator.offences, indicator.less)


def paths_under(warehouse: Warehouse, tops: Sequence[str], less: Sequence[str] = ()) -> list[str]:
    """Every offence that is one of some or below them, and is not, and not below, one of others."""
    paths = warehouse.once(
        ("offence paths",),
        lambda: [str(path) for (path,) in warehouse.con.execute("SELECT path FROM offence").fetchall()],
    )
    return [path for path in paths if _under(path, tops) and not _under(path, less)]


def _under(path: str, tops: Sequence[str]) -> bool:
    return any(path == top or path.startswith(f"{top}/") for top in tops)
