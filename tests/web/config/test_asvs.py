"""The page that answers OWASP ASVS 5.0 has every number of levels 1 and 2, each answered once, by tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "explanation" / "asvs.md").read_text(encoding="utf-8")
KINDS = ("Test", "Reason", "Not applicable", "Not met")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[a-z_/]+\.py)::(test_\w+)`")

# Section → the level of each of its requirements, in their order.
LEVELS = """
1.1 22, 1.2 1111122223, 1.3 112222222223, 1.4 222, 1.5 123
2.1 122, 2.2 112, 2.3 12223, 2.4 23
3.1 3, 3.2 113, 3.3 12223, 3.4 11222233, 3.5 11122333, 3.6 3, 3.7 22333
4.1 12233, 4.2 23333, 4.3 22, 4.4 1222
5.1 2, 5.2 112333, 5.3 113, 5.4 222
6.1 122, 6.2 111111112222, 6.3 11223333, 6.4 112233, 6.5 22222333, 6.6 2223, 6.7 33, 6.8 2222
7.1 222, 7.2 1111, 7.3 22, 7.4 11222, 7.5 223, 7.6 22
8.1 1233, 8.2 1123, 8.3 133, 8.4 23
9.1 111, 9.2 1222
10.1 22, 10.2 223, 10.3 22223, 10.4 1111122222233333, 10.5 22222, 10.6 22, 10.7 222
11.1 2233, 11.2 22233, 11.3 11233, 11.4 1222, 11.5 23, 11.6 23, 11.7 33
12.1 12233, 12.2 11, 12.3 22223
13.1 2333, 13.2 222223, 13.3 2233, 13.4 1222233
14.1 22, 14.2 12223333, 14.3 122
15.1 12233, 15.2 12233, 15.3 1222222, 15.4 3333
16.1 2, 16.2 22222, 16.3 2222, 16.4 222, 16.5 2223
17.1 23, 17.2 22223333, 17.3 22
"""


def asked():
    """Number → level of every requirement of the standard."""
    sections = dict(one.split() for one in re.split(r"[,\n]", LEVELS) if one.strip())
    return {f"{section}.{at}": int(level) for section, levels in sections.items() for at, level in enumerate(levels, 1)}


def answers():
    """Number → its row."""
    return {number: (int(level), words, answer) for number, level, words, answer in ROW.findall(PAGE)}


@cache
def names_in(path):
    """The names of the tests of a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def kind_of(answer):
    """How a requirement is answered: by the first words, which are the only bold ones."""
    (kind,) = re.findall(r"\*\*(.+?)\*\*", answer)
    assert answer.startswith(f"**{kind}**")
    return kind


def test_standard_is_counted_rightly():
    levels = list(asked().values())

    assert [levels.count(level) for level in (1, 2, 3)] == [70, 183, 92]


def test_every_number_of_both_levels_is_answered_once_and_no_other():
    wanted = {number: level for number, level in asked().items() if level < 3}

    assert {number: row[0] for number, row in answers().items()} == wanted
    assert len(ROW.findall(PAGE)) == len(wanted)


@pytest.mark.parametrize("number", answers())
def test_answer_is_a_test_that_is_there_or_says_why_not(number):
    _, words, answer = answers()[number]
    kind = kind_of(answer)
    named = TEST.findall(answer)

    assert kind in KINDS
    assert bool(named) == (kind == "Test")
    assert "::" not in TEST.sub("", answer), "what looks like a test and is none"
    assert [f"{path}::{name}" for path, name in named if name not in names_in(path)] == []
    assert len(words) > 5
    assert kind == "Test" or len(answer) > len(f"**{kind}** ") + 8


def test_counts_at_the_top_are_those_of_the_answers():
    for level, title in ((1, "level 1"), (2, "level 2")):
        kinds = [kind_of(answer) for its, _, answer in answers().values() if its == level]
        counts = " | ".join(str(kinds.count(kind)) for kind in KINDS)
        assert f"| {title} | {counts} | {len(kinds)} |" in PAGE


def test_what_is_not_met_is_named_at_the_top():
    top = PAGE[: PAGE.index("## V1")]
    not_met = {number for number, (_, _, answer) in answers().items() if kind_of(answer) == "Not met"}

    assert set(re.findall(r"\d+\.\d+\.\d+", top)) == not_met
