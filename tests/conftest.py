"""What every test may use: a workspace, small hand-made files as publishers write them, and a build of both.

The factories are plain functions that write one file into a folder and return its path; the fixture `files`
has all of them, tied to a folder of its own. The little country they tell of has true codes and invented
numbers: Harrow, Barnet and Brent under the Metropolitan Police, Luton under Bedfordshire.
"""

import csv
import gzip
import io
import json
import shutil
import subprocess
from functools import lru_cache, partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import compute
from frankpledge.indicators.definition import find_indicator
from frankpledge.periods import month_text, parse_period
from frankpledge.sources.adding import add_files
from frankpledge.warehouse import published
from frankpledge.warehouse.build import build
from frankpledge.warehouse.connection import open_warehouse
from frankpledge.workspace import Workspace

HARROW, BARNET, BRENT, LUTON = "E09000015", "E09000003", "E09000005", "E06000032"
LONDON, MET, BEDFORDSHIRE = "E12000007", "E23000001", "E23000026"
NAMES = {HARROW: "Harrow", BARNET: "Barnet", BRENT: "Brent", LUTON: "Luton"}
FORCE_NAMES = {MET: "Metropolitan Police Service", BEDFORDSHIRE: "Bedfordshire Police"}

PARTNERSHIP = f"""\
schema: 1
name: Safer Harrow
areas: [{HARROW}]
neighbours: [{BARNET}, {BRENT}]
region: {{name: London, code: {LONDON}}}
region_areas: [{HARROW}, {BARNET}, {BRENT}]
"""

STREET_COLUMNS = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)

BROWSER = Path(__file__).parent / "browser"
REAL_DATA = Path(__file__).parents[2] / "shared" / "data"


def write_csv(folder, name, header, rows, *, mark=False, zipped=False, newline="\n"):
    """Any table, with a byte-order mark or under gzip where asked."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=newline)
    writer.writerows([header, *rows])
    content = (b"\xef\xbb\xbf" if mark else b"") + text.getvalue().encode()
    return write_bytes(folder, name, gzip.compress(content, mtime=0) if zipped else content)


def write_bytes(folder, name, content):
    """Any file at all."""
    path = folder / name
    path.write_bytes(content)
    return path


def months_of(*texts):
    """The months of periods, as texts: ``months_of("2017", "2018-Q1")``."""
    return [month_text(month) for text in texts for month in parse_period(text).months]


def write_boroughs(
    folder, name="boroughs.csv", *, months=("2018-01",), rows=None, heading="LookUp_BoroughName", **form
):
    """A Metropolitan Police table by borough. Rows: (major, minor, borough, counts): one for all months, or a list."""
    rows = [("BURGLARY", "DOMESTIC BURGLARY", "Harrow", 10)] if rows is None else rows
    return write_csv(
        folder,
        name,
        ["MajorText", "MinorText", heading, *_wide(months)],
        [[major, minor, borough, *_cells(counts, months)] for major, minor, borough, counts in rows],
        **form,
    )


def write_wards(folder, name="wards.csv", *, months=("2018-01",), rows=None, **form):
    """A Metropolitan Police table by ward. Rows: (major, minor, ward's name, code, borough, counts)."""
    rows = [("BURGLARY", "DOMESTIC BURGLARY", "Pinner", ward(1), "Harrow", 2)] if rows is None else rows
    return write_csv(
        folder,
        name,
        ["MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName", *_wide(months)],
        [[*labels, *_cells(counts, months)] for *labels, counts in rows],
        **form,
    )


def _wide(months):
    return [month.replace("-", "") for month in months]


def _cells(counts, months):
    return counts if isinstance(counts, list) else [counts] * len(months)


def crime(lsoa, kind="Burglary", *, reference="", longitude="-0.33", latitude="51.58", place="On or near High Street"):
    """One row of a street file; a kind, a place and an identifier may be left out."""
    return {
        "Crime ID": reference,
        "Longitude": longitude,
        "Latitude": latitude,
        "Location": place,
        "LSOA code": lsoa,
        "Crime type": kind,
    }


def write_street(folder, name="street.csv", *, month="2018-01", force=MET, crimes=(), **form):
    """A police.uk street file of one force and month."""
    stated = {"Month": month, "Falls within": FORCE_NAMES[force], "Reported by": FORCE_NAMES[force]}
    rows = [[{**stated, **one}.get(column, "") for column in STREET_COLUMNS] for one in crimes]
    return write_csv(folder, name, STREET_COLUMNS, rows, **form)


# Crimes as a force has them: every kind there is, in every small area of its own authorities.
KINDS = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)


