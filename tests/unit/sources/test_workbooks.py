"""Workbooks are read as rows of text, as their CSV would be; what would mislead or harm is refused with a sentence."""

import datetime
import struct
import zipfile

import odfdo
import pytest
import xlsxwriter

from frankpledge.errors import SourceError
from frankpledge.sources.reading import archives, cells
from frankpledge.sources.reading.tables import header, ragged_rows_sql, stage_table
from frankpledge.sources.reading.workbooks import first_rows_of_sheets, sheet_names, sheet_rows
from frankpledge.sources.registry import recognise, sample_of
from frankpledge.warehouse.connection import open_warehouse
from tests.conftest import BARNET, HARROW, build_quietly, rows
from tests.unit.sources.compound import compound_file, old_workbook

DAY = datetime.date(2018, 7, 14)
EVENING = datetime.datetime(2018, 7, 14, 22, 35)  # noqa: DTZ001
AS_GIVEN = [["area_code", "a", "b", "c"], [HARROW, 12.0, 2.5, True], [DAY, EVENING, "", "x, y"]]
AS_READ = [["area_code", "a", "b", "c"], [HARROW, "12", "2.5", "yes"], ["2018-07-14", "2018-07-14T22:35", "", "x, y"]]
COUNTS = [
    ["MajorText", "MinorText", "BoroughName", "201807"],
    ["BURGLARY", "DOMESTIC BURGLARY", "Harrow", 12],
    ["BURGLARY", "DOMESTIC BURGLARY", "Barnet", 3],
]


