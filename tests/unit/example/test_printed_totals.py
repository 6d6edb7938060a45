"""Every figure the example promises to reproduce, against the published documents, in plain Python."""

import pytest
import yaml

from frankpledge.definition import PACKAGED

HARROW, LONDON = "E09000015", "E12000007"
VIOLENCE = "crime/violence-and-sexual/violence"

PATHS = {
    "total-offences": "crime",
    "burglary": "crime/burglary",
    "non-domestic-violence-with-injury": f"{VIOLENCE}/with-injury/non-domestic",
    "anti-social-behaviour": "disorder/anti-social-behaviour",
    "theft-of-vehicles": "crime/vehicle/theft-of",
    "theft-from-vehicles": "crime/vehicle/theft-from",
    "drug-offences": "crime/drugs",
    "drug-possession": "crime/drugs/possession",
    "sexual-offences": "crime/violence-and-sexual/sexual",
    "knife-crime": "flagged/knife-crime",
    "gun-crime": "flagged/gun-crime",
    "domestic-abuse": "flagged/domestic-abuse",
    "hate-crime": "flagged/hate-crime",
    "artifice-burglary": "flagged/artifice-burglary",
}
CHANGES = {
    "total-offences": "crime",
    "burglary": "crime/burglary",
    "robbery": "crime/robbery",
    "violence-with-injury": f"{VIOLENCE}/with-injury",
    "violence-without-injury": f"{VIOLENCE}/without-injury",
    "theft-of-vehicles": "crime/vehicle/theft-of",
    "theft-from-vehicles": "crime/vehicle/theft-from",
    "theft-from-the-person": "crime/theft/from-person",
    "drug-possession": "crime/drugs/possession",
    "drug-supply": "crime/drugs/trafficking",
    "sexual-offences": "crime/violence-and-sexual/sexual",
    "possession-of-weapons": "crime/weapons",
    "knife-crime": "flagged/knife-crime",
    "domestic-abuse": "flagged/domestic-abuse",
    "domestic-abuse-with-injury": f"{VIOLENCE}/with-injury/domestic",
}


def document(slug):
    return yaml.safe_load((PACKAGED / "published" / f"{slug}.yaml").read_text(encoding="utf-8"))


def rows(slug, measure, paths):
    plain = [row for table in document(slug)["tables"] for row in table["rows"] if row["measure"] == measure]
    return [
        row
        for row in plain
        if row["indicator"] in paths and not {"group", "from", "qualifier"} & set(row) and row["area"]
    ]


def standing_value(row, conflicts):
    """The printed value, or the one that stands; None where the row's period is the mistake."""
    keys = ("indicator", "area", "measure")
    for conflict in conflicts:
        if any(conflict.get(key) != row[key] for key in keys):
            continue
        if conflict.get("field") == "period" and conflict["elsewhere"] == row["period"]:
            return None
        if "field" not in conflict and conflict["period"] == row["period"] and conflict["elsewhere"] == row["value"]:
            return conflict["stands"]
    return row["value"]


def printed(measure):
    conflicts = document("harrow-2019-strategy")["conflicts"]
    found = set()
    for row in rows("harrow-2019-strategy", measure, PATHS):
        value = standing_value(row, conflicts)
        if value is not None and "against" not in row:
            found.add((row["indicator"], row["area"], row["period"], value))
    return sorted(found)


def count_of(read_back, area, path, period):
    return read_back.london(path, period) if area == LONDON else read_back.total(area, path, period)


@pytest.mark.parametrize(("indicator", "area", "period", "value"), printed("count"))
def test_printed_count_is_exact(read_back, indicator, area, period, value):
    assert count_of(read_back, area, PATHS[indicator], period) == int(value)


@pytest.mark.parametrize(("indicator", "area", "period", "value"), printed("rate-per-1000"))
def test_printed_rate_comes_out(read_back, indicator, area, period, value):
    rate = 1000 * count_of(read_back, area, PATHS[indicator], period) / read_back.residents[area, int(period)]
    digits = len(value.partition(".")[2])
    assert rate == pytest.approx(float(value), abs=0.5001 * 10**-digits)


def test_nothing_required_is_left_untested():
    found = {(indicator, area, period) for indicator, area, period, _ in printed("count")}
    neighbours = ("E09000003", "E09000005", "E09000009", HARROW, "E09000017")
    for year in ("2017", "2018"):
        for indicator in ("total-offences", "burglary", "gun-crime"):
            assert {(indicator, area, year) for area in (*neighbours, LONDON)} <= found
        assert {("non-domestic-violence-with-injury", area, year) for area in neighbours} <= found
        assert {(indicator, HARROW, year) for indicator in set(PATHS) - {"drug-possession"}} <= found
    assert {("drug-possession", HARROW, "2017-09"), ("drug-possession", HARROW, "2018-05")} <= found


@pytest.mark.parametrize(
    "row", rows("harrow-2023-strategy", "percent-change", CHANGES), ids=lambda row: f"{row['indicator']}-{row['area']}"
)
def test_change_printed_in_2023_comes_out(read_back, row):
    path = CHANGES[row["indicator"]]
    before, after = (count_of(read_back, row["area"], path, year) for year in ("2021", "2022"))
    assert round(100 * (after - before) / before, 1) == float(row["value"])


@pytest.mark.parametrize(("period", "share"), [("2017", 29), ("2018", 26)])
def test_share_of_domestic_abuse_with_injury_comes_out(read_back, period, share):
    injured = read_back.total(HARROW, f"{VIOLENCE}/with-injury/domestic", period)
    assert round(100 * injured / read_back.total(HARROW, "flagged/domestic-abuse", period)) == share


@pytest.mark.parametrize(("period", "share"), [("2016", 18.9), ("2018", 17.9)])
def test_share_of_business_burglary_comes_out(read_back, period, share):
    business = read_back.total(HARROW, "crime/burglary/business", period)
    assert round(100 * business / read_back.total(HARROW, "crime/burglary", period), 1) == share


@pytest.mark.parametrize("year", [2017, 2018])
def test_populations_are_those_behind_the_printed_rates(read_back, year):
    for row in document("harrow-2019-populations")["rows"]:
        assert read_back.residents[row["area"], year] == row["value"]
