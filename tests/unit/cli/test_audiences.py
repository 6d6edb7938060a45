"""One document for two audiences: nothing that is withheld from the public can be read from what is left."""

import csv
import gzip
import json

import pytest

from frankpledge.definition import PACKAGED
from tests.conftest import HARROW, build_quietly, make_workspace, ward

HEAD = "reference,offence,from,to,area_code,area_name,reported_for,place,flags,invented\n"
# Burglaries by ward in 2018: four are too few for the public, and in no order of name.
COUNTS = {"Alder": 2, "Birch": 40, "Cedar": 4, "Dogwood": 55, "Elm": 1, "Fir": 33, "Gorse": 3, "Hazel": 21}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audiences")
    workspace = make_workspace(folder / "harrow")
    lines = [
        f"{name}-{year}-{n},crime/burglary/{kind},{year}-{1 + n % 12:02}-05,,{ward(number)},{name},{HARROW},,,no"
        for number, (name, count) in enumerate(COUNTS.items(), 1)
        for year in (2017, 2018)
        for kind in ("residential", "business")
        for n in range(count // 2 + (count % 2 if kind == "business" else 0))
    ]
    path = folder / "incidents.csv"
    path.write_bytes(gzip.compress((HEAD + "".join(f"{line}\n" for line in lines)).encode()))
    people = folder / "people.csv"
    people.write_text(
        "area_code,area_name,year,residents,invented\n"
        + "".join(
            f"{ward(n)},{name},2018,5000,no\n{ward(n)},{name},2017,5000,no\n" for n, name in enumerate(COUNTS, 1)
        ),
        encoding="utf-8",
    )
    (workspace.definitions / "indicators").mkdir()
    build_quietly(workspace, path, people)
    return workspace


@pytest.fixture(scope="module")
def of_wards(whole):
    """The workspace with a definition of its own: burglaries by ward, and nothing else."""
    indicator = whole.definitions / "indicators" / "burglary.yaml"
    text = (PACKAGED / "indicators" / "burglary.yaml").read_text(encoding="utf-8")
    text = text.replace("partner-counts]", "partner-incidents]").replace(
        "authority: [mps-borough, police-uk-street, partner-incidents]", "authority: [partner-incidents]"
    )
    indicator.write_text(text, encoding="utf-8")
    assessment = whole.definitions / "assessments"
    assessment.mkdir(exist_ok=True)
    (assessment / "strategic-assessment.yaml").write_text(
        "schema: 1\ntitle: T\nsubtitle: S\naudience: public\nheadline: burglary\nyears_of_rolling_chart: 1\n"
        "sections:\n  - indicators: [burglary]\n    each: [quick-facts, wards, ward-map]\n",
        encoding="utf-8",
    )
    return whole


def test_withheld_wards_stand_in_order_of_name_and_nothing_ranks_them(command, of_wards):
    before = set(of_wards.editions.glob("*/figures.json"))
    result = command("assess", "--year", "2018", "--audience", "public", folder=of_wards.folder)
    assert result.code == 0, result.err
    tables = sorted((of_wards.output / "csv").glob("table-*wards*.csv"))
    rows = tables[0].read_text(encoding="utf-8-sig").splitlines()
    names = [name for row in rows for name in COUNTS if f"{name}" in row]
    order = list(dict.fromkeys(names))

    assert order == ["Dogwood", "Birch", "Fir", "Hazel", "Alder", "Cedar", "Elm", "Gorse"]
    page = next(of_wards.output.glob("*.html")).read_text(encoding="utf-8")
    assert "The lowest rates were in" not in page

    board = command("assess", "--year", "2018", "--audience", "board", folder=of_wards.folder)
    assert board.code == 0, board.err
    editions = sorted(set(of_wards.editions.glob("*/figures.json")) - before)
    assert len(editions) == 2, "each audience has an edition of its own"
    counts = {
        path: {f["value"] for f in json.loads(path.read_text(encoding="utf-8"))["figures"] if f["measure"] == "count"}
        for path in editions
    }
    exact = [path for path, values in counts.items() if 1 in values or 3 in values]
    assert len(exact) == 1, "only the board's holds the exact small counts"


def test_partners_cannot_subtract_a_small_ward_from_the_whole(command, of_wards):
    result = command("assess", "--year", "2018", "--audience", "partners", folder=of_wards.folder)
    assert result.code == 0, result.err
    table = sorted((of_wards.output / "csv").glob("table-*wards*.csv"))[0]
    with table.open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["group"] == "2018" and row["column"] == "Offences"]

    hidden = {row["row"] for row in rows if row["status"] == "suppressed"}
    # Alder's two and Elm's one are below three. The total less the rest leaves three, which may all be either's.
    assert hidden == {"Alder", "Elm"}
