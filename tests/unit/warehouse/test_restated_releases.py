"""A release that comes twice is counted once; a warehouse can be open more than once in a process."""

from frankpledge.warehouse.connection import open_warehouse
from tests.conftest import BARNET, HARROW, ask_one, build_quietly, full_month, rows, small_areas

BURGLARY = ("BURGLARY", "DOMESTIC BURGLARY", "Harrow")


def test_table_added_again_zipped_is_counted_once(workspace, files):
    build_quietly(
        workspace,
        files.boroughs(rows=[(*BURGLARY, 10)]),
        files.boroughs("again.csv", rows=[(*BURGLARY, 10)], zipped=True),
    )

    warehouse = open_warehouse(workspace)
    estimate = ask_one(warehouse, "burglary", HARROW, "2018-01")
    findings = rows(warehouse, "SELECT sentence FROM quality WHERE kind = 'release twice'")
    warehouse.close()

    assert estimate.numerator == 10
    assert findings == [
        "boroughs.csv (1 rows) and again.csv (1) are both release 2018-01; the one added last is counted."
    ]


def test_release_issued_anew_replaces_the_first_with_its_areas(workspace, files):
    build_quietly(
        workspace,
        files.boroughs(rows=[(*BURGLARY, 10), ("BURGLARY", "DOMESTIC BURGLARY", "Barnet", 7)]),
        files.boroughs("corrected.csv", rows=[(*BURGLARY, 12)]),
    )

    warehouse = open_warehouse(workspace)
    harrow, barnet = (ask_one(warehouse, "burglary", area, "2018-01") for area in (HARROW, BARNET))
    warehouse.close()

    assert harrow.numerator == 12
    assert barnet.missing, "the corrected file no longer holds it"


def test_populations_of_one_release_do_not_collide(workspace, files):
    build_quietly(
        workspace,
        files.boroughs(rows=[(*BURGLARY, 10)]),
        files.population(people={HARROW: 250_000, BARNET: 380_000}),
        files.population("corrected.csv", people={HARROW: 260_000}),
    )

    warehouse = open_warehouse(workspace)
    held = rows(
        warehouse,
        """
        SELECT area_code, number FROM population JOIN series USING (series_id)
        WHERE year = 2018 AND dataset = 'ons-population' ORDER BY ALL
        """,
    )
    warehouse.close()

    assert held == [(BARNET, 380_000), (HARROW, 260_000)]


def test_warehouse_opens_twice_in_one_process(workspace, files):
    build_quietly(workspace, files.boroughs(rows=[(*BURGLARY, 10)]))

    first, second = open_warehouse(workspace), open_warehouse(workspace)
    counts = [ask_one(one, "burglary", HARROW, "2018-01").numerator for one in (first, second)]
    first.close()
    after = ask_one(second, "burglary", HARROW, "2018-01").numerator
    second.close()

    assert (*counts, after) == (10, 10, 10)


def claimants(files, name, *rows_of):
    return files.csv(name, ["date", "geography code", "Claimant count"], rows_of)


def test_value_published_anew_stands_alone_and_others_stay(workspace, files, built):
    older = claimants(files, "older.csv", ["April 2023", HARROW, "100"], ["May 2023", HARROW, "200"])
    newer = claimants(files, "newer.csv", ["May 2023", HARROW, "205"])

    warehouse = built(workspace, older, newer)

    values = "SELECT file, value FROM published_value JOIN load USING (load_id) ORDER BY ALL"
    assert rows(warehouse, values) == [("newer.csv", 205.0), ("older.csv", 100.0)]


def test_only_the_newest_directory_of_postcodes_is_kept_whichever_came_first(workspace, files, built):
    heading = ["pcd", "pcd2", "pcds", "dointr", "doterm", "oseast1m", "osnrth1m", "osgrdind", "lsoa11", "lsoa21"]

    def directory(name, begun, east):
        lsoa = small_areas(HARROW)[0]
        return files.csv(name, heading, [["HA11AA", "HA1 1AA", "HA1 1AA", begun, "", east, "188000", "1", lsoa, lsoa]])

    warehouse = built(workspace, directory("new.csv", "202501", "515200"), directory("old.csv", "202401", "515100"))

    assert rows(warehouse, "SELECT file, easting FROM postcode JOIN load USING (load_id)") == [("new.csv", 515200)]


def test_month_given_anew_with_far_fewer_rows_would_make_a_figure_wrong(workspace, files):
    whole, part = files.street("whole.csv", crimes=full_month()), files.street("part.csv", crimes=full_month()[:40])
    build_quietly(workspace, whole, part)

    warehouse = open_warehouse(workspace)
    ((sentence, seriousness),) = rows(
        warehouse, "SELECT sentence, seriousness FROM quality WHERE kind = 'month shrunk'"
    )
    warehouse.close()
    assert seriousness == 1
    assert sentence.startswith(
        f"whole.csv ({len(full_month()):,} rows) and part.csv (40) hold the same force and month"
    )
    assert sentence.endswith("where it is only a part, “frankpledge remove part.csv” and build.")
