"""The Metropolitan Police's tables of counts, by borough and by ward, through a whole build."""

import pytest

from frankpledge.errors import SourceError
from frankpledge.periods import month_number
from frankpledge.warehouse.build import build
from frankpledge.warehouse.shelf import current_key
from tests.conftest import BARNET, BRENT, HARROW, LONDON, add_all, build_quietly, months_of, rows, ward

HAMMERSMITH, KENSINGTON = "E09000013", "E09000020"

COUNTED = """
    SELECT area.code, offence.path, month, count FROM monthly_count
    JOIN series USING (series_id) JOIN area USING (area_id) JOIN offence USING (offence_id)
    WHERE dataset = ? AND release = ? ORDER BY ALL
"""
REFUSED = "SELECT row, reason, text FROM refused_row JOIN load USING (load_id) WHERE file = ? ORDER BY row, reason"


@pytest.fixture(scope="module")
def warehouse(place, built):
    """Each file is a release of its own, named by its last month."""
    workspace, files = place
    return built(
        workspace,
        files.boroughs(
            "old list.txt",
            months=months_of("2018-Q1"),
            heading="LookUp_BoroughName",
            mark=True,
            zipped=True,
            newline="\r\n",
            rows=[
                ("Burglary", "Burglary in a Dwelling", "Harrow", [3, 0, 5]),
                ("Burglary", "Burglary Non-Dwelling", "Harrow", [1, 1, 1]),
                ("Drugs", "Possession Of Drugs", "Hammersmith & Fulham", [2, 2, 2]),
                ("Other Notifiable Offences", "Going Equipped for Stealing", "Kensington &  Chelsea", [7, 0, 0]),
            ],
        ),
        files.boroughs(
            "new list.csv",
            months=months_of("2018-Q2"),
            heading="BoroughName",
            rows=[
                ("BURGLARY", "BURGLARY - RESIDENTIAL", "HARROW", [3, 0, 5]),
                ("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY", "harrow", [1, 1, 1]),
                ("DRUG OFFENCES", "POSSESSION OF DRUGS", "Hammersmith and Fulham", [2, 2, 2]),
                (
                    "MISCELLANEOUS CRIMES AGAINST SOCIETY",
                    "GOING EQUIPPED FOR STEALING",
                    "Kensington and Chelsea",
                    [7, 0, 0],
                ),
                ("BURGLARY", "BURGLARY - RESIDENTIAL", "Unknown", [1, 0, 0]),
                ("BURGLARY", "BURGLARY - RESIDENTIAL", "Aviation Security (SO18)", [0, 2, 0]),
                ("BURGLARY", "BURGLARY - RESIDENTIAL", "London Heathrow and London City Airports", [0, 0, 4]),
            ],
        ),
        files.bytes(
            "spoilt.csv",
            b"MajorText,MinorText,BoroughName,201807,201808\n"
            b"BURGLARY,DOMESTIC BURGLARY,Harrow,4,none\n"
            b"ROBBERY,ROBBERY OF PERSONAL PROPERTY,Harrow,12.5,-1\n"
            b"BURGLARY,DOMESTIC BURGLARY,Atlantis,4,5\n"
            b"ARSON & CRIMINAL DAMAGE,Burning  the toast,Harrow,1,2\n"
            b"SORCERY,HEXES,Harrow,1,3\n"
            b"BURGLARY,DOMESTIC BURGLARY,Brent,6,\n"
            b"BURGLARY,DOMESTIC BURGLARY,Barnet,6,7,8\n"
            b"BURGLARY,DOMESTIC BURGLARY,Barnet\n",
        ),
        files.wards(
            months=months_of("2018-Q1"),
            rows=[
                ("BURGLARY", "DOMESTIC BURGLARY", "Pinner", ward(1), "Harrow", [1, 2, 0]),
                ("BURGLARY", "DOMESTIC BURGLARY", "Heathrow Villages", "E05013571", "Hillingdon", [1, 0, 0]),
                (
                    "BURGLARY",
                    "DOMESTIC BURGLARY",
                    "Heathrow Villages",
                    "E05013571",
                    "Aviation Security (SO18)",
                    [0, 5, 0],
                ),
                ("BURGLARY", "DOMESTIC BURGLARY", "Unknown", "Unknown", "Unknown", [9, 9, 9]),
            ],
        ),
    )


def month(text):
    year, number = text.split("-")
    return month_number(int(year), int(number))


