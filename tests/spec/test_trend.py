"""Rolling totals and months against the mean."""

from frankpledge.statistics import trend


def test_rolling_sums_missing_is_not_zero(spec_columns):
    spec_columns(
        """
        month   | values
        --------+-------
        2024-01 |      5
        2024-02 |      7
        2024-03 |      0
        2024-04 |      -
        2024-05 |      2
        2024-06 |      3
        2024-07 |      4
        """,
        lambda values: trend.rolling_sums(values, window=3),
        {
            "2024-01": None,
            "2024-02": None,
            "2024-03": 12,
            "2024-04": None,
            "2024-05": None,
            "2024-06": None,
            "2024-07": 9,
        },
    )


def test_months_against_mean_allows_for_the_length_of_february(spec_columns):
    # 300 a day throughout. Against the flat mean of 9,000, February's 8,400 would be far below chance.
    spec_columns(
        """
        month   | values | days
        --------+--------+-----
        2023-01 |   9300 |   31
        2023-02 |   8400 |   28
        2023-03 |   9300 |   31
        2023-04 |   9000 |   30
        """,
        months,
        {
            "2023-01": {"expected": 9300.0, "verdict": "near"},
            "2023-02": {"expected": 8400.0, "verdict": "near"},
            "2023-03": {"expected": 9300.0, "verdict": "near"},
            "2023-04": {"expected": 9000.0, "verdict": "near"},
        },
    )


def test_months_against_mean_missing_month_has_an_expectation_but_no_part_in_it(spec_columns):
    # Poisson tables for a mean of 10: at most 3 has probability 0.010, at most 17 has 0.986.
    spec_columns(
        """
        month   | values | days
        --------+--------+-----
        2024-04 |     10 |   30
        2024-05 |      - |   30
        2024-06 |     10 |   30
        """,
        months,
        {
            "2024-04": {
                "position": 0,
                "value": 10,
                "expected": 10.0,
                "low": 4,
                "high": 17,
                "verdict": "near",
            },
            "2024-05": {
                "position": 1,
                "value": None,
                "expected": 10.0,
                "low": 4,
                "high": 17,
                "verdict": "missing",
            },
            "2024-06": {
                "position": 2,
                "value": 10,
                "expected": 10.0,
                "low": 4,
                "high": 17,
                "verdict": "near",
            },
        },
    )


def test_months_against_mean_one_month_stands_out_each_way(spec_columns):
    spec_columns(
        """
        month | values | days
        ------+--------+-----
        01    |    100 |   30
        02    |    102 |   30
        03    |     98 |   30
        04    |    130 |   30
        05    |    101 |   30
        06    |     99 |   30
        07    |     70 |   30
        08    |    100 |   30
        09    |    103 |   30
        10    |     97 |   30
        11    |    100 |   30
        12    |    100 |   30
        """,
        lambda values, days: [month.verdict for month in months(values, days)],
        {
            "01": "near",
            "02": "near",
            "03": "near",
            "04": "above",
            "05": "near",
            "06": "near",
            "07": "below",
            "08": "near",
            "09": "near",
            "10": "near",
            "11": "near",
            "12": "near",
        },
    )


def months(values, days):
    _, compared = trend.months_against_mean(values, days)
    return compared
