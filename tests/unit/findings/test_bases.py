"""Rates of few are warned of, by how far one event moves them."""

from dataclasses import replace

from frankpledge.findings.bases import small_base_warning
from frankpledge.findings.wording import read_wording
from frankpledge.model.document import plain_text
from frankpledge.model.estimate import Estimate, Series, Status

SOME = Estimate(
    "burglary", "own:estate", "Rayners Estate", "2018", 3, 640, 4.7, 1.0, 13.7, "exact", Status.FINAL,
    Series("police-uk-street", "2018-12"), None, "", per=1000, unit="per 1,000 residents",
)  # fmt: skip


def warning(*estimates):
    runs = small_base_warning(read_wording(), estimates)
    return plain_text(runs) if runs else ""


def test_a_rate_that_one_event_moves_by_more_than_one():
    assert warning(SOME) == (
        "Take care with Rayners Estate: the figure (per 1,000 residents) is of fewer than 1,000, so that one more or "
        "fewer moves it by more than one."
    )


def test_no_warning_where_one_event_moves_it_by_less():
    assert warning(replace(SOME, denominator=1000)) == ""
    # A count alone, and what is missing, have no base.
    assert warning(replace(SOME, denominator=None, value=None), replace(SOME, numerator=None, value=None)) == ""


def test_a_share_of_few():
    share = replace(SOME, denominator=41, value=33.0, per=100, share=True, unit="% of knife crimes")

    assert "% of knife crimes" in warning(share)
    assert warning(replace(share, denominator=100)) == ""


def test_many_areas_are_counted():
    assert warning(*(replace(SOME, area_name=f"Estate {n}") for n in range(6))).startswith("Take care with 6 areas:")
