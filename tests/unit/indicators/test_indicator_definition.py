"""Indicators as definitions."""

import pytest

from frankpledge.errors import DefinitionError, NotHeldError
from frankpledge.geography import AreaKind
from frankpledge.indicators.definition import find_indicator, read_indicator, read_indicators

TEXT = """\
schema: 1
title: Theft of bicycles
noun: thefts of bicycles
why_it_matters: It matters to those who cycle.
numerator:
  offences: [crime/theft/bicycle]
  datasets:
    authority: [police-uk-street]
denominator: residents
multiplier: 1000
polarity: lower
additive: true
harm_group: acquisitive
review: 2027-09
"""


def test_indicator_reads_every_part(tmp_path):
    path = tmp_path / "bicycle-theft.yaml"
    path.write_text(TEXT)

    indicator = read_indicator(path)

    assert (indicator.slug, indicator.title, indicator.noun) == (
        "bicycle-theft",
        "Theft of bicycles",
        "thefts of bicycles",
    )
    assert indicator.datasets == {AreaKind.AUTHORITY: ("police-uk-street",)}
    assert (indicator.splice, indicator.caveats) == ((), ())
    assert (indicator.multiplier, indicator.polarity, indicator.additive) == (1000, "lower", True)
    assert len(indicator.hash) == 12


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("polarity: lower", "polarity: down", "“polarity” is “down”"),
        ("denominator: residents", "denominator: horses", "“denominator” is “horses”"),
        ("denominator: residents", "denominator: {ages: 17-10, words: x}", "“ages” is not from one age to another"),
        ("denominator: residents", "denominator: {words: x}", "it is not said what the count is set against"),
        ("  offences: [crime/theft/bicycle]\n", "", "a numerator counts either offences, published values or people"),
        ("  datasets:\n", "  datasetz:\n", "“datasetz” is not known here"),
        ("    authority:", "    borough:", "“borough” is not known here"),
        ("multiplier: 1000", "multiplier: many", "“multiplier” should be a whole number"),
        ("noun: thefts of bicycles\n", "", "“noun” is missing"),
        ("additive: true", "additive: true\nflavour: sweet", "“flavour” is not known here"),
    ],
)
def test_indicator_with_a_mistake_is_refused_with_its_line(tmp_path, old, new, words):
    path = tmp_path / "bicycle-theft.yaml"
    assert old in TEXT
    path.write_text(TEXT.replace(old, new))

    with pytest.raises(DefinitionError) as refused:
        read_indicator(path)

    assert refused.value.happened.startswith("bicycle-theft.yaml, line ")
    assert words in refused.value.happened


def test_own_indicator_is_laid_over_the_packaged_one(tmp_path):
    folder = tmp_path / "indicators"
    folder.mkdir()
    (folder / "burglary.yaml").write_text(TEXT)

    found = read_indicators(tmp_path)

    assert found["burglary"].title == "Theft of bicycles"
    assert found["burglary"].hash != find_indicator("burglary").hash
    assert found["robbery"] == find_indicator("robbery")


def test_indicator_that_there_is_not_names_those_there_are():
    with pytest.raises(NotHeldError) as refused:
        find_indicator("buglary")

    assert "“buglary”" in refused.value.happened
    assert "burglary" in refused.value.to_do
