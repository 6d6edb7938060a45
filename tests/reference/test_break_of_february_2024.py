"""The Metropolitan Police's new recording system: which series show it, on the real table of London's boroughs."""

import pytest

from frankpledge.findings.series_breaks import find_breaks
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import compute
from frankpledge.indicators.definition import find_indicator
from frankpledge.periods import month_number, one_month
from frankpledge.warehouse.connection import open_warehouse

pytestmark = pytest.mark.real_data

MARCH = month_number(2024, 3)
SERIES = (
    "total-offences", "violence-against-the-person", "violence-with-injury", "violence-without-injury",
    "possession-of-weapons", "robbery", "burglary", "theft", "shoplifting", "theft-of-vehicles", "theft-from-vehicles",
    "theft-from-the-person", "drug-offences", "public-order", "sexual-offences", "criminal-damage", "arson",
)  # fmt: skip


@pytest.fixture(scope="module")
def found(harrow):
    warehouse, partnership = open_warehouse(harrow), harrow.partnership()
    months = [one_month(number) for number in range(month_number(2010, 4), month_number(2024, 10) + 1)]
    answers = [
        compute(
            warehouse, find_indicator(slug), AreaKind.AUTHORITY, ["E09000015"], months, pinned={}, region=partnership
        )
        for slug in SERIES
    ]
    return {one.indicator: one for one in find_breaks(answers, partnership.region_code, MARCH)}


def test_weapons_and_violence_show_it_and_burglary_does_not(found):
    shown = {slug for slug, one in found.items() if one.shown}

    assert shown == {"violence-with-injury", "possession-of-weapons", "shoplifting"}


def test_figures_are_those_of_the_page(found):
    violence, weapons = found["violence-with-injury"].step, found["possession-of-weapons"].step

    assert (round(violence.ratio, 2), round(violence.deviation, 1)) == (0.82, -4.0)
    assert (round(weapons.ratio, 2), round(weapons.deviation, 1)) == (0.78, -3.0)
    assert round(found["violence-against-the-person"].adjusted, 3) == 0.092
