"""What must be true of a warehouse before it is made current: each check, made to fail."""

import pytest

from frankpledge.warehouse import build as building_room
from frankpledge.warehouse.build import build
from frankpledge.warehouse.checks import _CHECKS
from frankpledge.warehouse.shelf import current_key
from tests.conftest import HARROW, add_all, crime, small_areas

CORRUPTIONS = {
    "the cube counts every record that has an area, once": "UPDATE monthly_count SET count = count + 1",
    "no count is negative": "INSERT INTO monthly_count SELECT load_id, series_id, month, area_id + 1, offence_id, 0 "
    "FROM monthly_count",
    "every area is counted in one area of a kind at most": "INSERT INTO placement SELECT area_id, 'ward', counted_in "
    "FROM placement",
    "rows read are rows kept and rows refused": "UPDATE load SET rows_read = rows_read + 1",
    "an area has one population a year and series": "INSERT INTO population SELECT * FROM population",
    "every count lies in a series": "DELETE FROM series",
}


def test_every_check_is_made_to_fail_here():
    assert set(CORRUPTIONS) == set(_CHECKS)


@pytest.fixture(scope="module")
def filled(place):
    workspace, files = place
    add_all(workspace, files.boroughs(), files.street(crimes=[crime(small_areas(HARROW)[0])]), files.population())
    return workspace


@pytest.mark.parametrize("promise", CORRUPTIONS)
def test_corrupted_warehouse_is_never_made_current(filled, monkeypatch, promise):
    monkeypatch.setattr(building_room, "find_quality", lambda con, own: con.execute(CORRUPTIONS[promise]))
    monkeypatch.setattr(building_room, "load_published", lambda con: None)

    with pytest.raises(AssertionError) as failed:
        build(filled, lambda step: None)

    assert str(failed.value).startswith(f"check failed: {promise} (off by ")
    assert current_key(filled) is None
