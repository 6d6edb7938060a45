"""A made-up document with every kind of block, about river crossings in places that do not exist."""

from __future__ import annotations

import math

from shapely import to_wkb
from shapely.geometry import Polygon, box

from frankpledge.model.document import (
    BulletList,
    Chart,
    Column,
    Document,
    FrontMatter,
    Heading,
    Line,
    Map,
    Note,
    Paragraph,
    Place,
    QuickFacts,
    Table,
    Term,
)
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.figure import Figure, Measure

FERRIES = Series("ferry-board-crossings", "2021-07")
PEOPLE = Series("census-of-riverbanks", "mid-2018")
SOURCE = "Ferry Board, crossings by district, release of July 2021. Open Government Licence v3.0."

NAMES = (
    "Kingsbridge and Chatterford",
    "Upper Wobbleham",
    "Ash",
    "Barrowmere and Dagger’s End",
    "Quillington",
    "Saint Osyth-under-the-Hill",
    "Hammerbeck and Fullerton",
    "Little Nettlefold",
    "Westmarshminster",
    "Ely Fields",
    "Tower Hamlet Parva",
    "Richmere upon Thamet",
    "Copperdale",
    "Newhamstead",
    "Redbrook",
    "Bexlow",
    "Bromwell",
    "Croydale",
    "Ealingbourne",
    "Enfold",
    "Greenwick",
    "Hackstone",
    "Haringford",
    "Harrowgate Vale",
    "Haverwater",
    "Hillingford",
    "Hounslade",
    "Islingmoor",
    "Lambeck",
    "Lewisholme",
    "Mertonbury",
    "Southwerk",
    "Suttonmere",
)


def code(index):
    return f"X{index:08d}"


def estimate(index=0, period="2018", count=1234, status=Status.FINAL, policy="open", people=61800):
    rate = None if count is None else 1000 * count / people
    return Estimate(
        indicator="river-crossings",
        area_code=code(index),
        area_name=NAMES[index],
        period=period,
        numerator=count,
        denominator=people,
        value=rate,
        low=None if rate is None else rate * 0.95,
        high=None if rate is None else rate * 1.06,
        method="byar",
        status=status,
        series=FERRIES,
        population=PEOPLE,
        definition="abc123",
        policy=policy,
    )


def count_figure(index=0, period="2018", count=1234, **others):
    one = estimate(index, period, count, **others)
    return Figure("river-crossings", one.area_code, period, "", Measure.COUNT, count, one.status, (one,))


def rate_figure(index=0, period="2018", count=1234, **others):
    one = estimate(index, period, count, **others)
    return Figure("river-crossings", one.area_code, period, "", Measure.RATE, one.value, one.status, (one,))


def change_figure(index=0, now=1234, then=1300, measure=Measure.PERCENT_CHANGE, **others):
    behind = (estimate(index, "2018", now), estimate(index, "2017", then))
    value = 100 * (now / then - 1) if measure is Measure.PERCENT_CHANGE else now - then
    return Figure("river-crossings", code(index), "2018", "2017", measure, value, Status.FINAL, behind, **others)


def missing_figure(index=0, period="2018", measure=Measure.RATE):
    one = estimate(index, period, None, Status.MISSING)
    return Figure("river-crossings", code(index), period, "", measure, None, Status.MISSING, (one,))


def months(first_year, count):
    return tuple(f"{first_year + at // 12}-{at % 12 + 1:02d}" for at in range(count))


def wave(at, index=0):
    return round(900 + 300 * math.sin(at / 9 + index) + 37 * ((at * 7 + index * 3) % 5))


def wide_table():
    titles = ("Number", "Rate", "Lowest it may be")
    columns = [Column("District")]
    for year in ("2016", "2017", "2018"):
        columns += [Column(title, numeric=True, group=f"12 months of {year}") for title in titles]
    rows = tuple((name, *_nine(index)) for index, name in enumerate(NAMES))
    return Table(
        slug="crossings-by-district",
        title="Crossings of the river by district, number and rate per 1,000 people, 2016 to 2018",
        columns=tuple(columns),
        rows=rows,
        source=SOURCE,
        notes=(("The range is where the true rate lies 19 times in 20.",),),
        emphasis=5,
    )


