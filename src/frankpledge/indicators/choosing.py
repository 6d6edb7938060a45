"""Choosing the one series that serves a whole comparison.

Datasets in the order the definition prefers them; in each the pinned release, or the newest first; then
releases joined end to end, where the definition allows it. The first that covers every area and period
asked for is read. Where none does, the one that covers most of them is, and the rest is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from frankpledge.errors import NotHeldError
from frankpledge.geography import AreaKind
from frankpledge.indicators.counting import Span
from frankpledge.indicators.coverage import NOT_HELD, Coverage, coverage_of
from frankpledge.indicators.definition import Against, Indicator
from frankpledge.indicators.drawn import drawn_datasets
from frankpledge.indicators.people import PIN
from frankpledge.model.estimate import Series
from frankpledge.periods import Period
from frankpledge.sources.registry import all_sources
from frankpledge.warehouse.connection import Warehouse


@dataclass(frozen=True)
class HeldSeries:
    """A series as the warehouse holds it."""

    series_id: int
    dataset: str
    release: str
    first: int
    last: int
    provisional_from: int | None
    policy: str
    invented: bool


@dataclass(frozen=True)
class Selection:
    """What is read: spans of one series, or of several releases joined.

    Attributes
    ----------
    series
        Dataset and release, as printed.
    spans
        Months of each release.
    offence_ids
        The offences counted.
    less_ids
        Those taken from them.
    whole_ids
        Those that they are set against, where they are a share or have a target.
    coverage
        For which months of which areas it is complete.
    provisional_from
        First month still likely to be revised.
    """

    series: Series
    spans: tuple[Span, ...]
    offence_ids: tuple[int, ...]
    less_ids: tuple[int, ...]
    whole_ids: tuple[int, ...]
    coverage: Coverage
    provisional_from: int | None
    policy: str
    invented: bool

    @property
    def joined(self) -> bool:
        """Whether releases were joined, which must then be shown."""
        return len(self.spans) > 1


def choose(
    warehouse: Warehouse,
    indicator: Indicator,
    kind: AreaKind,
    areas: Sequence[str],
    periods: Sequence[Period],
    pinned: Mapping[str, str],
) -> Selection | None:
    """The series to read; None when no dataset held tells these offences apart for this kind of area."""
    best: tuple[tuple[int, int], Selection] | None = None
    datasets = indicator.datasets.get(kind, ())
    if kind is AreaKind.OWN and not datasets:
        datasets = drawn_datasets(warehouse, indicator.datasets, areas)
    candidates = warehouse.once(
        (
            indicator.offences,
            indicator.less,
            _whole(indicator),
            indicator.must_include,
            datasets,
            indicator.splice,
            kind,
            tuple(sorted(pinned.items())),
        ),
        lambda: list(_candidates(warehouse, indicator, kind, datasets, pinned)),
    )
    # Who holds to a release would not have another dataset speak where it is silent.
    candidates = [one for one in candidates if one.series.dataset in pinned] or candidates
    for selection in candidates:
        reasons = [selection.coverage.why_missing(code, period) for code in areas for period in periods]
        gaps = sum(map(bool, reasons))
        if gaps == 0:
            return selection
        # Of two with as many gaps, the one that holds the data can say what is wrong with it.
        lack = gaps, sum(reason.startswith(NOT_HELD) for reason in reasons)
        if best is None or lack < best[0]:
            best = (lack, selection)
    return best[1] if best else None


def _candidates(
    warehouse: Warehouse, indicator: Indicator, kind: AreaKind, datasets: Sequence[str], pinned: Mapping[str, str]
) -> Iterator[Selection]:
    for dataset in datasets:
        releases = held_series(warehouse, dataset, pinned.get(dataset))
        for one in releases:
            yield from _selection(warehouse, indicator, kind, (one,))
        if dataset in indicator.splice and len(releases) > 1 and dataset not in pinned:
            yield from _selection(warehouse, indicator, kind, _end_to_end(releases))


def held_series(warehouse: Warehouse, dataset: str, release: str | None = None) -> list[HeldSeries]:
    """The releases held of a dataset, newest first."""
    every = warehouse.once(("series",), lambda: _every_series(warehouse))
    return [one for one in every.get(dataset, ()) if release in (None, one.release)]


def _every_series(warehouse: Warehouse) -> dict[str, list[HeldSeries]]:
    """Dataset → its releases that hold any month, newest first."""
    rows = warehouse.con.execute(
        """
        SELECT series_id, dataset, release, first_month, last_month, provisional_from, policy, invented
        FROM series WHERE first_month IS NOT NULL ORDER BY release DESC
        """
    ).fetchall()
    found: dict[str, list[HeldSeries]] = {}
    for row in rows:
        one = HeldSeries(*row)
        found.setdefault(one.dataset, []).append(one)
    return found


def check_pins(warehouse: Warehouse, pinned: Mapping[str, str]) -> None:
    """Refuse a pin to what is not held: it would make every figure missing without a word.

    Raises
    ------
    NotHeldError
        Naming the pin, and what is held.
    """
    rows = warehouse.con.execute("SELECT dataset, release FROM series WHERE release <> '' ORDER BY ALL").fetchall()
    for dataset, release in pinned.items():
        if dataset == PIN:
            sets = {held for held, _ in rows if held.endswith("population") or held.endswith("populations")}
            _check_held(f"{dataset}={release}", release, sets)
        else:
            _check_held(f"{dataset}={release}", release, {other for held, other in rows if held == dataset})


def _check_held(pin: str, wanted: str, held: set[str]) -> None:
    if wanted not in held:
        raise NotHeldError(
            f"The pin {pin} names what is not held here.",
            f"Held: {', '.join(sorted(held)) or 'nothing of that dataset'}. See “frankpledge sources”.",
        )


def _end_to_end(releases: Sequence[HeldSeries]) -> tuple[HeldSeries, ...]:
    """The newest release, and before it those that reach further back, oldest first."""
    chain: list[HeldSeries] = []
    for one in releases:
        if not chain or one.first < chain[-1].first:
            chain.append(one)
    return tuple(reversed(chain))


def _selection(
    warehouse: Warehouse, indicator: Indicator, kind: AreaKind, releases: Sequence[HeldSeries]
) -> Iterator[Selection]:
    spans = _spans(releases)
    newest = releases[-1]
    groups = [indicator.offences, indicator.less, _whole(indicator)]
    found = [_offences(warehouse, paths, spans) for paths in groups]
    if not found[0] or not all(ids for ids, paths in zip(found, groups, strict=True) if paths):
        return
    if not _includes_all(warehouse, indicator, newest.dataset, spans):
        return
    every = tuple(sorted({number for ids in found for number in ids}))
    yield Selection(
        series=Series(newest.dataset, " + ".join(one.release for one in releases)),
        spans=spans,
        offence_ids=found[0],
        less_ids=found[1],
        whole_ids=found[2],
        coverage=coverage_of(warehouse, spans, every, kind),
        provisional_from=newest.provisional_from,
        # The strictest of what is joined.
        policy=max((one.policy for one in releases), key=lambda policy: policy != "open"),
        invented=any(one.invented for one in releases),
    )


def _spans(releases: Sequence[HeldSeries]) -> tuple[Span, ...]:
    """Each release up to the month before the next begins: the newer always stands."""
    ends = [later.first - 1 for later in releases[1:]] + [releases[-1].last]
    return tuple(Span(one.series_id, one.first, min(one.last, end)) for one, end in zip(releases, ends, strict=True))


def _whole(indicator: Indicator) -> tuple[str, ...]:
    """Places in the tree that the count is set against: none where it is set against people."""
    counted = indicator.denominator.against in (Against.WHOLE, Against.TARGET)
    return indicator.denominator.parts if counted else ()


def _offences(warehouse: Warehouse, paths: Sequence[str], spans: Sequence[Span]) -> tuple[int, ...]:
    """What lies at places in the tree, or nothing where a series does not tell one of them apart."""
    counted: set[int] = set()
    for path in paths:
        for span in spans:
            there = _offences_at(warehouse, path, span.series_id)
            if not there:
                return ()
            counted |= there
    return tuple(sorted(counted))


def _offences_at(warehouse: Warehouse, path: str, series_id: int) -> set[int]:
    return {number for place, number in _offences_of(warehouse, series_id).items() if _lies_at(place, path)}


def _offences_of(warehouse: Warehouse, series_id: int) -> dict[str, int]:
    """Place in the tree → number, of the offences that a series tells apart."""
    return warehouse.once(
        ("offences of", series_id),
        lambda: dict(
            warehouse.con.execute(
                "SELECT path, offence_id FROM series_offence JOIN offence USING (offence_id) WHERE series_id = ?",
                [series_id],
            ).fetchall()
        ),
    )


def _lies_at(place: str, path: str) -> bool:
    """Whether a place in the tree is another, or a part of it."""
    return place == path or place.startswith(f"{path}/")


def _includes_all(warehouse: Warehouse, indicator: Indicator, dataset: str, spans: Sequence[Span]) -> bool:
    """Whether a dataset whose files hold what their sender chose has all that the indicator must include."""
    chosen = any(one.source.part_of_offences for one in all_sources().values() if one.source.dataset == dataset)
    return not chosen or all(_holds(warehouse, span, path) for span in spans for path in indicator.must_include)


def _holds(warehouse: Warehouse, span: Span, path: str) -> bool:
    """Whether a series has an offence: by itself, by a part of it, or within a wider category."""
    return any(_lies_at(place, path) or _lies_at(path, place) for place in _offences_of(warehouse, span.series_id))