@pytest.mark.parametrize(
    ("file", "release", "months", "counts"),
    [
        ("old list.txt", "2018-03", ("2018-01", "2018-03"), (4, 4, 0)),
        ("new list.csv", "2018-06", ("2018-04", "2018-06"), (7, 7, 0)),
        ("spoilt.csv", "2018-08", ("2018-07", "2018-08"), (8, 2, 6)),
        ("wards.csv", "2018-03", ("2018-01", "2018-03"), (4, 3, 1)),
    ],
)
def test_load_has_its_release_months_and_rows(warehouse, file, release, months, counts):
    (found,) = rows(
        warehouse,
        "SELECT release, first_month, last_month, rows_read, rows_kept, rows_refused FROM load WHERE file = ?",
        file,
    )

    assert found == (release, month(months[0]), month(months[1]), *counts)


def test_old_heading_and_list_of_categories(warehouse):
    assert rows(warehouse, COUNTED, "mps-borough", "2018-03") == [
        (HAMMERSMITH, "crime/drugs/possession", month("2018-01"), 2),
        (HAMMERSMITH, "crime/drugs/possession", month("2018-02"), 2),
        (HAMMERSMITH, "crime/drugs/possession", month("2018-03"), 2),
        (HARROW, "crime/burglary/non-dwelling", month("2018-01"), 1),
        (HARROW, "crime/burglary/non-dwelling", month("2018-02"), 1),
        (HARROW, "crime/burglary/non-dwelling", month("2018-03"), 1),
        (HARROW, "crime/burglary/residential", month("2018-01"), 3),
        (HARROW, "crime/burglary/residential", month("2018-03"), 5),
        (KENSINGTON, "crime/other/against-society", month("2018-01"), 7),
    ]


def test_new_heading_and_list_of_categories(warehouse):
    found = rows(warehouse, COUNTED, "mps-borough", "2018-06")

    assert (HARROW, "crime/burglary/residential", month("2018-04"), 3) in found
    assert (HARROW, "crime/burglary/business", month("2018-05"), 1) in found
    assert (HAMMERSMITH, "crime/drugs/possession", month("2018-06"), 2) in found
    assert (KENSINGTON, "crime/other/against-society", month("2018-04"), 7) in found


def test_rows_of_no_borough_belong_to_london(warehouse):
    found = [row for row in rows(warehouse, COUNTED, "mps-borough", "2018-06") if row[0] == LONDON]

    assert found == [
        (LONDON, "crime/burglary/residential", month("2018-04"), 1),
        (LONDON, "crime/burglary/residential", month("2018-05"), 2),
        (LONDON, "crime/burglary/residential", month("2018-06"), 4),
    ]
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'no borough'")
    assert sentence.startswith("7 crimes in release 2018-06 lie in no borough")


def test_cell_that_is_no_whole_number_is_missing_and_its_neighbours_are_not(warehouse):
    found = rows(warehouse, COUNTED, "mps-borough", "2018-08")
    absent = rows(
        warehouse,
        """SELECT area.code, path, coverage.first_month, coverage.last_month FROM coverage JOIN series USING (series_id)
           JOIN area USING (area_id) JOIN offence USING (offence_id)
           WHERE release = '2018-08' AND state = 'absent' ORDER BY ALL""",
    )

    assert (HARROW, "crime/burglary/residential", month("2018-07"), 4) in found
    assert (BRENT, "crime/burglary/residential", month("2018-07"), 6) in found
    assert not [row for row in found if row[1].startswith("crime/robbery")]
    july, august = month("2018-07"), month("2018-08")
    assert absent == [
        (BRENT, "crime/burglary/residential", august, august),
        (HARROW, "crime/burglary/residential", august, august),
        (HARROW, "crime/robbery/personal", july, july),
        (HARROW, "crime/robbery/personal", august, august),
    ]


def test_refused_rows_have_line_reason_and_text(warehouse):
    found = rows(warehouse, REFUSED, "spoilt.csv")

    assert [(line, reason) for line, reason, _ in found] == [
        (2, "the count for 2018-08 is “none”, not a whole number"),
        (3, "the count for 2018-07 is “12.5”, not a whole number"),
        (3, "the count for 2018-08 is “-1”, not a whole number"),
        (4, "the area is not known"),
        (7, "the count for 2018-08 is “”, not a whole number"),
        (8, "the row does not split into the columns of the heading, or is not UTF-8 text"),
        (9, "the row does not split into the columns of the heading, or is not UTF-8 text"),
    ]
    texts = {line: text for line, _, text in found}
    assert "Atlantis" in texts[4]
    assert texts[8] == "BURGLARY,DOMESTIC BURGLARY,Barnet,6,7,8"
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'refused rows' AND subject = 'spoilt.csv'")
    assert sentence.startswith("6 of 8 rows of spoilt.csv could not be used (first: line 2, the count for 2018-08")


