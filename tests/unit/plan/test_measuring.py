"""What may be said of a measure: by the year, by its months, against its target."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from frankpledge.findings.wording import read_wording
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.document import plain_text
from frankpledge.model.estimate import Series
from frankpledge.periods import parse_period
from frankpledge.plan.asking import read_measure
from frankpledge.plan.measuring import Doubt, Reading, measure_reading
from frankpledge.plan.plan import COUNT, PlanMeasure, Target
from frankpledge.plan.telling import because, target_of, target_words, unit_of
from tests.unit.findings.test_course import answer, steady
from tests.unit.findings.test_judge import MPS, STREET, estimate

BURGLARY = find_indicator("burglary")
WORDING = read_wording()
JOINED = Series("mps-borough", "2019-07 + 2021-07")
LATER = parse_period("2018")


def measure(target=None, wanted="lower", indicator="burglary", **more):
    return PlanMeasure("burglary", "Burglary", indicator, wanted, parse_period("2017"), target, **more)


def percent(number, by="2018"):
    return Target(parse_period(by), percent=number)


def read(now, before, one=None, months=None, **more):
    return measure_reading(one or measure(), estimate(now, **more), estimate(before, "2017", **more), months=months)


def told(found, on="2018"):
    said = because(WORDING, found, BURGLARY, title="Burglary", on=parse_period(on))
    return " ".join(plain_text(one) for one in said)


@pytest.mark.parametrize(
    ("before", "now", "wanted", "reading"),
    [
        (1000, 800, "lower", Reading.WANTED_WAY),
        (1000, 1200, "lower", Reading.OTHER_WAY),
        (1000, 1200, "higher", Reading.WANTED_WAY),
        (1000, 800, "higher", Reading.OTHER_WAY),
        (1000, 1010, "lower", Reading.NO_CLEAR_CHANGE),
        (3, 4, "lower", Reading.CANNOT_SAY),
    ],
)
def test_reading_by_the_year(before, now, wanted, reading):
    assert read(now, before, measure(wanted=wanted)).reading is reading


def test_months_tell_where_the_year_does_not():
    months = answer([*steady(59), 250])

    assert read(1010, 1000, months=months).reading is Reading.OTHER_WAY
    # The plan says which way is wanted, whatever the indicator's definition does.
    assert read(1010, 1000, measure(wanted="higher"), months=months).reading is Reading.WANTED_WAY


def test_year_goes_before_months_and_both_are_told():
    found = read(800, 1000, months=answer([*steady(59), 250]))

    assert found.reading is Reading.WANTED_WAY
    assert "Burglary in Harrow fell by 200" in told(found) and "Its months show a change the other way." in told(found)


def test_target_is_met_where_the_figure_moved_there():
    found = read(800, 1000, measure(percent(10)))

    assert found.reading is Reading.MET and found.target == pytest.approx(3.6)
    assert "Its target for 2018 is 3.60 per 1,000 residents; the figure is there." in told(found)


def test_target_reached_by_chance_is_not_met():
    found = read(985, 1000, measure(percent(1, "2020")))

    assert found.reading is Reading.NO_CLEAR_CHANGE and found.reached
    assert "but chance could have put it there" in told(found)


def test_target_that_was_reached_before_stays_met_unless_it_moves_the_other_way():
    kept = measure(Target(LATER, value=5.0))

    assert read(1010, 1000, kept).reading is Reading.MET
    assert read(1200, 1000, kept).reading is Reading.OTHER_WAY


def test_target_not_reached_when_its_time_is_over_was_missed():
    found = read(950, 1000, measure(percent(10)))

    assert found.reached is False and "was 3.60 per 1,000 residents, and was not met." in told(found)
    assert "the figure is not there" in told(read(950, 1000, measure(percent(10, "2020"))))


def test_target_of_a_count_is_of_the_count():
    aimed = measure(Target(LATER, count=900))
    found = read(800, 1000, aimed)

    assert found.reading is Reading.MET and target_of(found) == "900"
    assert unit_of(WORDING, aimed, BURGLARY) == "count" and unit_of(WORDING, measure(), BURGLARY) == BURGLARY.per


def test_level_is_met_by_itself_where_the_baseline_cannot_be_compared():
    missing = estimate(None, "2017", why="not sent")

    assert measure_reading(measure(Target(LATER, value=5.0)), estimate(800), missing).reading is Reading.MET
    relative = measure_reading(measure(percent(10)), estimate(800), missing)
    assert relative.reading is Reading.CANNOT_SAY and relative.target is None
    assert "2017 is missing (not sent)" in told(relative) and "a change from a figure that is not held" in told(
        relative
    )


@pytest.mark.parametrize(
    ("current", "against", "doubt", "words"),
    [
        (estimate(None, why="not sent"), estimate(100, "2017"), Doubt.MISSING, "2018 is missing: not sent."),
        (estimate(100, "2017"), estimate(100, "2017"), Doubt.NOT_LATER, "2017 is not later than the baseline, 2017."),
        (estimate(25, "2018-Q1"), estimate(100, "2017"), Doubt.LENGTHS, "is not as long as the baseline, 2017."),
        (estimate(100), estimate(100, "2017", series=STREET), Doubt.NOT_COMPARED, "It cannot be compared with 2017:"),
    ],
)
def test_doubt_is_told_with_its_reason(current, against, doubt, words):
    found = measure_reading(measure(percent(10)), current, against)

    assert found.reading is Reading.CANNOT_SAY and found.doubt is doubt
    assert words in told(found) and told(found).startswith("Burglary: ")


def test_break_between_the_periods_is_told():
    months = {"people": 250_000, "series": Series("mps-borough", "2024-10")}
    now, before = estimate(950, "R12-2024-06", **months), estimate(1000, "2022", **months)

    said = told(measure_reading(replace(measure(), baseline=parse_period("2022")), now, before), "R12-2024-06")

    assert "Between the two periods" in said


def test_target_in_words():
    assert target_words(WORDING, measure(percent(10))) == "10% lower by 2018"
    assert target_words(WORDING, measure(Target(LATER, count=400), "higher")) == "400 or higher by 2018"
    assert target_words(WORDING, measure()) == "none"
    assert target_words(WORDING, measure(to_be_set=True)) == "to be set"


def test_measure_is_asked_for_beside_the_year_before(london):
    found = read_measure(measure(percent(10)), BURGLARY, "E09000015", LATER, london.ask, london.partnership)

    assert found.reading is Reading.MET
    assert found.current.numerator == 800 and found.against.numerator == 1000


def test_releases_joined_to_reach_the_baseline_are_compared(london):
    older = replace(measure(), baseline=parse_period("2016"))

    found = read_measure(older, BURGLARY, "E09000015", LATER, london.ask, london.partnership)

    assert found.reading is Reading.WANTED_WAY and found.current.series == JOINED


def test_baseline_in_another_series_is_not_compared(london):
    older = replace(measure(), baseline=parse_period("2015"))

    found = read_measure(older, BURGLARY, "E09000015", LATER, london.ask, london.partnership)

    assert found.doubt is Doubt.ANOTHER_SERIES and found.against is None
    assert "held in another series" in told(found)


@pytest.mark.parametrize(
    ("indicator", "doubt", "words"),
    [
        (COUNT, Doubt.NO_INDICATOR, "No indicator gives this count."),
        ("burglry", Doubt.UNKNOWN_INDICATOR, "There is no indicator “burglry”."),
    ],
)
def test_measure_that_no_indicator_gives(london, indicator, doubt, words):
    one = measure(indicator=indicator)

    found = read_measure(one, None, "E09000015", LATER, london.ask, london.partnership)

    assert found.doubt is doubt
    assert plain_text(because(WORDING, found, None, title="Burglary", on=LATER)[-1]) == words


@pytest.fixture
def london(workspace):
    """Answers without a warehouse: 1,000 burglaries a year, 800 in 2018; counted otherwise where 2015 is asked for."""

    def ask(indicator, areas, periods):
        series = {"2015": STREET, "2016": JOINED}.get(periods[0].text, MPS)
        now = 790 if series == STREET else 800
        counts = [80 if len(periods) > 2 else now if period.text == "2018" else 1000 for period in periods]
        made = [estimate(count, period.text, series=series) for count, period in zip(counts, periods, strict=True)]
        return Answer(indicator, None, tuple(made))

    return SimpleNamespace(ask=ask, partnership=workspace.partnership())
