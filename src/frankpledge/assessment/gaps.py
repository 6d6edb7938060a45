"""Gaps in what is known, found by looking at what is held: each with what would close it, and whom to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from frankpledge.assessment.datasets import dataset_title
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.definition import definition_files, hash_of, read_definition
from frankpledge.errors import NotHeldError
from frankpledge.findings.records import dataset_with, people_involved, read_people
from frankpledge.findings.wording import sentence_list
from frankpledge.geography import AreaKind
from frankpledge.indicators.choosing import held_series
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Runs
from frankpledge.model.estimate import Estimate
from frankpledge.periods import month_number, month_words
from frankpledge.sources.partner_sources import PUBLISHER
from frankpledge.sources.partners.template import NOT_RECORDED, all_templates
from frankpledge.sources.registry import all_sources
from frankpledge.sources.source import Source

# More names than this are not read.
_NAMED = 6
# Of fewer people a share not recorded says nothing.
_FEWEST = 10


@dataclass(frozen=True)
class Limits:
    """What is taken for a gap: ``definitions/gaps/gaps.yaml``.

    Attributes
    ----------
    months_allowed
        Word of a cadence → how old the newest month may be.
    not_recorded_above
        The share not recorded above which it is a gap.
    authorities
        Word of a sender's title → words by which the responsible authority is known.
    """

    months_allowed: Mapping[str, int]
    not_recorded_above: float
    authorities: Mapping[str, tuple[str, ...]]
    hash: str


@dataclass(frozen=True)
class Gap:
    """Something that is not known.

    Attributes
    ----------
    kind
        Which sort of gap: a heading of the table.
    what, closes
        What it is, and what would close it.
    ask
        Whom to ask.
    """

    kind: str
    what: Runs
    closes: Runs
    ask: str


@dataclass(frozen=True)
class FeedNotHeld:
    """A feed of which nothing is held: its title, the indicators it would tell, and whom to ask."""

    title: str
    indicators: tuple[str, ...]
    ask: str


def read_limits(overlay: Path | None = None) -> Limits:
    """The limits, the workspace's own in place of the packaged ones."""
    return _limits(definition_files("gaps", overlay)["gaps"])


@lru_cache
def _limits(path: Path) -> Limits:
    entry = read_definition(path)
    entry.only("schema", "months_allowed", "not_recorded_above", "authorities")
    months, authorities = entry.entry("months_allowed"), entry.entry("authorities")
    return Limits(
        months_allowed={word: months.whole(word) for word, _ in months.pairs()},
        not_recorded_above=entry.number("not_recorded_above"),
        authorities={word: authorities.texts(word) for word, _ in authorities.pairs()},
        hash=hash_of(path),
    )


def find_gaps(enquiry: Enquiry) -> list[Gap]:
    """Every gap in what is held, the worst sorts first; feeds of which nothing is held are told apart from them."""
    limits = read_limits(enquiry.workspace.definitions)
    enquiry.rests_on.add(limits.hash)
    return [
        *_no_figure(enquiry),
        *_incomplete(enquiry, limits),
        *_late(enquiry, limits),
        *_not_told(enquiry, limits),
        *_not_recorded(enquiry, limits),
        *_small_bases(enquiry),
        *_provisional(enquiry, limits),
        *_to_be_reviewed(enquiry),
    ]


def feeds_not_held(enquiry: Enquiry) -> list[FeedNotHeld]:
    """Feeds that would answer an indicator without a figure, and of which nothing at all is held."""
    limits = read_limits(enquiry.workspace.definitions)
    enquiry.rests_on.add(limits.hash)
    wanted: dict[str, list[str]] = defaultdict(list)
    for indicator in _without_figure(enquiry):
        for source in _datasets(enquiry, indicator):
            if not held_series(enquiry.warehouse, source.dataset):
                wanted[source.slug].append(indicator.title)
    sources = {slug: all_sources()[slug].source for slug in wanted}
    return [
        FeedNotHeld(dataset_title(sources[slug].dataset), tuple(titles), _whom(enquiry, sources[slug], limits))
        for slug, titles in wanted.items()
    ]


def _no_figure(enquiry: Enquiry) -> Iterator[Gap]:
    """Indicators all of whose feeds are held, and that have no figure all the same."""
    lacking = [
        one.title
        for one in _without_figure(enquiry)
        if not one.people and all(held_series(enquiry.warehouse, feed.dataset) for feed in _datasets(enquiry, one))
    ]
    if lacking:
        yield _gap(enquiry, "no figure", "", titles=_named(lacking))


def _without_figure(enquiry: Enquiry) -> list[Indicator]:
    return [one for one in _asked(enquiry) if all(each.missing for each in _current(enquiry, one))]


