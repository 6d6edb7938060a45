"""Ranks and how far they may be trusted."""

from frankpledge.statistics import comparison


def test_rank_ranges_clear_and_unclear_places(spec_columns):
    spec_columns(
        """
        area | counts | exposures
        -----+--------+----------
        E01  |    400 |      1000
        E02  |    100 |      1000
        E03  |    104 |      1000
        E04  |     10 |      1000
        """,
        comparison.rank_ranges,
        {
            "E01": {"rank": 4, "low": 4, "high": 4},
            "E02": {"rank": 2, "low": 2, "high": 3},
            "E03": {"rank": 3, "low": 2, "high": 3},
            "E04": {"rank": 1, "low": 1, "high": 1},
        },
    )


def test_rank_ranges_by_rate_and_not_by_count(spec_columns):
    spec_columns(
        """
        area | counts | exposures
        -----+--------+----------
        E01  |    900 |    100000
        E02  |    300 |     10000
        """,
        comparison.rank_ranges,
        {"E01": {"rank": 1, "low": 1, "high": 1}, "E02": {"rank": 2, "low": 2, "high": 2}},
    )


def test_rank_ranges_ties_share_the_lower_rank(spec_columns):
    spec_columns(
        """
        area | counts | exposures
        -----+--------+----------
        E01  |     10 |       100
        E02  |     20 |       200
        E03  |   2000 |      1000
        E04  |     10 |       100
        """,
        comparison.rank_ranges,
        {
            "E01": {"rank": 1, "low": 1, "high": 3},
            "E02": {"rank": 1, "low": 1, "high": 3},
            "E03": {"rank": 4, "low": 4, "high": 4},
            "E04": {"rank": 1, "low": 1, "high": 3},
        },
    )


def test_rank_ranges_areas_without_events(spec_columns):
    spec_columns(
        """
        area | counts | exposures
        -----+--------+----------
        E01  |      0 |       100
        E02  |      0 |       900
        """,
        comparison.rank_ranges,
        {"E01": {"rank": 1, "low": 1, "high": 2}, "E02": {"rank": 1, "low": 1, "high": 2}},
    )