def full_month(authorities=(HARROW, BARNET), kinds=KINDS, each=1):
    """Crimes of each kind in every small area of authorities: what a whole file is like."""
    return [
        crime(lsoa, kind, reference="" if kind == "Anti-social behaviour" else f"{lsoa}-{kind}-{number}")
        for authority in authorities
        for lsoa in small_areas(authority)
        for kind in kinds
        for number in range(each)
    ]


SMALL_AREAS = 10
_FIRST = {HARROW: 2100, BARNET: 100, BRENT: 450, LUTON: 15700}


def small_areas(authority):
    """Codes of the ten small areas (2021) of an authority."""
    return [
        f"E0100{_FIRST[authority] + number:04d}" if _FIRST[authority] < 10000 else f"E010{_FIRST[authority] + number}"
        for number in range(SMALL_AREAS)
    ]


def ward(number):
    """The code of a ward of Harrow."""
    return f"E050135{41 + number}"


def wards_of(authority):
    """Codes of the two wards of an authority, five small areas in each."""
    first = 13542 + 10 * list(NAMES).index(authority)
    return [f"E050{first}", f"E050{first + 1}"]


WARD_NAMES = ("North", "South")


def write_successors(folder, name="lsoa11_lsoa21.csv", *, rows=(), vintage=22, **form):
    """The look-up of small areas of 2011 to those of 2021. Rows: (old, new, authority)."""
    header = [
        "LSOA11CD",
        "LSOA11NM",
        "LSOA21CD",
        "LSOA21NM",
        "CHGIND",
        f"LAD{vintage}CD",
        f"LAD{vintage}NM",
        "ObjectId",
    ]
    made = [
        [old, f"{old} name", new, f"{new} name", "U", lad, NAMES.get(lad, lad), number]
        for number, (old, new, lad) in enumerate(rows, 1)
    ]
    return write_csv(folder, name, header, made, **form)