def test_lines_are_those_of_the_file_whichever_rows_were_set_aside(workspace, files, built):
    lines = [
        b"MajorText,MinorText,BoroughName,201801",
        b"BURGLARY,DOMESTIC BURGLARY,Harrow,5",
        b"BURGLARY,DOMESTIC BURGLARY,Barnet,5,7",
        b"BURGLARY,DOMESTIC BURGLARY,Atlantis,5",
        b"BURGLARY,DOMESTIC BURGLARY",
        b"BURGLARY,DOMESTIC BURGLARY,Brent,many",
    ]

    warehouse = built(workspace, files.bytes("spoilt.csv", b"\n".join(lines) + b"\n"))

    assert [row[:2] for row in rows(warehouse, REFUSED, "spoilt.csv")] == [
        (3, "the row does not split into the columns of the heading, or is not UTF-8 text"),
        (4, "the area is not known"),
        (5, "the row does not split into the columns of the heading, or is not UTF-8 text"),
        (6, "the count for 2018-01 is “many”, not a whole number"),
    ]
    assert rows(warehouse, "SELECT rows_read, rows_kept, rows_refused FROM load") == [(5, 1, 4)]


def test_table_without_rows_holds_nothing_and_stops_nothing(workspace, files, built):
    warehouse = built(workspace, files.boroughs("empty.csv", rows=[]), files.boroughs("whole.csv", months=("2018-02",)))

    assert rows(warehouse, "SELECT file, rows_read FROM load ORDER BY file") == [("empty.csv", 0), ("whole.csv", 1)]


def test_unknown_label_is_counted_under_its_group_or_as_unrecognised_and_said(warehouse):
    found = rows(warehouse, COUNTED, "mps-borough", "2018-08")

    assert (HARROW, "crime/damage", month("2018-08"), 2) in found
    assert (HARROW, "crime/unrecognised", month("2018-08"), 3) in found
    (sentence,) = rows(
        warehouse, "SELECT sentence FROM quality WHERE kind = 'unknown label' AND subject = 'spoilt.csv'"
    )
    assert sentence.startswith("spoilt.csv has 2 kinds of offence that are not known: Burning  the toast, HEXES.")


def test_borough_of_a_ragged_row_alone_is_not_covered(warehouse):
    covered = rows(
        warehouse,
        "SELECT DISTINCT area.code FROM coverage JOIN series USING (series_id) JOIN area USING (area_id) "
        "WHERE release = '2018-08'",
    )

    assert HARROW in covered
    assert BARNET not in covered


def test_ward_is_known_by_its_code_and_lies_in_a_borough(warehouse):
    assert rows(warehouse, COUNTED, "mps-ward", "2018-03") == [
        (ward(1), "crime/burglary/residential", month("2018-01"), 1),
        (ward(1), "crime/burglary/residential", month("2018-02"), 2),
        ("E05013571", "crime/burglary/residential", month("2018-01"), 1),
        ("E05013571", "crime/burglary/residential", month("2018-02"), 5),
    ]
    assert rows(warehouse, "SELECT child, parent FROM area_member WHERE child_kind = 'ward' ORDER BY child") == [
        (ward(1), HARROW),
        ("E05013571", "E09000017"),
    ]
    assert rows(warehouse, REFUSED, "wards.csv")[0][:2] == (5, "the area is not known")


def test_newest_months_are_provisional(warehouse):
    assert rows(
        warehouse, "SELECT release, provisional_from FROM series WHERE dataset = 'mps-borough' ORDER BY release"
    ) == [("2018-03", month("2018-02")), ("2018-06", month("2018-05")), ("2018-08", month("2018-07"))]


def test_several_releases_are_said(warehouse):
    (sentence,) = rows(
        warehouse, "SELECT sentence FROM quality WHERE kind = 'several releases' AND dataset = 'mps-borough'"
    )

    assert sentence.startswith("Held in 3 releases (2018-03, 2018-06, 2018-08).")


def test_file_that_is_spoilt_in_the_workspace_stops_the_build_and_leaves_the_last(workspace, files):
    build_quietly(workspace, files.boroughs(months=("2017-01",)))
    before = current_key(workspace)
    # Numbers that hardly shrink, so that what recognises the file is whole.
    many = [
        ("BURGLARY", f"LABEL {number * 7919 % 99991} {number * 104729 % 99989}", "Harrow", number)
        for number in range(9000)
    ]
    add_all(workspace, files.boroughs("cut.csv.gz", rows=many, zipped=True))
    kept = workspace.raw_files()[-1].path
    kept.write_bytes(kept.read_bytes()[:-1000])

    with pytest.raises(SourceError) as refused:
        build(workspace, lambda step: None)

    assert refused.value.happened.startswith("cut.csv.gz (Recorded crime by borough) cannot be read: ")
    assert "Get it again from Metropolitan Police Service" in refused.value.to_do
    assert current_key(workspace) == before is not None