def _incomplete(enquiry: Enquiry, limits: Limits) -> Iterator[Gap]:
    """Months of own areas that a feed in use says are not whole."""
    used = sorted({one.dataset for indicator in _asked(enquiry) for one in _datasets(enquiry, indicator)})
    rows = enquiry.warehouse.con.execute(
        """
        SELECT dataset, area.name, min(coverage.first_month), max(coverage.last_month), reason
        FROM coverage JOIN series USING (series_id) JOIN area USING (area_id)
        WHERE state <> 'complete' AND list_contains($areas, area.code) AND list_contains($used, dataset)
          AND coverage.first_month <= $last AND coverage.last_month >= $first
        GROUP BY ALL ORDER BY ALL
        """,
        {
            "areas": list(enquiry.partnership.areas),
            "used": used,
            "first": enquiry.before.first,
            "last": enquiry.period.last,
        },
    ).fetchall()
    for dataset, area, first, last, reason in rows:
        yield _gap(
            enquiry, "incomplete", _whom(enquiry, _source(dataset), limits),
            feed=dataset_title(dataset), area=area, months=_months(first, last), reason=reason,
        )  # fmt: skip


def _late(enquiry: Enquiry, limits: Limits) -> Iterator[Gap]:
    """Feeds held whose newest month is older than their cadence lets one expect."""
    prepared = date.fromisoformat(enquiry.prepared)
    today = month_number(prepared.year, prepared.month)
    wanted = {one.slug: one for indicator in _asked(enquiry) for one in _datasets(enquiry, indicator)}
    for source in wanted.values():
        newest = max((one.last for one in held_series(enquiry.warehouse, source.dataset)), default=None)
        allowed = months_allowed(source.cadence, limits.months_allowed)
        if newest is not None and allowed is not None and today - newest > allowed:
            yield _gap(
                enquiry, "late", _whom(enquiry, source, limits),
                feed=dataset_title(source.dataset), newest=month_words(newest), cadence=source.cadence.split(";")[0],
            )  # fmt: skip


def months_allowed(cadence: str, allowed: Mapping[str, int]) -> int | None:
    """How old the newest month of a feed may be; None where its cadence has no word for it.

    >>> months_allowed("monthly, about two months after the month", {"monthly": 3})
    3
    """
    return next((months for word, months in allowed.items() if cadence.startswith(word)), None)


def _not_told(enquiry: Enquiry, limits: Limits) -> Iterator[Gap]:
    """What takes records with people, times or places, for the indicators that have none."""
    lacking: dict[str, list[str]] = defaultdict(list)
    for indicator in (one for one in _main(enquiry) if one.offences):
        for area in enquiry.authorities:
            for key in _records_lack(enquiry, indicator, area):
                lacking[key].append(indicator.title)
    whom = _responsible(enquiry, "police", limits)
    for key in ("no people", "no person codes", "no hours", "no places"):
        if key in lacking:
            yield _gap(enquiry, key, whom, titles=_named(lacking[key]))


def _records_lack(enquiry: Enquiry, indicator: Indicator, area: str) -> Iterator[str]:
    yield from filter(None, [_people_lack(enquiry, indicator, area)])
    for column, key in (("hour", "no hours"), ("longitude", "no places")):
        try:
            dataset_with(enquiry.warehouse, indicator, area, enquiry.period, column)
        except NotHeldError:
            yield key


def _people_lack(enquiry: Enquiry, indicator: Indicator, area: str) -> str:
    """The key of what is not told of who was involved; empty where somebody's code is."""
    warehouse, period, lacks = enquiry.warehouse, enquiry.period, "no people"
    try:
        dataset = dataset_with(warehouse, indicator, area, period, "reference")
    except NotHeldError:
        return lacks
    for role in ("victim", "suspect"):
        people = people_involved(warehouse, indicator, area, dataset, period, role)
        if any(people):
            return ""
        if people:
            lacks = "no person codes"
    return lacks


# What is known of a person, by the names the catalogue tells parts by → as SQL.
_KNOWN = {
    "sex": "sex",
    "age": f"CASE WHEN youngest IS NULL THEN '{NOT_RECORDED}' ELSE '' END AS age",
    "ethnicity": "ethnicity",
    "injury": "injury",
    "relationship": "relationship",
    "home": "home",
}


def _not_recorded(enquiry: Enquiry, limits: Limits) -> Iterator[Gap]:
    """What of the victims and suspects of the headline is not recorded too often; how often is told in words."""
    for area in enquiry.authorities:
        for role in ("victim", "suspect"):
            bands: dict[str, list[str]] = defaultdict(list)
            for word, share in _shares(enquiry, area, role).items():
                if share > limits.not_recorded_above:
                    bands[_how_much(share)].append(enquiry.wording.word("told_by", word).lower())
            for band, words in bands.items():
                yield _gap(
                    enquiry, "not recorded", _responsible(enquiry, "police", limits),
                    parts=sentence_list(words), role=role, noun=enquiry.headline.noun,
                    share=enquiry.wording.word("gap_shares", band),
                )  # fmt: skip


