"""Populations by single year of age, in each layout: invented numbers."""

import pytest
import xlsxwriter

from tests.conftest import BARNET, HARROW, rows, small_areas

AGES = [*map(str, range(90)), "90+"]


def parts(warehouse, area, year):
    query = """
        SELECT part, number FROM population JOIN series USING (series_id)
        WHERE area_code = ? AND year = ? AND dataset = 'ons-population-by-age'
    """
    return dict(rows(warehouse, query, area, year))


def small_area_file(files, areas, name="lsoa11_mid2020.csv", authority=HARROW):
    header = ["lsoa11_name", "lsoa11_code", "total_population", *AGES, "LAD22CD", "LAD22NM"]
    made = [[area, area, sum(range(91)), *range(91), authority, "Harrow"] for area in areas]
    return files.csv(name, header, made)


def test_small_areas_of_2011_are_summed_to_the_authority_the_file_names(workspace, files, built):
    old = ["E01009001", "E01009002"]
    look_up = files.successors(rows=[(area, small_areas(HARROW)[at], HARROW) for at, area in enumerate(old)])

    warehouse = built(workspace, look_up, small_area_file(files, old))

    found = parts(warehouse, HARROW, 2020)
    assert sum(found[f"residents/age/{age}"] for age in range(10, 18)) == 2 * sum(range(10, 18))
    assert found["residents/age/90"] == 180
    assert found["residents"] == 2 * sum(range(91))
    assert rows(warehouse, "SELECT release FROM load WHERE source = 'ons-population-by-age'") == ["mid-2020"]


def test_authority_with_a_small_area_missing_from_the_file_has_no_sum(workspace, files, built):
    old = ["E01009001", "E01009002", "E01009003"]
    look_up = files.successors(rows=[(area, small_areas(HARROW)[at], HARROW) for at, area in enumerate(old)])

    warehouse = built(workspace, look_up, small_area_file(files, old[:2]))

    assert parts(warehouse, HARROW, 2020) == {}
    assert parts(warehouse, "E01009001", 2020)["residents/age/17"] == 17


def test_file_that_does_not_say_its_year_is_refused_row_by_row(workspace, files, built):
    warehouse = built(workspace, small_area_file(files, small_areas(HARROW)[:2], name="lsoa11_people.csv"))

    assert rows(warehouse, "SELECT count(*) FROM population WHERE load_id IS NOT NULL") == [0]
    (reason,) = set(rows(warehouse, "SELECT reason FROM refused_row"))
    assert "put the year in its name" in reason


def series_rows(area, females, males):
    return [
        [area, "Harrow", "E", sex, age, *(number for number in numbers)]
        for sex, numbers in (("F", females), ("M", males))
        for age in range(91)
    ]


SERIES = ["ladcode23", "laname23", "country", "sex", "age", "population_2022", "population_2023"]


def test_series_for_authorities_gives_each_sex_and_their_sum(workspace, files, built):
    table = files.csv(
        "myeb1.csv", SERIES, [*series_rows(HARROW, (2, 3), (5, 7)), ["S12000033", "x", "S", "F", 0, 1, 1]]
    )

    warehouse = built(workspace, table)

    found = parts(warehouse, HARROW, 2023)
    assert found["residents/female/age/17"] == 3
    assert found["residents/male/age/17"] == 7
    assert found["residents/age/17"] == 10
    assert found["residents/female"] == 3 * 91
    assert found["residents"] == 10 * 91
    assert parts(warehouse, HARROW, 2022)["residents"] == 7 * 91
    assert rows(warehouse, "SELECT count(*) FROM population WHERE area_code LIKE 'S%'") == [0]


def test_no_sum_over_ages_is_made_where_an_age_is_missing(workspace, files, built):
    made = [row for row in series_rows(HARROW, (2, 3), (5, 7)) if row[4] != 40]

    found = parts(built(workspace, files.csv("myeb1.csv", SERIES, made)), HARROW, 2023)

    assert "residents" not in found and "residents/female" not in found
    assert found["residents/age/41"] == 10


def test_workbook_with_a_title_above_its_table_is_read(workspace, files, built):
    path = files.folder / "myebtables.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Contents").write_row(0, 0, ["About this workbook"])
    sheet = book.add_worksheet("MYEB1")
    sheet.write_row(0, 0, ["Annual mid-year population estimates, by sex and single year of age"])
    for number, row in enumerate([SERIES, *series_rows(HARROW, (2, 3), (5, 7))], 1):
        sheet.write_row(number, 0, row)
    book.close()

    warehouse = built(workspace, path)

    assert parts(warehouse, HARROW, 2023)["residents/age/17"] == 10
    assert rows(warehouse, "SELECT rows_read, rows_kept FROM load") == [(182, 182)]


def test_sexes_side_by_side_in_one_row(workspace, files, built):
    header = ["LAD23CD", "LAD23NM", "LSOA21CD", "LSOA21NM", "Total"]
    header += [f"F{age}" for age in range(91)] + [f"M{age}" for age in range(91)]
    area = small_areas(HARROW)[0]
    table = files.csv("mid-2022.csv", header, [[HARROW, "Harrow", area, "Harrow 001A", 273, *[1] * 91, *[2] * 91]])

    found = parts(built(workspace, table), area, 2022)

    assert found["residents/male/age/3"] == 2
    assert found["residents/age/3"] == 3
    assert found["residents"] == 273


def test_nomis_layout(workspace, files, built):
    header = [
        "DATE_NAME",
        "GEOGRAPHY_NAME",
        "GEOGRAPHY_CODE",
        "GENDER_NAME",
        "C_AGE_NAME",
        "MEASURES_NAME",
        "OBS_VALUE",
    ]
    made = [
        [2021, "Harrow", HARROW, "Total", "Age 17", "Value", 3000],
        [2021, "Harrow", HARROW, "Total", "Age 17", "Percent", 1.2],
        [2021, "Harrow", HARROW, "Total", "Aged 90+", "Value", 1500],
        [2021, "Harrow", HARROW, "Female", "Age 17", "Value", 1400],
        [2021, "Harrow", HARROW, "Total", "All Ages", "Value", 260000],
        [2021, "Harrow", HARROW, "Total", "Aged 16 to 64", "Value", 170000],
        [2021, "Barnet", BARNET, "Total", "Age 17", "Value", "many"],
    ]

    earlier = [[2020, *row[1:]] for row in made[:1]]

    warehouse = built(workspace, files.csv("nomis.csv", header, made), files.csv("2020.csv", header, earlier))

    assert rows(warehouse, "SELECT release FROM series WHERE dataset = 'ons-population-by-age'") == ["nomis"]
    assert parts(warehouse, HARROW, 2020) == {"residents/age/17": 3000}
    assert parts(warehouse, HARROW, 2021) == {
        "residents": 260000,
        "residents/age/17": 3000,
        "residents/age/90": 1500,
        "residents/female/age/17": 1400,
    }
    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [(8, "“OBS_VALUE” is not a whole number")]


@pytest.mark.parametrize(("column", "value"), [(3, "X"), (4, 91), (5, "-"), (0, "Harrow")])
def test_row_that_cannot_be_used_is_refused_with_its_line(workspace, files, built, column, value):
    made = series_rows(HARROW, (2, 3), (5, 7))
    made[1][column] = value

    warehouse = built(workspace, files.csv("myeb1.csv", SERIES, made))

    ((line, reason),) = rows(warehouse, "SELECT row, reason FROM refused_row")
    assert line == 3 and reason
