"""The checker on five published documents whose claims were judged by hand, and on invented ones."""

import pytest

from frankpledge.claims.checking import check
from tests.claims.found import found
from tests.claims.measure import SEEDS, labels, measure
from tests.claims.planted.generator import make
from tests.claims.planted.model import SlipKind


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five documents are not beside this checkout")
def test_objections_to_real_documents_are_right():
    score = measure()

    assert score.precision >= 0.95, [(one.rule, one.figures) for one in score.wrong]
    assert score.recall >= 0.85, [one.name for one in score.missed]


def test_labels_are_many_and_each_has_a_reason():
    every = labels()

    assert len(every) >= 200
    assert len({one.name for one in every}) == len(every)
    assert all(one.reason and one.figures for one in every)


@pytest.mark.slow
def test_clean_documents_raise_no_alarm():
    assert [seed for seed in range(200) if check(make(seed, None).document).errors] == []


def test_planted_slips_are_found():
    planted = [make(1_000 + seed, kind) for kind in SlipKind for seed in range(10)]
    hits = [found(one.planted, check(one.document)) for one in planted if one.planted]

    assert len(hits) == len(planted)
    assert sum(hits) >= 0.9 * len(hits)