def _shares(enquiry: Enquiry, area: str, role: str) -> dict[str, float]:
    """What is known of a person → the share of whom it is not recorded; nothing where people are too few."""
    warehouse, period, indicator = enquiry.warehouse, enquiry.period, enquiry.headline
    try:
        dataset = dataset_with(warehouse, indicator, area, period, "reference")
    except NotHeldError:
        return {}
    if len(people_involved(warehouse, indicator, area, dataset, period, role)) < _FEWEST:
        return {}
    found = read_people(warehouse, indicator, area, dataset, period, role, ", ".join(_KNOWN.values()))
    return {word: float((found[word] == NOT_RECORDED).mean()) for word in _KNOWN}


def _how_much(share: float) -> str:
    return "three quarters" if share > 0.75 else "half" if share > 0.5 else "a fifth"


def _small_bases(enquiry: Enquiry) -> Iterator[Gap]:
    """Indicators whose rate is of so few that one event moves it by more than one."""
    small = [one.title for one in _asked(enquiry) if any(each.small_base for each in _current(enquiry, one))]
    if small:
        yield _gap(enquiry, "small base", "", titles=_named(small))


def _provisional(enquiry: Enquiry, limits: Limits) -> Iterator[Gap]:
    """Feeds in use whose months of the period are still to be revised."""
    used = {one.series for indicator in _asked(enquiry) for one in _current(enquiry, indicator) if one.series}
    for series in sorted(used, key=str):
        for held in held_series(enquiry.warehouse, series.dataset, series.release):
            if held.provisional_from is not None and held.provisional_from <= enquiry.period.last:
                yield _gap(
                    enquiry, "provisional", _whom(enquiry, _source(series.dataset), limits),
                    feed=dataset_title(series.dataset), month=month_words(held.provisional_from),
                )  # fmt: skip


def _to_be_reviewed(enquiry: Enquiry) -> Iterator[Gap]:
    """Indicators whose definition was to be reviewed by now."""
    past = [one.title for one in _asked(enquiry) if one.review < enquiry.prepared[: len(one.review)]]
    if past:
        yield _gap(enquiry, "review", enquiry.wording.word("gaps", "analysts"), titles=_named(past))


def _gap(enquiry: Enquiry, key: str, ask: str, **fillings: str) -> Gap:
    say = enquiry.wording
    return Gap(
        kind=say.word("gap_kinds", key),
        what=say.sentence("gaps", key, **fillings),
        closes=say.sentence("gap_closes", key, **fillings),
        ask=ask,
    )


def _asked(enquiry: Enquiry) -> list[Indicator]:
    """What the document assesses, and what the area is described by."""
    return list({**enquiry.profiled, **enquiry.indicators}.values())


def _main(enquiry: Enquiry) -> list[Indicator]:
    return [enquiry.named(slug) for slug in enquiry.definition.main_indicators]


def _current(enquiry: Enquiry, indicator: Indicator) -> list[Estimate]:
    assessed = indicator.slug in enquiry.indicators
    answer = enquiry.comparison(indicator) if assessed else enquiry.profile(indicator)
    return [answer.of(code, enquiry.period) for code in enquiry.areas]


def _datasets(enquiry: Enquiry, indicator: Indicator) -> list[Source]:
    """The feeds that could answer for the partnership's areas, in order of preference."""
    found = [_source(dataset) for dataset in indicator.datasets.get(AreaKind.AUTHORITY, ())]
    areas = enquiry.authorities
    return [one for one in found if one is not None and all(code.startswith(one.areas) for code in areas)]


def _source(dataset: str) -> Source | None:
    return next((one.source for one in all_sources().values() if one.source.dataset == dataset), None)


def _whom(enquiry: Enquiry, source: Source | None, limits: Limits) -> str:
    """Whom to ask for a feed: its publisher, or the responsible authority that sends it."""
    if source is None:
        return ""
    if source.publisher != PUBLISHER:
        return source.publisher.split(";")[0]
    return _responsible(enquiry, all_templates()[source.slug].sender, limits)


def _responsible(enquiry: Enquiry, sender: str, limits: Limits) -> str:
    """The responsible authorities that a sender's title names; the title itself where none is known by it."""
    marks = [mark for word, known in limits.authorities.items() if word in sender.lower() for mark in known]
    found = [one for one in enquiry.partnership.authorities if any(mark in one.lower() for mark in marks)]
    return sentence_list(found) if found else sender


def _named(titles: Iterable[str]) -> str:
    found = list(dict.fromkeys(f"“{one}”" for one in titles))
    if len(found) <= _NAMED:
        return sentence_list(found)
    return f"{', '.join(found[:_NAMED])} and {len(found) - _NAMED} more"


def _months(first: int, last: int) -> str:
    return month_words(first) if first == last else f"{month_words(first)} to {month_words(last)}"
