"""A document that prose may ask: invented counts of Harrow and Barnet, judged by the rule."""

from types import SimpleNamespace

from frankpledge.definition import PACKAGED
from frankpledge.findings.figures import worked_out
from frankpledge.findings.judge import judge_change
from frankpledge.findings.wording import read_wording
from frankpledge.indicators.definition import read_indicator
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.figure import Measure
from frankpledge.periods import parse_period
from frankpledge.prose.markdown import Passage, parse_markdown

HARROW, BARNET = "E09000015", "E09000003"
AREAS = {HARROW: "Harrow", BARNET: "Barnet", "E05013541": "High Street", "E05013542": "High Street"}
PEOPLE = 250_000
# Burglary rose, robbery fell, shoplifting did neither, knife crime is too few, arson is not held before.
COUNTS = {
    ("burglary", HARROW, "2016"): 2500,
    ("burglary", HARROW, "2017"): 1500,
    ("burglary", HARROW, "2018"): 1800,
    ("burglary", BARNET, "2017"): 1800,
    ("burglary", BARNET, "2018"): 1400,
    ("robbery", HARROW, "2017"): 900,
    ("robbery", HARROW, "2018"): 450,
    ("shoplifting", HARROW, "2017"): 1000,
    ("shoplifting", HARROW, "2018"): 1010,
    ("knife-crime", HARROW, "2017"): 2,
    ("knife-crime", HARROW, "2018"): 3,
    ("arson", HARROW, "2018"): 40,
}
SLUGS = ("burglary", "robbery", "shoplifting", "knife-crime", "arson", "claimants", "domestic-homicide")


class Asking:
    """As `Asked` has it."""

    period = parse_period("2018")
    area = HARROW
    region_name = "London"
    wording = read_wording()
    areas_known = AREAS
    every_indicator = {slug: read_indicator(PACKAGED / "indicators" / f"{slug}.yaml") for slug in SLUGS}

    def estimate(self, slug, area, period):
        count = COUNTS.get((slug, area, period.text))
        rate = None if count is None else 1000 * count / PEOPLE
        return Estimate(
            indicator=slug,
            area_code=area,
            area_name=AREAS[area],
            period=period.text,
            numerator=count,
            denominator=PEOPLE,
            value=rate,
            low=rate and rate * 0.95,
            high=rate and rate * 1.05,
            method="byar" if count else "missing: not held",
            status=Status.FINAL if count else Status.MISSING,
            series=Series("mps-borough", "2021-07"),
            population=Series("population", "mid-2018"),
            definition="abc",
        )

    def finding(self, slug, area, period, against):
        return judge_change(self.estimate(slug, area, period), self.estimate(slug, area, against))

    def rank(self, slug, area, period, measure):
        ranked = [self.estimate(slug, code, period) for code in (HARROW, BARNET)]
        held = sorted((one for one in ranked if not one.missing), key=lambda one: one.value)
        if len(held) < 2:
            return None
        place = [one.area_code for one in held].index(area) + 1
        own = held[place - 1]
        value = {Measure.RANK: place, Measure.RANK_LOW: 1, Measure.RANK_HIGH: 2}[measure]
        return worked_out(own, measure, value, held, against="E12000007")


ASKED = Asking()


def passage(text):
    """The only passage of a text, and what was wrong with it."""
    (block,), problems = parse_markdown(text)
    assert problems == []
    (only,) = block.passages
    assert isinstance(only, Passage)
    return only


def write(folder, text, key="burglary"):
    """A text of a document in a workspace."""
    path = folder / "prose" / "strategic-assessment" / f"{key}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(problems):
    return [SimpleNamespace(line=one.line, what=one.what, to_do=one.to_do) for one in problems]
