"""A document's figures, in reading order."""

from frankpledge.model.document import (
    BulletList,
    Chart,
    Column,
    Document,
    Heading,
    Line,
    Map,
    Note,
    Paragraph,
    Place,
    QuickFacts,
    Table,
    figures_of,
    plain_text,
)
from frankpledge.model.estimate import Estimate, Series, Status
from frankpledge.model.figure import Figure, Measure


def figure(number):
    return Figure("burglary", "E09000015", str(number), "", Measure.COUNT, number, Status.FINAL)


def document(*blocks):
    return Document("d", "Title", "", "Safer Harrow", "2018", "2019-01-01", "abc", False, "#000000", blocks)


def test_figures_of_every_block_in_reading_order():
    f = [figure(2000 + number) for number in range(17)]
    blocks = (
        Heading(1, "h"),
        Paragraph(("a ", f[0], " b ", f[1])),
        Note("caution", (f[2],)),
        BulletList(((f[3],), (f[4],))),
        QuickFacts("q", ((f[5],),)),
        Table("t", "t", (Column("a"), Column("b")), (("x", f[6]), ("y", f[7])), "s", notes=((f[8],),)),
        Chart(
            "c",
            "t",
            "s",
            "line",
            ("1",),
            (Line("l", (f[9], f[10])),),
            ("alt ", f[12]),
            "s",
            mean=f[11],
            notes=((f[13],),),
        ),
        Map("m", "t", "s", "tiles", (Place("E05013542", "P", f[14]),), (0.0,), (f[15],), "s", notes=((f[16],),)),
    )

    assert figures_of(document(*blocks)) == tuple(f)


def test_figures_of_names_each_once():
    assert figures_of(document(Paragraph((figure(1), figure(2), figure(1))))) == (figure(1), figure(2))


def test_figures_of_a_document_without_any():
    assert figures_of(document(Heading(1, "h"), Paragraph(("words",)))) == ()


def test_plain_text_writes_figures_out():
    assert plain_text(("There were ", figure(1234), ".")) == "There were 1,234."


def test_estimate_as_row_has_the_agreed_keys():
    one = Estimate(
        "burglary",
        "E09000015",
        "Harrow",
        "2018",
        1,
        2,
        3.0,
        4.0,
        5.0,
        "byar",
        Status.FINAL,
        Series("mps-borough", "2021-07"),
        None,
        "abc",
    )

    assert list(one.as_row()) == [
        "indicator",
        "area_code",
        "area_name",
        "period",
        "numerator",
        "denominator",
        "value",
        "low",
        "high",
        "method",
        "status",
        "dataset",
        "release",
    ]
    assert one.as_row()["release"] == "2021-07"
    assert not one.missing
