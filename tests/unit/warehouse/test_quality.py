"""What quality says: each finding from small files that show it, and none from files that do not. All invented."""

import json
import re

import pytest

from frankpledge.cli.main import main
from frankpledge.errors import NotHeldError
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.warehouse.quality.words import change, counted, in_months, listed, own_first, share
from tests.conftest import (
    BARNET,
    BRENT,
    HARROW,
    LUTON,
    MET,
    add_all,
    build_quietly,
    crime,
    files_in,
    full_month,
    make_workspace,
    months_of,
    rows,
    small_areas,
    wards_of,
)

FORCES = [
    (HARROW, "Harrow", "E22000001", "Harrow", MET, "Metropolitan Police"),
    (BARNET, "Barnet", "E22000002", "Barnet", MET, "Metropolitan Police"),
    (BRENT, "Brent", "E22000003", "Brent", MET, "Metropolitan Police"),
    (LUTON, "Luton", "E22000004", "Luton", "E23000026", "Bedfordshire"),
]
LABELS = (
    ("BURGLARY", "DOMESTIC BURGLARY"),
    ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY"),
    ("DRUG OFFENCES", "DRUG TRAFFICKING"),
    ("VEHICLE OFFENCES", "THEFT FROM A MOTOR VEHICLE"),
)


def found(warehouse, kind, dataset=None):
    """The sentences of a kind of finding."""
    return rows(
        warehouse,
        "SELECT sentence FROM quality WHERE kind = ? AND coalesce(dataset = ?, true) ORDER BY sentence",
        kind,
        dataset,
    )


def table(*boroughs, labels=LABELS, unit=100):
    """Rows of a Metropolitan Police table: every label for each borough, with as many crimes."""
    return [(*label, borough, unit) for label in labels for borough in boroughs]


@pytest.fixture(scope="module")
def street(place, built):
    """Two whole months of Harrow and Barnet, with what police.uk files have in them."""
    workspace, files = place
    shops = [
        crime(
            lsoa, "Shoplifting", reference=f"{lsoa}-{number}", longitude=f"-0.3{number}", place="On or near Supermarket"
        )
        for lsoa in small_areas(HARROW)
        for number in range(30)
    ]
    named = [crime(small_areas(HARROW)[0], "Anti-social behaviour", reference="named", place="On or near The Avenue")]
    return built(
        workspace,
        files.best_fit(),
        files.forces(rows=FORCES),
        files.population(people={small_areas(HARROW)[0]: 400, small_areas(HARROW)[1]: 1_500}, column="LSOA21CD"),
        files.street("january.csv", month="2018-01", crimes=[*full_month(), *shops, *named]),
        files.street("march.csv", month="2018-03", crimes=[*full_month(), crime("", reference="nowhere")]),
    )


