"""The authorities most like Harrow, on real Census topics and deprivation."""

import pytest

from frankpledge.findings.alike import find_alike, read_features
from frankpledge.warehouse.connection import open_warehouse
from tests.reference.conftest import built_from

pytestmark = pytest.mark.real_data


def test_harrow_is_like_its_neighbours_in_outer_london(tmp_path_factory):
    workspace = built_from(
        tmp_path_factory.mktemp("alike") / "harrow", ("E09000015",), "population", "deprivation", "lookup"
    )
    warehouse = open_warehouse(workspace)

    found = find_alike(warehouse, "E09000015", read_features())

    nearest = [one.name for one in found.alike[:3]]
    assert nearest == ["Redbridge", "Hillingdon", "Hounslow"]
    assert not found.not_held and len(found.compared_by) == 9
