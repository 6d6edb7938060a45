"""The reference page on which every headline change of a published strategy is judged again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frankpledge.definition import Entry, definition_files, read_definition
from frankpledge.findings.judge import LEVEL, judge_change
from frankpledge.indicators.definition import read_indicators
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.finding import Finding, Verdict
from frankpledge.statistics.change import e_test

STRATEGY = "harrow-2019-strategy"
AREA = "E09000015"
BEFORE, NOW = "2017", "2018"

# Scatter of Harrow's total of a year, as the months of 2014 to 2018 of London's boroughs tell, in the Metropolitan
# Police's table by borough, release 2022-10. Only of what that table counts as the strategy does, within a sixth: of
# theft from vehicles it has 1,198 where the strategy prints 2,846.
# tests/reference/test_strategy_judged_again.py measures it again.
SCATTER = {
    "total-offences": 7.33,
    "burglary": 12.79,
    "theft-of-vehicles": 4.20,
    "drug-offences": 1.50,
    "sexual-offences": 2.11,
}
# A row with one of these is of some of the people, or of some of the events.
_OF_SOME = ("people", "group")
WORDS = {
    Verdict.ROSE: "rose",
    Verdict.FELL: "fell",
    Verdict.NO_CLEAR_CHANGE: "no clear change",
    Verdict.TOO_FEW: "too few to say",
}


@dataclass(frozen=True)
class Headline:
    """A count as it stands for 2017 and 2018: where the strategy prints two, the one its own sums bear out."""

    slug: str
    before: int
    now: int


def headlines() -> list[Headline]:
    """Every indicator of which the strategy gives Harrow's count for both years."""
    entry = read_definition(definition_files("published")[STRATEGY])
    held = {(slug, period): value for slug, period, value in _printed(entry)}
    held |= {(slug, period): value for slug, period, value in _stands(entry)}
    slugs = dict.fromkeys(slug for slug, _ in held)
    return [
        Headline(slug, held[slug, BEFORE], held[slug, NOW])
        for slug in slugs
        if (slug, BEFORE) in held and (slug, NOW) in held
    ]


def judged(one: Headline, *, with_scatter: bool = True) -> Finding:
    """By the printed counts alone, or with the scatter of months where it is known."""
    scatter = SCATTER.get(one.slug) if with_scatter else None
    return judge_change(_estimate(one.slug, NOW, one.now), _estimate(one.slug, BEFORE, one.before), scatter)


def rows() -> Iterator[tuple[str, ...]]:
    """The table: printed, tests, and the two verdicts."""
    titles = {slug: one.title for slug, one in read_indicators(None).items()}
    for one in headlines():
        printed, scattered, held = judged(one, with_scatter=False), judged(one), one.slug in SCATTER
        yield (
            titles[one.slug],
            f"{one.before:,}",
            f"{one.now:,}",
            f"{100 * (one.now / one.before - 1):+.1f} %".replace("-", "−"),
            _p(e_test(one.before, one.now)) if printed.p_value is not None else "",
            _p(printed.p_value),
            f"{SCATTER[one.slug]:.2f}" if held else "",
            _p(scattered.p_value) if held else "",
            WORDS[scattered.verdict],
        )


def _printed(entry: Entry) -> Iterator[tuple[str, str, int]]:
    for table in entry.entries("tables"):
        for row in table.entries("rows"):
            people = [row.text(key, "") for key in _OF_SOME]
            if row.text("area", "") == AREA and row.text("measure") == "count" and not any(people):
                yield row.text("indicator"), row.text("period"), int(row.text("value"))


def _stands(entry: Entry) -> Iterator[tuple[str, str, int]]:
    for row in entry.entries("conflicts"):
        plain = row.text("measure", "") == "count" and not row.text("field", "")
        if plain and row.text("area", "") == AREA and row.text("stands", "").isdigit():
            yield row.text("indicator"), row.text("period"), int(row.text("stands"))


def _estimate(slug: str, period: str, count: int) -> Estimate:
    return Estimate(
        slug, AREA, "Harrow", period, count, None, None, None, None, "as printed", Status.FINAL,
        Series(STRATEGY, "2019"), None, "",
    )  # fmt: skip


def _p(value: float | None) -> str:
    if value is None:
        return ""
    return "below 0.001" if value < 0.001 else f"{value:.3f}"


HEADING = (
    "Indicator",
    BEFORE,
    NOW,
    "Change",
    "E-test",
    "Exact test",
    "Scatter",
    "With scatter",
    "Verdict",
)
INTRODUCTION = f"""# A strategy judged again

Harrow's strategy of 2019/20 prints these counts for 2017 and 2018, and tells most of them as a rise or a fall. Here
each is judged by the rule of this software (ADR 0016). Where the strategy prints two numbers for one thing, the one
that its own sums bear out is taken.

- *E-test*: Krishnamoorthy and Thomson (2004). *Exact test*: the two-sided exact conditional test. Both take counts
  as Poisson and populations as equal, for the strategy divides both years by one.
- *Scatter*: how many times the chance variance a year's total has, as the months of London's boroughs tell, where a
  series is held that counts the same. *With scatter*: the exact test's p-value with it.
- *Verdict*: that of the rule, at {LEVEL:.0%}. Each row is a question of its own, and one verdict in twenty over figures
  that have not changed is a false one: of {len(headlines())} rows about one.
""".replace("5%", "5 %")
CLOSING = """
How to read it:

- **All offences**, **theft of vehicles** and **theft from vehicles** rose, and referrals to the National Referral
  Mechanism did. **Knife crime, gun crime, drug offences, violence with injury outside the home and serious youth
  violence** show no clear change. “Gun crime down by 27 %” is 11 fewer of 41.
- **All offences** is clear by itself and, with what is known of how far Harrow's years stray anyway, only just (0.048).
- **Theft from vehicles**: the published months count 1,198 in 2018 where the strategy prints 2,846, which must be a
  wider category. How far that one scatters is not known, and it is judged as if by chance alone; by the scatter of the
  published months (13 times) it would not be clear.
- **Burglary** fell by 6 %. Were burglaries Poisson, that would just be clear (0.033). They come in series, and
  Harrow's years of burglary move by more than this with nothing having changed (0.551).
- **Domestic abuse** rose by 8 % (0.014). Its months are not published for those years; did they scatter by twice
  chance, it would not be clear (0.084). People choose whether to report it, so that a clear rise does not say that
  there was more of it.
- Counts under ten in both years together say nothing either way.
"""
