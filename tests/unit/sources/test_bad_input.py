"""What goes wrong with files: each trouble has its message, nothing is lost, the last warehouse goes on answering."""

import csv
import errno
import gzip
import io
import random
import resource
import shutil
import tracemalloc
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frankpledge.cli.main import main
from frankpledge.errors import SourceError, WorkspaceError
from frankpledge.sources.adding import add_files
from frankpledge.sources.reading import archives, careful
from frankpledge.sources.reading.careful import (
    LEAST_FIRST,
    MOST_ASIDE,
    RAGGED,
    STRAY,
    SetAside,
    in_order,
    read_carefully,
)
from frankpledge.sources.reading.tables import read_csv_sql, reads_well, stage_table, under_heading
from frankpledge.sources.registry import sample_of
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.warehouse.shelf import current_key
from tests.conftest import HARROW, STREET_COLUMNS, build_quietly, crime, rows, small_areas

HOME = small_areas(HARROW)
HEADING = b"MajorText,MinorText,BoroughName,201801\n"
HARROWS, BARNETS = b"BURGLARY,DOMESTIC BURGLARY,Harrow,5\n", b"BURGLARY,DOMESTIC BURGLARY,Barnet,7\n"


def became(workspace, *paths):
    """What became of files, as (name, outcome, words)."""
    return [(one.path.name, one.outcome, one.words) for one in add_files(workspace, paths, lambda added: None)]


def kept(workspace):
    """Every file in raw/, hidden ones too."""
    return sorted(path.name for path in workspace.raw.rglob("*") if path.is_file())


@pytest.fixture
def after_build(workspace):
    """Add files, build, and ask the warehouse."""
    opened = []

    def make(*paths):
        build_quietly(workspace, *paths)
        opened.append(open_warehouse(workspace))
        return lambda query: rows(opened[-1], query)

    yield make
    for warehouse in opened:
        warehouse.close()


COUNTED = "SELECT area.name, sum(count) FROM monthly_count JOIN area USING (area_id) GROUP BY ALL ORDER BY ALL"
REFUSED = "SELECT row, reason, text FROM refused_row ORDER BY row"
SENTENCES = "SELECT sentence FROM quality WHERE kind = '{}'"


# Files that cannot be taken


@pytest.mark.parametrize("rest", [0.01, 0.5, 0.999])
def test_gzip_that_breaks_off_is_refused_wherever_it_does(workspace, files, rest):
    noise = random.Random(1)
    crimes = [crime(HOME[0], reference=f"{noise.getrandbits(200):x}") for _ in range(4000)]
    whole = files.street("whole.csv.gz", crimes=crimes, zipped=True).read_bytes()
    assert len(whole) > 100_000, "more than what recognises it"
    cut = files.bytes("cut.csv.gz", whole[: int(rest * len(whole))])

    ((_, outcome, words),) = became(workspace, cut)

    assert outcome == "refused"
    assert words.startswith("cut.csv.gz: the file is damaged and cannot be read")
    assert words.endswith("Get it again from its publisher.")
    assert kept(workspace) == []
    assert cut.exists()


def test_gzip_with_a_byte_changed_is_refused(workspace, files):
    path = files.boroughs(zipped=True, rows=[("BURGLARY", f"LABEL {n}", "Harrow", n) for n in range(500)])
    content = bytearray(path.read_bytes())
    content[-6] ^= 1
    path.write_bytes(content)

    assert became(workspace, path)[0][1] == "refused"


@pytest.mark.parametrize("zipped", [False, True])
def test_gzip_that_is_a_bomb_is_not_unpacked(workspace, files, zipped, monkeypatch):
    monkeypatch.setattr(archives, "HARMLESS", 1_000_000)
    row = b"BURGLARY,DOMESTIC BURGLARY,Harrow,5\n"
    content = gzip.compress(HEADING + 100_000 * row, mtime=0)
    if zipped:
        with zipfile.ZipFile(files.folder / "b.zip", "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("bomb.csv.gz", content)
    path = files.folder / "b.zip" if zipped else files.bytes("bomb.csv.gz", content)

    ((_, outcome, words),) = became(workspace, path)

    assert outcome == "refused"
    assert "bomb.csv.gz would unpack from" in words
    assert kept(workspace) == []


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (
            ",".join(column for column in STREET_COLUMNS if column != "LSOA code"),
            "It would be “Street-level crime and anti-social behaviour” if it had the column “LSOA code”.",
        ),
        (
            ",".join(column for column in STREET_COLUMNS if column not in ("Crime ID", "Month")),
            "if it had the columns “Crime ID” and “Month”.",
        ),
        (
            ",".join(STREET_COLUMNS).replace("Crime type", "crime type"),
            "if it had the column “Crime type”: its “crime type” must be written as here.",
        ),
    ],
)
def test_table_that_lacks_a_column_is_told_which(workspace, files, heading, words):
    path = files.bytes("x.csv", f"{heading}\n{heading}\n".encode())

    ((_, outcome, said),) = became(workspace, path)

    assert outcome == "refused"
    assert said.startswith("x.csv: It would be “Street-level") or words in said
    assert words in said
    assert said.endswith("See “frankpledge sources” for those that are known.")


