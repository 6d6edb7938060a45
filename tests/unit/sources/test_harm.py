"""Tables of harm weights, through a whole build; every weight is invented."""

import pytest
import xlsxwriter

from tests.conftest import rows

WEIGHTS = "SELECT scheme, code, offence, category, weight FROM harm_weight ORDER BY ALL"


@pytest.fixture
def table(workspace, files, built):
    """The warehouse built from one CSV and a borough's counts, without which there is nothing to build."""

    def make(header, lines, encoding="utf-8"):
        path = files.csv("weights.csv", header, lines)
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
        return built(workspace, path)

    return make


JOINED = (
    "ONS_COUNTS_category", "ONS_COUNTS_description", "ONS_SEVERITY_code", "ONS_COUNTS_code", "ONS_SEVERITY_category",
    "ONS_SEVERITY_offence", "ONS_SEVERITY_weight", "POLICE_UK_CAT_MAP_code", "POLICE_UK_CAT_MAP_sub_class",
    "POLICE_UK_CAT_MAP_offence", "POLICE_UK_CAT_MAP_category",
)  # fmt: skip


def test_severity_by_code_and_police_uk_category(table):
    warehouse = table(
        JOINED,
        [
            ["x", "Arson", "56A", "56A", "x", "Arson", "826.5", "", "", "", "Criminal Damage and Arson"],
            ["x", "Hexes", "99X", "99X", "x", "Hexes", "", "", "", "", "Other Crime"],
        ],
    )

    assert rows(warehouse, WEIGHTS) == [("ons-crime-severity", "56A", "Arson", "Criminal Damage and Arson", 826.5)]
    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [(3, "the weight is “”, not a number")]


def test_code_that_a_spreadsheet_shortened_is_said(table):
    header = (
        "category_counts",
        "description",
        "code_severity",
        "code_original",
        "category_severity",
        "offence",
        "weight",
    )
    warehouse = table(
        header,
        [
            ["v", "Manslaughter", "1", "4.1", "v", "Homicide", "7000"],
            ["v", "Corporate manslaughter", "1", "4.1", "v", "Homicide", "7000"],
        ],
    )

    assert {row[0] for row in rows(warehouse, WEIGHTS)} == {"ons-crime-severity-by-code"}
    (sentence,) = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'code twice'")
    assert "4.1 (Corporate manslaughter, Manslaughter)" in sentence


ACTIVITY = (
    "Offence", "Mean-hours", "SD-hours", "Mean-units", "SD-units", "Event-Priority", "Weight", "Cost", "Cost cat",
    "Police Hours Assuming £50p/h",
)  # fmt: skip


def test_cost_and_hours_of_offences_that_have_them(table):
    warehouse = table(
        ACTIVITY,
        [
            ["robbery", "", "", "", "", "2", "799", "4343", "Robbery ", "86.86"],
            ["arson", "", "", "", "", "2", "826", "", "", "0"],
        ],
        encoding="cp1252",
    )

    assert rows(warehouse, WEIGHTS) == [
        ("police-cost", None, "robbery", "Robbery", 4343.0),
        ("police-hours", None, "robbery", "Robbery", 86.86),
    ]
    assert rows(warehouse, "SELECT rows_read, rows_kept FROM load") == [(2, 2)]


def test_cells_dragged_down_a_spreadsheet_are_said(table):
    lines = [[f"fraud {n}", "", "", "", "", "3", "1", str(3216 + n), "Fraud", "1"] for n in range(4)]

    (sentence,) = rows(table(ACTIVITY, lines), "SELECT sentence FROM quality WHERE kind = 'dragged cells'")

    assert "“Fraud” that rise by 1 from 3216 to 3219" in sentence


def test_costs_per_event_and_per_event_recorded(workspace, files, built):
    path = files.folder / "costs.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        heading = (
            "Offence ",
            "Estimated Cost per event - all events",
            "estimated multiplier",
            "cost per event recorded",
        )
        for number, cells in enumerate([heading, ("Rape ", 6360, 3.4, 21624)]):
            sheet.write_row(number, 0, cells)

    assert rows(built(workspace, path), WEIGHTS) == [
        ("home-office-costs", None, "Rape", None, 21624.0),
        ("home-office-costs-of-all-events", None, "Rape", None, 6360.0),
    ]


def test_codes_by_category_of_police_uk(table):
    header = ("", "Offence_Group", "Offence_Code", "Offence_Description", "Offence_Subgroup", "Police.uk_Cat")
    warehouse = table(
        header,
        [
            ["0", "Robbery", "34A", "Robbery of business property", "Robbery", "Robbery"],
            ["1", "Drugs", "92a", "Trafficking", "Trafficking", "Drugs"],
            ["2", "Sorcery", "999", "Hexes", "Hexes", "Witchcraft"],
        ],
    )

    assert rows(
        warehouse,
        "SELECT label, path FROM label JOIN offence USING (offence_id) "
        "WHERE family = 'home-office-to-police-uk' ORDER BY label",
    ) == [("34A", "crime/robbery"), ("92A", "crime/drugs")]
    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [
        (4, "“Witchcraft” is no category of data.police.uk")
    ]
