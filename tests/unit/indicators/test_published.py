"""Values somebody published: added up end to end or not at all, with the range that rounding leaves them."""

from dataclasses import replace

import pytest

from frankpledge.errors import DefinitionError
from frankpledge.indicators.definition import NOTHING, RESIDENTS, Against, Denominator, read_indicator
from frankpledge.model.estimate import Status
from frankpledge.statistics.rates import rate_interval
from tests.conftest import BARNET, HARROW, LONDON
from tests.unit.indicators.holding import REGION, answer, answers, holding, indicator

CASES = indicator(published=["cases"], denominator=NOTHING)
FGM = indicator(published=["health/fgm/newly-recorded"], denominator=NOTHING, dataset="nhs-fgm")
OPINION = indicator(
    published=["survey/good-job"], denominator=NOTHING, dataset="survey", unit="per cent", additive=False, multiplier=1
)


def quarters(*numbers, area=HARROW, year=2018):
    return [("some-counts", area, "cases", f"{year}-Q{at}", number) for at, number in enumerate(numbers, 1) if number]


@pytest.mark.parametrize(
    ("period", "number"),
    [("2018", 10 + 20 + 30 + 40), ("2018-Q2", 20), ("R12-2018-12", 100)],
)
def test_quarters_end_to_end_make_a_year(period, number):
    found = answer(holding(published=quarters(10, 20, 30, 40)), CASES, period)

    assert (found.numerator, found.method, found.status) == (number, "count", Status.FINAL)


@pytest.mark.parametrize("period", ["2018", "2018-01", "FY2018-19", "R12-2018-11"])
def test_gap_or_overlap_is_missing_and_not_part_of_a_sum(period):
    found = answer(holding(published=quarters(10, 20, None, 40)), CASES, period)

    assert found.missing and found.why_missing.startswith("no value is held for ")


def test_year_as_published_is_better_than_its_quarters():
    warehouse = holding(published=[*quarters(10, 20, 30, 40), ("some-counts", HARROW, "cases", "2018", 101)])

    assert answer(warehouse, CASES, "2018").numerator == 101


def test_financial_year_is_made_of_quarters_of_two_years():
    warehouse = holding(
        published=[*quarters(10, 20, 30, 40), *quarters(1, 2, 3, 4, year=2019)]
        + [("some-counts", HARROW, "cases", "R12-2018-12", 100)]
    )

    assert answer(warehouse, CASES, "FY2018-19").numerator == 20 + 30 + 40 + 1


def test_longer_value_that_leads_nowhere_gives_way_to_shorter_ones():
    warehouse = holding(published=[*quarters(10, 20, 30, 40), ("some-counts", HARROW, "cases", "2018-01", 99)])
    warehouse.con.execute("UPDATE published_value SET last_month = first_month + 3 WHERE value = 99")

    assert answer(warehouse, CASES, "2018").numerator == 100, "January to April is held too, and nothing begins in May"


def test_people_counted_once_a_quarter_are_not_added_up():
    in_treatment = indicator(published=["cases"], denominator=NOTHING, additive=False)
    warehouse = holding(published=quarters(10, 20, 30, 40))

    assert answer(warehouse, in_treatment, "2018").missing
    assert answer(warehouse, in_treatment, "2018-Q3").numerator == 30


def test_rounded_quarters_are_a_sum_as_wide_as_all_of_them():
    warehouse = holding(
        published=[
            ("nhs-fgm", HARROW, "health/fgm/newly-recorded", f"2018-Q{at}", number, number - 2, number + 2, "rounded")
            for at, number in enumerate((25, 30, 35), 1)
        ]
        + [("nhs-fgm", HARROW, "health/fgm/newly-recorded", "2018-Q4", 0, 0, 0, "rounded")]
    )

    found = answer(warehouse, FGM, "2018")

    assert (found.numerator, found.low, found.high) == (90, 84, 96)
    assert (found.status, found.method) == (Status.ROUNDED, "count, of a rounded count")