def test_table_like_none_is_told_of_no_column(workspace, files):
    ((_, _, words),) = became(workspace, files.bytes("x.csv", b"month,colour\n2018-01,red\n"))

    assert words.startswith("x.csv: no source knows a file with these columns.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "x.csv: the file is empty. Get it again from whoever sent it."),
        (gzip.compress(b"", mtime=0), "x.csv: the file is empty. Get it again from whoever sent it."),
        (HEADING.replace(b",", b";"), "x.csv: its columns are divided by semicolons, not by commas."),
        (HEADING.replace(b",", b"\t").decode().encode("utf-16"), "x.csv: its columns are divided by tabs"),
        (bytes(range(256)), "x.csv is no text: neither a table nor a map."),
        (HEADING.replace(b"MajorText", b"201801"), "x.csv: the heading has “201801” twice"),
    ],
)
def test_file_that_is_no_table_is_refused_with_what_to_do(workspace, files, content, words):
    ((_, outcome, said),) = became(workspace, files.bytes("x.csv", content))

    assert outcome == "refused"
    assert said.startswith(words)
    assert kept(workspace) == []


def test_heading_without_rows_is_taken_with_a_warning(workspace, files):
    ((_, outcome, words),) = became(workspace, files.boroughs(rows=[]))

    assert outcome == "added"
    assert words.endswith("It has a heading and no rows: look whether it is the right file.")


@contextmanager
def bytes_read():
    """How many bytes the process reads meanwhile, as the system counts them."""

    def counter():
        return int(Path("/proc/self/io").read_text().split()[1])

    found = []
    before = counter()
    yield found
    found.append(counter() - before)


