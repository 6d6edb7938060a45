"""The gate: what each audience may see of a count, and of everything worked out from it."""

from dataclasses import replace

import pytest

from frankpledge.disclosure import POLICIES, Audience, Released, release, release_estimates, treat_estimate, treat_parts
from frankpledge.model.document import (
    BulletList,
    Chart,
    Column,
    Document,
    Heading,
    Line,
    Map,
    Note,
    Paragraph,
    Place,
    QuickFacts,
    Table,
    figures_of,
)
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.figure import SUPPRESSED_TEXT, Figure, Measure

BOARD, PARTNERS, PUBLIC = Audience.BOARD, Audience.PARTNERS, Audience.PUBLIC


def estimate(count, *, policy="partners-records", area="E05013542"):
    rate = None if count is None else count / 2.0
    return Estimate(
        "robbery",
        area,
        "Pinner",
        "2018",
        count,
        2000,
        rate,
        rate and rate / 2,
        3.7 if rate == 0 else rate and rate * 2,
        "byar",
        Status.MISSING if count is None else Status.FINAL,
        Series("partner-incidents", "2018-12"),
        None,
        "abc",
        policy,
    )


def figure(count, measure=Measure.COUNT, *, policy="partners-records", value=None, others=()):
    one = estimate(count, policy=policy)
    of = {Measure.COUNT: one.numerator, Measure.RATE: one.value, Measure.LOW: one.low, Measure.HIGH: one.high}
    return Figure(
        "robbery",
        one.area_code,
        "2018",
        "",
        measure,
        of.get(measure, value),
        one.status,
        (one, *(estimate(other, policy=policy, area=f"E0501355{at}") for at, other in enumerate(others))),
    )


def document(*blocks):
    return Document("d", "Title", "", "Safer Harrow", "2018", "2019-01-01", "abc", False, "#000000", blocks)


@pytest.mark.parametrize(
    ("count", "audience", "shown", "status"),
    [
        (0, PUBLIC, 0, Status.ROUNDED),
        (1, PUBLIC, None, Status.SUPPRESSED),
        (4, PUBLIC, None, Status.SUPPRESSED),
        (5, PUBLIC, 5, Status.ROUNDED),
        (7, PUBLIC, 5, Status.ROUNDED),
        (8, PUBLIC, 10, Status.ROUNDED),
        (12, PUBLIC, 10, Status.ROUNDED),
        (13, PUBLIC, 15, Status.ROUNDED),
        (0, PARTNERS, 0, Status.FINAL),
        (1, PARTNERS, None, Status.SUPPRESSED),
        (2, PARTNERS, None, Status.SUPPRESSED),
        (3, PARTNERS, 3, Status.FINAL),
        (7, PARTNERS, 7, Status.FINAL),
        (0, BOARD, 0, Status.FINAL),
        (1, BOARD, 1, Status.FINAL),
    ],
)
def test_count_of_partners_records_for_each_audience(count, audience, shown, status):
    treated = treat_estimate(estimate(count), audience)

    assert (treated.numerator, treated.status) == (shown, status)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("count", [0, 1, 4, 7])
def test_open_data_is_never_treated_again(audience, count):
    given = estimate(count, policy="open")

    assert treat_estimate(given, audience) is given


@pytest.mark.parametrize("audience", Audience)
def test_missing_stays_missing(audience):
    given = estimate(None)

    assert treat_estimate(given, audience) is given


def test_withheld_count_takes_its_rate_and_interval_with_it():
    treated = treat_estimate(estimate(3), PUBLIC)

    assert (treated.value, treated.low, treated.high) == (None, None, None)
    assert treated.method == "withheld: fewer than 5, or beside one that is"


def test_rounded_rate_is_made_from_the_rounded_count():
    treated = treat_estimate(estimate(8), PUBLIC)

    assert treated.value == pytest.approx(10 / 2000 * 1000)
    assert treated.low < treated.value < treated.high


def test_rounded_nought_keeps_the_upper_limit_of_its_interval():
    treated = treat_estimate(estimate(0), PUBLIC)

    assert (treated.numerator, treated.value) == (0, 0)
    assert treated.high == pytest.approx(3.689 / 2000 * 1000, abs=0.001)


def test_counts_rounded_alike_cannot_be_told_apart():
    # Eight to twelve are all shown as ten: nothing else about them may differ.
    shown = {treat_estimate(estimate(count), PUBLIC) for count in (8, 9, 10, 11, 12)}

    assert len(shown) == 1


def test_every_policy_treats_every_audience():
    assert {"open", "partners-records"} <= set(POLICIES)
    for slug, policy in POLICIES.items():
        assert policy.slug == slug
        assert set(policy.threshold) == set(policy.rounding) == set(Audience)
        assert policy.threshold[BOARD] <= policy.threshold[PARTNERS] <= policy.threshold[PUBLIC]


@pytest.mark.parametrize("measure", [Measure.COUNT, Measure.RATE, Measure.LOW, Measure.HIGH])
def test_lone_figure_is_rounded_in_each_of_its_measures(measure):
    (shown,) = figures_of(release(document(Paragraph((figure(8, measure),))), PUBLIC).value)

    treated = treat_estimate(estimate(8), PUBLIC)
    expected = {Measure.COUNT: 10, Measure.RATE: treated.value, Measure.LOW: treated.low, Measure.HIGH: treated.high}
    assert shown.value == expected[measure]
    assert shown.status is Status.ROUNDED


