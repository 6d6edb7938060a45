"""Every packaged indicator can be answered: what it names is something that a source, a label or a template yields."""

import re

import pytest

from frankpledge.definition import PACKAGED, read_definition
from frankpledge.indicators.definition import Against, read_indicators
from frankpledge.indicators.printed import answered_by, spoken_of
from frankpledge.sources.partners.template import all_templates
from tests.unit.indicators.yielding import agreed, datasets, population_parts, published, yields

INDICATORS = read_indicators()
EVERY = pytest.mark.parametrize("slug", INDICATORS)

# (indicator, what it names) that nothing yields yet, and who must. To be shrunk to nothing.
NOT_YET: dict[tuple[str, str], str] = {}

DOCUMENTS = {
    path.stem: read_definition(path)
    for path in sorted((PACKAGED / "published").glob("*.yaml"))
    if not path.stem.endswith("-populations")
}
FIGURES = [
    (row.text("indicator"), row.text("group", ""), row.text("measure"))
    for document in DOCUMENTS.values()
    for table in document.entries("tables")
    for row in table.entries("rows")
]
SPOKEN_OF_ONLY = "harrow-2017-scrutiny"


def counted(indicator):
    """Places in the tree, or measures, that an indicator names: of its count, and of what it is set against."""
    against = indicator.denominator.parts if indicator.denominator.against in (Against.WHOLE, Against.TARGET) else ()
    return [*indicator.offences, *indicator.less, *indicator.published, *(() if indicator.people else against)]


def parts(indicator):
    """Parts of the population that an indicator names."""
    of = indicator.denominator
    whole = of.parts if of.against is Against.PEOPLE or (indicator.people and of.against is Against.WHOLE) else ()
    return [*indicator.people, *whole]


def unanswered(indicator):
    """What an indicator names that no dataset of one kind of area has, all of it."""
    for kind, named in indicator.datasets.items():
        if not any(all(yields(dataset, path) for path in counted(indicator)) for dataset in named):
            yield from (f"{kind}: {path}" for path in counted(indicator) if not any(yields(one, path) for one in named))


def test_there_are_more_than_eighty():
    assert len(INDICATORS) > 80


@EVERY
def test_indicator_can_be_answered_by_what_it_names(slug):
    indicator = INDICATORS[slug]
    named = {dataset for choices in indicator.datasets.values() for dataset in choices}

    assert (named or indicator.people) and named <= datasets()
    assert set(indicator.splice) <= named
    assert {(slug, one) for one in unanswered(indicator)} == {key for key in NOT_YET if key[0] == slug}
    assert [one for one in named if idle(one, indicator)] == [], "a dataset that can answer nothing of it"
    assert set(parts(indicator)) <= population_parts()


def idle(dataset, indicator):
    """Whether a dataset has nothing that the indicator counts, and nobody is waited for."""
    waited = any(key[0] == indicator.slug for key in NOT_YET)
    return not waited and not any(yields(dataset, path) for path in (*indicator.offences, *indicator.published))


@pytest.mark.parametrize(
    ("dataset", "path"),
    [
        ("mps-dashboard", "flagged/knife-crimes"),
        ("mps-borough", "crime/burglry"),
        ("mps-borough", "flagged/knife-crime"),
        ("police-uk-stop-search", "search/weapon"),
        ("marac-return", "domestic-abuse/marac/case"),
        ("treatment", "treatment/opium/in-treatment"),
        ("treatment", "treatment/opiates/in-treatmnt"),
        ("counts-by-period", "flagged/gang"),
        ("project-outputs", "delivery/projects/ignit/mentoring"),
        ("partner-counts", "crime/burgling"),
        ("nhs-fgm", "health/fgm/newly"),
        ("mopac-pas", "survey/police-do-good-job"),
        ("no-such-dataset", "crime/burglary"),
    ],
)
def test_a_slip_of_the_pen_would_be_noticed(dataset, path):
    assert not yields(dataset, path)


def test_what_is_published_has_names_at_all():
    assert all(len(measures) > 1 for measures in published().values())


def test_every_agreed_measure_is_read_by_an_indicator_and_is_of_a_template_that_takes_any_name():
    read = {path for indicator in INDICATORS.values() for path in counted(indicator)}

    assert {measure for measures in agreed().values() for measure in measures} <= read
    assert set(agreed()) <= set(all_templates())
    for template, measures in agreed().items():
        columns = all_templates()[template].columns
        patterns = [all_templates()[template].path, *(column.path for column in columns)]
        for measure in measures:
            assert any(fits(pattern, measure) for pattern in patterns if "{" in pattern), measure


def fits(pattern, measure):
    """Whether a measure is one that a column of a template can make; a whole one may have any number of parts."""
    part = "[a-z0-9/-]+" if pattern == "{measure}" else "[a-z0-9-]+"
    return re.fullmatch(re.sub(r"\{\w+\}", part, pattern), measure)


def test_every_printed_figure_has_an_indicator_of_its_name_and_one_that_answers_it():
    assert {indicator for indicator, _, _ in FIGURES} - set(INDICATORS) == set()
    assert {figure for figure in FIGURES if answered_by(*figure, INDICATORS) not in INDICATORS} == set()


def test_figures_are_those_of_the_documents():
    assert len(FIGURES) > 700
    assert len(DOCUMENTS) == 4


def test_what_a_document_speaks_of_has_an_indicator():
    assert {one.by for one in spoken_of()} - set(INDICATORS) == set()
    assert {one.document for one in spoken_of()} <= {*DOCUMENTS, SPOKEN_OF_ONLY}


def test_the_document_without_figures_is_spoken_for():
    assert any(one.document == SPOKEN_OF_ONLY for one in spoken_of())


@pytest.mark.parametrize(
    ("figure", "slug"),
    [
        (("knife-crime", "", "count"), "knife-crime"),
        (("knife-crime-with-injury", "", "percent"), "knife-crime-with-injury-share"),
        (("knife-crime-with-injury", "", "percent-change"), "knife-crime-with-injury"),
        (("domestic-abuse-victims", "male", "percent"), "domestic-abuse-victims-male"),
        (("domestic-abuse-with-injury", "", "percent"), "domestic-abuse-with-injury"),
        (("domestic-abuse-with-injury", "", "percent-change"), "domestic-abuse-violence-with-injury"),
        (("weapon-searches", "weapon-found", "count"), "weapon-searches-found"),
        (("idva-cases", "target", "count"), "idva-cases"),
    ],
)
def test_figure_is_answered_by_the_indicator_of_its_group_or_share(figure, slug):
    assert answered_by(*figure, INDICATORS) == slug


@EVERY
def test_indicator_reads_well_and_is_honest_of_what_is_better(slug):
    indicator = INDICATORS[slug]

    assert indicator.title[0].isupper()
    assert not indicator.noun.endswith(".") and indicator.why_it_matters.endswith(".")
    assert all(caveat.endswith(".") for caveat in indicator.caveats)
    assert re.fullmatch(r"20\d\d-\d\d", indicator.review)
    if indicator.denominator.against in (Against.WHOLE, Against.TARGET):
        assert indicator.multiplier == 100
    if any(path.startswith(("crime/drugs", "crime/weapons", "search")) for path in indicator.offences):
        assert indicator.polarity == "neither"


def test_titles_tell_indicators_apart():
    titles = [one.title for one in INDICATORS.values()]

    assert sorted(title for title in set(titles) if titles.count(title) > 1) == []