def test_rate_of_a_rounded_count_has_chance_and_rounding_in_its_interval():
    warehouse = holding(
        published=[("nhs-fgm", HARROW, "health/fgm/newly-recorded", "2018", 90, 84, 96, "rounded")],
        people=[("ons-population", HARROW, 2018, "residents", 250_000)],
    )

    found = answer(
        warehouse,
        indicator(published=["health/fgm/newly-recorded"], denominator=RESIDENTS, dataset="nhs-fgm"),
        "2018",
    )

    assert found.value == pytest.approx(0.36)
    assert found.low == rate_interval(84, 250_000).low
    assert found.high == rate_interval(96, 250_000).high


def test_withheld_count_is_a_range_and_no_number():
    warehouse = holding(
        published=[("nhs-fgm", HARROW, "health/fgm/newly-recorded", "2018-Q1", None, 1, 7, "suppressed")]
    )

    found = answer(warehouse, FGM, "2018-Q1")

    assert (found.numerator, found.value, found.low, found.high) == (None, None, 1, 7)
    assert (found.status, found.why_missing) == (Status.SUPPRESSED, "withheld by the publisher, between 1 and 7")


def test_sum_with_a_withheld_part_is_a_range_and_no_number():
    warehouse = holding(
        published=[
            ("nhs-fgm", HARROW, "health/fgm/newly-recorded", f"2018-Q{at}", 20, 18, 22, "rounded") for at in (1, 2, 3)
        ]
        + [("nhs-fgm", HARROW, "health/fgm/newly-recorded", "2018-Q4", None, 1, 7, "suppressed")]
    )

    found = answer(warehouse, FGM, "2018")

    assert (found.numerator, found.low, found.high, found.status) == (None, 55, 73, Status.SUPPRESSED)


def test_range_of_a_withheld_count_is_not_shown_as_a_range_of_rates():
    warehouse = holding(
        published=[("some-counts", HARROW, "cases", "2018", None, 1, 7, "suppressed")],
        people=[("ons-population", HARROW, 2018, "residents", 250_000)],
    )

    found = answer(warehouse, indicator(published=["cases"]), "2018")

    assert (found.low, found.high) == (None, None)
    assert found.why_missing == "withheld by the publisher, between 1 and 7"


@pytest.mark.parametrize(
    ("status", "words"),
    [("suppressed", "withheld by the publisher"), ("missing", "the publisher leaves it empty")],
)
def test_value_that_is_not_there_says_why(status, words):
    warehouse = holding(published=[("some-counts", HARROW, "cases", "2018", None, None, None, status)])

    found = answer(warehouse, CASES, "2018")

    assert found.missing and found.why_missing == words


def test_answer_of_a_survey_is_of_its_own_period_alone():
    held = [
        ("survey", HARROW, "survey/good-job", f"R12-2023-{month:02d}", value, value - 5, value + 5, "final", 400)
        for month, value in ((6, 60.0), (9, 63.0))
    ]

    exact, within, longer = answers(holding(published=held), OPINION, "R12-2023-09", "2023-Q3", "2023")

    assert (exact.value, exact.low, exact.high, exact.numerator) == (63.0, 58.0, 68.0, None)
    assert (exact.method, exact.unit) == ("as published, 400 asked", "per cent")
    assert within.missing and longer.missing


def test_share_written_as_a_fraction_is_shown_out_of_a_hundred():
    held = [("survey", HARROW, "survey/good-job", "2023", 0.63, 0.58, 0.68)]

    found = answer(holding(published=held), replace(OPINION, multiplier=100), "2023")

    assert (found.value, found.low, found.high) == (pytest.approx(63), pytest.approx(58), pytest.approx(68))


def test_region_of_a_survey_is_read_as_published_for_it_or_is_missing():
    held = [("survey", code, "survey/good-job", "2023", value) for code, value in ((HARROW, 63), (BARNET, 50))]

    without = answers(holding(published=held), OPINION, "2023", region=REGION)[-1]
    held.append(("survey", LONDON, "survey/good-job", "2023", 48))
    with_it = answers(holding(published=held), OPINION, "2023", region=REGION)[-1]

    assert without.missing and without.area_code == LONDON
    assert with_it.value == 48


