"""Every rule on cases of its own: what it must object to, and what it must let pass."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from frankpledge.claims.documents import read_document
from frankpledge.claims.reading import read_published
from frankpledge.claims.rules import all_rules

CASES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
}
EACH = [pytest.param(rule, one, id=f"{rule}-{at}") for rule, cases in CASES.items() for at, one in enumerate(cases, 1)]


def comparisons(rule, text, folder):
    path = folder / "case.md"
    path.write_text(text, encoding="utf-8")
    return list(all_rules()[rule](read_document(read_published(path))))


@pytest.mark.parametrize(("rule", "case"), EACH)
def test_rule_objects_to_what_is_wrong_and_to_nothing_else(rule, case, tmp_path):
    objections = [one.objection for one in comparisons(rule, case["text"], tmp_path) if one.objection]

    assert [one.figures[0] for one in objections] == case.get("wrong", [])
    assert all(one.arithmetic and one.quote for one in objections)


def test_every_rule_has_cases_that_it_objects_to_and_that_it_lets_pass():
    assert set(CASES) == set(all_rules())
    for rule, cases in CASES.items():
        assert any("wrong" in one for one in cases), rule
        assert any("wrong" not in one for one in cases), rule
