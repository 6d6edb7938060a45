"""Coverage: what is not complete is missing, never nought. Judged on small street files, asked through indicators."""

import pytest

from frankpledge.geography import AreaKind
from tests.conftest import (
    BARNET,
    BEDFORDSHIRE,
    BRENT,
    HARROW,
    KINDS,
    LUTON,
    MET,
    ask,
    ask_one,
    crime,
    full_month,
    rows,
    small_areas,
    wards_of,
)

ALL_KINDS = set(KINDS)


def look_ups(files):
    return (
        files.best_fit(authorities=(HARROW, BARNET, BRENT, LUTON)),
        files.forces(
            rows=[
                *(
                    (code, name, f"E2200000{at}", name, MET, "Metropolitan Police")
                    for at, (code, name) in enumerate([(HARROW, "Harrow"), (BARNET, "Barnet"), (BRENT, "Brent")])
                ),
                (LUTON, "Luton", "E22000009", "Luton", BEDFORDSHIRE, "Bedfordshire"),
            ]
        ),
    )


@pytest.fixture(scope="module")
def warehouse(place, built):
    """Four months of the Metropolitan Police, which cover Harrow and Barnet, each with something amiss."""
    workspace, files = place
    over_the_border = [crime(small_areas(BRENT)[0], kind) for kind in KINDS[:8]]
    another_force = [crime(lsoa, "Burglary") for lsoa in small_areas(LUTON)]
    no_drugs_in_harrow = full_month((BARNET,)) + full_month((HARROW,), kinds=ALL_KINDS - {"Drugs"})
    cut_short = full_month((HARROW,)) + full_month((BARNET,))[:20]
    return built(
        workspace,
        *look_ups(files),
        files.street("1.csv", month="2018-01", crimes=full_month() + over_the_border + another_force),
        files.street("2.csv", month="2018-02", crimes=no_drugs_in_harrow + over_the_border),
        files.street("3.csv", month="2018-03", crimes=full_month(kinds=ALL_KINDS - {"Robbery"})),
        files.street("4.csv", month="2018-04", crimes=cut_short),
    )


@pytest.mark.parametrize("area", [HARROW, BARNET])
def test_authority_that_the_file_covers_is_complete(warehouse, area):
    assert ask_one(warehouse, "burglary", area, "2018-01").numerator == 10
    assert rows(
        warehouse,
        "SELECT state FROM coverage JOIN area USING (area_id) "
        "WHERE code = ? AND offence_id IS NULL AND first_month < last_month",
        area,
    ) == ["complete"]


def test_a_handful_of_scattered_overspill_is_missing_even_in_a_single_month(workspace, files, built):
    """Three crimes in three small areas are no sign of a quiet borough, however well they are spread."""
    scattered = [crime(lsoa) for lsoa in small_areas(BRENT)[:3]]
    held = built(workspace, *look_ups(files), files.street(crimes=full_month() + scattered))

    estimate = ask_one(held, "burglary", BRENT, "2018-01")

    assert estimate.missing
    assert estimate.why_missing.startswith(
        "only 3 records in its 10 small areas, where the rest of the file has about "
    )
    assert ask_one(held, "burglary", HARROW, "2018-01").numerator == 10


def test_a_file_is_of_the_force_that_most_of_its_crimes_are_of(workspace, files, built):
    """Some rows of every force's file are another's: the railway's police record in the streets of all."""
    street = files.street(crimes=full_month())
    lines = street.read_text().splitlines(keepends=True)
    first = small_areas(HARROW)[0]
    railway = [one.replace("Metropolitan Police Service", "British Transport Police") for one in lines if first in one]
    assert len(railway) == len(KINDS)
    street.write_text("".join([one for one in lines if first not in one] + railway))

    held = built(workspace, *look_ups(files), street)

    assert rows(held, "SELECT force FROM load WHERE force <> ''") == ["Metropolitan Police Service"]


def test_overspill_over_the_border_is_missing_not_low(warehouse):
    estimate = ask_one(warehouse, "burglary", BRENT, "2018-01")

    assert estimate.missing
    assert (
        estimate.why_missing == "only 1 of its 10 small areas have any record: its 16 records spilled over its border"
    )
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'overspill'")
    assert sentence == f"Brent: {estimate.why_missing}. It is missing from this series, not low."


def test_authority_of_another_force_is_missing_though_records_lie_all_over_it(warehouse):
    estimate = ask_one(warehouse, "burglary", LUTON, "2018-01")

    assert estimate.missing
    assert estimate.why_missing == "another police force covers it: its 10 records spilled over its border"
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'outside the force'")
    assert sentence.startswith("10 records lie in 1 authority that other police forces cover (Luton has the most, 10)")


def test_none_of_an_offence_in_complete_coverage_is_nought(warehouse):
    estimate = ask_one(warehouse, "drug-offences", HARROW, "2018-02")

    assert (estimate.numerator, estimate.missing) == (0, False)
    assert ask_one(warehouse, "drug-offences", HARROW, "2018-Q1").missing is False


@pytest.mark.parametrize("area", [HARROW, BARNET])
def test_offence_that_a_months_file_lacks_altogether_is_missing_in_that_month_alone(warehouse, area):
    answer = ask(warehouse, "robbery", [area], "2018-01", "2018-02", "2018-03", "2018-Q1")

    january, february, march, quarter = answer.estimates
    assert (january.numerator, february.numerator) == (10, 10)
    assert march.why_missing == quarter.why_missing == "the files of that month hold no “robbery” at all"
    assert ask_one(warehouse, "burglary", area, "2018-03").numerator == 10
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'offence not held'")
    assert "no crime/robbery in March 2018" in sentence


