"""The figures that four of Harrow's documents printed, and what is wrong with some of them.

Every figure that can be recomputed from others of its document is recomputed. One that does not
agree must stand under `conflicts`, and one that stands there must not agree.
"""

import ast
import copy
import operator
import re
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

PUBLISHED = Path(__file__).parents[2] / "src" / "frankpledge" / "definitions" / "published"
MEASURES = {
    "count",
    "rate-per-1000",
    "count-change",
    "rate-change",
    "percent",
    "percent-change",
    "percentage-point-change",
    "mean-per-month",
    "rank",
}
KINDS = {"table", "quick-facts", "text"}
ROW_KEYS = {
    "indicator",
    "area",
    "area_name",
    "group",
    "period",
    "from",
    "against",
    "measure",
    "value",
    "qualifier",
    "base",
    "note",
}
CONFLICT_KEYS = {
    "indicator",
    "area",
    "group",
    "period",
    "against",
    "measure",
    "field",
    "value",
    "months",
    "table",
    "also",
    "elsewhere",
    "where",
    "stands",
    "working",
    "really",
    "of",
    "why",
}
AREA_CODE = re.compile(r"(E05|E09|E12|E23)\d{6}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PRINTED_NUMBER = re.compile(r"-?\d+(\.\d+)?")
CONSTANTS = {Fraction(number) for number in (10, 12, 24, 100, 1000)}
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def read(slug):
    return yaml.safe_load((PUBLISHED / f"{slug}.yaml").read_text(encoding="utf-8"))


POPULATIONS = read("harrow-2019-populations")
DOCUMENTS = {
    path.stem: read(path.stem) for path in sorted(PUBLISHED.glob("*.yaml")) if path.stem != POPULATIONS["slug"]
}
STRATEGY_2019 = "harrow-2019-strategy"
# How many figures must be recomputed at the least, lest a renamed key empty the test.
FEWEST_RECOMPUTED = {
    "harrow-2011-plan": 30,
    STRATEGY_2019: 140,
    "harrow-2023-strategy": 1,
    "harrow-2023-needs-assessment": 4,
}


def months_of(period):
    """First and last month of a period of the project's grammar, as numbers; refuses any other text."""
    if found := re.fullmatch(r"(\d{4})", period):
        return int(found[1]) * 12, int(found[1]) * 12 + 11
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", period):
        first = int(found[1]) * 12 + int(found[2]) * 3 - 3
        return first, first + 2
    if found := re.fullmatch(r"FY(\d{4})-(\d{2})", period):
        assert (int(found[1]) + 1) % 100 == int(found[2]), f"{period} is no financial year"
        return int(found[1]) * 12 + 3, int(found[1]) * 12 + 14
    found = re.fullmatch(r"(R12-)?(\d{4})-(0[1-9]|1[0-2])", period)
    assert found, f"{period} is no period"
    last = int(found[2]) * 12 + int(found[3]) - 1
    return (last - 11 if found[1] else last), last


def length_of(span):
    first, last = span.split(" to ")
    return months_of(last)[1] - months_of(first)[0] + 1


def half_unit(printed):
    """Half of the last printed place: how far rounding can move a figure."""
    return Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))


def agrees(exact, printed, slack=0):
    return abs(exact - Fraction(printed)) <= half_unit(printed) + slack


def evaluate(working):
    """The exact value of a sum written with + - * / and brackets, and the numbers in it."""
    numbers = []

    def value(node):
        if isinstance(node, ast.BinOp):
            return OPERATORS[type(node.op)](value(node.left), value(node.right))
        assert isinstance(node, ast.Constant), f"{working} is no plain sum"
        numbers.append(Fraction(str(node.value)))
        return numbers[-1]

    return value(ast.parse(working, mode="eval").body), numbers


def rows_of(document, *kinds):
    return [
        row for table in document["tables"] if not kinds or table.get("kind", "table") in kinds for row in table["rows"]
    ]


