"""What partners' returns in the example add up to: figures that were printed, read back in plain Python."""

from collections import defaultdict

import numpy as np
import pytest

from frankpledge.assessment.serious_violence import find_serious_violence
from frankpledge.example import example_serious_violence
from frankpledge.example.returns.spreading import QUARTER, YEAR, part_of, periods_of, spread
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import compute
from frankpledge.indicators.definition import find_indicator
from frankpledge.periods import parse_period
from tests.unit.example.reading import rows_of

HARROW = "E09000015"


@pytest.fixture(scope="module")
def held(example_files):
    """(template column or measure, period) → value, of every return by period."""
    found = defaultdict(dict)
    for path in example_files:
        rows = rows_of(path)
        for row in rows:
            if "period" not in row:
                break
            if row["area_code"] == HARROW:
                if "measure" in row:
                    found[row["measure"]][row["period"]] = int(row["value"])
                elif not row.get("exploitation") and "project" not in row and "survey" not in row:
                    for name, value in row.items():
                        if value.isdigit():
                            found[name][row["period"]] = int(value)
    return found


def months_of(values, period):
    wanted = parse_period(period)
    spans = [parse_period(one) for one in values]
    return sum(
        value for one, value in zip(spans, values.values(), strict=True)
        if wanted.first <= one.first and one.last <= wanted.last and one.last - one.first < 3
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "period", "printed"),
    [
        ("marac_cases", "FY2018-19", 254),
        ("idva_cases", "FY2018-19", 348),
        ("idva_target", "FY2018-19", 240),
        ("refuge_requests", "FY2018-19", 51),
        ("refuge_placed", "FY2018-19", 10),
        ("domestic-abuse/high-risk-cases", "FY2018-19", 429),
        ("flagged/serious-youth-violence", "2017", 140),
        ("flagged/serious-youth-violence", "2018", 133),
        ("youth-justice/weapons", "2018", 26),
        ("youth-justice/offences", "FY2022-23", 181),
        ("exploitation/county-lines/referrals", "FY2021-22", 26),
        ("exploitation/child-sexual-exploitation", "2018", 18),
        ("flagged/serious-violence", "R12-2023-09", 1598),
        ("flagged/serious-violence/hate-crime", "R12-2023-09", 129),
        ("flagged/violence-against-women-and-girls", "2023-07", 296),
    ],
)
def test_returns_add_up_to_what_was_printed(held, name, period, printed):
    assert months_of(held[name], period) == printed


def test_people_referred_as_exploited_are_those_printed(held):
    assert held["nrm_adults"]["2018-Q1"] >= 0
    assert months_of(held["nrm_adults"], "2018") + months_of(held["nrm_children"], "2018") == 16
    assert months_of(held["nrm_children"], "2018") == 14


def test_a_share_of_people_is_the_printed_one(held):
    victims = held["victims/serious-violence-not-domestic"]["R12-2023-06"]
    young = held["victims/serious-violence-not-domestic/male"]["R12-2023-06"]
    assert round(100 * young / victims) == 67


def test_no_part_is_more_than_its_whole(held):
    for measure, by_period in held.items():
        whole = held.get(measure.rpartition("/")[0])
        # What the police count as violent hate crime is a part of what its name says, and not of its path.
        for period in whole or ():
            if period in by_period and not measure.startswith(("health/", "delivery/")):
                assert by_period[period] <= whole[period], (measure, period)


@pytest.mark.parametrize(
    ("slug", "count"), [("custodial-sentences", 9), ("custodial-remands", 12), ("assault-emergency-admissions", None)]
)
def test_records_of_people_are_tallied_to_what_was_printed(warehouse, slug, count):
    period = parse_period("FY2018-19")
    estimate = compute(warehouse, find_indicator(slug), AreaKind.AUTHORITY, [HARROW], [period], pinned={}).of(
        HARROW, period
    )
    assert estimate.numerator == count if count else estimate.numerator > 0
    assert estimate.invented


def test_reoffending_of_a_quarter_is_the_printed_one(warehouse):
    period = parse_period("2017-Q1")
    found = compute(warehouse, find_indicator("youth-reoffending"), AreaKind.AUTHORITY, [HARROW], [period], pinned={})
    assert (found.of(HARROW, period).numerator, found.of(HARROW, period).denominator) == (12, 33)


def test_spread_counts_add_up_and_overlapping_totals_are_passed_over():
    counts = spread({2016: 40, 2023: 60}, QUARTER, {"2018": 50, "FY2018-19": 70}, np.random.default_rng(1))
    assert sum(count for period, count in counts.items() if period.startswith("2018")) == 50
    assert list(counts) == [one.text for one in periods_of(QUARTER)]


def test_a_part_has_the_printed_share_of_its_whole():
    rng = np.random.default_rng(1)
    whole = spread({2016: 400}, QUARTER, {}, rng)
    part = part_of(whole, {2016: 10}, {"2019": 25}, rng)
    in_2019 = [period for period in whole if period.startswith("2019")]
    assert sum(part[one] for one in in_2019) == round(sum(whole[one] for one in in_2019) / 4)
    assert all(part[one] <= whole[one] for one in whole)


def test_returns_by_year_end_with_the_last_whole_year():
    assert [one.text for one in periods_of(YEAR)] == [str(year) for year in range(2016, 2023)]


def test_the_examples_definition_of_serious_violence_can_be_read(tmp_path):
    folder = tmp_path / "serious-violence"
    folder.mkdir()
    (folder / "example.yaml").write_text(example_serious_violence(), encoding="utf-8")
    version = find_serious_violence(tmp_path).in_force(parse_period("2018"))
    assert "invented" in version.decided_by
    assert version.decided_on == "21 March 2012"
