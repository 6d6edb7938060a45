"""Invented council documents, clean or with one planted slip, and the same as Markdown.

`make` is deterministic by seed. All figures come from one invented world, each printed by its own rounding; a slip
prints one token wrong in an otherwise clean document.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

from frankpledge.claims.published import PassageKind, PublishedDocument
from tests.claims.planted import boxes, counts, days, plain, points, ranks, rates, shares, spans, totals
from tests.claims.planted.assembling import Assembled, assemble, laid_out, published, stated
from tests.claims.planted.changes import tell_change
from tests.claims.planted.model import AnyDraft, Draft, Planted, Relation, Slip, SlipKind, Stated, Statement
from tests.claims.planted.periods import day_text
from tests.claims.planted.sections import Writer
from tests.claims.planted.slips import plant
from tests.claims.planted.telling import Teller
from tests.claims.planted.world import world

__all__ = ["Planted", "Relation", "Slip", "SlipKind", "Stated", "as_markdown", "make"]

# Blocks of a document, from fewest to most.
FEWEST, MOST = 8, 25

# Tries for a slip: documents drawn until one has a figure that the slip can be made of.
TRIES = 60


def make(seed: int, slip: SlipKind | None) -> Planted:
    """A document by its seed; clean, or with one slip of a kind."""
    for attempt in range(TRIES):
        # A string seeds the same everywhere.
        rng = Random(f"planted {seed} {attempt}")
        made = _document(seed, rng, slip)
        with_date = rng.random() < 0.5
        if slip is None:
            return Planted(published(made, with_date), None, stated(made))
        if planted := plant(made, slip, rng):
            return Planted(published(made, with_date), planted, stated(made))
    raise AssertionError(f"no document of seed {seed} is fit for {slip}")


def as_markdown(document: PublishedDocument) -> str:
    """A document as Markdown, tables in pipes; lines are those of its places."""
    lines: list[str] = []
    for first, block in laid_out(list(document.blocks)):
        lines += [""] * (first - 1 - len(lines)) + block
    return "\n".join(lines) + "\n"


def _document(seed: int, rng: Random, slip: SlipKind | None) -> Assembled:
    made_world = world(rng)
    teller = Teller(rng, made_world)
    writer = Writer(teller)
    drafts = _title(teller)
    wanted = rng.randint(FEWEST + 3, MOST)
    for section in _sections(writer, rng):
        if len(drafts) < max(FEWEST, wanted - 3) or not (writer.tables and writer.about):
            drafts += section()
    drafts = drafts[:MOST]
    if slip is not None:
        _ensure(writer, slip, drafts)
    return assemble(f"planted-{seed}.txt", made_world.dated, drafts)


def _title(teller: Teller) -> list[AnyDraft]:
    """Title and date, as every document has them."""
    place = teller.world
    year = place.dated.year
    facts = {"area": place.borough.name, "council": place.council, "year": year, "to": year + 3}
    title = teller.pick(plain.TITLES).format(**facts)
    pattern = teller.rng.choice(["{d} {month} {y}", "{d} {month} {y}", "{th} {month} {y}", "{dd}/{m}/{y}"])
    dated = teller.pick(plain.DATED).format(day=day_text(place.dated, pattern), **facts)
    return [
        Draft(PassageKind.HEADING, [Statement([title])], 1),
        Draft(PassageKind.PARAGRAPH, [Statement([dated])]),
    ]


def _sections(writer: Writer, rng: Random) -> list[Callable[[], list[AnyDraft]]]:
    """Sections in order, not yet written: people and the first topic come early, for they are wanted most."""
    series = list(writer.teller.world.series)
    rich = rng.random() < 0.5
    later = [partial(writer.topic, one, series[:1], rich) for one in series[1 : rng.randint(2, len(series))]]
    later += [part for part in (writer.survey, writer.money, writer.other) if rng.random() < 0.55]
    rng.shuffle(later)
    if rng.random() < 0.3:
        later.insert(0, partial(boxes.findings, writer.teller, series[:4]))
    first = [writer.other] if rng.random() < 0.3 else []
    return [*first, writer.people, partial(writer.topic, series[0], series[1:], True), *later, writer.other]


_FIT = {
    SlipKind.CHANGE_OF_COUNTS: [tell_change],
    SlipKind.PERCENT_OF_COUNTS: [tell_change],
    SlipKind.DIRECTION: [tell_change, rates.tell_rate_change],
    SlipKind.RATE_OF_COUNT: [rates.tell_rate, rates.tell_beside, counts.tell_again],
    SlipKind.SHARE_OF_WHOLE: [shares.tell_part, shares.tell_detected],
    SlipKind.SHARES_OF_HUNDRED: [shares.tell_split],
    SlipKind.PARTS_OF_TOTAL: [totals.tell_total, totals.tell_quarters],
    SlipKind.AVERAGE_OF_PERIOD: [totals.tell_average, totals.tell_other_average, totals.tell_yearly],
    SlipKind.SAME_QUANTITY: [counts.tell_count],
    SlipKind.SUPERLATIVE: [ranks.tell_rate_rank, ranks.tell_month_rank, ranks.tell_part_rank],
    SlipKind.UNIT: [points.tell_detection, rates.tell_rate],
}
_FIT_ALONE = {
    SlipKind.DATES: [days.tell_day],
    SlipKind.SPAN: [spans.tell_span],
    SlipKind.SHARES_OF_HUNDRED: [shares.tell_answers, shares.tell_residents],
    SlipKind.UNIT: [points.tell_measure, totals.tell_budget],
}


def _ensure(writer: Writer, slip: SlipKind, drafts: list[AnyDraft]) -> None:
    """One more sentence that a slip of this kind can be made of, where sentences of its topic stand."""
    teller, rng = writer.teller, writer.teller.rng
    of_topic, alone = _FIT.get(slip, []), _FIT_ALONE.get(slip, [])
    if not (of_topic or alone) or rng.random() < 0.3:
        return
    if of_topic and (not alone or rng.random() < 0.6):
        series = rng.choice([one for one in teller.world.series if one.topic.key in writer.about])
        home = [one for one in writer.about[series.topic.key] if any(one is draft for draft in drafts)]
        sentence = rng.choice(of_topic)(teller, series)
    else:
        texts = [one for one in drafts[2:] if isinstance(one, Draft) and one.kind is PassageKind.PARAGRAPH]
        home = [one for one in texts if not one.text().endswith(":")]
        sentence = rng.choice(alone)(teller)
    if home:
        rng.choice(home).statements.append(sentence)
