"""The young people behind serious violence: their risk factors, and what sets the serious re-offenders apart."""

from __future__ import annotations

from frankpledge.assessment.datasets import series_words
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.disclosure import treat_estimate
from frankpledge.errors import NotHeldError
from frankpledge.findings.figures import of_estimate, worked_out
from frankpledge.findings.followed import FollowedCohort, find_followed
from frankpledge.indicators.choosing import held_series
from frankpledge.indicators.compute import area_names
from frankpledge.model.document import Block, Cell, Column, Heading, Note, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.figure import Figure, Measure
from frankpledge.periods import Period, month_words
from frankpledge.statistics.cohorts import FactorsPerPerson
from frankpledge.statistics.rates import Interval

COHORT = "youth violence"
# Serious violence of the young is rare: the young people of one year are too few to say anything of.
_MONTHS = 36
_DISCOVERY = 0.05
_DATASET = "followed-people"


def youth_cohort(enquiry: Enquiry) -> list[Block]:
    """Everybody who began in the three years to the end of the period; their factors, and how the serious differ."""
    names = area_names(enquiry.warehouse, enquiry.partnership.areas)
    word = enquiry.wording.word
    blocks: list[Block] = []
    for code in enquiry.partnership.areas:
        blocks += _of_area(enquiry, code, names.get(code, code))
    return [Heading(1, word("youth cohort", "heading")), *blocks]


def _of_area(enquiry: Enquiry, code: str, name: str) -> list[Block]:
    say = enquiry.wording.sentence
    span = Period(enquiry.period.last - _MONTHS + 1, enquiry.period.last, enquiry.period.text)
    words = f"{month_words(span.first)} to {month_words(span.last)}"
    try:
        found = find_followed(enquiry.warehouse, code, COHORT, span)
    except NotHeldError:
        return [Note("information", say("youth cohort", "not held", area=name, period=words))]
    cohort = _Cohort(enquiry, found, name)
    if not found.enough_people:
        return [Note("information", say("followed", "too few people"))]
    people = Paragraph(say("youth cohort", "people", people=cohort.people(), area=name, period=words))
    again = [Paragraph(cohort.again())] if found.enough_followed else []
    return [people, *again, *cohort.per_person(), *cohort.compared()]


class _Cohort:
    """A cohort's numbers as a document for its audience may tell them."""

    def __init__(self, enquiry: Enquiry, found: FollowedCohort, name: str) -> None:
        self._enquiry, self._found, self._name = enquiry, found, name
        series = held_series(enquiry.warehouse, _DATASET)
        self._series = Series(_DATASET, series[-1].release) if series else None

    def _estimate(self, what: str, count: int, of: int, share: Interval | None = None) -> Estimate:
        """A count of people, and its share where there is one, treated for the audience."""
        exact = Estimate(
            indicator=f"youth-cohort/{what}",
            area_code=self._found.area_code,
            area_name=self._name,
            period=self._enquiry.period.text,
            numerator=count,
            denominator=of,
            value=None if share is None else 100 * share.value,
            low=None if share is None else 100 * share.low,
            high=None if share is None else 100 * share.high,
            method="wilson",
            status=Status.FINAL,
            series=self._series,
            population=None,
            definition="",
            policy="partners-records",
            invented=self._found.read.invented,
            per=100,
            unit="% of them",
            share=True,
        )
        return treat_estimate(exact, self._enquiry.audience)

    def people(self) -> Figure:
        """How many there are."""
        return of_estimate(self._estimate("people", self._found.people, self._found.people), Measure.COUNT)

    def again(self) -> Runs:
        """How many of those followed for a year offended again."""
        followed = self._found.followed
        estimate = self._estimate("again", followed.again, followed.people, followed.share)
        everybody = self._estimate("followed", followed.people, followed.people)
        return self._enquiry.wording.sentence(
            "youth cohort",
            "again",
            followed=of_estimate(everybody, Measure.COUNT),
            again=of_estimate(estimate, Measure.COUNT),
            share=of_estimate(estimate, Measure.RATE),
            low=of_estimate(estimate, Measure.LOW),
            high=of_estimate(estimate, Measure.HIGH),
        )

    def per_person(self) -> list[Block]:
        """Risk factors by person: the mean, and what it may be for what is not recorded."""
        found = self._found.per_person
        if found is None:
            return []
        blocks: list[Block] = [Paragraph(self._mean(found))]
        if self._found.never_recorded:
            names = self._factors(self._found.never_recorded)
            blocks.append(
                Note("information", self._enquiry.wording.sentence("followed", "never recorded", factors=names))
            )
        return blocks

    def _mean(self, found: FactorsPerPerson) -> Runs:
        behind = self._estimate("people", self._found.people, self._found.people)

        def number(what: str, value: float) -> Figure:
            return worked_out(behind, Measure.MEAN, value, (behind,), against=what)

        return self._enquiry.wording.sentence(
            "youth cohort",
            "mean",
            mean=number("mean", found.mean),
            least=number("least", found.least),
            most=number("most", found.most),
        )

    def compared(self) -> list[Block]:
        """Each factor among the serious re-offenders and among the rest."""
        found, say = self._found, self._enquiry.wording.sentence
        if not found.compared:
            return [Note("information", say("followed", "too few serious"))] if found.serious + found.rest else []
        serious = self._estimate("serious", found.serious, found.serious + found.rest)
        rest = self._estimate("rest", found.rest, found.serious + found.rest)
        notes = [
            say("youth cohort", "compared", serious=of_estimate(serious, Measure.COUNT),
                rest=of_estimate(rest, Measure.COUNT))
        ]  # fmt: skip
        if found.too_few:
            notes.append(say("followed", "too few recorded", factors=self._factors(found.too_few)))
        word = self._enquiry.wording.word
        table = Table(
            slug=f"youth-cohort-{found.area_code}",
            title=f"{word('youth cohort', 'table')}, {self._name}",
            columns=(
                Column("Risk factor"),
                *(
                    Column(title, True, side)
                    for side in ("Serious re-offenders", "The rest")
                    for title in ("%", "from", "to")
                ),
                Column("Difference beyond chance"),
            ),
            rows=tuple(self._row(name) for name in found.compared),
            source=f"{series_words(self._series)}." if self._series else "",
            notes=tuple(notes),
        )
        return [table]

    def _row(self, name: str) -> tuple[Cell, ...]:
        factor, word = self._found.compared[name], self._enquiry.wording.word
        sides = ((factor.some, factor.some_of, "serious"), (factor.rest, factor.rest_of, "rest"))
        estimates = [self._estimate(f"{name}/{side}", round(at.value * of), of, at) for at, of, side in sides]
        beyond = factor.q_value <= _DISCOVERY and all(one.status is Status.FINAL for one in estimates)
        more = "more" if factor.compared.difference.value > 0 else "less"
        return (
            word("risk factors", name),
            *(of_estimate(one, measure) for one in estimates for measure in (Measure.RATE, Measure.LOW, Measure.HIGH)),
            word("often", more) if beyond else word("youth cohort", "no difference"),
        )

    def _factors(self, names: tuple[str, ...]) -> str:
        return "; ".join(self._enquiry.wording.word("risk factors", name).lower() for name in names)
