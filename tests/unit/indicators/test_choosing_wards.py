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


def document_of(warehouse, period):
    """Counts and datasets of any periods, as a document of Harrow in one period asks for them."""
    document = OneDataset(warehouse, {}, AreaKind.AUTHORITY, (HARROW,), parse_period(period))

    def ask(*periods):
        of = [parse_period(one) for one in periods]
        return counts(document.answer(BURGLARY, AreaKind.AUTHORITY, [HARROW], of))

    return ask


def test_a_document_reads_an_indicator_from_the_dataset_that_holds_its_own_period(warehouse):
    ask = document_of(warehouse, "2018-02")

    assert ask("2018-01") == [(7, "mps-ward")]
    assert ask("2018-02") == [(7, "mps-ward")]


def test_and_from_no_other_where_that_one_is_silent(warehouse):
    ask = document_of(warehouse, "2018-01")

    assert ask("2018-02") == [(None, "mps-borough")]
    assert ask("2018-01") == [(10, "mps-borough")]


def test_where_none_holds_its_period_the_first_that_answers_does(warehouse):
    ask = document_of(warehouse, "2018-03")

    assert ask("2018-03")[0][0] is None
    assert ask("2018-02") == [(7, "mps-ward")]
    assert ask("2018-01") == [(7, "mps-ward")]


def test_what_a_borough_is_read_from_does_not_bind_its_wards(warehouse):
    document = OneDataset(warehouse, {}, AreaKind.AUTHORITY, (HARROW,), parse_period("2018-01"))
    document.answer(BURGLARY, AreaKind.AUTHORITY, [HARROW], [parse_period("2018-01")])

    answer = document.answer(BURGLARY, AreaKind.WARD, [ward(1)], [parse_period("2018-01")])

    assert counts(answer) == [(2, "mps-ward")]
