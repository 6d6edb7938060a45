"""Harrow's strategy of 2019/20 judged again: the verdicts, and the scatter that the page holds as numbers."""

import judged
import pytest

from frankpledge.findings.scatter import scatter_months, scatters_of
from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import compute
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.finding import Verdict
from frankpledge.periods import parse_period
from frankpledge.warehouse.connection import open_warehouse


def verdicts(**how):
    return {one.slug: judged.judged(one, **how).verdict for one in judged.headlines()}


def clear(found):
    return {slug for slug, verdict in found.items() if verdict in (Verdict.ROSE, Verdict.FELL)}


def test_what_is_clear():
    found = verdicts()

    assert clear(found) == {
        "total-offences",
        "theft-of-vehicles",
        "theft-from-vehicles",
        "domestic-abuse",
        "artifice-burglary",
        "modern-slavery-referrals",
    }
    for slug in ("knife-crime", "gun-crime", "drug-offences", "non-domestic-violence-with-injury", "burglary"):
        assert found[slug] is Verdict.NO_CLEAR_CHANGE
    assert found["serious-youth-violence"] is Verdict.NO_CLEAR_CHANGE


def test_scatter_takes_burglary_away():
    assert clear(verdicts(with_scatter=False)) - clear(verdicts()) == {"burglary"}


def test_counts_are_those_the_strategy_s_own_sums_bear_out():
    found = {one.slug: (one.before, one.now) for one in judged.headlines()}

    assert found["burglary"] == (2386, 2240)
    assert found["non-domestic-violence-with-injury"] == (913, 966)
    assert found["theft-from-vehicles"] == (2566, 2846)
    assert found["hate-crime"] == (326, 327)


@pytest.mark.real_data
def test_scatter_on_the_page_is_what_is_measured(harrow):
    warehouse = open_warehouse(harrow)
    months = scatter_months(parse_period("2018"))

    partnership = harrow.partnership()

    for slug, printed in judged.SCATTER.items():
        answer = compute(
            warehouse, find_indicator(slug), AreaKind.AUTHORITY, partnership.all_compared, months, pinned={}
        )
        assert scatters_of(answer, parse_period("2018"))["E09000015"] == pytest.approx(printed, abs=0.005), slug
