"""Tables: areas by year with rates and changes, months, parts with a total, answers, budgets, people."""

from __future__ import annotations

from collections.abc import Callable

from tests.claims.planted.figures import number, signed
from tests.claims.planted.model import Claim, Piece, Relation, Statement, TableDraft, Token
from tests.claims.planted.shares import Part, parts_of
from tests.claims.planted.telling import Teller, claim, count_key, fill, people_key, rate_key, rate_of
from tests.claims.planted.world import Series

AREA_CAPTIONS: tuple[str, ...] = (
    "{things} by area, {c2} and {c3}",
    "{things}: {area} and its neighbours",
    "Comparison of {things} with neighbouring areas, {c2} to {c3}",
    "{theme}, {c2} and {c3} (rates per {per} population)",
    "Benchmarking – {theme}",
)
MONTH_CAPTIONS: tuple[str, ...] = (
    "{things} by month",
    "Monthly {things}, {area}, {c2} and {c3}",
    "{things} {seen} each month",
)
PART_CAPTIONS: tuple[str, ...] = (
    "{things} by {title}, {c3}",
    "{title} of {things}, {c3}",
    "Breakdown of {things} ({title})",
)


class Numbered:
    """Numbers captions as they come; now and then a table has none."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.count = 0
        self.form = teller.rng.choice(["Table {n}: ", "Table {n}. ", "Table {n} – ", ""])

    def caption(self, template: str, slots: dict[str, Token | str]) -> Statement:
        """A caption filled."""
        self.count += 1
        return Statement(fill(self.form.format(n=self.count) + self.teller.expand(template), slots))


def _names(teller: Teller, series: Series) -> dict[str, Token | str]:
    topic, says, periods = series.topic, teller.world.says, teller.world.periods
    return {
        "things": topic.things,
        "theme": topic.theme,
        "unit": topic.unit,
        "seen": topic.seen,
        "area": teller.world.borough.name,
        "c2": says.headed(periods[2]),
        "c3": says.headed(periods[3]),
        "per": number(series.per, 0),
        "title": series.split.title.lower(),
    }


class AreaTable:
    """Areas in rows, two years in columns, and what can be worked out of them."""

    def __init__(self, teller: Teller, series: Series) -> None:
        self.teller, self.series, self.world = teller, series, teller.world
        self.headers = {year: Token(self.world.says.headed(self.world.periods[year])) for year in (2, 3)}
        self.per = Token(number(series.per, 0), value=series.per)
        largest = max(rate_of(self.world, series, one.name, 3) for one in self.world.areas)
        self.places = 2 if largest < 10 else teller.rng.choice([1, 2]) if largest < 100 else 1
        self.mark = teller.rng.choice(["%", "%", ""])
        self.claims: list[Claim] = []

    def count(self, area: str, year: int) -> Token:
        """A count under its year."""
        key = count_key(self.series, area, year)
        return self.teller.numeral(self.series.counts[area][year], key, self.headers[year])

    def rate(self, area: str, year: int, count: Token | None) -> Token:
        """A rate, of the count beside it or of one printed elsewhere."""
        value = rate_of(self.world, self.series, area, year)
        token = Token(number(value, self.places), rate_key(self.series, area, year), value)
        whole = count if count is not None else count_key(self.series, area, year)
        self.claims.append(claim(Relation.RATE, count=whole, people=people_key(area), per=self.per, rate=token))
        return token

    def change(self, before: Token, after: Token, places: int = 0) -> Token:
        """A signed difference of two cells."""
        move = after.value - before.value
        token = Token(signed(move, places, self.teller.style), value=move)
        self.claims.append(claim(Relation.DIFFERENCE, before=before, after=after, signed=token))
        return token

    def share(self, before: Token, after: Token) -> Token:
        """A signed change in per cent."""
        move = (after.value - before.value) / before.value * 100
        token = Token(signed(move, 1, self.teller.style, self.mark), value=move)
        self.claims.append(claim(Relation.PERCENT, before=before, after=after, signed=token))
        return token

    def rows(self, form: str) -> list[list[Piece]]:
        """Heading rows and a row for each area."""
        unit = self.series.topic.unit.capitalize()
        late, early = self.headers[3], self.headers[2]
        rate = "Rate"
        heads: dict[str, list[list[Piece]]] = {
            "full": [
                ["Area", early, early, late, late, f"{unit} change", "Rate change"],
                ["", unit, rate, unit, rate, f"{unit} change", "Rate change"],
            ],
            "change": [["Area", early, late, "Change", "% change"]],
            "rate": [["Area", "Population", f"{unit} {late.text}", self._rate_head()]],
            "plain": [["Area", early, late, "Change"]],
        }
        order = list(self.world.areas)
        if self.teller.chance(0.5):
            order.sort(key=lambda one: one.name)
        names = [one.name for one in order] + ([self.world.region.name] if self.teller.chance(0.5) else [])
        return heads[form] + [[name, *self._cells(form, name)] for name in names]

    def _rate_head(self) -> str:
        return self.teller.rng.choice(["Rate per {}", "Per {} population", "Rate ({})"]).format(self.per.text)

    def _cells(self, form: str, name: str) -> list[Piece]:
        early, late = self.count(name, 2), self.count(name, 3)
        if form == "full":
            rates = self.rate(name, 2, early), self.rate(name, 3, late)
            return [early, rates[0], late, rates[1], self.change(early, late), self.change(*rates, self.places)]
        if form == "change":
            return [early, late, self.change(early, late), self.share(early, late)]
        if form == "rate":
            people = self.teller.numeral(self.world.population(name), people_key(name))
            return [people, late, self.rate(name, 3, late)]
        return [early, late, self.change(early, late)]


def area_table(teller: Teller, series: Series, numbered: Numbered) -> TableDraft:
    """Areas by year."""
    made = AreaTable(teller, series)
    form = teller.rng.choice(["full", "full", "change", "change", "rate", "rate", "plain"])
    rows = made.rows(form)
    if form in ("change", "plain") and teller.chance(0.4):
        rows = [row for row in rows if row[0] != teller.world.region.name]
        rows.append(_sums(teller, made, rows, form))
    caption = numbered.caption(teller.pick(AREA_CAPTIONS), _names(teller, series))
    return TableDraft(caption, rows, _kept(made.claims, rows))


def _kept(claims: list[Claim], rows: list[list[Piece]]) -> list[Claim]:
    """Those whose tokens are all in the table, or are not printed at all (what a rate is for)."""
    printed = {id(cell) for row in rows for cell in row}
    kept = []
    for one in claims:
        cells = [
            token for name, role in one.roles.items() if name != "per" for token in role if isinstance(token, Token)
        ]
        if all(id(token) in printed for token in cells):
            kept.append(one)
    return kept


def _sums(teller: Teller, made: AreaTable, rows: list[list[Piece]], form: str) -> list[Piece]:
    """A row of totals."""
    totals = []
    for year, column in ((2, 1), (3, 2)):
        cells = [row[column] for row in rows[1:]]
        tokens = [cell for cell in cells if isinstance(cell, Token)]
        total = teller.numeral(int(sum(cell.value for cell in tokens)), f"count|{made.series.topic.key}|all|{year}")
        made.claims.append(claim(Relation.TOTAL, part=tokens, total=total))
        totals.append(total)
    change = made.change(*totals)
    name = teller.rng.choice(["Total", "All areas", "Total (all areas)"])
    return [name, *totals, change, *([made.share(*totals)] if form == "change" else [])]


def month_table(teller: Teller, series: Series, numbered: Numbered) -> TableDraft:
    """Months in rows, two years in columns, with a total and now and then an average."""
    world, key = teller.world, series.topic.key
    headers = [Token(world.says.headed(world.periods[year])) for year in (2, 3)]
    columns: list[list[Token]] = []
    claims: list[Claim] = []
    averaged = teller.chance(0.5)
    for at, year in enumerate((2, 3)):
        names = world.periods[year].months()
        months = zip(names, series.months[at], strict=True)
        tokens = [teller.numeral(count, f"month|{key}|{name}|{year}") for name, count in months]
        total = teller.numeral(sum(series.months[at]), count_key(series, world.borough.name, year), headers[at])
        claims.append(claim(Relation.TOTAL, part=tokens, total=total))
        mean = total.value / 12
        average = Token(number(mean, 1, teller.style.separator), f"average|{key}|{year}", mean)
        if averaged:
            claims.append(claim(Relation.AVERAGE, total=total, over=Token("12"), average=average))
        columns.append([*tokens, total, average])
    short = teller.chance(0.5)
    labels = [name[:3] if short else name for name in world.periods[3].months()] + ["Total", "Monthly average"]
    rows: list[list[Piece]] = [[teller.rng.choice(["Month", ""]), *headers]]
    rows += [[label, columns[0][at], columns[1][at]] for at, label in enumerate(labels)]
    if not averaged:
        rows.pop()
    return TableDraft(numbered.caption(teller.pick(MONTH_CAPTIONS), _names(teller, series)), rows, claims)


def _shared(
    teller: Teller, parts: list[Part], whole_key: str, heads: list[str], total: str
) -> tuple[list, list[Claim]]:
    """Rows of parts with count and percentage, and a total."""
    whole = sum(part.count for part in parts)
    places = teller.rng.choice([0, 1, 1])
    counts = [teller.numeral(part.count, part.key) for part in parts]
    shares = [
        Token(f"{number(p.count / whole * 100, places)}%", f"share|{p.key}", p.count / whole * 100) for p in parts
    ]
    sum_token = teller.numeral(whole, whole_key)
    pairs = zip(counts, shares, strict=True)
    claims = [claim(Relation.SHARE, part=count, whole=sum_token, share=share) for count, share in pairs]
    claims += [claim(Relation.TOTAL, part=counts, total=sum_token), claim(Relation.HUNDRED, share=shares)]
    rows: list[list[Piece]] = [list(heads)]
    rows += [[part.label, count, share] for part, count, share in zip(parts, counts, shares, strict=True)]
    rows.append([total, sum_token, teller.rng.choice(["100%", "100%", "100.0%" if places else "100%"])])
    return rows, claims


def part_table(teller: Teller, series: Series, numbered: Numbered) -> TableDraft:
    """The borough's latest count by kind."""
    key = count_key(series, teller.world.borough.name, 3)
    heads = [series.split.title, series.topic.unit.capitalize(), teller.rng.choice(["%", "Per cent", "Share"])]
    rows, claims = _shared(teller, parts_of(series), key, heads, teller.rng.choice(["Total", "All"]))
    return TableDraft(numbered.caption(teller.pick(PART_CAPTIONS), _names(teller, series)), rows, claims)


