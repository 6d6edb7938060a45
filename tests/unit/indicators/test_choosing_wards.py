"""Where nothing newer is held of a borough its wards add up to it, and a document never mixes the two."""

import pytest

from frankpledge.assessment.one_dataset import OneDataset
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import compute
from frankpledge.indicators.definition import find_indicator
from frankpledge.periods import parse_period
from tests.conftest import HARROW, ward

BURGLARY = find_indicator("residential-burglary")
OF_WARDS = [
    ("BURGLARY", "DOMESTIC BURGLARY", "Pinner", ward(1), "Harrow", 2),
    ("BURGLARY", "DOMESTIC BURGLARY", "Kenton", ward(2), "Harrow", 5),
]


@pytest.fixture
def warehouse(workspace, files, built):
    return built(
        workspace,
        files.best_fit(),
        files.boroughs(months=("2018-01",)),
        files.wards(months=("2018-01", "2018-02"), rows=OF_WARDS),
    )


def asked(warehouse, *periods, indicator=BURGLARY, **pinned):
    of = [parse_period(one) for one in periods]
    return compute(warehouse, indicator, AreaKind.AUTHORITY, [HARROW], of, pinned=pinned)


def counts(answer):
    return [(one.numerator, one.series.dataset) for one in answer.estimates]


def test_wards_add_up_to_the_borough_where_its_own_file_ends(warehouse):
    assert counts(asked(warehouse, "2018-01")) == [(10, "mps-borough")]
    assert counts(asked(warehouse, "2018-02")) == [(7, "mps-ward")]
    assert counts(asked(warehouse, "2018-01", "2018-02")) == [(7, "mps-ward"), (7, "mps-ward")]


def test_a_borough_is_complete_when_each_of_its_wards_is(warehouse):
    (missing,) = asked(warehouse, "2018-03").estimates

    assert missing.why_missing == "no data held for March 2018"


def test_who_holds_to_a_release_is_not_answered_from_another_dataset(warehouse):
    (missing,) = asked(warehouse, "2018-02", **{"mps-borough": "2018-01"}).estimates

    assert missing.missing and missing.series.dataset == "mps-borough"


def test_a_document_reads_an_indicator_from_the_dataset_that_answered_first(warehouse):
    document = OneDataset()
    document.keep(asked(warehouse, "2018-03"), AreaKind.AUTHORITY)
    document.keep(asked(warehouse, "2018-02"), AreaKind.AUTHORITY)
    document.keep(asked(warehouse, "2018-01"), AreaKind.AUTHORITY)

    held = document.held_to(BURGLARY, AreaKind.AUTHORITY)

    assert counts(asked(warehouse, "2018-01", indicator=held)) == [(7, "mps-ward")]
    assert document.held_to(BURGLARY, AreaKind.WARD) == BURGLARY
