"""One indicator is read from one dataset throughout a document, so that no figure of it stands there with two values.

Two files of the same crimes never agree to the last record, and a question that reaches further back may be answered
best by another than the question before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import Answer, compute, series_of
from frankpledge.indicators.definition import Indicator
from frankpledge.model.partnership import Partnership
from frankpledge.periods import Period
from frankpledge.warehouse.connection import Warehouse


@dataclass
class OneDataset:
    """Answers the questions of one document.

    Attributes
    ----------
    pinned
        Dataset → release held to.
    kind, areas, period
        What the document is of. The dataset that holds an indicator there is the one it is read from; where none does,
        the first that answers.
    """

    warehouse: Warehouse
    pinned: Mapping[str, str]
    kind: AreaKind
    areas: tuple[str, ...]
    period: Period
    _read_from: dict[tuple[str, AreaKind], str] = field(default_factory=dict)

    def answer(
        self,
        indicator: Indicator,
        kind: AreaKind,
        areas: Sequence[str],
        periods: Sequence[Period],
        region: Partnership | None = None,
    ) -> Answer:
        """Estimates of an indicator: see `compute`."""
        asked = indicator.slug, kind
        if asked not in self._read_from and kind is self.kind and len(indicator.datasets.get(kind, ())) > 1:
            self._settle(indicator)
        dataset = self._read_from.get(asked)
        held = replace(indicator, datasets={**indicator.datasets, kind: (dataset,)}) if dataset else indicator
        answer = compute(self.warehouse, held, kind, areas, periods, pinned=self.pinned, region=region)
        for one in answer.read_from:
            self._read_from.setdefault(asked, one.dataset)
        return replace(answer, indicator=indicator)

    def _settle(self, indicator: Indicator) -> None:
        """Take the dataset that holds the document's own areas: what it is compared with alone must not decide."""
        for periods in ((self.period.year_before(), self.period), (self.period,)):
            own = compute(self.warehouse, indicator, self.kind, self.areas, periods, pinned=self.pinned)
            for one in series_of(own.at(self.period)):
                self._read_from[indicator.slug, self.kind] = one.dataset
                return