def cell(row, **changes):
    """What a figure is about: two figures with one cell ought to be the same."""
    about = {**row, **changes}
    return (
        about["indicator"],
        about.get("area") or about.get("area_name"),
        about.get("group"),
        about.get("from"),
        about["period"],
        about.get("against"),
        about["measure"],
    )


def numeric_conflicts(document):
    return [conflict for conflict in document.get("conflicts", ()) if "field" not in conflict]


def is_about(conflict, row):
    keys = ("indicator", "area", "group", "period", "against", "measure")
    return all(conflict.get(key) == row.get(key) for key in keys)


def is_listed(document, row):
    return any(
        is_about(conflict, row) and row["value"] in (conflict["elsewhere"], conflict.get("also"))
        for conflict in numeric_conflicts(document)
    )


def standing_figures(document):
    """One figure for each cell: what a conflict says stands, else the table's, else the first printed."""
    figures = {}
    for row in rows_of(document, "table") + rows_of(document, "quick-facts", "text"):
        stands = row["value"]
        for conflict in numeric_conflicts(document):
            if is_about(conflict, row) and row["value"] == conflict["elsewhere"]:
                stands = conflict["stands"] or stands
        figures.setdefault(cell(row), stands)
    return figures


def populations_of(document):
    """Residents behind the rates: printed or implied for 2019, else the document's own count of residents."""
    if document["slug"] == STRATEGY_2019:
        return {row["area"]: Fraction(row["value"]) for row in POPULATIONS["rows"]}
    return {
        row["area"]: Fraction(row["value"])
        for row in rows_of(document)
        if row["indicator"] == "residents" and row["measure"] == "count" and "group" not in row
    }


def recomputed(document):
    """Every row that other figures of its document decide, with its exact value and the slack they leave."""
    figures, populations = standing_figures(document), populations_of(document)
    for row in rows_of(document):
        exact, slack = recompute(row, figures, populations.get(row["area"]))
        if exact is not None:
            yield row, exact, slack


def recompute(row, figures, population):
    def count(**changes):
        found = figures.get(cell(row, measure="count", **({"against": None} | changes)))
        return None if found is None else Fraction(found)

    measure, against = row["measure"], row.get("against")
    now, before = count(), count(period=against) if against else None
    if measure == "rate-per-1000" and None not in (now, population) and "base" not in row:
        return 1000 * now / population, 0
    if measure == "mean-per-month":
        return mean_per_month(row, count), 0
    if measure == "percentage-point-change" or (measure == "percent-change" and None in (now, before)):
        return change_of_shares(row, figures)
    if None not in (now, before):
        change = now - before
        if measure == "count-change":
            return change, 0
        if measure == "percent-change":
            return 100 * change / before, 0
        if measure == "rate-change" and population is not None:
            return 1000 * change / population, 0
    return None, 0


def change_of_shares(row, figures):
    """A change of a printed percentage, and what the rounding of the two may have moved it."""
    shares = [figures.get(cell(row, measure="percent", against=None, period=row[key])) for key in ("period", "against")]
    if None in shares:
        return None, 0
    now, before = map(Fraction, shares)
    base = before / 100 if row["measure"] == "percent-change" else 1
    return (now - before) / base, sum(map(half_unit, shares)) / base


def mean_per_month(row, count):
    """Of whole years only: a financial or rolling year, or the calendar years of a span."""
    if "from" not in row:
        total = count()
        return None if total is None or not row["period"].startswith(("FY", "R12-")) else total / 12
    years = [str(year) for year in range(int(row["from"]), int(row["period"]) + 1)]
    totals = [count(**{"period": year, "from": None}) for year in years]
    return None if None in totals else sum(totals) / (12 * len(years))


