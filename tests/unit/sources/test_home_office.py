"""Recorded crime by force, by partnership and quarter, through a whole build; every count is invented."""

import odfdo
import pytest

from frankpledge.periods import month_number
from frankpledge.sources.parts.home_office_notes import missing_quarters, sentences_naming
from tests.conftest import BEDFORDSHIRE, HARROW, LUTON, MET, rows

FORCES = (
    "", "Financial_Year", "Financial_Quarter", "Force_Name", "Offence_Description", "Offence_Group", "Offence_Subgroup",
    "Offence_Code", "Number_of_Offences", "Policeuk_Cat",
)  # fmt: skip
PARTNERSHIPS = (
    "Financial Year", "Financial Quarter", "Police Force", "CSP Name", "Offence Description", "Offence Group",
    "Offence Subgroup", "Offence Code", "Offence Count",
)  # fmt: skip
SAFER_HARROW, SOLUTIONS, KENT = "E22000174", "E22000009", "E23000032"


def recorded(count, force="Metropolitan Police", subgroup="Domestic burglary", code="28E", *, quarter=1, year="2017/18",
             group="Theft offences"):  # fmt: skip
    return ["0", year, quarter, force, "", group, subgroup, code, count, ""]


VALUES = "SELECT area_code, measure, first_month, last_month, value, status FROM published_value ORDER BY ALL"


def values(warehouse, measure):
    return [row for row in rows(warehouse, VALUES) if row[1] == measure]


def month(year, number):
    return month_number(year, number)


@pytest.fixture(scope="module")
def forces(place, built):
    workspace, files = place
    table = [
        recorded(10),
        recorded(4, subgroup="Non-domestic burglary", code="30C"),
        recorded(3, subgroup="Non-domestic burglary", code="30A"),
        # Homicide stands four times, once for each of the codes that make it up.
        recorded(2, subgroup="Homicide", code="1/4.1/4.10/4.2", group="Violence against the person"),
        recorded(1, subgroup="Homicide", code="1/4.1/4.10/4.2", group="Violence against the person"),
        recorded(7, quarter=4),
        recorded(-2, quarter=4, subgroup="Other theft offences", code="49"),
        recorded(9, force="London, City of"),
        recorded(5, force="Bedfordshire"),
        recorded(6, force="CIFAS"),
        recorded("some"),
        recorded(1, quarter=5),
        recorded(8, subgroup="Hexes", code="999", group="Sorcery"),
    ]
    return built(workspace, files.csv("prc.csv", FORCES, table))


def test_fourth_quarter_is_of_the_next_calendar_year(forces):
    assert [row[2:4] for row in values(forces, "crime/burglary/residential") if row[0] == MET] == [
        (month(2017, 4), month(2017, 6)),
        (month(2018, 1), month(2018, 3)),
    ]


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("crime/burglary/residential", 10),
        ("crime/burglary/business", 4),
        ("crime/burglary/non-dwelling", 3),
        ("crime/burglary", 17),
        ("crime/violence-and-sexual/violence/homicide", 3),
        ("crime/unrecognised", 8),
        ("crime", 28),
        ("home-office-code/28E", 10),
    ],
)
def test_count_stands_at_its_place_and_all_above_it(forces, measure, value):
    assert [row[4] for row in values(forces, measure) if row[:3:2] == (MET, month(2017, 4))] == [value]


def test_forces_are_known_by_the_words_of_their_names(forces):
    areas = {row[0] for row in rows(forces, VALUES)}

    assert areas == {MET, BEDFORDSHIRE, "E23000034"}


def test_counts_below_nought_are_kept_and_said(forces):
    assert [row[4] for row in values(forces, "crime/theft/other")] == [-2]
    (sentence,) = rows(forces, "SELECT sentence FROM quality WHERE kind = 'negative counts'")
    assert sentence.startswith("prc.csv has 1 counts below nought")


def test_rows_that_cannot_be_used_are_refused_with_the_reason(forces):
    assert rows(forces, "SELECT row, reason FROM refused_row ORDER BY row") == [
        (11, "“CIFAS” is not the name of a force that is known here; if it has an area of its own, add a look-up that "
             "names it"),
        (12, "the count is “some”, not a whole number"),
        (13, "“5” of “2017/18” is not a quarter of a financial year"),
    ]  # fmt: skip


def by_partnership(count, name="Harrow", force="Metropolitan Police", *, quarter=1, year="2024/25"):
    return [year, quarter, force, name, "", "Robbery", "Robbery of personal property", "34B", count]


