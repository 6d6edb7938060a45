"""Rates and proportions, with the figures professionals will check us against."""

import pytest

from frankpledge.statistics import rates


def test_count_interval_below_and_from_ten_events(spec):
    # Garwood (1936) for 0, 1, 5 and 9; Byar's formula by hand for 10 and 100.
    spec(
        """
        area | count
        -----+------
        E01  |     0
        E02  |     1
        E03  |     5
        E04  |     9
        E05  |    10
        E06  |   100
        """,
        rates.count_interval,
        {
            "E01": {"value": 0, "low": 0.000, "high": 3.689, "method": "exact"},
            "E02": {"value": 1, "low": 0.025, "high": 5.572, "method": "exact"},
            "E03": {"value": 5, "low": 1.623, "high": 11.668, "method": "exact"},
            "E04": {"value": 9, "low": 4.115, "high": 17.085, "method": "exact"},
            "E05": {"value": 10, "low": 4.787, "high": 18.391, "method": "byar"},
            "E06": {"value": 100, "low": 81.362, "high": 121.628, "method": "byar"},
        },
        within=0.0006,
    )


def test_rate_interval_per_thousand(spec):
    # Harrow 2018. The report printed 8.81 for burglary, which was Ealing's, and 9.4 for theft from vehicles.
    spec(
        """
        offence  | count | exposure
        ---------+-------+---------
        burglary |  2240 |   248880
        vehicles |  2846 |   248880
        round    |    12 |     1500
        none     |     0 |      900
        """,
        rates.rate_interval,
        {
            "burglary": {"value": 9.000, "low": 8.631, "high": 9.381, "method": "byar"},
            "vehicles": {"value": 11.435, "low": 11.019, "high": 11.863, "method": "byar"},
            "round": {"value": 8.0, "low": 4.129, "high": 13.975, "method": "byar"},
            "none": {"value": 0.0, "low": 0.0, "high": 4.099, "method": "exact"},
        },
        within=0.0006,
    )


def test_rate_interval_per_hundred_thousand(spec):
    spec(
        """
        area | count | exposure |    per
        -----+-------+----------+-------
        E01  |     4 |    80000 | 100000
        E02  |     4 |    80000 |      1
        """,
        rates.rate_interval,
        {"E01": {"value": 5.0}, "E02": {"value": 0.00005}},
    )


def test_proportion_interval_published_examples(spec):
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    spec(
        """
        group | count | of
        ------+-------+----
        A     |    81 | 263
        B     |    15 | 148
        C     |     0 |  20
        D     |     1 |  29
        """,
        rates.proportion_interval,
        {
            "A": {"low": 0.2553, "high": 0.3662, "method": "wilson"},
            "B": {"low": 0.0624, "high": 0.1605, "method": "wilson"},
            "C": {"low": 0.0000, "high": 0.1611, "method": "wilson"},
            "D": {"low": 0.0061, "high": 0.1718, "method": "wilson"},
        },
        within=0.00006,
    )


@pytest.mark.parametrize(("confidence", "high"), [(0.8, 2.303), (0.95, 3.689), (0.998, 6.908)])
def test_count_interval_of_no_events_at_other_confidences(spec, confidence, high):
    # With no events the upper limit is minus the logarithm of one tail.
    spec(
        """
        area | count
        -----+------
        E01  |     0
        """,
        lambda count: rates.count_interval(count, confidence),
        {"E01": {"low": 0.0, "high": high}},
        within=0.0006,
    )
