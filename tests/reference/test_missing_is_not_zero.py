"""Absent boroughs, absent offences and doubtful records, on the real files."""

import pytest

from frankpledge import AreaKind, Status, compute, find_indicator, find_workspace, open_warehouse, parse_period

pytestmark = pytest.mark.real_data

# Present in the files of 2016 and 2017 only as crimes snapped over a border, or not at all.
ABSENT = {
    "E09000001": "City of London",
    "E09000004": "Bexley",
    "E09000008": "Croydon",
    "E09000012": "Hackney",
    "E09000020": "Kensington and Chelsea",
    "E09000026": "Redbridge",
    "E09000028": "Southwark",
    "E09000030": "Tower Hamlets",
}


def answer_for(workspace, indicator, period):
    partnership = find_workspace(workspace.folder).partnership()
    warehouse = open_warehouse(workspace)
    answer = compute(
        warehouse,
        find_indicator(indicator),
        AreaKind.AUTHORITY,
        partnership.region_areas,
        [parse_period(period)],
        pinned={},
        region=partnership,
    )
    warehouse.close()
    return answer


def test_overspill_is_missing_never_low(london):
    answer = answer_for(london, "total-offences", "2017")

    missing = {one.area_code for one in answer.estimates if one.status is Status.MISSING}
    assert missing == set(ABSENT)
    assert all(one.numerator is None and one.value is None for one in answer.estimates if one.area_code in ABSENT)


@pytest.mark.parametrize("period", ["2016-05", "2017-02", "2017-06", "2017-11", "2017-Q2", "R12-2017-06"])
@pytest.mark.parametrize("indicator", ["total-offences", "burglary", "robbery"])
def test_overspill_is_missing_in_every_month_and_quarter(london, indicator, period):
    estimates = answer_for(london, indicator, period).estimates

    assert {one.area_code for one in estimates if one.status is Status.MISSING} == set(ABSENT)


def test_region_leaves_the_missing_out_and_says_so(london):
    answer = answer_for(london, "total-offences", "2017")

    (region,) = [one for one in answer.estimates if one.area_code == "E12000007"]
    members = [one for one in answer.estimates if one.area_code.startswith("E09") and not one.missing]
    assert region.area_name == "London (25 of 32 areas)"
    assert region.numerator == sum(one.numerator for one in members)
    assert region.denominator == sum(one.denominator for one in members)


def test_robbery_is_missing_where_files_hold_burglary_alone(london):
    robbery = answer_for(london, "robbery", "2022")
    burglary = answer_for(london, "burglary", "2022")

    assert all(one.status is Status.MISSING for one in robbery.estimates)
    complete = [one for one in burglary.estimates if not one.missing]
    assert len([one for one in complete if one.area_code.startswith("E09")]) == 32


def test_records_without_identifier_all_survive(bedfordshire):
    warehouse = open_warehouse(bedfordshire)
    (held,) = warehouse.con.execute(
        "SELECT count(*) FROM incident JOIN offence USING (offence_id) WHERE path LIKE 'disorder/%'"
    ).fetchone()
    kinds = {kind for (kind,) in warehouse.con.execute("SELECT DISTINCT kind FROM quality").fetchall()}
    warehouse.close()

    # Counted with grep in the files: 23,528 rows of anti-social behaviour.
    assert held == 23_528
    assert {"no identifier", "shared identifier", "no place"} <= kinds


def test_every_quality_finding_is_a_sentence(bedfordshire, london, harrow):
    for workspace in (bedfordshire, london, harrow):
        warehouse = open_warehouse(workspace)
        sentences = [row[0] for row in warehouse.con.execute("SELECT sentence FROM quality").fetchall()]
        files = tuple(row[0] for row in warehouse.con.execute("SELECT file FROM load").fetchall())
        warehouse.close()
        assert sentences
        # A file is called as it is called.
        assert all(one[0].isupper() or one[0].isdigit() or one.startswith(files) for one in sentences)
        assert all(sentence.endswith(".") for sentence in sentences)


def test_no_ward_stands_twice(london, bedfordshire):
    for workspace in (london, bedfordshire):
        warehouse = open_warehouse(workspace)
        doubled = warehouse.con.execute("""
            SELECT whole.code, part.name FROM placement
            JOIN area AS part ON part.area_id = placement.counted_in AND part.kind = 'ward'
            JOIN placement AS lies ON lies.area_id = part.area_id AND lies.kind = 'authority'
            JOIN area AS whole ON whole.area_id = lies.counted_in
            WHERE placement.kind = 'ward' AND placement.area_id <> placement.counted_in
            GROUP BY whole.code, part.name HAVING count(DISTINCT part.code) > 1
        """).fetchall()
        warehouse.close()
        assert doubled == []
