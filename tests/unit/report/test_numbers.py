"""The spreadsheets and the CSV files, read back."""

from __future__ import annotations

import csv
import json
import re
import zipfile

import pytest
from odfdo import Document as Spreadsheet
from python_calamine import CalamineWorkbook

from frankpledge.disclosure import Audience, release
from frankpledge.model.document import Column, Table
from frankpledge.report.escaping import safe_text
from frankpledge.report.tidy import write_csv
from frankpledge.report.writing import write_all, write_to_read
from frankpledge.report.xlsx import write_xlsx

from .documents import document, small_table
from .golden import assert_golden


@pytest.fixture(scope="module")
def book(folder):
    return Spreadsheet(str(folder / "river-crossings-2018.ods"))


def sheet(book, name):
    return book.body.get_table(name=name).get_values()


def test_sheets_are_in_the_order_of_the_guidance(book):
    names = [table.name for table in book.body.tables]
    assert names[:3] == ["Cover", "Contents", "Notes"]
    assert names[3:] == ["Figure_1", "Figure_2", "Table_1", "Figure_3", "Figure_4", "Table_2", "Figures"]


def test_title_is_in_the_first_cell(book):
    assert sheet(book, "Table_1")[0][0] == "Table 1: Kinds of crossing, Kingsbridge, January 2018"
    assert sheet(book, "Cover")[0][0] == "River crossings assessment 2018"


def test_invented_is_said_on_every_sheet_of_numbers(book):
    for name in ("Cover", "Table_1", "Table_2", "Figure_1"):
        assert any("Invented data" in str(row[0]) for row in sheet(book, name))


def test_numbers_are_numbers_and_absences_symbols(book):
    rows = {row[0]: row[1:] for row in sheet(book, "Table_2")}
    assert [float(value) for value in rows["Ash"][:1]] == [10890.0]
    assert rows["Greenwick"] == ["[c]"] * 9
    assert rows["Ely Fields"][:3] == ["[x]"] * 3


def test_no_cell_of_a_table_is_blank_or_merged(book):
    for name in ("Table_1", "Table_2", "Figure_2", "Figures"):
        rows = sheet(book, name)
        header = next(at for at, row in enumerate(rows) if len([cell for cell in row if cell]) > 1)
        assert all(cell not in (None, "") for row in rows[header:] for cell in row)
    assert b"number-columns-spanned" not in book.content.serialize()


def test_tables_are_named_and_stand_where_they_say(book):
    ranges = book.content.get_elements("//table:database-range")
    named = {one.get_attribute("table:name"): one.get_attribute("table:target-range-address") for one in ranges}
    assert named["Table_1_data"] == "Table_1.A6:Table_1.D9"
    assert sheet(book, "Table_1")[5][:2] == ["Kind", "Crossings"]


def test_properties_of_the_spreadsheet(book):
    assert book.meta.title == "River crossings assessment 2018"
    assert book.meta.language == "en-GB"


def test_heading_of_a_table_is_marked_and_kept_in_sight(book):
    assert len(book.content.get_elements("//table:table-header-rows")) == len(book.body.tables) - 1
    settings = book.get_part("settings.xml").serialize().decode()
    in_sight = re.search(r'config:name="Table_1".*?VerticalSplitPosition" config:type="int">(\d+)', settings)
    assert in_sight[1] == "6"


def test_workbook_holds_what_the_spreadsheet_holds(folder):
    ods, xlsx = (CalamineWorkbook.from_path(folder / f"river-crossings-2018.{ending}") for ending in ("ods", "xlsx"))
    assert xlsx.sheet_names == ods.sheet_names
    for name in ods.sheet_names:
        one, other = (workbook.get_sheet_by_name(name).to_python() for workbook in (ods, xlsx))
        assert len(one) == len(other)
        for row, same in zip(one, other, strict=True):
            # A workbook keeps sixteen digits of a number.
            assert row == [pytest.approx(cell) if isinstance(cell, float) else cell for cell in same], name


def test_workbook_marks_its_tables_and_merges_nothing(folder):
    with zipfile.ZipFile(folder / "river-crossings-2018.xlsx") as inside:
        tables = [name for name in inside.namelist() if name.startswith("xl/tables/")]
        sheet = inside.read("xl/worksheets/sheet6.xml").decode()
        table = inside.read("xl/tables/table5.xml").decode()
        core = inside.read("docProps/core.xml").decode()
        assert not any(
            "<mergeCell" in inside.read(name).decode() for name in inside.namelist() if "worksheets/" in name
        )
    assert len(tables) == 9
    assert 'name="Table_1_data"' in table
    assert 'ref="A6:D9"' in table
    assert 'headerRowCount="0"' not in table
    assert 'ySplit="6"' in sheet
    assert "River crossings assessment 2018" in core


