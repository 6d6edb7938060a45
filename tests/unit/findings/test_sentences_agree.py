"""The verdict is on rates and the words tell counts: where they part, the sentence says both."""

from dataclasses import replace

import pytest

from frankpledge.assessment.blocks.facts import change_sentence
from frankpledge.findings.judge import judge_change
from frankpledge.findings.wording import read_wording
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.document import plain_text
from frankpledge.model.estimate import Estimate, Series, Status


def estimate(period, count, residents):
    return Estimate(
        "burglary", "E09000015", "Harrow", period, count, residents, 1000 * count / residents, 0.0, 9.0, "byar",
        Status.FINAL, Series("mps-borough", "2022-10"), None, "x",
    )  # fmt: skip


def sentence(before, now):
    return plain_text(change_sentence(read_wording(), find_indicator("burglary"), judge_change(now, before)))


def test_rate_that_rose_while_the_number_fell():
    words = sentence(estimate("2020", 30_000, 262_000), estimate("2021", 29_910, 254_000))

    assert words == (
        "The rate of burglaries in Harrow rose from 114.50 to 117.76 for every 1,000 residents, though the number went "
        "from 30,000 in 2020 to 29,910 in 2021."
    )


def test_rate_that_fell_while_the_number_rose():
    words = sentence(estimate("2020", 30_000, 254_000), estimate("2021", 30_050, 270_000))

    assert words.startswith("The rate of burglaries in Harrow fell from 118.11 to 111.30")


def test_rise_from_none_names_no_percentage():
    words = sentence(estimate("2020", 0, 254_000), estimate("2021", 12, 254_000))

    assert words == "Burglary in Harrow rose by 12, from none in 2020 to 12 in 2021."


@pytest.mark.parametrize(
    ("before", "now", "verb"), [(2386, 2240, "fell by 146 (−6.1%)"), (500, 620, "rose by 120 (+24.0%)")]
)
def test_plain_changes_tell_count_and_per_cent(before, now, verb):
    words = sentence(estimate("2017", before, 248_880), replace(estimate("2018", now, 248_880)))

    assert verb in words