@pytest.fixture(scope="module")
def tables(tmp_path_factory, built):
    """Three releases of counts by borough, and one by ward."""
    folder = tmp_path_factory.mktemp("tables")
    files = files_in(folder / "given")
    new = (("BURGLARY", "BURGLARY - RESIDENTIAL"), *LABELS[1:3], ("VEHICLE OFFENCES", "Theft from a motor vehicle"))
    boroughs = ("Harrow", "Barnet")
    older = [*table(*boroughs), ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", "Unknown", 7)]
    newer = [*table("Harrow", labels=new, unit=90), *table("Barnet", labels=new)]
    old_ward, new_ward = "E05000299", wards_of(HARROW)[0]
    return built(
        make_workspace(folder / "harrow"),
        files.best_fit(),
        files.csv(
            "ward21.csv",
            ["WD21CD", "WD21NM", "LAD21CD", "LAD21NM"],
            [[old_ward, "Harrow North", HARROW, "Harrow"], *[[one, "w", BARNET, "Barnet"] for one in wards_of(BARNET)]],
        ),
        files.csv(
            "ward24.csv",
            ["WD24CD", "WD24NM", "LAD24CD", "LAD24NM"],
            [
                [new_ward, "Harrow North", HARROW, "Harrow"],
                [wards_of(HARROW)[1], "Harrow South", HARROW, "Harrow"],
                *[[one, "w", BARNET, "Barnet"] for one in wards_of(BARNET)],
            ],
        ),
        files.population(people={HARROW: 260_000}, years=(2017,)),
        files.boroughs("older.csv", months=months_of("2022", "2023"), rows=older),
        files.boroughs("newer.csv", months=months_of("2022", "2023", "2024-Q1"), rows=newer),
        files.wards(
            "wards.csv",
            months=months_of("2022", "2023"),
            rows=[(*label, "Harrow North", new_ward, "Harrow", 90) for label in LABELS],
        ),
    )


def test_every_finding_is_a_sentence_that_says_where_to_look(street, tables):
    for warehouse in (street, tables):
        every = rows(warehouse, "SELECT sentence, look, seriousness FROM quality")
        assert len(every) > 5
        for sentence, look, seriousness in every:
            assert re.match(r"[A-Z“0-9a-z]", sentence), sentence
            assert sentence.endswith((".", ")")), sentence
            assert "None" not in sentence.replace("None of", ""), sentence
            assert not re.search(r"(?<![\d,.-])\d{5,}", re.sub(r"E\d{8}", "", sentence)), (
                f"without thousands: {sentence}"
            )
            assert look is not None
            assert seriousness in (1, 2, 3)


def test_months_without_a_day_are_said(street):
    (sentence,) = found(street, "months only")

    assert "a month is all the date there is" in sentence


def test_a_month_between_that_is_not_held_is_said(street):
    assert found(street, "months not held") == [
        "Metropolitan Police Service: files are held of January 2018 and March 2018; of the 1 month between, none."
    ]


def test_disorder_that_has_an_identifier_is_counted_not_denied(street):
    (sentence,) = found(street, "no identifier")

    assert sentence.startswith(
        "40 records have no identifier, 40 of them anti-social behaviour, which hardly ever has one (1 of 41 do)."
    )


def test_places_that_stand_on_many_points_are_no_names(street):
    (sentence,) = found(street, "places without a name")

    assert "“Supermarket” (300)" in sentence
    assert "The Avenue" not in sentence


def test_points_that_records_share_are_snapped(street):
    (sentence,) = found(street, "snapped places")

    assert "stand on the same point as another of their month" in sentence


def test_record_without_a_place_is_said_with_its_share(street):
    assert found(street, "no place") == [
        "1 of 862 records (0.1%) have no place. They are counted for no ward or authority."
    ]


def test_small_populations_are_said_of_the_kind_of_area(street):
    (sentence,) = found(street, "few residents")

    assert sentence.startswith("1 of 2 small areas with counts have fewer than 1,000 residents:")


def test_few_events_in_a_year_are_said_of_the_kind_of_area(street, tables):
    (sentence,) = found(street, "few events")

    assert "most of the 20 small areas have fewer than 10 of" in sentence
    assert found(tables, "few events") == []


def test_labels_that_changed_between_releases_are_said(tables):
    (sentence,) = found(tables, "changed labels", "mps-borough")

    assert "“DOMESTIC BURGLARY” became “BURGLARY - RESIDENTIAL” (crime/burglary/residential)" in sentence
    assert "1 offences" not in sentence
    assert "ROBBERY" not in sentence


def test_labels_written_in_two_ways_are_one(tables):
    (sentence,) = found(tables, "spelling of labels", "mps-borough")

    assert "“THEFT FROM A MOTOR VEHICLE” and “Theft from a motor vehicle”" in sentence


def test_releases_that_differ_are_set_side_by_side(tables):
    (sentence,) = found(tables, "revised areas", "mps-borough")

    assert "Releases 2023-12 and 2024-03 differ in the months both hold (January 2022 to December 2023)" in sentence
    assert "19,200 crimes against 18,240 in all (−5.0%)" in sentence
    assert "in 1 of 2 authorities" in sentence
    assert "Harrow 9,600 → 8,640 (−10.0%)" in sentence
    assert "Barnet" not in sentence


def test_wards_are_set_beside_each_release_of_the_borough(tables):
    added, not_added = found(tables, "parts and whole")

    assert "add up to mps-borough in release 2024-03" in added
    assert "do not add up to mps-borough in release 2023-12" in not_added
    assert "10.0% at most (Harrow)" in not_added


def test_what_lies_in_no_borough_is_said_with_its_name(tables):
    (sentence,) = found(tables, "no borough")

    assert sentence.startswith("168 crimes in release 2023-12 lie in no borough (under “Unknown”).")


def test_a_table_of_crime_has_no_disorder(street, tables):
    assert any("Anti-social behaviour is not in it" in one for one in found(tables, "not in it", "mps-borough"))
    assert found(street, "not in it") == []


def test_breaks_that_fall_within_what_is_held_are_said_and_no_others(tables):
    sentences = found(tables, "break", "mps-borough")

    assert any(
        "A break at March 2024: the Metropolitan Police changed its recording system" in one for one in sentences
    )
    assert found(tables, "break", "mps-ward") == []


def test_wards_drawn_anew_are_said_with_their_authorities(tables):
    (sentence,) = found(tables, "boundary break")

    assert "Wards were drawn anew between 2021 and 2024" in sentence
    assert "in 1 authority with counts: Harrow (1, then 2)." in sentence
    assert "One name stays and stands for other ground (Harrow North)" in sentence


def test_populations_that_were_printed_otherwise_are_said(tables):
    (sentence,) = found(tables, "revised populations")

    assert "Harrow mid-2017 248,880 → 260,000 (+4.5%)" in sentence
    assert "Barnet" not in sentence


def test_datasets_that_count_the_same_crimes_are_never_added(tables):
    (sentence,) = found(tables, "same crimes")

    assert sentence.startswith("The datasets mps-borough and mps-ward count the same crimes")


def test_an_old_feed_is_behind_and_says_since_when(tables):
    (sentence,) = found(tables, "behind", "mps-borough")

    assert sentence.startswith("The newest month held is March 2024, ")
    assert "look for newer files" in sentence


def test_newest_months_in_common_that_were_revised_are_said(workspace, files, built):
    months = months_of("2022", "2023-Q1")
    steady = [1_000] * len(months)
    late = [*steady[:-1], 1_050]
    label = ("BURGLARY", "DOMESTIC BURGLARY", "Harrow")
    warehouse = built(
        workspace,
        files.boroughs("older.csv", months=months, rows=[(*label, late)]),
        files.boroughs("newer.csv", months=[*months, "2023-04"], rows=[(*label, [*steady, 1_000])]),
    )

    (sentence,) = found(warehouse, "revised months")

    assert "March 2023 1,050 → 1,000 (−4.8%)" in sentence


RECORDS = "reference,offence,from,area_code,reported_for,flags,invented\n"
PEOPLE = "reference,role,person,age_band,sex,ethnicity,injury,relationship,invented\n"


@pytest.fixture(scope="module")
def partners(tmp_path_factory, built):
    """Records that a partner sent, with people."""
    folder = tmp_path_factory.mktemp("partners")
    files = files_in(folder / "given")
    lsoa = small_areas(HARROW)[0]
    return built(
        make_workspace(folder / "harrow"),
        files.best_fit(),
        files.bytes(
            "records.csv",
            f"{RECORDS}A1,crime/weapons,2018-01-05T22:00,{lsoa},{HARROW},knife-crime domestic-abuse,no\n"
            f"A2,crime/weapons,2018-01-06,{lsoa},{HARROW},,no\n".encode(),
        ),
        files.bytes(
            "people.csv",
            f"{PEOPLE}A1,victim,V-1,18-24,female,not recorded,minor,,no\nA1,victim,V-2,18-24,female,white,,,no\n"
            "Z9,suspect,S-1,25-34,male,white,none,stranger,no\n".encode(),
        ),
    )


def test_what_is_not_recorded_of_people_is_said_field_by_field(partners):
    victims = next(one for one in found(partners, "not recorded") if "victim" in one)

    assert victims.startswith("Of 2 victims, this is not recorded: ethnicity of 1 (50.0%), injury of 1 (50.0%), ")
    assert "and the authority of the home of 2 (100%)" in victims
    assert "sex" not in victims


def test_records_without_an_hour_are_said(partners):
    (sentence,) = found(partners, "no hour")

    assert sentence.startswith("1 of 2 records (50.0%) have no hour.")


def test_people_of_incidents_that_are_not_held_are_said(partners):
    (sentence,) = found(partners, "incident not held")

    assert sentence.startswith("1 of 3 victims and suspects are of incidents that are not held")


def test_a_record_with_several_flags_counts_once_under_each(partners):
    (sentence,) = found(partners, "several flags")

    assert sentence.startswith("More than one flag: 1 of 1 flagged record.")


def test_what_the_law_has_partners_send_and_nobody_sent_is_said(street):
    (sentence,) = found(street, "data sets not held")

    assert "none is held from a partner" in sentence


def test_overspill_of_several_authorities_is_one_sentence(workspace, files, built):
    spilled = [
        crime(small_areas(one)[0], reference=f"{one}-{number}") for one in (BARNET, BRENT) for number in range(9)
    ]
    warehouse = built(
        workspace,
        files.best_fit(),
        files.street("january.csv", crimes=[*full_month((HARROW,), each=3), *spilled]),
    )

    (sentence,) = found(warehouse, "overspill")

    assert "2 authorities are not covered" in sentence
    assert "Barnet (9) and Brent (9)" in sentence


def test_one_forces_file_does_not_judge_another_forces_months(workspace, files, built):
    """A busy force beside a file of burglary alone: the second is complete for burglary, and has no robbery at all."""
    burglaries = full_month((HARROW, BARNET), kinds=("Burglary",), each=6)
    warehouse = built(
        workspace,
        files.best_fit(authorities=(HARROW, BARNET, LUTON)),
        files.forces(rows=FORCES),
        files.street("met.csv", crimes=burglaries),
        files.street(
            "beds.csv",
            force="E23000026",
            crimes=[*full_month((LUTON,), each=30), *[crime(one, "Robbery") for one in small_areas(HARROW)]],
        ),
    )

    states = rows(
        warehouse,
        """SELECT path, state FROM coverage JOIN area USING (area_id) LEFT JOIN offence USING (offence_id)
           WHERE code = ? AND (path IS NULL OR path = 'crime/robbery') ORDER BY ALL""",
        HARROW,
    )
    assert states == [("crime/robbery", "absent"), (None, "complete")]


def test_nothing_to_say_of_a_file_without_trouble(workspace, files, built):
    warehouse = built(workspace, files.population(), files.best_fit())

    assert rows(warehouse, "SELECT kind FROM quality WHERE seriousness = 1") == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (listed([]), ""),
        (listed(["a"]), "a"),
        (listed(["a", "b"]), "a and b"),
        (listed(["a", "b", "c"], longest=1), "a and 2 others"),
        (share(1, 3), "33.3%"),
        (counted(1, "crime"), "1 crime"),
        (change(100, 99), "−1.0%"),
        (in_months([24216, 24217, 24219]), "January 2018 to February 2018 and April 2018"),
        (own_first(["Barnet", "Harrow"], ["Harrow"]), ["Harrow", "Barnet"]),
    ],
)
def test_words_are_as_they_are_read_aloud(said, words):
    assert said == words


