"""Hours, repeats and likeness from a warehouse: what is told, and what cannot be."""

import numpy as np
import pytest

from frankpledge.errors import NotHeldError
from frankpledge.findings.alike import Feature, find_alike, read_features
from frankpledge.findings.hours import hours_of
from frankpledge.findings.repeats import find_repeats
from frankpledge.indicators.definition import find_indicator
from frankpledge.periods import parse_period
from tests.conftest import HARROW, crime, small_areas, wards_of

HEADINGS = ("reference", "offence", "from", "to", "easting", "northing", "area_code", "reported_for")
PEOPLE = ("reference", "role", "person", "age_band", "sex", "ethnicity", "injury", "relationship")
BURGLARY = "crime/burglary/residential"
JULY = parse_period("2018-07")


def burglary(number, start="2018-07-02 08:00", end="2018-07-02 10:00", easting="515400", northing="188300"):
    return (f"B{number}", BURGLARY, start, end, easting, northing, wards_of(HARROW)[0], HARROW)


def involved(number, role, code):
    return (f"B{number}", role, code, "25-34", "female", "indian", "none", "stranger")


@pytest.fixture
def warehouse_of(workspace, files, built):
    def make(incidents, people=()):
        paths = [files.csv("people.csv", PEOPLE, people)] if people else []
        return built(workspace, files.best_fit(), files.csv("crimes.csv", HEADINGS, incidents), *paths)

    return make


# Hours


def test_times_are_shared_out_among_their_hours(warehouse_of):
    warehouse = warehouse_of([burglary(1), burglary(2, "2018-07-03 21:00", "")])

    week = hours_of(warehouse, find_indicator("burglary"), HARROW, JULY).week

    assert week.weights[8:10] == pytest.approx([0.5, 0.5])
    assert week.weights[24 + 21] == 1 and week.one_end == 1


def test_other_months_and_offences_are_not_read(warehouse_of):
    other = ("R1", "crime/robbery/personal", "2018-07-02 08:00", "", "515400", "188300", wards_of(HARROW)[0], HARROW)
    warehouse = warehouse_of([burglary(1), burglary(2, "2018-08-02 08:00", ""), other])

    assert hours_of(warehouse, find_indicator("burglary"), HARROW, JULY).week.events == 1


def test_record_is_of_each_of_its_flags(workspace, files, built):
    rows = [(*burglary(1), "knife-crime domestic-abuse"), (*burglary(2), "knife-crime-with-injury"), (*burglary(3), "")]
    warehouse = built(workspace, files.best_fit(), files.csv("crimes.csv", (*HEADINGS, "flags"), rows))

    assert hours_of(warehouse, find_indicator("knife-crime"), HARROW, JULY).week.events == 1
    assert hours_of(warehouse, find_indicator("burglary"), HARROW, JULY).week.events == 3


def test_open_data_has_no_hours(workspace, files, built):
    street = files.street(month="2018-07", crimes=[crime(small_areas(HARROW)[0])])
    warehouse = built(workspace, files.best_fit(), files.forces(), street)

    with pytest.raises(NotHeldError, match="No records of burglaries with a time") as refused:
        hours_of(warehouse, find_indicator("burglary"), HARROW, JULY)
    assert "open data carries months only" in refused.value.to_do


# Repeats


def test_people_struck_again_and_people_on_both_sides(warehouse_of):
    warehouse = warehouse_of(
        [burglary(number) for number in range(1, 6)],
        [
            involved(1, "victim", "V-00A1"),
            involved(2, "victim", "V-00A1"),
            involved(3, "victim", "V-00B1"),
            involved(4, "suspect", "V-00B1"),
            involved(5, "suspect", "V-00C1"),
        ],
    )

    found = find_repeats(warehouse, find_indicator("burglary"), HARROW, JULY)

    assert (found.victims.records, found.victims.persons.value, found.victims.repeated.value) == (3, 2, 1)
    assert (found.suspects.records, found.suspects.repeated.value) == (2, 0)
    assert found.both.persons.value == 1


def test_places_struck_again_and_near_repeats(warehouse_of):
    random = np.random.default_rng(23)
    rows = []
    for number in range(60):
        day, (easting, northing) = random.integers(1, 25), random.integers((513000, 186000), (517000, 190000))
        rows.append(burglary(2 * number, f"2018-07-{day:02} 08:00", "", easting, northing))
        if number < 15:
            rows.append(burglary(2 * number + 1, f"2018-07-{day + 2:02} 08:00", "", easting, northing + 40))
    rows += [burglary(900), burglary(901)]

    found = find_repeats(warehouse_of(rows), find_indicator("burglary"), HARROW, JULY)

    assert (found.places.repeated_points, found.places.on_repeated) == (1, 2)
    assert found.near.observed[1, 0] >= 15 and found.near.p_value[1, 0] <= 0.01
    assert found.victims is None and "victim" in found.why


def test_months_only_say_why_there_are_no_near_repeats(workspace, files, built):
    street = files.street(month="2018-07", crimes=[crime(small_areas(HARROW)[0], reference=str(n)) for n in range(3)])
    warehouse = built(workspace, files.best_fit(), files.forces(), street)

    found = find_repeats(warehouse, find_indicator("burglary"), HARROW, JULY)

    assert found.near is None and "near repeats are a matter of weeks" in found.why["near"]
    assert found.places.on_repeated == 3


def test_no_records_at_all_are_refused(warehouse_of):
    warehouse = warehouse_of([burglary(1)])

    with pytest.raises(NotHeldError, match="No records of robberies are held"):
        find_repeats(warehouse, find_indicator("robbery"), HARROW, JULY)


# Likeness


def test_features_are_read_and_each_is_an_indicator():
    features = read_features()

    assert len(features) >= 8
    assert [one.indicator.slug for one in features if one.mean_of_small_areas] == ["deprivation-2019"]


def test_too_little_to_compare_by_is_refused(warehouse_of):
    warehouse = warehouse_of([burglary(1)])

    with pytest.raises(NotHeldError, match="Only 0 of the 9 things"):
        find_alike(warehouse, HARROW, read_features())


def test_too_few_authorities_are_refused(workspace, files, built):
    warehouse = built(workspace, files.best_fit(), files.population())
    features = [Feature(find_indicator("residents"), "2018", False)] * 4

    with pytest.raises(NotHeldError, match="authorities can be compared"):
        find_alike(warehouse, HARROW, features)
