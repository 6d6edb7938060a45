"""Parts against a total that is told elsewhere: residents by age, offences by quarter, but for a slip of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from frankpledge.claims.arithmetic import as_words
from frankpledge.claims.documents import ReadDocument, place_of
from frankpledge.claims.grammar.quantities import Hedge, Quantity, Unit
from frankpledge.claims.listings import months_of, plain
from frankpledge.claims.objections import Kind, Objection, Tested
from frankpledge.claims.runs import Run, runs
from frankpledge.claims.slips import sum_slips
from frankpledge.claims.statements import Sentence
from frankpledge.claims.told import ToldOfNames, told_of_names

SLUG = "parts-of-total"
_LEAST_PARTS = 3
_LEAST_RESIDENTS = 15_000
_OFTEN = 2
_NEAR = 0.2
# A number of residents that ends so is rounded, and parts that are not rounded do not come to it.
_ROUND = 100
_SEXES = {"female residents", "male residents", "females", "males", "women", "men", "female", "male"}


def tested(document: ReadDocument) -> Iterator[Tested]:
    """Parts that come to a total told elsewhere once a slip in one of them is undone, and to none as they stand."""
    for known in told_of_names(document):
        totals = _totals(known)
        for sentence in known.sentences if totals else ():
            for run in runs(sentence):
                if _are_parts(sentence, run, known):
                    yield from _compared(sentence, run.values, totals)


def _totals(known: ToldOfNames) -> list[float]:
    """Counts of the own area that are told again and again, and its residents."""
    times = Counter(one.value for one in known.own_counts)
    residents = (one for one in known.people.get(known.own, ()) if one % _ROUND)
    return [*(value for value, number in times.items() if number >= _OFTEN), *dict.fromkeys(residents)]


def _are_parts(sentence: Sentence, run: Run, known: ToldOfNames) -> bool:
    """Whether a run is of all the counts of its sentence, each of a group and none of an area or a time."""
    counts = [one for one in sentence.quantities if one.unit is Unit.COUNT]
    labels = {plain(label) for label in run.labels}
    # Of offences and people in them the sex is now and then unknown; of residents it is not.
    residents = labels <= _SEXES and sum(one.value for one in run.values) >= _LEAST_RESIDENTS
    enough = len(run.values) >= _LEAST_PARTS or residents
    whole = run.unit is Unit.COUNT and len(counts) == len(run.values)
    exact = all(one.hedge is Hedge.EXACT and not one.number.step for one in run.values)
    groups = all(labels) and labels.isdisjoint({known.own, *known.people}) and not any(map(months_of, run.labels))
    return enough and whole and exact and groups


def _compared(sentence: Sentence, parts: Sequence[Quantity], totals: Sequence[float]) -> Iterator[Tested]:
    added = sum(one.value for one in parts)
    figures = tuple(one.printed for one in parts)
    if added in totals:
        yield Tested(place_of(sentence), figures, None)
        return
    printed = list(figures)
    for total in totals:
        near = abs(total - added) <= _NEAR * total
        if near and sum_slips(printed, as_words(total), total - added):
            yield Tested(place_of(sentence), figures, _objection(sentence, parts, added, total))
            return


def _objection(sentence: Sentence, parts: Sequence[Quantity], added: float, total: float) -> Objection:
    figures = tuple(one.printed for one in parts)
    words = f"{' + '.join(figures)} is {as_words(added)}, and {as_words(total)} is told elsewhere."
    suggestion = f"One of them is a slip: {as_words(abs(total - added))} apart."
    return Objection(Kind.ERROR, SLUG, sentence.text, place_of(sentence), figures, words, suggestion, 0.75)
