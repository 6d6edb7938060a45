"""Sentences: a catalogue that covers every verdict, with every slot filled."""

import ast
import re
from pathlib import Path

import pytest

import frankpledge.assessment
from frankpledge.assessment.blocks.facts import change_sentence
from frankpledge.definition import PACKAGED, read_definition
from frankpledge.errors import DefinitionError
from frankpledge.findings.judge import judge_change
from frankpledge.findings.wording import read_wording, sentence_list
from frankpledge.indicators.definition import find_indicator
from frankpledge.model.document import plain_text
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.figure import Figure, Measure
from frankpledge.model.finding import Verdict

SLOT = re.compile(r"\{(\w+)\}")
CATALOGUE = read_definition(PACKAGED / "wording" / "en.yaml")


def estimate(count, period):
    return Estimate(
        "burglary",
        "E09000015",
        "Harrow",
        period,
        count,
        1000,
        count,
        count,
        count,
        "byar",
        Status.FINAL if count is not None else Status.MISSING,
        Series("mps-borough", "2021-07"),
        None,
        "abc",
    )


SENTENCES = {
    Verdict.ROSE: (100, 140, "Burglary in Harrow rose by 40 (+40.0%), from 100 in 2017 to 140 in 2018."),
    Verdict.FELL: (140, 100, "Burglary in Harrow fell by 40 (−28.6%), from 140 in 2017 to 100 in 2018."),
    Verdict.NO_CLEAR_CHANGE: (
        16,
        25,
        "Burglary in Harrow: no clear change in the rate. There were 16 in 2017 and 25 in 2018; chance and the "
        "usual ups and downs could bring that difference.",
    ),
    Verdict.TOO_FEW: (2, 3, "Burglary in Harrow: too few to say. There were 2 in 2017 and 3 in 2018."),
    Verdict.CANNOT_COMPARE: (
        None,
        3,
        "Burglary in Harrow cannot be compared with the year before: 2017 is missing (byar).",
    ),
}


@pytest.mark.parametrize("verdict", Verdict)
def test_sentence_of_each_verdict(verdict):
    before, now, words = SENTENCES[verdict]
    finding = judge_change(estimate(now, "2018"), estimate(before, "2017"))
    assert finding.verdict is verdict

    sentence = change_sentence(read_wording(), find_indicator("burglary"), finding)

    assert plain_text(sentence) == words


@pytest.mark.parametrize("verdict", Verdict)
def test_word_of_each_verdict(verdict):
    assert read_wording().word("verdicts", verdict.value) == verdict.value


_ASKING = ("sentence", "say", "said", "word")
_ROOMS = ("cli", "duties", "findings", "plan", "prose")
# Words without slots, looked up by what they are a word for.
WORDS = (
    "risk factors", "often", "verdicts", "signs", "breaks", "told_by",
    "plan_words", "plan_parts", "plan_statuses", "plan_risks", "plan_readings", "plan_ways",
    "markings", "about", "edition titles", "edition lists",
    "told_by_short", "week_by", "repeats_of", "outcome_words", "untold_words", "survey_verdicts", "signal_words",
    "gap_kinds", "gap_shares", "priority_words", "priority_reasons",
)  # fmt: skip


def sentences_asked_for():
    """Every ``wording.sentence(…)`` of the assessment, and ``study.say(…)`` of the commands: keys, and slots filled."""
    assessment = Path(frankpledge.assessment.__path__[0])
    for path in (
        *assessment.rglob("*.py"),
        *(path for room in _ROOMS for path in (assessment.parent / room).glob("*.py")),
    ):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _asks(call.func):
                keys = tuple(key.value if isinstance(key, ast.Constant) else None for key in call.args)
                yield keys, {one.arg for one in call.keywords}


def _asks(function):
    """Whether it asks the catalogue: by the method, or by a name that a function gave it to say less often."""
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in _ASKING


def catalogue():
    """Every sentence of the catalogue: keys → template."""
    found = {}
    for key, value in CATALOGUE.pairs():
        if key in ("schema", "language", "glossary"):
            continue
        inner = value.pairs() if not isinstance(value, str) else [(None, value)]
        # Mappings further in hold words without slots.
        sentences = ((name, template) for name, template in inner if isinstance(template, str))
        found |= {(key, *([name] if name else [])): template for name, template in sentences}
    return found


# Sentences whose key is worked out, and how the key begins.
BEGINNINGS = {"level": "level", "rank": "rank"}


def test_every_slot_of_every_sentence_is_filled_and_every_sentence_is_used():
    asked = list(sentences_asked_for())
    assert len(asked) > 5
    unused = {keys: template for keys, template in catalogue().items() if keys[0] not in WORDS}

    for keys, fillings in asked:
        for known, template in catalogue().items():
            exact = keys == known
            begun = keys[0] in (None, known[0]) and None in keys and known[0].startswith(keys[0] or ("level", "rank"))
            # What is handed over whole (`**`) fills whatever it fills; the commands' own tests see to it.
            filled = None in fillings or set(SLOT.findall(template)) <= fillings
            if exact or (begun and filled):
                assert filled, known
                unused.pop(known, None)

    assert unused == {}


def test_slot_that_nobody_fills_is_refused_with_those_that_are(tmp_path):
    folder = tmp_path / "wording"
    folder.mkdir()
    (folder / "en.yaml").write_text('schema: 1\nleft_out: "{area} is out: {raeson}."\n')

    with pytest.raises(DefinitionError) as refused:
        read_wording(tmp_path).sentence("left_out", area="Harrow", reason="x")

    assert "“{raeson}” is not filled in" in refused.value.happened
    assert "area, reason" in refused.value.to_do


def test_sentence_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(DefinitionError, match="“no_such” is missing"):
        read_wording().sentence("no_such")


def test_sentence_keeps_its_figures_as_figures_and_joins_its_words():
    figure = Figure("burglary", "E09000015", "2018", "", Measure.COUNT, 3, Status.FINAL)

    runs = read_wording().sentence("level_without_rate", after_period="2018", after=figure, noun="burglaries")

    assert runs == ("2018: ", figure, " burglaries")


@pytest.mark.parametrize(
    ("names", "words"),
    [(["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C"), ([2017, 2018], "2017 and 2018")],
)
def test_names_in_a_row(names, words):
    assert sentence_list(names) == words