def _nine(index):
    cells = []
    for at, year in enumerate(("2016", "2017", "2018")):
        if index == 9 and year == "2016":
            missing = (Measure.COUNT, Measure.RATE, Measure.LOW)
            cells += [missing_figure(index, year, measure) for measure in missing]
            continue
        count = 2 if index == 20 else wave(at * 12, index) * 9
        policy = "partners-records" if index == 20 else "open"
        one = estimate(index, year, count, policy=policy)
        for measure, value in ((Measure.COUNT, count), (Measure.RATE, one.value), (Measure.LOW, one.low)):
            cells.append(Figure("river-crossings", code(index), year, "", measure, value, Status.FINAL, (one,)))
    return cells


def small_table():
    rows = (
        ("Toll bridge", count_figure(0, "2018-01"), change_figure(1, 40, 50, Measure.COUNT_CHANGE), "Open"),
        (
            "=Foot bridge, the old one by the mill",
            count_figure(1, "2018-01", 87),
            change_figure(2, 99, 90),
            "Shut",
        ),
        ("Ferry", missing_figure(2, "2018-01", Measure.COUNT), missing_figure(3, "2018-01"), "+ on Sundays"),
    )
    columns = (Column("Kind"), Column("Crossings", True), Column("Change", True), Column("State of the bank"))
    return Table("kinds", "Kinds of crossing, Kingsbridge, January 2018", columns, rows, SOURCE)


def line_chart(lines=3, count=60):
    labels = months(2014, count)
    drawn = tuple(Line(NAMES[index], tuple(_points(index, labels))) for index in range(lines))
    return Chart(
        slug="crossings-trend",
        title="Crossings have risen since 2015",
        subtitle="Crossings per 1,000 people in the 12 months to each month, three districts, 2014 to 2018",
        kind="line",
        labels=labels,
        lines=drawn,
        alt=(
            "Crossings in Kingsbridge and Chatterford rise to ",
            rate_figure(0, labels[-1], wave(count - 1)),
            ".",
        ),
        source=SOURCE,
        notes=(("No ferries ran from May to July 2016.",),),
    )


def _points(index, labels):
    for at, label in enumerate(labels):
        gap = index == 1 and 28 <= at <= 30
        yield missing_figure(index, label) if gap else rate_figure(index, label, wave(at, index))


def bar_chart(count=24):
    labels = months(2017, count)
    points = tuple(count_figure(0, label, wave(at * 3)) for at, label in enumerate(labels))
    middle = sum(point.value for point in points) / count
    marks = tuple(
        "above" if point.value > middle * 1.12 else "below" if point.value < middle * 0.88 else "near"
        for point in points
    )
    mean = Figure("river-crossings", code(0), "2018", "", Measure.MEAN, middle, Status.FINAL, points[0].behind)
    return Chart(
        slug="crossings-by-month",
        title="Crossings peak in spring",
        subtitle="Number of crossings by month, Kingsbridge and Chatterford, 2017 and 2018",
        kind="bars",
        labels=labels,
        lines=(Line("Crossings", points),),
        alt=("Bars for each month around a mean of ", mean, "."),
        source=SOURCE,
        mean=mean,
        mean_words="Mean of the 24 months",
        marks=marks,
    )


