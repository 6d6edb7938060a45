"""Changes between two counts, with published and hand-worked answers."""

from math import inf

from frankpledge.statistics import change


def test_compare_counts_equal_exposures(spec):
    # 0 to 3 is two of the eight ways three events can fall, 5 to 0 is two of thirty-two. Knife injuries of
    # under-25s are from Harrow's assessment of 2019; for the robberies the E-test has 0.165 (A. Wheeler).
    spec(
        """
        what       | before | after
        -----------+--------+------
        robberies  |     16 |    25
        knife      |     20 |    36
        first ever |      0 |     3
        last ever  |      5 |     0
        nothing    |      0 |     0
        unchanged  |     40 |    40
        """,
        change.compare_counts,
        {
            "robberies": {"difference": 9, "ratio": 1.5625, "p_value": 0.2110},
            "knife": {"difference": 16, "ratio": 1.8, "p_value": 0.0440},
            "first ever": {"difference": 3, "ratio": None, "ratio_high": inf, "p_value": 0.25},
            "last ever": {
                "difference": -5,
                "ratio": 0.0,
                "ratio_low": 0.0,
                "ratio_high": 1.0913,
                "p_value": 0.0625,
            },
            "nothing": {"difference": 0, "ratio": None, "ratio_low": 0.0, "ratio_high": inf, "p_value": 1.0},
            "unchanged": {"difference": 0, "ratio": 1.0, "p_value": 1.0},
        },
        within=0.00006,
    )


def test_compare_counts_unequal_exposures(spec):
    # Fay: vignettes of the R packages exactci (2 in 17,877 against 10 in 20,000) and rateratio.test (9 in
    # 16,660), whose p-value is of another kind and so not compared.
    spec(
        """
        trial    | before | after | exposure_before | exposure_after
        ---------+--------+-------+-----------------+---------------
        exactci  |     10 |     2 |           20000 |          17877
        rate     |      9 |     2 |           16660 |          17877
        """,
        change.compare_counts,
        {
            "exactci": {
                "ratio": 0.2237512,
                "ratio_low": 0.02383738,
                "ratio_high": 1.04995468,
                "p_value": 0.04213,
                "method": "exact conditional",
            },
            "rate": {"ratio": 0.2070941557, "ratio_low": 0.02177406, "ratio_high": 1.00054910},
        },
        within=0.000005,
    )


def test_compare_counts_leap_year(spec):
    # The same daily pace in 28 and 29 days is no change at all.
    spec(
        """
        month    | before | after | exposure_before | exposure_after
        ---------+--------+-------+-----------------+---------------
        February |    280 |   290 |              28 |             29
        """,
        change.compare_counts,
        {"February": {"difference": 10, "ratio": 1.0, "p_value": 1.0}},
    )
