"""What a table of the warehouse is, and the columns that many of them share.

Whole numbers wherever a query groups or joins: codes and labels are looked up at the edge.
"""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA_VERSION = 5


@dataclass(frozen=True)
class Column:
    """A column: name, DuckDB type, what it holds. `null` says whether it may be empty."""

    name: str
    type: str
    holds: str
    null: bool = False


@dataclass(frozen=True)
class TableSchema:
    """A table: name, what one row is, columns."""

    name: str
    row: str
    columns: tuple[Column, ...]

    def ddl(self) -> str:
        """The statement that makes it."""
        columns = ", ".join(
            f"{column.name} {column.type}{'' if column.null else ' NOT NULL'}" for column in self.columns
        )
        return f"CREATE TABLE {self.name} ({columns})"


SERIES = Column("series_id", "USMALLINT", "which series (dataset in one release)")
LOAD = Column("load_id", "USMALLINT", "which file it came from")
FROM = Column("load_id", "USMALLINT", "which file it came from; empty for what the package brings", null=True)
MONTH = Column("month", "INTEGER", "month number: year × 12 + month − 1")
OFFENCE = Column("offence_id", "USMALLINT", "which offence")
AREA = Column("area_id", "UINTEGER", "which area")
