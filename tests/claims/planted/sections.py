"""Sections of a document: of a topic, of people, a survey, money, governance; each a list of drafts."""

from __future__ import annotations

from collections.abc import Callable

from frankpledge.claims.published import PassageKind
from tests.claims.planted import (
    boxes,
    changes,
    counts,
    days,
    mixed,
    plain,
    points,
    ranks,
    rates,
    shares,
    spans,
    tables,
    totals,
)
from tests.claims.planted.distractors import tell_distractor
from tests.claims.planted.model import AnyDraft, Draft, Statement, TableDraft
from tests.claims.planted.telling import Teller
from tests.claims.planted.world import Series

_Tell = Callable[[Teller, Series], Statement]

# How often each kind of sentence is drawn in a topic's section.
OF_TOPIC: tuple[tuple[_Tell, float], ...] = (
    (changes.tell_change, 4.0),
    (changes.tell_compared, 1.3),
    (changes.tell_longer, 1.0),
    (changes.tell_run, 1.2),
    (rates.tell_rate_change, 1.0),
    (rates.tell_rate, 2.0),
    (rates.tell_beside, 1.3),
    (rates.tell_special, 0.5),
    (counts.tell_count, 2.2),
    (counts.tell_again, 0.8),
    (points.tell_detection, 0.9),
    (shares.tell_part, 2.6),
    (shares.tell_detected, 1.2),
    (shares.tell_split, 1.1),
    (totals.tell_total, 1.2),
    (totals.tell_quarters, 0.7),
    (totals.tell_average, 1.3),
    (totals.tell_other_average, 0.8),
    (ranks.tell_rate_rank, 1.2),
    (ranks.tell_count_rank, 0.7),
    (ranks.tell_month_rank, 0.9),
    (ranks.tell_part_rank, 0.7),
    (mixed.tell_pair, 1.3),
    (mixed.tell_minuted, 0.8),
    (mixed.tell_of_region, 0.7),
    (mixed.tell_short_change, 1.2),
    (mixed.tell_of_years, 0.7),
    (mixed.tell_of_areas, 0.7),
    (mixed.tell_times, 0.5),
)
_OF_ALL: tuple[tuple[Callable[[Teller], Statement], float], ...] = (
    (plain.tell_plain, 5.0),
    (tell_distractor, 2.2),
    (days.tell_day, 0.9),
    (spans.tell_span, 0.6),
)