NOTES = [
    ["Notes"],
    ["Updated: 23 January 2026"],
    ["Force Notes"],
    ["Kent: no data were supplied for Q2 2024/25."],
    ["Metropolitan Police: figures for Harrow are provisional."],
]


def write_ods(folder, **sheets):
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    for title, lines in sheets.items():
        table = odfdo.Table(title)
        for cells in lines:
            row = odfdo.Row()
            for cell in cells:
                row.append_cell(odfdo.Cell(cell))
            table.append_row(row)
        document.body.append(table)
    path = folder / "prc-csp.ods"
    document.save(str(path))
    return path


@pytest.fixture
def partnerships(workspace, files, built):
    looked_up = files.forces(
        rows=[
            (HARROW, "Harrow", SAFER_HARROW, "Harrow", MET, "Metropolitan Police"),
            ("E07000112", "Folkestone and Hythe", SOLUTIONS, "Shepway", KENT, "Kent"),
            (LUTON, "Luton", "E22000001", "Luton and Elsewhere", BEDFORDSHIRE, "Bedfordshire"),
            ("E06000056", "Elsewhere", "E22000001", "Luton and Elsewhere", BEDFORDSHIRE, "Bedfordshire"),
        ]
    )
    book = write_ods(
        files.folder,
        Notes=NOTES,
        **{
            "2023_24": [PARTNERSHIPS, by_partnership(3, year="2023/24", quarter=4)],
            "2024_25": [
                PARTNERSHIPS,
                by_partnership(5),
                by_partnership(6, quarter=2),
                by_partnership(7, "Folkestone and Hythe", "Kent"),
                by_partnership(8, "Folkestone and Hythe", "Kent", quarter=2),
                by_partnership(9, "Unassigned Kent", "Kent"),
                by_partnership(2, "Luton & Elsewhere", "Bedfordshire"),
            ],
        },
    )
    return built(workspace, looked_up, book)


def test_every_sheet_of_a_year_is_read(partnerships):
    assert [row[2:] for row in values(partnerships, "crime/robbery/personal") if row[0] == SAFER_HARROW] == [
        (month(2024, 1), month(2024, 3), 3, "final"),
        (month(2024, 4), month(2024, 6), 5, "final"),
        (month(2024, 7), month(2024, 9), 6, "final"),
    ]


def test_partnership_of_one_authority_stands_for_it_and_one_of_two_does_not(partnerships):
    areas = {row[0] for row in rows(partnerships, VALUES)}

    assert areas == {SAFER_HARROW, HARROW, SOLUTIONS, "E07000112", "E22000001"}


def test_quarter_of_which_the_notes_say_that_there_are_no_data_is_missing_not_a_count(partnerships):
    assert [row[2:] for row in values(partnerships, "crime/robbery") if row[0] == SOLUTIONS] == [
        (month(2024, 4), month(2024, 6), 7, "final"),
        (month(2024, 7), month(2024, 9), None, "missing"),
    ]


def test_notes_that_name_an_area_are_kept(partnerships):
    sentences = rows(partnerships, "SELECT sentence FROM quality WHERE kind = 'publisher''s note' ORDER BY 1")

    assert len(sentences) == 2
    assert "“Kent: no data were supplied for Q2 2024/25.” 1 areas have no value for 1 quarters." in sentences[0]


def test_partnership_that_nobody_knows_is_refused_with_its_sheet_and_row(partnerships):
    (reason,) = rows(partnerships, "SELECT reason FROM refused_row")

    assert reason.startswith("sheet “2024_25”, row 6: “Unassigned Kent” is not the name of a partnership")


@pytest.mark.parametrize(
    ("sentence", "quarters"),
    [
        ("no data were supplied", [24231, 24234, 24243]),
        ("Data for Q1 2019/20 is missing data", [24231]),
        ("unable to provide data for year ending March 2020", [24231, 24234]),
        ("figures are provisional", []),
    ],
)
def test_notes_say_for_which_quarters_data_are_lacking(sentence, quarters):
    assert missing_quarters(sentence, [2019 * 12 + 3, 2019 * 12 + 6, 2020 * 12 + 3]) == quarters


def test_note_of_a_force_concerns_all_its_areas_and_one_of_areas_these_alone():
    areas = [("Maidstone", "Kent", "A"), ("Medway", "Kent", "B"), ("Harrow", "Metropolitan Police", "C")]

    assert sentences_naming(["Kent: no data", "Kent: no data for Medway", "nothing"], areas) == [
        ("Kent: no data", ("A", "B")),
        ("Kent: no data for Medway", ("B",)),
    ]
