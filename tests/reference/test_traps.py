"""`quality` names by itself every trap that the catalogue of the real data lists: one test a trap."""

import pytest

from frankpledge.sources.adding import add_files
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.workspace import init_workspace


def quiet(_):
    """Progress that nobody watches."""


@pytest.fixture(scope="module")
def quality(real_data, tmp_path_factory):
    """(kind, dataset) → the findings' sentences, of a warehouse of all the data there is, added in one go."""
    workspace, _ = init_workspace(tmp_path_factory.mktemp("traps") / "harrow", ("E09000015",))
    add_files(workspace, [real_data], quiet)
    build(workspace, quiet)
    warehouse = open_warehouse(workspace)
    found = {}
    for kind, dataset, sentence in warehouse.con.execute("SELECT kind, dataset, sentence FROM quality").fetchall():
        found.setdefault((kind, dataset), []).append(sentence)
    warehouse.close()
    return found


def only(quality, kind, dataset):
    """The one sentence of a kind of finding of a dataset."""
    (sentence,) = quality[kind, dataset]
    return sentence


def test_anti_social_behaviour_has_no_identifier_and_duplicates_are_real(quality):
    sentence = only(quality, "no identifier", "police-uk-street")

    assert "315,494 of them anti-social behaviour, which hardly ever has one (198 of 315,692 do)" in sentence
    assert "would remove real incidents" in sentence


def test_london_crimes_share_an_identifier(quality):
    sentence = only(quality, "shared identifier", "police-uk-street")

    assert "83,818 records of Metropolitan Police Service share an identifier" in sentence


def test_some_rows_have_no_place(quality):
    sentence = only(quality, "no place", "police-uk-street")

    assert "3,832 of 120,588 records of Bedfordshire Police (3.2%)" in sentence


def test_points_are_snapped(quality):
    sentence = only(quality, "snapped places", "police-uk-street")

    assert "places are snapped to fixed points before publication" in sentence


def test_a_month_is_all_the_date_there_is(quality):
    assert "a month is all the date there is" in only(quality, "months only", "police-uk-street")


def test_domestic_burglary_becomes_burglary_residential(quality):
    for dataset in ("mps-borough", "mps-ward"):
        if ("changed labels", dataset) in quality:
            assert "“DOMESTIC BURGLARY” became" in only(quality, "changed labels", dataset)
    assert "“BURGLARY - RESIDENTIAL”" in only(quality, "changed labels", "mps-borough")


def test_case_and_ampersand_vary(quality):
    assert "written in more than one way" in only(quality, "spelling of labels", "mps-borough")


def test_extra_boroughs_are_no_boroughs(quality):
    sentence = only(quality, "no borough", "mps-borough")

    assert "London Heathrow and London City Airports" in sentence
    assert "“Unknown”" in sentence


def test_counts_by_the_metropolitan_police_have_no_disorder(quality):
    assert any("Anti-social behaviour is not in it" in one for one in quality["not in it", "mps-borough"])


def test_counts_by_the_metropolitan_police_have_no_city_of_london(quality):
    assert any(one.startswith("City of London is not in it") for one in quality["not in it", "mps-borough"])


@pytest.mark.slow
def test_dashboard_stacks_boroughs_and_neighbourhood_teams(quality):
    assert "by borough and" in only(quality, "stacked counts", "mps-dashboard")


def test_dashboard_stacks_offences_and_positive_outcomes(quality):
    assert "An outcome is no crime" in only(quality, "outcomes beside offences", "mps-dashboard")


def test_hate_strands_overlap(quality):
    assert "strands overlap, and are never added" in only(quality, "overlapping kinds", "mps-dashboard")


def test_harrow_has_other_wards_since_may_2022(quality):
    (sentence,) = [one for one in quality["boundary break", "several datasets"] if one.startswith("Wards")]

    assert "between 2021 and 2022, with the elections in May" in sentence
    assert "Harrow (21, then 22)" in sentence
    assert "names stay and stand for other ground" in sentence


@pytest.mark.parametrize("dataset", ["mps-borough", "mps-ward", "mps-lsoa", "mps-dashboard", "mps-business-crime"])
def test_recording_system_changed(quality, dataset):
    assert any("changed its recording system at the end of February 2024" in one for one in quality["break", dataset])


def test_newest_months_are_revised(quality):
    sentence = only(quality, "revised months", "mps-ward")

    assert "March 2025 74,226 → 73,717 (−0.7%)" in sentence


def test_releases_differ_in_every_year(quality):
    sentence = only(quality, "revised areas", "mps-borough")

    assert "Harrow 161,150 → 157,657 (−2.2%)" in sentence
    assert "of 10 whole years most of them do" in sentence


def test_wards_add_up_to_the_newer_borough_figure_only(quality):
    sentences = quality["parts and whole", "several datasets"]

    assert any("mps-ward (2023-07) add up to mps-borough in release 2022-10" in one for one in sentences)
    assert any("mps-ward (2023-07) do not add up to mps-borough in release 2021-07" in one for one in sentences)


@pytest.mark.parametrize("borough", ["Bexley", "Southwark", "Kensington and Chelsea"])
def test_absent_boroughs_are_not_empty(quality, borough):
    assert any(
        borough in one and "missing from this series, not low" in one
        for one in quality["overspill", "police-uk-street"]
    )


def test_city_of_london_in_the_street_files_is_overspill(quality):
    assert "City of London" in only(quality, "outside the force", "police-uk-street")


def test_a_file_of_burglary_has_nothing_but_burglary(quality):
    sentences = quality["offence not held", "police-uk-street"]

    assert any("crime/robbery" in one and "January 2021 to February 2024" in one for one in sentences)


def test_dashboard_leaves_out_rows_of_nought(quality):
    assert "leaves out rows of nought" in only(quality, "stated by the source", "mps-dashboard")


def test_commonest_locations_are_no_names(quality):
    sentence = only(quality, "places without a name", "police-uk-street")

    for name in ("Supermarket", "Parking Area", "Shopping Area"):
        assert f"“{name}”" in sentence


def test_populations_were_revised_after_the_census(quality):
    assert "Harrow mid-2017 248,880 → 257,881 (+3.6%)" in only(quality, "revised populations", "ons-population")


def test_harrow_is_not_called_overspill_beside_another_force(quality):
    assert not any(one.startswith("Harrow:") or "Harrow (" in one for one in quality["overspill", "police-uk-street"])
