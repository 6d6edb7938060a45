"""One indicator is read from one dataset throughout a document, so that no figure of it stands there with two values.

Two files of the same crimes never agree to the last record, and a question that reaches further back may be answered
best by another than the question before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from frankpledge.geography import AreaKind
from frankpledge.indicators.compute import Answer
from frankpledge.indicators.definition import Indicator


@dataclass
class OneDataset:
    """Which dataset has answered for each indicator and kind of area: the first that held anything."""

    _answered: dict[tuple[str, AreaKind], str] = field(default_factory=dict)

    def held_to(self, indicator: Indicator, kind: AreaKind) -> Indicator:
        """The indicator, to be read from the dataset that has answered for it, if any has."""
        dataset = self._answered.get((indicator.slug, kind))
        return replace(indicator, datasets={**indicator.datasets, kind: (dataset,)}) if dataset else indicator

    def keep(self, answer: Answer, kind: AreaKind) -> None:
        """Take note of what an answer was read from, if it is the first."""
        for one in answer.read_from:
            self._answered.setdefault((answer.indicator.slug, kind), one.dataset)
