"""Harm and cost of Harrow's offences of 2017, on the real tables of weights and of the force's offences by code."""

import csv
from collections import defaultdict

import pytest

from frankpledge.findings.harm import harm_of, read_schemes
from frankpledge.periods import parse_period
from frankpledge.warehouse.connection import open_warehouse
from tests.reference.conftest import built_from

pytestmark = pytest.mark.real_data

CATEGORIES = {
    "Burglary": "crime/burglary",
    "Robbery": "crime/robbery",
    "Violence and Sexual Offences": "crime/violence-and-sexual",
    "Vehicle Crime": "crime/vehicle",
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    workspace = built_from(
        tmp_path_factory.mktemp("harm") / "harrow", ("E09000015",), "mps_borough", "harm", "lookup", "population"
    )
    return open_warehouse(workspace)


def found_by(warehouse, slug):
    scheme = next(one for one in read_schemes() if one.slug == slug)
    return harm_of(warehouse, scheme, "E09000015", parse_period("2017"), {})


def test_severity_of_a_category_is_its_codes_by_the_force_s_mix(warehouse, data):
    """Worked out once more from the two files, line by line."""
    weights, categories = {}, {}
    with (data / "harm" / "policeuk-ons-code-join.csv").open(encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            weights.setdefault(row["ONS_COUNTS_code"], set()).add(float(row["ONS_SEVERITY_weight"] or "nan"))
            categories[row["ONS_COUNTS_code"]] = row["POLICE_UK_CAT_MAP_category"]
    number, points = defaultdict(float), defaultdict(float)
    with (data / "harm" / "prc-pfa-201718_new.csv").open(encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            code = row["Offence_Code"]
            if row["Force_Name"] == "Metropolitan Police" and len(weights.get(code, ())) == 1:
                number[categories[code]] += float(row["Number_of_Offences"])
                points[categories[code]] += float(row["Number_of_Offences"]) * next(iter(weights[code]))

    found = found_by(warehouse, "ons-crime-severity")

    for category, path in CATEGORIES.items():
        assert found.weights[path] == pytest.approx(points[category] / number[category], rel=0.02), category


def test_harrow_is_about_as_harmed_as_the_country(warehouse):
    # The Office for National Statistics puts England and Wales at 10.1 points a resident in 2015/16.
    found = found_by(warehouse, "ons-crime-severity")

    assert found.harm.value / found.residents == pytest.approx(10.0, abs=0.2)
    assert found.not_weighed == 0 and not found.missing
    assert "Metropolitan Police, financial year 2017/18" in found.basis


def test_cost_to_the_police(warehouse):
    found = found_by(warehouse, "home-office-costs")

    assert found.harm.value == pytest.approx(17.4e6, rel=0.01)
    assert found.not_weighed > 4000