def test_table_without_rows_is_still_a_table(tmp_path):
    empty = Table("none", "Nothing", (Column("Kind"), Column("Number", True)), (), "Nobody.")
    write_xlsx(release(document(blocks=(empty,)), Audience.PUBLIC), tmp_path / "empty.xlsx")
    assert CalamineWorkbook.from_path(tmp_path / "empty.xlsx").get_sheet_by_name("Table_1").to_python()


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@sum", "\tx", "\rx"])
def test_text_that_might_be_a_formula_is_escaped(text):
    assert safe_text(text) == f"'{text}"


def test_text_of_a_workbook_is_never_a_formula_or_a_link(tmp_path):
    rows = (("=1+1", "https://example.org"), ("@sum", "+cmd"))
    table = Table("sly", "Sly", (Column("Kind"), Column("What")), rows, "Nobody.")
    write_xlsx(release(document(blocks=(table,)), Audience.PUBLIC), tmp_path / "sly.xlsx")

    with zipfile.ZipFile(tmp_path / "sly.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        words = book.read("xl/sharedStrings.xml").decode()
    assert "1+1" in words and "https://example.org" in words
    assert not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)


@pytest.mark.parametrize("cell", ["+12", "-1,234.5", "+4.2%", "−3", "a=b", "", 5, None])
def test_other_cells_are_left_alone(cell):
    assert safe_text(cell) == cell


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_file_for_each_exhibit_and_one_of_all_figures(folder):
    assert sorted(path.name for path in (folder / "csv").iterdir()) == [
        "figure-1-crossings-trend.csv",
        "figure-2-crossings-by-month.csv",
        "figure-3-crossings-tiles.csv",
        "figure-4-crossings-outlines.csv",
        "figures.csv",
        "metadata.json",
        "table-1-kinds.csv",
        "table-2-crossings-by-district.csv",
    ]


def test_figures_file_finds_every_identifier(folder, reading):
    rows = rows_of(folder / "csv" / "figures.csv")
    assert {row["figure"] for row in rows} == set(reading.short.values())
    withheld = [row for row in rows if row["status"] == "suppressed"]
    assert withheld
    assert all(row["value"] == row["numerator"] == row["low"] == "" for row in withheld)


def test_table_file_is_tidy(folder):
    rows = rows_of(folder / "csv" / "table-2-crossings-by-district.csv")
    assert len(rows) == 33 * 9
    assert rows[0] | {"figure": ""} == {
        "row": "Kingsbridge and Chatterford",
        "group": "12 months of 2016",
        "column": "Number",
        "text": "",
        "value": "8100",
        "status": "final",
        "figure": "",
    }


def test_metadata_names_every_file_and_column(folder):
    described = json.loads((folder / "csv" / "metadata.json").read_text(encoding="utf-8"))
    assert "Invented data" in described["rdfs:comment"]
    for table in described["tables"]:
        header = (folder / "csv" / table["url"]).read_text(encoding="utf-8-sig").splitlines()[0]
        assert header.split(",") == [column["name"] for column in table["tableSchema"]["columns"]]
        assert table["dc:title"]


def test_small_files_are_the_golden_ones(tmp_path):
    small = release(document(blocks=(small_table(),), invented=False), Audience.PUBLIC)
    for path in write_csv(small, tmp_path):
        assert_golden(path.name, path.read_bytes())


def test_write_all_says_what_it_does_and_returns_the_files(released, tmp_path):
    said = []
    written = write_all(released, tmp_path / "new" / "folder", said.append)
    assert [path.suffix for path in written[:5]] == [".html", ".docx", ".pdf", ".ods", ".xlsx"]
    assert all(path.exists() for path in written)
    assert len(said) == 7


def test_summary_is_written_to_be_read_only(released, tmp_path):
    written = write_to_read(released, tmp_path, lambda words: None)
    assert [path.suffix for path in written] == [".html", ".docx", ".pdf"]
    assert sorted(tmp_path.iterdir()) == sorted(written)