def test_the_command_groups_by_dataset_and_joins_what_is_the_same(place, street, tmp_path, monkeypatch, capsys):
    workspace, _ = place

    def answer(*words):
        capsys.readouterr()
        main.main(["--workspace", str(workspace.folder), "quality", *words], standalone_mode=False)
        return capsys.readouterr().out

    shown = answer()
    assert "Street-level crime and anti-social behaviour (police-uk-street)" in shown
    assert max(map(len, shown.splitlines())) <= 120
    assert "more are worth knowing" in shown
    assert "Few events" not in shown
    assert "Few events" in answer("--all")
    every = json.loads(answer("--json"))
    assert [one["seriousness"] for one in every] == sorted(one["seriousness"] for one in every)
    assert len(answer("--csv", "--dataset", "police-uk-street").splitlines()) == 1 + sum(
        one["dataset"] == "police-uk-street" for one in every
    )


def test_a_dataset_that_is_not_there_is_named(place, street):
    workspace, _ = place
    with pytest.raises(NotHeldError, match="There is no dataset “police-uk-steet”"):
        main.main(
            ["--workspace", str(workspace.folder), "quality", "--dataset", "police-uk-steet"], standalone_mode=False
        )


def test_the_same_files_say_the_same(workspace, files, tmp_path):
    paths = [files.best_fit(), files.street("a.csv", crimes=full_month()), files.boroughs()]
    add_all(workspace, *paths)
    said = []
    for folder in ("one", "two"):
        other = make_workspace(tmp_path / folder)
        build_quietly(other, *paths)
        warehouse = open_warehouse(other)
        said.append(rows(warehouse, "FROM quality ORDER BY ALL"))
        warehouse.close()
    assert said[0] == said[1]