def answer_table(teller: Teller, numbered: Numbered) -> TableDraft:
    """The answers of the survey."""
    survey = teller.world.survey
    parts = [Part(label, "", count, f"answer|{label}") for label, count in survey.answers]
    heads = [teller.rng.choice(["Answer", "Response"]), teller.rng.choice(["Number", "Count"]), "%"]
    rows, claims = _shared(teller, parts, "answer|base", heads, teller.rng.choice(["Total", "Base", "All respondents"]))
    return TableDraft(numbered.caption("{q}", {"q": survey.question}), rows, claims)


def people_table(teller: Teller, numbered: Numbered) -> TableDraft:
    """Populations of all areas, as the text's rates have them."""
    world = teller.world
    rows: list[list[Piece]] = [["Area", teller.rng.choice(["Population", "Residents", "Mid-year estimate"])]]
    rows += [[one.name, teller.numeral(one.population, people_key(one.name))] for one in (*world.areas, world.region)]
    caption = numbered.caption(
        "[Population of {area} and its neighbours|Populations used for rates]", {"area": world.borough.name}
    )
    return TableDraft(caption, rows)


def age_table(teller: Teller, numbered: Numbered) -> TableDraft:
    """Residents by age or ethnic group."""
    world = teller.world
    title, data, stem = teller.rng.choice([("Age", world.ages, "age"), ("Ethnic group", world.ethnicities, "ethnic")])
    parts = [Part(label, "", count, f"{stem}|{label}") for label, count in data]
    rows, claims = _shared(teller, parts, people_key(world.borough.name), [title, "Residents", "%"], "All residents")
    return TableDraft(numbered.caption(f"Residents by {title.lower()}", {}), rows, claims)


