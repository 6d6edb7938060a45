"""Census tables in their three layouts: invented numbers, the publisher's own words."""

import pytest

from frankpledge.sources.parts.census_paths import category_path, heading_path, sums, topic_of
from frankpledge.sources.registry import recognise, sample_of
from frankpledge.warehouse.connection import open_warehouse
from tests.conftest import BARNET, HARROW, build_quietly, make_workspace, rows, small_areas, wards_of

RELIGION = ["date", "geography", "geography code"] + [
    f"Religion: {one}" for one in ("Total: All usual residents", "Christian", "Muslim", "Not answered")
]
ETHNIC = [
    ("Asian, Asian British or Asian Welsh: Indian", 300),
    ("Asian, Asian British or Asian Welsh: Chinese", 20),
    ("White: English, Welsh, Scottish, Northern Irish or British", 500),
    ("Does not apply", 0),
]


def parts(warehouse, area):
    query = "SELECT part, number FROM population JOIN series USING (series_id) WHERE area_code = ? AND dataset = ?"
    return dict(rows(warehouse, query, area, "ons-census-2021"))


def made_to_order(files, variable, categories, areas, name="order.csv"):
    header = [
        "Lower layer Super Output Areas Code",
        "Lower layer Super Output Areas",
        f"{variable} Code",
        variable,
        "Observation",
    ]
    made = [[area, area, number, words, count] for area in areas for number, (words, count) in enumerate(categories, 1)]
    return files.csv(name, header, made)


def test_bulk_layout_gives_a_part_for_each_column(workspace, files, built):
    table = files.csv(
        "ts030.csv",
        RELIGION,
        [[2021, "Harrow", HARROW, 1000, 400, 150, 50], [2021, "Aberdeen", "S12000033", 1, 2, 3, 4]],
    )

    warehouse = built(workspace, table)

    assert parts(warehouse, HARROW) == {
        "religion": 1000,
        "religion/christian": 400,
        "religion/muslim": 150,
        "religion/not-answered": 50,
    }
    assert rows(warehouse, "SELECT count(*) FROM population WHERE area_code LIKE 'S%'") == [0]
    assert rows(warehouse, "SELECT release, rows_read, rows_kept, rows_refused FROM load") == [("2021", 2, 2, 0)]


def test_made_to_order_layout_is_summed_to_groups_and_to_the_whole(workspace, files, built):
    table = made_to_order(files, "Ethnic group (20 categories)", ETHNIC, [HARROW])

    found = parts(built(workspace, table), HARROW)

    assert found["ethnicity/asian/indian"] == 300
    assert found["ethnicity/asian"] == 320
    assert found["ethnicity/white/british"] == 500
    assert found["ethnicity"] == 820, "those who were not asked are no part of it"
    assert found["ethnicity/does-not-apply"] == 0


def test_extract_with_total_is_summed_to_wards_and_authority_where_all_small_areas_are_there(workspace, files, built):
    areas = [*small_areas(HARROW), *small_areas(BARNET)[:9]]
    tenures = [
        ("Owned: Owns outright", 40),
        ("Social rented: Other social rented", 7),
        ("Social rented: Rents from council or Local Authority", 3),
    ]
    tenure = files.csv(
        "tenure.csv",
        ["lsoa21_code", "total_households", "tenure", "n", "LAD24CD"],
        [[area, 50, words, count, HARROW] for area in areas for words, count in tenures],
    )
    households = files.csv("households.csv", ["lsoa21_code", "total_households"], [[area, 50] for area in areas])

    warehouse = built(workspace, files.best_fit(authorities=(HARROW, BARNET)), tenure, households)

    assert parts(warehouse, small_areas(HARROW)[0])["households/tenure/social-rented"] == 10
    harrow = parts(warehouse, HARROW)
    assert harrow["households"] == harrow["households/tenure"] == 500
    assert harrow["households/tenure/social-rented"] == 100
    assert harrow["households/tenure/social-rented/council"] == 30
    assert parts(warehouse, wards_of(HARROW)[0])["households/tenure/owned/outright"] == 200
    assert parts(warehouse, BARNET) == {}, "one of its small areas is not in the file"