def problems_of(document):
    """What a reviewer would have to mend: figures that disagree unlisted, and listed ones that agree."""
    problems = []
    figures = standing_figures(document)
    for row in rows_of(document):
        standing = figures[cell(row)]
        apart = abs(Fraction(row["value"]) - Fraction(standing))
        if apart > max(half_unit(standing), half_unit(row["value"])) and not is_listed(document, row):
            problems.append(f"{row} is {standing} elsewhere")
    for row, exact, slack in recomputed(document):
        if agrees(exact, row["value"], slack) == is_listed(document, row):
            problems.append(f"{row} recomputes to {float(exact):.4f}")
    return problems


def conflict_problems(document, conflict):
    if "field" in conflict:
        return label_problems(document, conflict)
    return list(figure_problems(document, conflict))


def figure_problems(document, conflict):
    wrong, stands = conflict["elsewhere"], conflict["stands"]
    yield from print_problems(document, conflict)
    if "table" in conflict and stands != conflict["table"]:
        yield "the table does not win"
    if not {"working", "of", "also"} & set(conflict):
        yield "nothing shows that it is wrong"
    if "working" in conflict:
        exact, numbers = evaluate(conflict["working"])
        yield from unknown_numbers(document, numbers)
        if agrees(exact, wrong) or (stands and not agrees(exact, stands)):
            yield f"{conflict['working']} is {float(exact):.4f}"
    if "really" in conflict:
        exact, numbers = evaluate(conflict["really"])
        yield from unknown_numbers(document, numbers)
        if not agrees(exact, wrong):
            yield f"{conflict['really']} is {float(exact):.4f}"
    if "of" in conflict:
        yield from share_problems(conflict)


def print_problems(document, conflict):
    """The wrong figure is printed, and so is each other one it is said to contradict."""
    for key, kinds in (("elsewhere", KINDS), ("table", {"table"}), ("also", KINDS)):
        figure = conflict.get(key)
        rows = [row for row in rows_of(document, *kinds) if is_about(conflict, row)]
        if figure and figure not in [row["value"] for row in rows]:
            yield f"{figure} is not printed"
        if figure and key != "elsewhere" and Fraction(figure) == Fraction(conflict["elsewhere"]):
            yield f"{figure} is printed twice, and is the same"


def share_problems(conflict):
    """No whole number of people makes the wrong percentage; one makes the right one."""
    shares = [Fraction(100 * part, conflict["of"]) for part in range(conflict["of"] + 1)]
    if any(agrees(share, conflict["elsewhere"]) for share in shares):
        yield f"{conflict['elsewhere']} per cent of {conflict['of']} is possible"
    if conflict["stands"] and not any(agrees(share, conflict["stands"]) for share in shares):
        yield f"{conflict['stands']} per cent of {conflict['of']} is not possible"


def unknown_numbers(document, numbers):
    known = CONSTANTS | {abs(Fraction(row["value"])) for row in rows_of(document)}
    known |= {Fraction(row["value"]) for row in POPULATIONS["rows"]}
    return [f"{number} is neither printed nor a population" for number in numbers if number not in known]


def label_problems(document, conflict):
    """Slips that are not in the figure but beside it: its period, area, span, sum or rounding."""
    shown = LABELS[conflict["field"]](document, conflict)
    return [] if shown else [f"{conflict['elsewhere']} is not shown to be wrong"]


def wrong_period(document, conflict):
    """The figure is printed for another period too, or recomputes from it; or the time was yet to come."""
    wrong, stands = conflict["elsewhere"], conflict["stands"]
    rows = [row for row in rows_of(document) if row["indicator"] == conflict["indicator"]]
    printed = [row for row in rows if row["value"] == conflict["value"] and row["period"] == wrong]
    twins = [row for row in rows if row["value"] == conflict["value"] and row["period"] == stands]
    backwards = [row for row in rows if row.get("against") == wrong and months_of(row["period"]) < months_of(wrong)]
    still_to_come = months_of(wrong)[1] >= 12 * document["published"] + 11
    working = conflict.get("working")
    follows = working and agrees(evaluate(working)[0], conflict["value"])
    return printed and wrong != stands and (twins or backwards or still_to_come or follows)