def write_best_fit(folder, name="lsoa21_wd24.csv", *, authorities=(HARROW, BARNET, BRENT), rows=None, **form):
    """The look-up of small areas (2021) to wards and authorities. Rows: (small area, ward, ward's name, authority)."""
    if rows is None:
        rows = [
            (lsoa, wards_of(lad)[number // 5], f"{NAMES[lad]} {WARD_NAMES[number // 5]}", lad)
            for lad in authorities
            for number, lsoa in enumerate(small_areas(lad))
        ]
    header = [
        "LSOA21CD",
        "LSOA21NM",
        "LSOA21NMW",
        "WD24CD",
        "WD24NM",
        "WD24NMW",
        "LAD24CD",
        "LAD24NM",
        "LAD24NMW",
        "ObjectId",
    ]
    made = [
        [lsoa, f"{lsoa} name", "", code, title, "", lad, NAMES.get(lad, lad), "", number]
        for number, (lsoa, code, title, lad) in enumerate(rows, 1)
    ]
    return write_csv(folder, name, header, made, **form)


def write_forces(folder, name="ltla24_pfa24.csv", *, rows=(), **form):
    """The look-up of authorities to partnerships and forces. Rows: code and name of each of the three."""
    header = ["ltla24_code", "ltla24_name", "csp24_code", "csp24_name", "pfa24_code", "pfa24_name"]
    return write_csv(folder, name, header, rows, **form)


def write_population(folder, name="population.csv", *, column="LAD24CD", years=(2017, 2018), people=None, **form):
    """Mid-year estimates. People: code → one number for every year, or a list."""
    people = {HARROW: 250_000, BARNET: 390_000, BRENT: 330_000} if people is None else people
    header = [column, column.replace("CD", "NM"), *(f"mid_{year}" for year in years)]
    return write_csv(
        folder,
        name,
        header,
        [[code, f"{NAMES.get(code, code)}", *_cells(count, years)] for code, count in people.items()],
        **form,
    )


def write_outlines(folder, name="wards.geojson", *, codes=None, column="WD24CD", zipped=False):
    """A map of squares side by side, near Harrow, in degrees."""
    features = [
        {
            "type": "Feature",
            "properties": {column: code, column.replace("CD", "NM"): f"Ward {number}"},
            "geometry": {"type": "Polygon", "coordinates": [_square(-0.40 + number / 100, 51.56)]},
        }
        for number, code in enumerate(codes or wards_of(HARROW))
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return write_bytes(folder, name, gzip.compress(content) if zipped else content)


def _square(west, south, side=0.01):
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


_FACTORIES = {
    "csv": write_csv,
    "bytes": write_bytes,
    "boroughs": write_boroughs,
    "wards": write_wards,
    "street": write_street,
    "successors": write_successors,
    "best_fit": write_best_fit,
    "forces": write_forces,
    "population": write_population,
    "outlines": write_outlines,
}


def files_in(folder):
    """Every factory of files, tied to one folder: ``files.boroughs(months=…, rows=…)``."""
    folder.mkdir(parents=True, exist_ok=True)
    return SimpleNamespace(folder=folder, **{name: partial(write, folder) for name, write in _FACTORIES.items()})


@pytest.fixture
def files(tmp_path):
    """The factories of files, tied to a folder of the test's own."""
    return files_in(tmp_path / "given")


def make_workspace(folder, partnership=PARTNERSHIP):
    """A workspace with a partnership's definition, and nothing in it yet."""
    workspace = Workspace(folder)
    workspace.definitions.mkdir(parents=True)
    (folder / "partnership.yaml").write_text(partnership, encoding="utf-8")
    return workspace


@pytest.fixture
def workspace(tmp_path):
    """Safer Harrow's folder: Harrow, beside Barnet and Brent, in a London of these three."""
    return make_workspace(tmp_path / "harrow")


@pytest.fixture(autouse=True, scope="session")
def read_printed_documents_once():
    """Every build reads the same packaged documents of printed figures, and they take a third of a small one's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(published, "read_definition", lru_cache(published.read_definition))
        yield


def add_all(workspace, *paths):
    """Add files, each of which must be taken."""
    for path in paths:
        (outcome,) = add_files(workspace, [path], lambda added: None)
        assert outcome.outcome == "added", outcome.words


def build_quietly(workspace, *paths):
    """Add files and build; says nothing of it."""
    add_all(workspace, *paths)
    return build(workspace, lambda step: None)


@pytest.fixture(scope="module")
def built():
    """Add files to a workspace and build it; returns the open warehouse, which is closed after the module."""
    opened = []

    def make(workspace, *paths):
        build_quietly(workspace, *paths)
        opened.append(open_warehouse(workspace))
        return opened[-1]

    yield make
    for warehouse in opened:
        warehouse.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace and its files for all tests of a module, which then share one build."""
    folder = tmp_path_factory.mktemp("shared")
    return make_workspace(folder / "harrow"), files_in(folder / "given")


def rows(warehouse, query, *values):
    """The answer of a query, as a list of tuples; of plain values where it has one column."""
    found = warehouse.con.execute(query, list(values)).fetchall()
    return [row[0] if len(row) == 1 else row for row in found]


def ask(warehouse, slug, areas, *periods, kind=AreaKind.AUTHORITY, pinned=None, region=None, overlay=None):
    """The answer to a question: an indicator for areas of a kind and periods."""
    return compute(
        warehouse,
        find_indicator(slug, overlay),
        kind,
        areas,
        [parse_period(period) for period in periods],
        pinned=pinned or {},
        region=region,
    )


def ask_one(warehouse, slug, area, period, **more):
    """The estimate of one area and period."""
    return ask(warehouse, slug, [area], period, **more).estimates[0]


@pytest.fixture(scope="session")
def real_data():
    """The folder of open data as published, where it lies beside the repository."""
    if not REAL_DATA.is_dir():
        pytest.skip("the open data is not beside this checkout (../shared/data)")
    return REAL_DATA


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Whatever uses the real data is marked so, and can be left out with ``-m "not real_data"``.

    Files with something slow in them come first: begun at the end, one of them alone would keep a core waiting.
    """
    for item in items:
        if "real_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.real_data)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window, asking the network for nothing; one for the whole run, for two cannot share it."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed: sudo apt-get install chromium")
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=options)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The access checker's script, installed by the locked package file."""
    script = BROWSER / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        if shutil.which("npm") is None:
            pytest.skip("npm is not installed: sudo apt-get install npm")
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=BROWSER, check=True, timeout=300)
    return script.read_text(encoding="utf-8")
