"""The table of cases that people read, docs/explanation/what-may-be-said.md: each sentence is the software's."""

from pathlib import Path

import pytest

from frankpledge.assessment.blocks.facts import change_sentence
from frankpledge.findings.judge import Question, judge_family
from frankpledge.findings.wording import read_wording
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.document import plain_text
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.finding import Verdict

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "what-may-be-said.md"
RESIDENTS = 250_000


def rows():
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def number(text):
    return None if text == "missing" else int(text.replace(",", ""))


def pair(text, otherwise):
    return [number(one) for one in text.split(" → ")] if text else [otherwise, otherwise]


def estimate(period, count, residents):
    rate = None if count is None else 1000 * count / residents
    return Estimate(
        "burglary", "E09000015", "Harrow", period, count, residents, rate, rate, rate,
        "byar" if count is not None else "missing: not sent", Status.FINAL if count is not None else Status.MISSING,
        Series("mps-borough", "2022-10"), None, "x",
    )  # fmt: skip


def question(before, after, residents=(RESIDENTS, RESIDENTS), scatter=None):
    return Question(estimate("2018", after, residents[1]), estimate("2017", before, residents[0]), scatter)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_sentence_of_a_case(row):
    _, before, after, residents, scatter, beside, sentence = row
    asked = question(number(before), number(after), pair(residents, RESIDENTS), float(scatter) if scatter else None)
    others = [question(*pair(one, None)) for one in beside.split(", ") if one]

    finding = judge_family([asked, *others])[0]

    assert plain_text(change_sentence(read_wording(), find_indicator("burglary"), finding)) == sentence


def test_table_has_every_verdict():
    words = " ".join(row[-1] for row in rows())

    for verdict in Verdict:
        assert verdict.value in words
