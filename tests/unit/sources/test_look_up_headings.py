"""Look-ups whose headings are written in words, and tables of codes that are no look-ups."""

import pytest

from frankpledge.sources.registry import recognise, sample_of
from tests.conftest import HARROW, LONDON, rows

WORDS = ["", "Region code", "Region name", "Local authority code", "Local authority name", "MSOA Code", "LSOA Code"]
WORDS += ["LSOA Name", "Police_force"]


def test_headings_in_words_are_the_areas_of_2011(workspace, files, built):
    table = files.csv(
        "forces.csv",
        WORDS,
        [[3, LONDON, "LONDON", HARROW, "Harrow", "E02000001", "E01002100", "Harrow 001A", "Metropolitan Police"]],
    )

    warehouse = built(workspace, table)

    query = "SELECT child, parent, child_kind, parent_kind FROM area_member WHERE vintage = '11' ORDER BY ALL"
    assert rows(warehouse, query) == [
        ("E01002100", HARROW, "lsoa", "authority"),
        (HARROW, LONDON, "authority", "region"),
    ]
    assert rows(warehouse, "SELECT source, release FROM load") == [("ons-lookups", "2011")]


@pytest.mark.parametrize(
    "header",
    [
        ["lsoa11_code", "lad13_code", "IMD_score"],
        ["LSOA21CD", "LAD24CD", "population"],
        ["lsoa21cd", "lad25cd", "pcds", "postcode"],
    ],
)
def test_table_that_counts_or_measures_is_no_look_up(files, header):
    source = recognise(sample_of(files.csv("x.csv", header, [["1"] * len(header)])))

    assert source is None or source.slug != "ons-lookups"
