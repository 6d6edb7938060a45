"""Shares: a count within another, with Wilson's interval; of a region; and what each audience may see of one."""

import pytest

from frankpledge.disclosure import Audience, treat_estimate
from frankpledge.indicators.definition import Against, Denominator
from frankpledge.model.estimate import Status
from frankpledge.statistics.rates import proportion_interval
from tests.conftest import BARNET, HARROW, LONDON
from tests.unit.indicators.holding import REGION, answer, answers, holding, indicator

OF_KNIFE = Denominator(Against.WHOLE, ("flagged/knife",), "knife crimes")
WITH_INJURY = indicator("flagged/knife-with-injury", denominator=OF_KNIFE, multiplier=100)


def knives(*rows, policy="open"):
    """A series of knife crimes a month. Rows: (area, knife crimes, those with injury)."""
    return holding(
        counts=[
            ("some-counts", area, "2018", path, each)
            for area, whole, part in rows
            for path, each in (("flagged/knife", whole), ("flagged/knife-with-injury", part))
        ],
        policy=policy,
    )


def test_share_has_the_interval_of_a_proportion():
    found = answer(knives((HARROW, 10, 3)), WITH_INJURY, "2018")

    expected = proportion_interval(36, 120)
    assert (found.numerator, found.denominator, found.value) == (36, 120, pytest.approx(30.0))
    assert (found.low, found.high) == (pytest.approx(100 * expected.low), pytest.approx(100 * expected.high))
    assert (found.method, found.share, found.unit, found.population) == ("wilson", True, "% of knife crimes", None)


@pytest.mark.parametrize(("part", "value"), [(0, 0.0), (10, 100.0)])
def test_none_and_all_are_shares_and_their_interval_stays_within_them(part, value):
    found = answer(knives((HARROW, 10, part)), WITH_INJURY, "2018")

    assert found.value == value
    assert 0 <= found.low <= value <= found.high <= 100
    assert found.low < found.high


def test_share_of_none_is_no_share():
    found = answer(knives((HARROW, 0, 0)), WITH_INJURY, "2018")

    assert (found.numerator, found.denominator, found.value, found.missing) == (0, 0, None, False)
    assert found.method == "count only: there were no knife crimes"


def test_part_greater_than_its_whole_is_no_share():
    found = answer(knives((HARROW, 2, 3)), WITH_INJURY, "2018")

    assert (found.numerator, found.denominator, found.value) == (36, 24, None)
    assert "the two do not fit" in found.method


def test_share_is_missing_where_the_whole_is_not_complete():
    warehouse = holding(
        counts=[
            ("some-counts", HARROW, "2018", "flagged/knife-with-injury", 1),
            ("some-counts", BARNET, "2018", "flagged/knife", 1),
        ]
    )
    warehouse.con.execute("DELETE FROM coverage WHERE area_id = (SELECT area_id FROM area WHERE code = ?)", [HARROW])

    assert answer(warehouse, WITH_INJURY, "2018").missing


def test_share_of_a_region_is_of_the_sums_and_no_mean_of_shares():
    warehouse = knives((HARROW, 10, 10), (BARNET, 90, 0))

    found = answer(warehouse, WITH_INJURY, "2018", region=REGION)

    assert (found.area_name, found.numerator, found.denominator) == ("London", 120, 1200)
    assert found.value == pytest.approx(10.0)


def test_what_lies_beyond_the_boroughs_is_in_both_the_part_and_the_whole():
    warehouse = knives((HARROW, 10, 1), (BARNET, 10, 1), (LONDON, 5, 5))

    found = answer(warehouse, WITH_INJURY, "2018", region=REGION)

    assert (found.numerator, found.denominator) == (12 * 7, 12 * 25)


def test_region_leaves_out_an_authority_whose_whole_is_withheld():
    wanted = indicator(published=["part"], denominator=Denominator(Against.WHOLE, ("whole",), "patients"))
    warehouse = holding(
        published=[
            ("some-counts", HARROW, "part", "2018", 5),
            ("some-counts", HARROW, "whole", "2018", 10),
            ("some-counts", BARNET, "part", "2018", 50),
            ("some-counts", BARNET, "whole", "2018", None, 51, 57, "suppressed"),
        ]
    )

    barnet, region = answers(warehouse, wanted, "2018", areas=[BARNET], region=REGION)

    assert (barnet.numerator, barnet.value, barnet.method) == (
        50, None, "count only: the number of patients was withheld",
    )  # fmt: skip
    assert (region.area_name, region.numerator, region.denominator) == ("London (1 of 2 areas)", 5, 10)


