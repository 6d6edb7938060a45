"""What the tests of sources share."""

import duckdb
import pytest


@pytest.fixture
def engine():
    """An engine with nothing in it."""
    con = duckdb.connect()
    yield con
    con.close()
