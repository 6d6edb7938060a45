"""Priorities recommended by a stated method: scores on criteria, their weighted mean, places with ties.

The method is text (``definitions/priorities/method.yaml``): weights, bands and candidates. Nothing here decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from frankpledge.definition import Entry, definition_files, hash_of, read_definition

HIGHEST = 4
HALVED, DOUBLED = 0.5, 2.0


@dataclass(frozen=True)
class Criterion:
    """What candidates are scored on.

    Attributes
    ----------
    how
        How the score comes about, in words.
    bands
        Word → score, or score → least number for it, as the criterion takes.
    """

    slug: str
    title: str
    how: str
    weight: float
    bands: Mapping[str, float]

    def from_word(self, word: str) -> int | None:
        """The score of a word; None where the bands have none such."""
        return int(self.bands[word]) if word in self.bands else None

    def from_number(self, number: float) -> int:
        """The score of a number: the highest whose least number it reaches."""
        return max((int(score) for score, least in self.bands.items() if number >= least), default=0)


@dataclass(frozen=True)
class Candidate:
    """An indicator that may be recommended.

    Attributes
    ----------
    concern
        Survey indicators that tell public concern about it, in order of preference.
    control
        What the partnership's analysts judge it can do about it, 0 to 4; None where none is written.
    """

    indicator: str
    concern: tuple[str, ...]
    control: int | None


@dataclass(frozen=True)
class Method:
    """The method as its definition states it.

    Attributes
    ----------
    words, review
        The method in words, and the month by which it is to be reviewed.
    least_share
        Share of all weights that a candidate must be scored on to be given a place.
    """

    words: str
    review: str
    least_share: float
    criteria: tuple[Criterion, ...]
    candidates: tuple[Candidate, ...]
    hash: str

    def weights(self) -> dict[str, float]:
        """Criterion → weight."""
        return {one.slug: one.weight for one in self.criteria}


@dataclass(frozen=True)
class Place:
    """A candidate's place.

    Attributes
    ----------
    score
        From 0 to 100.
    place
        1 the highest; those alike share the best of theirs.
    tied
        Whether another has the same.
    """

    candidate: str
    score: float
    place: int
    tied: bool


def read_method(overlay: Path | None = None) -> Method:
    """The method, the workspace's own in place of the packaged one."""
    path = definition_files("priorities", overlay)["method"]
    entry = read_definition(path)
    entry.only("schema", "title", "review", "method", "least_share", "criteria", "candidates")
    return Method(
        words=entry.text("method"),
        review=entry.text("review"),
        least_share=entry.number("least_share"),
        criteria=tuple(_criterion(one) for one in entry.entries("criteria")),
        candidates=tuple(_candidate(one) for one in entry.entries("candidates")),
        hash=hash_of(path),
    )


def _criterion(entry: Entry) -> Criterion:
    entry.only("criterion", "weight", "title", "how", "bands")
    bands = entry.entry("bands", None)
    weight = entry.number("weight")
    if weight < 0:
        raise entry.problem("a weight is nought or more.", "Write 0 to leave the criterion out.", "weight")
    return Criterion(
        slug=entry.text("criterion"),
        title=entry.text("title"),
        how=entry.text("how"),
        weight=weight,
        bands={word: bands.number(word) for word, _ in bands.pairs()},
    )


def _candidate(entry: Entry) -> Candidate:
    entry.only("indicator", "concern", "control")
    control = entry.whole("control") if "control" in entry.values else None
    if control is not None and not 0 <= control <= HIGHEST:
        raise entry.problem("control is from 0 to 4.", "Write one of 0, 1, 2, 3, 4.", "control")
    return Candidate(entry.text("indicator"), entry.texts("concern", []), control)


def score(parts: Mapping[str, int | None], weights: Mapping[str, float], least_share: float) -> float | None:
    """The weighted mean of the parts that could be scored, from 0 to 100; None where they are too few.

    >>> score({"harm": 4, "level": None, "trend": 2}, {"harm": 2, "level": 1, "trend": 1}, 0.5)
    83.33333333333333
    """
    scored = {name: part for name, part in parts.items() if part is not None and weights[name] > 0}
    weight = sum(weights[name] for name in scored)
    if not scored or weight < least_share * sum(weights.values()):
        return None
    return 100 / HIGHEST * sum(weights[name] * part for name, part in scored.items()) / weight


def places(
    candidates: Mapping[str, Mapping[str, int | None]], weights: Mapping[str, float], least_share: float
) -> list[Place]:
    """Candidates by score, the highest first; those that cannot be given a place are left out.

    A criterion on which none of them was scored is left aside.
    """
    usable = {name for parts in candidates.values() for name, part in parts.items() if part is not None}
    used = {name: weight if name in usable else 0.0 for name, weight in weights.items()}
    scores = {name: score(parts, used, least_share) for name, parts in candidates.items()}
    known = {name: value for name, value in scores.items() if value is not None}
    rounded = [round(value) for value in known.values()]
    found = [
        Place(name, value, 1 + sum(other > round(value) for other in rounded), rounded.count(round(value)) > 1)
        for name, value in known.items()
    ]
    return sorted(found, key=lambda one: (one.place, one.candidate))


def moved(method: Method, candidates: Mapping[str, Mapping[str, int | None]]) -> dict[tuple[str, float], list[Place]]:
    """The places when one weight at a time is halved and doubled: (criterion, factor) → places."""
    weights = method.weights()
    return {
        (name, factor): places(candidates, {**weights, name: weight * factor}, method.least_share)
        for name, weight in weights.items()
        for factor in (HALVED, DOUBLED)
    }


def reach(candidate: str, trials: Sequence[Sequence[Place]]) -> tuple[int, int] | None:
    """The best and the worst place a candidate takes in several trials; None where it takes none."""
    taken = [one.place for trial in trials for one in trial if one.candidate == candidate]
    return (min(taken), max(taken)) if taken else None
