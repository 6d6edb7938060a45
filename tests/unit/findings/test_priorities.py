"""Priorities by a stated method: scores, places with ties, and what moves them."""

import pytest

from frankpledge.errors import DefinitionError
from frankpledge.findings.priorities import Criterion, moved, places, reach, read_method, score
from frankpledge.indicators.definition import read_indicators

WEIGHTS = {"harm": 3.0, "level": 2.0, "direction": 2.0, "trend": 1.0}


def parts(harm, level, direction, trend):
    return {"harm": harm, "level": level, "direction": direction, "trend": trend}


def test_a_score_is_the_weighted_mean_of_what_could_be_scored():
    assert score(parts(4, 4, 4, 4), WEIGHTS, 0.5) == 100
    assert score(parts(0, 0, 0, 0), WEIGHTS, 0.5) == 0
    # (3 × 4 + 2 × 2) ÷ 5 = 3.2 of 4.
    assert score(parts(4, 2, None, None), WEIGHTS, 0.5) == pytest.approx(80)


@pytest.mark.parametrize(("scored", "place"), [(parts(None, 2, 2, None), True), (parts(None, 2, None, 1), False)])
def test_scored_on_less_than_half_of_the_weights_there_is_no_score(scored, place):
    """Of weights of 8, level and direction are 4, just half; level and trend are 3."""
    assert (score(scored, WEIGHTS, 0.5) is not None) is place


def test_a_criterion_nobody_was_scored_on_is_left_aside():
    found = places({"a": parts(None, 2, None, 1), "b": parts(None, 4, 4, 4)}, WEIGHTS, 0.5)
    assert [one.candidate for one in found] == ["b", "a"]


def test_those_alike_share_the_best_of_their_places():
    candidates = {"c": parts(0, 0, 0, 0), "b": parts(2, 2, 2, 2), "a": parts(2, 2, 2, 2), "d": parts(4, 4, 4, 4)}
    found = [(one.candidate, one.place, one.tied) for one in places(candidates, WEIGHTS, 0.5)]

    assert found == [("d", 1, False), ("a", 2, True), ("b", 2, True), ("c", 4, False)]


def test_halving_and_doubling_a_weight_shows_who_leans_on_it():
    method = read_method()
    candidates = {
        "harmful": {one.slug: 4 if one.slug == "harm" else 1 for one in method.criteria},
        "rising": {one.slug: 4 if one.slug in ("direction", "trend") else 1 for one in method.criteria},
    }
    trials = moved(method, candidates)

    assert len(trials) == 2 * len(method.criteria)
    assert reach("harmful", list(trials.values())) == (1, 2)
    assert trials["harm", 2.0][0].candidate == "harmful"
    assert trials["harm", 0.5][0].candidate == "rising"
    assert reach("nobody", list(trials.values())) is None


def test_bands_of_numbers_begin_at_their_least():
    criterion = Criterion("harm", "Harm", "", 1, {"4": 0.2, "3": 0.1, "2": 0.05, "1": 0.01})
    assert [criterion.from_number(one) for one in (0.2, 0.1999, 0.05, 0.01, 0.0099)] == [4, 3, 2, 1, 0]


def test_bands_of_words_know_only_theirs():
    criterion = Criterion("direction", "Direction", "", 1, {"rose": 4})
    assert (criterion.from_word("rose"), criterion.from_word("too few to say")) == (4, None)


def test_the_packaged_method_names_indicators_there_are():
    known = read_indicators()
    for one in read_method().candidates:
        assert one.indicator in known
        assert set(one.concern) <= set(known)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("criteria: [{criterion: a, weight: -1, title: A, how: so}]\ncandidates: []", "nought or more"),
        ("criteria: []\ncandidates: [{indicator: burglary, control: 5}]", "from 0 to 4"),
    ],
)
def test_a_method_that_cannot_be_used_is_refused(workspace, text, words):
    folder = workspace.definitions / "priorities"
    folder.mkdir()
    head = "schema: 1\ntitle: Ours\nreview: 2027-01\nmethod: So.\nleast_share: 0.5\n"
    (folder / "method.yaml").write_text(head + text)

    with pytest.raises(DefinitionError, match=words):
        read_method(workspace.definitions)