@pytest.mark.parametrize(
    "measure",
    [
        Measure.COUNT_CHANGE,
        Measure.PERCENT_CHANGE,
        Measure.RATE_CHANGE,
        Measure.RANK,
        Measure.MEAN,
        Measure.SUM_OF_PARTS,
        Measure.DIFFERENCE,
    ],
)
@pytest.mark.parametrize(("count", "others"), [(3, (40,)), (40, (3,)), (8, (40,)), (10, (40,))])
def test_figure_worked_out_from_a_treated_count_is_withheld(measure, count, others):
    (shown,) = figures_of(
        release(document(Paragraph((figure(count, measure, value=37, others=others),))), PUBLIC).value
    )

    assert shown.value is None
    assert shown.text == SUPPRESSED_TEXT


def test_figure_worked_out_from_counts_that_may_be_shown_stays():
    given = figure(8, Measure.COUNT_CHANGE, value=-32, others=(40,))

    (shown,) = figures_of(release(document(Paragraph((given,))), PARTNERS).value)

    assert shown == given


def test_estimates_behind_a_shown_figure_are_treated_too():
    (shown,) = figures_of(release(document(Paragraph((figure(3),))), PUBLIC).value)

    assert [one.numerator for one in shown.behind] == [None]


SMALL = figure(3)
EVERYWHERE = {
    "paragraph": Paragraph((SMALL,)),
    "note": Note("caution", (SMALL,)),
    "list": BulletList((("a",), (SMALL,))),
    "quick facts": QuickFacts("t", ((SMALL,),)),
    "table cell": Table("t", "t", (Column("a"), Column("b", True)), (("x", SMALL),), "s"),
    "table note": Table("t", "t", (Column("a"),), (("x",),), "s", notes=((SMALL,),)),
    "chart point": Chart("c", "t", "s", "line", ("2018",), (Line("x", (SMALL,)),), ("alt",), "s"),
    "chart alternative": Chart("c", "t", "s", "line", ("2018",), (), ("alt ", SMALL), "s"),
    "chart mean": Chart("c", "t", "s", "line", ("2018",), (), ("alt",), "s", mean=SMALL),
    "chart note": Chart("c", "t", "s", "line", ("2018",), (), ("alt",), "s", notes=((SMALL,),)),
    "map place": Map("m", "t", "s", "tiles", (Place("E05013542", "Pinner", SMALL),), (0.0,), ("alt",), "s"),
    "map alternative": Map("m", "t", "s", "tiles", (), (0.0,), ("alt ", SMALL), "s"),
    "map note": Map("m", "t", "s", "tiles", (), (0.0,), ("alt",), "s", notes=((SMALL,),)),
}


@pytest.mark.parametrize("where", EVERYWHERE)
def test_small_count_is_withheld_wherever_it_stands(where):
    given = document(Heading(1, "h"), EVERYWHERE[where])
    assert [one.value for one in figures_of(given)] == [3]

    released = release(given, PUBLIC)

    (shown,) = figures_of(released.value)
    assert (shown.value, shown.text) == (None, SUPPRESSED_TEXT)
    assert released.audience is PUBLIC
    assert shown.identifier == SMALL.identifier


def test_list_of_estimates_is_released_to_an_audience():
    released = release_estimates([estimate(3), estimate(40)], PUBLIC)

    assert [one.numerator for one in released.value] == [None, 40]
    assert released.audience is PUBLIC


@pytest.mark.parametrize("key", [object(), None, "key"])
def test_released_cannot_be_made_elsewhere(key):
    with pytest.raises(TypeError, match="only frankpledge"):
        Released(document(), PUBLIC, key)


# Parts of a total


def parts(*counts):
    return [estimate(count, area=f"E0501354{place}") for place, count in enumerate(counts)]


def shown(treated):
    return [one.numerator for one in treated]


def test_a_lone_small_part_takes_another_with_it():
    # 40 in all are printed: without a second part withheld, the 2 is 40 less the rest.
    found = treat_parts(parts(2, 20, 18), PARTNERS)

    assert found[0].numerator is None and shown(found).count(None) == 2
    assert len({one.method for one in found if one.numerator is None}) == 1, "the words would tell which is small"


def test_small_parts_that_hide_each_other_take_nobody_with_them():
    assert shown(treat_parts(parts(2, 2, 2, 30), PARTNERS)) == [None, None, None, 30]


def test_parts_without_a_small_one_are_left():
    assert shown(treat_parts(parts(12, 20, 0), PARTNERS)) == [12, 20, 0]


def test_with_a_part_missing_nobody_can_subtract():
    assert shown(treat_parts(parts(2, None, 18), PARTNERS)) == [None, None, 18]


def test_the_board_and_open_data_lose_nothing():
    assert shown(treat_parts(parts(2, 20, 18), BOARD)) == [2, 20, 18]
    opened = [replace(one, policy="open") for one in parts(2, 20, 18)]
    assert shown(treat_parts(opened, PUBLIC)) == [2, 20, 18]