def budget_table(teller: Teller, numbered: Numbered) -> TableDraft:
    """The budget by strand, two years."""
    world = teller.world
    headers = [Token(world.says.headed(world.periods[year])) for year in (2, 3)]
    in_thousands = all(amount % 1000 == 0 for _, *amounts in world.budget for amount in amounts) and teller.chance(0.4)
    show: Callable[[int], str] = (lambda pounds: f"{pounds // 1000:,}") if in_thousands else (lambda p: f"£{p:,}")
    rows: list[list[Piece]] = [["Strand", *headers]]
    columns: list[list[Token]] = []
    for at, year in ((1, 2), (2, 3)):
        # Amounts in thousands have no key: elsewhere they are printed in pounds.
        key = "" if in_thousands else f"|{year}"
        tokens = [Token(show(row[at]), f"money|{row[0]}{key}" if key else "", row[at]) for row in world.budget]
        total = sum(row[at] for row in world.budget)
        columns.append([*tokens, Token(show(total), f"money|all|{year}" if key else "", total)])
    names = [name for name, _, _ in world.budget] + ["Total"]
    rows += [[name, columns[0][at], columns[1][at]] for at, name in enumerate(names)]
    claims = [claim(Relation.TOTAL, part=column[:-1], total=column[-1]) for column in columns]
    unit = " (£000)" if in_thousands else ""
    return TableDraft(numbered.caption(f"[Budget by strand|Partnership spending|Funding]{unit}", {}), rows, claims)


def wave_table(teller: Teller, numbered: Numbered) -> TableDraft:
    """Survey measures, then and now, and the change in percentage points."""
    rows: list[list[Piece]] = [["Measure", "Last survey", "This survey", "Change (percentage points)"]]
    claims: list[Claim] = []
    for name, early, late in teller.world.survey.measures:
        places = 1 if early % 1 or late % 1 else 0
        pair = [Token(f"{number(v, places)}%", f"measure|{name}|{k}", v) for v, k in ((early, "early"), (late, "late"))]
        move = Token(signed(late - early, places, teller.style), value=late - early)
        claims.append(claim(Relation.DIFFERENCE, before=pair[0], after=pair[1], signed=move))
        rows.append([name[0].upper() + name[1:], *pair, move])
    return TableDraft(numbered.caption("[Perception measures|Residents’ views, two waves]", {}), rows, claims)
