"""Editions read back and set beside each other."""

from __future__ import annotations

import json

import pytest

from frankpledge.assessment.editions import (
    Revision,
    compare_editions,
    find_edition,
    kept,
    last_edition,
    read_editions,
)
from frankpledge.disclosure import Audience
from frankpledge.errors import NotHeldError, WorkspaceError
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.figure import Figure, Measure


def figure(count, indicator="burglary", release="2021-07", measure=Measure.COUNT, status=Status.FINAL):
    series = Series("mps-borough", release)
    behind = Estimate(
        indicator, "E09000015", "Harrow", "2018", count, None, None, None, None, "", status, series, None, "d", "open"
    )
    return Figure(indicator, "E09000015", "2018", "", measure, count, status, (behind,))


def figures(*some):
    return kept(some)


def write_edition(folder, name, *some, prepared="2019-01-01", definition="assessment", audience="public", question="q"):
    """An edition's evidence, as far as it is read back."""
    path = folder / name / "figures.json"
    path.parent.mkdir(parents=True)
    estimates = {
        one.identifier: {
            "area_code": "E09000015",
            "area_name": "Harrow",
            "dataset": one.behind[0].series.dataset,
            "release": one.behind[0].series.release,
            "population_dataset": None,
            "population_release": None,
        }
        for one in some
    }
    records = [
        {
            "identifier": one.identifier, "indicator": one.indicator, "area_code": one.area_code, "period": one.period,
            "against": one.against, "measure": one.measure.value, "text": one.text, "value": one.value,
            "behind": [one.identifier],
        }
        for one in some
    ]  # fmt: skip
    evidence = {
        "document": name.rpartition("-")[0], "title": "Assessment", "edition": name.rpartition("-")[2],
        "prepared": prepared, "definition": definition, "audience": audience, "question": question,
        "estimates": estimates, "figures": records,
    }  # fmt: skip
    path.write_text(json.dumps(evidence), encoding="utf-8")
    return path


def test_figures_are_new_gone_or_revised():
    earlier = figures(figure(100), figure(7, "robbery"), figure(3, "arson"))
    later = figures(figure(104, release="2022-07"), figure(7, "robbery"), figure(9, "theft"))
    changes = compare_editions(earlier, later)
    assert [one.indicator for one in changes.new] == ["theft"]
    assert [one.indicator for one in changes.gone] == ["arson"]
    (revised,) = changes.revised
    assert (revised.earlier.text, revised.later.text) == ("100", "104")
    assert (revised.earlier.releases, revised.later.releases) == (("mps-borough 2021-07",), ("mps-borough 2022-07",))
    assert revised.size == pytest.approx(0.04)


def test_difference_that_nobody_could_read_is_no_revision():
    earlier = figures(figure(20.001, measure=Measure.RATE))
    assert compare_editions(earlier, figures(figure(20.0012, measure=Measure.RATE))).revised == ()


@pytest.mark.parametrize("count", [0, None])
def test_revision_from_nothing_has_no_bounds(count):
    status = Status.FINAL if count == 0 else Status.MISSING
    (earlier,) = figures(figure(count, status=status)).values()
    (later,) = figures(figure(5)).values()
    assert Revision(earlier, later).size == float("inf")


def test_figure_read_back_is_the_one_kept(tmp_path):
    one = figure(100)
    write_edition(tmp_path, "assessment-2018-aaa", one)
    (edition,) = read_editions(tmp_path)
    assert edition.figures == figures(one)


def test_last_edition_is_the_newest_earlier_one_of_the_same_kind_for_the_same_readers(tmp_path):
    write_edition(tmp_path, "assessment-2017-aaa", prepared="2018-01-01")
    write_edition(tmp_path, "assessment-2018-bbb", prepared="2019-01-01")
    write_edition(tmp_path, "assessment-2018-ccc", prepared="2019-02-01", audience="board")
    write_edition(tmp_path, "strategy-2018-ddd", prepared="2019-02-01", definition="strategy")
    write_edition(tmp_path, "assessment-2018-eee", prepared="2019-03-01", question="this very one")
    write_edition(tmp_path, "assessment-2019-fff", prepared="2020-03-01")
    asked = {
        "make_up": "assessment",
        "definition": "assessment",
        "audience": Audience.PUBLIC,
        "question": "this very one",
    }
    assert last_edition(tmp_path, prepared="2019-03-01", **asked).edition == "bbb"
    assert last_edition(tmp_path, prepared="2017-03-01", **asked) is None


def test_edition_is_found_by_any_beginning(tmp_path):
    write_edition(tmp_path, "assessment-2018-ab1")
    write_edition(tmp_path, "assessment-2018-ac1")
    editions = read_editions(tmp_path)
    assert find_edition(editions, "ab").edition == "ab1"
    assert find_edition(editions, "assessment-2018-ac1").edition == "ac1"
    with pytest.raises(NotHeldError, match="2 editions begin with “a”"):
        find_edition(editions, "a")
    with pytest.raises(NotHeldError, match="There is no edition “z”"):
        find_edition(editions, "z")


def test_evidence_that_cannot_be_read_is_named(tmp_path):
    path = write_edition(tmp_path, "assessment-2018-aaa", figure(1))
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="editions/assessment-2018-aaa/figures.json.*cannot be read"):
        read_editions(tmp_path)