@pytest.mark.parametrize(
    "beginning", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b\x08\x00", b"a,b\n", b"{"]
)
def test_large_file_that_is_not_what_it_says_is_not_read_through(workspace, files, beginning):
    path = files.bytes("street.csv", beginning)
    became(workspace, path)
    with path.open("r+b") as file:
        file.truncate(100_000_000)

    with bytes_read() as found:
        ((_, outcome, words),) = became(workspace, path)

    assert outcome == "refused"
    assert words.startswith("street.csv")
    assert found[0] < 2_000_000


# Files that are read with care


def table(lines, newline=b"\n"):
    return newline.join(line.rstrip(b"\n") for line in (HEADING, *lines)) + newline


@pytest.mark.parametrize(
    "content",
    [
        table([HARROWS, BARNETS], b"\r\n"),
        table([HARROWS, BARNETS], b"\r"),
        HEADING.replace(b"\n", b"\r\n") + HARROWS + BARNETS,
        HEADING + HARROWS.replace(b"\n", b"\r\n") + BARNETS,
        b"\xef\xbb\xbf" + HEADING + HARROWS + BARNETS.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + HEADING + HARROWS + BARNETS,
        HEADING + HARROWS + b"\n" + BARNETS + b"\n\n",
        (HEADING + HARROWS + BARNETS).decode().encode("utf-16"),
        (HEADING + HARROWS + BARNETS).decode().encode("utf-16-be"),
        (HEADING + HARROWS + BARNETS).rstrip(b"\n"),
        HEADING.replace(b"MajorText", b'"MajorText"') + HARROWS + BARNETS,
    ],
    ids=str,
)
@pytest.mark.parametrize("zipped", [False, True])
def test_line_endings_marks_and_blank_lines_lose_nothing(files, after_build, content, zipped):
    path = files.bytes("x.csv", gzip.compress(content, mtime=0) if zipped else content)

    ask = after_build(path)

    assert ask("SELECT rows_read, rows_kept, rows_refused FROM load") == [(2, 2, 0)]
    assert ask(COUNTED) == [("Barnet", 7), ("Harrow", 5)]


@pytest.mark.parametrize("zipped", [False, True])
def test_street_file_with_mixed_line_endings_is_read_whole(files, after_build, zipped):
    path = files.street(crimes=[crime(HOME[0]), crime(HOME[1]), crime(HOME[1])])
    content = path.read_bytes().replace(b"\n", b"\r\n", 2)
    path.write_bytes(gzip.compress(content, mtime=0) if zipped else content)

    ask = after_build(path)

    assert ask("SELECT rows_read, rows_kept, rows_refused FROM load") == [(3, 3, 0)]
    assert ask("SELECT code FROM incident JOIN area USING (area_id) ORDER BY ALL") == [HOME[0], HOME[1], HOME[1]]


def test_windows_1252_is_read_as_such_and_said(workspace, files, after_build):
    path = files.street(crimes=[crime(HOME[0], place="On or near Café “Dôme” – £1")])
    path.write_bytes(path.read_bytes().decode().encode("cp1252"))

    ((_, _, words),) = became(workspace, path)
    ask = after_build()

    assert words.endswith("It is written in Windows-1252, not in UTF-8, and is read as such.")
    assert ask("SELECT place FROM incident") == ["On or near Café “Dôme” – £1"]
    (sentence,) = ask(SENTENCES.format("encoding"))
    assert sentence.startswith("street.csv is written in Windows-1252, not in UTF-8, and was read as Windows-1252.")


def test_windows_1252_far_into_a_file_is_found_too(files, after_build):
    lines = [b"BURGLARY,LABEL %d,Harrow,1\n" % number for number in range(5000)]
    path = files.bytes("x.csv", HEADING + b"".join(lines) + "BURGLARY,Café,Harrow,1\n".encode("cp1252"))

    ask = after_build(path)

    assert ask("SELECT rows_kept, rows_refused FROM load") == [(5001, 0)]
    assert len(ask(SENTENCES.format("encoding"))) == 1


def test_row_that_is_not_utf8_in_a_file_that_is_spoils_itself_alone(files, after_build):
    good, bad = "BURGLARY,Café,Harrow,5\n".encode(), "BURGLARY,É,Barnet,7\n".encode("cp1252")

    ask = after_build(files.bytes("x.csv", HEADING + good + bad + HARROWS))

    assert ask(REFUSED) == [
        (
            3,
            "the row does not split into the columns of the heading, or is not UTF-8 text",
            "BURGLARY,\ufffd,Barnet,7",
        )
    ]
    assert ask(COUNTED) == [("Harrow", 10)]
    assert ask(SENTENCES.format("encoding")) == []


@pytest.mark.parametrize(
    "spoilt",
    [
        b'BURGLARY,"DOMESTIC BURGLARY,Barnet,7',
        b'BURGLARY,"DOMESTIC" BURGLARY,Barnet,7',
        b'"BURGLARY,DOMESTIC BURGLARY,Barnet,7',
        b'BURGLARY,"DOMESTIC"" BURGLARY,Barnet,7',
    ],
)
@pytest.mark.parametrize("after", [1, 300])
def test_stray_quotation_mark_spoils_its_own_line_alone(files, after_build, spoilt, after):
    content = HEADING + HARROWS + spoilt + b"\n" + after * HARROWS + b"BURGLARY,DOMESTIC BURGLARY,Atlantis,1\n"

    ask = after_build(files.bytes("x.csv", content))

    assert ask(REFUSED)[0] == (3, STRAY, spoilt.decode())
    assert [row[:2] for row in ask(REFUSED)[1:]] == [(4 + after, "the area is not known")]
    assert ask(COUNTED) == [("Harrow", 5 * (1 + after))]


def test_two_stray_quotation_marks_do_not_swallow_the_rows_between_them(files, after_build):
    content = HEADING + b'BURGLARY,"A,Harrow,1\n' + HARROWS + BARNETS + b'BURGLARY,B",Harrow,1\n'

    ask = after_build(files.bytes("x.csv", content))

    assert ask(COUNTED) == [("Barnet", 7), ("Harrow", 6)]
    assert [row[0] for row in ask(REFUSED)] == [2]


def test_cell_of_several_lines_is_one_cell_and_the_lines_after_it_are_right(files, after_build):
    content = (
        HEADING
        + b'BURGLARY,"DOMESTIC\r\n, ""and""\nother",Harrow,5\r\n'
        + HARROWS
        + b"BURGLARY,DOMESTIC BURGLARY,Atlantis,1\n"
        + b'BURGLARY,"two\nlines",Barnet,many\nBURGLARY,short\n'
    )

    ask = after_build(files.bytes("x.csv", content))

    assert ask("SELECT rows_read, rows_kept FROM load") == [(5, 2)]
    assert [row[:2] for row in ask(REFUSED)] == [
        (6, "the area is not known"),
        (7, "the count for 2018-01 is “many”, not a whole number"),
        (9, "the row does not split into the columns of the heading, or is not UTF-8 text"),
    ]


def test_lines_of_a_street_file_are_right_after_a_cell_of_several_lines(files, after_build):
    crimes = [crime(HOME[0], place="On or near\nHigh Street"), crime(HOME[1]) | {"Month": "soon"}]

    ask = after_build(files.street(crimes=crimes))

    ((line, reason, text),) = ask(REFUSED)
    assert (line, reason) == (4, "the month “soon” is not a month")
    assert HOME[1] in text
    assert ask("SELECT place FROM incident") == ["On or near\nHigh Street"]


cell = st.text("ab\"\n é'É;\t", max_size=6)


@given(
    lines=st.lists(st.tuples(cell, cell, cell), max_size=6),
    ending=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_written_by_the_rules_is_read_back_with_its_lines(tmp_path, engine, lines, ending, encoding):
    text, starts = io.StringIO(newline=""), []
    writer = csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["first", "second", "third"])
    for line in lines:
        starts.append(text.getvalue().count("\n") + 1)
        writer.writerow(line)
    path = tmp_path / "x.csv"
    path.write_bytes(text.getvalue().encode(encoding))

    assert stage_table(engine, "staged", path) == len(lines)

    found = engine.execute("SELECT file_line, first, second, third FROM staged ORDER BY file_line").fetchall()
    assert [row[0] for row in found] == starts
    assert [tuple(one or "" for one in row[1:]) for row in found] == lines


# Files in disorder


def zipped_or_not(content, zipped):
    return gzip.compress(content, mtime=0) if zipped else content


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(("first", "reason"), [(b"a,b\n", RAGGED), (b'"a,b\n', STRAY), (b"a;b;c;d\n", RAGGED)])
def test_file_of_which_nearly_no_row_splits_is_refused_with_its_first_line(workspace, files, first, reason, zipped):
    content = HEADING + HARROWS + first + 50_000 * b"a,b\n"

    ((_, outcome, words),) = became(workspace, files.bytes("x.csv", zipped_or_not(content, zipped)))

    assert outcome == "refused"
    assert words == (
        "x.csv cannot be read: 999 of its first 1,000 rows are not in order. The first of them is in line 3: "
        f"{reason}. Look at that line beside the heading, and ask whoever sent the file for it as CSV with commas, or "
        "as XLSX."
    )
    assert kept(workspace) == []


@pytest.mark.parametrize(
    "rows", [(LEAST_FIRST - 1) * [b"a,b\n"], 200 * [b"a,b\n", HARROWS], [*(1_000 * [HARROWS]), *(2_000 * [b"a,b\n"])]]
)
def test_each_row_that_does_not_split_is_kept_where_a_file_is_taken(files, after_build, rows):
    ask = after_build(files.bytes("x.csv", HEADING + b"".join(rows)))

    bad = [(line, RAGGED, "a,b") for line, row in enumerate(rows, 2) if row != HARROWS]
    assert ask("SELECT rows_read, rows_kept, rows_refused FROM load") == [(len(rows), len(rows) - len(bad), len(bad))]
    assert ask(REFUSED) == bad


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("kind", ["boroughs", "street"])
def test_disorder_further_down_stops_the_build_until_the_file_is_removed(workspace, files, kind, zipped):
    build_quietly(workspace, files.boroughs("whole.csv", months=("2018-01",)))
    before = current_key(workspace)
    good = files.boroughs(months=("2018-02",)) if kind == "boroughs" else files.street(crimes=[crime(HOME[0])])
    heading, row = good.read_bytes().splitlines(keepends=True)[:2]
    content = heading + 1_000 * row + (MOST_ASIDE + 1) * b"a,b\n"
    assert became(workspace, files.bytes("late.csv", zipped_or_not(content, zipped)))[0][1] == "added"

    with pytest.raises(SourceError) as refused:
        build(workspace, lambda step: None)

    assert refused.value.happened == (
        "late.csv cannot be read: 100,001 of its first 101,001 rows are not in order. The first of them is in line "
        f"1,002: {RAGGED}."
    )
    assert "“frankpledge remove " in refused.value.to_do
    assert current_key(workspace) == before
    late = next(file for file in workspace.raw_files() if file.name == "late.csv")
    for path in late.path.parent.glob(f"{late.path.name}*"):
        path.unlink()
    assert build(workspace, lambda step: None).key == before


def test_row_after_row_with_a_stray_quotation_mark_is_not_looked_for_its_end_over_and_over(files, monkeypatch):
    parsed = []
    monkeypatch.setattr(careful, "_cells", lambda text, plain=careful._cells: parsed.append(text) or plain(text))
    path = files.bytes("x.csv", HEADING + 1_000 * b'"a,b\n')

    assert [row.reason for row in read_carefully(path, "utf-8")] == 1_000 * [STRAY]

    assert len(parsed) < 2_500


def test_rows_that_do_not_split_are_all_kept_where_as_many_do(engine, files):
    content = HEADING + (MOST_ASIDE + 2) * (HARROWS + b"a,b\n")

    assert stage_table(engine, "staged", files.bytes("x.csv", content)) == 2 * (MOST_ASIDE + 2)

    assert engine.execute("SELECT count(*) FROM staged").fetchone() == (MOST_ASIDE + 2,)
    assert engine.execute("SELECT count(*), min(row), max(row) FROM row_set_aside").fetchone() == (
        MOST_ASIDE + 2,
        3,
        2 * (MOST_ASIDE + 2) + 1,
    )


def test_rows_that_do_not_split_are_not_gathered_in_memory(engine, files):
    # What is imported when a row is first set aside is not counted.
    stage_table(engine, "staged", files.bytes("first.csv", HEADING + b"a,b\n"))
    path = files.bytes("x.csv", HEADING + 2 * MOST_ASIDE * b"a,b\n")
    tracemalloc.start()
    try:
        with pytest.raises(SourceError):
            stage_table(engine, "staged", path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    # A batch of 20,000 at a time comes to 7 MB; all of them together to 37 MB.
    assert most < 15_000_000


def test_engine_does_not_gather_rows_that_do_not_split(engine, files):
    path = files.bytes("x.csv", HEADING + 200_000 * b"a,b\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert not reads_well(engine, path, f"CREATE TEMP TABLE whole AS FROM {read_csv_sql(path)}")

    # Set aside by the engine they were a gigabyte.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_sheet_in_disorder_is_given_up_too():
    rows = under_heading([["a", "b"], *((MOST_ASIDE + 1) * [["1", "2", "3"]])], 1, 2)

    with pytest.raises(SourceError, match=r"^x\.xlsx cannot be read: 100,001 of its first 100,001 rows"):
        list(in_order("x.xlsx", rows))


def test_what_is_said_of_disorder_shows_no_text(files):
    path = files.bytes("x.csv", HEADING + (MOST_ASIDE + 1) * b"Made Up Name\n")

    with pytest.raises(SourceError) as refused:
        assert all(isinstance(row, SetAside) for row in read_carefully(path, "utf-8"))

    assert "Made Up Name" not in str(refused.value)


# Points


def test_latitude_and_longitude_that_changed_places_are_put_right_and_said(files, after_build):
    crimes = [
        crime(HOME[0], longitude="51.580000", latitude="-0.330000", reference="a"),
        crime(HOME[0], longitude="-0.330000", latitude="51.580000", reference="b"),
        crime(HOME[0], longitude="51.58", latitude="1.2", reference="c"),
    ]

    ask = after_build(files.street(crimes=crimes))

    assert sorted(ask("SELECT longitude, latitude FROM incident")) == [(-0.33, 51.58), (-0.33, 51.58), (1.2, 51.58)]
    assert ask("SELECT number, sentence FROM quality WHERE kind = 'swapped coordinates'") == [
        (2, "street.csv has 2 rows in which latitude and longitude had changed places; they were put right.")
    ]


def test_point_at_null_island_is_none_and_said_and_its_crime_is_counted(files, after_build):
    crimes = [
        crime(HOME[0], longitude="0.000000", latitude="0.000000"),
        crime(HOME[0], longitude="-74.0", latitude="40.7"),
        crime(HOME[0], longitude="0.000000", latitude="51.500000"),
        crime(HOME[0], longitude="", latitude=""),
    ]

    ask = after_build(files.street(crimes=crimes))

    assert sorted(ask("SELECT longitude, latitude FROM incident"), key=str) == [
        (0.0, 51.5),
        (None, None),
        (None, None),
        (None, None),
    ]
    assert ask("SELECT sum(count) FROM monthly_count") == [4]
    ((number, sentence),) = ask("SELECT number, sentence FROM quality WHERE kind = 'point outside the country'")
    assert number == 2
    assert sentence.startswith("street.csv has 2 rows whose point is not in Great Britain (0, 0 among them)")


def test_nothing_is_said_of_points_that_are_in_order(files, after_build):
    ask = after_build(files.street(crimes=[crime(HOME[0])]))

    assert ask("SELECT kind FROM noticed WHERE kind IN ('point outside the country', 'swapped coordinates')") == []


# Months and releases


def test_month_given_twice_is_counted_once_and_said(files, after_build):
    older = files.street("older.csv", crimes=[crime(HOME[0], reference="a"), crime(HOME[0], reference="b")])
    newer = files.street("newer.csv", crimes=[crime(HOME[0], reference="a")])

    ask = after_build(older, newer)

    assert ask("SELECT sum(count) FROM monthly_count") == [1]
    (sentence,) = ask(SENTENCES.format("month shrunk"))
    assert "older.csv (2 rows) and newer.csv (1) hold the same force and month" in sentence


def test_two_releases_of_one_month_stand_beside_each_other_and_are_said(files, after_build):
    older = files.boroughs("older.csv", months=("2018-01",))
    newer = files.boroughs("newer.csv", months=("2018-01", "2018-02"), rows=[("BURGLARY", "X", "Harrow", 9)])

    ask = after_build(older, newer)

    assert ask("SELECT release, count FROM monthly_count JOIN series USING (series_id) ORDER BY release, month") == [
        ("2018-01", 10),
        ("2018-02", 9),
        ("2018-02", 9),
    ]
    (sentence,) = ask(SENTENCES.format("several releases"))
    assert sentence.startswith("Held in 2 releases (2018-01, 2018-02)")


# Archives


def write_zip(folder, members, name="police.zip"):
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return folder / name


def test_each_file_of_an_archive_is_taken_as_a_file_of_its_own(workspace, files):
    january = files.street("j.csv", crimes=[crime(HOME[0])]).read_bytes()
    february = files.street("f.csv", month="2018-02", crimes=[crime(HOME[0])], zipped=True).read_bytes()
    path = write_zip(
        files.folder,
        {
            "2018-01/": b"",
            "2018-01/2018-01-met-street.csv": january,
            "2018-02/2018-02-met-street.csv.gz": february,
            "2018-02/copy.csv": january,
            "2018-02/readme.txt": b"words\n",
            "2018-02/empty.csv": b"",
            "2018-02/inner.zip": write_zip(files.folder, {"a.csv": january}, "inner.zip").read_bytes(),
            "__MACOSX/2018-01/._x.csv": b"junk",
            ".DS_Store": b"junk",
        },
    )

    outcomes = add_files(workspace, [path], lambda added: None)

    assert [(str(one.path.relative_to(path)), one.outcome) for one in outcomes] == [
        ("2018-01/2018-01-met-street.csv", "added"),
        ("2018-02/2018-02-met-street.csv.gz", "added"),
        ("2018-02/copy.csv", "held"),
        ("2018-02/readme.txt", "refused"),
        ("2018-02/empty.csv", "refused"),
        ("2018-02/inner.zip", "refused"),
    ]
    assert "inner.zip is an archive of files. Unpack it" in outcomes[-1].words
    assert [file.name for file in workspace.raw_files()] == ["2018-01-met-street.csv", "2018-02-met-street.csv.gz"]
    assert workspace.raw_files()[0].path.read_bytes() == january


@pytest.mark.parametrize(
    "member", ["../../evil.csv", "/tmp/evil.csv", "..\\..\\evil.csv", "C:\\evil.csv", "a/../../evil.csv"]
)
def test_member_is_never_unpacked_to_where_its_path_leads(workspace, files, member, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    content = files.street("s.csv", crimes=[crime(HOME[0])]).read_bytes()
    path = write_zip(files.folder, {member: content})
    before = set(tmp_path.rglob("*"))

    assert became(workspace, path)[0][1] == "added"

    made = {one for one in tmp_path.rglob("*") if one.is_file()} - before
    assert all(workspace.raw in one.parents for one in made)
    assert [file.name for file in workspace.raw_files()] == ["evil.csv"]
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("member", ["..", "a/..", "."])
def test_member_without_a_name_of_its_own_is_passed_over(workspace, files, member):
    path = write_zip(files.folder, {member: b"x", "b.csv": files.boroughs().read_bytes()})

    assert [(name, outcome) for name, outcome, _ in became(workspace, path)] == [("b.csv", "added")]


def test_archive_that_is_a_bomb_is_refused_before_anything_is_unpacked(workspace, files, monkeypatch):
    path = write_zip(files.folder, {"a.csv": files.boroughs().read_bytes(), "b.csv": bytes(archives.HARMLESS + 1)})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *given: pytest.fail("it was unpacked"))

    ((_, outcome, words),) = became(workspace, path)

    assert outcome == "refused"
    assert "police.zip would unpack from" in words
    assert "which no honest file does: it is not opened. Ask whoever sent it" in words


def test_archive_with_too_many_files_is_refused(workspace, files, monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)

    assert "in 3 files" in became(workspace, write_zip(files.folder, {"a": b"", "b": b"", "c": b""}))[0][2]


def test_archive_with_a_password_is_refused(workspace, files):
    path = write_zip(files.folder, {"a.csv": files.boroughs().read_bytes()})
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)

    assert "police.zip is protected by a password" in became(workspace, path)[0][2]


def test_archive_cut_short_or_empty_is_refused(workspace, files):
    whole = write_zip(files.folder, {"a.csv": files.boroughs().read_bytes()}).read_bytes()

    assert "the file is damaged" in became(workspace, files.bytes("cut.zip", whole[:-20]))[0][2]
    assert "the archive is empty" in became(workspace, write_zip(files.folder, {}, "none.zip"))[0][2]


def test_damaged_member_is_refused_and_the_others_are_taken(workspace, files):
    content = files.boroughs().read_bytes()
    with zipfile.ZipFile(files.folder / "z.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("bad.csv", content)
        archive.writestr("good.csv", content.replace(b"10", b"11"))
    path = files.folder / "z.zip"
    path.write_bytes(path.read_bytes().replace(b"Harrow,10", b"Harrow,99"))

    found = became(workspace, path)

    assert [(name, outcome) for name, outcome, _ in found] == [("bad.csv", "refused"), ("good.csv", "added")]
    assert found[0][2].startswith("z.zip, bad.csv: the file is damaged")


# Rights and room


def test_folder_without_rights_is_refused_and_the_rest_is_taken(workspace, files, monkeypatch):
    closed = files.folder / "closed"
    closed.mkdir()
    good = files.boroughs("good.csv")
    listing = Path.iterdir

    def denied(path):
        if path == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", denied)

    found = became(workspace, files.folder)

    assert [(name, outcome) for name, outcome, _ in found] == [("closed", "refused"), ("good.csv", "added")]
    assert (
        found[0][2]
        == "closed cannot be opened (it is a folder that may not be looked into). Ask for the right to read it."
    )
    assert good.exists()


def test_file_without_rights_is_refused_and_the_rest_is_taken(workspace, files, monkeypatch):
    secret, good = files.boroughs("secret.csv", months=("2018-02",)), files.boroughs("good.csv")
    opening = Path.open

    def denied(path, *given, **named):
        if path == secret:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opening(path, *given, **named)

    monkeypatch.setattr(Path, "open", denied)

    found = became(workspace, secret, good)

    assert [(name, outcome) for name, outcome, _ in found] == [("secret.csv", "refused"), ("good.csv", "added")]
    assert found[0][2] == "secret.csv cannot be opened (Permission denied). Ask for the right to read it."


@contextmanager
def no_file_larger_than(size):
    """What the system says of a full disk, or nearly: no file may grow beyond a size."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_disk_that_fills_while_files_are_added_keeps_what_was_added_before(workspace, files):
    small = files.boroughs("a.csv")
    large = files.boroughs("b.csv", rows=[("BURGLARY", f"LABEL {number}", "Harrow", 1) for number in range(3000)])
    told = []

    with no_file_larger_than(20_000), pytest.raises(WorkspaceError) as refused:
        add_files(workspace, [small, large], told.append)

    assert "The disk is full" in refused.value.happened
    assert "b.csv was not taken; what was added before it is kept." in refused.value.happened
    assert "Make room" in refused.value.to_do
    assert [one.outcome for one in told] == ["added"]
    assert [file.name for file in workspace.raw_files()] == ["a.csv"]
    assert len(kept(workspace)) == 2, "the file and its record"
    assert large.exists()


def test_disk_that_fills_as_the_record_is_written_leaves_no_file_without_one(workspace, files, monkeypatch):
    def full(file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("frankpledge.provenance.RawFile.save", full)

    with pytest.raises(WorkspaceError, match="The disk is full"):
        add_files(workspace, [files.boroughs()], lambda added: None)

    assert kept(workspace) == []


def test_workspace_that_may_not_be_written_to_is_said(workspace, files, monkeypatch):
    def denied(source, target):
        raise PermissionError(errno.EACCES, "Permission denied", str(target))

    monkeypatch.setattr("frankpledge.workspace.shutil.copyfile", denied)

    ((_, outcome, words),) = became(workspace, files.boroughs("a.csv"))

    assert outcome == "refused"
    assert words.startswith("a.csv could not be copied into ")
    assert words.endswith("(Permission denied). Look whether you may write there, and add it again.")
    assert kept(workspace) == []


@pytest.mark.parametrize("size", [1, 5_000, 300_000])
def test_disk_that_fills_during_a_build_leaves_the_last_warehouse_answering(workspace, files, size):
    build_quietly(workspace, files.boroughs(months=("2018-01",)))
    before = current_key(workspace)
    became(workspace, files.boroughs("b.csv", months=("2018-02",)))

    with no_file_larger_than(size), pytest.raises(WorkspaceError) as refused:
        build(workspace, lambda step: None)

    assert refused.value.happened.startswith("The disk is full: ")
    assert "Nothing was built; the last warehouse, if there is one, still answers." in refused.value.happened
    assert current_key(workspace) == before
    assert {path.name for path in workspace.warehouses.iterdir()} == {".lock", "current", f"{before}.duckdb"}
    warehouse = open_warehouse(workspace)
    assert rows(warehouse, "SELECT file FROM load") == ["boroughs.csv"]
    warehouse.close()
    assert build(workspace, lambda step: None).fresh, "with room again, the same files build"


def test_file_that_cannot_be_read_at_all_stops_the_build_with_its_name(workspace, files):
    build_quietly(workspace, files.boroughs(months=("2018-01",)))
    before = current_key(workspace)
    became(workspace, files.boroughs("later.csv", months=("2018-02",), zipped=True))
    spoilt = next(file for file in workspace.raw_files() if file.name == "later.csv")
    spoilt.path.write_bytes(spoilt.path.read_bytes()[:-10])

    with pytest.raises(SourceError) as refused:
        build(workspace, lambda step: None)

    assert refused.value.happened.startswith("later.csv: the file is damaged and cannot be read")
    assert "“frankpledge remove " in refused.value.to_do
    assert current_key(workspace) == before


# The command line


def test_commands_say_every_trouble_in_sentences_and_never_with_a_traceback(workspace, files):
    street = files.street("s.csv", crimes=[crime(HOME[0])]).read_bytes()
    files.bytes("empty.csv", b"")
    files.bytes("cut.csv.gz", gzip.compress(street, mtime=0)[:50])
    files.bytes("lacks.csv", street.replace(b"Crime ID", b"Number"))
    files.bytes("bomb.zip", write_zip(files.folder, {"b.csv": bytes(archives.HARMLESS + 1)}, "z.zip").read_bytes())
    files.bytes("page.xls", b"<html></html>")
    files.bytes("mixed.csv", street.replace(b"\n", b"\r\n", 1).replace(b"2018-01", b"2018-03"))
    files.bytes("zeros.csv", bytes(100_000))

    added = CliRunner().invoke(main, ["--workspace", str(workspace.folder), "add", str(files.folder)])
    built = CliRunner().invoke(main, ["--workspace", str(workspace.folder), "build"])

    assert (added.exit_code, built.exit_code) == (0, 0)
    assert added.exception is None
    assert "2 added" in added.output
    refused = [line for line in added.output.splitlines() if line.startswith("!")]
    assert len(refused) == 7
    assert not any("Traceback" in output for output in (added.output, built.output))
    shutil.rmtree(workspace.warehouses)


def test_disk_full_is_said_by_the_commands_too(workspace, files):
    files.boroughs("a.csv")
    with no_file_larger_than(1):
        added = CliRunner().invoke(main, ["--workspace", str(workspace.folder), "add", str(files.folder)])

    assert isinstance(added.exception, WorkspaceError)
    assert "The disk is full" in str(added.exception)


def test_sample_of_a_table_reads_its_beginning_only(files):
    path = files.boroughs(rows=[("BURGLARY", f"LABEL {number}", "Harrow", 1) for number in range(60_000)])
    sample_of(path)

    with bytes_read() as found:
        sample_of(path)

    assert path.stat().st_size > 1_000_000
    assert found[0] < 500_000
