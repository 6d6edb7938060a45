"""Ranks that cannot be told apart: advice, for the order may be right and yet mean nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Unit
from frankpledge.claims.listings import Listing
from frankpledge.claims.objections import Kind, Objection, Tested, objected
from frankpledge.claims.rules.superlative import Said, ranked_lists, ranks_said
from frankpledge.claims.told import told_of_names
from frankpledge.statistics.change import rate_difference

SLUG = "noise"
_LEAST_RANKED = 3


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Highest and lowest rates whose difference from the next is no larger than chance alone would bring."""
    people = next(iter(told_of_names(document)), None)
    if people is None:
        return
    listed = ranked_lists(document)
    for said, at in ranks_said(document):
        for counts in listed[at]:
            other = _next(said, counts, people.people)
            if other:
                yield from _advice(said, counts, other, people.people)


def _rates(counts: Listing, people: Mapping[str, Sequence[float]]) -> dict[str, float]:
    return {label: number.value / people[label][0] for label, number in counts.values.items() if people.get(label)}


def _next(said: Said, counts: Listing, people: Mapping[str, Sequence[float]]) -> str:
    """The label that comes next behind the one that is ranked, by what counts and people make."""
    if (
        counts.unit is not Unit.COUNT
        or counts.of_people
        or said.unit is not Unit.RATE
        or counts.values.keys() - people.keys()
    ):
        return ""
    if said.months is not None and counts.months != said.months:
        return ""
    rates = _rates(counts, people)
    ordered = sorted(rates, key=lambda label: rates[label], reverse=said.down)
    at = ordered.index(said.label) if said.label in ordered else -1
    ranked = at == said.nth and len(ordered) >= _LEAST_RANKED and at + 1 < len(ordered)
    return ordered[at + 1] if ranked else ""


def _advice(said: Said, counts: Listing, other: str, people: Mapping[str, Sequence[float]]) -> Iterator[Tested]:
    one, two = counts.values[said.label].value, counts.values[other].value
    if one != int(one) or two != int(two):
        return
    apart = rate_difference(int(two), int(one), people[other][0], people[said.label][0])
    if apart.low <= 0 <= apart.high:
        words = (
            f"The rates of {said.printed} and {counts.names[other]} ({as_words(one, 0)} and {as_words(two, 0)} "
            f"counted) differ by {as_words(abs(apart.value), 2)} per 1,000, which chance alone may bring."
        )
        yield objected(
            Objection(
                Kind.ADVICE,
                SLUG,
                said.sentence.text,
                place_of(said.sentence),
                (said.printed,),
                words,
                "Say that the two cannot be told apart.",
                0.65,
            )
        )