def test_cell_that_is_no_whole_number_is_missing_and_said_and_the_rest_of_its_row_is_read(workspace, files, built):
    table = files.csv("ts030.csv", RELIGION, [[2021, "Harrow", HARROW, 1000, "c", 150, 50]])

    warehouse = built(workspace, table)

    assert "religion/christian" not in parts(warehouse, HARROW)
    assert parts(warehouse, HARROW)["religion/muslim"] == 150
    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [
        (2, "in “Religion: Christian” stands “c”, which is no whole number")
    ]
    assert rows(warehouse, "SELECT rows_read, rows_kept, rows_refused FROM load") == [(1, 0, 1)]


def test_row_that_stands_twice_counts_once(workspace, files, built):
    table = made_to_order(files, "Religion (10 categories)", [("Muslim", 5), ("Muslim", 5)], [HARROW])

    warehouse = built(workspace, table)

    assert parts(warehouse, HARROW) == {"religion": 5, "religion/muslim": 5}
    assert rows(warehouse, "SELECT row FROM refused_row") == [3]


def test_tables_of_several_topics_stand_side_by_side(workspace, files, built):
    religion = files.csv("ts030.csv", RELIGION, [[2021, "Harrow", HARROW, 1000, 400, 150, 50]])
    again = files.csv("newer.csv", RELIGION[:5], [[2021, "Harrow", HARROW, 1000, 401]])
    ethnicity = made_to_order(files, "Ethnic group (20 categories)", ETHNIC, [HARROW])

    found = parts(built(workspace, religion, ethnicity, again), HARROW)

    assert found["religion/christian"] == 401, "the file added last stands"
    assert found["religion/muslim"] == 150, "what it does not hold stays"
    assert found["ethnicity/asian"] == 320


def test_two_variables_crossed_are_no_topic(files):
    header = [
        "Lower tier local authorities Code",
        "Lower tier local authorities",
        "Sex (2 categories) Code",
        "Sex (2 categories)",
        "Religion (10 categories) Code",
        "Religion (10 categories)",
        "Observation",
    ]
    path = files.csv("crossed.csv", header, [[HARROW, "Harrow", 1, "Female", 1, "Muslim", 3]])

    assert recognise(sample_of(path)) is None


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("Tenure of household: Total: All households", "households/tenure"),
        ("Residence type: Total; measures: Value", "residents"),
        ("Sex: Female", "residents/female"),
        ("Disability: Disabled under the Equality Act", "disability/disabled"),
        ("Highest level of qualification: No qualifications", "qualifications/none"),
        ("Country of birth: Europe: United Kingdom; measures: Value", "country-of-birth/europe/united-kingdom"),
        (
            "Country of birth: Europe: Other Europe: EU countries: "
            "Countries that joined the EU between April 2001 and March 2011: Romania; measures: Value",
            "country-of-birth/europe/other-europe/eu-countries/joined-by-2011/romania",
        ),
        ("Main language: Total: All usual residents aged 3 years and over", "language"),
        ("Main language: Other European language (EU): Romanian", "language/other-european-eu/romanian"),
        ("Distance travelled to work: Less than 2km", "distance-travelled-to-work/less-than-2km"),
        ("geography", None),
    ],
)
def test_heading_is_a_path_by_the_publishers_words(heading, path):
    assert heading_path(heading) == path


def test_same_word_is_told_apart_by_its_topic():
    assert category_path(topic_of("tenure"), "Private rented: Other private rented").endswith("private-rented/other")
    assert category_path(topic_of("Ethnic group"), "Other ethnic group: Arab") == "ethnicity/other/arab"


def test_no_sum_is_made_of_what_the_table_gives_itself():
    assert sums(["religion", "religion/muslim", "religion/christian"], "religion") == []


def test_build_is_the_same_whichever_layout_is_added_first(tmp_path, files):
    religion = files.csv("ts030.csv", RELIGION, [[2021, "Harrow", HARROW, 1000, 400, 150, 50]])
    ethnicity = made_to_order(files, "Ethnic group (20 categories)", ETHNIC, [HARROW])
    found = []
    for number, order in enumerate([(religion, ethnicity), (ethnicity, religion)]):
        workspace = make_workspace(tmp_path / str(number))
        build_quietly(workspace, *order)
        warehouse = open_warehouse(workspace)
        found.append(parts(warehouse, HARROW))
        warehouse.close()

    assert found[0] == found[1]
