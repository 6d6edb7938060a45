"""People followed: from a partner's file through a build to who offended again and what sets some apart."""

import pytest

from frankpledge.errors import NotHeldError
from frankpledge.findings.followed import find_followed
from frankpledge.model.tables import FACTORS
from frankpledge.periods import parse_period
from frankpledge.sources.partners.template import find_template
from tests.conftest import BARNET, HARROW, rows

HEADINGS = ("person", "cohort", "began", "offended_again", "known_until", "serious", "reported_for", *FACTORS)


def person(number, *factors, cohort="triage", began="2021-05-10", again="", known="2023-03-31", serious="no", **more):
    area = more.get("area", HARROW)
    factors = (*factors, *[""] * (len(FACTORS) - len(factors)))
    return (f"YP-{number:04d}", cohort, began, again, known, serious, area, *factors)


@pytest.fixture
def warehouse_of(workspace, files, built):
    def make(*people):
        paths = [files.csv(f"followed-{number}.csv", HEADINGS, lines) for number, lines in enumerate(people)]
        return built(workspace, files.best_fit(), *paths)

    return make


def refused(warehouse):
    return dict(rows(warehouse, "SELECT row, reason FROM refused_row ORDER BY row"))


def test_the_template_asks_for_every_factor():
    assert [one.name for one in find_template("followed-people").of_kind("yes-no")] == ["serious", *FACTORS, "invented"]


def test_those_followed_a_year_are_told_from_those_not_yet(warehouse_of):
    warehouse = warehouse_of(
        [
            person(1, again="2021-07-01"),
            person(2, again="2022-09-01"),
            person(3),
            person(4, began="2022-06-01", again="2022-06-30"),
            person(5, cohort="custody", again="2021-07-01"),
            person(6, area=BARNET, again="2021-07-01"),
        ]
    )

    found = find_followed(warehouse, HARROW, "triage")

    assert (found.people, found.followed.people, found.followed.again, found.followed.not_yet) == (4, 3, 1, 1)
    assert not found.enough_people


def test_a_person_who_began_twice_counts_from_the_first_time_in_the_period(warehouse_of):
    warehouse = warehouse_of([person(1, began="2020-02-01", again="2020-03-01"), person(1, began="2021-05-10")])

    assert find_followed(warehouse, HARROW, "triage").followed.again == 1
    assert find_followed(warehouse, HARROW, "triage", parse_period("2021")).followed.again == 0


def test_days_that_cannot_be_are_refused_with_the_reason(warehouse_of):
    warehouse = warehouse_of(
        [
            person(1, again="2021-05-09"),
            person(2, known="2021-05-01"),
            person(3, again="2021-08-01", known="2021-07-31"),
            person(4, again="2021-05-10"),
            person(4, again="2021-05-10"),
            person(5, known=""),
            person(6, "perhaps"),
            person(7, cohort="prison"),
        ]
    )

    reasons = refused(warehouse)

    assert reasons[2].startswith("“offended_again” is before “began”")
    assert reasons[3].startswith("“known_until” is before “began”")
    assert reasons[4].startswith("“known_until” is before “offended_again”")
    assert reasons[6] == "it stands in the file already"
    assert reasons[7].startswith("“known_until” is empty")
    assert reasons[8].startswith("“excluded_or_suspended” is neither yes nor no")
    assert reasons[9].startswith("“cohort” is none of its words")
    assert 5 not in reasons


def test_a_later_file_replaces_what_an_earlier_one_knew(warehouse_of):
    warehouse = warehouse_of([person(1, known="2021-06-30")], [person(1, again="2021-09-01")])

    found = find_followed(warehouse, HARROW, "triage")

    assert (found.people, found.followed.again, found.followed.not_yet) == (1, 1, 0)


def test_what_is_not_recorded_is_no_absence(warehouse_of):
    warehouse = warehouse_of([person(1, "yes", "yes"), person(2, "no", ""), person(3, "", "no")])

    found = find_followed(warehouse, HARROW, "triage")

    assert found.per_person.mean == pytest.approx(0.5 + 0.5)
    assert (found.per_person.least, found.per_person.most) == pytest.approx((2 / 3, 4 / 3))
    assert set(found.never_recorded) == set(FACTORS) - {"excluded_or_suspended", "persistently_absent"}
    (said,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'not recorded'")
    assert "excluded or suspended of 1 (33.3%)" in said and "not counted as without it" in said


def test_serious_re_offenders_are_set_beside_the_rest_factor_by_factor(warehouse_of):
    serious = [person(n, "yes", "no", "yes" if n < 9 else "", serious="yes") for n in range(12)]
    rest = [person(n, "no", "no", "no", serious="no") for n in range(12, 40)]
    warehouse = warehouse_of([*serious, *rest, person(41, "yes", "yes", serious="")])

    found = find_followed(warehouse, HARROW, "triage")

    assert (found.serious, found.rest, found.not_said) == (12, 28, 1)
    assert set(found.compared) == {"excluded_or_suspended", "persistently_absent"}
    assert found.compared["excluded_or_suspended"].q_value < 0.001
    assert (found.compared["excluded_or_suspended"].some_of, found.compared["excluded_or_suspended"].rest_of) == (
        12,
        28,
    )
    assert found.compared["persistently_absent"].q_value == 1
    # It is recorded for nine of the serious only.
    assert found.too_few == ("pupil_referral_unit",)


def test_a_file_is_as_new_as_the_offences_it_knows(warehouse_of):
    warehouse = warehouse_of([person(1, began="2020-02-01"), person(2, known="2023-04-30")])

    assert rows(warehouse, "SELECT release FROM load WHERE source = 'followed-people'") == ["2023-04"]


def test_nobody_of_a_cohort_says_which_are_held(warehouse_of):
    warehouse = warehouse_of([person(1)])

    with pytest.raises(NotHeldError, match="Nobody followed after custody") as none:
        find_followed(warehouse, HARROW, "custody")
    assert "Held are: triage, 2021 to 2021." in none.value.to_do


def test_who_has_only_begun_is_not_among_the_rest(warehouse_of):
    serious = [person(number, "yes", serious="yes") for number in range(12)]
    rest = [person(20 + number, "yes" if number % 2 else "no") for number in range(12)]
    begun = [person(40 + number, "no", began="2023-03-01") for number in range(30)]

    found = find_followed(warehouse_of([*serious, *rest, *begun]), HARROW, "triage")

    assert (found.people, found.serious, found.rest) == (54, 12, 12)
    assert found.compared["excluded_or_suspended"].rest.value == 0.5
