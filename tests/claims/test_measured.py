"""The checker on five published documents whose claims were judged by hand, and on invented ones."""

import pytest

from frankpledge.claims.checking import check
from tests.claims.measure import SEEDS, labels, measure
from tests.claims.planted.generator import make


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five documents are not beside this checkout")
def test_objections_to_real_documents_are_right():
    score = measure()

    assert score.precision >= 0.95, [(one.rule, one.figures) for one in score.wrong]
    # What is reached so far; it may only rise.
    assert score.recall >= 0.6, [one.name for one in score.missed]


def test_labels_are_many_and_each_has_a_reason():
    every = labels()

    assert len(every) >= 200
    assert len({one.name for one in every}) == len(every)
    assert all(one.reason and one.figures for one in every)


def test_clean_documents_raise_next_to_no_alarm():
    alarmed = [seed for seed in range(60) if check(make(seed, None).document).errors]

    # What is reached so far; it may only fall.
    assert len(alarmed) <= 3