def wrong_area(document, conflict):
    """Both names are printed, so that a reader can see which is meant."""
    named = {row.get("area_name") for row in rows_of(document)}
    return {conflict["elsewhere"], conflict["stands"]} <= named and conflict["elsewhere"] != conflict["stands"]


def wrong_span(document, conflict):
    """A span is not as long as the document says."""
    return length_of(conflict["stands"]) == conflict["months"] != length_of(conflict["elsewhere"])


def wrong_sum(document, conflict):
    """Printed shares do not make the whole."""
    exact, numbers = evaluate(conflict["working"])
    known = not unknown_numbers(document, numbers)
    return known and exact == Fraction(conflict["elsewhere"]) != Fraction(conflict["stands"])


def wrong_rounding(document, conflict):
    """Two rules written as "1-7 as 5" show some small number differently."""
    rules = [re.fullmatch(r"(\d+)-(\d+) as (\S+)", conflict[key]).groups() for key in ("table", "elsewhere")]
    shown = [dict.fromkeys(range(int(low), int(high) + 1), text) for low, high, text in rules]
    return any(shown[0][number] != shown[1][number] for number in set(shown[0]) & set(shown[1]))


LABELS = {
    "period": wrong_period,
    "area": wrong_area,
    "span": wrong_span,
    "sum": wrong_sum,
    "rounding": wrong_rounding,
}


def spoilt(*, slug=STRATEGY_2019, table=None, row=None, value=None, conflict=None, **changes):
    """A copy of a document with one figure altered, or one conflict altered or (without changes) struck out."""
    document = copy.deepcopy(DOCUMENTS[slug])
    if table:
        rows = next(one for one in document["tables"] if one["table"] == table)["rows"]
        assert rows[row]["value"] != value
        rows[row]["value"] = value
    elif changes:
        document["conflicts"][conflict] |= changes
    else:
        del document["conflicts"][conflict]
    return document


def all_problems(document):
    return problems_of(document) + [
        problem for conflict in document.get("conflicts", ()) for problem in conflict_problems(document, conflict)
    ]


EVERY_TABLE = [
    pytest.param(table, id=f"{slug}:{table['table']}")
    for slug, document in DOCUMENTS.items()
    for table in document["tables"]
]
EVERY_CONFLICT = [
    pytest.param(document, conflict, id=f"{slug}:{conflict['indicator']}:{conflict['elsewhere']}")
    for slug, document in DOCUMENTS.items()
    for conflict in document.get("conflicts", ())
]
EACH_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)


@EACH_DOCUMENT
def test_document_says_what_it_is(document):
    assert set(document) <= {"schema", "slug", "title", "publisher", "published", "tables", "conflicts"}
    assert document["schema"] == 1
    assert DOCUMENTS[document["slug"]] is document
    assert document["title"] and document["publisher"]
    assert 2011 <= document["published"] <= 2023
    slugs = [table["table"] for table in document["tables"]]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_table_can_be_read(table):
    assert set(table) <= {"table", "kind", "section", "title", "rows"}
    assert SLUG.fullmatch(table["table"]) and table["title"] and table["section"]
    assert table.get("kind", "table") in KINDS
    for row in table["rows"]:
        check_row(row)
    printed = [(cell(row), row["value"]) for row in table["rows"]]
    assert len(printed) == len(set(printed)), "a row stands twice"


def check_row(row):
    assert set(row) <= ROW_KEYS, row
    assert row["measure"] in MEASURES, row
    assert SLUG.fullmatch(row["indicator"]) and SLUG.fullmatch(row.get("group", "all")), row
    assert isinstance(row["value"], str) and PRINTED_NUMBER.fullmatch(row["value"]), row
    assert AREA_CODE.fullmatch(row["area"]) if row["area"] else row["area_name"], row
    for key in {"period", "from", "against"} & set(row):
        months_of(row[key])
    if "from" in row:
        assert months_of(row["from"])[0] < months_of(row["period"])[1], row
    if row["measure"] != "count":
        assert row["measure"].endswith("-change") == ("against" in row), row
    assert row.get("qualifier", "about") in {"about", "under", "over"}, row