def test_region_of_rounded_counts_is_a_sum_as_wide_as_they_make_it():
    held = [("some-counts", code, "cases", "2018", 25, 23, 27, "rounded") for code in (HARROW, BARNET)]

    found = answers(holding(published=held), CASES, "2018", region=REGION)[-1]

    assert (found.area_name, found.numerator, found.low, found.high) == ("London", 50, 46, 54)
    assert found.status is Status.ROUNDED


def test_region_as_published_for_itself_is_better_than_a_sum_of_rounded_counts():
    held = [("some-counts", code, "cases", "2018", 25, 23, 27, "rounded") for code in (HARROW, BARNET)]

    found = answers(
        holding(published=[*held, ("some-counts", LONDON, "cases", "2018", 53)]), CASES, "2018", region=REGION
    )[-1]

    assert (found.area_name, found.numerator, found.status) == ("London", 53, Status.FINAL)


PUBLISHED = """\
schema: 1
title: Police do a good job
noun: residents who say so
why_it_matters: It matters.
numerator:
  published: [survey/good-job]
  datasets:
    authority: [mopac-pas]
denominator: nothing
multiplier: 1
unit: per cent
polarity: higher
additive: false
harm_group: confidence
review: 2027-09
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("additive: false", "additive: true", "a value shown as published cannot be added up"),
        ("[survey/good-job]", "[survey/good-job, survey/trust]", "a value shown as published is one measure"),
        ("denominator: nothing", "denominator: residents", "a value shown as published is per nothing"),
        ("published:", "offences:", "a value shown as published is one measure"),
    ],
)
def test_definition_that_would_add_up_opinions_is_refused_with_its_line(tmp_path, old, new, words):
    path = tmp_path / "good-job.yaml"
    path.write_text(PUBLISHED)
    assert read_indicator(path).per == "per cent"
    path.write_text(PUBLISHED.replace(old, new))

    with pytest.raises(DefinitionError) as refused:
        read_indicator(path)

    assert words in refused.value.happened and "line" in refused.value.happened


RETURN = indicator("domestic-abuse/marac/cases", denominator=NOTHING, dataset="marac-return")


def test_count_sent_by_quarter_answers_where_the_months_cannot():
    warehouse = holding(
        counts=[("marac-return", HARROW, "2018-Q1", "domestic-abuse/marac/cases", 5)],
        published=[
            ("marac-return", HARROW, "domestic-abuse/marac/cases", f"{year}-Q{at}", 20)
            for year, at in ((2018, 2), (2018, 3), (2018, 4), (2019, 1))
        ],
    )

    assert answer(warehouse, RETURN, "2018-Q1").numerator == 15
    assert answer(warehouse, RETURN, "FY2018-19").numerator == 80
    assert answer(warehouse, RETURN, "2018").missing, "months and quarters of one year are not mixed"


def test_share_of_counts_sent_by_quarter():
    wanted = indicator(
        "domestic-abuse/marac/repeat-cases",
        denominator=Denominator(Against.WHOLE, ("domestic-abuse/marac/cases",), "cases"),
        dataset="marac-return",
        multiplier=100,
    )
    warehouse = holding(
        published=[
            ("marac-return", HARROW, f"domestic-abuse/marac/{what}", "2018-Q2", number)
            for what, number in (("cases", 60), ("repeat-cases", 18))
        ]
    )

    found = answer(warehouse, wanted, "2018-Q2")

    assert (found.numerator, found.denominator, found.value) == (18, 60, pytest.approx(30.0))


def test_people_counted_in_each_month_are_not_added_up_over_months():
    in_treatment = indicator("treatment/all/in-treatment", denominator=NOTHING, additive=False)
    warehouse = holding(counts=[("some-counts", HARROW, "2018", "treatment/all/in-treatment", 300)])

    assert answer(warehouse, in_treatment, "2018-03").numerator == 300
    assert answer(warehouse, in_treatment, "2018-Q1").missing
