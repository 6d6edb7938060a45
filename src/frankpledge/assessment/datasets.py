"""Datasets by the names people know, for the lines under tables and the list of sources."""

from __future__ import annotations

from functools import lru_cache

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.definition import definition_files, read_definition
from frankpledge.indicators.compute import populations_of, series_of
from frankpledge.model.estimate import Series
from frankpledge.sources.registry import all_sources


def dataset_title(dataset: str, *, publisher: bool = False) -> str:
    """A dataset's title, with its publisher where wanted; a set of printed populations by its own title."""
    for registered in all_sources().values():
        source = registered.source
        if source.dataset == dataset:
            return f"{source.title} ({source.publisher})" if publisher else source.title
    return _printed_titles().get(dataset, dataset)


def series_words(series: Series) -> str:
    """A series in words: “Recorded crime by borough, release 2021-07”."""
    return f"{dataset_title(series.dataset)}, release {series.release}"


def series_used(enquiry: Enquiry) -> list[tuple[str, str]]:
    """Dataset and release of everything a figure was read from, releases joined taken apart."""
    read = series_of(enquiry.shown_alone).union(*(answer.read_from for answer in enquiry.answers))
    return sorted({(one.dataset, release) for one in read for release in one.release.split(" + ")})


def populations_used(enquiry: Enquiry) -> set[tuple[str, str]]:
    """Dataset and release of every population that a rate was made with."""
    used = populations_of(enquiry.shown_alone).union(*(answer.populations for answer in enquiry.answers))
    return {(one.dataset, one.release.partition(", ")[0]) for one in used}


@lru_cache(maxsize=1)
def _printed_titles() -> dict[str, str]:
    return {slug: read_definition(path).text("title") for slug, path in definition_files("published").items()}