def test_rounding_of_both_counts_widens_the_interval_of_a_share():
    wanted = indicator(
        published=["part"], denominator=Denominator(Against.WHOLE, ("whole",), "patients"), multiplier=100
    )
    warehouse = holding(
        published=[
            ("some-counts", HARROW, "part", "2018", 30, 28, 32, "rounded"),
            ("some-counts", HARROW, "whole", "2018", 60, 58, 62, "rounded"),
        ]
    )

    found = answer(warehouse, wanted, "2018")

    assert found.value == pytest.approx(50.0)
    assert found.low == pytest.approx(100 * proportion_interval(28, 62).low)
    assert found.high == pytest.approx(100 * proportion_interval(32, 58).high)
    assert (found.status, found.method) == (Status.ROUNDED, "wilson, of a rounded count")


def test_share_of_rounded_counts_can_reach_past_the_whole_without_failing():
    wanted = indicator(
        published=["part"], denominator=Denominator(Against.WHOLE, ("whole",), "patients"), multiplier=100
    )
    warehouse = holding(
        published=[
            ("some-counts", HARROW, "part", "2018", 5, 1, 7, "rounded"),
            ("some-counts", HARROW, "whole", "2018", 5, 0, 7, "rounded"),
        ]
    )

    found = answer(warehouse, wanted, "2018")

    assert (found.value, found.high) == (100.0, 100.0)
    assert found.low == pytest.approx(100 * proportion_interval(1, 7).low)


def partners_share(whole, part, audience):
    counts = [("some-counts", HARROW, "2018-07", path, each)
              for path, each in (("flagged/knife", whole), ("flagged/knife-with-injury", part))]  # fmt: skip
    return treat_estimate(answer(holding(counts=counts, policy="partners-records"), WITH_INJURY, "2018-07"), audience)


@pytest.mark.parametrize(
    ("whole", "part"),
    [(50, 2), (2, 2), (2, 0), (50, 48)],
    ids=["a small part", "a small whole", "none of a small whole", "a small remainder"],
)
def test_share_that_gives_away_a_small_count_is_withheld(whole, part):
    found = partners_share(whole, part, Audience.PARTNERS)

    assert found.status is Status.SUPPRESSED
    assert (found.numerator, found.denominator, found.value, found.low, found.high) == (None,) * 5


@pytest.mark.parametrize(("whole", "part"), [(50, 3), (50, 47), (50, 50), (50, 0)])
def test_share_that_gives_nothing_away_is_shown_to_partners(whole, part):
    found = partners_share(whole, part, Audience.PARTNERS)

    assert (found.numerator, found.denominator, found.value) == (part, whole, pytest.approx(100 * part / whole))


def test_share_for_the_public_is_made_anew_of_rounded_counts():
    found = partners_share(48, 13, Audience.PUBLIC)

    expected = proportion_interval(15, 50)
    assert (found.numerator, found.denominator, found.status) == (15, 50, Status.ROUNDED)
    assert (found.value, found.low) == (pytest.approx(100 * expected.value), pytest.approx(100 * expected.low))


def test_ratio_to_a_target_for_the_public_is_of_the_rounded_count_and_has_no_interval():
    target = Denominator(Against.TARGET, ("delivery/target",), "cases aimed for")
    warehouse = holding(
        counts=[
            ("some-counts", HARROW, "2018-07", "delivery/cases", 13),
            ("some-counts", HARROW, "2018-07", "delivery/target", 12),
        ],
        policy="partners-records",
    )

    exact = answer(warehouse, indicator("delivery/cases", denominator=target, multiplier=100), "2018-07")
    found = treat_estimate(exact, Audience.PUBLIC)

    assert (found.numerator, found.denominator, found.value) == (15, 12, 125.0)
    assert (found.low, found.high) == (None, None)


def test_rounded_count_of_a_partner_keeps_nothing_of_the_finer_one():
    warehouse = holding(
        published=[("some-counts", HARROW, "patients", "2018", 12, 11, 13, "rounded")], policy="partners-records"
    )
    exact = answer(
        warehouse, indicator(published=["patients"], denominator=Denominator(Against.NOTHING, (), "")), "2018"
    )

    found = treat_estimate(exact, Audience.PUBLIC)

    assert (exact.numerator, exact.value, exact.low, exact.high) == (12, 12, 11, 13)
    assert (found.numerator, found.value, found.low, found.high) == (10, None, None, None)