class Writer:
    """Writes sections, numbers what is numbered, and keeps within four tables."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.numbered = tables.Numbered(teller)
        self.tables = 0
        self.headings = 0
        self.paragraphs = 0
        # Paragraphs by the topic they are about, for sentences that do not name it.
        self.about: dict[str, list[Draft]] = {}
        rng = teller.rng
        self.heading_form = rng.choice(["{title}", "{title}", "{n}. {title}", "{n} {title}", "Section {n}: {title}"])
        self.paragraph_form = rng.choice(["", "", "", "", "{n}.{p} "])

    def heading(self, template: str, series: Series | None = None, level: int = 2) -> Draft:
        """A heading, numbered where the document numbers them."""
        world = self.teller.world
        theme = series.topic.theme if series else ""
        title = template.format(theme=theme, area=world.borough.name)
        title = title[:1].upper() + title[1:]
        self.headings += 1
        self.paragraphs = 0
        text = self.heading_form.format(n=self.headings, title=title)
        return Draft(PassageKind.HEADING, [Statement([text])], level)

    def paragraph(self, statements: list[Statement]) -> Draft:
        """A paragraph, numbered where the document numbers them."""
        self.paragraphs += 1
        lead = self.paragraph_form.format(n=max(self.headings, 1), p=self.paragraphs)
        if lead:
            first = statements[0]
            statements = [Statement([lead, *first.pieces], first.claims), *statements[1:]]
        return Draft(PassageKind.PARAGRAPH, statements)

    def any_sentence(self) -> Statement:
        """A sentence of no topic."""
        makers, weights = zip(*_OF_ALL, strict=True)
        return self.teller.rng.choices(makers, weights)[0](self.teller)

    def topic_sentence(self, series: Series) -> Statement:
        """A sentence of a topic."""
        makers, weights = zip(*OF_TOPIC, strict=True)
        return self.teller.rng.choices(makers, weights)[0](self.teller, series)

    def prose(self, series: Series, figures: int) -> Draft:
        """A paragraph of two to six sentences, so many of them with figures of a topic."""
        rng = self.teller.rng
        sentences = [self.topic_sentence(series) for _ in range(figures)]
        for _ in range(rng.randint(max(0, 2 - figures), max(1, 4 - figures))):
            sentences.insert(rng.randint(0, len(sentences)), self.any_sentence())
        made = self.paragraph(sentences)
        self.about.setdefault(series.topic.key, []).append(made)
        return made

    def table(self, make: Callable[[], TableDraft]) -> list[AnyDraft]:
        """A table, while there are fewer than four."""
        if self.tables >= 4:
            return []
        self.tables += 1
        return [make()]

    def topic(self, series: Series, others: list[Series], rich: bool) -> list[AnyDraft]:
        """A section about one topic."""
        teller, rng = self.teller, self.teller.rng
        drafts: list[AnyDraft] = [self.heading(teller.pick(plain.TOPIC_HEADINGS), series, rng.choice([2, 2, 3]))]
        if rng.random() < 0.35:
            drafts += boxes.box(teller, series, others)
        drafts.append(self.prose(series, rng.randint(1, 3)))
        if rng.random() < (0.75 if rich else 0.4) or (rich and not self.tables):
            make = rng.choice([tables.area_table, tables.area_table, tables.part_table, self._months(series)])
            table = self.table(lambda: make(teller, series, self.numbered))
            about = [self.about_table(series, make) for _ in table if rng.random() < 0.6]
            order = [*table, *(self.paragraph([one, self.any_sentence()]) for one in about)]
            drafts += order if rng.random() < 0.6 else order[::-1]
        drafts += [self.prose(series, rng.randint(1, 4)) for _ in range(rng.randint(0, 2 if rich else 1))]
        if rng.random() < 0.2:
            drafts.append(boxes.note(teller, series))
        if rng.random() < 0.2:
            drafts += self.plans()
        if rng.random() < 0.1:
            text = f"Figure {rng.randint(1, 9)}: {series.topic.things}, rolling twelve months"
            drafts.append(Draft(PassageKind.CAPTION, [Statement([text])]))
        return drafts

    def about_table(self, series: Series, make: Callable[..., TableDraft]) -> Statement:
        """A sentence that says what a table shows."""
        tell: dict[object, list[_Tell]] = {
            tables.area_table: [ranks.tell_rate_rank, ranks.tell_count_rank, changes.tell_compared, counts.tell_again],
            tables.part_table: [ranks.tell_part_rank, shares.tell_part],
            tables.month_table: [ranks.tell_month_rank, totals.tell_average],
        }
        return self.teller.rng.choice(tell[make])(self.teller, series)

    def _months(self, series: Series) -> Callable[[Teller, Series, tables.Numbered], TableDraft]:
        return tables.month_table if series.months else tables.area_table

    def plans(self) -> list[AnyDraft]:
        """What will be done, as a list."""
        teller = self.teller
        lead = Draft(PassageKind.PARAGRAPH, [Statement([teller.pick(plain.LEAD_INS)])])
        chosen = teller.rng.sample(plain.ITEMS, teller.rng.randint(2, 4))
        end = teller.rng.choice(["", ";", "."])
        items = [Draft(PassageKind.ITEM, [Statement([teller.expand(one) + end])]) for one in chosen]
        return [lead, *items]

    def people(self) -> list[AnyDraft]:
        """Who lives there: the populations that rates are of, in a table or in the text."""
        teller, rng = self.teller, self.teller.rng
        drafts: list[AnyDraft] = [self.heading(teller.pick(plain.PEOPLE_HEADINGS))]
        sentences = [counts.tell_borough(teller), shares.tell_people(teller)]
        sentences += [shares.tell_residents(teller)] if rng.random() < 0.5 else [shares.tell_people(teller)]
        sentences += [self.any_sentence()] if rng.random() < 0.5 else []
        if rng.random() < 0.5:
            drafts += [self.paragraph(sentences), *self.table(lambda: tables.people_table(teller, self.numbered))]
        else:
            drafts += [
                self.paragraph(sentences),
                self.paragraph([counts.tell_populations(teller), self.any_sentence()]),
            ]
        if rng.random() < 0.25:
            drafts += self.table(lambda: tables.age_table(teller, self.numbered))
        return drafts

    def survey(self) -> list[AnyDraft]:
        """What residents said."""
        teller, rng = self.teller, self.teller.rng
        drafts: list[AnyDraft] = [self.heading(teller.pick(plain.SURVEY_HEADINGS))]
        makers = [points.tell_measure, shares.tell_answer, shares.tell_answer, shares.tell_answers]
        sentences = [rng.choice(makers)(teller) for _ in range(rng.randint(2, 4))]
        sentences.insert(rng.randint(0, len(sentences)), self.any_sentence())
        drafts.append(self.paragraph(sentences))
        if rng.random() < 0.6:
            make = rng.choice([tables.answer_table, tables.wave_table])
            drafts += self.table(lambda: make(teller, self.numbered))
        return drafts

    def money(self) -> list[AnyDraft]:
        """What it costs."""
        teller, rng = self.teller, self.teller.rng
        drafts: list[AnyDraft] = [self.heading(teller.pick(plain.MONEY_HEADINGS))]
        sentences = [totals.tell_budget(teller) for _ in range(rng.randint(1, 2))]
        drafts.append(self.paragraph([*sentences, self.any_sentence(), self.any_sentence()]))
        if rng.random() < 0.5:
            drafts += self.table(lambda: tables.budget_table(teller, self.numbered))
        return drafts

    def other(self) -> list[AnyDraft]:
        """A section of no topic: governance, law, method."""
        teller, rng = self.teller, self.teller.rng
        drafts: list[AnyDraft] = [self.heading(teller.pick(plain.OTHER_HEADINGS))]
        drafts.append(self.paragraph([self.any_sentence() for _ in range(rng.randint(3, 6))]))
        if rng.random() < 0.4:
            drafts += self.plans()
        return drafts
