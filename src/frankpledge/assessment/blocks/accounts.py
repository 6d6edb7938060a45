"""The document's account of itself: how old the data is, where sources differ, method, sources."""

from __future__ import annotations

from datetime import date

from frankpledge.assessment.datasets import dataset_title, populations_used, series_used, series_words
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.findings.figures import of_estimate, worked_out
from frankpledge.geography import AreaKind
from frankpledge.indicators.choosing import held_series
from frankpledge.indicators.compute import Answer, compute
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block, BulletList, Column, Heading, Paragraph, Runs, Table
from frankpledge.model.estimate import Estimate
from frankpledge.model.figure import Measure
from frankpledge.periods import month_number, month_words
from frankpledge.sources.registry import all_sources


def data_age(enquiry: Enquiry) -> list[Block]:
    """How old each series was on the day the document was made."""
    prepared = date.fromisoformat(enquiry.prepared)
    today = month_number(prepared.year, prepared.month)
    rows = []
    for dataset, release in series_used(enquiry):
        for held in held_series(enquiry.warehouse, dataset, release):
            months_old = today - held.last
            newest = held_series(enquiry.warehouse, dataset)[0].release == release
            provisional = "no: a newer release is held" if not newest else "none stated"
            if newest and held.provisional_from is not None:
                provisional = f"from {month_words(held.provisional_from)}"
            rows.append(
                (
                    dataset_title(dataset, publisher=True),
                    release,
                    month_words(held.last),
                    f"{months_old} months" if months_old >= 0 else "newer than this document",
                    provisional,
                )
            )
    if not rows:
        return []
    return [
        Heading(1, "How old the data is"),
        Paragraph(
            (f"On {prepared.day} {prepared:%B %Y}, the day this was made, the newest month of each release used was:",)
        ),
        Table(
            slug="data-age",
            title="Newest month of each series used, and its age",
            columns=(
                Column("Dataset"),
                Column("Release"),
                Column("Newest month"),
                Column("Age", True),
                Column("Still to be revised"),
            ),
            rows=tuple(rows),
            source="The releases named.",
        ),
    ]


def differences(enquiry: Enquiry) -> list[Block]:
    """Where parts and whole, or two releases, do not agree: by how much, and which was used."""
    if enquiry.kind is not AreaKind.AUTHORITY:
        return []
    indicator = enquiry.headline
    items = [*_parts_and_whole(enquiry, indicator), *_other_releases(enquiry, indicator)]
    if not items:
        return []
    return [
        Heading(1, "Where sources differ"),
        Paragraph(
            (
                "Figures for a whole area and for its wards can come from different tables, and a table is published "
                "anew with every year restated. No comparison here mixes them, save where a note says that releases "
                "are joined end to end; where they differ, this is by how much.",
            )
        ),
        BulletList(tuple(items)),
    ]


def _parts_and_whole(enquiry: Enquiry, indicator: Indicator) -> list[Runs]:
    found = []
    wholes = enquiry.comparison(indicator)
    for code in enquiry.partnership.areas:
        whole = wholes.of(code, enquiry.period)
        parts = enquiry.wards(indicator, code).at(enquiry.period)
        if not parts or whole.series is None or whole.missing or any(one.missing for one in parts):
            continue
        total = sum(one.numerator or 0 for one in parts)
        assert parts[0].series is not None
        found.append(
            enquiry.wording.sentence(
                "parts_and_whole",
                area=whole.area_name,
                noun=indicator.noun,
                period=enquiry.period.words(),
                parts=worked_out(whole, Measure.SUM_OF_PARTS, total, parts, against="wards"),
                parts_source=series_words(parts[0].series),
                whole=of_estimate(whole, Measure.COUNT),
                whole_source=series_words(whole.series),
                difference=worked_out(
                    whole, Measure.DIFFERENCE, total - (whole.numerator or 0), (whole, *parts), against="wards"
                ),
            )
        )
    return found


