"""Documents one after the other: what one shows binds the next."""

import json

import pytest

from frankpledge.definition import PACKAGED
from tests.conftest import HARROW, build_quietly, make_workspace, ward

HEAD = "reference,offence,from,to,area_code,area_name,reported_for,place,flags,invented\n"
KINDS = ("residential", "business")
QUARTERS = {"Alder": (10, 10, 11, 1), "Birch": (12, 12, 12, 12), "Cedar": (15, 15, 15, 15)}


@pytest.fixture
def quarterly(tmp_path):
    """Burglaries of three wards by quarter: few in one ward in the last."""
    workspace = make_workspace(tmp_path / "harrow")
    lines = [
        f"{name}-{year}-{quarter}-{n},crime/burglary/{KINDS[n % 2]},{year}-{3 * quarter + 1 + n % 3:02}-05,,"
        f"{ward(number)},{name},{HARROW},,,no"
        for number, (name, counts) in enumerate(QUARTERS.items(), 1)
        for year in (2017, 2018)
        for quarter, count in enumerate(counts)
        for n in range(count)
    ]
    path = tmp_path / "incidents.csv"
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    text = (PACKAGED / "indicators" / "burglary.yaml").read_text(encoding="utf-8")
    (workspace.definitions / "indicators").mkdir()
    (workspace.definitions / "indicators" / "burglary.yaml").write_text(
        text.replace("partner-counts]", "partner-incidents]").replace(
            "authority: [mps-borough, police-uk-street, partner-incidents]", "authority: [partner-incidents]"
        ),
        encoding="utf-8",
    )
    (workspace.definitions / "assessments").mkdir()
    (workspace.definitions / "assessments" / "strategic-assessment.yaml").write_text(
        "schema: 1\ntitle: T\nsubtitle: S\naudience: public\nheadline: burglary\nyears_of_rolling_chart: 1\n"
        "sections:\n  - indicators: [burglary]\n    each: [quick-facts, wards]\n",
        encoding="utf-8",
    )
    build_quietly(workspace, path)
    return workspace


def wards_shown(workspace):
    """Ward → count of the newest edition's own period, None where it is withheld."""
    newest = max(workspace.editions.glob("*/figures.json"), key=lambda path: path.stat().st_mtime_ns)
    evidence = json.loads(newest.read_text(encoding="utf-8"))
    period = max(one["period"] for one in evidence["estimates"].values())
    return {
        one["area_name"]: one["numerator"]
        for one in evidence["estimates"].values()
        if one["period"] == period and one["area_name"] in QUARTERS
    }


def test_a_quarter_after_the_year_and_two_others_is_held_back_for_partners(command, quarterly):
    for period in ("2018", "2018-Q1", "2018-Q2"):
        made = command("assess", "--period", period, "--audience", "partners", folder=quarterly.folder)
        assert made.code == 0, made.err
        assert None not in wards_shown(quarterly).values()

    made = command("assess", "--period", "2018-Q3", "--audience", "partners", folder=quarterly.folder)

    assert "Held back besides" in made.err
    withheld = {name for name, count in wards_shown(quarterly).items() if count is None}
    assert "Alder" in withheld
    # The same again is the same edition.
    assert command("assess", "--period", "2018-Q3", "--audience", "partners", folder=quarterly.folder).code == 0
    assert len(list(quarterly.editions.glob("*2018-Q3*"))) == 1


def test_the_board_sees_all_and_binds_nobody(command, quarterly):
    for period in ("2018", "2018-Q1", "2018-Q2"):
        assert command("assess", "--period", period, "--audience", "board", folder=quarterly.folder).code == 0

    made = command("assess", "--period", "2018-Q3", "--audience", "partners", folder=quarterly.folder)

    assert "Held back" not in made.err
    assert len(list(quarterly.releases.iterdir())) == 1, "what is for the board is not kept"
    assert wards_shown(quarterly)["Alder"] == 11


def test_a_public_document_is_set_beside_what_partners_have(command, quarterly):
    for period in ("2018-Q1", "2018-Q2", "2018-Q3"):
        assert command("assess", "--period", period, "--audience", "partners", folder=quarterly.folder).code == 0

    made = command("assess", "--period", "2018", "--audience", "public", folder=quarterly.folder)

    # 10, 10 and 11 of 30, which stands for 28 to 32: a partner would know that the last quarter had one at most.
    assert "Held back besides" in made.err
    assert wards_shown(quarterly)["Alder"] is None


def test_the_list_names_each_document_and_whom_it_is_for(command, quarterly):
    none = command("releases", folder=quarterly.folder)
    assert "No document of this workspace" in none.out
    command("assess", "--period", "2018", "--audience", "partners", folder=quarterly.folder)

    said = command("releases", folder=quarterly.folder)

    assert said.code == 0 and "partners" in said.out and "strategic-assessment-2018-" in said.out


def test_a_list_that_cannot_be_read_stops_the_next_document(command, quarterly):
    quarterly.releases.mkdir()
    (quarterly.releases / "torn.json").write_text('{"schema": 1, "cells"', encoding="utf-8")

    made = command("assess", "--period", "2018", "--audience", "partners", folder=quarterly.folder)

    assert made.code != 0 and "torn.json in releases/" in made.err and "Traceback" not in made.err
    assert not list(quarterly.editions.glob("*/figures.json"))