def tile_map(count=22, across=5):
    places = tuple(
        Place(code(at), NAMES[at], _place_figure(at), tile=(at % across, at // across)) for at in range(count)
    )
    return Map(
        "crossings-tiles",
        "Crossings are highest in the south",
        "Crossings per 1,000 people, 2018",
        "tiles",
        places,
        (10.0, 15.0, 20.0, 25.0),
        ("Values run from low in the north to high in the south.",),
        SOURCE,
    )


def _place_figure(at):
    if at == 7:
        return missing_figure(at)
    if at == 11:
        return rate_figure(at, count=2, policy="partners-records")
    return rate_figure(at, count=620 + at * 50)


def outline_map():
    places = tuple(
        Place(code(at), NAMES[at], _place_figure(at), outline=to_wkb(shape)) for at, shape in enumerate(_shapes())
    )
    return Map(
        "crossings-outlines",
        "Crossings are highest near the bridge",
        "Crossings per 1,000 people, 2018",
        "outlines",
        places,
        (10.0, 15.0, 20.0, 25.0),
        ("Values are highest in the north east.",),
        SOURCE,
        notes=(("Contains made-up boundaries.",),),
    )


def _shapes():
    """Twelve districts: a crooked four by three grid, one of them very small, one with a hole for it."""
    east, north = 400_000, 200_000
    shapes = []
    for row in range(3):
        for column in range(4):
            corners = [_corner(column + x, row + y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
            shapes.append(Polygon([(east + 9000 * x, north + 8000 * y) for x, y in corners]))
    small = box(east + 13_000, north + 11_000, east + 14_500, north + 12_500)
    shapes[5] = shapes[5].difference(small)
    return [*shapes, small]


def _corner(x, y):
    return x + 0.13 * math.sin(3 * x + 5 * y), y + 0.15 * math.cos(4 * x - 3 * y)


def blocks():
    fell = change_figure(0, 1234, 1300, unsigned=True)
    return (
        Heading(1, "Summary"),
        Note("invented", ("Every number here is made up. ", "Do not use it.")),
        Paragraph(
            (
                "There were ",
                count_figure(),
                " crossings in 2018, a rate of ",
                rate_figure(),
                ". It fell by ",
                fell,
                " on the year before, when ",
                missing_figure(4),
                " was the rate upstream & down.",
            )
        ),
        QuickFacts(
            "Three things to remember",
            (
                ("There were ", count_figure(), " crossings."),
                (
                    "The rate fell by ",
                    fell,
                    ", the most since the bridge was built in the reign of a long-lived king.",
                ),
                ("Greenwick had ", count_figure(20, "2018", 2, policy="partners-records"), "."),
            ),
        ),
        Heading(2, "What to read first"),
        BulletList((("Numbers are in tables; <b>words</b> are not.",), ("A rate of ", rate_figure(3), " is usual."))),
        Heading(1, "Crossings over the years"),
        Paragraph(("The trend is shown below.",)),
        line_chart(),
        Heading(2, "Month by month"),
        Note("caution", ("Few boats ran in ", "January 2018", ": ", count_figure(6, "2018-01", 12), " in all.")),
        bar_chart(),
        small_table(),
        Heading(3, "A deeper heading"),
        Note("information", ("Ferries are counted once.",)),
        Heading(1, "Crossings by district"),
        Paragraph(("All districts are listed.",)),
        tile_map(),
        outline_map(),
        wide_table(),
    )


FRONT = FrontMatter(
    markings={"board": "OFFICIAL – SENSITIVE: for the board", "partners": "OFFICIAL: for partners", "public": ""},
    about=(
        ("Data to", "December 2018, 33 months before this was prepared"),
        ("Licences", "Open Government Licence v3.0"),
    ),
    glossary=(
        Term("Rate", "How many for every 1,000 people.", ("rate", "rates")),
        Term("Pontoon", "A bridge that floats.", ("pontoon",)),
        Term("[c]", "A number that is withheld.", ("[c]",)),
    ),
)


def document(**changes):
    fields = {
        "slug": "river-crossings-2018",
        "title": "River crossings assessment 2018",
        "subtitle": "What crosses the water, where and when",
        "partnership": "Kingsbridge and Chatterford Ferry Partnership",
        "period": "January to December 2018",
        "prepared": "2021-09-05",
        "edition": "9f3a1c07",
        "invented": True,
        "colour": "#12436D",
        "blocks": blocks(),
        "front": FRONT,
    }
    return Document(**{**fields, **changes})