def _other_releases(enquiry: Enquiry, indicator: Indicator) -> list[Runs]:
    """The same figure in every other release that holds it."""
    used = enquiry.comparison(indicator).of(enquiry.partnership.areas[0], enquiry.period)
    if used.missing or used.series is None:
        return []
    found = []
    for other in held_series(enquiry.warehouse, used.series.dataset):
        if other.release in used.series.release.split(" + "):
            continue
        exact = compute(
            enquiry.warehouse, indicator, AreaKind.AUTHORITY, enquiry.partnership.areas,
            (enquiry.before, enquiry.period), pinned={**enquiry.pinned, other.dataset: other.release},
        )  # fmt: skip
        answer = enquiry.treated(exact)
        found += [_release_words(enquiry, answer, one) for one in answer.estimates if not one.missing]
    return found


def _release_words(enquiry: Enquiry, other: Answer, estimate: Estimate) -> Runs:
    period = next(p for p in (enquiry.before, enquiry.period) if p.text == estimate.period)
    used = enquiry.comparison(other.indicator).of(estimate.area_code, period)
    assert used.series is not None and estimate.series is not None
    release = estimate.series.release
    return enquiry.wording.sentence(
        "release_differs",
        area=estimate.area_name,
        period=period.words(),
        used=of_estimate(used, Measure.COUNT),
        used_release=used.series.release,
        other=worked_out(estimate, Measure.COUNT, estimate.numerator, (estimate,), against=release),
        other_release=release,
        difference=worked_out(
            used,
            Measure.DIFFERENCE,
            (estimate.numerator or 0) - (used.numerator or 0),
            (used, estimate),
            against=release,
        ),
    )


_METHOD = (
    "Rates are for residents, on the population of each period's own year unless a table says otherwise.",
    "Intervals hold the true rate in 95 of 100 cases: Byar's approximation from ten events, exact below.",
    "A change is called one only where a two-sided exact conditional test gives 5% or less. The test allows for how "
    "much the months of the last five years scatter. What stands in one list or table is tested together, so that of "
    "the changes called one no more than one in twenty is false, on average. Fewer than ten events in both periods "
    "together are too few to say.",
    "A rank's plausible range is what chance, and as much scatter as the area's own months show, could make of it, by "
    "simulation from the counts.",
    "A month without a record is nought only where the data is complete; anywhere else it is missing, and so is every "
    "period it lies in.",
)


def method(enquiry: Enquiry) -> list[Block]:
    """How the figures were made, in words."""
    return [Heading(1, "How the figures were made"), BulletList(tuple((words,) for words in _METHOD))]


def sources(enquiry: Enquiry) -> list[Block]:
    """Datasets, releases, publishers and licences, with what readers must know of each."""
    used = {*series_used(enquiry), *populations_used(enquiry)}
    datasets = {dataset for dataset, _ in used}
    rows = [_source_row(enquiry, dataset, {r for d, r in used if d == dataset}) for dataset in sorted(datasets)]
    caveats: list[Runs] = [
        (f"{registered.source.title}: {caveat}",)
        for registered in all_sources().values()
        if registered.source.dataset in datasets
        for caveat in registered.source.caveats
    ]
    return [
        Heading(1, "Sources and caveats"),
        Table(
            slug="sources",
            title="Datasets this document rests on",
            columns=(Column("Dataset"), Column("Files", True), Column("Releases"), Column("Licence")),
            rows=tuple(rows),
            source="Each file's name, hash and the day it was added are in the edition's evidence.",
        ),
        Heading(2, "What readers must know"),
        BulletList(tuple(caveats)),
    ]


def _source_row(enquiry: Enquiry, dataset: str, releases: set[str]) -> tuple[str, ...]:
    ((number, licence),) = enquiry.warehouse.con.execute(
        """
        SELECT count(*), any_value(licence) FROM load JOIN series USING (series_id)
        WHERE series.dataset = ? AND list_contains(?, series.release)
        """,
        [dataset, sorted(releases)],
    ).fetchall()
    files, licence = (number, licence) if number else (0, "figures of a published document")
    return (dataset_title(dataset, publisher=True), str(files), ", ".join(sorted(releases)), str(licence))