def write_xlsx(folder, name="book.xlsx", above=0, left=0, **sheets):
    """A workbook as Excel would save it: worked out. A cell given as (formula, value) holds a formula."""
    path = folder / name
    book = xlsxwriter.Workbook(str(path))
    formats = {
        datetime.date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for title, lines in sheets.items():
        sheet = book.add_worksheet(title)
        for row, line in enumerate(lines, above):
            for column, cell in enumerate(line, left):
                if isinstance(cell, tuple):
                    sheet.write_formula(row, column, cell[0], None, cell[1])
                elif isinstance(cell, datetime.date):
                    sheet.write_datetime(row, column, cell, formats[type(cell)])
                else:
                    sheet.write(row, column, cell)
    book.close()
    return change(path, "xl/workbook.xml", b' fullCalcOnLoad="1"', b"")


def change(path, member, old, new):
    """Replace some bytes in one member of a ZIP."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[member]
    parts[member] = parts[member].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def write_ods(folder, name="book.ods", **sheets):
    path = folder / name
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    for title, lines in sheets.items():
        table = odfdo.Table(title)
        for line in lines:
            row = odfdo.Row()
            for cell in line:
                formula, value = cell if isinstance(cell, tuple) else (None, cell)
                row.append_cell(odfdo.Cell(value, formula=formula))
            table.append_row(row)
        document.body.append(table)
    document.save(str(path))
    return path


def write_xls(folder, name="book.xls", **sheets):
    ((title, lines),) = sheets.items()
    path = folder / name
    path.write_bytes(old_workbook(title, lines))
    return path


WRITERS = {"xlsx": write_xlsx, "ods": write_ods, "xls": write_xls}


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_cells_are_as_a_csv_would_have_them(tmp_path, form):
    path = WRITERS[form](tmp_path, One=AS_GIVEN, Two=[["p", "q"], [1, 2]])

    assert sheet_names(path) == ["One", "Two"]
    assert sheet_rows(path, "One") == AS_READ
    assert sheet_rows(path, "Two", limit=1) == [["p", "q"]]
    assert first_rows_of_sheets(path, 2) == {"One": AS_READ[:2], "Two": [["p", "q"], ["1", "2"]]}


def test_old_workbook_is_read_alike(tmp_path):
    path = write_xls(tmp_path, Returns=[["area_code", "count"], [HARROW, 12.0], [BARNET, 2.5]])

    assert sheet_names(path) == ["Returns"]
    assert sheet_rows(path, "Returns") == [["area_code", "count"], [HARROW, "12"], [BARNET, "2.5"]]


def test_time_that_a_fraction_of_a_day_misses_by_a_little_is_rounded(tmp_path):
    path = write_xlsx(tmp_path, S=[["at", "b"], [EVENING, 1]])
    change(path, "xl/worksheets/sheet1.xml", b"43295.94097222222", b"43295.9409722221")

    assert sheet_rows(path, "S")[1][0] == "2018-07-14T22:35"


@pytest.mark.parametrize("form", WRITERS)
def test_table_as_a_workbook_is_known_like_its_csv_and_built(workspace, files, form):
    path = WRITERS[form](files.folder, name="returns.pdf", Sheet1=COUNTS)
    sample = sample_of(path)

    build_quietly(workspace, path)

    assert (sample.form, sample.columns[0], sample.first_row["201807"]) == ("workbook", "MajorText", "12")
    assert recognise(sample).slug == "mps-borough"
    warehouse = open_warehouse(workspace)
    assert rows(warehouse, "SELECT rows_read, rows_kept, rows_refused FROM load") == [(2, 2, 0)]
    assert sorted(rows(warehouse, "SELECT code, count FROM monthly_count JOIN area USING (area_id)")) == [
        (BARNET, 3),
        (HARROW, 12),
    ]
    warehouse.close()


def test_first_sheet_with_a_heading_is_taken_and_lines_are_the_sheets_own(workspace, files):
    spoilt = [*COUNTS, [], ["BURGLARY", "DOMESTIC BURGLARY", "Brent", "many"]]
    path = write_xlsx(files.folder, above=3, Notes=[["Counts for July"], ["as agreed"]], Empty=[], Data=spoilt)

    assert header(path) == COUNTS[0]
    assert recognise(sample_of(path)).slug == "mps-borough"
    build_quietly(workspace, path)

    warehouse = open_warehouse(workspace)
    # The heading stands in row 4, and an empty row before the spoilt one.
    assert rows(warehouse, "SELECT row, reason FROM refused_row") == [
        (8, "the count for 2018-07 is “many”, not a whole number")
    ]
    warehouse.close()


def test_sheet_and_heading_may_be_named(tmp_path, engine):
    path = write_xlsx(tmp_path, A=[["a", "b"], [1, 2]], B=[["Title", "of 2018"], ["c", "d"], [3, 4], [5, ""]])

    assert stage_table(engine, "staged", path, sheet="B", header_row=2) == 2
    assert header(path, sheet="B", header_row=2) == ["c", "d"]
    assert engine.execute("SELECT file_line, c, d FROM staged").fetchall() == [(3, "3", "4"), (4, "5", None)]


def test_cell_beyond_the_heading_spoils_its_row_and_no_other(tmp_path, engine):
    path = write_xlsx(tmp_path, A=[["a", "b"], ["x", "y", "stray"], ["p", "q"]])

    assert stage_table(engine, "staged", path) == 2
    assert engine.execute("SELECT file_line, a, b FROM staged").fetchall() == [(3, "p", "q")]
    assert engine.execute(ragged_rows_sql(path)).fetchall()[0][0] == 2


def test_column_without_a_name_is_called_by_its_letter(tmp_path, engine):
    path = write_xlsx(tmp_path, A=[["a", "", "c"], ["x", "y", "z"]])

    stage_table(engine, "staged", path)

    assert header(path) == ["a", "column B", "c"]
    assert engine.execute('SELECT "column B" FROM staged').fetchall() == [("y",)]


def test_sheet_that_is_not_there_is_said(tmp_path):
    with pytest.raises(SourceError, match=r"book\.xlsx has no sheet “C”.*It has: A, B"):
        sheet_rows(write_xlsx(tmp_path, A=[["a"]], B=[["b"]]), "C")


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_formula_has_the_value_it_had_last(tmp_path, form):
    path = WRITERS[form](tmp_path, S=[["a", "b"], [("=1+1", 2), 3]])

    assert sheet_rows(path, "S")[1] == ["2", "3"]


def test_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path):
    path = write_xlsx(tmp_path, S=[["a", "b"], [("=1+1", 2), 3]])
    change(path, "xl/worksheets/sheet1.xml", b'<c r="A2"><f>1+1</f><v>2</v>', b'<c r="A2" t="str"><f>""</f><v></v>')

    assert sheet_rows(path, "S")[1] == ["", "3"]


@pytest.mark.parametrize("value", [b"<v></v>", b"<v/>", b""])
def test_formula_that_nobody_worked_out_is_refused_with_its_cell(tmp_path, value):
    path = write_xlsx(tmp_path, Fine=[["a"]], July=[["a", "b"], [1, ("=1+1", 2)]])
    change(path, "xl/worksheets/sheet2.xml", b"<v>2</v>", value)

    with pytest.raises(
        SourceError, match=r"the formula in cell B2 of the sheet “July” was never worked out"
    ) as refused:
        sample_of(path)

    assert "work everything out" in refused.value.to_do


def test_noughts_of_a_program_that_works_nothing_out_are_not_believed(tmp_path):
    path = write_xlsx(tmp_path, S=[["a", "b"], [1, ("=A2+1", 0)]])
    change(path, "xl/workbook.xml", b"<calcPr ", b'<calcPr fullCalcOnLoad="1" ')

    with pytest.raises(SourceError, match="cell B2 of the sheet “S” was never worked out"):
        sheet_rows(path, "S")


def test_formula_of_an_open_document_that_nobody_worked_out_is_refused_with_its_cell(tmp_path):
    path = write_ods(tmp_path, Fine=[["a", "b"]], July=[["a", "b"], [1, ("of:=1+1", None)]])

    with pytest.raises(SourceError, match=r"the formula in cell B2 of the sheet “July” was never worked out"):
        sample_of(path)


def test_error_is_what_the_cell_shows_not_an_empty_one(tmp_path):
    path = write_xlsx(tmp_path, S=[["a", "b"], [("=1/0", "#DIV/0!"), ("=NA()", "#N/A")]])

    assert sheet_rows(path, "S")[1] == ["#DIV/0!", "#N/A"]


def test_error_of_an_open_document_is_what_the_cell_shows(tmp_path):
    path = write_ods(tmp_path, S=[["a", "b"], [("of:=1/0", "z"), 1]])
    change(path, "content.xml", b'calcext:value-type="string" office:string-value="z"', b'calcext:value-type="error"')
    change(path, "content.xml", b"<text:p>z</text:p>", b"<text:p>#DIV/0!</text:p>")

    assert sheet_rows(path, "S")[1] == ["#DIV/0!", "1"]


def test_workbook_with_a_password_is_refused(tmp_path):
    new, old = tmp_path / "new.xlsx", tmp_path / "old.xls"
    new.write_bytes(compound_file("EncryptedPackage", b"secret"))
    content = old_workbook("S", [["a", "b"]])
    # A record that says the rest is encrypted, in place of the first after the workbook's beginning.
    begins = content.index(struct.pack("<HH", 0x85, 9))
    old.write_bytes(content[:begins] + struct.pack("<HH", 0x2F, 9) + content[begins + 4 :])
    open_document = write_ods(tmp_path, S=[["a", "b"]])
    change(
        open_document,
        "META-INF/manifest.xml",
        b"</manifest:manifest>",
        b'<manifest:file-entry manifest:full-path="x" manifest:media-type=""><manifest:encryption-data/>'
        b"</manifest:file-entry></manifest:manifest>",
    )

    for path in (new, old, open_document):
        with pytest.raises(SourceError, match="is protected by a password") as refused:
            sample_of(path)
        assert "save it without one" in refused.value.to_do


def test_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = write_xlsx(tmp_path, S=[["a", "b"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/nothing.bin", bytes(archives.HARMLESS + 1))
    monkeypatch.setattr(zipfile.ZipFile, "testzip", lambda self: pytest.fail("it was unpacked"))

    with pytest.raises(SourceError, match=r"book\.xlsx would unpack from .* kB to 20 MB .*it is not opened"):
        sample_of(path)


def test_directory_that_understates_its_parts_is_found_out(tmp_path):
    path = write_xlsx(tmp_path, S=[["a", "b"], *[["some text", number] for number in range(500)]])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    at = content.rindex(struct.pack("<I", size))
    content[at : at + 4] = struct.pack("<I", 100)
    path.write_bytes(content)

    with pytest.raises(SourceError, match="the file is damaged"):
        sample_of(path)


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_sheet_that_reaches_to_the_edge_is_refused_before_it_takes_the_memory(tmp_path, form, monkeypatch):
    monkeypatch.setattr(cells, "MOST_CELLS", 100)
    lines = [["a", "b"], *[[number, number] for number in range(60)]]

    with pytest.raises(SourceError, match=r"the sheet “S” reaches to row \d+ and column B, which is more than"):
        sample_of(WRITERS[form](tmp_path, S=lines))


def test_repeated_cells_of_an_open_document_count_as_many(tmp_path):
    path = write_ods(tmp_path, S=[["a", "b"], [1, 2]])
    change(path, "content.xml", b'office:value="2"', b'office:value="2" table:number-columns-repeated="100000000"')

    with pytest.raises(SourceError, match="more than can be read"):
        sample_of(path)


def test_two_columns_of_one_name_are_refused(tmp_path):
    with pytest.raises(SourceError, match="the heading has “Count” twice"):
        sample_of(write_xlsx(tmp_path, S=[["area", "count", "Count"]]))


def test_workbook_without_a_table_is_known_by_none(tmp_path):
    sample = sample_of(write_xlsx(tmp_path, S=[["Only a title"]], T=[[1, 2]]))

    assert (sample.form, sample.columns, set(sample.sheets)) == ("workbook", (), {"S", "T"})
    assert recognise(sample) is None


@pytest.mark.parametrize(
    ("content", "what", "to_do"),
    [
        (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "a web page or XML", "CSV or XLSX"),
        (b'<?xml version="1.0"?><Workbook/>', "a web page or XML", "CSV or XLSX"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document", "Ask for the figures as CSV or XLSX"),
        (b"\x89PNG\r\n\x1a\n", "a picture", "Ask for the figures behind it"),
        (b"\xff\xd8\xff\xe0", "a picture", "Ask for the figures behind it"),
        (b"{\\rtf1}", "a Word document", "Copy its tables"),
        (compound_file("WordDocument", b""), "a Word document", "Copy its tables"),
        (compound_file("Something", b""), "an old Office file, but no workbook", "save what is in it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut short", "an old Office file, but no workbook", "save what is in it"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it"),
    ],
)
def test_what_is_called_a_workbook_and_is_none_is_named(tmp_path, content, what, to_do):
    path = tmp_path / "figures.xls"
    path.write_bytes(content)

    with pytest.raises(SourceError) as refused:
        sample_of(path)

    assert refused.value.happened == f"figures.xls is {what}: neither a table nor a map."
    assert to_do in refused.value.to_do


@pytest.mark.parametrize(
    ("member", "content", "what"),
    [
        ("word/document.xml", b"", "a Word document"),
        ("ppt/presentation.xml", b"", "a presentation"),
        ("xl/workbook.bin", b"", "a binary workbook"),
        ("mimetype", b"application/vnd.oasis.opendocument.text", "a Word document"),
    ],
)
def test_other_documents_that_are_archives_are_named(tmp_path, member, content, what):
    path = tmp_path / "figures.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, content)

    with pytest.raises(SourceError, match=what):
        sample_of(path)


def test_table_that_begins_with_the_letters_of_a_picture_is_a_table(tmp_path):
    path = tmp_path / "b.csv"
    path.write_bytes(b"BMI,area\n1,2\n")

    assert sample_of(path).columns == ("BMI", "area")


@pytest.mark.parametrize("kept", [100, 2000, -30])
@pytest.mark.parametrize("form", WRITERS)
def test_workbook_cut_short_is_refused(tmp_path, form, kept):
    path = WRITERS[form](tmp_path, S=COUNTS)
    path.write_bytes(path.read_bytes()[:kept])

    try:
        sample = sample_of(path)
    except SourceError as refused:
        assert path.name in refused.happened
    else:
        # The end of an old workbook is nothing but padding.
        assert (form, kept) == ("xls", -30)
        assert sample.columns == tuple(COUNTS[0])