def test_total_is_missing_where_one_of_its_offences_is(warehouse):
    assert ask_one(warehouse, "total-offences", HARROW, "2018-03").missing
    assert ask_one(warehouse, "total-offences", HARROW, "2018-01").numerator == 130


def test_month_cut_short_is_partial_and_missing_for_that_authority_alone(warehouse):
    barnet, harrow = ask(warehouse, "burglary", [BARNET, HARROW], "2018-04").estimates

    assert barnet.why_missing == "20 records where about 140 would be usual: the file seems cut short"
    assert harrow.numerator == 10
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'partial month'")
    assert sentence.startswith("Barnet in April 2018: 20 records where about 140")


@pytest.mark.parametrize(
    ("authority", "period", "numerator"),
    [(HARROW, "2018-01", 5), (BRENT, "2018-01", None), (BARNET, "2018-04", None), (HARROW, "2018-04", 5)],
)
def test_ward_is_covered_as_its_authority_is(warehouse, authority, period, numerator):
    wards = ask(warehouse, "burglary", wards_of(authority), period, kind=AreaKind.WARD).estimates

    assert [one.numerator for one in wards] == [numerator, numerator]
    assert {one.method for one in wards if one.missing} <= {ask_one(warehouse, "burglary", authority, period).method}


def test_small_area_is_covered_as_its_authority_is(warehouse):
    areas = [small_areas(HARROW)[3], small_areas(BRENT)[3]]

    home, over = ask(warehouse, "burglary", areas, "2018-01", kind=AreaKind.LSOA).estimates

    assert (home.numerator, over.missing) == (1, True)


def test_month_that_no_file_holds_is_missing(warehouse):
    estimate = ask_one(warehouse, "burglary", HARROW, "2018-Q2")

    assert estimate.why_missing == "no data held for May 2018"


def test_area_without_a_single_record_is_missing(warehouse):
    assert ask_one(warehouse, "burglary", "E09000009", "2018-01").why_missing == "no data held for January 2018"


def test_files_of_burglary_alone_say_nothing_of_robbery(workspace, files, built):
    months = ("2021-01", "2021-02")
    streets = [
        files.street(f"{month}.csv", month=month, crimes=full_month(kinds=["Burglary"], each=6)) for month in months
    ]

    warehouse = built(workspace, *look_ups(files), *streets)

    assert ask_one(warehouse, "burglary", HARROW, "2021-01").numerator == 60
    assert ask_one(warehouse, "robbery", HARROW, "2021-01").missing
    assert ask_one(warehouse, "anti-social-behaviour", HARROW, "2021-01").missing
    assert ask_one(warehouse, "total-offences", HARROW, "2021-01").missing


def test_two_forces_of_one_month_each_cover_their_own(workspace, files, built):
    warehouse = built(
        workspace,
        *look_ups(files),
        files.street("met.csv", crimes=full_month()),
        files.street("met2.csv", month="2018-02", crimes=full_month()),
        files.street("beds.csv", force=BEDFORDSHIRE, crimes=full_month((LUTON,))),
    )

    january = ask(warehouse, "burglary", [HARROW, BARNET, LUTON], "2018-01").estimates
    february = ask(warehouse, "burglary", [HARROW, BARNET, LUTON], "2018-02").estimates
    assert [one.numerator for one in january] == [10, 10, 10]
    assert [one.numerator for one in february] == [10, 10, None]


def test_small_area_of_the_other_census_is_missing_in_the_months_that_are_not_counted_by_it(workspace, files, built):
    old, (first, second, *same) = "E01009001", small_areas(HARROW)
    in_harrow = [crime(lsoa, kind) for lsoa in (old, *same) for kind in KINDS for _ in range(2)]
    by_2011 = [*full_month((BARNET,)), *in_harrow]
    # An archive made anew has a few records under today's codes all the same.
    by_2011.append(crime(first, "Burglary"))
    links = [(old, first, HARROW), (old, second, HARROW), *((one, one, HARROW) for one in same)]
    warehouse = built(
        workspace,
        *look_ups(files),
        files.successors(rows=[*links, *((one, one, BARNET) for one in small_areas(BARNET))]),
        files.street("1.csv", month="2018-01", crimes=by_2011),
        files.street("2.csv", month="2018-02", crimes=full_month()),
    )

    def burglary(area, month, kind=AreaKind.LSOA):
        estimate = ask_one(warehouse, "burglary", area, month, kind=kind)
        return estimate.numerator, "" if estimate.numerator else estimate.why_missing

    for area in (first, second):
        assert burglary(area, "2018-01") == (None, "counted by the small areas of 2011, and this is none of them")
        assert burglary(area, "2018-02") == (1, "")
    # Two are under its own code, and one that may be its own under its successor's.
    assert burglary(old, "2018-01") == (None, "some of its records stand under the small areas of 2021")
    assert burglary(old, "2018-02") == (None, "counted by the small areas of 2021, and this is none of them")
    assert burglary(same[0], "2018-01") == (2, "")
    assert burglary(HARROW, "2018-01", AreaKind.AUTHORITY) == (19, "")
    (said,) = warehouse.con.execute("SELECT sentence FROM quality WHERE kind = 'other small areas'").fetchall()
    assert said == (
        "3 small areas that only one Census has are missing in months whose files count by the other's. Of 1 small "
        "area split or merged between the two, a few records of some months stand under the other Census's codes: it "
        "is missing there, not low. Wards and authorities have every record.",
    )
