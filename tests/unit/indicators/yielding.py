"""What the packaged sources, label files and templates can yield: for asking whether an indicator can ever answer.

Written from the publishers' own words: each is put through the source's own naming, so that neither a slip in an
indicator nor a renamed path goes unnoticed.
"""

import re
from functools import cache, lru_cache

from frankpledge.definition import PACKAGED, definition_files, read_definition
from frankpledge.sources.claimant_count import claimant_path
from frankpledge.sources.imd import _measures as deprivation_measures
from frankpledge.sources.mopac_pas import _named as survey_names
from frankpledge.sources.mopac_pas import survey_path
from frankpledge.sources.nhs_fgm import fgm_path
from frankpledge.sources.partners.template import all_templates, known_paths
from frankpledge.sources.parts.census_paths import category_path, heading_path, topic_of
from frankpledge.sources.registry import all_sources
from frankpledge.sources.school_census import school_path
from frankpledge.warehouse.involved import read_involved

# Dataset → the lists of labels (definitions/sources) that its source reads.
LABELS = {
    "mps-borough": ("metropolitan-police",),
    "mps-ward": ("metropolitan-police",),
    "mps-lsoa": ("metropolitan-police",),
    "mps-dashboard": ("mps-dashboard",),
    "mps-dashboard-wards": ("mps-dashboard",),
    "mps-business-crime": ("mps-business-crime",),
    "police-uk-street": ("police-uk",),
    "police-uk-outcomes": ("police-uk-outcomes",),
    "police-uk-stop-search": ("police-uk-stop-search", "police-uk-search-flags"),
    "home-office-partnerships": ("home-office",),
    "home-office-forces": ("home-office",),
}

# Dataset → measures, each from the words in which its publisher writes it.
IMD_2015 = ("LSOA code (2011)", "Local Authority District code (2013)", "IMD_score", "IMD_rank", "IMD_decile")
IMD_2019 = ("lsoa11_code", "IMD_rank", "IMD_decile")
IMD_2025 = ("LSOA code (2021)", "IMD_score", "IMD_rank", "IMD_decile")
ELIGIBLE = ["Total", "Known to be eligible for free school meals"]


@lru_cache(maxsize=1)
def published():
    """Dataset → the measures that its source makes of its publisher's words."""
    return {
        "nhs-fgm": {fgm_path(words) for words in ("Newly Recorded", "Total Attendances", "Distinct Individuals")},
        "mopac-pas": {survey_path("PAS", words, survey_names()) for words in survey_names()},
        "claimant-count": {
            claimant_path(words, "Total", "All categories: Age 16+")
            for words in ("Claimant count", "Claimants as a proportion of residents aged 16-64")
        },
        "school-census": {
            *(school_path(ELIGIBLE, column) for column in ("headcount", "percent_of_pupils")),
            *(school_path(["Total"], column) for column in ("susp_rate", "perm_excl_rate", "headcount")),
        },
        "imd": {
            one.path for columns in (IMD_2015, IMD_2019, IMD_2025) for one in deprivation_measures(columns).values()
        },
    }


# Parts of the population, in the words of the Census and of mid-year estimates.
HEADINGS = (
    "Number of households",
    "Sex: Female",
    "Sex: Male",
    *(
        f"Religion: {one}"
        for one in (
            "Total: All usual residents", "No religion", "Christian", "Buddhist", "Hindu", "Jewish", "Muslim", "Sikh",
            "Other religion", "Not answered",
        )
    ),
    *(f"Disability: {one}" for one in ("Total: All usual residents", "Disabled under the Equality Act")),
    *(
        f"Highest level of qualification: {one}"
        for one in ("Total: All usual residents aged 16 years and over", "No qualifications")
    ),
    *(f"Sexual orientation: {one}" for one in ("Gay or Lesbian", "Bisexual", "All other sexual orientations")),
    *(f"Gender identity: {one}" for one in ("Trans woman", "Trans man")),
    *(f"Country of birth: {one}" for one in ("Total: All usual residents", "Europe: United Kingdom: England")),
    *(f"Country of birth: Middle East and Asia: Southern Asia: {one}" for one in ("India", "Sri Lanka", "Afghanistan")),
    "Country of birth: Europe: Other Europe: EU countries: "
    "Countries that joined the EU between April 2001 and March 2011: Romania",
    "Main language: Total: All usual residents aged 3 years and over",
    "Main language: Other European language (EU): Romanian",
    *(f"Tenure of household: {one}" for one in ("Total: All households", "Social rented")),
)  # fmt: skip
ETHNIC = (
    "Total", "Asian, Asian British or Asian Welsh", "Black, Black British, Black Welsh, Caribbean or African",
    "Mixed or Multiple ethnic groups", "White", "Other ethnic group",
)  # fmt: skip


@lru_cache(maxsize=1)
def population_parts():
    """Every part of the population that a source can yield."""
    ages = {f"residents/age/{age}" for age in range(91)}
    census = {heading_path(heading) for heading in HEADINGS} | {
        category_path(topic_of("Ethnic group"), category) for category in ETHNIC
    }
    return {"residents"} | ages | census


def lies_at_or_below(path, held):
    """Whether something held lies at a place in the tree or below it."""
    return any(one == path or one.startswith(f"{path}/") for one in held)


def yields(dataset, path):
    """Whether a dataset can have counts or values at a place in the tree."""
    if dataset in LABELS:
        return lies_at_or_below(path, labelled(dataset))
    if dataset in published():
        return path in published()[dataset]
    if dataset == "partner-people":
        return path in involved()
    template = next((one for one in all_templates().values() if one.dataset == dataset), None)
    return template is not None and _template_yields(template, path)


@cache
def labelled(dataset):
    """Every place that the labels of a dataset's source name."""
    found = set()
    for family in LABELS[dataset]:
        entry = read_definition(definition_files("sources")[family])
        found |= {one.text("offence") for key in ("labels", "groups") for one in entry.entries(key, [])}
    return frozenset(found)


@cache
def involved():
    """Every measure that victims and suspects are counted under."""
    found = read_involved(None)
    return {
        f"{role}/{group}/{part}".rstrip("/")
        for role in ("victims", "suspects")
        for group in found.groups
        for part in ("", *found.parts_of(role))
    }


def _template_yields(template, path):
    if template.of_kind("path"):
        return lies_at_or_below(path, known_paths())
    if lies_at_or_below(path, template.paths()):
        return True
    if path in agreed().get(template.slug, ()):
        return True
    return any(_fits(template, pattern, path) for pattern in _patterns(template))


def _patterns(template):
    """Paths with a part that a column of a few words fills in."""
    return [one.path for one in template.columns if "{" in one.path]


def _fits(template, pattern, path):
    """Whether a path fits a pattern, what fills it being one of the words that the column says it holds."""
    names = re.findall(r"\{(\w+)\}", pattern)
    found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[a-z0-9-]+)", pattern), path)
    return bool(found) and all(_says(template.column(name), found[name]) for name in names)


def _says(column, word):
    words = {one.strip().replace(" ", "-") for one in re.split(r",|;| or ", column.holds)}
    return word in words or word == column.empty


@lru_cache(maxsize=1)
def agreed():
    """Template → the measures whose names are agreed with those who send it."""
    found = {}
    for one in read_definition(PACKAGED / "feeds" / "agreed-measures.yaml").entries("measures"):
        found.setdefault(one.text("template"), set()).add(one.text("measure"))
    return found


def datasets():
    """Every dataset of a packaged source or template."""
    return {one.source.dataset for one in all_sources().values()}