@EACH_DOCUMENT
def test_figures_agree_or_are_listed_as_conflicts(document):
    assert problems_of(document) == []


@EACH_DOCUMENT
def test_enough_figures_are_recomputed(document):
    assert len(list(recomputed(document))) >= FEWEST_RECOMPUTED[document["slug"]]


@pytest.mark.parametrize(("document", "conflict"), EVERY_CONFLICT)
def test_conflict_is_one(document, conflict):
    assert set(conflict) <= CONFLICT_KEYS
    assert {"indicator", "elsewhere", "where", "stands", "why"} <= set(conflict)
    assert conflict_problems(document, conflict) == []


@pytest.mark.parametrize("row", POPULATIONS["rows"], ids=lambda row: row["area"])
def test_population_reproduces_every_rate_of_the_tables(row):
    tables = {table["table"]: table["rows"] for table in DOCUMENTS[STRATEGY_2019]["tables"] if "kind" not in table}
    checked = 0
    for rows in tables.values():
        printed = {(one["period"], one["measure"]): one["value"] for one in rows if one["area"] == row["area"]}
        for (period, measure), rate in printed.items():
            if measure == "rate-per-1000":
                for population in (row["value"], row["low"], row["high"]):
                    assert agrees(Fraction(1000 * int(printed[period, "count"]), population), rate), (period, rate)
                checked += 1
    assert checked >= 6
    assert row["low"] <= row["value"] <= row["high"]
    assert (row["status"] == "printed") == (row["low"] == row["high"])


@pytest.mark.parametrize(
    "row", [row for row in POPULATIONS["rows"] if row["status"] == "implied"], ids=lambda row: row["area"]
)
def test_implied_population_could_not_lie_further_out(row):
    rates = [
        (int(count["value"]), rate["value"])
        for rows in (table["rows"] for table in DOCUMENTS[STRATEGY_2019]["tables"] if "kind" not in table)
        for count in rows
        for rate in rows
        if count["area"] == rate["area"] == row["area"]
        if (count["measure"], rate["measure"]) == ("count", "rate-per-1000")
        if (count["indicator"], count["period"]) == (rate["indicator"], rate["period"])
    ]
    for outside in (row["low"] - 1, row["high"] + 1):
        assert not all(agrees(Fraction(1000 * count, outside), rate) for count, rate in rates)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(spoilt(table="total-offences", row=1, value="69.60"), id="a rate"),
        pytest.param(spoilt(table="total-offences", row=2, value="28326"), id="a count"),
        pytest.param(spoilt(table="burglary", row=4, value="349"), id="a change"),
        pytest.param(spoilt(table="quick-facts-gun-crime", row=1, value="0.13"), id="a figure in a box"),
        pytest.param(spoilt(table="text-hate-crime", row=1, value="372"), id="a figure in the text"),
        pytest.param(
            spoilt(slug="harrow-2011-plan", table="crime-and-asb-indicators", row=3, value="7"), id="a percentage"
        ),
        *(
            pytest.param(spoilt(conflict=number), id=f"struck out: {conflict['indicator']} {conflict['elsewhere']}")
            for number, conflict in enumerate(DOCUMENTS[STRATEGY_2019]["conflicts"])
            if "field" not in conflict and "of" not in conflict
        ),
        pytest.param(spoilt(conflict=0, stands="9.01"), id="a conflict that settles on a wrong figure"),
        pytest.param(spoilt(conflict=0, elsewhere="9.00"), id="a conflict that is none"),
        pytest.param(spoilt(conflict=0, really="1000 * 2240 / 342719"), id="a wrong explanation"),
        pytest.param(spoilt(conflict=0, working="1000 * 2241 / 248880"), id="a number nobody printed"),
    ],
)
def test_a_slip_is_noticed(document):
    assert all_problems(document)
